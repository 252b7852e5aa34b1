"""Captions against what is known: recordings with references, and explainers whose words' times are known.

The recordings are those of a folder `speech` with a `manifest.tsv` (`file`, `reference_text`,
`reference_times`) under `EBROCHURE_SAMPLES`, else `../shared`; without it they are left out. The explainers
are said by Flite and kept in `.cache/`. Each is captioned under its script, recordings also without one.
Then the same words are written the way `whisper` writes WebVTT, and both are held to the caption rules.
"""

from __future__ import annotations

import csv
import os
import resource
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import activity
import breaks
import caption_cost
import jiwer
import numpy as np
from explainers.manifest import explainers
from measure import Row
from plain import plain_webvtt
from truth import read_truth, score

from ebrochure.caption.check import check_track
from ebrochure.caption.formats import read_captions
from ebrochure.captioning import Wish, caption_recording
from ebrochure.media import process
from ebrochure.model.captions import Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Level
from ebrochure.progress import Silence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from truth import Score

    from ebrochure.captioning import Made

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = Wish(engine="offline", language="en")
GLOSSARY = ("EPC", "Thermalux", "TrustMark", "passkey", "Fernbank", "Stratus")
"""Terms that the scripts hold; a draft is asked how many of those said it spelt so."""


@dataclass(slots=True)
class Group:
    """Recordings of one kind and how they fared."""

    scores: list[Score] = field(default_factory=list)
    used_s: float = 0.0
    lasts_s: float = 0.0

    def words(self) -> list[float]:
        """Return the onset errors of all words, in ms."""
        return [error for item in self.scores for error in item.word_errors_ms]

    def sentences(self) -> list[float]:
        """Return the onset errors of all first words."""
        return [error for item in self.scores for error in item.sentence_errors_ms]


def rows() -> tuple[Row, ...]:
    """Measure everything; about half an hour on two cores."""
    # First, while this process is small: a child begins as a copy of its parent, and that counts as its need.
    long = [*_half_hour()]
    out = [*_explained(), *long, *_recorded(), *breaks.rows(), *caption_cost.rows(), *activity.rows()]
    return tuple(out)


# --- explainers ------------------------------------------------------------------------------


def _explained() -> Iterator[Row]:
    """Caption the explainers under their scripts."""
    groups: dict[str, Group] = {}
    compared: list[tuple[int, int, int]] = []
    for name, kind, sound, truth_path in _truths():
        script = _script_beside(truth_path)
        began_s = process_time()
        made = caption_recording(sound, script, OFFLINE, Silence())
        group = groups.setdefault(kind, Group())
        group.used_s += process_time() - began_s
        group.lasts_s += made.transcript.speech[-1].end_ms / 1000
        group.scores.append(score(made.transcript, read_truth(truth_path)))
        if kind == "clean":
            compared.append(_compared(made))
        _say(name, group.scores[-1])
    yield from _onset_rows("clean script", groups["clean"], median_ms=10, p95_ms=40, sentence_p95_ms=40)
    yield from _alarm_rows("clean script", groups["clean"], 0)
    deviating = groups["deviating"]
    events, found = sum(s.events for s in deviating.scores), sum(s.found for s in deviating.scores)
    yield _row("deviations found", "98 %", f"{found} of {events}", met=found >= 0.98 * events, sign=">=")
    yield from _alarm_rows("deviations", deviating, len(deviating.scores) // 6)
    yield from _onset_rows("deviations", deviating, median_ms=10, p95_ms=40, sentence_p95_ms=40)
    yield from _onset_rows("15 dB of noise", groups["noise15"], p95_ms=110)
    yield from _alarm_rows("15 dB of noise", groups["noise15"], 0)
    yield from _onset_rows("a free talk, made", groups["talk"], median_ms=40)
    mean = float(np.mean(groups["talk"].words()))
    yield _row("a free talk, made: word onset, mean", "120 ms", f"{mean:.1f} ms", met=mean <= 120)  # noqa: PLR2004
    heard = [item for item in groups["noise5"].scores if item.word_errors_ms]
    yield _row(
        "5 dB of noise: scripts recognised", "", f"{len(heard)} of {len(groups['noise5'].scores)}", met=True
    )
    for kind, name in (("noise5", "5 dB of noise"), ("music", "music"), ("place", "room, telephone")):
        yield from _onset_rows(name, groups[kind])
    asked = [item for kind, group in groups.items() if kind != "noise5" for item in group.scores]
    same, name = sum(item.is_identical for item in asked), "explainers up to 15 dB: words are the script's"
    yield _row(name, "all", f"{same} of {len(asked)}", met=same == len(asked))
    for kind, group in groups.items():
        yield _row(f"{kind}: CPU s a second", "", f"{group.used_s / group.lasts_s:.3f}", met=True)
    yield _against_plain(compared)


def _truths() -> Iterator[tuple[str, str, Path, Path]]:
    """Yield name, kind, sound and truth of every explainer, our own and those of the samples."""
    for item in explainers(ROOT / ".cache"):
        if item.kind != "long":
            yield item.name, item.kind, item.wav, item.truth
    for path in sorted((_samples() / "synthetic").glob("*.json")):
        kind = "deviating" if path.stem.endswith("_dev") else "clean"
        yield path.stem, "noise15" if path.stem.endswith("_n15") else kind, path.with_suffix(".flac"), path


def _script_beside(truth_path: Path) -> Path:
    """Return the Markdown script, written from the truth where there is none."""
    script = truth_path.with_suffix(".md")
    if script.is_file():
        return script
    folder = ROOT / ".cache" / "scripts"
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / script.name
    written.write_text("\n\n".join(read_truth(truth_path).sentences), encoding="utf-8")
    return written


def _onset_rows(
    name: str,
    group: Group,
    *,
    median_ms: float | None = None,
    p95_ms: float | None = None,
    sentence_p95_ms: float | None = None,
) -> Iterator[Row]:
    """Yield the onset errors of a kind; where no target is given, to be looked at."""
    words, sentences = group.words(), group.sentences()
    figures = (
        ("word onset, median", float(np.median(words)), median_ms),
        ("word onset, p95", float(np.percentile(words, 95)), p95_ms),
        ("sentence onset, p95", float(np.percentile(sentences, 95)), sentence_p95_ms),
    )
    for what, figure, target in figures:
        met = target is None or figure <= target
        yield _row(f"{name}: {what}", "" if target is None else f"{target:g} ms", f"{figure:.1f} ms", met=met)


def _alarm_rows(name: str, group: Group, most: int) -> Iterator[Row]:
    alarms = sum(item.false_alarms for item in group.scores)
    figure = f"{alarms} in {len(group.scores)}"
    yield _row(f"{name}: false alarms, recordings", str(most), figure, met=alarms <= most)


def _compared(made: Made) -> tuple[int, int, int]:
    """Return how many errors our cues have, how many `whisper`'s cues of the same words, and our cues."""
    theirs = read_captions(plain_webvtt(made.transcript.segments), name="whisper.vtt")
    track = Track(TrackKind.CAPTIONS, "en", "English", theirs, Provenance(TextOrigin.SCRIPT))
    return _errors(made.track, made), _errors(track, made), len(made.track.cues)


def _errors(track: Track, made: Made) -> int:
    transcript = made.transcript
    found = check_track(
        track, profile=made.profile, speech=transcript.speech, words=transcript.words, file="bench.vtt"
    )
    return sum(item.level is Level.ERROR for item in found)


def _against_plain(compared: Sequence[tuple[int, int, int]]) -> Row:
    ours, theirs, cues = (sum(column) for column in zip(*compared, strict=True))
    figure = f"{ours} and {theirs} errors, {cues} cues"
    return _row("rules broken: ours and whisper's own writer, same words", "fewer", figure, met=ours < theirs)


# --- half an hour ----------------------------------------------------------------------------


def _half_hour() -> Iterator[Row]:
    """Caption half an hour from the command line, in a process of its own."""
    item = next(item for item in explainers(ROOT / ".cache") if item.kind == "long")
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as folder:
        options = ["--script", str(item.script), "--engine", "offline", "-o", f"{folder}/out.vtt"]
        command = [sys.executable, "-m", "ebrochure", "captions", "make", str(item.wav), *options]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process.run(command, timeout_s=3600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    share, memory_mb = used_s / (item.minutes * 60), after.ru_maxrss / 1024
    yield _row("half an hour, script route: CPU s a second", "0.15", f"{share:.3f}", met=share <= 0.15)  # noqa: PLR2004
    yield _row("half an hour: peak memory", "1000 MB", f"{memory_mb:.0f} MB", met=memory_mb <= 1000)  # noqa: PLR2004


# --- recordings of people --------------------------------------------------------------------


def _recorded() -> Iterator[Row]:
    """Caption the recordings of the manifest, with their references as scripts and without."""
    manifest = _samples() / "manifest.tsv"
    if not manifest.is_file():
        print(f"no recordings in {manifest.parent}: left out", file=sys.stderr)
        return
    with manifest.open(encoding="utf-8", newline="") as lines:
        entries = [row for row in csv.DictReader(lines, delimiter="\t") if row["reference_text"]]
    identical, words, heard, reference, covered = [], [], [], [], []
    errors = terms = spelt = 0
    for entry in entries:
        sound, text = manifest.parent / entry["file"], manifest.parent / entry["reference_text"]
        made = caption_recording(sound, text, OFFLINE, Silence())
        said = text.read_text(encoding="utf-8")
        identical.append([word.text for word in made.transcript.words] == said.split())
        errors += _errors(made.track, made)
        covered.append(made.figures.coverage or 0.0)
        if entry["reference_times"]:
            words += _against_times(made, manifest.parent / entry["reference_times"])
        draft = " ".join(
            word.text for word in caption_recording(sound, None, OFFLINE, Silence()).transcript.words
        )
        reference.append(_plain(said))
        heard.append(_plain(draft))
        terms += sum(term.casefold() in said.casefold() for term in GLOSSARY)
        spelt += sum(term.casefold() in said.casefold() and term in draft for term in GLOSSARY)
    yield _row(
        "recordings: words are the reference's",
        "all",
        f"{sum(identical)} of {len(identical)}",
        met=all(identical),
    )
    if words:
        middle = float(np.median(words))
        yield _row("read speech: word onset, median", "30 ms", f"{middle:.1f} ms", met=middle <= 30)  # noqa: PLR2004
        yield _row("read speech: word onset, p95", "", f"{np.percentile(words, 95):.1f} ms", met=True)
    yield _row("recordings: captions cover of the speech, least", "", f"{min(covered):.1%}", met=True)
    yield _row("recordings: errors of the rules", "", str(errors), met=True)
    yield _row("recordings: offline draft, WER", "", f"{jiwer.wer(reference, heard):.2f}", met=True)
    yield _row("recordings: glossary terms in the draft", "", f"{spelt} of {terms}", met=True)


def _against_times(made: Made, times: Path) -> list[float]:
    """Return the onset errors where the reference times each word; none where it times lines."""
    onsets = [1000 * float(line.split("\t")[0]) for line in times.read_text(encoding="utf-8").splitlines()]
    words = made.transcript.words
    if len(onsets) != len(words):
        return []
    return [abs(word.time.start_ms - onset) for word, onset in zip(words, onsets, strict=True)]


def _plain(text: str) -> str:
    kept = "".join(
        char if char.isalpha() or char in "' " else " " for char in text.lower().replace("\u2019", "'")
    )
    return " ".join(kept.split())


# --- shared ----------------------------------------------------------------------------------


def _samples() -> Path:
    return Path(os.environ.get("EBROCHURE_SAMPLES") or ROOT.parent / "shared") / "speech"


def _row(check: str, target: str, figure: str, *, met: bool, sign: str = "<=") -> Row:
    is_bound = target[:1].isdigit()
    return Row(check, f"{sign} {target}" if is_bound else target, figure, met)


def _say(name: str, found: Score) -> None:
    words = found.word_errors_ms or (float("nan"),)
    print(
        f"  {name}: word onset {np.median(words):.1f} / {np.percentile(words, 95):.1f} ms, "
        f"{found.found} of {found.events} found, {found.false_alarms} false",
        file=sys.stderr,
    )

"""Noise, music, silence and tones: nothing is written where nobody speaks, and doubt grows with the damage.

Real recordings stand between stretches in which nobody speaks; what lies under and between them is made from
numbers by the bench's own mixer. Each condition is heard twice: with its script, and without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import jiwer
import numpy as np
import pytest

from ebrochure.caption.cues import cues_from_segments
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.timing import TimeRange
from ebrochure.settings import SpeechSettings
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.recognise import recognise
from ebrochure.transcribe.samples import SAMPLES_PER_MS, read_samples
from scripts.benches.explainers import mix
from tests.fixtures.speech import RATE_HZ, write_wav

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.transcript import Transcript
    from scripts.benches.explainers.mix import Sound

OFFLINE = choose_engine(SpeechSettings(engine="offline"))
PROFILE = CaptionProfile()

GAP_S = 2.5
"""Nobody speaks before, between and after the recordings, for so long each time."""

LONG_GAP_S = 20.0

NEAR_MS = 300
"""A word may reach so far out of its recording: voice activity is that far off in noise."""

HELD_MS = 1500
"""A cue may stay so long after its speech, so that it can be read to its end."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What some recordings go through."""

    names: tuple[str, ...]
    bed: Literal["clean", "white", "pink", "babble", "music", "silence", "tones"] = "clean"
    """What lies under them and in the gaps, or with ``silence`` and ``tones`` in the gaps alone."""
    snr_db: int = 0

    def __str__(self) -> str:
        """Name the test."""
        return f"{self.names[0]}-{self.bed}{self.snr_db or ''}"


ASIDE, FORTUNE, CARDS = ("sense_0880",), ("libri_61-70968-0000",), ("goforward", "cards_005")
CONDITIONS = (
    Condition(ASIDE),
    Condition(ASIDE, "silence"),
    Condition(ASIDE, "white", 15),
    Condition(ASIDE, "white", 5),
    Condition(ASIDE, "babble", 10),
    Condition(FORTUNE),
    Condition(FORTUNE, "white", 15),
    Condition(FORTUNE, "music", 12),
    Condition(FORTUNE, "music", 5),
    Condition(CARDS),
    Condition(CARDS, "tones"),
    Condition(CARDS, "pink", 15),
    Condition(CARDS, "white", 5),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A condition, heard with its script and without."""

    condition: Condition
    script: str
    spoken: tuple[TimeRange, ...]
    """Where the recordings lie."""
    scripted: Transcript
    draft: Transcript

    @property
    def error_rate(self) -> float:
        """Share of the draft's words that are wrong."""
        return jiwer.wer(plain(self.script), plain(" ".join(word.text for word in self.draft.words)))

    @property
    def confidence(self) -> float:
        """Mean over the draft's words, 0 where there are none."""
        words = self.draft.words
        return sum(word.confidence for word in words) / len(words) if words else 0.0


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z' ]", " ", text.lower().replace("\u2019", "'")).split())


def damaged(condition: Condition, folder: Path) -> tuple[Sound, str, tuple[TimeRange, ...]]:
    """Return the sound of a condition, what is said in it, and where."""
    gap = np.zeros(round((LONG_GAP_S if condition.bed == "silence" else GAP_S) * RATE_HZ))
    parts, spoken, texts = [gap], [], []
    for name in condition.names:
        recording = read_samples(folder / f"{name}.wav") / 32768
        start_ms = sum(map(len, parts)) // SAMPLES_PER_MS
        spoken.append(TimeRange(start_ms, start_ms + len(recording) // SAMPLES_PER_MS))
        texts.append((folder / f"{name}.txt").read_text(encoding="utf-8").strip())
        parts += [recording, gap]
    return over(np.concatenate(parts), condition, spoken), "\n".join(texts), tuple(spoken)


def over(sound: Sound, condition: Condition, spoken: list[TimeRange]) -> Sound:
    """Lay the bed of a condition under the sound."""
    voiced = np.zeros(len(sound), bool)
    for span in spoken:
        voiced[span.start_ms * SAMPLES_PER_MS : span.end_ms * SAMPLES_PER_MS] = True
    seconds = len(sound) / RATE_HZ + 1
    match condition.bed:
        case "clean" | "silence":
            return sound
        case "tones":
            return np.where(voiced, sound, mix.tones(seconds)[: len(sound)])
        case "music":
            return mix.under(sound, mix.music(seconds, 5), condition.snr_db, voiced)
        case noise:
            return mix.under(sound, mix.noise(noise, seconds, 5), condition.snr_db, voiced)


def hear(path: Path, sound: Sound, script: str | None) -> Transcript:
    speech = write_wav(path, np.rint(np.clip(sound, -1, 1) * 32767).astype(np.int16))
    return recognise(speech, script=script, language="en", glossary=(), choice=OFFLINE)[0]


@pytest.fixture(scope="module")
def outcomes(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, ...]:
    folder = samples / "speech"
    if not folder.is_dir():
        pytest.skip(f"no recordings in {folder}")
    path = tmp_path_factory.mktemp("robust") / "speech.wav"
    out = []
    for condition in CONDITIONS:
        sound, script, spoken = damaged(condition, folder)
        out.append(Outcome(condition, script, spoken, hear(path, sound, script), hear(path, sound, None)))
    return tuple(out)


def beyond(times: list[TimeRange], spoken: tuple[TimeRange, ...], held_ms: int) -> list[TimeRange]:
    """Return the times that do not lie in one recording, give or take `NEAR_MS`."""
    return [
        time
        for time in times
        if not any(
            span.start_ms - NEAR_MS <= time.start_ms < span.end_ms
            and time.end_ms <= span.end_ms + NEAR_MS + held_ms
            for span in spoken
        )
    ]


@pytest.mark.parametrize("route", ["scripted", "draft"])
def test_no_word_and_no_cue_stands_where_nobody_speaks(route: str, outcomes: tuple[Outcome, ...]) -> None:
    astray = {}
    for outcome in outcomes:
        transcript: Transcript = getattr(outcome, route)
        cues = cues_from_segments(transcript.segments, PROFILE, language="en")
        astray[str(outcome.condition)] = (
            beyond([word.time for word in transcript.words], outcome.spoken, 0),
            beyond([cue.time for cue in cues], outcome.spoken, HELD_MS),
        )

    assert {name: found for name, found in astray.items() if any(found)} == {}
    assert any(getattr(outcome, route).words for outcome in outcomes)


def test_a_draft_believes_itself_less_the_more_of_it_is_wrong(outcomes: tuple[Outcome, ...]) -> None:
    rows = [(item.confidence, -item.error_rate) for item in outcomes]

    assert rank_correlation(*map(list, zip(*rows, strict=True))) >= 0.6
    assert max(word.confidence for item in outcomes for word in item.draft.words) <= 0.35


def test_the_wrong_words_of_a_draft_are_believed_less_than_its_right_ones(
    outcomes: tuple[Outcome, ...],
) -> None:
    right, wrong = [], []
    for outcome in outcomes:
        words = [(plain(word.text), word.confidence) for word in outcome.draft.words]
        matched = jiwer.process_words(plain(outcome.script), " ".join(text for text, _ in words))
        equal = {
            place
            for part in matched.alignments[0]
            if part.type == "equal"
            for place in range(part.hyp_start_idx, part.hyp_end_idx)
        }
        for place, (_, confidence) in enumerate(words):
            (right if place in equal else wrong).append(confidence)

    assert np.mean(right) > 1.5 * np.mean(wrong)


def rank_correlation(ones: list[float], others: list[float]) -> float:
    """Return Spearman's coefficient, equal values sharing their rank."""
    ranks = [
        [sum(other < value for other in values) + values.count(value) / 2 for value in values]
        for values in (ones, others)
    ]
    return float(np.corrcoef(*ranks)[0, 1])


@pytest.mark.parametrize("bed", ["silence", "tones", "white", "pink", "babble", "music"])
@pytest.mark.parametrize("script", [None, "Hello there."], ids=["draft", "scripted"])
def test_a_recording_in_which_nobody_speaks_has_no_words(
    bed: str, script: str | None, tmp_path: Path
) -> None:
    sound = {
        "silence": lambda: np.zeros(round(LONG_GAP_S * RATE_HZ)),
        "tones": lambda: mix.tones(8),
        "music": lambda: mix.music(12, 6) * 0.1,
    }.get(bed, lambda: mix.noise(bed, 6, 6) * 0.1)()

    assert hear(tmp_path / "speech.wav", sound, script).words == ()

"""The script gives the words, the sound gives the times."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Insertion, Segment, Sentence, Word, WordSource
from ebrochure.transcribe.anchors import find_anchors
from ebrochure.transcribe.blocks import plan_blocks
from ebrochure.transcribe.denoise import without_noise
from ebrochure.transcribe.evidence import Evidence
from ebrochure.transcribe.judge import Verdict, judge
from ebrochure.transcribe.onset import sharpened
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.refine import GUESSED, Aligner, Timed, share_out
from ebrochure.transcribe.samples import duration_ms
from ebrochure.transcribe.sphinx import listen, mean_of, new_decoder
from ebrochure.transcribe.tokens import script_model, tokenise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebrochure.transcribe.engine import OnProgress
    from ebrochure.transcribe.samples import Samples
    from ebrochure.transcribe.script import Script
    from ebrochure.transcribe.sphinx import Heard
    from ebrochure.transcribe.tokens import Token

PIECE_MS, PAD_MS = 20_000, 300

WRONG_SCRIPT = 0.35
"""Below this share of words heard it is another script: a wrong one matches about 0.1."""

OVERHANG_MS = 80
"""How far a word may reach out of the speech it belongs to."""

DECODE_SHARE = 0.65
"""How much of the work the decode is; the rest is alignment."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A script laid over a recording."""

    match: float
    """Share of the script's words that were heard, 0 to 1. Below `WRONG_SCRIPT` there is nothing else."""
    segments: tuple[Segment, ...] = ()
    """The sentences that were heard, every token of them, in order of time."""
    sentences: tuple[Sentence, ...] = ()
    inserted: tuple[Insertion, ...] = ()
    """With no text: what was said there is for an engine to hear."""
    slide_marks: tuple[tuple[int, int], ...] = ()
    lines: tuple[int, ...] = ()
    """Line of the script that each sentence's paragraph starts on."""

    @property
    def is_wrong_script(self) -> bool:
        """Tell whether this is the script of another recording."""
        return self.match < WRONG_SCRIPT


def align(
    script: Script,
    samples: Samples,
    speech: tuple[TimeRange, ...],
    *,
    on_progress: OnProgress = lambda _share: None,
) -> Alignment:
    """Find out when each word of an English script was said.

    Listens with the script's own words and word sequences, matches what was heard with the script, judges
    what was skipped and what was added, then aligns strictly between the words that are certain.
    """
    tokens, lexicon = tokenise(script)
    samples = without_noise(samples)
    pieces = group_speech(speech, longest_ms=PIECE_MS, pad_ms=PAD_MS, end_ms=duration_ms(samples))
    spoken = sum(token.key is not None for token in tokens)
    if not spoken or not pieces:
        on_progress(1.0)
        return Alignment(0.0)
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as name:
        dictionary, model = Path(name, "script.dict"), Path(name, "script.lm")
        dictionary.write_text(lexicon.dictionary_text(), encoding="utf-8")
        model.write_text(script_model(tokens, lexicon), encoding="utf-8")
        decoder = new_decoder(dict=str(dictionary), lm=str(model), fwdflat=True, bestpath=False)
        mean = mean_of(decoder, samples, pieces)
        aligner = Aligner(str(dictionary), samples, mean)
    heard = listen(decoder, samples, pieces, lambda share: on_progress(DECODE_SHARE * share))
    evidence = Evidence(tokens, heard, _anchors(tokens, heard), speech, duration_ms(samples))
    match = len(evidence.anchors) / spoken
    if match < WRONG_SCRIPT:
        on_progress(1.0)
        return Alignment(match)
    verdict = judge(evidence, partial(_hear, aligner, evidence))
    times = _times(aligner, verdict, lambda share: on_progress(DECODE_SHARE + (1 - DECODE_SHARE) * share))
    return _result(script, verdict, times, match)


def _hear(
    aligner: Aligner, evidence: Evidence, tokens: Sequence[int], time: TimeRange
) -> tuple[Heard, ...] | None:
    """Lay tokens strictly over a stretch of sound."""
    return aligner.align([evidence.tokens[index].key or "" for index in tokens], time)


def _anchors(tokens: Sequence[Token], heard: Sequence[Heard]) -> dict[int, int]:
    """Match tokens with heard words; indices into `tokens` and `heard`."""
    rows = [index for index, token in enumerate(tokens) if token.key is not None]
    keys = [tokens[index].key or "" for index in rows]
    found = find_anchors(keys, [item.key for item in heard], [tokens[index].phones for index in rows])
    return {rows[row]: place for row, place in found.items()}


def _times(aligner: Aligner, verdict: Verdict, on_progress: OnProgress) -> dict[int, Timed]:
    """Return the time of each token that was said."""
    evidence = verdict.evidence
    blocks = plan_blocks(verdict)
    out: dict[int, Timed] = {}
    for number, block in enumerate(blocks):
        out |= aligner.times(block, verdict, partial(on_progress, number / len(blocks)))
    on_progress(1.0)
    rows = sorted(out)
    trimmed = [onto_speech(out[token].time, evidence.speech) for token in rows]
    return {
        token: Timed(time, out[token].confidence)
        for token, time in zip(rows, sharpened(trimmed, aligner.samples), strict=True)
    }


def onto_speech(time: TimeRange, speech: Sequence[TimeRange]) -> TimeRange:
    """Trim a word to the speech under it: alignment stretches words over breaths and long pauses.

    A word keeps its time where it overhangs by less than `OVERHANG_MS`, which the edges of voice activity
    do not know any better, and where there is no speech under it at all.
    """
    under = [shared for span in speech if (shared := time.intersection(span)) is not None]
    if not under:
        return time
    start, end = under[0].start_ms, under[-1].end_ms
    return TimeRange(
        start if start - time.start_ms > OVERHANG_MS else time.start_ms,
        end if time.end_ms - end > OVERHANG_MS else time.end_ms,
    )


def _result(script: Script, verdict: Verdict, times: Mapping[int, Timed], match: float) -> Alignment:
    """Put words, sentences and insertions together."""
    evidence = verdict.evidence
    rows: list[list[int]] = [[] for _ in script.sentences]
    for index, token in enumerate(evidence.tokens):
        rows[token.sentence].append(index)
    segments: list[Segment] = []
    sentences: list[Sentence] = []
    heading: str | None = None
    edge_ms = 0
    for item, row in zip(script.sentences, rows, strict=True):
        heading = item.heading or heading
        timed = sum(index in times for index in row)
        if not timed:
            sentences.append(Sentence(item.text, 0.0, None))
            continue
        tokens = [evidence.tokens[index] for index in row]
        words = lay_words(tokens, [times.get(index) for index in row], item.speaker, edge_ms)
        edge_ms = words[-1].time.end_ms
        segments.append(Segment(words, heading))
        heading = None
        share = timed / sum(token.key is not None for token in tokens)
        sentences.append(Sentence(item.text, round(share, 3), words[0].time.start_ms))
    return Alignment(
        match=match,
        segments=tuple(segments),
        sentences=tuple(sentences),
        inserted=_insertions(verdict),
        slide_marks=_slide_times(script, [sentence.start_ms for sentence in sentences]),
        lines=tuple(item.line for item in script.sentences),
    )


def _insertions(verdict: Verdict) -> tuple[Insertion, ...]:
    """Return the stretches that are not in the script, without their words."""
    heard = verdict.evidence.heard
    out = []
    for item in verdict.inserted:
        start_ms = heard[item.first].start_ms
        time = TimeRange(start_ms, max(start_ms, heard[item.last].end_ms))
        out.append(Insertion(time, "", item.repeats))
    return tuple(out)


def spread(script: Script, speech: tuple[TimeRange, ...]) -> Alignment:
    """Share the words of a script that nobody can listen for out over the speech, by their length."""
    texts = [(index, text) for index, item in enumerate(script.sentences) for text in item.text.split()]
    total = sum(len(text) for _, text in texts)
    voiced = sum(span.duration_ms for span in speech)
    words: list[list[Word]] = [[] for _ in script.sentences]
    done = 0
    for index, text in texts:
        start = _moment(speech, done * voiced // total)
        done += len(text)
        end = max(start, _moment(speech, done * voiced // total, ending=True))
        speaker = script.sentences[index].speaker
        words[index].append(Word(text, TimeRange(start, end), GUESSED, WordSource.SCRIPT, speaker))
    starts = [row[0].time.start_ms for row in words]
    return Alignment(
        1.0,
        tuple(Segment(tuple(row), item.heading) for row, item in zip(words, script.sentences, strict=True)),
        tuple(Sentence(item.text, 1.0, start) for item, start in zip(script.sentences, starts, strict=True)),
        (),
        _slide_times(script, starts),
        tuple(item.line for item in script.sentences),
    )


def _moment(speech: tuple[TimeRange, ...], voiced_ms: int, *, ending: bool = False) -> int:
    """Return when `voiced_ms` of speech have passed; at a pause its far side, or the near one if `ending`."""
    left = voiced_ms
    for span in speech:
        if left < span.duration_ms or (ending and left == span.duration_ms):
            return span.start_ms + left
        left -= span.duration_ms
    return speech[-1].end_ms


def lay_words(
    tokens: Sequence[Token], times: Sequence[Timed | None], speaker: str | None, edge_ms: int
) -> tuple[Word, ...]:
    """Turn a sentence's tokens into words in order of time, none overlapping another.

    Tokens without a time of their own (a dash, words swallowed at the end of a broken-off sentence) are given
    room between their neighbours, which is next to none.
    """
    out: list[Word] = []
    at = 0
    while at < len(tokens):
        timed = times[at]
        if timed is not None:
            start = max(edge_ms, timed.time.start_ms)
            edge_ms = max(start, timed.time.end_ms)
            out.append(_word(tokens[at], TimeRange(start, edge_ms), timed.confidence, speaker))
            at += 1
            continue
        last = next((n for n in range(at, len(tokens)) if times[n] is not None), len(tokens))
        known = times[last] if last < len(tokens) else None
        end = edge_ms if known is None else max(edge_ms, known.time.start_ms)
        begin = end if not out else edge_ms
        shares = share_out(TimeRange(begin, end), [token.phones for token in tokens[at:last]])
        out += [
            _word(token, time, GUESSED, speaker) for token, time in zip(tokens[at:last], shares, strict=True)
        ]
        edge_ms, at = end, last
    return tuple(out)


def _word(token: Token, time: TimeRange, confidence: float, speaker: str | None) -> Word:
    """Return a word of the script."""
    return Word(token.text, time, confidence, WordSource.SCRIPT, speaker)


def _slide_times(script: Script, starts: Sequence[int | None]) -> tuple[tuple[int, int], ...]:
    """Return when each slide comes on: with its sentence, or the next one that was heard."""
    out = []
    for number, index in script.slide_marks:
        moment = next((start for start in starts[index:] if start is not None), None)
        if moment is not None:
            out.append((number, moment))
    return tuple(out)

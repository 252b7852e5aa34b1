"""A script with the times of its words: sentences, words, sounds and slides in source time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Insertion, Segment, Sentence, Sound, Word, WordSource
from ebrochure.transcribe.refine import GUESSED, Timed, share_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebrochure.transcribe.script import Script
    from ebrochure.transcribe.tokens import Token
    from ebrochure.transcribe.verdict import Verdict

WRONG_SCRIPT = 0.35
"""Below this share of words heard it is another script: a wrong one matches about 0.1."""


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
    sounds: tuple[Sound, ...] = ()
    lines: tuple[int, ...] = ()
    """Line of the script that each sentence's paragraph starts on."""

    @property
    def is_wrong_script(self) -> bool:
        """Tell whether this is the script of another recording."""
        return self.match < WRONG_SCRIPT


def lay_out(script: Script, verdict: Verdict, times: Mapping[int, Timed], match: float) -> Alignment:
    """Put words, sentences and insertions together.

    Args:
        script: What was to be said.
        verdict: What was said of it.
        times: Time of each token that was said.
        match: Share of the script's words that were heard.
    """
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
        slide_marks=slide_times(script, [sentence.start_ms for sentence in sentences]),
        sounds=sound_times(script, sentences, segments, evidence.end_ms),
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


def slide_times(script: Script, starts: Sequence[int | None]) -> tuple[tuple[int, int], ...]:
    """Return when each slide comes on: with its sentence, or the next one that was heard."""
    out = []
    for number, index in script.slide_marks:
        moment = next((start for start in starts[index:] if start is not None), None)
        if moment is not None:
            out.append((number, moment))
    return tuple(out)


def sound_times(
    script: Script, sentences: Sequence[Sentence], segments: Sequence[Segment], end_ms: int
) -> tuple[Sound, ...]:
    """Return the script's sounds, each with the time between the words around it."""
    ends: list[int] = []  # of the last word before each sentence
    at, edge_ms = 0, 0
    for sentence in sentences:
        ends.append(edge_ms)
        if sentence.start_ms is not None:
            edge_ms = segments[at].time.end_ms
            at += 1
    ends.append(edge_ms)
    out = []
    for index, text in script.sounds:
        later = (sentence.start_ms for sentence in sentences[index:] if sentence.start_ms is not None)
        out.append(Sound(text, TimeRange(ends[index], max(ends[index], next(later, end_ms)))))
    return tuple(out)

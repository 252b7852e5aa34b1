"""What an engine wrote that a reviewer should listen to: repeats, words over silence, guesses, gaps.

Nothing is dropped but words with no speech under them, and those are reported with what they said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange, covered_ms, merged
from ebrochure.model.transcript import Segment, Word
from ebrochure.model.writing import fine_clock
from ebrochure.transcribe.listening import COMPRESSION, LOG_PROBABILITY

if TYPE_CHECKING:
    from collections.abc import Iterator

SLACK_MS = 300
"""Whisper's word times are off by up to 120 ms, at a pause by more: one this near to speech is part of it."""

REPEATS = {1: 4, 2: 3}
"""How often words in a row must come back to be a loop, by how many they are; longer ones: three times."""

LONGEST_LOOP = 16
"""Words."""

UNSURE, FEWEST_UNSURE = 0.4, 3
"""So many words in a row below this probability are a guess."""

FAST_MS, FEWEST_FAST = 60, 4
"""Nobody says so many words in a row in less than this each: 16 words a second."""

UNHEARD_MS = 2000
"""So much speech without a word is worth a look."""

MOST_FINDINGS = 8
"""Of one kind; where there are more, neighbours are told in one."""

QUOTED_WORDS = 12

REASONS = {
    "WHISPER_OVER_SILENCE": "Whisper wrote “{words}” where nobody speaks; it is left out of the captions",
    "WHISPER_REPEATS": "Whisper repeats itself: “{words}”",
    "WHISPER_UNSURE": "Whisper is not sure of “{words}”",
    "WHISPER_TOO_FAST": "nobody speaks as fast as Whisper has it: “{words}”",
    "WHISPER_UNHEARD": "somebody seems to speak, but Whisper wrote nothing down",
}
HINTS = {
    "WHISPER_OVER_SILENCE": "listen: if something is said there, add it to the captions",
    "WHISPER_UNHEARD": "listen: if it is speech, add it to the captions",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """What an engine wrote in one go, with its own figures about it."""

    words: tuple[Word, ...]
    """In order, as the engine timed them."""
    log_probability: float
    """Mean over the tokens, never above 0."""
    compression: float
    """How far the text can be compressed; text without repeats stays below 2."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to listen again."""

    code: str
    time: TimeRange
    text: str = ""


def settle(
    passages: tuple[Passage, ...], speech: tuple[TimeRange, ...]
) -> tuple[tuple[Segment, ...], tuple[Finding, ...]]:
    """Return what goes into the captions, every word of it with speech under it, and what is doubtful."""
    spans = merged(speech)
    segments, outside = [], []
    last = TimeRange(0, 0)
    for passage in passages:
        kept = []
        for word, slack_ms in zip(passage.words, _slacks(passage.words, spans), strict=True):
            if slack_ms is None:
                outside.append(word)
                continue
            last = placed_on(word, spans, slack_ms, last)
            kept.append(replace(word, time=last))
        if kept:
            segments.append(Segment(tuple(kept)))
    doubts = (
        *_runs("WHISPER_OVER_SILENCE", outside, gap_ms=SLACK_MS),
        *_repeats(passages),
        *_unsure(passages),
        *_too_fast(passages),
        *_unheard(tuple(segments), speech),
    )
    return tuple(segments), as_findings(doubts)


def _slacks(words: tuple[Word, ...], spans: tuple[TimeRange, ...]) -> Iterator[int | None]:
    """Yield how far each word must be widened to lie on speech; None: it lies on none.

    Only a neighbour of a word that does lie on speech may be widened: several in a row are no slip.
    """
    inside = [any(_at_least_1_ms(word.time).overlaps(span) for span in spans) for word in words]
    for place, word in enumerate(words):
        if inside[place]:
            yield 0
        elif any(inside[max(0, place - 1) : place + 2]) and _near(word.time, spans):
            yield SLACK_MS
        else:
            yield None


def placed_on(word: Word, spans: tuple[TimeRange, ...], slack_ms: int, last: TimeRange) -> TimeRange:
    """Return the word's time trimmed to the speech that it lies on once it is widened by `slack_ms`.

    It starts after `last`, the word before, if that leaves any of it, and never before `last` starts.
    """
    wide = _widened(word.time, slack_ms)
    shared = [common for span in spans if (common := wide.intersection(span)) is not None]
    start, end = shared[0].start_ms, shared[-1].end_ms
    start = max(start, end - slack_ms) if slack_ms else start
    start = max(last.start_ms, min(max(start, last.end_ms), end - 1))
    later = next((max(start, span.start_ms) for span in spans if span.end_ms > start), start)
    start = later if later < max(end, start + 1) else start
    return TimeRange(start, max(end, start + 1))


def _near(time: TimeRange, spans: tuple[TimeRange, ...]) -> bool:
    wide = _widened(time, SLACK_MS)
    return any(wide.overlaps(span) for span in spans)


def _widened(time: TimeRange, by_ms: int) -> TimeRange:
    whole = _at_least_1_ms(time)
    return TimeRange(max(0, whole.start_ms - by_ms), whole.end_ms + by_ms)


def _at_least_1_ms(time: TimeRange) -> TimeRange:
    return TimeRange(time.start_ms, max(time.end_ms, time.start_ms + 1))


def as_findings(doubts: tuple[Doubt, ...]) -> tuple[Finding, ...]:
    """Return one finding a doubt, in order of time; of many of a kind those near one another become one."""
    out: list[tuple[int, Finding]] = []
    for code in REASONS:
        ours = sorted((doubt for doubt in doubts if doubt.code == code), key=lambda doubt: doubt.time)
        for gap_ms in (0, 2_000, 15_000, 60_000, 300_000, 1 << 40):
            joined = _joined(ours, gap_ms)
            if len(joined) <= MOST_FINDINGS:
                break
        out += [(doubt.time.start_ms, _finding(doubt)) for doubt in joined]
    return tuple(finding for _moment, finding in sorted(out, key=lambda pair: (pair[0], pair[1].code)))


def _finding(doubt: Doubt) -> Finding:
    """Say when and what."""
    words = doubt.text.split()
    quoted = " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS else "")
    reason = REASONS[doubt.code].format(words=quoted)
    start, end = fine_clock(doubt.time.start_ms), fine_clock(doubt.time.end_ms)
    message = f"at {start}: {reason}" if start == end else f"at {start} to {end}: {reason}"
    hint = HINTS.get(doubt.code, "listen, and correct the captions")
    return Finding(doubt.code, Level.WARN, message, hint=hint)


def _joined(doubts: list[Doubt], gap_ms: int) -> list[Doubt]:
    """Join doubts of one kind that overlap or lie at most `gap_ms` apart."""
    out: list[Doubt] = []
    for doubt in doubts:
        if out and doubt.time.start_ms - out[-1].time.end_ms <= gap_ms:
            last = out[-1]
            end_ms = max(last.time.end_ms, doubt.time.end_ms)
            text = last.text if doubt.text in last.text else f"{last.text} … {doubt.text}"
            out[-1] = Doubt(last.code, TimeRange(last.time.start_ms, end_ms), text)
        else:
            out.append(doubt)
    return out


def _runs(code: str, words: list[Word], *, gap_ms: int) -> Iterator[Doubt]:
    """Yield one doubt for each run of words that follow one another."""
    group: list[Word] = []
    for word in words:
        if group and word.time.start_ms - group[-1].time.end_ms > gap_ms:
            yield _about(code, tuple(group))
            group = []
        group.append(word)
    if group:
        yield _about(code, tuple(group))


def _repeats(passages: tuple[Passage, ...]) -> Iterator[Doubt]:
    """Yield loops of words, and passages that compress too well."""
    words = tuple(word for passage in passages for word in passage.words)
    keys = [word.text.casefold().strip(".,;:!?…\"'") for word in words]
    start = 0
    while start < len(words):
        end = start + loop_length(keys[start:])
        if end > start:
            yield _about("WHISPER_REPEATS", words[start:end])
        start = max(end, start + 1)
    for passage in passages:
        if passage.compression > COMPRESSION and passage.words:
            yield _about("WHISPER_REPEATS", passage.words)


def loop_length(keys: list[str]) -> int:
    """Return how many of the words at the start are a loop, 0 where there is none."""
    for size in range(1, LONGEST_LOOP + 1):
        count = 1
        while keys[count * size : (count + 1) * size] == keys[:size]:
            count += 1
        if count >= REPEATS.get(size, 3) and len(keys) >= size:
            return count * size
    return 0


def _unsure(passages: tuple[Passage, ...]) -> Iterator[Doubt]:
    """Yield passages that were improbable as a whole, and improbable words in a row elsewhere."""
    for passage in passages:
        if passage.log_probability < LOG_PROBABILITY and passage.words:
            yield _about("WHISPER_UNSURE", passage.words)
        else:
            yield from _stretches(
                "WHISPER_UNSURE",
                passage.words,
                [word.confidence < UNSURE for word in passage.words],
                FEWEST_UNSURE,
            )


def _too_fast(passages: tuple[Passage, ...]) -> Iterator[Doubt]:
    """Yield words in a row that are shorter than anybody speaks."""
    for passage in passages:
        marks = [word.time.duration_ms < FAST_MS for word in passage.words]
        yield from _stretches("WHISPER_TOO_FAST", passage.words, marks, FEWEST_FAST)


def _stretches(code: str, words: tuple[Word, ...], marks: list[bool], fewest: int) -> Iterator[Doubt]:
    """Yield a doubt for each run of at least `fewest` marked words."""
    start = None
    for place, mark in enumerate([*marks, False]):
        if mark and start is None:
            start = place
        elif not mark and start is not None:
            if place - start >= fewest:
                yield _about(code, words[start:place])
            start = None


def _unheard(segments: tuple[Segment, ...], speech: tuple[TimeRange, ...]) -> Iterator[Doubt]:
    """Yield stretches of speech between words, or before or after all of them, that hold no word."""
    if not speech:
        return
    said = merged((word.time for segment in segments for word in segment.words), gap_ms=SLACK_MS)
    edges = (TimeRange(0, speech[0].start_ms), *said, TimeRange(speech[-1].end_ms, speech[-1].end_ms))
    for before, after in pairwise(edges):
        if after.start_ms <= before.end_ms:
            continue
        gap = TimeRange(before.end_ms, after.start_ms)
        parts = [common for span in speech if (common := span.intersection(gap)) is not None]
        if parts and covered_ms((gap,), speech) >= UNHEARD_MS:
            yield Doubt("WHISPER_UNHEARD", TimeRange(parts[0].start_ms, parts[-1].end_ms))


def _about(code: str, words: tuple[Word, ...]) -> Doubt:
    """Return a doubt about words that follow one another."""
    start_ms = words[0].time.start_ms
    time = TimeRange(start_ms, max(start_ms, *(word.time.end_ms for word in words)))
    return Doubt(code, time, " ".join(word.text for word in words))

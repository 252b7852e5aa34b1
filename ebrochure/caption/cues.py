"""From words with times to cues: the best way through the whole text, not the first that fits.

The words are cut into blocks where a cue must end (a silence, another speaker, a heading). In
each block a dynamic programme weighs every way to cut it: what a break tears apart, how full and
how balanced the lines are, whether the cue can stay long enough to be read. Rules that are errors
weigh more than all taste together, so one is broken only where the input leaves no way around it;
`check` then says so. The same words always give the same cues.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.caption.breaks import SENTENCE, break_costs
from ebrochure.caption.timing import MAX_LATE_MS, Spoken, least_duration_ms, place, room
from ebrochure.caption.words import text_width, tokens_from_segments
from ebrochure.model.captions import Cue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.caption.timing import Room
    from ebrochure.caption.words import Token
    from ebrochure.model.captions import CaptionProfile
    from ebrochure.model.transcript import Segment

MAX_SILENCE_MS = 1500
"""A longer silence ends the cue: the caption after a pause starts with the speech."""

_ERROR = 1000.0
"""Cost of a broken rule; the rest of a cue's cost stays far below."""
_EARLY, _LATE = 15.0, 300.0
"""Costs of time borrowed from the silence before a cue, and from the cue after it, which may have none."""
_CUE = 7.0
"""Cost of one more cue: fewer, fuller cues read calmer than many small ones."""
_SECOND_LINE = 1.5
_LINE_BREAK = 0.6
"""A bad line break hurts less than a bad cue break: the eye sees both lines at once."""
_SILENCE_PER_S = 12.0
"""Cost of a second of silence inside a cue: it shows words before they are said."""
_BREATH_MS = 500
"""A shorter silence is a breath and costs nothing."""
_TORN_SENTENCE = 14.0
"""Cost of a cue that ends one sentence and starts, but does not end, the next."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The words as columns, one entry a word: what the inner loop of the programme reads."""

    tokens: tuple[Token, ...]
    breaks: tuple[float, ...]
    """Cost of a break before each word."""
    ends: tuple[int, ...]
    """Width of the text up to the end of each word, a space after each."""
    starts: tuple[int, ...]
    """Width of the text up to the start of each word."""
    sentences: tuple[int, ...]
    """How many sentences have started up to and with each word."""
    pauses_ms: tuple[int, ...]
    """How much silence, breaths aside, there has been up to the start of each word."""

    def width(self, first: int, last: int) -> int:
        """Return the width of the words `first` to `last` on one line."""
        return self.ends[last] - self.starts[first]


@dataclass(frozen=True, slots=True)
class _Plan:
    """One cue as the programme chose it."""

    first: int
    last: int
    split: int | None
    """The word that starts the second line; None: one line."""


def cues_from_segments(
    segments: tuple[Segment, ...], profile: CaptionProfile, *, language: str
) -> tuple[Cue, ...]:
    """Return the cues of `segments` in source time, by the rules of `profile`.

    The words of the cues, joined, are the words of the segments in order; only an engine's
    fillers are left out, and a speaker's label stands before the words where the speaker changes.

    Args:
        segments: Words with times, in order.
        profile: The rules.
        language: BCP 47 tag; decides which lists of words guide the breaks.
    """
    text = _text(tokens_from_segments(segments), language)
    plans = [plan for first, last in _blocks(text) for plan in _best_cut(text, first, last, profile)]
    spoken = tuple(_spoken(text, plan) for plan in plans)
    times = place(spoken, profile)
    return tuple(
        Cue(str(number), time, _lines(text, plan), text.tokens[plan.first].speaker)
        for number, (plan, time) in enumerate(zip(plans, times, strict=True), start=1)
    )


def _text(tokens: tuple[Token, ...], language: str) -> _Text:
    breaks = break_costs(tokens, language=language)
    starts, ends, sentences, pauses = [], [], [], []
    width = sentence = pause_ms = spoken_until_ms = 0
    for token, cost in zip(tokens, breaks, strict=True):
        starts.append(width)
        ends.append(width + text_width(token.text))
        width = ends[-1] + 1
        sentence += cost == SENTENCE
        sentences.append(sentence)
        silence_ms = token.start_ms - spoken_until_ms
        pause_ms += silence_ms if silence_ms > _BREATH_MS else 0
        pauses.append(pause_ms)
        spoken_until_ms = token.end_ms
    return _Text(tokens, breaks, tuple(ends), tuple(starts), tuple(sentences), tuple(pauses))


def _blocks(text: _Text) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each stretch that no cue may leave."""
    first = 0
    for at, (left, right) in enumerate(pairwise(text.tokens), start=1):
        silence_ms = right.start_ms - left.end_ms
        if silence_ms > MAX_SILENCE_MS or right.speaker != left.speaker or right.opens_part:
            yield first, at - 1
            first = at
    if text.tokens:
        yield first, len(text.tokens) - 1


def _best_cut(text: _Text, first: int, last: int, profile: CaptionProfile) -> list[_Plan]:
    """Return the cheapest cues for the words `first` to `last`, worked out from the end."""
    best: dict[int, tuple[float, _Plan | None]] = {last + 1: (0.0, None)}
    for start in range(last, first - 1, -1):
        found: tuple[float, _Plan | None] = (float("inf"), None)
        for end in range(start, last + 1):
            lines = _best_lines(text, start, end, profile)
            if lines is None:
                break  # what does not fit does not fit with one more word either
            cost, split = lines
            cost += _cue_cost(text, start, end, profile) + best[end + 1][0]
            if end < last:
                cost += text.breaks[end + 1]
            if cost < found[0]:
                found = cost, _Plan(start, end, split)
        best[start] = found
    plans = []
    plan = best[first][1]
    while plan is not None:
        plans.append(plan)
        plan = best[plan.last + 1][1]
    return plans


def _best_lines(
    text: _Text, first: int, last: int, profile: CaptionProfile
) -> tuple[float, int | None] | None:
    """Return the cost of the best lines and where the second starts; None where two lines do not do.

    A word wider than a line stays whole on a line of its own: nothing is hyphenated.
    """
    most = profile.line_chars
    if first == last or text.width(first, last) <= most:
        return 0.0, None
    if profile.cue_lines == 1:
        return None
    best: tuple[float, int | None] | None = None
    for split in range(first + 1, last + 1):
        top, bottom = text.width(first, split - 1), text.width(split, last)
        if top > most and split - 1 > first:
            break
        if bottom > most and split < last:
            continue
        lean = (top - bottom) * 0.25 if top > bottom else (bottom - top) * 0.1
        cost = _SECOND_LINE + lean + _LINE_BREAK * text.breaks[split]
        if best is None or cost < best[0]:
            best = cost, split
    return best


def _cue_cost(text: _Text, first: int, last: int, profile: CaptionProfile) -> float:
    """Return what the words `first` to `last` cost as one cue, lines and the break after them aside."""
    spoken = _spoken(text, _Plan(first, last, None))
    before = text.tokens[first - 1].end_ms if first else None
    after = text.tokens[last + 1].start_ms if last + 1 < len(text.tokens) else None
    space = room(spoken, before, after, profile)
    cost = _CUE + _SILENCE_PER_S * (text.pauses_ms[last] - text.pauses_ms[first]) / 1000
    cost += _cost_of_haste(least_duration_ms(spoken, profile) - space.late_ms, space)
    if space.spoken_ms > profile.max_duration_ms:
        cost += _ERROR + (space.spoken_ms - profile.max_duration_ms) / 10
    shown_ms = max(1, min(space.late_ms, max(space.spoken_ms, profile.short_duration_ms)))
    cost += max(0, profile.short_duration_ms - shown_ms) / 100
    cost += max(0.0, spoken.width * 1000 / max(1, space.late_ms) - profile.target_chars_per_s) * 4
    torn = text.sentences[last] - text.sentences[first]
    if torn and after is not None and text.breaks[last + 1] != SENTENCE:
        cost += _TORN_SENTENCE
    return cost + 2.0 * torn


def _cost_of_haste(missing_ms: int, space: Room) -> float:
    """Return what it costs that a cue lacks `missing_ms` of the time its rules ask for."""
    if missing_ms <= 0:
        return 0.0
    if missing_ms <= space.early_ms:
        return _EARLY
    return _LATE if missing_ms <= space.early_ms + MAX_LATE_MS else _ERROR + missing_ms / 10


def _spoken(text: _Text, plan: _Plan) -> Spoken:
    return Spoken(
        start_ms=text.tokens[plan.first].start_ms,
        end_ms=text.tokens[plan.last].end_ms,
        words=plan.last - plan.first + 1,
        width=text.width(plan.first, plan.last),
    )


def _lines(text: _Text, plan: _Plan) -> tuple[str, ...]:
    def line(first: int, stop: int) -> str:
        return " ".join(token.text for token in text.tokens[first:stop])

    if plan.split is None:
        return (line(plan.first, plan.last + 1),)
    return line(plan.first, plan.split), line(plan.split, plan.last + 1)

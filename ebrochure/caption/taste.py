"""What one cue costs its reader where no rule is broken: taste, in figures to be weighed against each other.

The unit is arbitrary. What matters is the order: a torn sentence against one more cue, a bad line
against a hurried one. The figures of a break itself are in `breaks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ebrochure.caption.columns import Columns
    from ebrochure.caption.timing import Spoken
    from ebrochure.model.captions import CaptionProfile

CUE = 7.0
"""One more cue: fewer, fuller cues read calmer than many small ones."""
SECOND_LINE = 1.5
LINE_BREAK = 0.7
"""A bad line break hurts less than a bad cue break: the eye sees both lines at once."""
TOP_HEAVY, BOTTOM_HEAVY = 0.25, 0.1
"""A column that one line has more than the other: the eye travels least where the lower one is longer."""
SILENCE_PER_S = 12.0
"""A second of silence inside a cue: it shows words before they are said."""
RESTED = 5000.0
"""A cue across a long silence or a heading: only where a rule would be broken otherwise."""
SENTENCE_INSIDE = 2.0
"""A sentence that starts inside a cue."""
TORN_SENTENCE = 14.0
"""A cue that ends one sentence and starts, but does not end, the next."""
STRAY_WORD, STRAYS = 9.0, 3
"""Each word short of three that a sentence leaves behind in a cue shared with another."""
HURRIED, LATE_PER_MS = 15.0, 0.1
"""A cue that must borrow time, and each millisecond of it."""
TOO_FAST_PER_CHAR = 4.0
"""Each column a second over the target."""
BRIEF_PER_MS = 0.01
"""Each millisecond below the comfortable time."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The best way to break a cue into lines."""

    cost: float
    split: int | None
    """The word that starts the second line; None: one line."""


def best_lines(text: Columns, first: int, last: int, profile: CaptionProfile) -> Lines | None:
    """Return the best lines of the words `first` to `last`; None where two lines do not do.

    A word wider than a line stays whole on a line of its own: nothing is hyphenated.
    """
    most, starts, ends = profile.line_chars, text.starts, text.ends
    if first == last or ends[last] - starts[first] <= most:
        return Lines(0.0, None)
    if profile.cue_lines == 1:
        return None
    best_cost, best_split = float("inf"), None
    for split in range(first + 1, last + 1):
        top, bottom = ends[split - 1] - starts[first], ends[last] - starts[split]
        if top > most and split - 1 > first:
            break
        if bottom > most and split < last:
            continue
        lean = (top - bottom) * TOP_HEAVY if top > bottom else (bottom - top) * BOTTOM_HEAVY
        cost = SECOND_LINE + lean + LINE_BREAK * text.breaks[split]
        if cost < best_cost:
            best_cost, best_split = cost, split
    return None if best_split is None else Lines(best_cost, best_split)


def cue_cost(
    text: Columns, first: int, last: int, spoken: Spoken, *, least_ms: int, profile: CaptionProfile
) -> float:
    """Return what the words `first` to `last` cost as one cue, with the break after it, without its lines.

    Args:
        text: The whole text.
        first: The first word of the cue.
        last: Its last word.
        spoken: Both as timing sees them.
        least_ms: The shortest time that breaks no rule.
        profile: The rules.
    """
    silence_ms = text.pauses_ms[last] - text.pauses_ms[first]
    cost = CUE + SILENCE_PER_S * silence_ms / 1000 + RESTED * (text.rests[last] - text.rests[first])
    if last + 1 < len(text.tokens):
        cost += text.breaks[last + 1]
    return (
        cost + _cost_of_sentences(text, first, last) + _cost_of_haste(text, last, spoken, least_ms, profile)
    )


def _cost_of_sentences(text: Columns, first: int, last: int) -> float:
    """Return what it costs that sentences start inside the cue, and that it tears the outer ones."""
    inside = text.sentences[last] - text.sentences[first]
    if not inside:
        return 0.0
    cost = SENTENCE_INSIDE * inside
    if text.closed[last] != last:
        tail = last - text.opened[last] + 1
        cost += TORN_SENTENCE + STRAY_WORD * max(0, STRAYS - tail)
    if text.opened[first] != first:
        head = text.closed[first] - first + 1
        cost += STRAY_WORD * max(0, STRAYS - head)
    return cost


def _cost_of_haste(text: Columns, last: int, spoken: Spoken, least_ms: int, profile: CaptionProfile) -> float:
    """Return what it costs that there is little time between the first word and the cue after it."""
    room_ms = spoken.end_ms + profile.max_linger_ms - spoken.start_ms
    if last + 1 < len(text.tokens):
        room_ms = min(room_ms, text.tokens[last + 1].start_ms - profile.min_gap_ms - spoken.start_ms)
    room_ms = max(1, room_ms)
    missing_ms = least_ms - room_ms
    cost = HURRIED + missing_ms * LATE_PER_MS if missing_ms > 0 else 0.0
    if room_ms < profile.short_duration_ms:
        cost += (profile.short_duration_ms - room_ms) * BRIEF_PER_MS
    too_fast = spoken.width * 1000 / room_ms - profile.target_chars_per_s
    return cost + too_fast * TOO_FAST_PER_CHAR if too_fast > 0 else cost


def cost_of_delay(late_ms: int) -> float:
    """Return what it costs that the cue before leaves this one `late_ms` too late for its first word."""
    return late_ms * LATE_PER_MS if late_ms > 0 else 0.0

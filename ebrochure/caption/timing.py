"""When a cue comes and goes: with its first word, and no sooner gone than it can be read.

A cue starts with its first word. It ends with its last one, stays longer where reading asks for
it and the silence after it allows it, and a short gap to the next cue is closed to two frames.
Where fast speech leaves too little time even so, neighbours share the shift: the hurried cue comes
a little before its first word and the next one a little after its own, neither by more than the
profile forbids. What is still missing then, no placement could have given; `forced` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.captions import CaptionProfile

MAX_EARLY_MS = 200
"""How far a cue may come before its first word unnoticed. Source: BBC Subtitle Guidelines 1.2, *Timing*."""

EDGE_MS = 250
"""How far the edge of a speech span is believed. Voice activity includes the breath before a word and
holds on after it, about a tenth of a second each; a gap of two frames between cues is no loss either."""

LAST_RESORT_MS = 200
"""Shortest time any cue gets, even over words that lie on one another."""

READABLE_SHARE = 0.75
"""A cue that has less than this share of its least time cannot be read at all."""

UNREADABLE, OUT_OF_STEP = 2, 5
"""How many broken rules more weigh as much as a cue that cannot be read, and as one that comes too late: a
few captions a little too fast serve a reader better than one that flashes by, and both better than captions
that lag further and further behind the voice."""

_FAR = 10**12


@dataclass(frozen=True, slots=True)
class Spoken:
    """What timing needs to know of one cue."""

    start_ms: int
    """Onset of its first word."""
    end_ms: int
    """End of its last word."""
    words: int
    """Words said, a speaker's label aside."""
    width: int
    """Columns of its text on one line, label included."""


class Promise(NamedTuple):
    """How long a cue will be shown at the least, and what that breaks."""

    shown_ms: int
    faults: int
    """Rules broken, the grave ones weighed (`UNREADABLE`); 0: none."""


def least_duration_ms(spoken: Spoken, profile: CaptionProfile) -> int:
    """Return the shortest time that breaks no rule, rounded up to a millisecond."""
    return max(_to_see_ms(spoken, profile), _to_read_ms(spoken, profile))


def _to_see_ms(spoken: Spoken, profile: CaptionProfile) -> int:
    return max(profile.min_duration_ms, spoken.words * profile.min_word_ms)


def _to_read_ms(spoken: Spoken, profile: CaptionProfile) -> int:
    return int(-(-spoken.width * 1000 // profile.max_chars_per_s))


def wanted_duration_ms(spoken: Spoken, profile: CaptionProfile) -> int:
    """Return the time in which the cue reads comfortably."""
    by_reading = -(-spoken.width * 1000 // profile.target_chars_per_s)
    by_words = 0.0 if spoken.words <= 3 else -(-spoken.words * 60_000 // profile.target_words_per_min)  # noqa: PLR2004
    comfortable = int(max(profile.short_duration_ms, by_reading, by_words))
    return max(least_duration_ms(spoken, profile), min(comfortable, profile.max_duration_ms))


def faults(spoken: Spoken, shown_ms: int, profile: CaptionProfile) -> int:
    """Return how many rules are broken where `spoken` is shown for `shown_ms`, the grave ones weighed."""
    see_ms, read_ms = _to_see_ms(spoken, profile), _to_read_ms(spoken, profile)
    unreadable = shown_ms < READABLE_SHARE * max(see_ms, read_ms)
    return (shown_ms < see_ms) + (shown_ms < read_ms) + UNREADABLE * unreadable


def promises(spoken: Spoken, profile: CaptionProfile) -> tuple[Promise, ...]:
    """Return the times worth giving a cue, longest first: less of it always breaks one rule more."""
    see_ms, read_ms = _to_see_ms(spoken, profile), _to_read_ms(spoken, profile)
    readable_ms = int(-(-max(see_ms, read_ms) * READABLE_SHARE // 1))
    worth = {see_ms, read_ms, readable_ms, LAST_RESORT_MS}
    found: list[Promise] = []
    for shown_ms in sorted({min(ms, profile.max_duration_ms) for ms in worth}, reverse=True):
        promise = Promise(shown_ms, faults(spoken, shown_ms, profile))
        if found and found[-1].faults == promise.faults:
            found[-1] = promise  # the same rules broken in less time
        else:
            found.append(promise)
    return tuple(found)


def latest_start_ms(spoken: Spoken, profile: CaptionProfile) -> int:
    """Return the latest moment at which a cue is still in step with its words."""
    return min(spoken.start_ms + profile.max_onset_error_ms, spoken.end_ms + EDGE_MS - 1)


def earliest_start_ms(onset_ms: int, profile: CaptionProfile) -> int:
    """Return the earliest moment at which a cue is in step with the first word, said at `onset_ms`."""
    return max(0, onset_ms - profile.max_onset_error_ms)


def place(
    cues: Sequence[Spoken], promised_ms: Sequence[int], profile: CaptionProfile
) -> tuple[TimeRange, ...]:
    """Return when each of `cues` is shown; in order, never overlapping.

    Args:
        cues: The cues in order.
        promised_ms: How long each is shown at the least.
        profile: The rules.
    """
    starts = _starts(cues, [shown_ms + profile.min_gap_ms for shown_ms in promised_ms], profile)
    placed: list[TimeRange] = []
    for at, (cue, start_ms) in enumerate(zip(cues, starts, strict=True)):
        after_ms = starts[at + 1] if at + 1 < len(cues) else None
        placed.append(TimeRange(start_ms, _end_ms(cue, start_ms, after_ms, profile)))
    return tuple(placed)


def _starts(cues: Sequence[Spoken], steps_ms: list[int], profile: CaptionProfile) -> list[int]:
    """Return when each cue comes: as near to its first word as the times promised allow.

    Every cue wants to come with its first word, and the next one at least a step later. That is an
    isotonic regression once the steps are taken away: cues that would come too close to one another
    are pooled and share the shift. The result is held between the earliest moments, worked out from
    the front, and the latest ones, worked out from the back.
    """
    earliest: list[int] = []
    for at, cue in enumerate(cues):
        after_last_ms = earliest[-1] + steps_ms[at - 1] if at else 0
        earliest.append(max(earliest_start_ms(cue.start_ms, profile), after_last_ms))
    latest: list[int] = []
    before_next_ms = _FAR
    for at in reversed(range(len(cues))):
        limit_ms = max(earliest[at], latest_start_ms(cues[at], profile))
        latest.append(min(limit_ms, before_next_ms - steps_ms[at]))
        before_next_ms = latest[-1]
    latest.reverse()
    offsets = [0]
    for step_ms in steps_ms[:-1]:
        offsets.append(offsets[-1] + step_ms)
    shared = _isotonic([cue.start_ms - offset for cue, offset in zip(cues, offsets, strict=False)])
    return [
        min(max(wish_ms + offset, first_ms), last_ms)
        for wish_ms, offset, first_ms, last_ms in zip(shared, offsets, earliest, latest, strict=False)
    ]


def _isotonic(values: list[int]) -> list[int]:
    """Return the never falling sequence nearest to `values` (least squares): pool adjacent violators."""
    pools: list[tuple[int, int]] = []  # sum and length of each
    for value in values:
        total, length = value, 1
        while pools and pools[-1][0] * length > total * pools[-1][1]:
            before = pools.pop()
            total, length = total + before[0], length + before[1]
        pools.append((total, length))
    return [total // length for total, length in pools for _ in range(length)]


def _end_ms(cue: Spoken, start_ms: int, after_ms: int | None, profile: CaptionProfile) -> int:
    """Return when a cue goes, given when the next one comes."""
    readable_ms = max(cue.end_ms, start_ms + least_duration_ms(cue, profile))
    lingers_ms = cue.end_ms + profile.max_linger_ms
    longest_ms = start_ms + profile.max_duration_ms
    comfortable_ms = min(start_ms + wanted_duration_ms(cue, profile), lingers_ms)
    end_ms = max(min(max(readable_ms, comfortable_ms), longest_ms), start_ms + LAST_RESORT_MS)
    if after_ms is None:
        return end_ms
    close_ms = after_ms - profile.min_gap_ms
    if end_ms >= close_ms:
        return close_ms
    if after_ms - end_ms >= profile.max_short_gap_ms:
        return end_ms
    if close_ms <= min(lingers_ms, longest_ms):
        return close_ms
    # Too far to close: leave a whole gap instead, if the cue can spare what it lingered.
    return max(min(end_ms, after_ms - profile.max_short_gap_ms), min(readable_ms, end_ms))

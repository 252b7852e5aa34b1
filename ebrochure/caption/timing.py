"""When a cue comes and goes: with its first word, and no sooner gone than it can be read.

A cue starts with its first word. It ends with its last one, stays longer where reading asks for
it and the silence after it allows it, and a short gap to the next cue is closed to two frames.
Where fast speech leaves too little time even so, the cue comes up to `MAX_EARLY_MS` before its
first word, into the silence before it, and as a last way out the next cue, if it has time to
spare, comes up to `MAX_LATE_MS` after its own. What is still missing then is left to `check`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from ebrochure.model.captions import CaptionProfile

MAX_EARLY_MS = 200
"""How long before its first word a cue may come when it needs the time. A fifth of a second is below
what a viewer notices. Source: BBC Subtitle Guidelines 1.2, *Timing*."""

MAX_LATE_MS = 200
"""How long after its first word a cue may come where the one before it could not be read otherwise."""

LAST_RESORT_MS = 200
"""Shortest time any cue gets, even over words that lie on one another."""

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


@dataclass(frozen=True, slots=True)
class Room:
    """How much time there is for one cue."""

    spoken_ms: int
    """From its first word to its last, as far as the next cue leaves it."""
    late_ms: int
    """The same, lingering as long as it may."""
    early_ms: int
    """What can be borrowed before its first word."""


def least_duration_ms(spoken: Spoken, profile: CaptionProfile) -> int:
    """Return the shortest time that breaks no rule, rounded up to a millisecond."""
    by_reading = -(-spoken.width * 1000 // profile.max_chars_per_s)
    return int(max(profile.min_duration_ms, spoken.words * profile.min_word_ms, by_reading))


def wanted_duration_ms(spoken: Spoken, profile: CaptionProfile) -> int:
    """Return the time in which the cue reads comfortably."""
    by_reading = -(-spoken.width * 1000 // profile.target_chars_per_s)
    by_words = 0.0 if spoken.words <= 3 else -(-spoken.words * 60_000 // profile.target_words_per_min)  # noqa: PLR2004
    comfortable = int(max(profile.short_duration_ms, by_reading, by_words))
    return max(least_duration_ms(spoken, profile), min(comfortable, profile.max_duration_ms))


def room(spoken: Spoken, before_ms: int | None, after_ms: int | None, profile: CaptionProfile) -> Room:
    """Return the time there is between the word before a cue and the word after it.

    Args:
        spoken: The cue.
        before_ms: End of the last word before it, None at the start of the recording.
        after_ms: Onset of the first word after it, None at the end.
        profile: The rules.
    """
    limit_ms = _FAR if after_ms is None else after_ms - profile.min_gap_ms
    latest_ms = min(limit_ms, spoken.end_ms + profile.max_linger_ms)
    start_ms = spoken.start_ms
    free_ms = start_ms if before_ms is None else start_ms - before_ms - profile.min_gap_ms
    return Room(
        spoken_ms=max(0, min(limit_ms, spoken.end_ms) - start_ms),
        late_ms=max(0, latest_ms - start_ms),
        early_ms=max(0, min(MAX_EARLY_MS, free_ms)),
    )


def place(cues: tuple[Spoken, ...], profile: CaptionProfile) -> tuple[TimeRange, ...]:
    """Return when each of `cues` is shown; in order, never overlapping."""
    starts = _starts(cues, profile)
    placed: list[TimeRange] = []
    for at, (cue, start_ms) in enumerate(zip(cues, starts, strict=True)):
        after_ms = starts[at + 1] if at + 1 < len(cues) else None
        placed.append(TimeRange(start_ms, _end_ms(cue, start_ms, after_ms, profile)))
    return tuple(placed)


def _starts(cues: tuple[Spoken, ...], profile: CaptionProfile) -> list[int]:
    """Return when each cue comes: with its first word, or a little before where it lacks time."""
    starts: list[int] = []
    for at, cue in enumerate(cues):
        before_ms = cues[at - 1].end_ms if at else None
        after_ms = cues[at + 1].start_ms if at + 1 < len(cues) else None
        space = room(cue, before_ms, after_ms, profile)
        missing_ms = max(0, least_duration_ms(cue, profile) - space.late_ms)
        earliest_ms = 0
        if at:
            # The cue before keeps the time it cannot do without.
            needs_ms = least_duration_ms(cues[at - 1], profile)
            free_ms = cue.start_ms - starts[-1] - profile.min_gap_ms
            earliest_ms = starts[-1] + profile.min_gap_ms + max(LAST_RESORT_MS, min(needs_ms, free_ms))
        late_ms = _given_ms(cues[at - 1], starts[-1], cue, space, profile) if at else 0
        starts.append(max(earliest_ms, cue.start_ms + late_ms - min(missing_ms, space.early_ms)))
    return starts


def _given_ms(before: Spoken, start_ms: int, cue: Spoken, space: Room, profile: CaptionProfile) -> int:
    """Return how late `cue` comes so that the one `before` it, shown from `start_ms`, can be read."""
    missing_ms = start_ms + least_duration_ms(before, profile) + profile.min_gap_ms - cue.start_ms
    spare_ms = space.late_ms - least_duration_ms(cue, profile)
    return missing_ms if 0 < missing_ms <= min(MAX_LATE_MS, spare_ms) else 0


def _end_ms(cue: Spoken, start_ms: int, after_ms: int | None, profile: CaptionProfile) -> int:
    """Return when a cue goes, given when the next one comes."""
    spoken_ms = max(cue.end_ms, start_ms + least_duration_ms(cue, profile))
    lingers_ms = cue.end_ms + profile.max_linger_ms
    longest_ms = start_ms + max(profile.max_duration_ms, least_duration_ms(cue, profile))
    end_ms = max(cue.end_ms, start_ms + min(wanted_duration_ms(cue, profile), max(0, lingers_ms - start_ms)))
    end_ms = max(min(end_ms, longest_ms), start_ms + LAST_RESORT_MS)
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
    return max(min(end_ms, after_ms - profile.max_short_gap_ms), min(spoken_ms, end_ms))

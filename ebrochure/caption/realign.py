"""A person's captions on another recording of the same words: when each comes, and how sure that is. Pure.

The words, line breaks, ids and speakers of the captions stay as they are; only the times are new. A cue
comes with its first word as it is heard in the new recording and goes by the rules of timing; where
it stayed longer before and there is room for that, it stays as long again. Where a new cut took over a
whole stretch, its cues move together and keep their in and out times to one another (`takes`). A cue of
which next to nothing is heard is left out: over other words it would tell a lie.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.caption.measure import is_sound
from ebrochure.caption.takes import common_shifts
from ebrochure.caption.timing import LAST_RESORT_MS, Spoken, place
from ebrochure.caption.words import labels
from ebrochure.model.timing import TimeRange
from ebrochure.model.writing import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebrochure.model.captions import CaptionProfile, Cue
    from ebrochure.model.transcript import Word

HEARD = 0.2
"""A word of less confidence was not heard: its time is a guess between its neighbours."""

SURE = 0.6
"""From this confidence on the first word of a cue says how far the cue has moved."""

CUT_SHARE = 1 / 3
"""A cue of which less was heard was cut: a word or two of it are found by chance, or were left standing."""

MIN_SOUND_MS = 600
"""Shortest time that a sound in brackets is worth showing for."""

_BRACKETS = re.compile(r"\[[^\[\]]*\]|♪")
_LABEL = re.compile(r"^(?:>>|[-–])?\s*[A-Z][A-Z.'’\- ]{1,38}:\s+|^(?:>>|[-–])\s*")
"""A speaker's label or a dash of dialogue at the start of a line, as other programs write them."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one cue."""

    was: Cue
    cue: Cue | None
    """With its new time; None: it was left out."""
    words: int
    """How many words of it can be heard; 0: it describes a sound."""
    heard: float = 0.0
    """Share of them that were heard, 0 to 1."""
    sureness: float = 0.0
    """0 to 1: how far the new time can be trusted. A sound's is 0: it follows its neighbour."""


def texts_to_hear(cues: Sequence[Cue]) -> tuple[str, ...]:
    """Return what is spoken of each cue: no label, no sound in brackets; empty where nothing is."""
    label_of = labels(cue.speaker for cue in cues if cue.speaker)
    return tuple(_spoken_text(cue, label_of.get(cue.speaker or "", "")) for cue in cues)


def _spoken_text(cue: Cue, label: str) -> str:
    if is_sound(cue):
        return ""
    first, *rest = cue.lines
    lines = (first.removeprefix(f"{label} ") if label else first, *rest)
    text = " ".join(_LABEL.sub("", _BRACKETS.sub(" ", line).strip()) for line in lines)
    return " ".join(text.split()) if any(char.isalnum() for char in text) else ""


def without_scraps(texts: Sequence[str], rows: Sequence[tuple[Word, ...]]) -> tuple[str, ...]:
    """Return what is left to be heard once cues of which only scraps were heard are known to be cut.

    Their scraps may be words of a neighbour that says the same: it should be listened for again without them.
    """
    return tuple(
        "" if row and _heard(row) < CUT_SHARE else text for text, row in zip(texts, rows, strict=True)
    )


def realign(
    cues: Sequence[Cue], rows: Sequence[tuple[Word, ...]], profile: CaptionProfile
) -> tuple[Moved, ...]:
    """Return every cue with its new time, in the order of `cues`.

    Args:
        cues: The captions as they are, in order of time.
        rows: The words of each cue as they were heard in the new recording; empty where none was.
        profile: The rules of timing.
    """
    texts = texts_to_hear(cues)
    rows = [row if _heard(row) >= CUT_SHARE else () for row in rows]
    times = _speech_times(cues, rows, texts, profile)
    times |= _sound_times(cues, texts, times, profile.min_gap_ms)
    return tuple(
        _moved(cue, row, len(text.split()), times.get(at))
        for at, (cue, row, text) in enumerate(zip(cues, rows, texts, strict=True))
    )


def sureness_of(moved: Sequence[Moved]) -> float:
    """Return how sure the times of a whole track are, 0 to 1: the mean over its cues by their words."""
    kept = [item for item in moved if item.cue is not None]
    total = sum(item.words for item in kept)
    return sum(item.sureness * item.words for item in kept) / total if total else 0.0


def _moved(cue: Cue, row: tuple[Word, ...], words: int, time: TimeRange | None) -> Moved:
    new = None if time is None else replace(cue, time=time)
    if not row:
        return Moved(cue, new, words)
    sure = sum(word.confidence for word in row if word.confidence >= HEARD)
    return Moved(cue, new, words, _heard(row), sure / len(row))


def _heard(row: tuple[Word, ...]) -> float:
    """Return the share of words that were heard."""
    return sum(word.confidence >= HEARD for word in row) / len(row) if row else 0.0


def _speech_times(
    cues: Sequence[Cue], rows: Sequence[tuple[Word, ...]], texts: Sequence[str], profile: CaptionProfile
) -> dict[int, TimeRange]:
    """Return the new times of the cues that were heard, by their index."""
    heard = [at for at, row in enumerate(rows) if row]
    spoken = tuple(
        Spoken(rows[at][0].time.start_ms, rows[at][-1].time.end_ms, len(rows[at]), text_width(cues[at].text))
        for at in heard
    )
    # Nothing is promised a cue but to be seen, so each comes with its first word.
    placed = place(spoken, [LAST_RESORT_MS] * len(spoken), profile)
    shifts = common_shifts([_shift(cues[at], rows[at]) for at in heard])
    wanted: list[TimeRange] = []
    for at, time, said, shift_ms in zip(heard, placed, spoken, shifts, strict=True):
        was = cues[at].time
        if shift_ms is not None and was.start_ms + shift_ms >= 0:
            wanted.append(was.shifted(shift_ms))
        elif at + 1 < len(texts) and not texts[at + 1]:  # the sound after it keeps its room
            end_ms = min(time.end_ms, max(said.end_ms, time.start_ms + was.duration_ms))
            wanted.append(TimeRange(time.start_ms, end_ms))
        else:
            wanted.append(_held(time, was.duration_ms, said.end_ms, profile))
    return dict(zip(heard, _apart(wanted, profile.min_gap_ms), strict=True))


def _shift(cue: Cue, row: tuple[Word, ...]) -> int | None:
    """Return how far a cue has moved, None where that is not sure."""
    first = row[0]
    return first.time.start_ms - cue.time.start_ms if first.confidence >= SURE else None


def _apart(times: Sequence[TimeRange], gap_ms: int) -> list[TimeRange]:
    """Return `times` in order and apart: each ends before the next, however they were wanted."""
    starts: list[int] = []
    for time in times:
        starts.append(max([time.start_ms, *(start + LAST_RESORT_MS + gap_ms for start in starts[-1:])]))
    ends = [start - gap_ms for start in starts[1:]]
    return [
        TimeRange(start, max(start + LAST_RESORT_MS, time.end_ms if end is None else min(time.end_ms, end)))
        for start, time, end in zip(starts, times, [*ends, None], strict=False)
    ]


def _held(time: TimeRange, before_ms: int, spoken_until_ms: int, profile: CaptionProfile) -> TimeRange:
    """Return `time`, as long as the cue was shown before where the rules allow that."""
    longest_ms = time.start_ms + min(before_ms, profile.max_duration_ms)
    return TimeRange(
        time.start_ms, max(time.end_ms, min(longest_ms, spoken_until_ms + profile.max_linger_ms))
    )


def _sound_times(
    cues: Sequence[Cue], texts: Sequence[str], times: Mapping[int, TimeRange], gap_ms: int
) -> dict[int, TimeRange]:
    """Return the new times of cues without words: they keep their distance to the nearest cue that moved."""
    found: dict[int, TimeRange] = {}
    with_words, kept = _next([bool(text) for text in texts]), _next([at in times for at in range(len(texts))])
    before: int | None = None
    earliest_ms = 0
    for at, text in enumerate(texts):
        before = at if text else before
        beside = [near for near in (before, with_words[at]) if near in times and near is not None]
        if not text and beside:  # what stands beside words that were cut was cut with them
            nearest = min(beside, key=lambda near: _distance_ms(cues[at].time, cues[near].time))
            by_ms = times[nearest].start_ms - cues[nearest].time.start_ms
            following = kept[at]
            latest_ms = None if following is None else times[following].start_ms - gap_ms
            if (time := _fitted(cues[at].time, by_ms, earliest_ms, latest_ms)) is not None:
                found[at] = time
        if (placed := found.get(at) or times.get(at)) is not None:
            earliest_ms = placed.end_ms + gap_ms
    return found


def _next(flags: Sequence[bool]) -> list[int | None]:
    """Return for each place the nearest later one that is flagged."""
    out: list[int | None] = []
    later: int | None = None
    for at in range(len(flags) - 1, -1, -1):
        out.append(later)
        later = at if flags[at] else later
    return out[::-1]


def _distance_ms(one: TimeRange, other: TimeRange) -> int:
    return max(one.start_ms - other.end_ms, other.start_ms - one.end_ms, 0)


def _fitted(time: TimeRange, by_ms: int, earliest_ms: int, latest_ms: int | None) -> TimeRange | None:
    """Return `time` moved by `by_ms` as far as there is room for it; None: too little."""
    start_ms, end_ms = max(earliest_ms, time.start_ms + by_ms), time.end_ms + by_ms
    end_ms = end_ms if latest_ms is None else min(end_ms, latest_ms)
    return TimeRange(start_ms, end_ms) if end_ms - start_ms >= MIN_SOUND_MS else None

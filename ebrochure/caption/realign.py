"""A person's captions on another recording of the same words: when each comes, and how sure that is. Pure.

The words, line breaks, ids and speakers of the captions stay as they are; only the times are new. A cue
comes with its first word as it is heard in the new recording and goes by the rules of timing; where
it stayed longer before and there is room for that, it stays as long again. A cue of which next to
nothing is heard is left out: over other words it would tell a lie.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.caption.measure import is_sound
from ebrochure.caption.timing import Spoken, place
from ebrochure.caption.words import spoken_words, text_width
from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebrochure.model.captions import CaptionProfile, Cue
    from ebrochure.model.transcript import Word

HEARD = 0.2
"""A word of less confidence was not heard: its time is a guess between its neighbours."""

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
    words = spoken_words(cues)
    return tuple(_spoken_text(cue, said) for cue, said in zip(cues, words, strict=True))


def _spoken_text(cue: Cue, said: tuple[str, ...]) -> str:
    if is_sound(cue):
        return ""
    # `spoken_words` takes off the label of the cue's own speaker; a file without speakers may have one
    # at the start of any line.
    has_label = len(said) != len(cue.text.split())
    lines = (" ".join(said),) if has_label else cue.lines
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
        Spoken(row[0].time.start_ms, row[-1].time.end_ms, len(row), text_width(cues[at].text))
        for at, row in ((at, rows[at]) for at in heard)
    )
    placed = place(spoken, profile)
    limits = [after.start_ms - profile.min_gap_ms for after in placed[1:]]
    out: dict[int, TimeRange] = {}
    for at, time, said, limit_ms in zip(heard, placed, spoken, [*limits, None], strict=False):
        before_ms = cues[at].time.duration_ms
        if at + 1 < len(texts) and not texts[at + 1]:  # the sound after it keeps its room
            end_ms = max(said.end_ms, time.start_ms + before_ms)
            out[at] = TimeRange(time.start_ms, min(time.end_ms, end_ms))
        else:
            out[at] = _held(time, before_ms, said.end_ms, limit_ms, profile)
    return out


def _held(
    time: TimeRange, before_ms: int, spoken_until_ms: int, limit_ms: int | None, profile: CaptionProfile
) -> TimeRange:
    """Return `time`, as long as the cue was shown before where the rules have room for that."""
    longest_ms = time.start_ms + min(before_ms, profile.max_duration_ms)
    end_ms = min(longest_ms, spoken_until_ms + profile.max_linger_ms)
    return TimeRange(time.start_ms, max(time.end_ms, end_ms if limit_ms is None else min(end_ms, limit_ms)))


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

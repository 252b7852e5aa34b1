"""A storyboard by hand, brought to moments: quoted words are found, cuts are moved out of words. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ebrochure.assemble.quoted import find_quoted, most_alike
from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level
from ebrochure.model.storyboard import Board, RecordingView
from ebrochure.model.timing import TimeRange, merged, total_ms
from ebrochure.model.writing import clock, fine_clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.storyboard import Shot
    from ebrochure.model.transcript import Word

MOVED_MS = 200
"""Farther than that, a cut that was moved out of a word is not where its author expects it."""
ROOM_MS = 100
"""What is left between a moved cut and a word, where the pause is that long: a word rings out."""
LEAST_LEFT_MS = 1000
"""Less is no video."""


def refuse_late(shots: Sequence[Shot], duration_ms: int, *, footage: str, file: str) -> None:
    """Check the moments that are typed, before anybody has to listen for the others.

    Args:
        shots: The storyboard.
        duration_ms: Length of the footage.
        footage: The recording as its author knows it.
        file: Where the storyboard is written.

    Raises:
        MaterialError: BOARD_TIME: some lie at or beyond the end of the footage.

    """
    hint = "times are those of the footage, from its start"
    late = tuple(
        Finding(
            "BOARD_TIME",
            Level.ERROR,
            f"`{clock(shot.at)}` is beyond the end of `{footage}`, which is {clock(duration_ms)} long",
            file,
            shot.line,
            hint,
        )
        for shot in shots
        if isinstance(shot.at, int) and shot.at >= duration_ms
    )
    if late:
        raise MaterialError(late)


def place_shots(
    shots: Sequence[Shot], words: Sequence[Word], duration_ms: int, *, footage: str, file: str
) -> tuple[Board, tuple[Finding, ...]]:
    """Find the moment of every shot.

    Args:
        shots: The storyboard, at least one entry.
        words: What is spoken, in order of time; none: nobody knows.
        duration_ms: Length of the footage.
        footage: The recording as its author knows it.
        file: Where the storyboard is written.

    Returns:
        The board, and which cuts had to be moved.

    Raises:
        MaterialError: BOARD_WORDS, BOARD_TIME: words that are not spoken, or moments out of order;
            BOARD_EMPTY: nothing is left.

    """
    desk = _Desk(words, footage, file)
    asked = [desk.moment(shot) for shot in shots]
    if desk.wrong:
        raise MaterialError(tuple(desk.wrong))
    moments = _clear_of_words(shots, asked, _gaps(words, duration_ms))
    spans = [TimeRange(*span) for span in pairwise([*moments, max(duration_ms, moments[-1])])]
    removed = merged(
        span
        for shot, span in zip(shots, spans, strict=True)
        if shot.view is RecordingView.CUT and span.duration_ms
    )
    if duration_ms - total_ms(removed) < LEAST_LEFT_MS:
        raise MaterialError((desk.nothing_left(shots[0]),))
    views = tuple((moment_ms, shot.view) for moment_ms, shot in zip(moments, shots, strict=True))
    moved = (
        desk.moved(shot, asked_ms, moment_ms)
        for shot, asked_ms, moment_ms in zip(shots, asked, moments, strict=True)
        if abs(moment_ms - asked_ms) > MOVED_MS
    )
    return Board(views, removed), tuple(moved)


def _clear_of_words(
    shots: Sequence[Shot], asked: Sequence[int], gaps: Sequence[tuple[int, int]]
) -> list[int]:
    """Return the moments with those at which a cut begins or ends moved out of words, in order."""
    befores = [None, *(shot.view for shot in shots)]
    is_edge = [RecordingView.CUT in {before, shot.view} for before, shot in zip(befores, shots, strict=False)]
    moments = [
        _between_words(moment_ms, gaps) if moment_ms and edge else moment_ms
        for edge, moment_ms in zip(is_edge, asked, strict=True)
    ]
    # An edge that was moved may have overtaken an entry that is none, which then gives way.
    edges = list(zip(is_edge, moments, strict=True))
    earliest = accumulate((ms if edge else 0 for edge, ms in edges), max)
    last_ms = max(moments)
    latest = list(accumulate((ms if edge else last_ms for edge, ms in reversed(edges)), min))[::-1]
    return [min(max(ms, low), high) for ms, low, high in zip(moments, earliest, latest, strict=True)]


@dataclass(slots=True)
class _Desk:
    """Goes through the shots in their order and notes what is wrong with each."""

    words: Sequence[Word]
    footage: str
    file: str
    before_ms: int = -1
    """Moment of the entry before."""
    wrong: list[Finding] = field(default_factory=list)

    def moment(self, shot: Shot) -> int:
        """Return when a shot begins; the moment of the entry before where it is wrong."""
        found = self._spoken(shot, shot.at) if isinstance(shot.at, str) else shot.at
        if found is not None and found <= self.before_ms:
            message = f"`{clock(found)}` does not come after the entry before it ({clock(self.before_ms)})"
            self._note(shot, "BOARD_TIME", message, "entries stand in the order of the footage")
            found = None
        if found is not None:
            self.before_ms = found
        return max(0, self.before_ms)

    def _spoken(self, shot: Shot, quoted: str) -> int | None:
        """Return when words are spoken, for the first time after the entry before."""
        spoken = find_quoted(quoted, self.words)
        later = [moment for moment in spoken if moment > self.before_ms]
        if later:
            return later[0]
        if spoken:
            message = (
                f"`{quoted}` is spoken at {clock(spoken[-1])} of `{self.footage}`, "
                f"which is not after the entry before it ({clock(self.before_ms)})"
            )
            self._note(shot, "BOARD_WORDS", message, "entries stand in the order of the footage")
            return None
        after = [word for word in self.words if word.time.start_ms > self.before_ms]
        alike = most_alike(quoted, after)
        guess = (
            "" if alike is None else f"did you mean `{alike.text}`, spoken at {clock(alike.start_ms)}? Else "
        )
        where = f" after {clock(self.before_ms)}" if self.before_ms > 0 else ""
        known = "is not spoken" if self.words else "cannot be found, because nobody knows what is spoken"
        message = f"`{quoted}` {known} in `{self.footage}`{where}"
        self._note(shot, "BOARD_WORDS", message, f"{guess}write the time, such as `0:12`")
        return None

    def _note(self, shot: Shot, code: str, message: str, hint: str) -> None:
        self.wrong.append(Finding(code, Level.ERROR, message, self.file, shot.line, hint))

    def moved(self, shot: Shot, asked_ms: int, place_ms: int) -> Finding:
        """Say that a cut is not where it was asked for."""
        message = (
            f"a cut at {fine_clock(asked_ms)} of `{self.footage}` would go through a word, "
            f"so it is at {fine_clock(place_ms)}"
        )
        hint = "nothing to do, unless it should be in another pause: then write that moment"
        return Finding("BOARD_MOVED", Level.INFO, message, self.file, shot.line, hint)

    def nothing_left(self, shot: Shot) -> Finding:
        """Say that everything is cut."""
        message = f"the storyboard leaves nothing of `{self.footage}`"
        hint = 'show something after a `cut`, such as `{at: "1:10", show: presenter}`'
        return Finding("BOARD_EMPTY", Level.ERROR, message, self.file, shot.line, hint)


def _gaps(words: Sequence[Word], duration_ms: int) -> tuple[tuple[int, int], ...]:
    """Return the pauses in which nobody is within a word, from and to when; they may have no length."""
    gaps: list[tuple[int, int]] = []
    end_ms = 0
    for word in words:
        if word.time.start_ms >= end_ms:
            gaps.append((end_ms, word.time.start_ms))
        end_ms = max(end_ms, word.time.end_ms)
    return (*gaps, (end_ms, max(end_ms, duration_ms)))


def _between_words(moment_ms: int, gaps: Sequence[tuple[int, int]]) -> int:
    """Return the moment itself where it lies in a pause, else one in the pause that is nearest."""
    start_ms, end_ms = min(gaps, key=lambda gap: max(gap[0] - moment_ms, moment_ms - gap[1], 0))
    if start_ms < moment_ms < end_ms:
        return moment_ms
    middle_ms = (start_ms + end_ms) // 2
    return min(max(moment_ms, min(start_ms + ROOM_MS, middle_ms)), max(end_ms - ROOM_MS, middle_ms))

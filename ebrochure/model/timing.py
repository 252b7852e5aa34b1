"""Time: whole milliseconds, half-open ranges, and frames at an exact rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """A half-open stretch of time, ``start_ms <= t < end_ms``."""

    start_ms: int
    """Milliseconds from the start of whatever it is measured in; never negative."""
    end_ms: int
    """Milliseconds; never before `start_ms`. Equal to it: an empty range."""

    def __post_init__(self) -> None:
        """Refuse a range that starts before zero or ends before it starts."""
        if self.start_ms < 0 or self.end_ms < self.start_ms:
            msg = f"expected 0 <= start <= end, got {self.start_ms} and {self.end_ms} ms"
            raise ValueError(msg)

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return self.end_ms - self.start_ms

    def contains(self, moment_ms: int) -> bool:
        """Tell whether `moment_ms` lies in the range (its end does not)."""
        return self.start_ms <= moment_ms < self.end_ms

    def overlaps(self, other: TimeRange) -> bool:
        """Tell whether the two ranges share any time at all."""
        return self.start_ms < other.end_ms and other.start_ms < self.end_ms

    def intersection(self, other: TimeRange) -> TimeRange | None:
        """Return the time both ranges share, or None where they share none."""
        if not self.overlaps(other):
            return None
        return TimeRange(max(self.start_ms, other.start_ms), min(self.end_ms, other.end_ms))

    def shifted(self, by_ms: int) -> TimeRange:
        """Return the same stretch `by_ms` later (earlier where negative)."""
        return TimeRange(self.start_ms + by_ms, self.end_ms + by_ms)


@dataclass(frozen=True, slots=True)
class FrameRange:
    """Frames counted at some rate, ``start <= n < end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that ends before it starts."""
        if self.end < self.start:
            msg = f"expected a start before its end, got frames {self.start} to {self.end}"
            raise ValueError(msg)

    @property
    def count(self) -> int:
        """How many frames there are."""
        return self.end - self.start

    def intersection(self, other: FrameRange) -> FrameRange | None:
        """Return the frames that both ranges share, or None where they share none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return FrameRange(start, end) if start < end else None

    def shifted(self, by: int) -> FrameRange:
        """Return as many frames, `by` later (earlier where negative)."""
        return FrameRange(self.start + by, self.end + by)

    def time(self, rate: Fraction) -> TimeRange:
        """Return the time that the frames cover at `rate` frames per second."""
        return TimeRange(frame_start_ms(self.start, rate), frame_start_ms(self.end, rate))


def merged(ranges: Iterable[TimeRange], *, gap_ms: int = 0) -> tuple[TimeRange, ...]:
    """Join ranges that touch, overlap or lie at most `gap_ms` apart; sorted."""
    out: list[TimeRange] = []
    for item in sorted(ranges):
        if out and item.start_ms - out[-1].end_ms <= gap_ms:
            out[-1] = TimeRange(out[-1].start_ms, max(out[-1].end_ms, item.end_ms))
        else:
            out.append(item)
    return tuple(out)


def without(ranges: Iterable[TimeRange], removed: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """Return what is left of `ranges` outside `removed`, in order and apart from one another."""
    left = merged(ranges)
    for gone in removed:
        parts = [
            (item.start_ms, min(item.end_ms, gone.start_ms), max(item.start_ms, gone.end_ms), item.end_ms)
            for item in left
        ]
        halves = [half for start, stop, again, end in parts for half in ((start, stop), (again, end))]
        left = merged(TimeRange(*half) for half in halves if half[0] < half[1])
    return left


def total_ms(ranges: Iterable[TimeRange]) -> int:
    """Add up how much time the ranges cover, shared time once."""
    return sum(item.duration_ms for item in merged(ranges))


def covered_ms(ranges: Iterable[TimeRange], by: Iterable[TimeRange]) -> int:
    """Add up how much of `ranges` lies under the ranges of `by`."""
    under = merged(by)
    return sum(
        shared.duration_ms
        for item in merged(ranges)
        for other in under
        if (shared := item.intersection(other)) is not None
    )


def frame_at(moment_ms: int, rate: Fraction) -> int:
    """Return the number of the frame nearest to `moment_ms` at `rate` frames per second."""
    return round(moment_ms * rate / 1000)


def frame_start_ms(frame: int, rate: Fraction) -> int:
    """Return when frame number `frame` starts, to the nearest millisecond."""
    return round(frame * 1000 / rate)

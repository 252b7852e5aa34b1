"""How many pictures a second: measured, and snapped to a rate that players and editors know."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import fmean, median_low
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BROADCAST_RATES = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)
FALLBACK_RATE = Fraction(30)
"""For footage without a rate of its own: what meeting and screen recorders aim at."""

_HIGHEST_RATE = 60
_SNAP = 0.005
"""Relative distance within which a rate is taken for a broadcast rate; 24 and 24000/1001 are 0.001 apart."""
_STEADY = 0.1
"""Relative distance within which two frames' times on screen count as equal."""
_MOST_ODD = 0.01
"""Share of odd intervals up to which footage has a constant rate."""
_MOST_ODD_WITH_RATE = 0.1
"""Share of odd intervals up to which footage at least has a rate of its own."""
_LONG = 2.5
"""Intervals: from here on a picture stood still for too long to call the rate constant."""


@dataclass(frozen=True, slots=True)
class MeasuredRate:
    """What the times of the frames say."""

    rate: Fraction
    """A broadcast rate."""
    frames_per_s: float
    """As measured, before it was snapped; 0 for a single frame."""
    is_variable: bool


def measure_rate(times_s: Sequence[float], tick_s: float) -> MeasuredRate:
    """Find the frame rate of footage.

    Args:
        times_s: When each frame is shown, in any order.
        tick_s: Resolution of these times: containers round to it (Matroska to a millisecond).
    """
    intervals = [after - before for before, after in pairwise(sorted(set(times_s)))]
    if not intervals:
        return MeasuredRate(FALLBACK_RATE, 0.0, is_variable=False)
    usual_s = median_low(intervals)
    slack_s = max(1.01 * tick_s, _STEADY * usual_s)
    steady = [item for item in intervals if abs(item - usual_s) <= slack_s]
    odd = 1 - len(steady) / len(intervals)
    is_variable = odd > _MOST_ODD or max(intervals) > _LONG * usual_s + tick_s
    frames_per_s = 1 / fmean(steady)
    rate = snap_rate(frames_per_s) if odd <= _MOST_ODD_WITH_RATE else FALLBACK_RATE
    if is_variable:  # 60 of a screen recorder are worth neither the time nor the bytes
        rate = min(rate, FALLBACK_RATE)
    return MeasuredRate(rate, frames_per_s, is_variable)


def snap_rate(frames_per_s: float) -> Fraction:
    """Return the broadcast rate that shows every frame of footage evenly, at most 60.

    A slower rate is multiplied (12.5 becomes 25), a faster one divided (120 becomes 60); one that fits
    nothing becomes `FALLBACK_RATE`.
    """
    for number in range(1, 61):
        for factor in (number, 1 / number):
            wanted = frames_per_s * factor
            if wanted > _HIGHEST_RATE * (1 + _SNAP):
                continue
            nearest = min(BROADCAST_RATES, key=lambda rate: abs(float(rate) - wanted))
            if abs(float(nearest) / wanted - 1) <= _SNAP:
                return nearest
    return FALLBACK_RATE

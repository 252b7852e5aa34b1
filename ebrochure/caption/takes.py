"""Stretches that a new cut took over as they are: captions there move together, as they were timed. Pure."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR_MS = 40
"""How closely captions of one take move together. In two readings no four of five neighbours ever did."""

LEAD_MS = 250
"""How far a single caption may come before or after its first word: whoever timed it meant it."""

_AROUND, _ENOUGH = 2, 4
"""Neighbours that are looked at on either side, and how many of all these must have moved alike."""


def common_shifts(shifts: Sequence[int | None]) -> tuple[int | None, ...]:
    """Return by how much each caption moved together with its neighbours; None where it moved on its own.

    Args:
        shifts: For each caption in order the distance in ms from its old start to its first word as it is
            heard now; None where that is not sure.
    """
    known = [(at, shift) for at, shift in enumerate(shifts) if shift is not None]
    values = [shift for _, shift in known]
    found = _joined(values, _grouped(values))
    out: list[int | None] = [None] * len(shifts)
    for (at, _shift), common in zip(known, found, strict=True):
        out[at] = common
    return tuple(out)


def _grouped(shifts: Sequence[int]) -> list[int | None]:
    """Return the shift that each caption shares with those around it, the same for a whole stretch."""
    groups: list[list[tuple[int, int]]] = []
    is_open = False
    for at, shift in enumerate(shifts):
        middle = _shared(shifts[max(0, at - _AROUND) : at + _AROUND + 1])
        belongs = middle is not None and abs(shift - middle) <= LEAD_MS
        if belongs and middle is not None:
            if not (is_open and abs(middle - groups[-1][0][1]) <= NEAR_MS):
                groups.append([])
            groups[-1].append((at, middle))
        is_open = belongs
    out: list[int | None] = [None] * len(shifts)
    for group in groups:
        # One shift for all of them, so that what lies between them stays to the millisecond.
        shift = median_low([middle for _, middle in group])
        for at, _middle in group:
            out[at] = shift
    return out


def _joined(shifts: Sequence[int], grouped: list[int | None]) -> list[int | None]:
    """Let captions at the edge of a stretch join it: they have neighbours on one side only."""
    for order in (range(1, len(shifts)), range(len(shifts) - 2, -1, -1)):
        for at in order:
            beside = grouped[at - order.step]
            if grouped[at] is None and beside is not None and abs(shifts[at] - beside) <= NEAR_MS:
                grouped[at] = beside
    return grouped


def _shared(shifts: Sequence[int]) -> int | None:
    """Return the shift that most of a few neighbours share, None where they share none."""
    middle = median_low(shifts)
    near = [shift for shift in shifts if abs(shift - middle) <= NEAR_MS]
    return median_low(near) if len(near) >= _ENOUGH else None

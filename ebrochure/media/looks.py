"""What a few decoded pictures and sounds show that no header says: combs, standstill, clipping."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOVED = 15
"""Grey levels of 255 between two frames: less may be noise."""
_COMBED_SHARE = 0.05
"""Share of moving pixels in combs: 0.00 in the progressive and 0.25 in the interlaced clips we have."""
_LEAN = 0.2
"""Of `field_lean`: up to 0.12 in the progressive and from 0.57 in the interlaced clips we have."""
_FEWEST_LOOKS = 3
_STILL = 2.0
"""Grey levels of 255: the most that coding noise moves a thumbnail's pixel of a still picture."""
_AT_PEAK = 0.998
"""Share of the peak from which a sample counts as lying at it."""


def comb_share(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float | None:
    """Return the share of moving pixels that differ from both neighbouring lines while these agree.

    Args:
        before: Grey picture, height x width.
        after: The next one, of the same size.

    Returns:
        0 to 1, or None where nothing moves.
    """
    new = after.astype(np.int16)
    moving = np.abs(new - before)[1:-1] > _MOVED
    if not moving.any():
        return None
    same_field = np.abs(new[:-2] - new[2:])
    other_field = np.abs(2 * new[1:-1] - new[:-2] - new[2:]) // 2
    combed = moving & (other_field > _MOVED) & (other_field > 3 * same_field)
    return float(combed.sum() / moving.sum())


def field_lean(before: NDArray[np.uint8], now: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """Return which lines of `now` were taken nearer to the picture before, and how clearly.

    Where every second line was taken at another moment, the one half of the lines lies between those of the
    picture before with less of a step, and the other half between those of the picture after. Thin lines of a
    table that somebody scrolls look like combs, but they lean to neither side. Source: what ffmpeg's filter
    `idet` compares, here where something moves.

    Args:
        before: Grey picture, height x width.
        now: The next one, of the same size.
        after: The one after that.

    Returns:
        Logarithm of the one order's misfit over the other's: above 0 the upper field came first, below 0
        the lower, about 0 neither.
    """
    past, new, coming = (picture.astype(np.int32) for picture in (before, now, after))
    moving = ((np.abs(new - past) > _MOVED) | (np.abs(coming - new) > _MOVED))[1:-1]
    around = new[:-2] + new[2:]

    def misfit(other: NDArray[np.int32]) -> tuple[int, int]:
        lines = (np.abs(around - 2 * other[1:-1]) * moving).sum(axis=1)
        return int(lines[0::2].sum()), int(lines[1::2].sum())

    (odd_before, even_before), (odd_after, even_after) = misfit(past), misfit(coming)
    return math.log((1 + even_before + odd_after) / (1 + odd_before + even_after))


@dataclass(slots=True)
class PictureLook:
    """Gathers what is seen in one picture track."""

    comb_shares: list[float] = field(default_factory=list)
    leans: list[float] = field(default_factory=list)
    first: NDArray[np.uint8] | None = None
    thumbnails: int = 0
    most_change: float = 0.0

    def see_three(self, before: NDArray[np.uint8], now: NDArray[np.uint8], after: NDArray[np.uint8]) -> None:
        """Look at three pictures in a row, grey and in full height."""
        share = comb_share(before, now) if before.shape == now.shape == after.shape else None
        if share is not None:
            self.comb_shares.append(share)
            self.leans.append(field_lean(before, now, after))

    def see_thumbnail(self, picture: NDArray[np.uint8]) -> None:
        """Look at one picture, grey and small."""
        if self.first is None:
            self.first = picture
        self.thumbnails += 1
        change = np.abs(picture.astype(np.int16) - self.first).max()
        self.most_change = max(self.most_change, float(change))

    @property
    def is_combed(self) -> bool:
        """Tell whether most of what moves shows combs, and the same lines always came first."""
        return (
            len(self.comb_shares) >= _FEWEST_LOOKS
            and median(self.comb_shares) > _COMBED_SHARE
            and abs(median(self.leans)) > _LEAN
        )

    @property
    def is_still(self) -> bool:
        """Tell whether no picture differed from the first."""
        return self.thumbnails > 1 and self.most_change <= _STILL


@dataclass(slots=True)
class SoundLook:
    """Gathers how loud one sound track gets."""

    peak: float = 0.0
    samples: int = 0
    at_peak: int = 0

    def hear(self, samples: NDArray[np.generic]) -> None:
        """Listen to some samples of any format and layout."""
        levels = np.abs(to_unit(samples))
        if not levels.size:
            return
        peak = float(levels.max())
        if peak > self.peak:
            if peak * _AT_PEAK > self.peak:  # what lay at the old peak does not lie at the new one
                self.at_peak = 0
            self.peak = peak
        self.samples += levels.size
        self.at_peak += int((levels >= _AT_PEAK * self.peak).sum())

    @property
    def clipped_share(self) -> float:
        """Share of all samples that lie at the peak; a hard-clipped recording has many."""
        return self.at_peak / self.samples if self.samples else 0.0


def to_unit(samples: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return samples of any format as floats with 1 as full scale; what is not a number becomes 0."""
    levels: NDArray[np.float32] = samples.astype(np.float32)
    if samples.dtype == np.uint8:
        levels -= 128
        levels /= 128
    elif samples.dtype in {np.dtype(np.int16), np.dtype(np.int32), np.dtype(np.int64)}:
        levels /= 2.0 ** (8 * samples.dtype.itemsize - 1)
    else:
        np.nan_to_num(levels, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
    return levels

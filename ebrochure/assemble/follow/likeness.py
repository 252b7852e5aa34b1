"""How like each slide a frame of footage looks, wherever in the frame the slides are. Pure.

Compared is what is drawn and not what it is drawn on: `ink` keeps strokes and edges and drops even grounds,
so that brightness, a dark theme's glow and compression matter little. Slides may be smaller than the frame,
beside a row of faces or between bars: the place that fits best is found once and tried on every frame. A
frame is compared tile by tile; a tile on which nothing of any slide is drawn (a presenter's inset, a cursor's
bubble) says nothing, and one that is the same on all slides (a logo, a page's frame) next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Grey = NDArray[np.uint8]

REACH = 4
"""Pixels to each side of which the mean is a pixel's ground."""
MOST_INK = 48.0
"""Grey levels of 255 from the ground at which ink counts in full: a photograph's edges drown no text."""
TILES = (6, 8)
"""Rows and columns of tiles."""
STRANGE = 0.25
"""Likeness of a tile to every slide below which something lies over it."""
LEAST_INK = 4.0
"""Root mean square of a tile's ink below which it is empty: what coding leaves of a plain ground."""

MARGIN = 0.05
"""Of a slide's width and height, not compared: there a frame shows the edge of what lies around the slide."""
COARSE, COARSE_REACH = 3, 2
"""By how much frames are made smaller to find the place of the slides in them, and `REACH` then."""
SMALLEST, STEP = 0.35, 0.94
"""Least width of a slide that is found, as a share of the widest that fits, and from one to the next."""
LEAST_COARSE = 0.4
"""Correlation from which a place is thought of: of such the one with most of the frame's ink is the best."""
LEAST_FIT = 0.6
"""Correlation of a frame with a slide at its place below which the place is an accident."""
MOST_PLACES = 3
"""Layouts of one recording: the deck alone, beside faces, below a row of them."""
APART = 6
"""Pixels by which a corner differs from another layout's."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a frame the slides are, in pixels of the small frames."""

    x: int
    y: int
    width: int
    height: int

    def is_near(self, other: Place) -> bool:
        """Tell whether this is `other` but for an error of measurement."""
        mine = (self.x, self.y, self.x + self.width, self.y + self.height)
        its = (other.x, other.y, other.x + other.width, other.y + other.height)
        return all(abs(a - b) < APART for a, b in zip(mine, its, strict=True))


def ink(pictures: Grey | Floats, reach: int = REACH) -> Floats:
    """Return how far each pixel is from its ground, pictures by height by width."""
    found = pictures.astype(np.float32)
    found -= _box_mean(found, (2 * reach + 1, 2 * reach + 1))
    return np.clip(found, -MOST_INK, MOST_INK, out=found)


def likeness(frames: Grey, slides: Sequence[Image.Image], places: Iterable[Place]) -> Floats:
    """Return how like each slide the frames are at the place where they are most like any, frames by slides.

    Args:
        frames: Small grey frames, count by height by width.
        slides: Grey pictures of the slides, all of one shape.
        places: Where the slides may be.

    Returns:
        1: as drawn; about 0: nothing of it is there.
    """
    best = np.zeros((len(frames), len(slides)), np.float32)
    for place in places:
        drawn = ink(drawn_at(slides, (place.width, place.height)))
        found = _at(frames, drawn, place)
        better = found.max(axis=1) > best.max(axis=1)
        best[better] = found[better]
    return best


def inner(slide: Image.Image, frame_width: int) -> Image.Image:
    """Return what is compared of a slide: grey, without its margin, not much larger than it can be seen."""
    left, top = (round(side * MARGIN) for side in slide.size)
    whole = slide.convert("L").crop((left, top, slide.width - left, slide.height - top))
    width = min(whole.width, 2 * frame_width)
    return whole.resize((width, round(width * whole.height / whole.width)), Image.Resampling.BOX)


def drawn_at(slides: Sequence[Image.Image], size: tuple[int, int]) -> Grey:
    """Return the slides as small as they are in the frames, slides by height by width."""
    return np.stack([np.asarray(slide.resize(size, Image.Resampling.BOX)) for slide in slides])


def _at(frames: Grey, drawn: Floats, place: Place) -> Floats:
    """Return how like each slide the frames are at a place, frames by slides."""
    slides = len(drawn)
    like = np.zeros((len(frames), slides), np.float32)
    whole = np.full((len(frames), slides), 1e-6, np.float32)
    rows, columns = slice(place.y, place.y + place.height), slice(place.x, place.x + place.width)
    for first in range(0, len(frames), 256):
        part = slice(first, first + 256)
        seen = ink(frames[part, rows, columns])
        for tile in _tiles(place):
            here, there = (item[:, *tile].reshape(len(item), -1) for item in (seen, drawn))
            empty = here.shape[1] * LEAST_INK**2
            mine, its = (here**2).sum(axis=1)[:, np.newaxis], (there**2).sum(axis=1)
            dice = 2 * here @ there.T / (mine + its + empty)
            strange = (dice.max(axis=1, keepdims=True) < STRANGE) & (mine > empty)
            telling = 1 - (there.mean(axis=0) ** 2).sum() / (its.mean() + 1e-6)
            weight = np.where(strange, 0, telling * (np.minimum(mine, its.max()) + its))
            like[part] += weight * dice
            whole[part] += weight
    return like / whole


def _tiles(place: Place) -> Iterator[tuple[slice, slice]]:
    tops = np.linspace(0, place.height, TILES[0] + 1).astype(int)
    lefts = np.linspace(0, place.width, TILES[1] + 1).astype(int)
    for top, bottom in pairwise(tops):
        for left, right in pairwise(lefts):
            yield slice(top, bottom), slice(left, right)


def find_places(frames: Grey, slides: Sequence[Image.Image]) -> tuple[Place, ...]:
    """Return where in some frames the slides are, the place of most frames first; none where they are not.

    Args:
        frames: A few small grey frames, count by height by width.
        slides: Grey pictures of the slides, all of one shape.
    """
    height, width = (side // COARSE * COARSE for side in frames.shape[1:])
    coarse = frames[:, :height, :width].reshape(
        len(frames), height // COARSE, COARSE, width // COARSE, COARSE
    )
    fits = _fits(ink(coarse.mean(axis=(2, 4)), COARSE_REACH), slides)
    found: list[tuple[float, Place]] = []
    for row, (_, slide, place) in sorted(enumerate(fits), key=lambda item: -item[1][0]):
        near = next((at for at, (_, other) in enumerate(found) if other.is_near(place)), None)
        if near is not None:
            found[near] = (found[near][0] + 1, found[near][1])
        else:
            fit, exact = _settled(frames[row], slides[slide], place)
            if fit >= LEAST_FIT and not any(other.is_near(exact) for _, other in found):
                found.append((1, exact))
    return tuple(place for _, place in sorted(found, key=lambda item: -item[0])[:MOST_PLACES])


def _fits(seen: Floats, slides: Sequence[Image.Image]) -> list[tuple[float, int, Place]]:
    """Return for each coarse frame its best fit: how good, which slide, and where in the fine frame."""
    best = [(-1.0, 0, Place(0, 0, 1, 1))] * len(seen)
    size = seen.shape[1:]
    waves = np.fft.rfft2(seen)
    for width, height in _sizes(slides[0].size, size):
        valid = (slice(0, size[0] - height + 1), slice(0, size[1] - width + 1))
        energy = np.sqrt(np.maximum(_box_sum(seen**2, (height, width)), width * height * LEAST_INK**2))
        for slide, drawn in enumerate(ink(drawn_at(slides, (width, height)), COARSE_REACH)):
            own = float(np.sqrt((drawn**2).sum()))
            if own < 1:
                continue
            wave = np.conj(np.fft.rfft2(drawn, s=size))
            match = np.fft.irfft2(waves * wave, s=size)[:, *valid] / own
            match = np.where(match > LEAST_COARSE * energy, match, 0)
            tops = match.reshape(len(seen), -1).argmax(axis=1)
            for row, top in enumerate(tops):
                y, x = divmod(int(top), match.shape[2])
                if match[row, y, x] > best[row][0]:
                    place = Place(x * COARSE, y * COARSE, width * COARSE, height * COARSE)
                    best[row] = (float(match[row, y, x]), slide, place)
    return best


def _sizes(shape: tuple[int, int], frame: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Yield the sizes in which slides are looked for, from the widest that fits."""
    ratio = shape[1] / shape[0]
    widest = min(frame[1], frame[0] / ratio)
    width = widest
    while width >= SMALLEST * widest:
        yield round(width), min(frame[0], round(width * ratio))
        width *= STEP


def _settled(frame: Grey, slide: Image.Image, place: Place) -> tuple[float, Place]:
    """Return a place moved and resized until it fits the frame best, to the pixel, and how well it fits."""
    seen, ratio = ink(frame[np.newaxis])[0], slide.size[1] / slide.size[0]
    best, at, reach = -1.0, place, COARSE
    while reach:
        shifts = [(dx, dy) for dy in (0, -reach, reach) for dx in (0, -reach, reach)]
        tried: list[tuple[float, Place]] = []
        for wider in (0, -2 * reach, -reach, reach, 2 * reach):
            width = at.width + wider
            height = round(width * ratio)
            drawn = ink(drawn_at([slide], (width, height)))[0]
            near = [Place(at.x + dx, at.y + dy, width, height) for dx, dy in shifts]
            tried += [(_fit(seen, drawn, item), item) for item in near]
        fit, to = max(tried, key=lambda item: item[0])
        if fit > best:
            best, at = fit, to
        else:
            reach //= 2
    return best, at


def _fit(seen: Floats, drawn: Floats, place: Place) -> float:
    """Return the correlation of a frame's ink with a slide's at a place; -1 where it is out of the frame."""
    height, width = seen.shape
    right, bottom = place.x + place.width, place.y + place.height
    if place.x < 0 or place.y < 0 or right > width or bottom > height:
        return -1.0
    here = seen[place.y : bottom, place.x : right]
    own, its = np.vdot(here, here), np.vdot(drawn, drawn)
    return float(np.vdot(here, drawn) / (np.sqrt(own * its) + drawn.size * LEAST_INK**2 / 8))


def _box_mean(pictures: Floats, box: tuple[int, int]) -> Floats:
    """Return the mean around each pixel, edges repeated outwards."""
    rows, columns = box[0] // 2, box[1] // 2
    wide = np.pad(pictures, ((0, 0), (rows, rows), (columns, columns)), mode="edge")
    return _box_sum(wide, box) / np.float32(box[0] * box[1])


def _box_sum(pictures: Floats, box: tuple[int, int]) -> Floats:
    """Return the sums over all boxes of a height and width that lie within the pictures."""
    down = np.pad(pictures, ((0, 0), (1, 0), (0, 0))).cumsum(axis=1, dtype=np.float64)
    down = down[:, box[0] :] - down[:, : -box[0]]
    across = np.pad(down, ((0, 0), (0, 0), (1, 0))).cumsum(axis=2)
    found: Floats = (across[:, :, box[1] :] - across[:, :, : -box[1]]).astype(np.float32)
    return found

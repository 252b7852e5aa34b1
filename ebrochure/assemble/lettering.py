"""Text as pixels: wrapped, shrunk until it fits, and never cut off. Pillow only, never ffmpeg's drawtext.

Letters are drawn several times larger and averaged down: Pillow asks FreeType to fit letters to
the pixel grid, which widens and narrows the gaps between them by up to a pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from ebrochure.assemble.bidi import Run, runs_right_to_left, visual_runs
from ebrochure.assemble.faces import coverage, open_face
from ebrochure.assemble.wrapping import balanced, shortened, tidy, wrap, wrap_broken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from ebrochure.assemble.faces import Letters
    from ebrochure.assemble.look import Rgb

BODY_LEADING = 1.26
"""Line height in parts of the letters' size."""
TITLE_LEADING = 1.1
"""The same for large letters, whose lines hang together at less."""

_STEP = 0.94
"""How much smaller each try is."""
_LEAST_SHARE = 0.5
"""Of the wished size: below this, words are broken and text shortened instead."""
FINE = 4
"""How much larger letters are drawn than they will be."""


@dataclass(frozen=True, slots=True)
class Ink:
    """What a line covers, in pixels from where it starts on its baseline; up is negative."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text at one size, ready to be drawn."""

    lines: tuple[str, ...]
    letters: Letters
    size: int
    """Pixels of the em square."""
    leading: float
    is_rtl: bool
    """Which way the paragraph runs."""

    @property
    def line_height(self) -> int:
        """Pixels from one baseline to the next; never less than what the lines' accents need."""
        top, bottom = self._reach
        return max(math.ceil(self.size * self.leading), top + bottom)

    @property
    def height(self) -> int:
        """Pixels of all lines together."""
        return self.line_height * len(self.lines)

    @property
    def baseline(self) -> int:
        """Pixels from the top to the first line's baseline: capitals sit in the middle of their line."""
        top, bottom = self._reach
        capitals = -_ink("H", self.letters, self.size, is_rtl=False).top
        middle = round((self.line_height + capitals) / 2)
        return min(max(middle, top), self.line_height - bottom)

    @property
    def _reach(self) -> tuple[int, int]:
        """Pixels that the lines reach above and below their baselines, and one to spare."""
        inks = [self._ink_of(line) for line in self.lines]
        return (
            math.ceil(max(-ink.top for ink in inks)) + 1,
            math.ceil(max(ink.bottom for ink in inks)) + 1,
        )

    def _ink_of(self, line: str) -> Ink:
        return _ink(line, self.letters, self.size, is_rtl=self.is_rtl)

    def draw(self, colour: Rgb, *, align: float = 0.0) -> Image.Image:
        """Return the lines in `colour` on nothing, as wide as their ink and `height` high.

        Args:
            colour: Of letters; emoji bring their own.
            align: Where shorter lines lie: 0 left, 0.5 in the middle, 1 right.

        """
        return self.draw_lowered(colour, align=align)[0]

    def draw_lowered(self, colour: Rgb, *, align: float = 0.0) -> tuple[Image.Image, ...]:
        """Return the same as `draw`, lowered by 0, 1, 2 … of `FINE` parts of a pixel: for slow movements."""
        inks = [self._ink_of(line) for line in self.lines]
        width = max(1, *(math.ceil(ink.right - ink.left) for ink in inks))
        mask = Image.new("L", (width * FINE, (self.height + 1) * FINE))
        emoji = Image.new("RGBA", (width, self.height))
        for number, (line, ink) in enumerate(zip(self.lines, inks, strict=True)):
            x = (width - (ink.right - ink.left)) * align - ink.left
            y = number * self.line_height + self.baseline
            for run in visual_runs(line, self.letters, is_rtl=self.is_rtl):
                _draw_run(run, self.size, mask, emoji, (x, y))
                x += _advance(run, self.size)
        return tuple(self._averaged(mask, emoji, colour, part) for part in range(FINE))

    def _averaged(self, mask: Image.Image, emoji: Image.Image, colour: Rgb, part: int) -> Image.Image:
        """Return the large `mask` at its final size, lowered by `part` of its pixels, and emoji over it."""
        top = FINE - part
        box = (0, top, mask.width, top + emoji.height * FINE)
        picture = Image.new("RGBA", emoji.size, (*colour, 0))
        picture.putalpha(mask.resize(emoji.size, Image.Resampling.BOX, box=box))
        picture.alpha_composite(emoji)
        return picture


def set_text(
    text: str, letters: Letters, *, size: Fraction, width: int, lines: int, leading: float = BODY_LEADING
) -> TextBlock:
    """Return `text` in at most `lines` lines of at most `width` pixels.

    It is set smaller until it fits, down to half of `size`; a word that is still too long is
    broken, and only a text that fills all lines even then ends in an ellipsis.
    """
    text = tidy(text)
    is_rtl = runs_right_to_left(text)
    sizes = list(_sizes(size))

    def block(found: list[str], px: int) -> TextBlock:
        return TextBlock(tuple(found), letters, px, leading, is_rtl)

    measures = {px: partial(line_width, letters=letters, size=px, is_rtl=is_rtl) for px in sizes}
    for px, measure in measures.items():
        found = wrap(text, width, measure)
        if found is not None and len(found) <= lines:
            return block(balanced(text, width, measure, found), px)
    broken: list[str] = []
    for px, measure in measures.items():
        broken = wrap_broken(text, width, measure)
        if len(broken) <= lines:
            return block(broken, px)
    least = sizes[-1]
    return block([*broken[: lines - 1], shortened(broken[lines - 1], width, measures[least])], least)


def line_width(line: str, letters: Letters, size: int, *, is_rtl: bool) -> float:
    """Return how many pixels wide a line's ink is."""
    ink = _ink(line, letters, size, is_rtl=is_rtl)
    return ink.right - ink.left


def _sizes(wish: Fraction) -> Iterator[int]:
    """Yield ever smaller sizes, largest first."""
    size = float(wish)
    while size >= wish * _LEAST_SHARE:
        yield max(1, round(size))
        size *= _STEP


@lru_cache(maxsize=4096)
def _ink(line: str, letters: Letters, size: int, *, is_rtl: bool) -> Ink:
    """Return what a line covers; a line without any ink covers a point."""
    x = 0.0
    boxes: list[tuple[float, float, float, float]] = []
    for run in visual_runs(line, letters, is_rtl=is_rtl):
        scale = size / _drawn_px(run, size)
        left, top, right, bottom = (
            side * scale
            for side in open_face(run.face, _drawn_px(run, size)).getbbox(
                run.text, anchor="ls", direction=run.direction
            )
        )
        if right > left and bottom > top:
            boxes.append((x + left, top, x + right, bottom))
        x += _advance(run, size)
    if not boxes:
        return Ink(0, 0, 0, 0)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Ink(min(lefts), min(tops), max(rights), max(bottoms))


@lru_cache(maxsize=4096)
def _advance(run: Run, size: int) -> float:
    """Return how many pixels further the next run starts."""
    px = _drawn_px(run, size)
    return open_face(run.face, px).getlength(run.text, direction=run.direction) * size / px


def _drawn_px(run: Run, size: int) -> int:
    """Return the size in pixels at which a run is drawn before it is scaled."""
    return coverage(run.face).strike_px or size * FINE


def _draw_run(run: Run, size: int, mask: Image.Image, emoji: Image.Image, place: tuple[float, float]) -> None:
    """Draw a run: letters on the large `mask` one pixel lower, pictures on `emoji` at their final size."""
    x, y = place
    px = _drawn_px(run, size)
    font = open_face(run.face, px)
    if not coverage(run.face).is_colour:
        at = (round(x * FINE), round((y + 1) * FINE))
        ImageDraw.Draw(mask).text(at, run.text, fill=255, font=font, anchor="ls", direction=run.direction)
        return
    left, top, right, bottom = font.getbbox(run.text, anchor="ls", direction=run.direction)
    if right <= left or bottom <= top:
        return
    large = Image.new("RGBA", (math.ceil(right - left), math.ceil(bottom - top)))
    ImageDraw.Draw(large).text(
        (-left, -top), run.text, font=font, anchor="ls", direction=run.direction, embedded_color=True
    )
    scale = size / px
    small = large.resize(
        (max(1, round(large.width * scale)), max(1, round(large.height * scale))), Image.Resampling.LANCZOS
    )
    corner = (round(x + left * scale), round(y + top * scale))
    emoji.alpha_composite(small, (max(0, corner[0]), max(0, corner[1])))

"""Text as pixels: wrapped, shrunk until it fits, and never cut off. Pillow only, never ffmpeg's drawtext."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.assemble.look import Rgb

_STEP = 0.94
"""How much smaller each try is."""
_LEAST_SHARE = 0.5
"""Of the wished size: below this, words are broken and text shortened instead."""
_LEADING = 1.18
"""Line height in parts of the letters' size."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text at one size, ready to be drawn."""

    lines: tuple[str, ...]
    font: Path
    size: int
    """Pixels of the em square."""

    @property
    def line_height(self) -> int:
        """Pixels from one baseline to the next; never less than the font needs for its accents."""
        return max(math.ceil(self.size * _LEADING), sum(open_font(self.font, self.size).getmetrics()))

    @property
    def height(self) -> int:
        """Pixels of all lines together."""
        return self.line_height * len(self.lines)

    def draw(self, colour: Rgb) -> Image.Image:
        """Return the lines in `colour` on nothing, tightly as wide as their ink and `height` high."""
        letters = open_font(self.font, self.size)
        boxes = [letters.getbbox(line, anchor="ls") for line in self.lines]
        left, right = min(0, *(box[0] for box in boxes)), max(1, *(box[2] for box in boxes))
        mask = Image.new("L", (math.ceil(right - left), self.height))
        pen = ImageDraw.Draw(mask)
        for number, line in enumerate(self.lines):
            baseline = number * self.line_height + _baseline(letters, self.line_height)
            pen.text((-left, baseline), line, fill=255, font=letters, anchor="ls")
        picture = Image.new("RGBA", mask.size, (*colour, 0))
        picture.putalpha(mask)
        return picture


@lru_cache(maxsize=64)
def open_font(font: Path, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(font, size)


def set_text(text: str, font: Path, *, size: Fraction, width: int, lines: int) -> TextBlock:
    """Return `text` in at most `lines` lines of at most `width` pixels.

    It is set smaller until it fits, down to half of `size`; a word that is still too long is
    broken, and only a text that fills all lines even then ends in an ellipsis.
    """
    words = text.split() or [""]
    sizes = list(_sizes(size))
    for wish in sizes:
        found = _wrap(words, open_font(font, wish), width)
        if found is not None and len(found) <= lines:
            return TextBlock(_balanced(words, open_font(font, wish), width, found), font, wish)
    broken: list[str] = []
    for wish in sizes:
        letters = open_font(font, wish)
        broken = _wrap(list(_broken(words, letters, width)), letters, width) or []
        if len(broken) <= lines:
            return TextBlock(tuple(broken), font, wish)
    least = open_font(font, sizes[-1])
    return TextBlock((*broken[: lines - 1], _shortened(broken[lines - 1], least, width)), font, sizes[-1])


def _sizes(wish: Fraction) -> Iterator[int]:
    """Yield ever smaller sizes, largest first."""
    size = float(wish)
    while size >= wish * _LEAST_SHARE:
        yield max(1, round(size))
        size *= _STEP


def _wrap(words: list[str], letters: ImageFont.FreeTypeFont, width: float) -> list[str] | None:
    """Return the lines that `words` make, filling one after the other; None where a word is too wide."""
    found: list[str] = []
    for word in words:
        longer = f"{found[-1]} {word}" if found else word
        if found and letters.getlength(longer) <= width:
            found[-1] = longer
        elif letters.getlength(word) <= width:
            found.append(word)
        else:
            return None
    return found


def _balanced(
    words: list[str], letters: ImageFont.FreeTypeFont, width: int, found: list[str]
) -> tuple[str, ...]:
    """Return as many lines as `found` has, but about equally long: no lonely last word."""
    narrow = width
    best = found
    while len(found) > 1 and (narrow := int(narrow * 0.97)) > 0:
        tried = _wrap(words, letters, narrow)
        if tried is None or len(tried) > len(found):
            break
        best = tried
    return tuple(best)


def _broken(words: list[str], letters: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """Yield words, with those wider than a line taken apart; only what is a word gets hyphens."""
    for word in words:
        rest, hyphen = word, "-" if word.isalpha() else ""
        while letters.getlength(rest) > width and len(rest) > 1:
            fitting = (
                n for n in range(len(rest) - 1, 1, -1) if letters.getlength(rest[:n] + hyphen) <= width
            )
            length = next(fitting, 1)
            yield rest[:length] + hyphen * (length > 1)
            rest = rest[length:]
        yield rest


def _shortened(line: str, letters: ImageFont.FreeTypeFont, width: int) -> str:
    """Return `line` with an ellipsis, shortened until it fits."""
    while line and letters.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _baseline(letters: ImageFont.FreeTypeFont, line_height: int) -> int:
    """Return where the baseline lies in a line so that the letters sit in its middle."""
    ascent, descent = letters.getmetrics()
    return round((line_height - ascent - descent) / 2 + ascent)

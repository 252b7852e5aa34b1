"""The mark of Lindermere Water, a hill over a lake, with its name beside it."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

from sample.fonts import letters
from sample.paint import AMBER, BRAND, PRIMARY, WHITE, Canvas, arc_points

HEIGHT = 176
_SCALE = 4
_NAME_LEFT = 204
_MIDDLE, _RADIUS = 88.0, 84.0
_CLEAR = (0, 0, 0, 0)


def draw_logos() -> None:
    """Write `logo.png` for light grounds and `logo-dark.png` for dark ones."""
    for name, colour in (("logo.png", PRIMARY), ("logo-dark.png", WHITE)):
        draw_logo(colour).save(BRAND / name, optimize=True)


def draw_logo(colour: str) -> Image.Image:
    """Return mark and name in one colour, and the amber sun, on nothing."""
    canvas = Canvas.new((760, HEIGHT), _CLEAR, scale=_SCALE)
    mark = draw_mark(colour, scale=_SCALE)
    canvas.picture.paste(mark, (0, 0))
    draw = ImageDraw.Draw(canvas.picture)
    name, line = letters(BRAND, "bold", 84 * _SCALE), letters(BRAND, "regular", 50 * _SCALE)
    draw.text((_NAME_LEFT * _SCALE, 92 * _SCALE), "Lindermere", font=name, fill=colour, anchor="ls")
    draw.text(((_NAME_LEFT + 4) * _SCALE, 150 * _SCALE), "Water", font=line, fill=colour, anchor="ls")
    picture = canvas.finished()
    _, _, right, _ = picture.getbbox() or (0, 0, picture.width, 0)
    return picture.crop((0, 0, right + 4, HEIGHT))


def draw_mark(colour: str, *, scale: int = 1) -> Image.Image:
    """Return the mark alone, `HEIGHT` times `scale` pixels square: sky, sun and hill over three waves."""
    mark = Canvas.new((HEIGHT, HEIGHT), _CLEAR, scale=scale)
    mark.disc((118, 48), 17, AMBER)
    hill = [
        (4.0, 96.0),
        (30.0, 74.0),
        (58.0, 42.0),
        (70.0, 34.0),
        (84.0, 44.0),
        (112.0, 78.0),
        (176.0, 100.0),
    ]
    mark.shape([*hill, (176.0, 108.0), (0.0, 108.0)], colour)
    for top, thick in ((98.0, 17.0), (123.0, 15.0), (146.0, 30.0)):
        mark.shape(_wave(top, thick), colour)
    for top in (90.0, 115.5, 138.5):
        mark.shape(_wave(top, 8.0), _CLEAR)
    stencil = Image.new("L", mark.picture.size, 0)
    ImageDraw.Draw(stencil).ellipse([(_MIDDLE + side * _RADIUS) * scale for side in (-1, -1, 1, 1)], fill=255)
    mark.picture.paste(_CLEAR, mask=stencil.point(lambda value: 255 - value))
    mark.line(arc_points((_MIDDLE, _MIDDLE), _RADIUS - 3.5, _RADIUS - 3.5, 0, 360, step=3), colour, 7)
    return mark.picture


def _wave(top: float, thick: float) -> list[tuple[float, float]]:
    """Return one band of water across the mark."""
    upper = [(float(x), top + 4.5 * math.sin(x / 176 * 2 * math.tau)) for x in range(0, 177, 2)]
    return upper + [(x, y + thick) for x, y in reversed(upper)]

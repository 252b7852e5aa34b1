"""Brush and palette: smooth flat shapes, drawn too large and scaled down."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Point = tuple[float, float]

ASSETS = Path(__file__).resolve().parents[2] / "assets"
BRAND = ASSETS / "brand"
SERVICES = ASSETS / "services"

PRIMARY = "#0b4f5c"
PRIMARY_DARK = "#07363f"
LAKE = "#2f8f9d"
SHALLOW = "#9fcdd3"
MIST = "#dcecee"
PAPER = "#f7faf9"
INK = "#12262b"
MUTED = "#4a5f64"
AMBER = "#f2a93b"
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Canvas:
    """A picture drawn `scale` times too large; shapes are given in finished pixels.

    Every shape is a polygon in the end, so that a whole group (a head, say) can be
    turned and shifted by parts of a pixel.
    """

    picture: Image.Image
    scale: int
    origin: Point = (0.0, 0.0)
    """Where the picture's top left corner lies in the scene."""
    angle: float = 0.0
    """Radians clockwise by which shapes are turned about `pivot`."""
    pivot: Point = (0.0, 0.0)
    shift: Point = (0.0, 0.0)

    @classmethod
    def new(cls, size: tuple[int, int], ground: str | tuple[int, ...], *, scale: int = 4) -> Canvas:
        """Return an empty canvas for a finished picture of `size` pixels."""
        mode = "RGB" if isinstance(ground, str) else "RGBA"
        return cls(Image.new(mode, (size[0] * scale, size[1] * scale), ground), scale)

    def turned(self, angle: float, *, about: Point, shift: Point = (0.0, 0.0)) -> Canvas:
        """Return a brush for the same picture whose shapes are turned, then shifted."""
        return replace(self, angle=angle, pivot=about, shift=shift)

    def place(self, corners: Iterable[Point]) -> list[Point]:
        """Return scene points as pixels of the large picture."""
        sine, cosine = math.sin(self.angle), math.cos(self.angle)
        placed = []
        for x, y in corners:
            across, down = x - self.pivot[0], y - self.pivot[1]
            turned_x = self.pivot[0] + across * cosine - down * sine + self.shift[0] - self.origin[0]
            turned_y = self.pivot[1] + across * sine + down * cosine + self.shift[1] - self.origin[1]
            placed.append((turned_x * self.scale, turned_y * self.scale))
        return placed

    def shape(self, corners: Iterable[Point], fill: str | tuple[int, ...]) -> None:
        """Fill a polygon."""
        ImageDraw.Draw(self.picture).polygon(self.place(corners), fill=fill)

    def curve(self, bends: Sequence[Point], fill: str) -> None:
        """Fill the smooth closed shape through all `bends`."""
        self.shape(smooth(bends), fill)

    def oval(self, centre: Point, across: float, down: float, fill: str) -> None:
        """Fill an ellipse; `across` and `down` are its radii."""
        self.shape(arc_points(centre, across, down, 0, 360), fill)

    def disc(self, centre: Point, radius: float, fill: str) -> None:
        """Fill a circle."""
        self.oval(centre, radius, radius, fill)

    def box(self, box: Sequence[float], fill: str, *, radius: float = 0.0) -> None:
        """Fill a rectangle left, top, right, bottom, with round corners."""
        left, top, right, bottom = box
        corners = (
            (right - radius, bottom - radius, 0),
            (left + radius, bottom - radius, 90),
            (left + radius, top + radius, 180),
            (right - radius, top + radius, 270),
        )
        outline: list[Point] = []
        for x, y, start in corners:
            outline += arc_points((x, y), radius, radius, start, start + 90, step=10) if radius else [(x, y)]
        self.shape(outline, fill)

    def line(self, corners: Sequence[Point], fill: str | tuple[int, ...], width: float) -> None:
        """Draw a line with round joints and ends."""
        draw, placed = ImageDraw.Draw(self.picture), self.place(corners)
        draw.line(placed, fill=fill, width=round(width * self.scale), joint="curve")
        reach = width * self.scale / 2
        for x, y in (placed[0], placed[-1]):
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=fill)

    def finished(self) -> Image.Image:
        """Return the picture in its own size."""
        return self.picture.reduce(self.scale)


def arc_points(
    centre: Point, across: float, down: float, start: float, end: float, *, step: float = 6
) -> list[Point]:
    """Return points along part of an ellipse, degrees clockwise from three o'clock."""
    count = max(2, math.ceil(abs(end - start) / step) + 1)
    turns = (math.radians(start + (end - start) * n / (count - 1)) for n in range(count))
    return [(centre[0] + across * math.cos(turn), centre[1] + down * math.sin(turn)) for turn in turns]


def smooth(bends: Sequence[Point], steps: int = 16) -> list[Point]:
    """Return the closed Catmull-Rom curve through `bends`, `steps` points a bend."""
    count = len(bends)
    curve = []
    for index in range(count):
        before, start, end, after = (bends[(index + offset) % count] for offset in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            x, y = (_spline(before[k], start[k], end[k], after[k], t) for k in (0, 1))
            curve.append((x, y))
    return curve


def _spline(before: float, start: float, end: float, after: float, t: float) -> float:
    bend = 2 * before - 5 * start + 4 * end - after
    return 0.5 * (2 * start + (end - before) * t + bend * t**2 + (3 * (start - end) + after - before) * t**3)

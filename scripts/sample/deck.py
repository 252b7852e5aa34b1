"""A PDF drawn in pixels, with letters that can be selected and read aloud."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ebrochure.errors import MissingToolError
from sample.fonts import font_path
from sample.paint import BRAND, arc_points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fpdf import FPDF

_POINTS = 0.6
"""A unit of ours in points: 1600 by 900 make a page of 13⅓ by 7½ inches."""
_WRITTEN = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
"""The date in every PDF, so that two runs give the same bytes."""


class Deck:
    """One PDF; every length is in units of 0.6 points."""

    def __init__(self, size: tuple[float, float], *, title: str, author: str = "Lindermere Water") -> None:
        """Open an empty document whose pages have this `size`."""
        self.pdf = _new_pdf((size[0] * _POINTS, size[1] * _POINTS))
        self.pdf.set_title(title)
        self.pdf.set_author(author)
        self.pdf.set_lang("en-GB")
        self.pdf.set_creation_date(_WRITTEN)
        for style, weight in (("", "regular"), ("B", "bold")):
            self.pdf.add_font("Brand", style, str(font_path(BRAND, weight)))

    def page(self, ground: str) -> None:
        """Start a page."""
        self.pdf.add_page()
        self.box((0, 0, self.pdf.w / _POINTS, self.pdf.h / _POINTS), ground)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        width: float = 1400,
        leading: float = 1.25,
    ) -> float:
        """Write wrapped words from their top left corner and return where they end."""
        self.pdf.set_font("Brand", "B" if bold else "", size * _POINTS)
        self.pdf.set_text_color(colour)
        self.pdf.set_xy(at[0] * _POINTS, at[1] * _POINTS)
        self.pdf.multi_cell(
            width * _POINTS, size * leading * _POINTS, words, align="L", new_x="LEFT", new_y="NEXT"
        )
        return float(self.pdf.get_y()) / _POINTS

    def box(self, box: Sequence[float], fill: str, *, radius: float = 0.0) -> None:
        """Fill a rectangle left, top, right, bottom."""
        left, top, right, bottom = (edge * _POINTS for edge in box)
        self.pdf.set_fill_color(fill)
        round_corners = {"round_corners": True, "corner_radius": radius * _POINTS} if radius else {}
        self.pdf.rect(left, top, right - left, bottom - top, style="F", **round_corners)

    def shape(self, corners: Sequence[tuple[float, float]], fill: str) -> None:
        """Fill a polygon."""
        self.pdf.set_fill_color(fill)
        self.pdf.polygon([(x * _POINTS, y * _POINTS) for x, y in corners], style="F")

    def disc(self, centre: tuple[float, float], radius: float, fill: str) -> None:
        """Fill a circle."""
        self.shape(arc_points(centre, radius, radius, 0, 360, step=4), fill)

    def line(self, corners: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        """Draw a line with round ends."""
        (first_x, first_y), *others = corners
        with self.pdf.new_path(first_x * _POINTS, first_y * _POINTS) as path:
            path.style.auto_close, path.style.fill_color = False, None
            path.style.stroke_color, path.style.stroke_width = colour, width * _POINTS
            path.style.stroke_cap_style = path.style.stroke_join_style = "round"
            for x, y in others:
                path.line_to(x * _POINTS, y * _POINTS)

    def picture(self, file: Path, left: float, top: float, *, height: float) -> None:
        """Place a picture from a file."""
        self.pdf.image(str(file), left * _POINTS, top * _POINTS, h=height * _POINTS)

    def save(self, out: Path) -> None:
        """Write the document."""
        self.pdf.output(str(out))


def _new_pdf(page: tuple[float, float]) -> FPDF:
    try:
        from fpdf import FPDF  # noqa: PLC0415  only this script needs it
    except ImportError as error:
        raise MissingToolError(
            "Slides and leaflets are written with `fpdf2`, which is not installed.",
            "pip install fpdf2 brotli",
        ) from error
    pdf = FPDF(unit="pt", format=page)
    pdf.set_margin(0)
    pdf.set_auto_page_break(auto=False)
    pdf.c_margin = 0
    return pdf

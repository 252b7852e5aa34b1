"""One page's pictures on a sheet: a row for each set of colours, a column for each width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHRINK = 0.4
_ROW = 1500
"""Pixels of a row: the top of a page, which everybody sees."""
_GAP, _LINE = 16, 30
_PAPER, _INK = (236, 236, 236), (40, 40, 40)


def lay_out(
    title: str,
    shots: Mapping[tuple[str, int], Image.Image],
    colours: Sequence[str],
    widths: Sequence[int],
) -> Image.Image:
    """Return the sheet."""
    columns = [round(width * _SHRINK) for width in widths]
    width = sum(columns) + _GAP * (len(columns) + 1)
    sheet = Image.new("RGB", (width, (_ROW + _LINE + _GAP) * len(colours) + _LINE), _PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(20)
    pen.text((_GAP, _GAP // 4), title, fill=_INK, font=font)
    for row, colour in enumerate(colours):
        y = _LINE + row * (_ROW + _LINE + _GAP)
        for column, wide in enumerate(widths):
            x = _GAP + sum(columns[:column]) + _GAP * column
            pen.text((x, y), f"{colour}, {wide} px", fill=_INK, font=font)
            sheet.paste(_top(shots[colour, wide], columns[column]), (x, y + _LINE))
    return sheet


def _top(shot: Image.Image, width: int) -> Image.Image:
    """Return the upper part of a picture, so much smaller that it is `width` pixels wide."""
    height = min(shot.height, round(_ROW * shot.width / width))
    part = shot.crop((0, 0, shot.width, height)).convert("RGB")
    return part.resize((width, round(height * width / shot.width)), Image.Resampling.LANCZOS)

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
    tops = {key: _top(shot) for key, shot in shots.items()}
    rows = [max(tops[colour, width].height for width in widths) + _LINE + _GAP for colour in colours]
    size = (sum(columns) + _GAP * (len(columns) + 1), sum(rows) + _LINE)
    sheet = Image.new("RGB", size, _PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(20)
    pen.text((_GAP, 4), title, fill=_INK, font=font)
    for row, colour in enumerate(colours):
        y = _LINE + sum(rows[:row])
        for column, width in enumerate(widths):
            x = _GAP + sum(columns[:column]) + _GAP * column
            pen.text((x, y), f"{colour}, {width} px", fill=_INK, font=font)
            sheet.paste(tops[colour, width], (x, y + _LINE))
    return sheet


def _top(shot: Image.Image) -> Image.Image:
    """Return the upper part of a picture, made smaller."""
    part = shot.crop((0, 0, shot.width, min(shot.height, round(_ROW / _SHRINK)))).convert("RGB")
    size = (round(part.width * _SHRINK), round(part.height * _SHRINK))
    return part.resize(size, Image.Resampling.LANCZOS)

"""Frames side by side with a line below each, as photographers lay out a roll of film."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLUMNS = 3
_FRAME = (960, 540)
_GAP, _LINE = 16, 30
_PAPER, _INK = (236, 236, 236), (40, 40, 40)


def lay_out(title: str, frames: Iterable[tuple[str, Image.Image]]) -> Image.Image:
    """Return a sheet of frames with what each is called."""
    named = list(frames)
    pitch = (_FRAME[0] + _GAP, _FRAME[1] + _LINE + _GAP)
    rows = math.ceil(len(named) / _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * pitch[0] + _GAP, rows * pitch[1] + _GAP + _LINE), _PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(20)
    pen.text((_GAP, _GAP // 2), title, fill=_INK, font=font)
    for number, (name, frame) in enumerate(named):
        x = _GAP + number % _COLUMNS * pitch[0]
        y = _GAP + _LINE + number // _COLUMNS * pitch[1]
        sheet.paste(frame.resize(_FRAME, Image.Resampling.LANCZOS), (x, y))
        pen.text((x, y + _FRAME[1] + 4), name, fill=_INK, font=font)
    return sheet

"""A QR code that a phone reads off a screen: dark on white, with the standard's quiet zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from PIL import Image

from ebrochure.assemble.look import NEAR_BLACK, WHITE, contrast

if TYPE_CHECKING:
    from ebrochure.assemble.look import Rgb

QUIET_MODULES = 4
"""White modules on every side. Source: ISO/IEC 18004, 9.1."""
LEAST_MODULE_PX = 3
"""Smaller modules do not survive a video codec and a phone's camera."""
_DARK_ENOUGH = 7.0
"""Least contrast of a code with its ground, well above what a reader needs."""


def draw_code(address: str, room_px: int, ink: Rgb) -> Image.Image | None:
    """Return the code of an address, its modules whole pixels; None where it is too long to be read.

    Args:
        address: What the phone opens.
        room_px: Most pixels a side, quiet zone included.
        ink: Colour of the dark modules, where it is dark enough; else they are nearly black.

    """
    try:
        code = segno.make_qr(address, error="m", boost_error=False)
    except segno.DataOverflowError:
        return None
    modules = int(code.symbol_size(border=QUIET_MODULES)[0])
    module_px = room_px // modules
    if module_px < LEAST_MODULE_PX:
        return None
    dark = ink if contrast(ink, WHITE) >= _DARK_ENOUGH else NEAR_BLACK
    picture = Image.new("RGB", (modules, modules), WHITE)
    picture.putdata([dark if bit else WHITE for row in code.matrix_iter(border=QUIET_MODULES) for bit in row])
    return picture.resize((modules * module_px, modules * module_px), Image.Resampling.NEAREST)

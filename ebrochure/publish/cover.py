"""The picture under which a podcast is listed: the brand's logo, or its first letters, on a square."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from ebrochure.model.brand import Brand

COVER = "static/cover.png"
SIDE = 1400
"""Pixels: the least that podcast directories take. Source: Apple Podcasts, artwork requirements."""
_SHARE = 0.76
"""Of the side that the logo or the letter fills: small covers are shown at 55 pixels."""


def draw_cover(brand: Brand) -> bytes:
    """Return the cover as PNG; the same brand gives the same bytes."""
    roles = brand.light
    fits = round(SIDE * _SHARE)
    if brand.logo is None:
        cover = Image.new("RGB", (SIDE, SIDE), roles.accent)
        letter = next((sign for sign in brand.organisation if sign.isalnum()), "").upper()
        font = ImageFont.truetype(str(brand.typeface.bold), fits)
        ImageDraw.Draw(cover).text((SIDE / 2, SIDE / 2), letter, roles.on_accent, font, anchor="mm")
    else:
        cover = Image.new("RGB", (SIDE, SIDE), roles.background)
        with Image.open(brand.logo.path) as file:
            logo = file.convert("RGBA")
        scale = fits / max(logo.size)
        logo = logo.resize((round(logo.width * scale), round(logo.height * scale)), Image.Resampling.LANCZOS)
        cover.paste(logo, ((SIDE - logo.width) // 2, (SIDE - logo.height) // 2), logo)
        foot = SIDE // 28
        cover.paste(roles.accent, (0, SIDE - foot, SIDE, SIDE))
    out = io.BytesIO()
    cover.save(out, "PNG", optimize=True)
    return out.getvalue()

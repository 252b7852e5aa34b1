"""The brand as pictures need it: a handful of colours that can be read, two fonts, one logo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.assemble.faces import Face, Letters, helped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebrochure.model.brand import Brand
    from ebrochure.model.service import SourceFile

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
NEAR_BLACK: Rgb = (17, 20, 23)
READABLE = 4.5
"""Least contrast of text. Source: WCAG 2.2, 1.4.3."""
VISIBLE = 3.0
"""Least contrast of a line or a shape that means something. Source: WCAG 2.2, 1.4.11."""
_TINT = 0.08
"""How far a tint is from its ground."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything of the brand that a card or a canvas is drawn with."""

    ground: Rgb
    """Fill of cards, canvases and of the bars around boxed footage: the brand's own colour."""
    tint: Rgb
    """A step away from `ground`, for bands and frames; `text` can be read on it, too."""
    text: Rgb
    """White, nearly black or black, whichever reads best on `ground`; at least 4.5:1."""
    text_muted: Rgb
    """For roles and hints; still 4.5:1."""
    accent: Rgb
    """For rules and bars: the brand's accent where it can be seen on `ground`."""
    regular: Letters
    bold: Letters
    logo: SourceFile | None
    """The logo for such a ground, or the only one there is."""
    logo_wants_plate: bool
    """The logo was made for another ground and is laid on a plate of `plate`."""
    plate: Rgb


def brand_look(brand: Brand) -> Look:
    """Return what `brand` looks like on video."""
    ground = parse_colour(brand.primary)
    text = max(WHITE, NEAR_BLACK, key=lambda colour: contrast(colour, ground))
    if contrast(text, ground) < READABLE:
        text = BLACK  # a narrow band of middling colours carries neither of the two
    is_dark = text == WHITE
    fitting, other = (brand.logo_dark, brand.logo) if is_dark else (brand.logo, brand.logo_dark)
    return Look(
        ground=ground,
        tint=_tint(ground, text),
        text=text,
        text_muted=_readable(mix(text, ground, 0.2), text, ground),
        accent=_accent(brand, text, ground),
        regular=(Face(brand.typeface.regular),),
        bold=(Face(brand.typeface.bold),),
        logo=fitting or other,
        logo_wants_plate=fitting is None,
        plate=WHITE if is_dark else NEAR_BLACK,
    )


def look_for(brand: Brand, texts: Iterable[str | None], language: str) -> Look:
    """Return what `brand` looks like where `texts` are written: other faces stand in for what its own lacks.

    Args:
        brand: Colours, letters and logo.
        texts: All that will be written.
        language: BCP 47 tag of the words.

    """
    look = brand_look(brand)
    text = " ".join(part for part in texts if part)
    return replace(
        look,
        regular=helped(look.regular, text, bold=False, language=language),
        bold=helped(look.bold, text, bold=True, language=language),
    )


def parse_colour(text: str) -> Rgb:
    """Return ``#rrggbb`` as three numbers from 0 to 255."""
    value = int(text.removeprefix("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def to_hex(colour: Rgb) -> str:
    """Return a colour as ffmpeg writes it, ``0xrrggbb``."""
    red, green, blue = colour
    return f"0x{red:02x}{green:02x}{blue:02x}"


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """Return `colour` with a `share` (0 to 1) of `other` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def contrast(colour: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    """Return relative luminance, 0 to 1. Source: WCAG 2.2, relative luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  the sRGB curve
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(wish: Rgb, fallback: Rgb, ground: Rgb) -> Rgb:
    """Return `wish` where it can be read on `ground`, else `fallback`."""
    return wish if contrast(wish, ground) >= READABLE else fallback


def _tint(ground: Rgb, text: Rgb) -> Rgb:
    """Return a step from `ground` towards `text`, or away from it where text would become hard to read."""
    towards = mix(ground, text, _TINT)
    away = mix(ground, BLACK if text == WHITE else WHITE, _TINT)
    return towards if contrast(text, towards) >= READABLE else away


def _accent(brand: Brand, text: Rgb, ground: Rgb) -> Rgb:
    """Return the first of the brand's accents that stands out from the ground, else the text's colour."""
    light, dark = brand.light, brand.dark
    wishes = (light.highlight, dark.highlight, dark.accent, light.accent, dark.link)
    colours = (parse_colour(wish) for wish in wishes if wish)
    return next((colour for colour in colours if contrast(colour, ground) >= VISIBLE), text)

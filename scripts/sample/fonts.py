"""The brand's letters: cut to the characters we use, and opened for drawing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PIL import ImageFont

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS = {"regular": "400Regular", "bold": "700Bold"}
"""Our name of a weight, and the folder it has in the npm package."""

UNICODES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: every official language of the EU in Latin letters
    (0x0218, 0x021B),  # Romanian S and T with comma
    (0x02C6, 0x02DD),  # accents that stand alone
    (0x1E80, 0x1E85),  # Welsh W
    (0x1E9E, 0x1E9E),  # capital sharp s
    (0x1EF2, 0x1EF3),  # Welsh Y
    (0x2010, 0x2015),  # hyphens and dashes
    (0x2018, 0x2022),  # quotes, daggers, bullet
    (0x2026, 0x2026),  # ellipsis
    (0x2030, 0x2044),  # per mille, primes, guillemets, fraction slash
    (0x20AC, 0x20AC),  # euro
    (0x2116, 0x2122),  # numero, trade mark
    (0x2190, 0x2199),  # arrows
    (0x2212, 0x2212),  # minus
    (0x2248, 0x2265),  # about, not equal, at most, at least
    (0x2713, 0x2713),  # tick
)
"""First and last code point of each range kept."""


def font_path(brand: Path, weight: str) -> Path:
    """Return where the kit keeps a weight, ``regular`` or ``bold``."""
    return brand / "fonts" / f"atkinson-hyperlegible-next-{weight}.woff2"


def cut_fonts(package: Path, brand: Path) -> None:
    """Cut the package's full TrueType files down to the kit's WOFF2 files.

    Args:
        package: Unpacked npm package ``@expo-google-fonts/atkinson-hyperlegible-next``.
        brand: The brand kit to write to.
    """
    from fontTools import subset  # noqa: PLC0415  only this step needs it

    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False, recalc_timestamp=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    for weight, folder in WEIGHTS.items():
        font = subset.load_font(package / folder / f"AtkinsonHyperlegibleNext_{folder}.ttf", options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[code for first, last in UNICODES for code in range(first, last + 1)])
        subsetter.subset(font)
        subset.save_font(font, font_path(brand, weight), options)
    (brand / "fonts" / "OFL.txt").write_text((package / "LICENSE_FONT").read_text("utf-8"), "utf-8")


@cache
def letters(brand: Path, weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the brand's letters for Pillow, `size` pixels an em."""
    return ImageFont.truetype(font_path(brand, weight), size)

"""A brand kit for each world: the shipped letters, with colours and logos of all kinds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from ebrochure.ingest.palette import dark_roles, light_roles
from ebrochure.model.brand import Brand, Typeface
from ebrochure.model.service import SourceFile

if TYPE_CHECKING:
    from worlds import World

_KIT = Path(__file__).parents[2] / "assets" / "brand"
_AMBER = "#f2a93b"


def make_brand(world: World, folder: Path) -> Brand:
    """Return the brand of a world; logos that the kit has not are drawn into `folder`."""
    light, _ = light_roles(world.primary, _AMBER)
    logo, logo_dark = _logos(world.logo, folder)
    fonts = _KIT / "fonts"
    return Brand(
        organisation="Lindermere Water",
        language=world.language,
        primary=world.primary,
        light=light,
        dark=dark_roles(world.primary, _AMBER),
        typeface=Typeface(
            "Atkinson Hyperlegible Next",
            fonts / "atkinson-hyperlegible-next-regular.woff2",
            fonts / "atkinson-hyperlegible-next-bold.woff2",
        ),
        logo=logo,
        logo_dark=logo_dark,
        intro_ms=4000,
        outro_ms=6000,
        lower_third_ms=4000,
        legal=None,
    )


def _logos(kind: str, folder: Path) -> tuple[SourceFile | None, SourceFile | None]:
    """Return the logo for light grounds and that for dark ones."""
    if kind == "none":
        return None, None
    if kind in {"kit", "light"}:
        return _taken(_KIT / "logo.png"), _taken(_KIT / "logo-dark.png") if kind == "kit" else None
    size = (1200, 90) if kind == "wide" else (120, 600)
    picture = Image.new("RGBA", size)
    pen = ImageDraw.Draw(picture)
    pitch = max(size) // 6
    for number in range(6):
        x, y = (number * pitch, 0) if kind == "wide" else (0, number * pitch)
        colour = (11, 79, 92) if number % 2 else (200, 60, 20)
        pen.ellipse((x, y, x + min(size) - 8, y + min(size) - 8), fill=colour)
    picture.save(folder / "logo.png")
    return _taken(folder / "logo.png"), None


def _taken(path: Path) -> SourceFile:
    return SourceFile(path.name, path, "0" * 64, path.stat().st_size)

"""What lies over the body, each picture on a frame of its own: as a program shows it that knows no layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from ebrochure.model.timeline import OverlayKind

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.assemble.layout import Layout


def frame_picture(picture: Path, kind: OverlayKind, layout: Layout, out: Path) -> None:
    """Write a picture as a PNG of the whole frame, see-through where the picture is not.

    Args:
        picture: As `draw_pictures` makes it.
        kind: What it is, which says where it lies; a slide fills the frame already.
        layout: The frame, divided up.
        out: The PNG to write.
    """
    with Image.open(picture) as found:
        drawn = found.convert("RGBA")
    if kind is OverlayKind.LOGO:
        at = (layout.logo.right - drawn.width, layout.logo.y)
    else:
        at = (0, layout.lower_third.y if kind is OverlayKind.LOWER_THIRD else 0)
    frame = Image.new("RGBA", (layout.width, layout.height))
    frame.paste(drawn, at)
    frame.save(out)

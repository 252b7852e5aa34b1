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
    # The logo lies where lines end, the lower third grows out of the edge where they start.
    left, right = 0, layout.width - drawn.width
    at = (0, 0)
    if kind is OverlayKind.LOGO:
        at = (layout.logo.x if layout.is_mirrored else layout.logo.right - drawn.width, layout.logo.y)
    elif kind is OverlayKind.LOWER_THIRD:
        at = (right if layout.is_mirrored else left, layout.lower_third.y)
    frame = Image.new("RGBA", (layout.width, layout.height))
    frame.paste(drawn, at)
    frame.save(out)

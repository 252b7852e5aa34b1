"""Pictures for programs that know no layout lie where the video has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from ebrochure.assemble.framed import frame_picture
from ebrochure.assemble.layout import plan_layout
from ebrochure.model.timeline import OverlayKind

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = plan_layout((1280, 720), (1280, 720))


@pytest.mark.parametrize(
    ("kind", "size", "box"),
    [
        (OverlayKind.LOGO, (100, 40), (LAYOUT.logo.right - 100, LAYOUT.logo.y)),
        (OverlayKind.LOWER_THIRD, (400, 80), (0, LAYOUT.lower_third.y)),
        (OverlayKind.SLIDE, (1280, 720), (0, 0)),
    ],
)
def test_a_picture_lies_in_its_place_on_nothing(
    kind: OverlayKind, size: tuple[int, int], box: tuple[int, int], tmp_path: Path
) -> None:
    Image.new("RGBA", size, "red").save(tmp_path / "drawn.png")
    frame_picture(tmp_path / "drawn.png", kind, LAYOUT, tmp_path / "framed.png")
    with Image.open(tmp_path / "framed.png") as framed:
        assert framed.size == (1280, 720)
        assert framed.getbbox() == (*box, box[0] + size[0], box[1] + size[1])

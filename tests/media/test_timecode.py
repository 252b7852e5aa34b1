"""Time codes that cameras write are found, and files without one have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ebrochure.media.timecode import read_timecode
from tests.fixtures.footage import make_clip

if TYPE_CHECKING:
    from pathlib import Path

CODING = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


@pytest.mark.parametrize(
    ("name", "demuxer"), [("clip.mov", "mov"), ("clip.mp4", "mov"), ("clip.mkv", "matroska")]
)
def test_a_time_code_is_read_where_a_camera_wrote_one(name: str, demuxer: str, tmp_path: Path) -> None:
    options = (*CODING, "-timecode", "10:00:00:05")
    coded = make_clip(tmp_path / name, duration_s=0.4, video_options=options)
    assert read_timecode(coded.path, demuxer) == "10:00:00:05"


def test_what_has_none_or_is_no_recording_has_none(tmp_path: Path) -> None:
    plain = make_clip(tmp_path / "clip.mp4", duration_s=0.4)
    assert read_timecode(plain.path, "mov") is None
    (tmp_path / "text.mp4").write_text("This is no video.\n", encoding="utf-8")
    assert read_timecode(tmp_path / "text.mp4", "mov") is None

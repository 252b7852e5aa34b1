"""Real files that must not be copied, beyond those of `test_smart`: rendered in full, the reason said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.media.verify import verify_rendition
from tests.fixtures.assembly import brand, make_video
from tests.fixtures.footage import make_clip

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.brand import Brand

SIZE = (320, 180)
BARE = brand(has_logo=False, intro_ms=400, outro_ms=400)
TAGS = "colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv"
CODED = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-bf", "0")


def coded(params: str = TAGS, *options: str) -> tuple[str, ...]:
    return (*CODED, "-x264-params", params, *options)


def why_not_copied(folder: Path, footage: Path, kit: Brand = BARE) -> str:
    """Return why footage was rendered in full, which must have gone well."""
    made = make_video(folder / "made", footage, kit=kit, speaker=None, smart=True)
    rendition = made.rendition
    verify_rendition(
        rendition.path,
        frame_count=made.timeline.frame_count,
        frame_rate=made.timeline.frame_rate,
        width=rendition.width,
        height=rendition.height,
        decode_all=True,
    )
    assert rendition.copied_frames == 0
    return rendition.why_not_copied or ""


def test_footage_of_this_kind_is_copied_where_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    """Else the refusals below would prove nothing."""
    clip = make_clip(tmp_path / "talk.mp4", size=SIZE, video_options=coded())

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None, smart=True)

    assert made.rendition.why_not_copied is None
    assert made.rendition.copied_frames >= 25


def test_footage_in_another_container_is_refused(tmp_path: Path) -> None:
    """MPEG-TS and Matroska; the first has its parameter sets in band, with no `avcC` at all."""
    for name in ("talk.ts", "talk.mkv"):
        clip = make_clip(tmp_path / name, size=SIZE, video_options=coded())
        assert "no MP4" in why_not_copied(tmp_path, clip.path)


def test_parameter_sets_that_change_on_the_way_are_refused(tmp_path: Path) -> None:
    raw = tmp_path / "whole.h264"
    halves = b""
    for number, more in enumerate(("cabac=0", "cabac=1")):
        half = make_clip(
            tmp_path / f"{number}.h264", size=SIZE, sound=None, video_options=coded(f"{TAGS}:{more}")
        )
        halves += half.path.read_bytes()
    raw.write_bytes(halves)
    whole = tmp_path / "whole.mp4"
    run_ffmpeg(("-f", "h264", "-framerate", "25", "-i", str(raw), "-c", "copy", str(whole)))

    assert "parameter sets change" in why_not_copied(tmp_path, whole)


def test_samples_that_are_not_square_are_refused(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "dv.mp4", size=(240, 180), picture_filters="setsar=4/3", video_options=coded()
    )

    assert "not square" in why_not_copied(tmp_path, clip.path)


def test_varying_rate_is_refused(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "phone.mp4",
        size=SIZE,
        picture_filters="select='mod(n,7)'",
        video_options=coded(TAGS, "-fps_mode", "vfr"),
    )

    assert "varies" in why_not_copied(tmp_path, clip.path)


@pytest.mark.parametrize("rate", [Fraction(5), Fraction(120)])
def test_rate_that_is_not_delivered_is_refused(tmp_path: Path, rate: Fraction) -> None:
    clip = make_clip(tmp_path / "other.mp4", size=SIZE, rate=rate, video_options=coded())

    reason = why_not_copied(tmp_path, clip.path)
    assert "rate is another" in reason or "not evenly spaced" in reason


def test_high_dynamic_range_is_refused(tmp_path: Path) -> None:
    tags = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc"
    options = coded(tags, "-pix_fmt", "yuv420p10le")
    clip = make_clip(tmp_path / "hdr.mp4", size=SIZE, duration_s=2, video_options=options)

    assert "high dynamic range" in why_not_copied(tmp_path, clip.path)


def test_logo_that_stays_is_refused_and_one_on_the_cards_is_not(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "talk.mp4", size=SIZE, video_options=coded())
    kit = brand(intro_ms=400, outro_ms=400)

    assert "logo" in why_not_copied(tmp_path, clip.path, kit)
    on_cards = replace(kit, logo_over_footage=False)
    made = make_video(tmp_path / "cards", clip.path, kit=on_cards, speaker=None, smart=True)
    assert made.rendition.copied_frames >= 25

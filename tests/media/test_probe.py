"""Footage probed for what it is."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from ebrochure.errors import MaterialError
from ebrochure.media.ffmpeg import input_args, read_ffmpeg, run_ffmpeg
from ebrochure.media.probe import probe
from ebrochure.media.process import started
from ebrochure.model.media import MediaInfo
from ebrochure.settings import LimitSettings
from tests.fixtures.footage import Clip, make_clip, make_sound, turn


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4")


def look(path: Path, name: str | None = None) -> tuple[MediaInfo, list[str]]:
    info, findings = probe(path, name=name or path.name, limits=LimitSettings())
    return info, [item.code for item in findings]


def refusal(path: Path, name: str | None = None, limits: LimitSettings | None = None) -> str:
    with pytest.raises(MaterialError) as caught:
        probe(path, name=name or path.name, limits=limits or LimitSettings())
    return caught.value.findings[0].code


def test_an_ordinary_clip_is_described(clip: Clip) -> None:
    info, codes = look(clip.path)

    assert codes == []
    assert (info.demuxer, info.duration_ms, info.start_ms) == ("mov", 3600, 0)
    assert info.video is not None
    assert info.video.displayed_size == (320, 180)
    assert info.video.frame_rate == 25
    assert not info.video.is_variable_rate
    assert [(item.codec, item.sample_rate_hz, item.channels) for item in info.audio] == [("aac", 48000, 1)]


def test_one_probe_is_one_process(clip: Clip) -> None:
    before = started()
    look(clip.path)

    assert started() == before + 1


def test_a_wrong_suffix_is_told_and_does_no_harm(clip: Clip, tmp_path: Path) -> None:
    shutil.copy(clip.path, tmp_path / "clip.avi")

    info, codes = look(tmp_path / "clip.avi")

    assert info.demuxer == "mov"
    assert codes == ["TYPE_MISMATCH"]


def test_a_video_named_like_a_picture_is_refused(clip: Clip) -> None:
    assert refusal(clip.path, name="clip.JPG") == "TYPE_MISMATCH"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotation_is_the_clockwise_turn_that_makes_it_upright(
    clip: Clip, tmp_path: Path, degrees: int
) -> None:
    """The decoder turns by itself on decoding: the red corner must be where our figure says."""
    turned = tmp_path / "turned.mp4"
    shutil.copy(clip.path, turned)
    turn(turned, degrees)
    info, _ = look(turned)
    assert info.video is not None
    width, height = info.video.displayed_size
    raw = read_ffmpeg(
        (*input_args(turned, "mov"), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1")
    )
    picture = np.frombuffer(raw, np.uint8).reshape(height, width, 3).astype(int)
    red = np.argwhere((picture[..., 0] > 200) & (picture[..., 1] < 60)).mean(axis=0)

    assert info.video.rotation_deg == degrees
    assert (width, height) == ((320, 180) if degrees == 180 else (180, 320))
    assert (red[0] < height / 2, red[1] < width / 2) == {
        90: (True, False),
        180: (False, False),
        270: (False, True),
    }[degrees]


@pytest.mark.parametrize(
    "rate", [Fraction(24000, 1001), Fraction(30000, 1001), Fraction(50), Fraction(60000, 1001)]
)
@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_frame_rates_are_exact(tmp_path: Path, rate: Fraction, suffix: str) -> None:
    made = make_clip(tmp_path / f"clip{suffix}", rate=rate, sound=None, size=(64, 64))

    info, _ = look(made.path)

    assert info.video is not None
    assert info.video.frame_rate == rate
    assert not info.video.is_variable_rate


def test_a_pause_in_the_picture_makes_its_rate_variable_and_keeps_its_length(tmp_path: Path) -> None:
    """Frames from 1 s on come 1 s later: 3.6 s of pictures last 4.6 s."""
    made = make_clip(
        tmp_path / "pause.mp4",
        picture_filters="setpts='PTS+gte(T,1)/TB'",
        sound=None,
        video_options=(
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-fps_mode",
            "vfr",
            "-enc_time_base",
            "1/90000",
        ),
    )

    info, _ = look(made.path)

    assert info.video is not None
    assert info.video.is_variable_rate
    assert info.video.frame_rate == 25
    assert info.duration_ms == pytest.approx(4600, abs=45)


def test_wide_samples_make_the_picture_wider(tmp_path: Path) -> None:
    made = make_clip(tmp_path / "wide.mp4", size=(360, 288), picture_filters="setsar=16/11", sound=None)

    info, _ = look(made.path)

    assert info.video is not None
    assert info.video.sample_aspect_ratio == Fraction(16, 11)
    assert info.video.displayed_size == (524, 288)


def test_interlaced_footage_is_known_by_its_flags(tmp_path: Path) -> None:
    made = make_clip(
        tmp_path / "tv.mp4",
        size=(320, 240),
        rate=Fraction(50),
        picture_filters="interlace",
        sound=None,
        video_options=("-c:v", "mpeg4", "-flags", "+ilme+ildct", "-q:v", "3"),
    )

    info, _ = look(made.path)

    assert info.video is not None
    assert info.video.is_interlaced


def test_high_dynamic_range_is_known_by_its_curve(tmp_path: Path) -> None:
    made = make_clip(
        tmp_path / "hdr.mkv",
        picture_filters="format=yuv420p,setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc",
        sound=None,
        video_options=("-c:v", "libx264", "-preset", "ultrafast", "-color_trc", "smpte2084"),
    )

    info, _ = look(made.path)

    assert info.video is not None
    assert info.video.is_hdr


def test_transparency_is_known_by_the_pixels(tmp_path: Path) -> None:
    made = make_clip(
        tmp_path / "alpha.mov", picture_filters="format=argb", sound=None, video_options=("-c:v", "qtrle")
    )

    info, _ = look(made.path)

    assert info.video is not None
    assert info.video.has_alpha


def test_sound_alone_is_footage_without_a_picture(tmp_path: Path) -> None:
    info, codes = look(make_sound(tmp_path / "memo.wav"))

    assert codes == []
    assert info.video is None
    assert (info.demuxer, info.duration_ms, len(info.audio)) == ("wav", 3600, 1)


def test_cover_art_is_no_picture(tmp_path: Path) -> None:
    sound = make_sound(tmp_path / "plain.mp3")
    cover = tmp_path / "cover.png"
    run_ffmpeg(("-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", str(cover)))
    out = tmp_path / "cover.mp3"
    run_ffmpeg(
        (
            "-i",
            str(sound),
            "-i",
            str(cover),
            "-map",
            "0",
            "-map",
            "1",
            "-c",
            "copy",
            "-disposition:v",
            "attached_pic",
            str(out),
        )
    )

    info, _ = look(out)

    assert info.video is None


def test_a_container_that_starts_late_says_when(tmp_path: Path) -> None:
    made = make_clip(tmp_path / "late.ts")

    info, _ = look(made.path)

    assert info.start_ms > 1000
    assert info.duration_ms == pytest.approx(3600, abs=60)


def test_half_a_file_is_taken_and_told(clip: Clip, tmp_path: Path) -> None:
    whole = tmp_path / "whole.mp4"
    run_ffmpeg((*input_args(clip.path, "mov"), "-c", "copy", "-movflags", "+faststart", str(whole)))
    half = tmp_path / "half.mp4"
    data = whole.read_bytes()
    half.write_bytes(data[: len(data) * 6 // 10])

    info, codes = look(half)

    assert "ENDS_EARLY" in codes
    assert info.duration_ms < 3000


def test_damage_in_the_middle_is_told(clip: Clip, tmp_path: Path) -> None:
    data = bytearray(clip.path.read_bytes())
    start = data.index(b"mdat") + 4
    noise = np.random.default_rng(1)
    length = len(data) - start
    for offset in range(start + length // 4, start + length // 2, 7):
        data[offset] = int(noise.integers(256))
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)

    _, codes = look(broken)

    assert "DAMAGED" in codes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"x", "UNREADABLE"),
        (bytes(100_000), "FILE_EMPTY_CONTENT"),
        (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n", "NOT_MEDIA"),
        (b"ffconcat version 1.0\nfile 'clip.mp4'\n", "NOT_MEDIA"),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "NOT_MEDIA"),
        (b"<!DOCTYPE html><title>Sign in to your account</title>", "NOT_MEDIA"),
        (b"\0\0\0\x20ftypisom" + bytes(50), "UNREADABLE"),
    ],
)
def test_what_is_no_footage_is_refused_by_name(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)

    assert refusal(path) == code


def test_a_playlist_behind_the_right_magic_is_not_followed(clip: Clip, tmp_path: Path) -> None:
    """A forced demuxer reads its own format only, so there is nothing to follow."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"\0\0\0\x08free#EXTM3U\n" + clip.path.name.encode())

    assert refusal(path) == "UNREADABLE"


def test_a_sound_file_without_samples_is_empty(tmp_path: Path) -> None:
    assert refusal(make_sound(tmp_path / "empty.wav", filters="atrim=end_sample=0")) == "EMPTY_AUDIO"


def test_limits_are_the_settings(clip: Clip) -> None:
    assert refusal(clip.path, limits=LimitSettings(footage_s=3)) == "TOO_LONG"
    assert refusal(clip.path, limits=LimitSettings(min_footage_ms=4000)) == "CLIP_TOO_SHORT"
    assert refusal(clip.path, limits=LimitSettings(picture_side=300)) == "PICTURE_TOO_LARGE"
    assert refusal(clip.path, limits=LimitSettings(picture_pixels=1000)) == "PICTURE_TOO_LARGE"
    assert refusal(clip.path, limits=LimitSettings(footage_bytes=1000)) == "FILE_TOO_LARGE"


def test_a_module_in_the_working_folder_is_not_imported(
    clip: Clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "av.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)

    assert look(clip.path)[1] == []

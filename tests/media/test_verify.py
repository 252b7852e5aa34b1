"""A finished video is looked at before it is believed: each fault is put in by hand once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from ebrochure.errors import ProcessError
from ebrochure.media.encode import BT709_FILTER, audio_args, mp4_args, video_args
from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.media.process import started
from ebrochure.media.verify import LoudnessTarget, verify_rendition
from ebrochure.model.media import Rendition
from ebrochure.settings import DeliverySettings
from tests.fixtures.footage import picture_source, sound_source

RATE = Fraction(30000, 1001)
FRAMES = 90
LENGTH_S = float(FRAMES / RATE)
SIZE = (192, 108)
DELIVERY = replace(DeliverySettings(), preset="ultrafast")


def encode(
    out: Path,
    *,
    rate: Fraction = RATE,
    frames: int = FRAMES,
    sound_s: float = LENGTH_S,
    size: tuple[int, int] = SIZE,
    finish: str = f"format=yuv420p,{BT709_FILTER}",
    extra: tuple[str, ...] = (),
) -> Path:
    video = ("-f", "lavfi", "-i", picture_source(size, rate, 5))
    audio = ("-f", "lavfi", "-i", sound_source(sound_s))
    options = (*video_args(DELIVERY, rate, size), *audio_args(DELIVERY), *extra, *mp4_args(out))
    # Not -frames:v: ffmpeg 5.1 then stops the sound with it, up to 0.1 s early.
    run_ffmpeg((*video, *audio, "-vf", f"trim=end_frame={frames},{finish}", *options))
    return out


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return encode(tmp_path_factory.mktemp("good") / "good.mp4")


def verify(
    path: Path, *, has_sound: bool = True, target: LoudnessTarget | None = None, decode_all: bool = False
) -> Rendition:
    return verify_rendition(
        path,
        frame_count=FRAMES,
        frame_rate=RATE,
        width=SIZE[0],
        height=SIZE[1],
        has_sound=has_sound,
        target=target,
        decode_all=decode_all,
    )


def test_a_good_video_is_described(good: Path) -> None:
    rendition = verify(good, decode_all=True)

    assert (rendition.width, rendition.height, rendition.frame_rate, rendition.frame_count) == (
        *SIZE,
        RATE,
        FRAMES,
    )
    assert rendition.duration_ms == 3003
    assert rendition.mime_type == "video/mp4"
    assert rendition.bit_rate_bps == round(good.stat().st_size * 8 / 3.003)
    assert rendition.loudness is not None


def test_a_look_is_one_process(good: Path) -> None:
    before = started()
    verify(good)

    assert started() == before + 1


def test_a_wrong_number_of_frames_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="expected 90 frames, got 89"):
        verify(encode(tmp_path / "a.mp4", frames=89))


def test_a_rate_that_is_nearly_right_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="even rate of 30000/1001"):
        verify(encode(tmp_path / "a.mp4", rate=Fraction(30)))


def test_another_size_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="expected 192 x 108, got 96 x 54"):
        verify(encode(tmp_path / "a.mp4", size=(96, 54)))


def test_sound_that_ends_two_frames_early_is_noticed_and_one_within_a_frame_is_not(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="ms apart"):
        verify(encode(tmp_path / "a.mp4", sound_s=LENGTH_S - 2 / 29))

    verify(encode(tmp_path / "b.mp4", sound_s=LENGTH_S - 0.02))


def test_missing_sound_is_noticed(good: Path, tmp_path: Path) -> None:
    mute = tmp_path / "mute.mp4"
    run_ffmpeg(("-i", str(good), "-an", "-c", "copy", "-movflags", "+faststart", str(mute)))

    with pytest.raises(ProcessError, match="1 sound"):
        verify(mute)
    assert verify(mute, has_sound=False).loudness is None


def test_missing_colour_tags_are_noticed(tmp_path: Path) -> None:
    bt601 = "format=yuv420p,setparams=color_primaries=smpte170m:color_trc=smpte170m:colorspace=smpte170m"
    tags = ("-color_primaries", "smpte170m", "-color_trc", "smpte170m", "-colorspace", "smpte170m")

    with pytest.raises(ProcessError, match="bt709"):
        verify(encode(tmp_path / "a.mp4", finish=bt601, extra=tags))


def test_an_index_at_the_end_is_noticed(good: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.mp4"
    run_ffmpeg(("-i", str(good), "-c", "copy", "-movflags", "-faststart", str(slow)))

    with pytest.raises(ProcessError, match="index"):
        verify(slow)


def test_a_video_cut_off_is_noticed(good: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])

    with pytest.raises(ProcessError):
        verify(cut)


def test_damage_is_noticed_when_every_frame_is_looked_at(good: Path, tmp_path: Path) -> None:
    data = bytearray(good.read_bytes())
    start = data.index(b"mdat") + 4
    length = len(data) - start
    for offset in range(start + length // 3, start + length // 2, 5):
        data[offset] ^= 0x55
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)

    with pytest.raises(ProcessError, match="cannot be decoded"):
        verify(broken, decode_all=True)


def test_loudness_is_held_to_its_target(good: Path) -> None:
    reached = verify(good).loudness
    assert reached is not None
    inside = LoudnessTarget(reached.integrated_lufs - 0.4, reached.true_peak_dbtp)
    verify(good, target=inside)

    with pytest.raises(ProcessError, match="LUFS"):
        verify(good, target=LoudnessTarget(reached.integrated_lufs - 0.6, 0.0))
    with pytest.raises(ProcessError, match="true peak"):
        verify(good, target=LoudnessTarget(reached.integrated_lufs, reached.true_peak_dbtp - 0.1))


def test_all_that_is_off_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ProcessError) as caught:
        verify(encode(tmp_path / "a.mp4", size=(96, 54), frames=50))

    assert "96 x 54" in caught.value.message
    assert "got 50" in caught.value.message

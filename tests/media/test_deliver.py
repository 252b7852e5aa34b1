"""What lies beside a finished video shows and says the same as the video, at the same moments."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from ebrochure.deliver.listen import copy_sound, sound_digest
from ebrochure.deliver.rungs import encode_rung
from ebrochure.deliver.second import encode_av1, read_av1_codec
from ebrochure.deliver.sprite import draw_sprite
from ebrochure.errors import ProcessError
from ebrochure.media.encode import AV1_ENCODER, BT709_FILTER, audio_args, mp4_args, video_args
from ebrochure.media.ffmpeg import can_encode, run_ffmpeg
from ebrochure.media.verify import verify_rendition
from ebrochure.model.media import Rendition
from ebrochure.settings import DeliverySettings
from tests.fixtures.assembly import read_frames

RATE = Fraction(30000, 1001)
SIZE = (480, 270)
FRAMES = 270
DELIVERY = replace(DeliverySettings(), preset="ultrafast")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Rendition:
    """Return 9 s of grey that brighten by 20 levels a second, with a tone that rises."""
    out = tmp_path_factory.mktemp("finished") / "video.mp4"
    seconds = float(FRAMES / RATE)
    picture = f"color=black:size={SIZE[0]}x{SIZE[1]}:rate={RATE},geq=lum='30+20*T':cb=128:cr=128"
    sound = f"aevalsrc='0.2*sin(2*PI*(200+50*t)*t)':sample_rate=48000:duration={seconds}"
    run_ffmpeg(
        (
            *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound),
            *("-vf", f"trim=end_frame={FRAMES},format=yuv420p,{BT709_FILTER}"),
            *video_args(DELIVERY, RATE, SIZE),
            *audio_args(DELIVERY),
            *mp4_args(out),
        )
    )
    width, height = SIZE
    return verify_rendition(out, frame_count=FRAMES, frame_rate=RATE, width=width, height=height)


def test_rung_shows_every_frame_of_the_top_and_says_the_same(finished: Rendition, tmp_path: Path) -> None:
    told: list[float] = []
    rung = encode_rung(finished, (320, 180), DELIVERY, tmp_path / "smaller.mp4", told.append)
    assert (rung.width, rung.height, rung.frame_count) == (320, 180, FRAMES)
    assert sound_digest(rung.path) == sound_digest(finished.path)
    assert rung.loudness == finished.loudness
    top, low = read_frames(finished.path, SIZE), read_frames(rung.path, (320, 180))
    apart = np.abs(top.mean(axis=(1, 2, 3)) - low.mean(axis=(1, 2, 3)))
    assert apart.max() < 2
    assert told[-1] == 1.0


def test_av1_shows_the_same_frames_and_says_which_av1_it_is(finished: Rendition, tmp_path: Path) -> None:
    if not can_encode(AV1_ENCODER):
        pytest.skip(f"this ffmpeg has no {AV1_ENCODER}")
    second = encode_av1(finished, DELIVERY, tmp_path / "av1.mp4")
    assert (second.width, second.height, second.frame_count) == (*SIZE, FRAMES)
    assert sound_digest(second.path) == sound_digest(finished.path)
    apart = np.mean(read_frames(finished.path, SIZE).astype(int) - read_frames(second.path, SIZE), (1, 2, 3))
    assert np.abs(apart).max() < 3
    assert abs(apart.mean()) < 0.5  # a frame too early or too late would be 0.7
    # 480 x 270 at 30 fps is level 2.1 (or below), main profile and tier, 8 bit.
    assert second.mime_type in {f'video/mp4; codecs="av01.0.0{level}M.08, mp4a.40.2"' for level in (0, 1)}


def test_encoder_that_is_not_there_is_not_promised() -> None:
    assert can_encode("libx264")
    assert not can_encode("libnothing")


def test_h264_is_not_taken_for_av1(finished: Rendition) -> None:
    with pytest.raises(ProcessError, match="does not say which AV1"):
        read_av1_codec(finished.path)


def test_sound_alone_is_the_sound_of_the_video_bit_by_bit(finished: Rendition, tmp_path: Path) -> None:
    sound = copy_sound(finished, tmp_path / "audio.m4a")
    with av.open(str(sound.path)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]
    assert sound_digest(sound.path) == sound_digest(finished.path)
    assert sound.size_bytes == sound.path.stat().st_size < finished.path.stat().st_size


def test_sound_of_another_video_is_not_believed(
    finished: Rendition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = iter(("what was copied", "what was there"))
    monkeypatch.setattr("ebrochure.deliver.listen.sound_digest", lambda _path: next(digests))
    with pytest.raises(ProcessError, match="is not the sound"):
        copy_sound(finished, tmp_path / "audio.m4a")


def test_thumbnail_shows_the_moment_that_its_time_says(finished: Rendition, tmp_path: Path) -> None:
    sprite = draw_sprite(finished, tmp_path / "sprite.jpg")
    assert len(sprite.starts_ms) >= 4
    sheet = np.asarray(Image.open(sprite.path).convert("L"), dtype=float)
    frames = read_frames(finished.path, SIZE)
    for number, start_ms in enumerate(sprite.starts_ms):
        row, column = divmod(number, sprite.columns)
        top, left = row * sprite.tile_height, column * sprite.tile_width
        tile = sheet[top : top + sprite.tile_height, left : left + sprite.tile_width]
        frame = frames[round(start_ms * RATE / 1000)]
        assert tile.mean() == pytest.approx(frame.mean(), abs=3)

"""Frames of ours as an MP4: their number, their times, their colours."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from ebrochure.media.boxes import is_fast_start
from ebrochure.media.encode import BT709_FILTER, cap_bps, encode_frames, mp4_args, video_args
from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.media.process import started
from ebrochure.settings import DeliverySettings

SIZE = (192, 108)
BRAND = (11, 92, 94)


def frames(count: int, colour: tuple[int, int, int] = BRAND) -> Iterator[NDArray[np.uint8]]:
    """Yield pictures of one colour with a white square that moves."""
    for number in range(count):
        picture = np.full((SIZE[1], SIZE[0], 3), colour, np.uint8)
        picture[:20, number : number + 20] = 255
        yield picture


def times(path: Path) -> list[Fraction]:
    with av.open(str(path)) as container:
        return sorted(packet.pts * packet.time_base for packet in container.demux() if packet.size)


@pytest.mark.parametrize(
    "rate", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60000, 1001)]
)
def test_every_frame_is_exactly_where_its_number_over_the_rate_says(tmp_path: Path, rate: Fraction) -> None:
    out = tmp_path / "card.mp4"
    encode_frames(frames(37), size=SIZE, rate=rate, out=out)

    assert times(out) == [number / rate for number in range(37)]


@pytest.mark.parametrize(
    "colour", [BRAND, (255, 0, 0), (0, 0, 255), (16, 235, 128), (255, 255, 255), (0, 0, 0)]
)
def test_colours_are_bt709_and_say_so(tmp_path: Path, colour: tuple[int, int, int]) -> None:
    """What is read back by the matrix that the tags name is what was put in, to within rounding."""
    out = tmp_path / "card.mp4"
    encode_frames(frames(3, colour), size=SIZE, rate=Fraction(25), out=out)
    with av.open(str(out)) as container:
        context = container.streams.video[0].codec_context
        tags = (
            int(context.color_primaries),
            int(context.color_trc),
            int(context.colorspace),
            int(context.color_range),
        )
        frame = next(container.decode(video=0))
        luma, *chroma = (
            np.frombuffer(plane, np.uint8)[plane.line_size * (plane.height * 3 // 4) + 20]
            for plane in frame.planes
        )
    red, green, blue = (item / 255 for item in colour)
    expected = 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert tags == (1, 1, 1, 1)
    assert float(luma) == pytest.approx(16 + 219 * expected, abs=2)
    assert float(chroma[0]) == pytest.approx(128 + 224 * (blue - expected) / 1.8556, abs=2)
    assert float(chroma[1]) == pytest.approx(128 + 224 * (red - expected) / 1.5748, abs=2)


def test_it_plays_while_it_loads_and_says_nothing_about_its_maker(tmp_path: Path) -> None:
    out = tmp_path / "card.mp4"
    encode_frames(frames(5), size=SIZE, rate=Fraction(25), out=out)

    with out.open("rb") as file:
        assert is_fast_start(file)
    with av.open(str(out)) as container:
        assert "encoder" not in container.metadata
        assert container.streams.video[0].codec_context.profile == "High"


def test_the_same_frames_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        encode_frames(frames(20), size=SIZE, rate=Fraction(25), out=tmp_path / name)

    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_a_picture_at_the_cap_of_its_bit_rate_makes_the_same_bytes(tmp_path: Path) -> None:
    rate, size = Fraction(25), (640, 360)
    outs = [tmp_path / f"{number}.mp4" for number in range(3)]
    for out in outs:
        restless = ("-f", "lavfi", "-i", f"testsrc2=size={size[0]}x{size[1]}:rate={rate}:duration=6")
        coding = video_args(DeliverySettings(preset="ultrafast", threads=2), rate, size)
        run_ffmpeg((*restless, "-vf", BT709_FILTER, *coding, *mp4_args(out)))
    first, *others = [out.read_bytes() for out in outs]
    assert len(first) * 8 / 6 > 0.9 * cap_bps(size)  # else nothing was capped
    assert all(other == first for other in others)


def test_progress_is_told_and_ends_at_one(tmp_path: Path) -> None:
    shares: list[float] = []
    encode_frames(
        frames(50),
        size=SIZE,
        rate=Fraction(25),
        out=tmp_path / "a.mp4",
        frame_count=50,
        on_progress=shares.append,
    )

    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_frame_of_another_shape_is_refused(tmp_path: Path) -> None:
    wrong = iter([np.zeros((10, 10, 3), np.uint8)])

    with pytest.raises(ValueError, match="expected frames of"):
        encode_frames(wrong, size=SIZE, rate=Fraction(25), out=tmp_path / "a.mp4")


def test_an_odd_size_is_refused_before_anything_is_started(tmp_path: Path) -> None:
    before = started()
    with pytest.raises(ValueError, match="even"):
        encode_frames(frames(1), size=(191, 108), rate=Fraction(25), out=tmp_path / "a.mp4")

    assert started() == before


def test_an_error_of_whoever_draws_the_frames_comes_through(tmp_path: Path) -> None:
    def broken() -> Iterator[NDArray[np.uint8]]:
        yield from frames(2)
        raise RuntimeError("out of paint")

    with pytest.raises(RuntimeError, match="out of paint"):
        encode_frames(broken(), size=SIZE, rate=Fraction(25), out=tmp_path / "a.mp4")

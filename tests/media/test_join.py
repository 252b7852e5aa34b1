"""Files of one recording joined: every frame and sample of each part where it belongs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.assemble.join import Joined, join_footage, plan_join
from ebrochure.errors import Interrupted
from ebrochure.media.probe import probe
from ebrochure.media.verify import verify_intermediate
from ebrochure.model.media import Footage
from ebrochure.settings import DeliverySettings, LimitSettings
from tests.fixtures.assembly import read_frames, read_sound, source
from tests.fixtures.footage import FLASHES_S, make_clip, make_sound, turn
from tests.fixtures.seen import beep_starts_s, corner_colours

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

GROUND = (11, 79, 92)
RATE = Fraction(25)
SIZE = (320, 180)
FRAMES = 90
"""Of every part: 3.6 s."""
STARTS_S = (0.0, 3.6, 7.2, 10.8, 14.4)
"""When each part begins in the whole."""
TURNED, SOUND_ONLY, SILENT = 1, 2, 4


def known(path: Path) -> Footage:
    """Return a file, probed."""
    info, _ = probe(path, name=path.name, limits=LimitSettings())
    return Footage(source(path), info)


def joined(folder: Path, parts: Sequence[Footage], tell: Callable[[float], None] = lambda _: None) -> Joined:
    folder.mkdir()
    delivery = DeliverySettings(preset="ultrafast")
    return join_footage(parts, ground=GROUND, delivery=delivery, out_dir=folder, on_progress=tell)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Footage, ...]:
    """Return five files of 3.6 s that have nothing in common: see the arguments of each."""
    folder = tmp_path_factory.mktemp("parts")
    ntsc = Fraction(30000, 1001)
    first = make_clip(folder / "first.mp4", size=SIZE, rate=RATE)
    turned = make_clip(folder / "turned.mp4", size=(360, 640), rate=ntsc, picture_filters="transpose=2")
    turn(turned.path, 90)
    sound_only = make_sound(folder / "sound only.m4a")
    variable = make_clip(
        folder / "variable.mkv",
        size=(320, 240),
        rate=Fraction(30),
        picture_filters="select='mod(n,7)'",
        video_options=("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-fps_mode", "vfr"),
        sound="pan=stereo|c1=c0",
    )
    silent = make_clip(folder / "silent.mp4", size=(640, 360), rate=Fraction(50), sound=None)
    return tuple(known(path) for path in (first.path, turned.path, sound_only, variable.path, silent.path))


@pytest.fixture(scope="module")
def whole(parts: tuple[Footage, ...], tmp_path_factory: pytest.TempPathFactory) -> Joined:
    return joined(tmp_path_factory.mktemp("whole") / "out", parts)


@pytest.fixture(scope="module")
def frames(whole: Joined) -> NDArray[np.uint8]:
    return read_frames(whole.path, SIZE)


def test_the_parts_are_as_different_as_they_should_be(parts: tuple[Footage, ...]) -> None:
    pictures = [part.info.video for part in parts]
    assert [video and (video.rotation_deg, video.is_variable_rate) for video in pictures] == [
        (0, False),
        (90, False),
        None,
        (0, True),
        (0, False),
    ]
    assert [len(part.info.audio) for part in parts] == [1, 1, 1, 1, 0]


def test_every_part_has_its_exact_frames_at_the_first_ones_rate_and_size(
    parts: tuple[Footage, ...], whole: Joined
) -> None:
    assert plan_join([part.info for part in parts]).frames == (FRAMES,) * 5
    width, height = SIZE
    verify_intermediate(
        whole.path, frame_count=5 * FRAMES, frame_rate=RATE, width=width, height=height, has_sound=True
    )


def test_what_is_said_of_the_whole_is_what_a_probe_finds(whole: Joined) -> None:
    found, remarks = probe(whole.path, name=whole.path.name, limits=LimitSettings())
    assert found == whole.info
    assert remarks == ()


def test_flash_and_beep_stay_together_in_every_part(frames: NDArray[np.uint8], whole: Joined) -> None:
    heard = beep_starts_s(read_sound(whole.path))
    audible = [start + flash for start in STARTS_S[:SILENT] for flash in FLASHES_S]
    assert heard == pytest.approx(audible, abs=0.005)

    white = frames[:, 85:95, 150:170].mean(axis=(1, 2, 3)) > 200
    seen = np.nonzero(white & ~np.concatenate(([False], white[:-1])))[0]
    visible = [
        (start + flash) * RATE
        for number, start in enumerate(STARTS_S)
        for flash in FLASHES_S
        if number != SOUND_ONLY
    ]
    assert np.abs(seen - np.array([float(item) for item in visible])).max() <= 1


def test_sound_is_as_long_as_the_picture_to_the_sample_and_silent_where_a_part_is(whole: Joined) -> None:
    sound = read_sound(whole.path)
    assert len(sound) == 5 * FRAMES * 48_000 // 25
    assert not sound[round(STARTS_S[SILENT] * 48_000) :].any()


def test_speech_on_one_side_is_heard_on_both(whole: Joined) -> None:
    sound = read_sound(whole.path)
    start = round(STARTS_S[3] * 48_000)
    part = sound[start : start + round(3.6 * 48_000)]
    assert np.abs(part[:, 0] - part[:, 1]).max() < 1e-4


def test_parts_are_upright_and_boxed_on_the_ground(frames: NDArray[np.uint8]) -> None:
    middles = [frames[number * FRAMES + FRAMES // 2] for number in range(5)]
    colours = ["red", "green", "yellow", "blue"]
    assert corner_colours(middles[0], (0, 0, 320, 180)) == colours
    assert corner_colours(middles[TURNED], (110, 0, 210, 180)) == colours
    assert corner_colours(middles[3], (40, 0, 280, 180)) == colours
    for place in (middles[TURNED][:, :104], middles[3][:, :36], middles[SOUND_ONLY]):
        assert np.abs(place.reshape(-1, 3).mean(axis=0) - np.array(GROUND)).max() < 4


def test_joining_twice_gives_the_same_bytes(
    parts: tuple[Footage, ...], whole: Joined, tmp_path: Path
) -> None:
    again = joined(tmp_path / "again", parts)
    assert again.path.read_bytes() == whole.path.read_bytes()
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["joined.mov"]


def test_progress_only_rises_and_may_stop_the_work(parts: tuple[Footage, ...], tmp_path: Path) -> None:
    told: list[float] = []

    def tell(share: float) -> None:
        told.append(share)
        if share > 0.3:
            raise Interrupted("stopped")

    with pytest.raises(Interrupted):
        joined(tmp_path / "stopped", parts, tell)
    assert told == sorted(told)
    assert not [path.name for path in (tmp_path / "stopped").iterdir() if path.name != "joined.mov"]


def test_sound_files_alone_become_one_sound_file(tmp_path: Path) -> None:
    parts = [known(make_sound(tmp_path / name)) for name in ("a.wav", "b.m4a")]
    whole = joined(tmp_path / "out", parts)
    found, _ = probe(whole.path, name=whole.path.name, limits=LimitSettings())
    assert found == whole.info
    sound = known(whole.path)
    assert sound.info.duration_ms == 7200

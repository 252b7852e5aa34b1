"""A storyboard by hand, rendered: every frame shows what its author wrote, and the sound keeps up with it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.assemble.board import place_shots
from ebrochure.assemble.scenes import frames_in
from ebrochure.media.verify import verify_rendition
from ebrochure.model.service import Person
from ebrochure.model.storyboard import Framing, RecordingView, Shot, SlideView
from ebrochure.model.timeline import OverlayKind
from ebrochure.model.timing import TimeRange, frame_at
from tests.fixtures.assembly import brand, draw_slide, make_video, read_frames, read_sound
from tests.fixtures.footage import FLASHES_S, make_clip
from tests.fixtures.seen import beep_starts_s, corner_colours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ebrochure.assemble.layout import Box
    from tests.fixtures.assembly import Made

RATE = Fraction(30000, 1001)
GROUND = (0x0B, 0x4F, 0x5C)
RED, BLUE = (192, 0, 0), (0, 0, 192)
SHOTS = (
    (0, RecordingView.FOOTAGE),
    (700, RecordingView.CUT),  # between the first flash and the second
    (1000, RecordingView.FOOTAGE),
    (1600, SlideView(1)),
    (3000, SlideView(1, Framing.FULL)),
    (4500, RecordingView.AUDIOGRAM),
    (5500, RecordingView.CUT),
    (6500, SlideView(2, Framing.WIDE)),
    (8000, RecordingView.FOOTAGE),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Nine seconds at 29.97 frames per second, told by `SHOTS`, with lower third, logo and both cards."""
    folder = tmp_path_factory.mktemp("board")
    clip = make_clip(folder / "talk.mp4", rate=RATE, duration_s=9, size=(640, 360))
    shots = [Shot(at, view, line) for line, (at, view) in enumerate(SHOTS)]
    board, _ = place_shots(shots, (), 9000, footage="talk.mp4", file="brochure.md")
    shown = (draw_slide(folder / "red.png", "#c00000"), draw_slide(folder / "blue.png", "#0000c0"))
    return make_video(folder / "made", clip.path, slide_files=shown, board=board, max_height=360)


@pytest.fixture(scope="module")
def frames(made: Made) -> NDArray[np.uint8]:
    return read_frames(made.rendition.path, (made.rendition.width, made.rendition.height))


def edges(made: Made, still: str) -> tuple[int, int]:
    """Return the first and the last frame in which something is seen."""
    overlay = next(item for item in made.timeline.overlays if item.still == still)
    span = frames_in(made.timeline, overlay.time)
    return span.start, span.end - 1


def at(frame: NDArray[np.uint8], x: int, y: int) -> tuple[int, ...]:
    """Return the colour of a pixel."""
    return tuple(map(int, frame[y, x]))


def moves(frames: NDArray[np.uint8], first: int, box: Box) -> bool:
    """Tell whether something moves in a box in the half second from a frame on."""
    part = frames[first : first + 15, box.y : box.bottom, box.x : box.right, 0].astype(int)
    return bool(np.abs(np.diff(part, axis=0)).max() > 80)


def test_video_is_what_the_plan_says_and_its_sound_is_cut_with_it(made: Made) -> None:
    verify_rendition(
        made.rendition.path,
        frame_count=made.timeline.frame_count,
        frame_rate=RATE,
        width=640,
        height=360,
        decode_all=True,
    )
    expected = [made.timeline.to_output(round(flash * 1000)) for flash in FLASHES_S]
    assert None not in expected
    heard = beep_starts_s(read_sound(made.rendition.path))
    assert [beep * 1000 for beep in heard] == pytest.approx(expected, abs=5)
    assert expected[1] - expected[0] == pytest.approx(800 - 300, abs=34)  # type: ignore[operator]


def test_a_slide_has_the_window_its_author_asked_for(made: Made, frames: NDArray[np.uint8]) -> None:
    for still, rooms, colour in (
        ("slide-1-window", made.layout.window, RED),
        ("slide-2-wide", made.layout.wide, BLUE),
    ):
        for number in edges(made, still):
            place = rooms.slide
            assert at(frames[number], place.x + 8, place.y + place.height // 2) == pytest.approx(
                colour, abs=14
            )
        assert rooms.presenter is not None
        assert moves(frames, edges(made, still)[0], rooms.presenter)


def test_a_slide_alone_fills_the_frame_down_to_the_captions(made: Made, frames: NDArray[np.uint8]) -> None:
    band, logo = made.layout.band, made.layout.logo
    for number in edges(made, "slide-1-full"):
        frame = frames[number]
        for spot in ((320, 2), (320, band.y - 3), (560, logo.y + logo.height // 2)):
            assert at(frame, *spot) == pytest.approx(RED, abs=14)
        below = frame[band.y + 2 :].reshape(-1, 3).mean(axis=0)
        assert tuple(below) == pytest.approx(GROUND, abs=6)
    for rooms in (made.layout.window, made.layout.wide):
        assert rooms.presenter is not None
        assert not moves(frames, edges(made, "slide-1-full")[0], rooms.presenter)


def test_the_audiogram_draws_its_own_stretch_of_sound(made: Made, frames: NDArray[np.uint8]) -> None:
    first, last = edges(made, "audiogram")
    room = made.layout.wave
    rows = [frames[number][room.y + 3, room.x : room.right].astype(int) for number in (first, last)]
    line = [int(np.abs(row - (0xF2, 0xA9, 0x3B)).sum(axis=1).argmin()) for row in rows]
    assert line == [pytest.approx(0, abs=4), pytest.approx(room.width, abs=4)]
    assert at(frames[last], room.x + 4, room.y + 4) == pytest.approx(GROUND, abs=14)


def test_footage_fills_the_frame_wherever_nothing_else_was_asked_for(
    made: Made, frames: NDArray[np.uint8]
) -> None:
    whole = (0, 0, 640, 360)
    for moment_ms in (1300, 8400):
        place = made.timeline.to_output(moment_ms)
        assert place is not None
        seen = corner_colours(frames[frame_at(place, RATE)], whole)
        assert seen[2] == "yellow"
        assert seen[0] == "red"


def test_a_name_enters_from_the_right_where_words_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("mirrored")
    clip = make_clip(folder / "talk.mp4", duration_s=4, size=(640, 360))
    kit = brand(has_logo=False, intro_ms=0, outro_ms=0, lower_third_ms=2000)

    video = make_video(
        folder / "made",
        clip.path,
        speech=(TimeRange(1000, 3900),),
        kit=kit,
        speaker=Person("Layla", "Network"),
        language="ar",
        max_height=360,
    )

    third = next(item for item in video.timeline.overlays if item.kind is OverlayKind.LOWER_THIRD)
    start = frame_at(third.time.start_ms, video.timeline.frame_rate)
    box = video.layout.lower_third
    seen = read_frames(video.rendition.path, (640, 360))[start : start + 20, box.y + 6].astype(int)
    is_band = np.abs(seen - GROUND).max(axis=2) < 12
    widths = is_band.sum(axis=1)
    assert not is_band[:, : box.x].any()
    assert widths[1] < widths[4] < widths[18]
    assert is_band[5:, 632:].all()  # it grows out of the right edge

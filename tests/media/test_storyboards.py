"""A minute of footage told in every way: every frame there, evenly timed, in step with its sound."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.assemble.layout import Box, cover
from ebrochure.media.verify import LoudnessTarget, verify_rendition
from ebrochure.model.storyboard import Storyboard
from ebrochure.model.timing import TimeRange
from tests.fixtures import counted
from tests.fixtures.assembly import draw_slide, make_video, read_frames, read_sound
from tests.fixtures.seen import beep_starts_s

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.assembly import Made

RATE = Fraction(25)
MINUTE_S = 60
BIT = 5
"""A bit of the counter whose bar is in sight however narrow the presenter's window is."""
MARKS = [96 * number for number in range(1, 16)]
"""Frames of the footage with which a beep begins, and at which that bit changes."""
MARKS_S = [mark / 25 for mark in MARKS]
SPEECH = tuple(TimeRange(mark * 40, mark * 40 + round(counted.SAID_S * 1000)) for mark in MARKS)


@pytest.fixture(scope="module")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("minute")
    pictures = counted.make_pictures(folder / "pictures.mp4", counted.even_times(RATE, MINUTE_S))
    sound = counted.make_sound(folder / "sound.m4a", MARKS_S, MINUTE_S)
    return counted.lay_together(pictures, sound, folder / "minute.mp4")


@pytest.mark.parametrize("storyboard", Storyboard)
def test_a_minute_keeps_every_frame_its_time_its_sound_and_its_loudness(
    tmp_path: Path, minute: Path, storyboard: Storyboard
) -> None:
    wants_slides = storyboard in {Storyboard.SLIDES, Storyboard.SIDE_BY_SIDE}
    shown = (draw_slide(tmp_path / "red.png", "#c00000"),) if wants_slides else ()

    made = make_video(
        tmp_path / "made", minute, slide_files=shown, speech=SPEECH, storyboard=storyboard, max_height=360
    )

    spoken = SPEECH[-1].end_ms - SPEECH[0].start_ms
    assert made.timeline.duration_ms > spoken
    rendition = verify_rendition(  # every frame, and each when an even rate says, exactly
        made.rendition.path,
        frame_count=made.timeline.frame_count,
        frame_rate=RATE,
        width=made.timeline.width,
        height=made.timeline.height,
        target=LoudnessTarget(-16.0, -1.5),
        decode_all=True,
    )
    assert rendition.loudness is not None
    assert rendition.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert rendition.loudness.true_peak_dbtp <= -1.5
    heard = beep_starts_s(read_sound(rendition.path))
    moments = [made.timeline.to_output(mark * 40) for mark in MARKS]
    assert heard == pytest.approx([moment / 1000 for moment in moments if moment is not None], abs=0.005)
    if storyboard is not Storyboard.AUDIOGRAM:
        changes = np.array(bar_changes(made, storyboard)) / 25
        lags = [float(np.abs(changes - beep).min()) for beep in heard]
        assert max(lags) <= 0.005


def bar_changes(made: Made, storyboard: Storyboard) -> list[int]:
    """Return the frames at which the bar of `BIT` changes, wherever the footage is seen."""
    whole = Box(0, 0, made.timeline.width, made.timeline.height)
    beside = {
        Storyboard.SLIDES: made.layout.window.presenter,
        Storyboard.SIDE_BY_SIDE: made.layout.wide.presenter,
    }
    room = beside.get(storyboard, whole)
    assert room is not None
    width, _ = cover(counted.SIZE, room.size)
    middle = room.x + room.width / 2 + (0.5 - (BIT + 0.5) / counted.BITS) * width
    bars = read_frames(made.rendition.path, whole.size)[:, room.y + room.height // 2, round(middle), 0]
    return (np.nonzero(np.diff((bars > 128).astype(int)))[0] + 1).tolist()

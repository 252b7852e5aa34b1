"""The programme's pieces, and what is done when AAC has moved loudness or peaks."""

from __future__ import annotations

import wave
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.assemble.audio import make_programme, plan_pieces
from ebrochure.assemble.render import correct_leveling
from ebrochure.media.loudness import Leveling
from ebrochure.media.process import started
from ebrochure.model.media import Loudness
from ebrochure.model.timeline import Clip, Storyboard, Timeline
from ebrochure.model.timing import TimeRange, frame_start_ms
from ebrochure.settings import DeliverySettings
from tests.fixtures.assembly import media_info, video_stream

if TYPE_CHECKING:
    from pathlib import Path

RATES = (Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(60000, 1001))


def timeline(rate: Fraction, *frames: int, first: int = 7) -> Timeline:
    """Return intro, one clip of footage for each but the first and last of `frames`, and outro."""
    start = first
    clips = [Clip("intro", TimeRange(0, frame_start_ms(frames[0], rate)), frames[0])]
    for count in frames[1:-1]:
        time = TimeRange(frame_start_ms(start, rate), frame_start_ms(start + count, rate))
        clips.append(Clip("footage", time, count))
        start += count + 3
    clips.append(Clip("outro", TimeRange(0, frame_start_ms(frames[-1], rate)), frames[-1]))
    return Timeline(320, 180, rate, Storyboard.PRESENTER, tuple(clips))


@given(rate=st.sampled_from(RATES), frames=st.lists(st.integers(1, 5000), min_size=3, max_size=8))
def test_sound_is_as_long_as_the_picture_to_the_sample(rate: Fraction, frames: list[int]) -> None:
    edit = timeline(rate, *frames)

    pieces = plan_pieces(edit)

    assert sum(piece.count for piece in pieces) == round(edit.frame_count * 48_000 / rate)
    assert [piece.start is None for piece in pieces] == [clip.source != "footage" for clip in edit.clips]


def test_each_piece_starts_at_its_clips_first_frame() -> None:
    pieces = plan_pieces(timeline(Fraction(25), 10, 20, 30, 10))

    assert [piece.start for piece in pieces] == [None, 7 * 1920, 30 * 1920, None]


def test_footage_without_sound_becomes_silence_and_starts_no_process(tmp_path: Path) -> None:
    before, edit, out = started(), timeline(Fraction(30000, 1001), 30, 61, 17), tmp_path / "programme.wav"
    silent = media_info(video_stream(), sound_index=None)

    has_sound = make_programme(edit, tmp_path / "none.mp4", silent, heard=None, out=out)

    with wave.open(str(out), "rb") as programme:
        samples = programme.readframes(programme.getnframes())
        assert (programme.getframerate(), programme.getnchannels(), programme.getsampwidth()) == (
            48_000,
            2,
            2,
        )
    assert len(samples) == 4 * round(108 * 48_000 * Fraction(1001, 30000))
    assert not any(samples)
    assert not has_sound
    assert started() == before


@pytest.mark.parametrize(
    ("reached", "corrected"),
    [
        (Loudness(-16.4, -1.5, 3), None),
        (Loudness(-17.0, -2.0, 3), Leveling(7.0, -2.5)),
        (Loudness(-16.0, -1.2, 3), Leveling(6.0, -3.0)),
        (None, None),
    ],
)
def test_sound_is_made_again_only_where_it_left_its_bounds(
    reached: Loudness | None, corrected: Leveling | None
) -> None:
    found = correct_leveling(Leveling(6.0, -2.5), reached, DeliverySettings())

    assert (found is None) == (corrected is None)
    if found is not None and corrected is not None:
        assert found.gain_db == pytest.approx(corrected.gain_db)
        assert found.limit_dbtp == pytest.approx(corrected.limit_dbtp)


def test_peak_that_needed_no_limiter_gets_one_when_the_codec_raised_it() -> None:
    found = correct_leveling(Leveling(3.0, None), Loudness(-16.0, -1.0, 3), DeliverySettings())

    assert found is not None
    assert found.limit_dbtp == pytest.approx(-1.7)

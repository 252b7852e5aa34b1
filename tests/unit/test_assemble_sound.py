"""A programme of nothing, and what is done when AAC has moved loudness or peaks."""

from __future__ import annotations

import wave
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ebrochure.assemble.audio import make_programme
from ebrochure.assemble.render import correct_leveling
from ebrochure.media.loudness import Leveling
from ebrochure.media.process import started
from ebrochure.model.media import Loudness
from ebrochure.settings import DeliverySettings
from tests.fixtures.assembly import edit_of, media_info, video_stream

if TYPE_CHECKING:
    from pathlib import Path


def test_footage_without_sound_becomes_silence_and_starts_no_process(tmp_path: Path) -> None:
    before, out = started(), tmp_path / "programme.wav"
    edit = edit_of(Fraction(30000, 1001), "intro 30", "7+61", "outro 17")
    silent = media_info(video_stream(), sound_index=None)

    has_sound = make_programme(edit, tmp_path / "none.mp4", silent, heard=None, out=out)

    with wave.open(str(out), "rb") as programme:
        samples = programme.readframes(programme.getnframes())
        assert (programme.getframerate(), programme.getnchannels(), programme.getsampwidth()) == (
            48_000,
            2,
            4,
        )
    assert len(samples) == 8 * round(108 * 48_000 * Fraction(1001, 30000))
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

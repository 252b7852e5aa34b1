"""What comes of joining footage, decided before a frame is read."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.assemble.join import plan_join
from ebrochure.errors import MaterialError
from ebrochure.media.judge import refuse_sum
from ebrochure.settings import LimitSettings
from tests.fixtures.assembly import media_info, video_stream

RATES = (Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60000, 1001), Fraction(120))
SOUND = media_info(None)


@given(rate=st.sampled_from(RATES), lengths_ms=st.lists(st.integers(500, 600_000), min_size=2, max_size=12))
def test_picture_and_sound_of_every_part_end_on_the_same_frame(rate: Fraction, lengths_ms: list[int]) -> None:
    first = media_info(video_stream(rate=rate), duration_ms=lengths_ms[0])
    joint = plan_join([first, *(replace(SOUND, duration_ms=length) for length in lengths_ms[1:])])

    frames = samples = 0
    for length, count, heard in zip(lengths_ms, joint.frames, joint.samples, strict=True):
        assert abs(count * 1000 / joint.rate - length) <= 500 / joint.rate
        frames, samples = frames + count, samples + heard
        assert samples == round(frames * 48_000 / joint.rate)


def test_the_first_picture_says_what_the_whole_looks_like() -> None:
    tall = video_stream(size=(1920, 1080), rate=Fraction(100), rotation_deg=90)
    joint = plan_join([SOUND, media_info(tall), media_info(video_stream())])
    assert (joint.size, joint.rate) == ((1080, 1920), Fraction(50))


def test_sound_alone_stays_sound_and_silence_silence() -> None:
    assert plan_join([SOUND, SOUND]).size is None
    silent = media_info(video_stream(), sound_index=None)
    assert not plan_join([silent, silent]).has_sound


def test_the_limit_of_length_holds_for_the_sum() -> None:
    limits = LimitSettings(footage_s=60)
    refuse_sum([30_000, 30_000], "a.mp4", limits)
    with pytest.raises(MaterialError, match=r"`a\.mp4` and the 1 joined to it are 1:01 min long"):
        refuse_sum([30_000, 31_000], "a.mp4", limits)

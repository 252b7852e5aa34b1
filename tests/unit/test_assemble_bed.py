"""The music's gain: down under every word, up at cards, and calm."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.assemble.bed import (
    DOWN_MS,
    HANG_MS,
    LEAD_MS,
    UNDER_CARDS_DB,
    UP_MS,
    Bed,
    lay_bed,
    plan_bed,
    plan_curve,
)
from ebrochure.assemble.decode import parse_loudest
from ebrochure.model.brand import LEAST_UNDER_SPEECH_DB, Music
from ebrochure.model.service import SourceFile
from ebrochure.model.timing import TimeRange, merged
from tests.fixtures.assembly import edit_of, media_info

PAL = Fraction(25)
MUSIC = Music(SourceFile("bed.mp3", Path("bed.mp3"), "0" * 64, 1), media_info(None))
EDIT = edit_of(PAL, "intro 75", "0+500", "chapter-1 50", "500+500", "outro 125")
"""Intro to 3 s, footage to 23 s, card to 25 s, footage to 45 s, outro to 50 s."""


def gain_db(bed: Bed, moment_ms: int) -> float:
    knots, decibels = zip(*plan_curve(bed), strict=True)
    return float(np.interp(moment_ms * 48, knots, decibels))


def test_it_is_up_at_cards_and_down_before_the_first_word() -> None:
    bed = plan_bed(MUSIC, EDIT, (TimeRange(1000, 19_500), TimeRange(20_500, 39_000)))

    assert bed.down == (TimeRange(4000, 22_500), TimeRange(25_500, 44_000))
    assert [gain_db(bed, ms) for ms in (0, 3200, 23_700, 24_700, 45_200)] == [-UNDER_CARDS_DB] * 5
    assert [gain_db(bed, ms) for ms in (3800, 4000, 15_000, 22_500, 25_300)] == [-24.0] * 5


def test_it_stays_down_between_sentences_and_at_a_card_too_short_to_come_up() -> None:
    spoken = (TimeRange(1000, 8000), TimeRange(13_900, 20_000), TimeRange(20_000, 39_000))
    short = edit_of(PAL, "0+500", "chapter-1 40", "500+500")

    assert plan_bed(MUSIC, short, spoken).down == (TimeRange(1000, 40_600),)


def test_it_comes_up_where_something_is_shown_and_not_explained() -> None:
    spoken = (TimeRange(1000, 8000), TimeRange(14_000, 20_000))

    assert len(plan_bed(MUSIC, edit_of(PAL, "0+500"), spoken).down) == 2


def test_without_speech_it_stays_up() -> None:
    bed = plan_bed(MUSIC, EDIT, ())

    assert bed.down == ()
    assert {gain_db(bed, ms) for ms in range(0, 50_000, 100)} == {-UNDER_CARDS_DB}


spans = st.lists(st.tuples(st.integers(0, 39_000), st.integers(50, 5000)), min_size=1, max_size=12).map(
    lambda items: merged(TimeRange(start, min(40_000, start + length)) for start, length in items)
)


@given(spans, st.floats(LEAST_UNDER_SPEECH_DB, 60))
def test_no_word_is_ever_said_over_music_that_is_not_down(
    spoken: tuple[TimeRange, ...], under_speech_db: float
) -> None:
    bed = plan_bed(Music(MUSIC.source, MUSIC.info, under_speech_db), EDIT, spoken)

    for time in spoken:
        for part in EDIT.ranges_to_output(time):
            for moment_ms in (part.start_ms, (part.start_ms + part.end_ms) // 2, part.end_ms):
                assert gain_db(bed, moment_ms) <= -under_speech_db + 1e-9


@given(spans)
def test_it_never_jumps(spoken: tuple[TimeRange, ...]) -> None:
    curve = plan_curve(plan_bed(MUSIC, EDIT, spoken))

    steepest = 14 / min(DOWN_MS, UP_MS)  # dB in a millisecond
    for (before, low), (after, high) in pairwise(curve):
        assert before < after
        assert abs(high - low) <= steepest * (after - before) / 48 + 1e-9
    assert min(LEAD_MS, HANG_MS) > 0


def test_it_starts_at_once_and_fades_out_at_the_end() -> None:
    (piece,) = lay_bed(48_000 * 60, 48_000 * 30)

    assert (piece.at, piece.start, piece.end) == (0, 0, 48_000 * 30)
    assert (piece.rise, piece.fall) == (2400, 96_000)


def test_the_loudest_three_seconds_are_found_in_ffmpegs_report() -> None:
    report = "\n".join(f"frame:{number}\nlavfi.r128.S={level}" for number, level in enumerate(LEVELS))

    assert parse_loudest(report) == -17.4
    assert parse_loudest("lavfi.r128.S=-120.691\n") is None
    assert parse_loudest("") is None


LEVELS = ("-120.691", "-30.000", "-17.400", "-22.100", "nan")

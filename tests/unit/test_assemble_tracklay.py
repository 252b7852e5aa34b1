"""Where pieces of sound lie: nothing moves against the picture, no hole, no word in a crossfade."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ebrochure.assemble.mix import fade_in
from ebrochure.assemble.tracklay import (
    EDGE,
    JOIN,
    Piece,
    Take,
    fill,
    gaps,
    lay_footage,
    programme_samples,
    repeat,
    sample_at,
)
from ebrochure.model.timeline import Clip, Timeline
from ebrochure.model.timing import TimeRange, frame_at, frame_start_ms
from tests.fixtures.assembly import edit_of

PAL = Fraction(25)
RATES = (Fraction(24000, 1001), PAL, Fraction(30000, 1001), Fraction(30), Fraction(60000, 1001))


def power(pieces: tuple[Piece, ...], count: int) -> NDArray[np.float64]:
    """Return the power of each of the first `count` samples, where every piece is noise of power 1."""
    total = np.zeros(count)
    for piece in pieces:
        gains = np.ones(min(count, piece.end) - piece.at)
        # Between its fades a piece is as loud as it is: nothing to be worked out for minutes of samples.
        for edge in (slice(0, piece.rise), slice(max(0, piece.count - piece.fall), None)):
            moments = np.arange(len(gains))[edge]
            if len(moments):
                gains[edge] = fade_in(moments, piece.rise) * fade_in(piece.count - 1 - moments, piece.fall)
        total[piece.at : piece.at + len(gains)] += gains**2
    return total


@st.composite
def edits(draw: st.DrawFn) -> Timeline:
    """Draw an intro, runs of cut footage with chapter cards between them, and an outro."""
    rate = draw(st.sampled_from(RATES))
    clips: list[Clip] = []
    source = draw(st.integers(0, 100))

    def card(name: str, entering: int) -> None:
        frames = draw(st.integers(60, 150))
        clips.append(Clip(name, TimeRange(0, frame_start_ms(frames, rate)), frames, entering))

    card("intro", 0)
    for number in range(draw(st.integers(1, 4))):
        fades = draw(st.integers(0, 25)), draw(st.integers(0, 25))
        for position, frames in enumerate(draw(st.lists(st.integers(30, 900), min_size=1, max_size=4))):
            time = TimeRange(frame_start_ms(source, rate), frame_start_ms(source + frames, rate))
            clips.append(Clip("footage", time, frames, 0 if position else min(fades[0], frames // 3)))
            source += frames + draw(st.integers(0, 200))
        card(f"chapter-{number}", min(fades[1], clips[-1].frames // 3))
    return Timeline(320, 180, rate, tuple(clips))


@given(edits())
def test_sound_stays_with_its_picture_to_the_sample(edit: Timeline) -> None:
    rate = edit.frame_rate
    placed = [item for item in zip(edit.clips, edit.spans(), strict=True) if not item[0].is_card]

    for piece, (clip, span) in zip((item for run in lay_footage(edit) for item in run), placed, strict=True):
        seen_from = sample_at(frame_at(clip.source_range.start_ms, rate), rate)
        assert piece.start - piece.at == seen_from - sample_at(span.start, rate)
        assert piece.at <= sample_at(span.start, rate)
        assert piece.end >= sample_at(span.end, rate)


@given(edits())
def test_all_footage_that_is_seen_is_heard_and_the_programme_ends_with_the_picture(edit: Timeline) -> None:
    for run, pieces in zip(edit.runs(), lay_footage(edit), strict=True):
        assert pieces[0].at == sample_at(run.span.start, edit.frame_rate)
        assert pieces[-1].end == sample_at(run.span.end, edit.frame_rate)
        assert all(after.at <= before.end for before, after in pairwise(pieces))
        assert all(piece.rise + piece.fall <= piece.count for piece in pieces)
    assert programme_samples(edit) == round(edit.frame_count * 48_000 / edit.frame_rate)


@given(edits())
def test_a_shortened_pause_is_joined_with_what_was_taken_out_of_it_and_no_more(edit: Timeline) -> None:
    for pieces in lay_footage(edit):
        for before, after in pairwise(pieces):
            shared = before.end - after.at
            assert before.fall == after.rise == shared <= JOIN
            assert shared == 0 or before.start + before.count <= after.start + shared + 1


def test_the_join_lies_evenly_around_the_cut() -> None:
    ((before, after),) = lay_footage(edit_of(PAL, "0+100", "150+100"))

    assert (before.end - 100 * 1920, 100 * 1920 - after.at) == (JOIN // 2, JOIN // 2)


def test_footage_that_goes_on_is_not_faded_into_itself() -> None:
    ((before, after),) = lay_footage(edit_of(PAL, "0+100", "100+100"))

    assert (before.fall, after.rise, after.at) == (0, 0, before.end)


def test_sound_fades_with_the_picture_and_hardly_where_it_is_cut() -> None:
    edit = edit_of(PAL, "intro 50", "7+100~10", "chapter-1 50", "200+100", "outro 50~8")

    (first,), (second,) = lay_footage(edit)

    assert (first.rise, first.fall) == (10 * 1920, EDGE)
    assert (second.rise, second.fall) == (EDGE, 8 * 1920)


@given(edits())
def test_the_room_goes_on_between_runs_as_loud_as_in_them(edit: Timeline) -> None:
    runs = lay_footage(edit)
    under = tuple(piece for gap in gaps(runs) for piece in fill(gap, Take(1000, 96_000)))
    first, last = runs[0][0], runs[-1][-1]

    heard = power((*(piece for run in runs for piece in run), *under), programme_samples(edit))

    inside = heard[first.at + first.rise : last.end - last.fall]
    assert inside.min() > 0.99
    assert inside.max() < 1.01
    assert not heard[: first.at].any()
    assert not heard[last.end :].any()


@given(
    count=st.integers(2000, 900_000),
    take=st.builds(Take, st.integers(0, 10_000), st.integers(19_200, 192_000)),
    rise=st.integers(0, 1000),
    fall=st.integers(0, 1000),
)
def test_a_gap_is_filled_from_the_take_alone_with_no_hole(
    count: int, take: Take, rise: int, fall: int
) -> None:
    pieces = fill(Piece(5, 0, count, rise, fall), take)

    assert (pieces[0].at, pieces[-1].end) == (5, 5 + count)
    assert all(take.start <= piece.start for piece in pieces)
    assert all(piece.start + piece.count <= take.start + take.count for piece in pieces)
    inside = power(pieces, count)[5 + rise : 5 + count - fall]
    assert inside.size == 0 or (inside.min() > 0.99 and inside.max() < 1.01)


@pytest.mark.parametrize("count", [1, 100, 47_999, 48_000, 48_001, 90_000, 1_000_000])
def test_music_is_repeated_to_the_end_and_not_beyond(count: int) -> None:
    pieces = repeat(count, Take(0, 48_000), rise=0, fall=0)

    assert pieces[0].at == 0
    assert pieces[-1].end == count
    assert power(pieces, count).min() > 0.99
    assert all(piece.start == 0 and piece.count <= 48_000 for piece in pieces)


def test_music_that_is_long_enough_is_cut_and_not_repeated() -> None:
    assert repeat(40_000, Take(0, 48_000), rise=10, fall=20) == (Piece(0, 0, 40_000, 10, 20),)

"""When a version is told by the film's own edit, and when it is not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.assemble.versions import TOLERANCE_MS, MadeOf, made_of, plan_version
from ebrochure.model.service import VersionKind
from ebrochure.model.storyboard import Framing
from ebrochure.model.timeline import FOOTAGE, Clip, Overlay, OverlayKind, Timeline
from ebrochure.model.timing import TimeRange

LONGEST_MS = 3_600_000
LENGTHS = st.integers(TOLERANCE_MS, LONGEST_MS)
RATE = Fraction(25)
FILM = Timeline(
    640,
    360,
    RATE,
    (
        Clip("intro", TimeRange(0, 1000), 25),
        Clip(FOOTAGE, TimeRange(2000, 6000), 100),
        Clip(FOOTAGE, TimeRange(8000, 10_000), 50),
    ),
    (
        Overlay(OverlayKind.SLIDE, "slide-1", TimeRange(2000, 4000), Framing.FULL),
        Overlay(OverlayKind.LOGO, "logo", TimeRange(1000, 7000)),
        Overlay(OverlayKind.LOWER_THIRD, "lower-third", TimeRange(1000, 4000)),
    ),
    is_edited=True,
)


@given(footage_ms=LENGTHS, film_ms=LENGTHS, off_ms=st.integers(-TOLERANCE_MS, TOLERANCE_MS))
def test_a_few_frames_more_or_less_are_the_same_times(footage_ms: int, film_ms: int, off_ms: int) -> None:
    assert made_of(footage_ms + off_ms, footage_ms=footage_ms, film_ms=film_ms) is MadeOf.FOOTAGE
    assert made_of(film_ms + off_ms, footage_ms=footage_ms, film_ms=film_ms) is not None


@given(version_ms=LENGTHS, footage_ms=LENGTHS, film_ms=LENGTHS)
def test_captions_are_never_borrowed_at_times_that_differ(
    version_ms: int, footage_ms: int, film_ms: int
) -> None:
    made = made_of(version_ms, footage_ms=footage_ms, film_ms=film_ms)
    lengths = {MadeOf.FOOTAGE: footage_ms, MadeOf.FILM: film_ms}
    if made is None:
        assert min(abs(version_ms - length) for length in lengths.values()) > TOLERANCE_MS
    else:
        assert abs(version_ms - lengths[made]) <= TOLERANCE_MS


@pytest.mark.parametrize("made", MadeOf)
@pytest.mark.parametrize("kind", VersionKind)
def test_a_version_is_as_long_as_the_film_to_the_frame(kind: VersionKind, made: MadeOf) -> None:
    assert plan_version(FILM, kind, made).frame_count == FILM.frame_count


def test_a_description_of_the_footage_gets_the_whole_edit() -> None:
    assert plan_version(FILM, VersionKind.DESCRIBED, MadeOf.FOOTAGE) == FILM


def test_nothing_but_the_logo_lies_over_somebody_who_signs() -> None:
    signed = plan_version(FILM, VersionKind.SIGN, MadeOf.FOOTAGE)
    assert [item.kind for item in signed.overlays] == [OverlayKind.LOGO]
    assert replace(signed, overlays=FILM.overlays) == FILM


@pytest.mark.parametrize("kind", VersionKind)
def test_what_was_made_of_the_finished_video_is_shown_as_it_is(kind: VersionKind) -> None:
    whole = plan_version(FILM, kind, MadeOf.FILM)
    (clip,) = whole.clips
    assert (clip.source, clip.source_range) == (FOOTAGE, TimeRange(0, FILM.duration_ms))
    assert whole.overlays == ()
    assert not whole.is_edited

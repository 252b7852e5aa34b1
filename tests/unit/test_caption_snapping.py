"""Captions that nearly meet a cut meet it."""

from __future__ import annotations

import pytest

from ebrochure.caption.snapping import snapped
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.timing import TimeRange

PROFILE = CaptionProfile()
BODY = TimeRange(3000, 13_000)


def one(start_ms: int, end_ms: int) -> tuple[int, int]:
    (time,) = snapped((TimeRange(start_ms, end_ms),), (BODY,), PROFILE)
    return time.start_ms, time.end_ms


@pytest.mark.parametrize(("start_ms", "snapped_ms"), [(3000, 3000), (3300, 3000), (3301, 3301)])
def test_a_caption_soon_after_a_cut_comes_with_it(start_ms: int, snapped_ms: int) -> None:
    assert one(start_ms, 6000) == (snapped_ms, 6000)


@pytest.mark.parametrize(("end_ms", "snapped_ms"), [(13_000, 13_000), (12_500, 13_000), (12_499, 12_499)])
def test_a_caption_that_goes_shortly_before_a_cut_goes_with_it(end_ms: int, snapped_ms: int) -> None:
    assert one(9000, end_ms) == (9000, snapped_ms)


def test_a_caption_that_stays_into_a_card_is_left_alone() -> None:
    assert one(12_000, 13_400) == (12_000, 13_400)


def test_no_caption_stays_longer_than_it_may_for_a_cut() -> None:
    assert one(5900, 12_600) == (5900, 12_600)


def test_no_caption_moves_into_its_neighbour() -> None:
    before, after = TimeRange(500, 2960), TimeRange(3200, 6000)
    assert snapped((before, after), (TimeRange(0, 2000), BODY), PROFILE) == (before, after)
    first, second = TimeRange(9000, 12_600), TimeRange(13_020, 15_000)
    assert snapped((first, second), (BODY, TimeRange(13_000, 20_000)), PROFILE) == (
        first,
        TimeRange(13_000, 15_000),
    )

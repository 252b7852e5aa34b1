"""What is decided about the things beside a video."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.deliver.rungs import rung_size
from ebrochure.deliver.sprite import spread


@pytest.mark.parametrize(
    ("size", "rung"),
    [
        ((1920, 1080), (1280, 720)),
        ((1440, 1080), (960, 720)),
        ((1280, 720), None),
        ((854, 480), None),
    ],
)
def test_only_a_video_of_1080_lines_gets_a_rung(size: tuple[int, int], rung: tuple[int, int] | None) -> None:
    assert rung_size(*size) == rung


@given(st.integers(0, 5000), st.integers(1, 100))
def test_thumbnails_are_few_even_and_start_with_the_first(count: int, most: int) -> None:
    taken = spread(count, most)
    assert len(taken) == min(count, most)
    assert taken[:1] == (0,) * min(count, 1)
    gaps = {b - a for a, b in pairwise(taken)}
    assert not gaps or max(gaps) - min(gaps) <= 1
    assert all(number < count for number in taken)

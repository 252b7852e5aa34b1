"""Caption files made to cost time, up to the largest that is let in: they cost seconds, and no more."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from ebrochure.caption.formats import MAX_BYTES, read_caption_file
from ebrochure.errors import MaterialError
from tests.fixtures.hostile_captions import HOSTILE_CAPTIONS

MOST_S = 15.0
"""Of one core; the slowest took 5 when this was written."""


def seconds_for(data: bytes) -> float:
    start = time.process_time()
    with suppress(MaterialError):
        read_caption_file(data, name="large.txt")
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE_CAPTIONS)
def test_five_megabytes_of_anything_cost_seconds(name: str) -> None:
    data = HOSTILE_CAPTIONS[name](MAX_BYTES)[:MAX_BYTES]
    assert len(data) > 0.7 * MAX_BYTES
    assert seconds_for(data) < MOST_S


@pytest.mark.parametrize("name", HOSTILE_CAPTIONS)
def test_time_grows_with_the_size_and_not_with_its_square(name: str) -> None:
    small, large = (HOSTILE_CAPTIONS[name](size) for size in (40_000, 240_000))
    # Six times the size may cost six times the time, and is let off with twelve; its square would be 36. The
    # best of three tells what the work costs, not what else the machine was doing.
    for_large, for_small = (min(seconds_for(data) for _ in range(3)) for data in (large, small))
    assert for_large < 12 * for_small + 0.1

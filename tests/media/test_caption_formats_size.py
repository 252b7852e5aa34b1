"""The largest caption file that is let in, made to cost time: it costs seconds, and no more."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from ebrochure.caption.formats import MAX_BYTES, read_caption_file
from ebrochure.errors import MaterialError
from tests.fixtures.hostile_captions import HOSTILE_CAPTIONS

MOST_S = 20.0
"""Of one core; the slowest took 5 when this was written."""


@pytest.mark.parametrize("name", HOSTILE_CAPTIONS)
def test_five_megabytes_of_anything_cost_seconds(name: str) -> None:
    data = HOSTILE_CAPTIONS[name](MAX_BYTES)
    start = time.process_time()
    with suppress(MaterialError):
        read_caption_file(data[:MAX_BYTES], name="large.txt")
    assert len(data) > 0.7 * MAX_BYTES
    assert time.process_time() - start < MOST_S

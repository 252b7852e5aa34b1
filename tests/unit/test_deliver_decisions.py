"""What is decided about the things beside a video."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure import offering
from ebrochure.deliver.rungs import rung_size
from ebrochure.deliver.sprite import spread
from ebrochure.media.codecs import av1_codec
from ebrochure.settings import OfferSettings


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


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ("81080c00", "av01.0.08M.08"),
        ("81050c00", "av01.0.05M.08"),
        ("810d4c00", "av01.0.13M.10"),
        ("812dcc00", "av01.1.13H.10"),
        ("814d6c00", "av01.2.13M.12"),
    ],
)
def test_codec_is_named_as_the_file_states_it(record: str, name: str) -> None:
    assert av1_codec(bytes.fromhex(record)) == name


@pytest.mark.parametrize("record", [b"", b"\x81\x08", b"\x01\x64\x00\x28"])
def test_what_is_no_av1_gets_no_name(record: bytes) -> None:
    with pytest.raises(ValueError, match="AV1CodecConfigurationRecord"):
        av1_codec(record)


def test_av1_that_cannot_be_made_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offering, "can_encode", lambda _encoder: False)
    offers, [finding] = offering.possible_offers(OfferSettings(av1=True))
    assert offers == OfferSettings(av1=False)
    assert finding.code == "AV1_UNAVAILABLE"
    assert offering.possible_offers(OfferSettings(av1=False)) == (OfferSettings(av1=False), ())

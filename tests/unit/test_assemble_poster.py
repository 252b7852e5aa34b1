"""When in a video the stills are taken that may become its poster, and how much one may weigh."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from ebrochure.assemble.poster import POSTER_BYTES, at_key_frames, candidate_moments, small_jpeg
from tests.fixtures.assembly import edit_of


def test_stills_are_taken_at_key_frames_that_are_near() -> None:
    assert at_key_frames((10_000, 20_000, 30_000), (0, 9000, 18_500, 33_000)) == (9000, 18_500, 33_000)


def test_a_still_with_no_key_frame_near_is_taken_where_it_was() -> None:
    assert at_key_frames((10_000, 12_000, 14_000), (8900, 11_500)) == (10_000, 11_500, 14_000)


def test_one_still_alone_stays_and_so_do_all_where_there_are_no_key_frames() -> None:
    assert at_key_frames((10_000,), (9900,)) == (10_000,)
    assert at_key_frames((10_000, 12_000), ()) == (10_000, 12_000)


def test_no_still_of_a_short_film_is_taken_while_a_card_fades() -> None:
    edit = edit_of(Fraction(25), "intro 50", "0+30~10", "outro 50~10")  # footage alone from frame 50 to 60

    moments = candidate_moments(edit)

    assert moments
    assert all(50 * 40 <= moment < 60 * 40 for moment in moments)


@pytest.mark.parametrize("size", [(1280, 720), (1279, 719)])
def test_most_restless_picture_is_small_enough(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (size[1], size[0], 3), np.uint8)
    data, drawn_size = small_jpeg(Image.fromarray(noise))
    assert len(data) <= POSTER_BYTES
    assert drawn_size == Image.open(io.BytesIO(data)).size


def test_calm_picture_keeps_its_size() -> None:
    assert small_jpeg(Image.new("RGB", (1280, 720), "#0b4f5c"))[1] == (1280, 720)

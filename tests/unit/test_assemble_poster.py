"""When in a video the stills are taken that may become its poster."""

from __future__ import annotations

from ebrochure.assemble.poster import at_key_frames


def test_stills_are_taken_at_key_frames_that_are_near() -> None:
    assert at_key_frames((10_000, 20_000, 30_000), (0, 9000, 18_500, 33_000)) == (9000, 18_500, 33_000)


def test_a_still_with_no_key_frame_near_is_taken_where_it_was() -> None:
    assert at_key_frames((10_000, 12_000, 14_000), (8900, 11_500)) == (10_000, 11_500, 14_000)


def test_one_still_alone_stays_and_so_do_all_where_there_are_no_key_frames() -> None:
    assert at_key_frames((10_000,), (9900,)) == (10_000,)
    assert at_key_frames((10_000, 12_000), ()) == (10_000, 12_000)

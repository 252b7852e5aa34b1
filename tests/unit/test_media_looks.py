"""Combs, standstill and clipping, seen in samples."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ebrochure.media.looks import PictureLook, SoundLook, comb_share, to_unit

HEIGHT, WIDTH = 96, 128


def bar(x: int) -> NDArray[np.uint8]:
    """Return a grey picture with a white bar at column `x`."""
    picture = np.full((HEIGHT, WIDTH), 60, np.uint8)
    picture[:, x : x + 20] = 230
    return picture


def woven(even: NDArray[np.uint8], odd: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return one frame of two fields."""
    picture = even.copy()
    picture[1::2] = odd[1::2]
    return picture


def test_a_moving_bar_in_two_fields_shows_combs() -> None:
    share = comb_share(woven(bar(10), bar(14)), woven(bar(18), bar(22)))

    assert share is not None
    assert share > 0.2


def test_a_moving_bar_in_whole_frames_shows_none() -> None:
    assert comb_share(bar(10), bar(18)) == 0


def test_nothing_can_be_said_where_nothing_moves() -> None:
    assert comb_share(bar(10), bar(10)) is None


def test_fine_lines_that_stand_still_are_no_combs() -> None:
    before, after = bar(10), bar(18)
    before[::2, 60:] = 0
    after[::2, 60:] = 0

    assert comb_share(before, after) == 0


def frame(x: int, *, lower_first: bool = False) -> NDArray[np.uint8]:
    """Return a frame whose second field was taken when the bar was 4 columns further."""
    return woven(bar(x + 4), bar(x)) if lower_first else woven(bar(x), bar(x + 4))


def table(row: int) -> NDArray[np.uint8]:
    """Return a table with thin lines, scrolled to `row`."""
    picture = np.full((HEIGHT, WIDTH), 255, np.uint8)
    picture[(np.arange(HEIGHT) + row) % 11 == 0] = 120
    return picture


def test_two_looks_are_too_few_to_call_footage_interlaced() -> None:
    look = PictureLook()
    for x in (10, 20):
        look.see_three(frame(x), frame(x + 8), frame(x + 16))
    assert not look.is_combed

    look.see_three(frame(40), frame(48), frame(56))
    assert look.is_combed


@pytest.mark.parametrize("lower_first", [False, True])
def test_footage_is_interlaced_whichever_field_came_first(*, lower_first: bool) -> None:
    look = PictureLook()
    for x in (10, 20, 30):
        look.see_three(*(frame(x + further, lower_first=lower_first) for further in (0, 8, 16)))

    assert look.is_combed
    assert all((lean < 0) == lower_first for lean in look.leans)


@pytest.mark.parametrize("step", [1, 3, 7, 10])
def test_a_table_that_somebody_scrolls_is_not_interlaced(step: int) -> None:
    look = PictureLook()
    for row in range(0, 60, 7):
        look.see_three(table(row), table(row + step), table(row + 2 * step))

    assert min(look.comb_shares) > 0.2  # thin lines look like combs
    assert not look.is_combed


def test_pictures_of_different_sizes_are_not_compared() -> None:
    look = PictureLook()
    look.see_three(bar(10), bar(10)[:-2], bar(10))

    assert look.comb_shares == []


def test_a_picture_stands_still_until_something_moves() -> None:
    look = PictureLook()
    look.see_thumbnail(bar(10))
    assert not look.is_still

    look.see_thumbnail(bar(10) + 1)
    assert look.is_still

    look.see_thumbnail(bar(11))
    assert not look.is_still


def clipped_share(samples: NDArray[np.float32]) -> float:
    look = SoundLook()
    for part in np.array_split(samples, 10):
        look.hear(part)
    return look.clipped_share


def test_flattened_peaks_are_counted_and_round_ones_are_not() -> None:
    moment = np.arange(48_000) / 48_000
    wave = np.sin(2 * np.pi * 200 * moment).astype(np.float32) * np.linspace(0.5, 1, 48_000, dtype=np.float32)

    assert clipped_share(wave) < 0.01
    assert clipped_share(np.clip(4 * wave, -1, 1)) > 0.5


def test_what_lay_at_a_lower_peak_does_not_count_for_a_higher_one() -> None:
    look = SoundLook()
    look.hear(np.full(1000, 0.1, np.float32))
    look.hear(np.array([1.0], np.float32))

    assert look.peak == 1
    assert look.clipped_share == 1 / 1001


def test_no_samples_are_no_peak() -> None:
    look = SoundLook()
    look.hear(np.zeros(0, np.float32))

    assert (look.peak, look.clipped_share) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("samples", "levels"),
    [
        (np.array([0, 128, 255], np.uint8), [-1.0, 0.0, 0.992]),
        (np.array([-32768, 0, 16384], np.int16), [-1.0, 0.0, 0.5]),
        (np.array([-(2**31), 0, 2**30], np.int32), [-1.0, 0.0, 0.5]),
        (np.array([-1.5, np.nan, 0.5], np.float32), [-1.5, 0.0, 0.5]),
        (np.array([0.25], np.float64), [0.25]),
    ],
)
def test_every_sample_format_has_the_same_full_scale(
    samples: NDArray[np.generic], levels: list[float]
) -> None:
    assert to_unit(samples) == pytest.approx(levels, abs=0.001)

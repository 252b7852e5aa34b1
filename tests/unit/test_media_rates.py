"""Frame rates, measured over times and snapped."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.media.rates import BROADCAST_RATES, FALLBACK_RATE, measure_rate, snap_rate


def times(rate: float, count: int = 100, tick_s: float = 0.0) -> list[float]:
    exact = [number / rate for number in range(count)]
    return [round(item / tick_s) * tick_s for item in exact] if tick_s else exact


@pytest.mark.parametrize("rate", BROADCAST_RATES)
@pytest.mark.parametrize("tick_s", [1 / 90000, 0.001])
def test_every_broadcast_rate_is_found_also_where_times_are_rounded_to_milliseconds(
    rate: Fraction, tick_s: float
) -> None:
    measured = measure_rate(times(float(rate), 300, tick_s), tick_s)

    assert measured.rate == rate
    assert not measured.is_variable


@pytest.mark.parametrize(
    ("given_rate", "rate"),
    [
        (120, 60),
        (119.88, Fraction(60000, 1001)),
        (100, 50),
        (240, 60),
        (15, 30),
        (12.5, 25),
        (10, 30),
        (12, 24),
    ],
)
def test_other_rates_become_one_that_shows_every_frame_evenly(given_rate: float, rate: Fraction) -> None:
    assert snap_rate(given_rate) == rate


def test_a_rate_that_fits_nothing_becomes_the_fallback() -> None:
    assert snap_rate(0.001) == FALLBACK_RATE


@given(st.floats(min_value=0.01, max_value=100_000))
def test_no_rate_above_sixty_is_ever_asked_for(rate: float) -> None:
    assert snap_rate(rate) <= 60


@given(st.permutations(list(range(40))))
def test_the_order_of_decoding_does_not_matter(order: list[int]) -> None:
    measured = measure_rate([number / 25 for number in order], 1 / 12800)

    assert measured.rate == 25
    assert not measured.is_variable


def test_one_frame_has_no_rate_of_its_own() -> None:
    measured = measure_rate([0.0], 0.001)

    assert (measured.rate, measured.frames_per_s, measured.is_variable) == (FALLBACK_RATE, 0.0, False)


def test_a_pause_makes_the_rate_variable_but_keeps_it() -> None:
    before, after = times(25), [item + 8 for item in times(25)]
    measured = measure_rate([*before, *after], 1 / 12800)

    assert measured.rate == 25
    assert measured.is_variable


def test_a_single_doubled_interval_is_a_dropped_frame_and_no_variable_rate() -> None:
    kept = [item for number, item in enumerate(times(30, 300)) if number != 150]

    assert not measure_rate(kept, 1 / 90000).is_variable


def test_a_jittering_recorder_gets_the_fallback() -> None:
    jittered = [number * 0.1 + (0.03 if number % 3 else 0) for number in range(60)]
    measured = measure_rate(jittered, 1 / 90000)

    assert measured.is_variable
    assert measured.rate == FALLBACK_RATE


def test_two_alternating_intervals_are_no_accident_of_the_median() -> None:
    measured = measure_rate([0.0, 0.1, 0.3, 0.4, 0.6], 0.001)

    assert measured.is_variable


def test_a_screen_recorder_that_reaches_sixty_now_and_then_is_not_delivered_at_sixty() -> None:
    fast, idle = times(60, 240), [4 + item / 2 for item in range(1, 8)]

    assert measure_rate([*fast, *idle], 1 / 90000).rate == 30

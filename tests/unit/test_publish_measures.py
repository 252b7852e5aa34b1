"""Figures in the page's language, drawn on a scale that fits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.page import PageChart
from ebrochure.model.service import Measure
from ebrochure.publish.measures import measure_as_read


@pytest.mark.parametrize(
    ("value", "language", "read"),
    [
        ("99.2", "en", "99.2"),
        ("99.20", "de", "99,20"),
        ("12000", "en", "12,000"),
        ("12000", "fr", "12\u202f000"),
        ("99,2", "de", "99,2"),
        ("1,234.5", "en", "1,234.5"),
        ("-3", "en", "-3"),
    ],
)
def test_a_number_is_written_as_the_page_s_language_has_it(value: str, language: str, read: str) -> None:
    assert measure_as_read(Measure("a", value), language).value == read


@pytest.mark.parametrize("words", ["about 9", "4.5/5", "99.2 %", "1,23", "9 to 5", "< 3", "1e9", "9" * 30])
def test_a_figure_that_is_no_number_stays_as_it_is(words: str) -> None:
    measure = measure_as_read(Measure("a", words, "%", "99"), "en")
    assert (measure.value, measure.target, measure.chart) == (words, "99", None)


@pytest.mark.parametrize(
    ("value", "unit", "target", "chart"),
    [
        ("87", "%", "90", PageChart(0.87, 0.9, "100")),
        ("0", "%", None, PageChart(0.0, None, "100")),
        ("120", "%", "100", PageChart(0.8, 0.6667, "150")),
        ("4.4", "of 5", "4.2", PageChart(0.88, 0.84, "5")),
        ("9000", None, "12,000", PageChart(0.6, 0.8, "15,000")),
        ("0.03", "s", "0.05", PageChart(0.6, 1.0, "0.05")),
        ("12", "%", "as few as we can, 3", PageChart(0.12, None, "100")),
        ("12", "%", "-1", PageChart(0.12, None, "100")),
        ("-3", None, "2", None),
        ("0", None, None, PageChart(0.0, None, "1")),
    ],
)
def test_percents_are_drawn_to_a_hundred_and_others_to_a_round_number_above(
    value: str, unit: str | None, target: str | None, chart: PageChart | None
) -> None:
    assert measure_as_read(Measure("a", value, unit, target), "en").chart == chart


@given(
    st.decimals(0, 10**15, allow_nan=False, allow_infinity=False, places=3),
    st.decimals(0, 10**15, allow_nan=False, allow_infinity=False, places=3),
)
def test_no_bar_is_longer_than_its_scale_and_none_is_lost_on_it(value: object, target: object) -> None:
    chart = measure_as_read(Measure("a", str(value), None, str(target)), "en").chart
    assert chart is not None
    assert chart.target is not None
    longest = max(chart.value, chart.target)
    assert longest == 0 or 0.6 < longest <= 1

"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.transcribe.numerals import amount, cardinal, fraction, ordinal, roman, whole


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("90", "ninety"), ("100", "a hundred"), ("105", "one hundred and five"),
        ("105", "one hundred five"), ("214", "two fourteen"), ("1500", "fifteen hundred"),
        ("1999", "nineteen ninety nine"), ("2005", "twenty oh five"), ("2027", "twenty twenty seven"),
        ("2027", "two thousand and twenty seven"), ("4415", "forty four fifteen"),
        ("5577", "double five double seven"), ("7944", "seven nine double four"),
        ("0800", "oh eight oh oh"), ("0800", "oh eight hundred"), ("27001", "twenty seven oh oh one"),
        ("1,000,000", "a million"), ("3.5", "three point five"), ("0.6", "nought point six"),
        ("0.6", "point six"), ("2.0", "two point oh"), ("10.05", "ten point oh five"),
        ("1.50", "one point five"),
    ],
)  # fmt: skip
def test_a_number_may_be_said_the_way_people_say_it(figures: str, said: str) -> None:
    assert tuple(said.split()) in amount(figures)


@given(st.integers(0, 999_999_999_999_999))
def test_every_number_has_a_name_without_gaps(number: int) -> None:
    assert all(cardinal(number))
    assert ordinal(number)[-1].endswith(("st", "nd", "rd", "th"))


@given(st.integers(0, 999_999_999_999_999))
def test_a_name_tells_its_number(number: int) -> None:
    assert _read(cardinal(number)) == number


@given(st.text("0123456789", min_size=1, max_size=40))
def test_any_run_of_digits_has_distinct_ways(text: str) -> None:
    ways = whole(text)

    assert ways
    assert len(set(ways)) == len(ways)


def test_fractions_are_named_in_one_and_in_many() -> None:
    assert ("a", "quarter") in fraction(1, 4)
    assert ("three", "quarters") in fraction(3, 4)
    assert ("two", "thirds") in fraction(2, 3)


@pytest.mark.parametrize(
    ("text", "number"), [("IV", 4), ("XIV", 14), ("XXXIX", 39), ("IIII", None), ("", None)]
)
def test_roman_numerals_are_read(text: str, number: int | None) -> None:
    assert roman(text) == number


def _read(words: tuple[str, ...]) -> int:
    """Read a number in words back, by another way than it was written."""
    small = {"".join(cardinal(number)): number for number in range(100)}
    total = current = 0
    tens = ""
    for word in [*words, "and"]:
        if tens + word in small:
            tens += word
            continue
        current += small.get(tens, 0)
        tens = word if word in small else ""
        if word == "hundred":
            current *= 100
        elif word in {"thousand", "million", "billion", "trillion"}:
            total += current * 1000 ** (1 + ["thousand", "million", "billion", "trillion"].index(word))
            current = 0
    return total + current

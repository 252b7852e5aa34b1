"""Deviations are as many as promised, apart from one another, and written down."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.benches.explainers.deviate import (
    ADLIB_TEXTS,
    APART,
    FALSE_START,
    Performance,
    as_written,
    deviate,
)
from scripts.benches.explainers.texts import Line, read_line, texts

SEEDS = st.integers(0, 2**32)
SCRIPTS = st.sampled_from(texts())


def lines_of(performance: Performance) -> dict[int, Line]:
    return {take.index: take.line for take in performance.takes if take.index is not None}


@given(script=SCRIPTS, seed=SEEDS)
def test_each_deviation_happens_as_often_as_promised_and_away_from_the_others(script, seed) -> None:  # noqa: ANN001
    log = deviate(script.lines, seed).log

    assert [len(log[name]) for name in ("skip", "adlib_after", "repeat", "truncated")] == [3, 3, 2, 1]
    assert all(
        b - a >= APART for a, b in pairwise(sorted(index for where in log.values() for index in where))
    )


@given(script=SCRIPTS, seed=SEEDS)
def test_whatever_is_not_in_the_log_is_said_once_and_in_order(script, seed) -> None:  # noqa: ANN001
    performance = deviate(script.lines, seed)
    said = lines_of(performance)
    log = performance.log

    assert [take.index for take in performance.takes if take.index is not None] == sorted(said)
    assert set(range(len(script.lines))) - set(said) == set(log["skip"])
    for index, line in said.items():
        if index in log["truncated"]:
            whole = script.lines[index].tokens
            assert 0.4 * len(whole) <= len(line.tokens) <= 0.7 * len(whole)
            assert line.tokens[:-1] == whole[: len(line.tokens) - 1]
        else:
            assert line == script.lines[index]


@given(script=SCRIPTS, seed=SEEDS)
def test_speech_beside_the_script_is_an_adlib_or_a_first_attempt(script, seed) -> None:  # noqa: ANN001
    performance = deviate(script.lines, seed)
    takes = performance.takes
    loose = [(place, take) for place, take in enumerate(takes) if take.index is None]

    assert len(loose) == 5
    adlibs = [take.line.text for _, take in loose if take.line.text in ADLIB_TEXTS]
    assert len(set(adlibs)) == 3
    for place, take in loose:
        if take.line.text not in ADLIB_TEXTS:
            after = takes[place + 1]
            assert after.index in performance.log["repeat"]
            count = len(take.line.tokens)
            assert count == len(after.line.tokens) or FALSE_START[0] <= count <= FALSE_START[1]
            assert take.line.said[: count - 1] == after.line.said[: count - 1]


def test_the_same_seed_makes_the_same_performance() -> None:
    script = texts()[0].lines

    assert deviate(script, 5) == deviate(script, 5)
    assert deviate(script, 5) != deviate(script, 6)


def test_sentences_are_said_twice_in_some_performances_and_begun_twice_in_others() -> None:
    """Of 40 recordings with two repetitions each, a third of the repetitions are whole sentences."""
    whole = 0
    for seed in range(40):
        takes = deviate(texts()[0].lines, seed).takes
        whole += sum(a.index is None and a.line == b.line for a, b in pairwise(takes))
    assert 15 <= whole <= 40


def test_there_are_adlibs_of_many_lengths_and_none_is_in_a_script() -> None:
    assert len(set(ADLIB_TEXTS)) >= 20
    assert {len(text.split()) // 4 for text in ADLIB_TEXTS} >= {1, 2, 3, 4}
    assert not {line.text for script in texts() for line in script.lines} & set(ADLIB_TEXTS)


def test_a_script_that_is_too_short_for_deviations_is_refused() -> None:
    lines = tuple(
        read_line(f"This is sentence {word} of a very short script here.") for word in ("a", "b", "c")
    )

    with pytest.raises(ValueError, match="too short"):
        deviate(lines, 1)
    assert [take.line for take in as_written(lines).takes] == list(lines)

"""The time left, by a simulated clock over what the stages of a real video took."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.ledger import FILE, KEPT, Ledger, read_ledger, write_taken
from ebrochure.pace import Load, Outlook, Pace, Piece

TOOK_S = {
    "probe": 1.1,
    "slides": 0.7,
    "speech": 0.2,
    "transcript": 6.4,
    "card": 3.5,
    "pictures": 0.9,
    "render": 14.0,
    "poster": 1.0,
    "audio": 0.2,
    "sprite": 0.1,
}
"""Seconds of each stage of `assets/services/remote-access`, built on two busy cores."""
LOADS = tuple(Load(stage, "", 1) for stage in TOOK_S)
LEARNED = Ledger().with_taken((load, TOOK_S[load.stage]) for load in LOADS)


def play(ledger: Ledger, took_s: dict[str, float], steps: int = 20) -> list[tuple[float, float, Outlook]]:
    """Build a video by a clock of ours; return (time gone, time left in truth, what was said)."""
    pace, total_s, now = Pace(), sum(took_s.values()), 0.0
    pace.expect(ledger.forecast(LOADS))
    said = []
    for stage, seconds in took_s.items():
        pace.begin(stage, now)
        for step in range(steps + 1):
            moment = now + seconds * step / steps
            said.append((moment, total_s - moment, pace.advance(step / steps, moment)))
        now += seconds
        pace.end(now)
    return said


@given(st.lists(st.floats(0.87, 1.15), min_size=len(TOOK_S), max_size=len(TOOK_S)))
def test_time_left_is_within_a_fifth_where_stages_take_about_what_they_took(drift: list[float]) -> None:
    took_s = {stage: seconds * own for (stage, seconds), own in zip(TOOK_S.items(), drift, strict=True)}
    total_s = sum(took_s.values())
    for gone_s, left_s, outlook in play(LEARNED, took_s):
        if gone_s >= total_s / 3:
            assert outlook.left_s is not None
            assert outlook.left_s == pytest.approx(left_s, rel=0.2, abs=0.1)


def test_bar_never_goes_back_and_ends_full() -> None:
    shares = [outlook.share for _gone, _left, outlook in play(LEARNED, {**TOOK_S, "render": 90.0})]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_time_left_is_not_guessed_in_the_first_moments() -> None:
    assert play(LEARNED, TOOK_S)[0][2] == Outlook(0.0, None)


def test_stage_of_an_unknown_kind_is_judged_by_its_own_progress() -> None:
    pace = Pace()
    pace.expect((Piece(Load("transcript", "whisper:large", 60), 30.0),))
    pace.begin("transcript", 0.0)
    assert pace.advance(0.9, 900.0).left_s == pytest.approx(100, rel=0.2)


def test_long_stage_of_a_known_kind_tells_itself_when_the_machine_is_busier_than_ever() -> None:
    took_s = {**TOOK_S, "render": 2 * TOOK_S["render"]}
    begun_s = sum(list(took_s.values())[: list(took_s).index("render")])
    for gone_s, left_s, outlook in play(LEARNED, took_s):
        if begun_s + 0.6 * took_s["render"] <= gone_s < begun_s + took_s["render"]:
            assert outlook.left_s == pytest.approx(left_s, rel=0.25, abs=0.5)


def test_stages_that_are_there_already_are_not_waited_for() -> None:
    pace = Pace()
    pace.expect(LEARNED.forecast(LOADS))
    pace.begin("render", 0.0)
    assert pace.advance(0.5, 7.0).left_s == pytest.approx(7.0 + 1.0 + 0.2 + 0.1, rel=0.2)


def test_kind_that_was_never_done_is_expected_at_the_pace_of_this_machine() -> None:
    usual = Ledger()
    twice = usual.with_taken([(Load("card", "720", 10), 20 * usual.rate_s("card", "720"))])
    assert twice.rate_s("render", "veryfast") == pytest.approx(2 * usual.rate_s("render", "veryfast"))


def test_listening_with_a_script_is_expected_to_cost_less_than_with_whisper() -> None:
    usual = Ledger()
    assert usual.rate_s("transcript", "offline with a script") < usual.rate_s("transcript", "whisper:base")
    known = usual.with_taken(
        [(Load("transcript", "offline", 10), 20 * usual.rate_s("transcript", "offline"))]
    )
    assert known.rate_s("render", "veryfast") == pytest.approx(2 * usual.rate_s("render", "veryfast"))


def test_ledger_keeps_the_latest_figures_and_the_median_counts(tmp_path: Path) -> None:
    for seconds in range(KEPT + 3):
        write_taken(tmp_path, [(Load("render", "veryfast", 2), 2.0 * seconds)])
    ledger = read_ledger(tmp_path)
    assert ledger.rates["render", "veryfast"] == tuple(range(3, KEPT + 3))
    assert ledger.rate_s("render", "veryfast") == 7


@pytest.mark.parametrize("text", ["", "[]", "{", '{"render": 3}', json.dumps({"render": {"x": ["fast"]}})])
def test_ledger_that_cannot_be_read_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert read_ledger(tmp_path) == Ledger()

"""What was done and what is planned, in order, told in words."""

from __future__ import annotations

import datetime as dt

import pytest

from ebrochure.model.service import Milestone, MilestoneState
from ebrochure.publish.milestones import timeline

TODAY = dt.date(2026, 11, 20)


def test_milestones_are_told_by_date() -> None:
    given = (Milestone("2027-03-15", "c"), Milestone("2026-06", "a"), Milestone("2027-03", "b"))
    assert [item.title for item in timeline(given, "en", TODAY)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("date", "is_past"),
    [("2026-10", True), ("2026-11", False), ("2026-11-19", True), ("2026-11-20", False), ("2027-01", False)],
)
def test_a_day_or_month_is_past_when_the_next_has_begun(date: str, *, is_past: bool) -> None:
    (milestone,) = timeline((Milestone(date, "a"),), "en", TODAY)
    assert milestone.is_past is is_past


@pytest.mark.parametrize(
    ("date", "status", "state", "words"),
    [
        ("2026-06", "done", MilestoneState.DONE, None),
        ("2026-11", "In Progress", MilestoneState.IN_PROGRESS, None),
        ("2026-06", "planned", MilestoneState.PLANNED, None),
        ("2027-06", "if the council agrees", None, "if the council agrees"),
        ("2027-06", None, MilestoneState.PLANNED, None),
        ("2026-06", None, None, None),
    ],
)
def test_a_state_is_known_from_its_word_and_else_from_what_is_still_to_come(
    date: str, status: str | None, state: MilestoneState | None, words: str | None
) -> None:
    (milestone,) = timeline((Milestone(date, "a", status),), "en", TODAY)
    assert (milestone.state, milestone.status) == (state, words)

"""What was planned and what was done, as a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.page import PageMilestone
from ebrochure.model.service import MilestoneState
from ebrochure.publish.dates import as_read

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ebrochure.model.service import Milestone


def timeline(milestones: Iterable[Milestone], language: str, today: dt.date) -> tuple[PageMilestone, ...]:
    """Return milestones by date, each with its state as far as it is known."""
    in_order = sorted(milestones, key=lambda item: item.date)
    return tuple(_milestone(item, language, today) for item in in_order)


def _milestone(milestone: Milestone, language: str, today: dt.date) -> PageMilestone:
    # ISO dates compare as text, and a month is over when the next has begun.
    is_past = milestone.date < today.isoformat()[: len(milestone.date)]
    state = _state(milestone.status)
    if milestone.status is None and not is_past:
        state = MilestoneState.PLANNED
    return PageMilestone(
        date=as_read(milestone.date, language),
        iso_date=milestone.date,
        title=milestone.title,
        status=None if state is not None else milestone.status,
        state=state,
        is_past=is_past,
    )


def _state(status: str | None) -> MilestoneState | None:
    if status is None:
        return None
    return next((state for state in MilestoneState if state == status.casefold()), None)

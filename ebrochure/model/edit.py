"""An edit of footage that a person made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from ebrochure.model.timing import TimeRange


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of one file of a recording; excerpts are shown end to end."""

    part: int
    """Which of the recording's files, from 0."""
    time: TimeRange
    """In the file's own time. Lengths are rounded so that their sum is right to the millisecond."""

"""What became of a script: which of its words were said, and what was said beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ebrochure.transcribe.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Inserted:
    """A run of heard words that are not in the script, or not there."""

    first: int
    last: int
    repeats: int | None = None
    """The script's sentence of which it is an earlier take."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of each token, and the speech that belongs to none."""

    evidence: Evidence
    """Without the matches that turned out to be chance."""
    said: tuple[bool, ...]
    """For each token whether it was said, as far as can be told."""
    inserted: tuple[Inserted, ...]
    placed: Mapping[int, TimeRange]
    """When tokens without a match were said, where the sound was asked."""
    usual_fit: float | None
    """Median fit of this speaker's words; None where the sound could not be asked."""

    def time_of(self, token: int) -> TimeRange | None:
        """Return when a token was said as far as that is known by now, None where it is not."""
        heard = self.evidence.heard_as(token)
        return self.placed.get(token) if heard is None else TimeRange(heard.start_ms, heard.end_ms)

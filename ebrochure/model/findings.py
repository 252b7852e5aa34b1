"""What the product has to say about the material it was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Stops the service (or, on a track, the caption gate)."""
    WARN = "warn"
    """The brochure is published, but somebody should look."""
    INFO = "info"
    """What would make the brochure better."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One plain sentence about one place, with the next step."""

    code: str
    """Stable name, ``META_UNKNOWN``: what a script may test for."""
    level: Level
    message: str
    """One sentence for the person who made the material."""
    file: str | None = None
    """Path relative to the workspace's services folder, or None for no one file."""
    line: int | None = None
    """Line in `file`, from 1."""
    hint: str | None = None
    """What to do next."""

    def __str__(self) -> str:
        """Return the finding as one line of a report."""
        place = "" if self.file is None else f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        hint = "" if self.hint is None else f" (hint: {self.hint})"
        return f"{place}{self.message}{hint}"


def worst(findings: tuple[Finding, ...]) -> Level | None:
    """Return the gravest level among `findings`, None where there are none."""
    for level in Level:
        if any(item.level is level for item in findings):
            return level
    return None

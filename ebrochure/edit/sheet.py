"""An edit as editing programs exchange it, in values of our own: exact seconds, no library's types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


class LaneKind(StrEnum):
    """What a lane carries."""

    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of some time line; exact."""

    start_s: Fraction
    duration_s: Fraction

    @property
    def end_s(self) -> Fraction:
        """Where it ends."""
        return self.start_s + self.duration_s


@dataclass(frozen=True, slots=True)
class Medium:
    """A file that is shown or heard."""

    name: str
    """Its file name, by which programs find a file again that was moved."""
    target: str
    """Where it is, as an edit says it: a path or an address; never opened by us."""
    available: Span | None = None
    """All that there is of it, from its time code on; None: unknown."""
    rate: Fraction | None = None
    """Frames per second; None: the sheet's own."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A stretch of a medium."""

    name: str
    medium: Medium | None
    """None: there is no file behind it."""
    span: Span | None
    """In the medium's time, which begins at its time code; None: all of it."""
    faults: tuple[str, ...] = ()
    """What cannot be shown as it is meant: ``plays at another speed``."""
    ignored: tuple[str, ...] = ()
    """Names of effects that change how it looks or sounds, and nothing of the cut."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing, for a while."""

    duration_s: Fraction


@dataclass(frozen=True, slots=True)
class Dissolve:
    """One shot fading into the next: over the last of the first and what precedes the other."""

    before_s: Fraction
    """How long before the cut the next shot is seen already."""
    after_s: Fraction
    """How long after the cut the last one is seen still."""


Item = Shot | Gap | Dissolve


@dataclass(frozen=True, slots=True)
class Lane:
    """Items end to end."""

    name: str
    kind: LaneKind
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """A named stretch of the whole."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole edit."""

    name: str
    rate: Fraction
    """Frames per second of the whole; on the way in what is said of each time counts, and not this."""
    lanes: tuple[Lane, ...]
    """The lowest picture first."""
    markers: tuple[Marker, ...] = ()

"""The service: one dropped folder, read and checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ebrochure.model.storyboard import Framing, Shot, Storyboard


class ServiceStatus(StrEnum):
    """Where a service is in its life."""

    PLANNED = "planned"
    LIVE = "live"
    RETIRING = "retiring"


class VersionKind(StrEnum):
    """For whom a film is told a second time."""

    DESCRIBED = "described"
    """What is seen is told, for those who do not see it."""
    SIGN = "sign"
    """What is said is signed."""


class NoticeKind(StrEnum):
    """What a notice is about."""

    OUTAGE = "outage"
    MAINTENANCE = "maintenance"


class MilestoneState(StrEnum):
    """How far a milestone is."""

    DONE = "done"
    IN_PROGRESS = "in progress"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was taken in: a copy of ours, which nobody can swap."""

    name: str
    """Path as the author knows it, relative to the service's folder, ``/`` between parts."""
    path: Path
    """Our own copy; its name says nothing about its content."""
    digest: str
    """blake2b of the content, hexadecimal."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name and a role."""

    name: str
    role: str | None = None
    email: str | None = None
    photo: SourceFile | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """Where help is to be had."""

    url: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A word of the trade and what it means."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure the service is held to. Numbers stay as they were typed."""

    label: str
    value: str
    unit: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something planned or done."""

    date: str
    """ISO 8601 date or month, ``2027-03``."""
    title: str
    status: str | None = None
    """A `MilestoneState`, or words of the author's own."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody should know at once: an outage, work that is planned."""

    text: str
    kind: NoticeKind | None = None
    until: dt.date | None = None
    """The last day on which it is shown; None: until it is taken out."""


@dataclass(frozen=True, slots=True)
class Section:
    """One `##` section of `brochure.md`."""

    heading: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its picture is drawn later, its words are known now."""

    number: int
    """From 1, in the order shown."""
    source: SourceFile
    """The deck or the picture that it is in."""
    page: int
    """Which page of `source`, from 0; 0 for a picture."""
    title: str | None
    text: str
    """All words on it, lines kept; empty where none could be read."""
    notes: str | None = None
    alt: str | None = None
    """Text alternative written by the author, where there is one."""


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """Captions by a person."""

    language: str
    """BCP 47 tag."""
    source: SourceFile


@dataclass(frozen=True, slots=True)
class Cut:
    """How footage is trimmed."""

    head: bool = True
    """Trim what comes before the first speech."""
    tail: bool = True
    pauses_s: float | None = None
    """Shorten pauses longer than this; None: leave them."""


@dataclass(frozen=True, slots=True)
class VideoSource:
    """One recording with what belongs to it."""

    id: str
    """Slug, unique in its service: names files and anchors."""
    title: str
    footage: tuple[SourceFile, ...]
    """Its files in the order in which they are played; at least one."""
    script: SourceFile | None = None
    captions: tuple[CaptionFile, ...] = ()
    slides: tuple[Slide, ...] = ()
    speaker: Person | None = None
    storyboard: Storyboard | None = None
    """None: chosen from what the footage is, unless there are `shots`."""
    shots: tuple[Shot, ...] = ()
    """The storyboard by hand, in the order of the footage; empty: it is told by `storyboard`."""
    slides_as: Framing | None = None
    """How slides lie in the frame; None: as the storyboard or the brand has them."""
    cut: Cut = field(default_factory=Cut)
    is_cleaned: bool = False
    """Whether rumble, steady noise and sharp s sounds are taken down in the finished video."""
    edit: SourceFile | None = None
    """What an editor made of it, as OpenTimelineIO; None: it is cut by what is heard."""
    version: VersionKind | None = None
    """As what it belongs to another recording; None: it is a film of its own."""
    versions: tuple[VideoSource, ...] = ()
    """The same film told for others, each kind once; empty for a version."""

    def __post_init__(self) -> None:
        """Refuse a recording without a file."""
        if not self.footage:
            msg = f"expected at least one file of footage for `{self.id}`, got none"
            raise ValueError(msg)

    @property
    def name(self) -> str:
        """How its author knows it: the name of its first file."""
        return self.footage[0].name

    @property
    def told_for(self) -> VersionKind:
        """For whom it tells another recording again.

        Raises:
            ValueError: It is a film of its own.
        """
        if self.version is None:
            msg = f"expected a version, got the film `{self.name}`"
            raise ValueError(msg)
        return self.version


@dataclass(frozen=True, slots=True)
class Document:
    """A file offered for download."""

    title: str
    source: SourceFile


@dataclass(frozen=True, slots=True)
class Service:
    """Everything the author said about one service."""

    id: str
    """``^[a-z0-9]+(-[a-z0-9]+)*$``, 2 to 64 characters: folder, page and link."""
    title: str
    summary: str | None
    language: str
    """BCP 47 tag of the words."""
    audience: str | None
    status: ServiceStatus | None
    owner: str | None
    reviewed: dt.date | None
    review_by: dt.date | None
    liaison: Person | None
    support: Support | None
    survey: str | None
    """An https address, or None."""
    glossary: tuple[GlossaryTerm, ...]
    measures: tuple[Measure, ...]
    milestones: tuple[Milestone, ...]
    sections: tuple[Section, ...]
    videos: tuple[VideoSource, ...]
    documents: tuple[Document, ...]
    notice: Notice | None = None

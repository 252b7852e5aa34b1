"""Everything a template may see, and nothing else.

Links are relative to the page that shows them, so that a site opens from any folder. Times are
in the finished video. `*_html` fields are safe HTML made by us; all other text is plain and
escaped by the template engine.
"""

from __future__ import annotations

from dataclasses import dataclass

from ebrochure.model.brand import Roles
from ebrochure.model.captions import Chapter, Cue, Track
from ebrochure.model.service import (
    GlossaryTerm,
    Measure,
    ServiceStatus,
    Support,
)


@dataclass(frozen=True, slots=True)
class PageTrack:
    """One text track as the player offers it."""

    href: str
    track: Track
    vtt: str
    """The WebVTT file's text, also carried inside the page for `file://`."""
    is_default: bool


@dataclass(frozen=True, slots=True)
class PageSlide:
    """One slide: picture, words, and the moment it is shown."""

    number: int
    href: str
    width: int
    height: int
    title: str
    alt: str
    text: str
    shown_at_ms: int | None
    """None: never shown in the video."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A further file of a video."""

    href: str
    mime_type: str
    """With its codecs where a browser has to ask itself whether it can play them."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PageThumbnails:
    """Small pictures along the timeline: a WebVTT file that says which piece of the sheet is when."""

    href: str
    vtt: str
    """The WebVTT file's text."""
    sheet_href: str


@dataclass(frozen=True, slots=True)
class PageVideo:
    """One finished video."""

    id: str
    title: str
    href: str
    mime_type: str
    poster_href: str
    width: int
    height: int
    duration_ms: int
    size_bytes: int
    tracks: tuple[PageTrack, ...]
    chapters: tuple[Chapter, ...]
    transcript: tuple[tuple[Cue, ...], ...]
    """Cues of the default track, a paragraph a tuple."""
    slides: tuple[PageSlide, ...]
    speaker_name: str | None
    speaker_role: str | None
    provenance: str
    """One sentence: where the captions come from and who has read them."""
    is_draft: bool
    """The captions were made by a machine and nobody has signed them."""
    is_silent: bool
    """Nobody speaks in it."""
    smaller: PageFile | None = None
    """The same video with fewer lines, for small screens and slow networks."""
    av1: PageFile | None = None
    """The same video in AV1, for browsers that play it."""
    sound: PageFile | None = None
    """The sound alone."""
    thumbnails: PageThumbnails | None = None


@dataclass(frozen=True, slots=True)
class PageSection:
    """One section of the author's words."""

    anchor: str
    heading: str
    body_html: str


@dataclass(frozen=True, slots=True)
class PageMilestone:
    """Something planned or done, with its date as it is read."""

    date: str
    """``March 2027``."""
    iso_date: str
    """``2027-03``, for machines."""
    title: str
    status: str | None


@dataclass(frozen=True, slots=True)
class PageLiaison:
    """Whom to ask."""

    name: str
    role: str | None
    email: str | None
    photo_href: str | None


@dataclass(frozen=True, slots=True)
class PageDownload:
    """A file to take away."""

    href: str
    label: str
    kind: str
    """``MP4``, ``PDF``, ``VTT``."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What every page of the site shares."""

    organisation: str
    legal: str | None
    language: str
    logo_href: str | None
    logo_dark_href: str | None
    typeface_family: str
    light: Roles
    dark: Roles
    root_href: str
    """Link from this page to the site's root: ``""`` or ``../``."""
    noindex: bool = False
    """Ask search engines to stay away."""
    is_preview: bool = False
    """A quick look, and not the real thing."""


@dataclass(frozen=True, slots=True)
class Page:
    """One service's brochure."""

    frame: SiteFrame
    id: str
    title: str
    summary: str | None
    language: str
    direction: str
    """``ltr`` or ``rtl``."""
    audience: str | None
    status: ServiceStatus | None
    owner: str | None
    reviewed: str | None
    """Date as it is read, ``1 October 2026``."""
    review_by: str | None
    review_overdue: bool
    videos: tuple[PageVideo, ...]
    sections: tuple[PageSection, ...]
    measures: tuple[Measure, ...]
    milestones: tuple[PageMilestone, ...]
    glossary: tuple[GlossaryTerm, ...]
    liaison: PageLiaison | None
    support: Support | None
    survey: str | None
    downloads: tuple[PageDownload, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One service on the index."""

    id: str
    title: str
    summary: str | None
    audience: str | None
    status: ServiceStatus | None
    href: str
    poster_href: str | None
    duration_ms: int
    """Length of all its videos."""
    language: str = "en"
    """BCP 47 tag of its words."""
    direction: str = "ltr"
    poster_width: int = 0
    """Pixels; 0 where there is no poster."""
    poster_height: int = 0


@dataclass(frozen=True, slots=True)
class IndexLetter:
    """The services whose titles begin with one letter."""

    letter: str
    """``A``, or ``#`` for what begins with none."""
    anchor: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The front page."""

    frame: SiteFrame
    entries: tuple[IndexEntry, ...]
    """What is there before what is planned, each by title."""
    letters: tuple[IndexLetter, ...] = ()
    """The same by title, for more services than pictures help with; empty where there are few."""
    audiences: tuple[str, ...] = ()
    """Every audience once, in order."""
    statuses: tuple[ServiceStatus, ...] = ()
    """Every status that a service has, in order of a life."""
    search_version: str = ""
    """Changes with the search's files, so that no browser mixes those of two releases; empty: no search."""

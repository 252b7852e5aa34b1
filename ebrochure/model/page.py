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
    MilestoneState,
    NoticeKind,
    ServiceStatus,
    Support,
    VersionKind,
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
    lines: tuple[str, ...]
    """What it shows, line by line: title, the author's description, words."""
    shown_at_ms: int | None
    """None: never shown in the video."""


@dataclass(frozen=True, slots=True)
class PagePassage:
    """A piece of the descriptive transcript: what comes on at a moment, and what is said from then on."""

    start_ms: int
    chapter: str | None
    """Title of the chapter that begins here."""
    slides: tuple[PageSlide, ...]
    """Those that come on here."""
    cues: tuple[Cue, ...]
    """Of the default track; empty where nobody speaks before the following passage."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A further file of a video."""

    href: str
    mime_type: str
    """With its codecs where a browser has to ask itself whether it can play them."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PageVersion:
    """A film told for others: its captions, chapters and transcript are the film's."""

    kind: VersionKind
    href: str
    mime_type: str
    size_bytes: int
    page_href: str
    """The page that shows it alone, with its captions, where no script runs."""
    smaller: PageFile | None = None
    """The same with fewer lines, for small screens and slow networks."""


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
    transcript_language: str
    """BCP 47 tag; not always the page's."""
    passages: tuple[PagePassage, ...]
    """The descriptive transcript: the same cues, with chapters and slides where they belong."""
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
    descriptions: PageTrack | None = None
    """What slides show and nobody says, to be read out; None: all of it is said."""
    versions: tuple[PageVersion, ...] = ()
    """Described and signed, where somebody made them."""


@dataclass(frozen=True, slots=True)
class PageSection:
    """One section of the author's words."""

    anchor: str
    heading: str
    body_html: str
    """A term of the glossary is followed, where it is first used, by its meaning in an element
    with a `popover` attribute: no part of the sentence."""


@dataclass(frozen=True, slots=True)
class PageNotice:
    """What everybody should know at once."""

    text: str
    kind: NoticeKind | None


@dataclass(frozen=True, slots=True)
class PageChart:
    """A measure drawn as a bar, its target as a mark; both as shares of the scale, from 0 to 1."""

    value: float
    target: float | None
    scale_end: str
    """The number at the end of the scale as it is read; at its start is 0."""


@dataclass(frozen=True, slots=True)
class PageMeasure:
    """A figure the service is held to, as it is read."""

    label: str
    value: str
    unit: str | None
    target: str | None
    chart: PageChart | None
    """None: the figure is no number, or below 0."""


@dataclass(frozen=True, slots=True)
class PageMilestone:
    """Something planned or done, with its date as it is read."""

    date: str
    """``March 2027``."""
    iso_date: str
    """``2027-03``, for machines."""
    title: str
    status: str | None
    """The author's own words, where they are none of `state`."""
    state: MilestoneState | None
    is_past: bool
    """Its day or month was over when the page was made."""


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
    font_hrefs: tuple[str, ...]
    """Its regular and its bold letters, which a browser should fetch before it has read the looks."""
    light: Roles
    dark: Roles
    root_href: str
    """Link from this page to the site's root: ``""`` or ``../``."""
    noindex: bool = False
    """Ask search engines to stay away."""
    is_preview: bool = False
    """A quick look, and not the real thing."""
    address: str | None = None
    """Where the site's root will be, ``https://brochures.example.org/``; None: nobody knows, so nothing is
    written that has to say it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One service's brochure."""

    frame: SiteFrame
    id: str
    title: str
    summary: str | None
    summary_html: str | None
    """The summary with terms of the glossary explained, as in `PageSection.body_html`."""
    language: str
    direction: str
    """``ltr`` or ``rtl``."""
    audience: str | None
    status: ServiceStatus | None
    notice: PageNotice | None
    owner: str | None
    reviewed: str | None
    """Date as it is read, ``1 October 2026``."""
    review_by: str | None
    review_overdue: bool
    videos: tuple[PageVideo, ...]
    sections: tuple[PageSection, ...]
    measures: tuple[PageMeasure, ...]
    milestones: tuple[PageMilestone, ...]
    """By date."""
    glossary: tuple[GlossaryTerm, ...]
    liaison: PageLiaison | None
    support: Support | None
    survey: str | None
    downloads: tuple[PageDownload, ...]
    reviewed_on: str | None = None
    """The day of `reviewed` for machines, ``2026-10-01``."""
    transcript_href: str | None = None
    """The page that holds every video's transcript; None: there is nothing to read."""


@dataclass(frozen=True, slots=True)
class FeedTrack:
    """One text track as feeds tell of it."""

    href: str
    """From the service's folder, as every link here."""
    language: str


@dataclass(frozen=True, slots=True)
class FeedVideo:
    """One finished video as feeds tell of it: kept with its release, where the page is carried over too."""

    id: str
    title: str
    href: str
    mime_type: str
    size_bytes: int
    poster_href: str
    embed_href: str
    duration_ms: int
    tracks: tuple[FeedTrack, ...]
    sound: PageFile | None
    chapters_href: str | None
    """Its chapters as a podcast's JSON; None: it has none, or no sound to go with them."""


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
    notice: NoticeKind | None = None
    """None: there is nothing to warn of."""
    reviewed_on: str | None = None
    """Day on which somebody last stood by it, ``2026-10-01``."""
    videos: tuple[FeedVideo, ...] = ()


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

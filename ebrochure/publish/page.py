"""From a service and its finished videos to a `Page`: pure, and all a template will ever see.

A service's folder in the site::

    <service>/index.html  transcript.html  embed-<video>.html  oembed-<video>.json
    <service>/described-<video>.html  sign-<video>.html
    <service>/media/<video>.mp4  <video>.jpg  <video>.<language>.vtt  <video>.<language>.descriptions.vtt
    <service>/media/<video>.described.mp4  <video>.sign.mp4
    <service>/media/<video>.720p.mp4  <video>.av1.mp4  <video>.m4a  <video>.sprite.jpg  <video>.sprite.vtt
    <service>/media/<video>.chapters.json
    <service>/slides/<video>-<number>.png
    <service>/documents/<name>.pdf
    <service>/liaison.png
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.model.captions import TrackKind
from ebrochure.model.media import NO_OFFERS
from ebrochure.model.page import (
    Index,
    IndexLetter,
    Page,
    PageLiaison,
    PageNotice,
    PageSlide,
    PageTrack,
    PageVersion,
    PageVideo,
    SiteFrame,
)
from ebrochure.model.service import ServiceStatus
from ebrochure.publish.dates import day_as_read, direction_of
from ebrochure.publish.downloads import document_downloads, video_downloads
from ebrochure.publish.entries import entry_of
from ebrochure.publish.glossary import Explainer
from ebrochure.publish.markdown import is_safe_link
from ebrochure.publish.measures import measure_as_read
from ebrochure.publish.milestones import timeline
from ebrochure.publish.offers import place_offers, place_smaller
from ebrochure.publish.places import Placed, Places, version_href
from ebrochure.publish.sections import page_sections
from ebrochure.publish.transcript import passages, slide_lines
from ebrochure.publish.words import provenance_sentence, words_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ebrochure.model.brand import Brand
    from ebrochure.model.captions import Chapter, Cue, Track
    from ebrochure.model.media import Offers, Poster, Rendition
    from ebrochure.model.page import IndexEntry
    from ebrochure.model.service import Notice, Person, Service, Slide, VersionKind, VideoSource

TRANSCRIPT = "transcript.html"
_EMAIL = re.compile(r"[^\s@?&#<>\"':/]+@[^\s@?&#<>\"':/]+")
_PICTURED = 24
"""With more services than this, the front page is a list by letter: nobody looks through forty pictures."""
_OFFERED = (TrackKind.CAPTIONS, TrackKind.SUBTITLES)


@dataclass(frozen=True, slots=True)
class FinishedTrack:
    """One text track, ready to be served."""

    track: Track
    """In the finished video's time."""
    vtt: str
    """The same as a WebVTT file."""


@dataclass(frozen=True, slots=True)
class FinishedSlide:
    """One slide, drawn."""

    slide: Slide
    picture: Path
    """PNG or JPEG of ours."""
    width: int
    height: int
    shown_at_ms: int | None
    """In the finished video's time; None: never shown."""


@dataclass(frozen=True, slots=True)
class FinishedVersion:
    """A film told for others, with the film's own times."""

    kind: VersionKind
    rendition: Rendition
    size_bytes: int
    """Of the rendition's file."""
    smaller: Rendition | None = None
    """The rung below; None: there is none."""


@dataclass(frozen=True, slots=True)
class FinishedVideo:
    """One recording, all its parts made; every time is in the finished video."""

    source: VideoSource
    rendition: Rendition
    size_bytes: int
    """Of the rendition's file."""
    poster: Poster
    tracks: tuple[FinishedTrack, ...]
    """Captions first in the order they are offered; the service's language becomes the default."""
    chapters: tuple[Chapter, ...]
    transcript: tuple[tuple[Cue, ...], ...]
    """Cues of the default track, a paragraph a tuple."""
    slides: tuple[FinishedSlide, ...]
    is_silent: bool
    """Nobody speaks in it."""
    offers: Offers = NO_OFFERS
    """What there is beside the rendition."""
    descriptions: FinishedTrack | None = None
    """What slides show and nobody says; None: there is nothing to add."""
    versions: tuple[FinishedVersion, ...] = ()
    """The same film told for others, each kind once."""


@dataclass(frozen=True, slots=True)
class Brochure:
    """One service, ready to be published."""

    page: Page
    entry: IndexEntry
    files: tuple[Placed, ...]


def build_page(
    service: Service,
    brand: Brand,
    videos: Sequence[FinishedVideo],
    *,
    today: dt.date,
    noindex: bool = False,
    is_preview: bool = False,
    address: str | None = None,
) -> Brochure:
    """Decide everything that a service's page says, and which files it needs where.

    Args:
        service: What the author said.
        brand: Who publishes.
        videos: The finished videos, in the author's order.
        today: Tells what is over, and whether the review is overdue.
        noindex: Ask search engines to stay away.
        is_preview: Say that this is a quick look and not the real thing.
        address: Where the site's root will be; None: not known.
    """
    words = words_for(service.language)
    places = Places()
    shown = tuple(_video(item, service.language, places) for item in videos)
    glossary = tuple(sorted(service.glossary, key=lambda item: item.term.casefold()))
    explainer = Explainer(glossary)
    page = Page(
        frame=site_frame(brand, root_href="../", noindex=noindex, is_preview=is_preview, address=address),
        id=service.id,
        title=service.title,
        summary=service.summary,
        summary_html=None if service.summary is None else explainer.plain(service.summary),
        language=service.language,
        direction=direction_of(service.language),
        audience=service.audience,
        status=service.status,
        notice=_notice(service.notice, today),
        owner=service.owner,
        reviewed=day_as_read(service.reviewed, service.language),
        review_by=day_as_read(service.review_by, service.language),
        review_overdue=service.review_by is not None and service.review_by < today,
        videos=shown,
        sections=page_sections(
            service.sections,
            taken=(f"video-{video.id}" for video in shown),
            explainer=explainer,
            words=words,
        ),
        measures=tuple(measure_as_read(item, service.language) for item in service.measures),
        milestones=timeline(service.milestones, service.language, today),
        glossary=glossary,
        liaison=None if service.liaison is None else _liaison(service.liaison, places),
        support=None
        if service.support is None
        else replace(service.support, url=_web_address(service.support.url)),
        survey=_web_address(service.survey),
        downloads=(*video_downloads(shown, words), *document_downloads(service.documents, places)),
        reviewed_on=None if service.reviewed is None else service.reviewed.isoformat(),
        transcript_href=TRANSCRIPT if any(video.passages for video in shown) else None,
    )
    return Brochure(page, entry_of(page), tuple(places.files))


def build_index(
    brand: Brand,
    entries: Iterable[IndexEntry],
    *,
    search_version: str = "",
    noindex: bool = False,
    is_preview: bool = False,
    address: str | None = None,
) -> Index:
    """Decide the front page: what is there comes before what is planned, by title.

    Args:
        brand: Who publishes.
        entries: Every service, in any order.
        search_version: Of the search's files; empty where there are none.
        noindex: Ask search engines to stay away.
        is_preview: Say that this is a quick look and not the real thing.
        address: Where the site's root will be; None: not known.
    """
    order = (ServiceStatus.LIVE, None, ServiceStatus.PLANNED, ServiceStatus.RETIRING)
    ranked = sorted(entries, key=lambda entry: (order.index(entry.status), entry.title.casefold(), entry.id))
    return Index(
        frame=site_frame(brand, root_href="", noindex=noindex, is_preview=is_preview, address=address),
        entries=tuple(ranked),
        letters=_letters(ranked) if len(ranked) > _PICTURED else (),
        audiences=tuple(sorted({entry.audience for entry in ranked if entry.audience}, key=str.casefold)),
        statuses=tuple(status for status in ServiceStatus if any(entry.status == status for entry in ranked)),
        search_version=search_version,
    )


def _letters(entries: Iterable[IndexEntry]) -> tuple[IndexLetter, ...]:
    """Group services by the first letter of their titles, whatever marks it wears."""
    groups: dict[str, list[IndexEntry]] = {}
    for entry in sorted(entries, key=lambda entry: (_first_letter(entry.title), entry.title.casefold())):
        groups.setdefault(_first_letter(entry.title), []).append(entry)
    return tuple(
        IndexLetter(letter, f"letter-{number}", tuple(group))
        for number, (letter, group) in enumerate(groups.items(), 1)
    )


def _first_letter(title: str) -> str:
    first = unicodedata.normalize("NFKD", title.strip())[:1].upper()[:1]
    return first if first.isalpha() else "#"


def site_frame(
    brand: Brand,
    *,
    root_href: str,
    noindex: bool = False,
    is_preview: bool = False,
    address: str | None = None,
) -> SiteFrame:
    """Return what every page of the site shares, seen from a page `root_href` below the root."""
    return SiteFrame(
        organisation=brand.organisation,
        legal=brand.legal,
        language=brand.language,
        logo_href=None if brand.logo is None else f"{root_href}static/logo.png",
        logo_dark_href=None if brand.logo_dark is None else f"{root_href}static/logo-dark.png",
        typeface_family=brand.typeface.family,
        font_hrefs=tuple(
            f"{root_href}static/fonts/{weight}{path.suffix.lower()}"
            for weight, path in (("regular", brand.typeface.regular), ("bold", brand.typeface.bold))
        ),
        light=brand.light,
        dark=brand.dark,
        root_href=root_href,
        noindex=noindex,
        is_preview=is_preview,
        address=address,
    )


def _video(video: FinishedVideo, language: str, places: Places) -> PageVideo:
    name = video.source.id
    href = places.put(video.rendition.path, f"media/{name}.mp4")
    poster_href = places.put(video.poster.path, f"media/{name}{video.poster.path.suffix.lower()}")
    offered = [item for item in video.tracks if item.track.kind in _OFFERED]
    default = _default(offered, language)
    tracks = tuple(
        PageTrack(
            places.free(f"media/{name}.{item.track.language.lower()}.vtt"),
            item.track,
            item.vtt,
            is_default=item is default,
        )
        for item in offered
    )
    provenance = None if default is None else default.track.provenance
    beside = place_offers(video.offers, name, places)
    slides = tuple(_slide(item, name, language, places) for item in video.slides)
    speaker = video.source.speaker
    return PageVideo(
        id=name,
        title=video.source.title,
        href=href,
        mime_type=video.rendition.mime_type,
        poster_href=poster_href,
        width=video.rendition.width,
        height=video.rendition.height,
        duration_ms=video.rendition.duration_ms,
        size_bytes=video.size_bytes,
        tracks=tracks,
        chapters=video.chapters,
        transcript=video.transcript,
        transcript_language=language if default is None else default.track.language,
        passages=passages(video.transcript, video.chapters, slides),
        slides=slides,
        speaker_name=None if speaker is None else speaker.name,
        speaker_role=None if speaker is None else speaker.role,
        provenance="" if provenance is None else provenance_sentence(provenance, words_for(language)),
        is_draft=provenance is not None and provenance.is_draft,
        is_silent=video.is_silent,
        smaller=beside.smaller,
        av1=beside.av1,
        sound=beside.sound,
        thumbnails=beside.thumbnails,
        descriptions=None if video.descriptions is None else _descriptions(video.descriptions, name, places),
        versions=tuple(_version(item, name, places) for item in video.versions),
    )


def _version(item: FinishedVersion, name: str, places: Places) -> PageVersion:
    href = places.put(item.rendition.path, f"media/{name}.{item.kind}.mp4")
    return PageVersion(
        kind=item.kind,
        href=href,
        mime_type=item.rendition.mime_type,
        size_bytes=item.size_bytes,
        page_href=version_href(name, item.kind),
        smaller=None if item.smaller is None else place_smaller(item.smaller, f"{name}.{item.kind}", places),
    )


def _descriptions(item: FinishedTrack, name: str, places: Places) -> PageTrack:
    href = places.free(f"media/{name}.{item.track.language.lower()}.descriptions.vtt")
    return PageTrack(href, item.track, item.vtt, is_default=False)


def _default(tracks: Sequence[FinishedTrack], language: str) -> FinishedTrack | None:
    """Choose the captions that are on at first: the page's language, else the first there are."""
    main = language.lower().partition("-")[0]
    same = [item for item in tracks if item.track.language.lower().partition("-")[0] == main]
    return next(iter([*same, *tracks]), None)


def _slide(finished: FinishedSlide, video: str, language: str, places: Places) -> PageSlide:
    slide = finished.slide
    suffix = finished.picture.suffix.lower() or ".png"
    words = words_for(language)
    title = slide.title or words.slide.format(number=slide.number)
    return PageSlide(
        number=slide.number,
        href=places.put(finished.picture, f"slides/{video}-{slide.number:02d}{suffix}"),
        width=finished.width,
        height=finished.height,
        title=title,
        alt=slide.alt
        or (words.slide_titled.format(number=slide.number, title=slide.title) if slide.title else title),
        text=slide.text.strip(),
        lines=slide_lines(slide),
        shown_at_ms=finished.shown_at_ms,
    )


def _notice(notice: Notice | None, today: dt.date) -> PageNotice | None:
    """Show a notice up to its last day."""
    if notice is None or (notice.until is not None and notice.until < today):
        return None
    return PageNotice(notice.text, notice.kind)


def _liaison(person: Person, places: Places) -> PageLiaison:
    # Ingest draws every picture anew as PNG, whatever it was called.
    href = None if person.photo is None else places.put(person.photo.path, "liaison.png")
    email = person.email if person.email and _EMAIL.fullmatch(person.email) else None
    return PageLiaison(person.name, person.role, email, href)


def _web_address(url: str | None) -> str | None:
    """Let an https address through and nothing else, whoever checked it before."""
    return url if url and url.startswith("https://") and is_safe_link(url) else None

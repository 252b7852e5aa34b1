"""From finished brochures to the published site: everything decided, then written, then switched to.

::

    index.html   release.json   robots.txt
    feed.atom    podcast.rss    sitemap.xml
    static/      site.css  front.css  player.js  describe.js  versions.js  terms.js  search.js  filters.js
                 icon.svg
                 logo.png  logo-dark.png  cover.png  fonts/  search/
    <service>/   index.html, transcript.html, search.js and what its page needs (see `page`)
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.publish.cover import COVER, draw_cover
from ebrochure.publish.embedded import texts_beside
from ebrochure.publish.feeds import PODCAST, texts_for_machines
from ebrochure.publish.html import (
    render_front_stylesheet,
    render_icon,
    render_index,
    render_page,
    render_stylesheet,
    render_transcript,
    script,
)
from ebrochure.publish.page import build_index, site_frame
from ebrochure.publish.release import Current, Release, Releases, digest_of_text, released, told_plainly
from ebrochure.publish.search.files import SERVICE_FILE, Searchable, read_service_script, service_script
from ebrochure.publish.search.index import index_files
from ebrochure.publish.search.passages import Passage, PassageKind, passages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ebrochure.model.brand import Brand
    from ebrochure.model.page import IndexEntry
    from ebrochure.publish.page import Brochure

FRONT_LOOKS = "static/front.css"
"""What no page but the front page looks like."""
SCRIPTS = ("player.js", "describe.js", "versions.js", "terms.js", "search.js", "filters.js")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_CHARS = range(2, 65)
_RESERVED = frozenset({"static", "con", "prn", "aux", "nul"})
"""Our own folder, and names that Windows keeps for itself: a site may be copied there."""


@dataclass(frozen=True, slots=True)
class _Contents:
    """All of a site before a byte of it is written, by path in the release."""

    entries: dict[str, IndexEntry]
    passages: dict[str, tuple[Passage, ...]]
    """What can be found of each service."""
    texts: dict[str, bytes]
    """What we write ourselves; small."""
    files: dict[str, Path]
    """What is linked from the store, whose files never change, or from the current release."""


def publish_site(
    brochures: Sequence[Brochure],
    *,
    brand: Brand,
    renders: Path,
    templates: Path | None = None,
    keep_previous: Iterable[str] = (),
    noindex: bool = False,
    is_preview: bool = False,
    address: str | None = None,
) -> Path:
    """Publish a whole site in one step, and nothing at all when it would be what is published already.

    The caller holds the build's lock: one process publishes at a time.

    Args:
        brochures: Every service that is ready (`build_page`).
        brand: Who publishes.
        renders: Folder that holds `site` and `releases`.
        templates: Folder whose files replace our templates one by one.
        keep_previous: Ids of services that failed this time: each keeps the page it has, if it has one.
        noindex: Ask search engines to stay away.
        is_preview: Say that this is a quick look and not the real thing.
        address: Where the site's root will be; None: not known, and there are no feeds.

    Returns:
        The site's folder, `renders/site`: a link that a later release will turn.

    Raises:
        StoreError: The disk refuses; the published site is as it was.
        EbrochureError: `renders/site` is there and is not ours.
        ValueError: An id or a path would leave the release.
    """
    releases = Releases(renders)
    with told_plainly(renders):
        current = releases.current()
        releases.sweep()
        contents = _contents(brochures, brand, templates, current, set(keep_previous))
        index = build_index(
            brand,
            contents.entries.values(),
            search_version=_add_search(contents),
            noindex=noindex,
            is_preview=is_preview,
            address=address,
        )
        contents.texts["index.html"] = render_index(index, templates).encode()
        contents.texts.update(texts_for_machines(index, templates))
        if PODCAST in contents.texts:
            contents.texts[COVER] = draw_cover(brand)
        release = Release(contents.entries, released(contents.texts, contents.files, current))
        if current is None or current.release != release or not current.is_whole(contents.texts):
            releases.switch_to(release, contents.texts, contents.files)
    return releases.site


def carried_over(renders: Path, ids: Iterable[str]) -> tuple[str, ...]:
    """Return which of `ids` have a page in the current release, and so would keep it."""
    current = Releases(renders).current()
    return () if current is None else tuple(name for name in ids if name in current.release.services)


def _contents(
    brochures: Sequence[Brochure],
    brand: Brand,
    templates: Path | None,
    current: Current | None,
    keep_previous: set[str],
) -> _Contents:
    """Gather all but the front page."""
    contents = _Contents({}, {}, {}, {})
    for brochure in brochures:
        _add_brochure(contents, brochure, templates)
    if current is not None:
        for name in sorted(keep_previous & current.release.services.keys() - contents.entries.keys()):
            contents.entries[name] = current.release.services[name]
            contents.passages[name] = _published_passages(current, name)
            contents.files.update({href: current.folder / href for href in current.release.files_of(name)})
            path = f"{name}/{SERVICE_FILE}"
            if path not in contents.files:  # published before there was a search
                contents.texts[path] = service_script(name, contents.passages[name])
    texts, files = static_parts(brand, templates)
    contents.texts.update(texts)
    contents.files.update(files)
    return contents


def _add_brochure(contents: _Contents, brochure: Brochure, templates: Path | None) -> None:
    page = brochure.page
    if page.id in contents.entries:
        raise ValueError(f"expected each service once, got `{page.id}` twice")
    if not _ID.fullmatch(page.id) or len(page.id) not in _ID_CHARS or page.id in _RESERVED:
        raise ValueError(f"expected an id of small letters, figures and single hyphens, got `{page.id}`")
    contents.entries[page.id] = brochure.entry
    contents.passages[page.id] = passages_of(page)
    contents.texts[f"{page.id}/index.html"] = render_page(page, templates).encode()
    for href, text in texts_beside(page, templates).items():
        contents.texts[f"{page.id}/{href}"] = text
    if page.transcript_href is not None:
        contents.texts[f"{page.id}/{page.transcript_href}"] = render_transcript(page, templates).encode()
    contents.texts[f"{page.id}/{SERVICE_FILE}"] = service_script(page.id, contents.passages[page.id])
    for video in page.videos:
        for track in (*video.tracks, *filter(None, (video.descriptions,))):
            contents.texts[f"{page.id}/{track.href}"] = track.vtt.encode()
        if video.thumbnails is not None:
            contents.texts[f"{page.id}/{video.thumbnails.href}"] = video.thumbnails.vtt.encode()
    for placed in brochure.files:
        contents.files[f"{page.id}/{placed.href}"] = placed.source


def static_parts(brand: Brand, templates: Path | None) -> tuple[dict[str, bytes], dict[str, Path]]:
    """Return what all pages share, by path in the release: what we write, and the logos."""
    frame = site_frame(brand, root_href="")
    faces = (brand.typeface.regular, brand.typeface.bold)
    # The letters are theirs, not the store's: never linked.
    texts = {href: path.read_bytes() for href, path in zip(frame.font_hrefs, faces, strict=True)}
    texts["static/site.css"] = render_stylesheet(frame, templates).encode()
    texts[FRONT_LOOKS] = render_front_stylesheet(templates).encode()
    texts["static/icon.svg"] = render_icon(frame, templates).encode()
    texts |= {f"static/{name}": script(name, templates).encode() for name in SCRIPTS}
    logos = (("logo.png", brand.logo), ("logo-dark.png", brand.logo_dark))
    return texts, {f"static/{name}": logo.path for name, logo in logos if logo is not None}


def _add_search(contents: _Contents) -> str:
    """Add the index over all services and return its version."""
    files = index_files(
        Searchable(
            entry.id, entry.title, entry.href, entry.language, entry.direction, contents.passages[name]
        )
        for name, entry in contents.entries.items()
    )
    contents.texts.update(files)
    return digest_of_text(b"".join(files[name] for name in sorted(files)))[:8]


def _published_passages(current: Current, service: str) -> tuple[Passage, ...]:
    """Return what can be found of a service that is carried over; of an old release's, only its card."""
    with contextlib.suppress(OSError, ValueError):
        return read_service_script((current.folder / service / SERVICE_FILE).read_bytes())
    entry = current.release.services[service]
    card = ((PassageKind.TITLE, entry.title), (PassageKind.SUMMARY, entry.summary or ""))
    return tuple(Passage(kind, "", text) for kind, text in card if text)

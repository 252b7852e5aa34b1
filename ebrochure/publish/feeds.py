"""What the site tells feed readers and search engines: Atom, a podcast, a map of the site, `robots.txt`.

All of it is the same from build to build: no clock is asked, and the only days are those on which somebody
stood by a service (`reviewed`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ebrochure.publish.cover import COVER
from ebrochure.publish.html import is_heard, render_feed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ebrochure.model.page import Index, IndexEntry

ATOM, PODCAST, SITEMAP, ROBOTS = "feed.atom", "podcast.rss", "sitemap.xml", "robots.txt"
_NO_NEWS = "1970-01-01"
"""When an empty feed was last changed: the format wants a moment, and nobody has told one."""
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""What names of podcasts are made in. Source: podcast namespace, tag `guid`."""


def texts_for_machines(index: Index, templates: Path | None = None) -> dict[str, bytes]:
    """Return the files at the site's root that machines read, by name; few where its address is not known."""
    frame = index.frame
    texts: dict[str, str] = {}
    if frame.address is not None:
        dated = newest_first(entry for entry in index.entries if entry.reviewed_on is not None)
        day = dated[0].reviewed_on if dated else _NO_NEWS
        texts[ATOM] = render_feed(ATOM, index, templates, entries=dated, updated=day)
        if is_heard(index):
            texts[PODCAST] = render_feed(
                PODCAST,
                index,
                templates,
                entries=newest_first(index.entries),
                guid=podcast_guid(frame.address),
                mail_date=mail_date,
                cover=COVER,
            )
        if not frame.noindex:
            texts[SITEMAP] = render_feed(SITEMAP, index, templates)
    if frame.address is None or urlsplit(frame.address).path == "/":
        # Robots read it at a host's root and nowhere else.
        texts[ROBOTS] = robots(frame.address, noindex=frame.noindex)
    return {name: text.encode() for name, text in texts.items()}


def newest_first(entries: Iterable[IndexEntry]) -> tuple[IndexEntry, ...]:
    """Return services by the day somebody last stood by them, those without one last."""
    by_name = sorted(entries, key=lambda entry: entry.id)
    return tuple(sorted(by_name, key=lambda entry: entry.reviewed_on or "", reverse=True))


def robots(address: str | None, *, noindex: bool) -> str:
    """Say which files robots may read. Source: RFC 9309, section 2.2.

    A site that is to stay out of search engines lets them read its pages all the same: those say
    `noindex`, and only who has read that leaves them out. Films and papers cannot say it and are barred.
    """
    if noindex:
        return "User-agent: *\nAllow: /$\nAllow: /*/$\nAllow: /*.html$\nDisallow: /\n"
    return "User-agent: *\nAllow: /\n" + ("" if address is None else f"\nSitemap: {address}{SITEMAP}\n")


def podcast_guid(address: str) -> str:
    """Return the podcast's name, which is its own for ever. Source: podcast namespace, tag `guid`."""
    return str(uuid.uuid5(_PODCASTS, f"{address}{PODCAST}".partition("://")[2]))


def mail_date(day: str) -> str:
    """Return a day as RSS writes it, ``Thu, 01 Oct 2026 00:00:00 +0000``. Source: RSS 2.0, RFC 822."""
    return format_datetime(dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC))

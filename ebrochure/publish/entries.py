"""A service in brief: what the front page and the feeds tell of it, and a later release may carry over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.page import FeedTrack, FeedVideo, IndexEntry
from ebrochure.publish.places import chapters_href, embed_href

if TYPE_CHECKING:
    from ebrochure.model.page import Page, PageVideo


def entry_of(page: Page) -> IndexEntry:
    """Return a service in brief."""
    first = page.videos[0] if page.videos else None
    return IndexEntry(
        id=page.id,
        title=page.title,
        summary=page.summary,
        audience=page.audience,
        status=page.status,
        href=f"{page.id}/index.html",
        poster_href=None if first is None else f"{page.id}/{first.poster_href}",
        duration_ms=sum(video.duration_ms for video in page.videos),
        language=page.language,
        direction=page.direction,
        poster_width=0 if first is None else first.width,
        poster_height=0 if first is None else first.height,
        notice=None if page.notice is None else page.notice.kind,
        reviewed_on=page.reviewed_on,
        videos=tuple(_in_feeds(video) for video in page.videos),
    )


def _in_feeds(video: PageVideo) -> FeedVideo:
    return FeedVideo(
        id=video.id,
        title=video.title,
        href=video.href,
        mime_type=video.mime_type,
        size_bytes=video.size_bytes,
        poster_href=video.poster_href,
        embed_href=embed_href(video.id),
        duration_ms=video.duration_ms,
        tracks=tuple(FeedTrack(item.href, item.track.language) for item in video.tracks),
        sound=video.sound,
        chapters_href=chapters_href(video.id) if video.sound and video.chapters else None,
    )

"""What lies beside a service's page for machines: each video alone, how to frame it, its chapters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from ebrochure.publish.html import render_embedded
from ebrochure.publish.places import chapters_href, embed_href, oembed_href

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.page import Page, PageVideo

_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" allow="fullscreen" allowfullscreen loading="lazy">'
    "</iframe>"
)


def texts_beside(page: Page, templates: Path | None = None) -> dict[str, bytes]:
    """Return the files beside a service's page that machines read, by their names in its folder."""
    texts: dict[str, bytes] = {}
    for video in page.videos:
        texts[embed_href(video.id)] = render_embedded(page, video, templates).encode()
        for version in video.versions:
            texts[version.page_href] = render_embedded(page, video, templates, version=version).encode()
        if page.frame.address is not None:
            texts[oembed_href(video.id)] = _json(oembed(page, video, page.frame.address))
        if page.frame.address is not None and video.sound and video.chapters:
            texts[chapters_href(video.id)] = _json(podcast_chapters(video))
    return texts


def oembed(page: Page, video: PageVideo, address: str) -> dict[str, object]:
    """Say how a video is shown inside other pages. Source: oEmbed 1.0, section 2.3.4."""
    home = f"{address}{page.id}/"
    frame = _FRAME.format(f"{home}{embed_href(video.id)}", video.title, video.width, video.height)
    return {
        "version": "1.0",
        "type": "video",
        "title": video.title,
        "provider_name": page.frame.organisation,
        "provider_url": address,
        "author_name": video.speaker_name or page.frame.organisation,
        "author_url": home,
        "thumbnail_url": f"{home}{video.poster_href}",
        "thumbnail_width": video.width,
        "thumbnail_height": video.height,
        "width": video.width,
        "height": video.height,
        "html": str(frame),
    }


def podcast_chapters(video: PageVideo) -> dict[str, object]:
    """Return the chapters as players of podcasts read them. Source: podcast namespace, JSON chapters 1.2."""
    chapters = [{"startTime": item.time.start_ms / 1000, "title": item.title} for item in video.chapters]
    return {"version": "1.2.0", "chapters": chapters}


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"

"""What a page says to search engines of its videos: JSON-LD in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.service import VersionKind
from ebrochure.publish.places import embed_href

if TYPE_CHECKING:
    from ebrochure.model.captions import Chapter
    from ebrochure.model.page import Page, PageVideo

_SECOND_MS = 1000


def linked_data(page: Page) -> dict[str, object] | None:
    """Return a page's videos as schema.org knows them; None where there are none, or no address to give.

    Source: schema.org/VideoObject. Whoever reads it wants whole addresses.
    """
    if page.frame.address is None or not page.videos:
        return None
    home = f"{page.frame.address}{page.id}/"
    return {
        "@context": "https://schema.org",
        "@graph": [_video_object(page, video, home) for video in page.videos],
    }


def duration_text(duration_ms: int) -> str:
    """Return a length as machines read it, ``PT1H2M3S``. Source: ISO 8601-1, section 5.5.2."""
    minutes, seconds = divmod(round(duration_ms / _SECOND_MS), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0S")


def _video_object(page: Page, video: PageVideo, home: str) -> dict[str, object]:
    track = next((item.track for item in video.tracks if item.is_default), None)
    said = "\n\n".join(" ".join(cue.text for cue in paragraph) for paragraph in video.transcript)
    known: dict[str, object | None] = {
        "@type": "VideoObject",
        "@id": f"{home}#video-{video.id}",
        "name": video.title,
        "description": page.summary or video.title,
        "thumbnailUrl": f"{home}{video.poster_href}",
        # The day somebody last stood by it: the only one that is known and is the same in every build.
        "uploadDate": page.reviewed_on,
        "duration": duration_text(video.duration_ms),
        "contentUrl": f"{home}{video.href}",
        "embedUrl": f"{home}{embed_href(video.id)}",
        "encodingFormat": video.mime_type.partition(";")[0],
        "inLanguage": page.language if track is None else track.language,
        "transcript": said or None,
        "accessibilityFeature": _features(video) or None,
        "hasPart": [_clip(chapter, video, home) for chapter in video.chapters] or None,
        "publisher": {"@type": "Organization", "name": page.frame.organisation},
    }
    return {name: value for name, value in known.items() if value is not None}


def _features(video: PageVideo) -> list[str]:
    """Name what a video offers to whom.

    Source: Schema.org Accessibility Properties for Discoverability Vocabulary, accessibilityFeature.
    """
    kinds = {version.kind for version in video.versions}
    offered = {
        "captions": bool(video.tracks),
        "transcript": bool(video.transcript),
        "audioDescription": VersionKind.DESCRIBED in kinds,
        "signLanguage": VersionKind.SIGN in kinds,
    }
    return [name for name, is_there in offered.items() if is_there]


def _clip(chapter: Chapter, video: PageVideo, home: str) -> dict[str, object]:
    start_s = chapter.time.start_ms / _SECOND_MS
    return {
        "@type": "Clip",
        "name": chapter.title,
        "startOffset": start_s,
        "endOffset": min(chapter.time.end_ms, video.duration_ms) / _SECOND_MS,
        "url": f"{home}?t={start_s:g}#video-{video.id}",
    }

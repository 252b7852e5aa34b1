"""What a page offers to take away: its films in every form, their texts, the author's documents."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ebrochure.model.page import PageDownload
from ebrochure.publish.places import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.model.page import PageVideo
    from ebrochure.model.service import Document
    from ebrochure.publish.places import Places
    from ebrochure.publish.words import Words


def video_downloads(videos: Sequence[PageVideo], words: Words) -> Iterator[PageDownload]:
    """Yield the files of films that a page shows, each with what it is called."""
    for video in videos:
        yield PageDownload(video.href, video.title, "MP4", video.size_bytes)
        if video.smaller is not None:
            label = words.smaller_file.format(title=video.title)
            yield PageDownload(video.smaller.href, label, "MP4", video.smaller.size_bytes)
        for version in video.versions:
            label = words.version_title(version.kind).format(title=video.title)
            yield PageDownload(version.href, label, "MP4", version.size_bytes)
        if video.sound is not None:
            label = words.listen.format(title=video.title)
            yield PageDownload(video.sound.href, label, "M4A", video.sound.size_bytes)
        for item in video.tracks:
            label = words.captions_file.format(title=video.title, language=item.track.label)
            yield PageDownload(item.href, label, "VTT", len(item.vtt.encode()))
        if (described := video.descriptions) is not None:
            label = words.descriptions_file.format(title=video.title)
            yield PageDownload(described.href, label, "VTT", len(described.vtt.encode()))


def document_downloads(documents: Sequence[Document], places: Places) -> Iterator[PageDownload]:
    """Give the author's documents their places; yield them as they are offered."""
    for document in documents:
        name = slug(PurePosixPath(document.source.name).stem) or "document"
        href = places.put(document.source.path, f"documents/{name}.pdf")
        yield PageDownload(href, document.title, "PDF", document.source.size_bytes)

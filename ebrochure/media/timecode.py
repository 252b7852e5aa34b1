"""The time code that a camera wrote into a file: where editing programs begin to count its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 11
"""Letters of ``01:00:00;00``."""


def read_timecode(path: Path, demuxer: str) -> str | None:
    """Return the time code of a file's first frame, ``01:00:00:00``; None where it has none.

    Args:
        path: The file; only it is opened.
        demuxer: What its magic bytes said it is.
    """
    fences = {"protocol_whitelist": "file", "format_whitelist": demuxer}
    try:
        with av.open(f"file:{path.absolute()}", format=demuxer, container_options=fences) as container:
            tags: Any = (container.metadata, *(stream.metadata for stream in container.streams))
            # Matroska writes the names of its tags in capitals.
            codes = [code for some in tags for name, code in some.items() if name.lower() == "timecode"]
    except (av.error.FFmpegError, ValueError):
        return None
    return next((code for code in codes if len(code) == _LONGEST), None)

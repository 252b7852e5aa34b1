"""From a track to a caption file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.caption.formats.model import CaptionFormat
from ebrochure.caption.formats.segments import to_json
from ebrochure.caption.formats.srt import to_srt
from ebrochure.caption.formats.ttml import to_ttml
from ebrochure.caption.formats.webvtt import to_webvtt
from ebrochure.errors import MaterialError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ebrochure.model.captions import Track

_WRITERS: Mapping[CaptionFormat, Callable[[Track], str]] = {
    CaptionFormat.WEBVTT: to_webvtt,
    CaptionFormat.SRT: to_srt,
    CaptionFormat.TTML: to_ttml,
    CaptionFormat.JSON: to_json,
}

WRITABLE: tuple[CaptionFormat, ...] = tuple(_WRITERS)
"""The formats that `write_captions` writes."""


def write_captions(track: Track, to: CaptionFormat) -> str:
    """Return `track` as a file in the format `to`; what is written reads back with the same text and times.

    Speakers are kept in all of them but SRT, which has no place for them.

    Raises:
        MaterialError: `CAPTIONS_WRITE` where nobody but a meeting service writes that format.
    """
    if to not in _WRITERS:
        known = ", ".join(f"`{item}`" for item in WRITABLE)
        message = f"captions cannot be written as `{to}`: such files come out of meetings only"
        raise MaterialError.one("CAPTIONS_WRITE", message, hint=f"choose one of {known}")
    return _WRITERS[to](track)

"""The same words as `whisper` itself would write them: what our cues are compared with."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebrochure.model.transcript import Segment


def plain_webvtt(segments: Iterable[Segment]) -> str:
    """Return what `whisper --output_format vtt --word_timestamps True --max_line_width 37` makes of words.

    Two lines a cue, as its own options ask for; the writer is whisper's.
    """
    from whisper.utils import WriteVTT  # noqa: PLC0415, TID251  it brings torch along

    out = io.StringIO()
    options: dict[str, Any] = {"max_line_width": 37, "max_line_count": 2}
    found = {"language": "en", "segments": [_segment(item) for item in segments]}
    WriteVTT(".").write_result(found, out, options)
    return out.getvalue()


def _segment(segment: Segment) -> dict[str, Any]:
    words = [
        {"word": f" {word.text}", "start": word.time.start_ms / 1000, "end": word.time.end_ms / 1000}
        for word in segment.words
    ]
    time = segment.time
    return {
        "start": time.start_ms / 1000,
        "end": time.end_ms / 1000,
        "text": f" {segment.text}",
        "words": words,
    }

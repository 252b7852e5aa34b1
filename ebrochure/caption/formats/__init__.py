"""Captions as files: what people bring is read to the letter, what we write reads back the same.

One model (`model`), one module a format, one place that tells them apart (`reading`) and one that
writes them (`writing`). A new format is a module with ``read_x(text or lines, name) -> Reading``, a
line in `reading` that knows it by its content, and, if it is written, a line in `writing`.
"""

from ebrochure.caption.formats.decoding import decode_captions
from ebrochure.caption.formats.model import MAX_BYTES, MAX_MS, CaptionFile, CaptionFormat
from ebrochure.caption.formats.reading import parse_captions, read_caption_file, read_captions
from ebrochure.caption.formats.webvtt import timing_lines, to_webvtt
from ebrochure.caption.formats.writing import WRITABLE, write_captions

__all__ = [
    "MAX_BYTES",
    "MAX_MS",
    "WRITABLE",
    "CaptionFile",
    "CaptionFormat",
    "decode_captions",
    "parse_captions",
    "read_caption_file",
    "read_captions",
    "timing_lines",
    "to_webvtt",
    "write_captions",
]

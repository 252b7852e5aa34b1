"""The outermost boxes of an MP4: enough to see whether its end is missing and where its index is."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER_BYTES = 8
_MOST_BOXES = 100_000
_MOVIE_HEADER_BYTES = 40
_LONGEST_MS = 86_400_000
"""A header that states more than a day is wrong."""


@dataclass(frozen=True, slots=True)
class Box:
    """One outermost box."""

    kind: str
    start: int
    """Where its header begins, in bytes from the start of the file."""
    end: int
    """Where it ends by its own account, in bytes from the start of the file."""


def outer_boxes(file: BinaryIO) -> Iterator[Box]:
    """Yield the outermost boxes in order; what is no box of the film ends the list.

    Source: ISO/IEC 14496-12, section 4.2.
    """
    size = file.seek(0, os.SEEK_END)
    position = 0
    for _ in range(_MOST_BOXES):
        file.seek(position)
        header = file.read(_HEADER_BYTES + 8)
        if len(header) < _HEADER_BYTES or position >= size:
            return
        length, kind = struct.unpack(">I4s", header[:_HEADER_BYTES])
        if length == 1 and len(header) == _HEADER_BYTES + 8:  # the length is in the next eight bytes
            (length,) = struct.unpack(">Q", header[_HEADER_BYTES:])
        if length < _HEADER_BYTES or not (kind.isascii() and kind.isalnum()):
            return  # "to the end", or something that somebody appended
        yield Box(kind.decode("ascii"), position, position + length)
        position += length


def is_cut_short(file: BinaryIO) -> bool:
    """Tell whether the last box reaches beyond the end of the file, as after a recorder's crash."""
    size = file.seek(0, os.SEEK_END)
    return any(box.end > size for box in outer_boxes(file))


def is_fast_start(file: BinaryIO) -> bool:
    """Tell whether the index comes before the media, so that a browser can play while it loads."""
    kinds = [box.kind for box in outer_boxes(file)]
    return "moov" in kinds and "mdat" in kinds and kinds.index("moov") < kinds.index("mdat")


def length_ms_from_header(file: BinaryIO) -> int | None:
    """Return the length that the film's own header states, in milliseconds; None where it states none.

    It is what somebody wrote there, and good enough for a forecast only.
    Source: ISO/IEC 14496-12, section 8.2.2: `mvhd` comes first in `moov`.
    """
    index = next((box for box in outer_boxes(file) if box.kind == "moov"), None)
    if index is None:
        return None
    file.seek(index.start + _HEADER_BYTES)
    header = file.read(_MOVIE_HEADER_BYTES)
    if len(header) < _MOVIE_HEADER_BYTES or header[4:8] != b"mvhd":
        return None
    is_long = header[8] == 1
    timescale, duration = struct.unpack_from(">IQ" if is_long else ">II", header, 28 if is_long else 20)
    unknown = (1 << 64 if is_long else 1 << 32) - 1
    return (
        None if not timescale or duration in {0, unknown} else min(duration * 1000 // timescale, _LONGEST_MS)
    )

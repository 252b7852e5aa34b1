"""The outermost boxes of an MP4."""

from __future__ import annotations

import io
import struct

from hypothesis import given
from hypothesis import strategies as st

from ebrochure.media.boxes import Box, is_cut_short, is_fast_start, outer_boxes


def box(kind: bytes, size: int) -> bytes:
    return struct.pack(">I4s", size, kind) + bytes(size - 8)


def long_box(kind: bytes, size: int) -> bytes:
    return struct.pack(">I4sQ", 1, kind, size) + bytes(size - 16)


FILM = box(b"ftyp", 32) + box(b"moov", 100) + box(b"mdat", 200)


def test_boxes_are_listed_with_their_ends() -> None:
    assert list(outer_boxes(io.BytesIO(FILM))) == [Box("ftyp", 32), Box("moov", 132), Box("mdat", 332)]


def test_a_length_of_eight_bytes_is_read() -> None:
    assert list(outer_boxes(io.BytesIO(long_box(b"mdat", 64)))) == [Box("mdat", 64)]


def test_a_whole_file_is_not_cut_short() -> None:
    assert not is_cut_short(io.BytesIO(FILM))


def test_one_missing_byte_is_noticed() -> None:
    assert is_cut_short(io.BytesIO(FILM[:-1]))


def test_what_somebody_appended_is_no_part_of_the_film() -> None:
    assert not is_cut_short(io.BytesIO(FILM + bytes(4096) + b"PK\x03\x04"))


def test_fast_start_is_the_index_before_the_media() -> None:
    assert is_fast_start(io.BytesIO(FILM))
    assert not is_fast_start(io.BytesIO(box(b"mdat", 200) + box(b"moov", 100)))
    assert not is_fast_start(io.BytesIO(box(b"mdat", 200)))


@given(st.binary(max_size=2000))
def test_any_bytes_come_to_an_end(data: bytes) -> None:
    is_cut_short(io.BytesIO(data))

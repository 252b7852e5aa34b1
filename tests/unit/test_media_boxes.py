"""The outermost boxes of an MP4."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.media.boxes import Box, is_cut_short, is_fast_start, length_ms_from_header, outer_boxes


def box(kind: bytes, size: int) -> bytes:
    return struct.pack(">I4s", size, kind) + bytes(size - 8)


def long_box(kind: bytes, size: int) -> bytes:
    return struct.pack(">I4sQ", 1, kind, size) + bytes(size - 16)


FILM = box(b"ftyp", 32) + box(b"moov", 100) + box(b"mdat", 200)


def test_boxes_are_listed_with_their_places() -> None:
    assert list(outer_boxes(io.BytesIO(FILM))) == [
        Box("ftyp", 0, 32),
        Box("moov", 32, 132),
        Box("mdat", 132, 332),
    ]


def test_a_length_of_eight_bytes_is_read() -> None:
    assert list(outer_boxes(io.BytesIO(long_box(b"mdat", 64)))) == [Box("mdat", 0, 64)]


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


def film_header(timescale: int, duration: int, *, version: int = 0) -> bytes:
    times = struct.pack(">QQIQ" if version else ">IIII", 0, 0, timescale, duration)
    content = struct.pack(">B3x", version) + times + bytes(80)
    header = struct.pack(">I4s", 8 + len(content), b"mvhd") + content
    return box(b"ftyp", 32) + struct.pack(">I4s", 8 + len(header), b"moov") + header


@pytest.mark.parametrize("version", [0, 1])
def test_length_is_read_from_the_header_of_the_film(version: int) -> None:
    assert length_ms_from_header(io.BytesIO(film_header(1000, 61_500, version=version))) == 61_500
    assert length_ms_from_header(io.BytesIO(film_header(48_000, 24_000, version=version))) == 500


@pytest.mark.parametrize(
    "film", [b"", FILM, film_header(0, 10), film_header(1000, 0), film_header(1000, (1 << 32) - 1)]
)
def test_header_that_states_no_length_gives_none(film: bytes) -> None:
    assert length_ms_from_header(io.BytesIO(film)) is None


def test_length_of_more_than_a_day_is_not_believed() -> None:
    assert length_ms_from_header(io.BytesIO(film_header(1, 4_000_000_000))) == 86_400_000


@given(st.binary(max_size=200))
def test_any_bytes_after_a_header_of_a_film_are_survived(rest: bytes) -> None:
    length_ms_from_header(io.BytesIO(box(b"ftyp", 32) + struct.pack(">I4s", 120, b"moov") + rest))

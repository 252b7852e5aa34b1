"""What files are by their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.media.sniff import describe, sniff

MPEG_FRAME = b"\xff\xfb\x90\x64" + bytes(413)  # MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes
MPEG2_FRAME = b"\xff\xf3\x44\xc4" + bytes(92)  # MPEG-2 layer III, 32 kbit/s, 24 kHz: 96 bytes
ADTS_FRAME = b"\xff\xf1\x4c\x40\x01\x9f\xfc" + bytes(5)  # AAC-LC, 48 kHz: 12 bytes
TS_PACKET = b"\x47\x40\x11\x10" + bytes(184)


@pytest.mark.parametrize(
    ("head", "demuxer"),
    [
        (b"\0\0\0\x20ftypisom", "mov"),
        (b"\0\0\0\x14ftypqt  ", "mov"),
        (b"\0\0\x10\0moov\0\0\0\0", "mov"),
        (b"\x1a\x45\xdf\xa3\x42\x86", "matroska"),
        (b"\0\0\x01\xba\x21\0", "mpeg"),
        (b"FLV\x01\x05", "flv"),
        (b"OggS\0\x02", "ogg"),
        (b"fLaC\0", "flac"),
        (b"GIF89a\x40\x01", "gif"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
        (b"FORM\0\0\0\0AIFFCOMM", "aiff"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "asf"),
        (b"ID3\x04\0", "mp3"),
        (TS_PACKET * 5, "mpegts"),
        ((b"\0\0\0\0" + TS_PACKET) * 5, "mpegts"),
        (MPEG_FRAME * 5, "mp3"),
        (MPEG2_FRAME * 5, "mp3"),
        (ADTS_FRAME * 5, "aac"),
        (b"\xff\x00rubbish\xff" * 300 + MPEG_FRAME * 5, "mp3"),
    ],
)
def test_footage_is_known_by_its_first_bytes(head: bytes, demuxer: str) -> None:
    assert sniff(head) == demuxer


@pytest.mark.parametrize(
    "head",
    [
        b"#EXTM3U\n#EXT-X-VERSION:3\n",
        b"ffconcat version 1.0\nfile secret.mp4\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\n",
        b"<smil><body><video src='x'/></body></smil>",
        b"<?xml version='1.0'?><MPD>",
        b"[playlist]\nFile1=http://",
        b"\0\0\0\x20ftypheic",
        b"\0\0\0\x20ftypavif",
        b"MZ\x90\0",
        b"PK\x03\x04\x14\0",
        b"\x89PNG\r\n\x1a\n",
        b"",
        b"\0",
        TS_PACKET * 3,
        MPEG_FRAME * 3,
    ],
)
def test_what_points_elsewhere_or_holds_no_media_is_not_footage(head: bytes) -> None:
    assert sniff(head) is None


@given(st.binary(max_size=4096))
def test_anything_can_be_sniffed_and_described(head: bytes) -> None:
    sniff(head)
    describe(head)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "a web page (Sign in)"),
        (b"\xef\xbb\xbf  <html>", "a web page"),
        (b"#EXTM3U", "a playlist or a script that points at other files"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"MZ\x90", "a program"),
        (b"%PDF-1.7", "a PDF document"),
        (b"hello", None),
    ],
)
def test_what_is_no_footage_is_named_where_it_is_known(head: bytes, what: str | None) -> None:
    assert describe(head) == what

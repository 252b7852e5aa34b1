"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD_BYTES = 65_536
"""How much of a file `sniff` wants to see."""

_LEADS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "mov"),
    (4, b"moov", "mov"),
    (4, b"mdat", "mov"),
    (4, b"wide", "mov"),
    (4, b"free", "mov"),
    (4, b"skip", "mov"),
    (4, b"pnot", "mov"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"\x00\x00\x01\xba", "mpeg"),
    (0, b"FLV\x01", "flv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"caff\x00\x01", "caf"),
    (0, b"#!AMR", "amr"),
    (0, b"ID3", "mp3"),
)
_FORMS: dict[tuple[bytes, bytes], str] = {
    (b"RIFF", b"WAVE"): "wav",
    (b"RF64", b"WAVE"): "wav",
    (b"RIFF", b"AVI "): "avi",
    (b"FORM", b"AIFF"): "aiff",
    (b"FORM", b"AIFC"): "aiff",
}
"""First and third four bytes of the chunked formats."""

_STILL_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"))
"""Pictures in the same box format as MP4."""

_TS_PACKETS = ((188, 0), (192, 4), (204, 0))
"""Length of a transport stream's packet and where its sync byte is; 192: with a time code before it."""
_CHAIN = 4
"""Frames or packets in a row that make it no accident."""

_MPEG_BPS = {
    (1, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""kbit/s by version (2: with 2.5) and layer. Source: ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3."""
_MPEG_HZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Sample rates by the header's version bits: 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5."""

_NOT_MEDIA: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE), "a web page"),
    (
        re.compile(rb"\s*(#EXTM3U|ffconcat|\[playlist\]|<smil|<\?xml|<MPD|v=0\r?\n)", re.IGNORECASE),
        "a playlist or a script that points at other files",
    ),
    (re.compile(rb"PK[\x03\x05]\x04?"), "a zip archive or an office document"),
    (re.compile(rb"MZ|\x7fELF|#!/"), "a program"),
    (re.compile(rb"%PDF"), "a PDF document"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|BM|II\*\0|MM\0\*"), "a still picture"),
)
_TITLE = re.compile(rb"<title[^>]*>\s*([^<]{1,200}?)\s*</title", re.IGNORECASE)


def sniff(head: bytes) -> str | None:
    """Return the name of the ffmpeg demuxer for a file that starts with `head`; None: no footage we take.

    Only containers that hold their own media are known: nothing that points at other files.

    Args:
        head: Its first `HEAD_BYTES`, fewer where it is shorter; 16 bytes tell most formats.
    """
    if head[4:8] == b"ftyp" and head[8:12] in _STILL_BRANDS:
        return None
    for offset, magic, demuxer in _LEADS:
        if head.startswith(magic, offset):
            return demuxer
    form = _FORMS.get((head[:4], head[8:12]))
    if form is not None:
        return form
    if any(_is_transport_stream(head, length, offset) for length, offset in _TS_PACKETS):
        return "mpegts"
    return _bare_audio(head)


def describe(head: bytes) -> str | None:
    """Say what a file that is no footage seems to be, ``a web page (Sign in)``; None: no idea."""
    for pattern, name in _NOT_MEDIA:
        if pattern.match(head.removeprefix(b"\xef\xbb\xbf")):
            title = _TITLE.search(head) if name == "a web page" else None
            return f"{name} ({title[1].decode('utf-8', 'replace')})" if title else name
    return None


def _is_transport_stream(head: bytes, length: int, offset: int) -> bool:
    if len(head) < offset + length * _CHAIN:
        return False
    return all(head[offset + length * number] == 0x47 for number in range(_CHAIN))  # noqa: PLR2004  "G", 13818-1


def _bare_audio(head: bytes) -> str | None:
    """Find frames of AAC or MP3 in a row, also behind rubbish: recorders and mail leave some."""
    position = head.find(b"\xff")
    while position != -1:
        for demuxer, length_of in (("aac", _adts_length), ("mp3", _mpeg_length)):
            if _is_chain(head, position, length_of):
                return demuxer
        position = head.find(b"\xff", position + 1)
    return None


def _is_chain(head: bytes, position: int, length_of: Callable[[bytes], int]) -> bool:
    for _ in range(_CHAIN):
        length = length_of(head[position : position + 6])
        if not length:
            return False
        position += length
    return True


def _adts_length(header: bytes) -> int:
    """Return the length of the AAC frame with this header, 0 for none. Source: ISO/IEC 13818-7, 6.2."""
    if len(header) < 6 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0:  # noqa: PLR2004
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > 7 and header[2] >> 2 & 15 < 13 else 0  # noqa: PLR2004


def _mpeg_length(header: bytes) -> int:
    """Return the length of the MP3 frame with this header, 0 for none. Source: ISO/IEC 11172-3, 2.4.1.3."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:  # noqa: PLR2004
        return 0
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    rate, sample_rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer == 4 or rate in {0, 15} or sample_rate == 3:  # noqa: PLR2004
        return 0
    bps = 1000 * _MPEG_BPS[1 if version == 3 else 2, layer][rate - 1]  # noqa: PLR2004
    hz = _MPEG_HZ[version][sample_rate]
    if layer == 1:
        return (12 * bps // hz + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * bps // hz + padding  # noqa: PLR2004

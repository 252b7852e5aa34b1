"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING

from ebrochure.ingest.intake import open_beneath
from ebrochure.media.sniff import HEAD_BYTES, sniff

if TYPE_CHECKING:
    from pathlib import Path


# Accept what people call these files; what is in them decides.
FOOTAGE_SUFFIXES = (
    *(
        ".mp4",
        ".m4v",
        ".mov",
        ".mkv",
        ".webm",
        ".avi",
        ".mpg",
        ".mpeg",
        ".mts",
        ".m2ts",
        ".ts",
        ".wmv",
        ".flv",
    ),
    *(
        ".3gp",
        ".ogv",
        ".mp3",
        ".m4a",
        ".m4b",
        ".wav",
        ".aac",
        ".flac",
        ".ogg",
        ".oga",
        ".opus",
        ".wma",
    ),
    *(".aif", ".aiff", ".amr", ".caf"),
)
PICTURE_SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".svg"),
)
DECK_SUFFIXES = (".pptx", ".pdf", ".ppt", ".pps", ".ppsx", ".pptm", ".odp", ".key")

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})


class Kind(StrEnum):
    """What a file turned out to be."""

    FOOTAGE = "footage"
    PICTURE = "picture"
    HEIF = "HEIC picture"
    SVG = "SVG drawing"
    PDF = "PDF"
    ZIP = "zip package"
    OLD_OFFICE = "old or locked Office file"
    OTHER = "other"


def read_head(path: Path, name: str) -> bytes:
    """Return the first bytes of a file, links refused.

    Raises:
        MaterialError: The file cannot be opened.
    """
    with open_beneath(path, name) as descriptor:
        return os.read(descriptor, HEAD_BYTES)


def kind_of(head: bytes) -> Kind:
    """Tell what begins with `head`."""
    for kind, is_one in _SIGNS:
        if is_one(head):
            return kind
    return Kind.FOOTAGE if sniff(head) is not None else Kind.OTHER


def _is_picture(head: bytes) -> bool:
    starts = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
    return head.startswith(starts) or _is_bmp(head) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _is_bmp(head: bytes) -> bool:
    return head.startswith(b"BM") and head[6:10] == b"\0\0\0\0"


def _is_heif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS


def _is_svg(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return text.startswith(b"<svg") or (
        text.startswith((b"<?xml", b"<!doctype", b"<!--")) and b"<svg" in text
    )


_SIGNS = (
    (Kind.HEIF, _is_heif),
    (Kind.PICTURE, _is_picture),
    (Kind.PDF, lambda head: b"%PDF-" in head[:1024]),
    (Kind.ZIP, lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06"))),
    (Kind.OLD_OFFICE, lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    (Kind.SVG, _is_svg),
)

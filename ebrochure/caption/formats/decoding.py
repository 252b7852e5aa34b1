"""From the bytes of a caption file to its text."""

from __future__ import annotations

import codecs
import re

from ebrochure.caption.formats.model import MAX_BYTES
from ebrochure.caption.formats.plain import split_lines
from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level

_WINDOWS = "windows-1252"
_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŸŒœŠšŽž"
"""Western letters of windows-1252. Ð ð Þ þ Ý ý are left out: bytes that are them in Icelandic are other
letters in Turkish, Polish, Czech and Baltic files, which are more."""
_JOINERS = "\N{RIGHT SINGLE QUOTATION MARK}´·\N{SOFT HYPHEN}\N{EN DASH}\N{EM DASH}…/"
"""Signs that may stand between two letters."""
_FOREIGN = re.compile(
    rf"[{_LETTERS}]{{4}}"  # a word of letters beyond ASCII alone: Cyrillic or Greek
    rf"|(?<=[A-Za-z{_LETTERS}])[^\x00-\x7f{_LETTERS}{_JOINERS}]+(?=[A-Za-z{_LETTERS}])"  # signs inside a word
    r"|[\x80-\x9fÐðÞþÝý]"
)
_OFFICE = b"PK\x03\x04"


def decode_captions(data: bytes, *, name: str) -> str:
    """Return the text of a caption file in UTF-8, or in UTF-16 with its byte order mark.

    Raises:
        MaterialError: `CAPTIONS_TOO_LARGE`, `CAPTIONS_WORD` where it is an Office document, or
            `CAPTIONS_ENCODING` where it is in another encoding.
    """
    if len(data) > MAX_BYTES:
        message = f"`{name}` is {len(data) / 1e6:.0f} MB, captions are at most {MAX_BYTES // 10**6} MB"
        hint = "check that it is a caption file"
        raise MaterialError.one("CAPTIONS_TOO_LARGE", message, file=name, hint=hint)
    if data.startswith(_OFFICE):
        message = f"`{name}` is a Word document or a zip archive, and no caption file"
        hint = "in Teams or Stream, download the transcript as .vtt and not as .docx"
        raise MaterialError.one("CAPTIONS_WORD", message, file=name, hint=hint)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding, shown = ("utf-16", "UTF-16") if wide else ("utf-8-sig", "UTF-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"`{name}` is not {shown}: byte 0x{data[error.start]:02x} on line {line}"
        hint = "save it again with the encoding UTF-8"
        raise MaterialError.one("CAPTIONS_ENCODING", message, file=name, line=line, hint=hint) from error


def decode_leniently(data: bytes, *, name: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a caption file, in windows-1252 too where it can be nothing else.

    Western European files of old Windows programs are common, and no byte says what they are: what
    every byte makes there must be a plausible letter or sign where it stands.

    Raises:
        MaterialError: As `decode_captions` does.
    """
    try:
        return decode_captions(data, name=name), ()
    except MaterialError as error:
        text = _western(data)
        if text is None or error.findings[0].code != "CAPTIONS_ENCODING":
            raise
    line = next(at for at, row in enumerate(split_lines(text), start=1) if not row.isascii())
    word = next((word for word in text.split() if not word.isascii()), "\u00a0")
    message = f"`{name}` is not UTF-8; it was read as {_WINDOWS}, which makes `{word[:40]}` on line {line}"
    hint = "if that is wrong, save it again with the encoding UTF-8"
    return text, (Finding("CAPTIONS_ENCODING", Level.WARN, message, name, line, hint),)


def _western(data: bytes) -> str | None:
    """Return `data` as windows-1252, None where that is not what it is."""
    if b"\0" in data or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    try:
        text = data.decode(_WINDOWS)
    except UnicodeDecodeError:
        return None
    return None if _FOREIGN.search(text) else text

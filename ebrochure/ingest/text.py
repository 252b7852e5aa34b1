"""Text as it arrives from other people's editors: decoded, line ends made one, invisible characters out."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from pathlib import Path

MAX_TEXT_BYTES = 2_000_000

# What nobody types and what can forge a log line or turn a sentence round: C0 and C1 controls, zero
# width space, line and paragraph separators, bidi embeddings, overrides and isolates, noncharacters.
# Left alone: joiners and the plain direction marks, which Persian, Hindi, Hebrew and emoji need.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]",
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS_UTF8 = "open it in your editor and save it again with the encoding UTF-8"


def decode(data: bytes, *, file: str) -> str:
    r"""Return the text of `data` with ``\n`` line ends; UTF-8, or UTF-16 where a byte order mark says so.

    Raises:
        MaterialError: META_ENCODING.
    """
    bom, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1 if encoding == "utf-8" else None
        message = "this is not UTF-8 text: an older program or code page wrote it"
        raise MaterialError.one("META_ENCODING", message, file=file, line=line, hint=_SAVE_AS_UTF8) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        message = "there is a NUL byte here, which no text holds: the file is damaged or not UTF-8"
        raise MaterialError.one("META_ENCODING", message, file=file, line=line, hint=_SAVE_AS_UTF8)
    return text


def without_invisible(text: str) -> str:
    """Return `text` without control and bidi override characters."""
    return _INVISIBLE.sub("", text)


def clean(text: str, *, file: str) -> tuple[str, tuple[Finding, ...]]:
    """Take invisible characters out of `text` and say on which lines they were."""
    dirty = [number for number, line in enumerate(text.split("\n"), 1) if _INVISIBLE.search(line)]
    if not dirty:
        return text, ()
    where = "" if len(dirty) == 1 else f" (and on {len(dirty) - 1} more lines)"
    message = f"invisible control characters were taken out here{where}"
    hint = "type the words again instead of pasting them"
    return without_invisible(text), (
        Finding("META_CONTROL", Level.WARN, message, file=file, line=dirty[0], hint=hint),
    )


def one_line(text: str) -> str:
    """Return `text` with every run of white space made one space."""
    return " ".join(without_invisible(text).split())


def read_text(path: Path, *, file: str) -> str:
    """Return the words of a script or a caption file that was taken in, cleaned.

    Args:
        path: The file.
        file: How its author knows it.

    Raises:
        MaterialError: META_ENCODING, META_TOO_LONG.
    """
    if path.stat().st_size > MAX_TEXT_BYTES:
        message = f"`{file}` is far longer than anybody speaks"
        raise MaterialError.one("META_TOO_LONG", message, file=file, hint="check that it is the right file")
    return without_invisible(decode(path.read_bytes(), file=file))

"""Text to the letter: lines as a viewer reads them, and what no line may hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN_SPEAKERS = " / "
"""Joins the names where one cue holds the words of several."""

LINE_END = re.compile(r"\r\n|\r|\n")
"""Where lines end. Source: WebVTT, section 4.1; U+2028 and its like stay inside a line."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANK = " \t\r\n\f\v"
"""What a player strips and collapses; a no-break space is somebody's wish and stays."""


def split_lines(text: str) -> list[str]:
    """Return the lines of a file, its byte order mark and zero bytes taken care of."""
    return LINE_END.split(text.removeprefix("\ufeff").replace("\0", "\ufffd"))


def shown_lines(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that show anything, without the spaces around them."""
    lines = (writable(line, "").strip(_BLANK) for line in LINE_END.split(text))
    return tuple(line for line in lines if line.strip())


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one space, none around it."""
    return " ".join(writable(text, "").split())


def named(speakers: Iterable[str]) -> str | None:
    """Return the names of `speakers` as one, each once; None where none has a name."""
    return BETWEEN_SPEAKERS.join(dict.fromkeys(name for name in map(one_line, speakers) if name)) or None


def writable(text: str, instead: str = "\ufffd") -> str:
    """Return `text` with `instead` for control characters, halves of characters and non-characters."""
    return _UNWRITABLE.sub(instead, text)


def written_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines of a cue for writing: at least one, none empty, none with a line end in it."""
    parts = (writable(part) for line in lines for part in LINE_END.split(line))
    return [part for part in parts if part.strip()] or ["\u00a0"]

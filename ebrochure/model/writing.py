"""How text is written: how wide it is, where it has spaces, and what a clock shows."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x312F),  # radicals, CJK punctuation, kana, bopomofo
    (0x31A0, 0x9FFF),  # more of them, and Han
    (0xF900, 0xFAFF),
    (0xFF00, 0xFF9F),  # fullwidth and halfwidth forms; Hangul, which has spaces, is in neither
    (0x20000, 0x3FFFF),
)


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Return the width of `text` in columns: 2 for a wide East Asian sign, 0 for a combining mark."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def is_unspaced(char: str) -> bool:
    """Tell whether `char` belongs to a script that is written without spaces between words."""
    code = ord(char)
    return code >= _UNSPACED[0][0] and any(first <= code <= last for first, last in _UNSPACED)


def needs_space(left: str, right: str) -> bool:
    """Tell whether a space stands between `left` and `right` where they are written on one line."""
    return not (left and right and is_unspaced(left[-1]) and is_unspaced(right[0]))


def clock(moment_ms: int) -> str:
    """Return a moment or a length as a clock shows it: ``0:07``, ``1:02:30``."""
    minutes, seconds = divmod(moment_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def fine_clock(moment_ms: int) -> str:
    """Return a moment to a tenth of a second, to be found in a recording: ``0:07.4``, ``62:30.0``."""
    tenths = moment_ms // 100
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def joined(parts: Iterable[str]) -> str:
    """Return `parts` on one line, with spaces where their script has them."""
    line = ""
    for part in parts:
        line += f" {part}" if line and needs_space(line, part) else part
    return line

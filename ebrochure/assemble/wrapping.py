"""Where a text may be broken into lines, and how it is: pure, whatever measures the lines."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

import budoux
import regex

from ebrochure.assemble.faces import clusters

if TYPE_CHECKING:
    from collections.abc import Iterator

Measure = Callable[[str], float]
"""Returns how many pixels wide a line is."""

_MOST_SIGNS = 400
_NARROWER = 0.97
"""How much narrower each try is that makes lines equally long."""
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]")
"""Control characters, and marks that turn text round: a name must not reorder what is beside it."""
_JAPANESE = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_CHINESE = regex.compile(r"\p{Han}")
_THAI = regex.compile(r"\p{Thai}")


def tidy(text: str) -> str:
    """Return `text` as one line: accents on their letters, nothing that cannot be seen, single spaces.

    What no frame has room for is cut off before anything is measured.
    """
    shown = _UNSEEN.sub("", " ".join(text.split()))
    line = " ".join(unicodedata.normalize("NFC", shown).split())
    return line if len(line) <= _MOST_SIGNS else f"{line[:_MOST_SIGNS].rstrip()}…"


def wrap(text: str, width: float, measure: Measure) -> list[str] | None:
    """Return the lines that `text` makes, filling one after the other; None where a word is too wide."""
    return _filled(_pieces(text), width, measure)


def wrap_broken(text: str, width: float, measure: Measure) -> list[str]:
    """Return the lines that `text` makes where words that are too wide may be taken apart."""
    pieces = [part for piece in _pieces(text) for part in _broken(piece, width, measure)]
    return _filled(pieces, width, measure) or []


def balanced(text: str, width: float, measure: Measure, found: list[str]) -> list[str]:
    """Return as many lines as `found` has, but about equally long: no lonely last word."""
    narrow, best = width, found
    while len(found) > 1 and (narrow := narrow * _NARROWER) > 1:
        tried = wrap(text, narrow, measure)
        if tried is None or len(tried) > len(found):
            break
        best = tried
    return best


def shortened(line: str, width: float, measure: Measure) -> str:
    """Return `line` with an ellipsis, shortened until it fits."""
    parts = clusters(line)

    def shown(length: int) -> str:
        return "".join(parts[:length]).rstrip() + "…"

    return shown(_most_fitting(len(parts), shown, width, measure))


def _filled(pieces: list[str], width: float, measure: Measure) -> list[str] | None:
    """Return lines of whole pieces; None where a piece is too wide."""
    lines = [""]
    for piece in pieces:
        if measure((lines[-1] + piece).rstrip()) <= width:
            lines[-1] += piece
        elif lines[-1] and measure(piece.rstrip()) <= width:
            lines.append(piece)
        else:
            return None
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Return `text` in pieces between which a line may end, spaces at their ends.

    Scripts that put no spaces between words are broken between phrases.
    """
    found: list[str] = []
    for word in text.split(" "):
        found += _phrases(word)
        found[-1] += " "
    return found


def _phrases(word: str) -> list[str]:
    """Return the phrases of a word of a script without spaces, and any other word whole."""
    for script, pattern in (("ja", _JAPANESE), ("zh-hans", _CHINESE), ("th", _THAI)):
        if pattern.search(word):
            return list(_parser(script).parse(word)) or [word]
    return [word]


@cache
def _parser(language: str) -> budoux.Parser:
    """Return what finds the phrases of a language."""
    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "th": budoux.load_default_thai_parser,
    }
    return loaders[language]()


def _broken(piece: str, width: float, measure: Measure) -> Iterator[str]:
    """Yield a piece, taken apart where it is wider than a line; only what is a word gets hyphens."""
    rest, hyphen = piece, "-" if _takes_hyphens(piece.rstrip()) else ""
    while measure(rest.rstrip()) > width and len(parts := clusters(rest)) > 1:
        start = partial(_start, parts, hyphen)
        length = max(1, _most_fitting(len(parts) - 1, start, width, measure))
        yield start(length)
        rest = "".join(parts[length:])
    yield rest


def _start(parts: list[str], hyphen: str, length: int) -> str:
    """Return the first clusters of a word that is taken apart; a single letter gets no hyphen."""
    return "".join(parts[:length]) + hyphen * (length > 1)


def _most_fitting(most: int, start: Callable[[int], str], width: float, measure: Measure) -> int:
    """Return the greatest length from 0 to `most` at which `start` is no wider than `width`."""
    return bisect_right(range(1, most + 1), width, key=lambda length: measure(start(length)))


def _takes_hyphens(word: str) -> bool:
    """Tell whether a word is of a script that breaks its words with hyphens: those with capitals."""
    return word.isalpha() and word.lower() != word.upper()

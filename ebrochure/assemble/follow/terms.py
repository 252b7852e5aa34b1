"""What makes a word on a slide and a word that is said the same, in any language.

Words are compared by their first letters, without accents: `deletes` and `deleted` are one term, and no
stemmer has to know the language. A figure is a term both as figures and in words, for an engine writes
`ninety six` where a slide has `96 %`. Where a script has no spaces, two signs side by side are a term.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from ebrochure.model.writing import is_unspaced

STEM_CHARS = 5
"""Letters that count: a stemmer made for English does no better on the talks of `scripts/bench slides`."""
LEAST_CHARS = 2
LONGEST_FIGURE = 12
"""Digits of a figure that has a name."""
YEARS = range(1100, 2100)

_PIECE = re.compile(r"\d[\d.,:'\u202f]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)*")


def terms_of(text: str, language: str) -> tuple[str, ...]:
    """Return the terms of `text` in their order.

    Args:
        text: What is written or said.
        language: BCP 47 tag of the words that figures are said with.
    """
    return tuple(term for word in text.split() for term in _terms_of_word(word, language))


@lru_cache(maxsize=1 << 15)
def _terms_of_word(word: str, language: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", word).casefold()
    return tuple(
        term
        for piece in _PIECE.findall(plain)
        for term in (_figure(piece, language) if piece[0].isdecimal() else _word(piece))
    )


def _word(piece: str) -> tuple[str, ...]:
    """Return the term of a word, or those of a run of signs without spaces."""
    if is_unspaced(piece[0]):
        return tuple(map("".join, pairwise(piece))) or (piece,)
    bare = unicodedata.normalize("NFKD", re.split("['’]", piece)[0])
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return (letters[:STEM_CHARS],) if len(letters) >= LEAST_CHARS else ()


def _figure(piece: str, language: str) -> tuple[str, ...]:
    """Return a figure, and the words that it is said with."""
    figure = re.sub(r"[^\d.:]", "", piece)
    if not figure.isdecimal() or len(figure) > LONGEST_FIGURE:
        return (figure,)
    number = int(figure)
    said = _said(number, language, "cardinal") + _said(number, language, "year") * (number in YEARS)
    words = (term for word in re.findall(r"[^\W\d_]+", said) for term in _word(word.casefold()))
    return (figure, *dict.fromkeys(words))


def _said(number: int, language: str, way: str) -> str:
    """Return how a number is said, nothing where nobody knows."""
    from num2words import num2words  # noqa: PLC0415  many languages, and only slides with figures need them

    try:
        return f"{num2words(number, lang=language.replace('-', '_'), to=way)} "
    except (NotImplementedError, KeyError, IndexError, OverflowError):
        return ""

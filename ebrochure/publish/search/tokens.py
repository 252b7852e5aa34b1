"""From text to tokens and terms. `templates/search.js` takes text apart by the same rules."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex
import snowballstemmer
from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UNSPACED = r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]"
"""Written without spaces between words."""
_RUN = regex.compile(rf"(?P<unspaced>{_UNSPACED}+)|(?:(?!{_UNSPACED})[\p{{L}}\p{{N}}\p{{M}}])+")
_NOT_FOLDED = regex.compile(r"[^\p{L}\p{N}]")


def folded(word: str) -> str:
    """Return `word` without case, marks and signs: ``Straße`` and ``STRASSE`` become one."""
    plain = regex.sub(r"\p{M}", "", unicodedata.normalize("NFKD", word))
    # There and back, because JavaScript has no case folding: ß becomes ss in both languages.
    return _NOT_FOLDED.sub("", plain.upper().lower())


def tokens(text: str) -> Iterator[str]:
    """Take `text` apart into folded words; what is written without spaces, into overlapping pairs."""
    for run in _RUN.finditer(text):
        if run["unspaced"]:
            signs = [sign for sign in map(folded, run[0]) if sign]
            yield from (first + second for first, second in pairwise(signs))
            if len(signs) == 1:
                yield signs[0]
        elif token := folded(run[0]):
            yield token


@lru_cache(maxsize=64)
def stemmer(language: str) -> Callable[[str], str]:
    """Return what reduces a folded word of `language` to its stem; words of other languages stay as they are.

    Args:
        language: BCP 47 tag.
    """
    try:
        name = (Locale.parse(language.partition("-")[0].lower()).get_language_name("en") or "").lower()
    except (ValueError, UnknownLocaleError):
        name = ""
    algorithm = next(iter(name.split()), "")  # `norwegian bokmål` is stemmed as `norwegian`
    if algorithm not in snowballstemmer.algorithms():
        return str
    stem: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return lru_cache(maxsize=None)(lambda word: stem(word) or word)

"""An engine's words beside the script's: which is which, whatever either writes as a figure or a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.transcribe.anchors import find_anchors
from ebrochure.transcribe.sphinx import Heard
from ebrochure.transcribe.tokens import Token

if TYPE_CHECKING:
    from ebrochure.model.transcript import Word
    from ebrochure.transcribe.script import Script

Say = Callable[[Sequence[str]], Sequence[Sequence[str]]]
"""Turns written tokens, with their neighbours in view, into the words that each is said with."""

MATCHED_SHARE = 0.5
"""A token is matched where this share of its units is."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One spoken word, or one sign of a script without spaces, of a token or of an engine's word."""

    text: str
    owner: int
    """Index of the token or the engine's word."""
    start_ms: int = 0
    end_ms: int = 0


def match_words(
    tokens: Sequence[Token], words: Sequence[Word], say: Say
) -> tuple[tuple[Heard, ...], dict[int, int]]:
    """Match a script with what an engine wrote down.

    Both are taken apart into spoken words (`£7,500` and `7500 pounds` are the same), or into single signs
    where a language writes no spaces; what belongs to one token is put together again.

    Args:
        tokens: The script's.
        words: The engine's, in order of time.
        say: What a written token is said with; the words of either side go through it.

    Returns:
        The heard words, one for each matched token and each stranger, and the index of each token's.
    """
    rows = zip(tokens, say([token.text for token in tokens]), strict=True)
    ours = [
        _Unit(text, number)
        for number, (token, texts) in enumerate(rows)
        if token.key is not None
        for text in texts
    ]
    said = zip(words, say([word.text for word in words]), strict=True)
    theirs = [unit for number, (word, texts) in enumerate(said) for unit in _timed_units(number, word, texts)]
    pairs = find_anchors(
        [unit.text for unit in ours], [unit.text for unit in theirs], [len(unit.text) for unit in ours]
    )
    return _put_together(tokens, words, ours, theirs, pairs)


def plain_tokens(script: Script) -> tuple[tuple[Token, ...], Say]:
    """Return the tokens of a script in a language that no dictionary here has, and what they are compared by.

    That is whole words, or single signs where the script is written without spaces.
    """
    unspaced = any(_is_unspaced(char) for sentence in script.sentences for char in sentence.text)
    say = single_signs if unspaced else plain_words
    tokens = tuple(
        Token(text, number, " ".join(units) or None, sum(map(len, units)))
        for number, sentence in enumerate(script.sentences)
        for text, units in zip(sentence.text.split(), say(sentence.text.split()), strict=True)
    )
    return tokens, say


def _is_unspaced(char: str) -> bool:
    """Tell whether a character belongs to a script that puts no spaces between words."""
    return (char.isalpha() and unicodedata.east_asian_width(char) == "W") or "\u0e00" <= char <= "\u0eff"


def single_signs(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the letters and figures of each token, one by one."""
    folded = (unicodedata.normalize("NFKC", text).casefold() for text in texts)
    return [tuple(char for char in text if char.isalnum()) for text in folded]


def plain_words(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the words of each token as they are written, without case and marks."""
    folded = (unicodedata.normalize("NFKC", text).casefold() for text in texts)
    whole = (text.replace("\u2019", "").replace("'", "") for text in folded)
    return [tuple("".join(char if char.isalnum() else " " for char in text).split()) for text in whole]


def _timed_units(number: int, word: Word, texts: Sequence[str]) -> list[_Unit]:
    """Return the units of one of the engine's words, its time shared out among them."""
    start, length, count = word.time.start_ms, word.time.duration_ms, max(1, len(texts))
    return [
        _Unit(text, number, start + length * at // count, start + length * (at + 1) // count)
        for at, text in enumerate(texts)
    ]


def _put_together(
    tokens: Sequence[Token],
    words: Sequence[Word],
    ours: Sequence[_Unit],
    theirs: Sequence[_Unit],
    pairs: dict[int, int],
) -> tuple[tuple[Heard, ...], dict[int, int]]:
    """Make one heard word of all units matched with a token, and one of each of the engine's other words."""
    totals: dict[int, int] = {}
    matched: dict[int, list[_Unit]] = {}
    for at, unit in enumerate(ours):
        totals[unit.owner] = totals.get(unit.owner, 0) + 1
        if at in pairs:
            matched.setdefault(unit.owner, []).append(theirs[pairs[at]])
    kept = {token: units for token, units in matched.items() if len(units) >= MATCHED_SHARE * totals[token]}
    taken = {unit.owner for units in kept.values() for unit in units}
    keys = {unit.text: tokens[unit.owner].key or "" for unit in ours if totals[unit.owner] == 1}
    strangers = [unit for unit in theirs if unit.owner not in taken]
    rows: list[tuple[int, int | None, Heard]] = [
        (units[0].start_ms, token, _heard(tokens[token].key or "", units, words))
        for token, units in kept.items()
    ]
    rows += [
        (unit.start_ms, None, _heard(keys.get(unit.text, unit.text), [unit], words)) for unit in strangers
    ]
    rows.sort(key=lambda row: row[0])
    anchors = {token: place for place, (_, token, _) in enumerate(rows) if token is not None}
    return tuple(heard for _, _, heard in rows), anchors


def _heard(key: str, units: Sequence[_Unit], words: Sequence[Word]) -> Heard:
    start, end = units[0].start_ms, max(unit.end_ms for unit in units)
    return Heard(key, start, max(start + 1, end), words[units[0].owner].confidence)

"""Where a cue or a line may end: what each break between two words costs the reader.

Best first: after a sentence, after a comma or dash, before a conjunction, before a preposition.
Never between an article and its noun, the parts of a name, a title and a name, a number and its
unit, an auxiliary and its verb. No part of speech is guessed beyond short lists of words: they
decide well because the words that must not end a line are few and common.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ebrochure.caption.english import (
    ABBREVIATIONS,
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    COUNTED,
    DEGREES,
    NUMERALS,
    PREPOSITIONS,
    SUBJECTS,
    TITLES,
    UNITS,
)
from ebrochure.caption.words import after_quotes, bare, before_quotes

if TYPE_CHECKING:
    from ebrochure.caption.words import Token

SENTENCE, CLAUSE, COMMA, BREATH = 0.0, 3.0, 4.0, 4.0
CONJUNCTION, PREPOSITION, ANYWHERE = 8.0, 11.0, 16.0
LOOSE, NEVER = 28.0, 45.0
"""Costs of a break; `LOOSE` tears a phrase, `NEVER` tears what is read as one."""

_NUMBER = re.compile(r"[€£$]?\d[\d.,:/\u202f]*(?:st|nd|rd|th|%)?$")
_DASHES = ("\N{EM DASH}", "\N{EN DASH}", "--")
_STOPS = ("!", "?", "。", "\N{FULLWIDTH EXCLAMATION MARK}", "\N{FULLWIDTH QUESTION MARK}", "؟", "।")
_COMMAS = (",", "、", "\N{FULLWIDTH COMMA}", "،")


def ends_sentence(word: str, after: str | None) -> bool:
    """Tell whether a sentence ends with `word`, given the word after it (None: nothing)."""
    core = after_quotes(word)
    if core.endswith(_STOPS):
        return True
    if not core.endswith((".", "…")):
        return False
    if after is None:
        return True
    stem = before_quotes(core).rstrip(".…").casefold()
    # `Dr. Chen` and `J. Smith` go on; `No. 5` goes on, `No. I will not` does not.
    if core.endswith(".") and (stem in ABBREVIATIONS or (len(stem) == 1 and stem.isalpha() and stem != "i")):
        return stem == "no" and not after[:1].isdigit()
    return not before_quotes(after)[:1].islower()


def break_costs(
    tokens: tuple[Token, ...], *, language: str, glossary: tuple[str, ...] = ()
) -> tuple[float, ...]:
    """Return what a break before each token costs, one figure a token; the first is 0.

    Args:
        tokens: The words in order.
        language: BCP 47 tag; the lists of words are English, marks and numbers are everybody's.
    """
    english = language.casefold().split("-")[0] == "en"
    return tuple(0.0 if at == 0 else _cost(tokens, at, english=english) for at in range(len(tokens)))


def _cost(tokens: tuple[Token, ...], at: int, *, english: bool) -> float:
    left, right = tokens[at - 1], tokens[at]
    marked = _cost_of_marks(left, right)
    if marked is not None:
        return marked
    opens = at < 2 or ends_sentence(tokens[at - 2].text, left.text)  # noqa: PLR2004  a word before the left one
    cost = (
        _cost_of_words(left.text, right.text, opens=opens)
        if english
        else _cost_of_numbers(left.text, right.text)
    )
    # A speaker's own pause of a third of a second tears nothing apart that they had not torn already.
    return cost * 0.6 if right.start_ms - left.end_ms >= 350 else cost  # noqa: PLR2004


def _cost_of_marks(left: Token, right: Token) -> float | None:
    """Return the cost where punctuation or a segment decides, None where the words must."""
    if not bare(right.text):
        return NEVER  # a dash on its own belongs to the line before it
    if right.opens_segment and (left.from_script or ends_sentence(left.text, None)):
        return SENTENCE
    if ends_sentence(left.text, right.text):
        return SENTENCE
    core = after_quotes(left.text)
    if core.endswith((";", ":")):
        return CLAUSE
    if core.endswith((*_COMMAS, *_DASHES)) or core == "-":
        return COMMA
    return BREATH if right.opens_segment else None


def _cost_of_numbers(left: str, right: str) -> float:
    a, b = bare(left), bare(right)
    if a in TITLES and right[:1].isupper():
        return NEVER
    if _is_number(a) and (b in UNITS or _is_number(b)):
        return NEVER
    return ANYWHERE


def _cost_of_words(left: str, right: str, *, opens: bool) -> float:
    """Return the cost between two English words with no mark between them.

    Args:
        left: The word before the break.
        right: The word after it.
        opens: Whether `left` starts a sentence, so that its capital says nothing.
    """
    a, b = bare(left), bare(right)
    counted = a in COUNTED and _is_number(b)
    spelled = len(a) == len(b) == 1  # letters of an acronym as an engine writes them down: `p d f`
    if a in ARTICLES | AUXILIARIES or counted or spelled or _cost_of_numbers(left, right) == NEVER:
        return NEVER
    names = before_quotes(left)[:1].isupper() and before_quotes(right)[:1].isupper()
    if names and not opens and not {a, b} & {"i", "i'm", "i've", "i'll", "i'd"}:
        return NEVER
    joins = CONJUNCTIONS | PREPOSITIONS
    owner = a.endswith(("'s", "\N{RIGHT SINGLE QUOTATION MARK}s"))  # `beauty's rose`, `it's open`
    if owner or a in SUBJECTS | DEGREES | joins or (_is_number(a) and b not in joins | AUXILIARIES):
        return LOOSE
    if b in CONJUNCTIONS:
        return CONJUNCTION
    return PREPOSITION if b in PREPOSITIONS else ANYWHERE


def _is_number(word: str) -> bool:
    return word in NUMERALS or _NUMBER.match(word) is not None

"""Where a cue or a line may end: what each break between two words costs the reader.

Best first: after a sentence, after a comma or dash, before a conjunction, before a preposition.
Never between an article and its noun, the parts of a name, a title and a name, a number and its
unit, the words of a glossary term, an auxiliary and its verb. The words that say so are in the
`phrasebook` of the language; no part of speech is guessed beyond them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ebrochure.caption.phrasebook import TITLES, UNITS, phrasebook_for
from ebrochure.caption.words import after_quotes, bare, before_quotes

if TYPE_CHECKING:
    from ebrochure.caption.phrasebook import Phrasebook
    from ebrochure.caption.words import Token

SENTENCE, CLAUSE, COMMA, BREATH = 0.0, 3.0, 4.0, 4.0
CONJUNCTION, PREPOSITION, ANYWHERE = 8.0, 11.0, 16.0
INSIDE, LOOSE, NEVER = 26.0, 30.0, 45.0
"""Costs of a break; `INSIDE` may tear a phrase, `LOOSE` does, `NEVER` tears what is read as one."""

PHRASE_WORDS = 4
"""How many words after an article may still be of its phrase."""

PAUSED_MS, PAUSED = 350, 0.6
"""A speaker's own pause of a third of a second tears nothing apart that they had not torn already."""

_NUMBER = re.compile(r"[€£$¥]?[-+±]?\d[\d.,:/\u202f]*(?:st|nd|rd|th|%)?$")
_DASHES = ("\N{EM DASH}", "\N{EN DASH}", "--")
_STOPS = (
    "!",
    "?",
    "。",
    "\N{FULLWIDTH EXCLAMATION MARK}",
    "\N{FULLWIDTH QUESTION MARK}",
    "؟",
    "।",
    "۔",
    "։",
    "။",
    "។",
)
_COMMAS = (",", "、", "\N{FULLWIDTH COMMA}", "،")
_COLONS = (";", ":", "؛", "\N{FULLWIDTH SEMICOLON}", "\N{FULLWIDTH COLON}")
_ENDS = tuple(".,;:!?…")
_I = frozenset({"i", "i'm", "i've", "i'll", "i'd"})


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
    # `Dr. Chen` and `J. Smith` go on; `No. 5` goes on, `No. I will not` does not; nor does `3.` of a date.
    if core.endswith(".") and (_is_abbreviation(stem) or (len(stem) == 1 and stem.isalpha() and stem != "i")):
        return stem == "no" and not after[:1].isdigit()
    return not before_quotes(after)[:1].islower()


def _is_abbreviation(stem: str) -> bool:
    return stem in TITLES or any(
        stem in phrasebook_for(tag).abbreviations for tag in ("en", "de", "fr", "es")
    )


def break_costs(
    tokens: tuple[Token, ...], *, language: str, glossary: tuple[str, ...] = ()
) -> tuple[float, ...]:
    """Return what a break before each token costs, one figure a token; the first is 0.

    Args:
        tokens: The words in order.
        language: BCP 47 tag; marks, numbers and titles are everybody's, the rest is in its phrasebook.
        glossary: Terms whose words are never torn apart.
    """
    rules = _Rules(
        tokens, phrasebook_for(language), _inside_terms([token.text for token in tokens], glossary)
    )
    return tuple(0.0 if at == 0 else rules.cost(at) for at in range(len(tokens)))


def _inside_terms(texts: list[str], glossary: tuple[str, ...]) -> frozenset[int]:
    """Return the words that go on with a term of the glossary that the word before them is in."""
    plain = [bare(text) for text in texts]
    starts: dict[str, list[int]] = {}
    for at, word in enumerate(plain):
        starts.setdefault(word, []).append(at)
    found: set[int] = set()
    for term in glossary:
        words = [bare(word) for word in term.split()]
        for at in starts.get(words[0], []) if len(words) > 1 else []:
            said = plain[at : at + len(words)]
            # The last word may be in the plural: `service desks`.
            if (
                said[:-1] == words[:-1]
                and len(said) == len(words)
                and said[-1] in {words[-1], f"{words[-1]}s"}
            ):
                found.update(range(at + 1, at + len(words)))
    return frozenset(found)


class _Rules:
    """The words of one text beside what is known of them."""

    def __init__(self, tokens: tuple[Token, ...], book: Phrasebook, terms: frozenset[int]) -> None:
        self.tokens = tokens
        self.book = book
        self.terms = terms
        self.plain = [bare(token.text) for token in tokens]
        self.joins = book.conjunctions | book.prepositions
        self.closing = self.joins | book.auxiliaries | book.subjects
        self.light = book.auxiliaries | book.subjects | book.articles | book.degrees
        self.capitals_tell = not _is_all_capitals(tokens)
        self.numbers = [word in book.numerals or _NUMBER.match(word) is not None for word in self.plain]

    def cost(self, at: int) -> float:
        left, right = self.tokens[at - 1], self.tokens[at]
        if left.is_label:
            return CLAUSE if left.text.endswith("]") else NEVER
        if left.turn != right.turn:
            return SENTENCE  # the cue ends there in any case
        if at in self.terms:
            return NEVER
        marked = _cost_of_marks(left, right)
        if marked is not None:
            return marked
        cost = self._cost_of_words(at)
        return cost * PAUSED if right.start_ms - left.end_ms >= PAUSED_MS else cost

    def _cost_of_words(self, at: int) -> float:
        """Return the cost of a break before word `at` with no mark before it."""
        a, b, book = self.plain[at - 1], self.plain[at], self.book
        if self._is_one(at):
            return NEVER
        if self._is_loose(at):
            return LOOSE
        if b in self.joins and a in book.auxiliaries:
            return INSIDE  # `will be | with you`
        if b in book.conjunctions:
            return ANYWHERE if self._ends_soon(at) else CONJUNCTION
        if b in book.prepositions:
            return PREPOSITION
        return INSIDE if b not in self.light and self._is_in_phrase(at) else ANYWHERE

    def _is_one(self, at: int) -> bool:
        """Tell whether the words around the break are read as one."""
        a, b, book = self.plain[at - 1], self.plain[at], self.book
        left, right = self.tokens[at - 1].text, self.tokens[at].text
        if a in book.articles or (a in book.auxiliaries and b not in self.joins):
            return True
        if a in book.degrees and (self.numbers[at] or b in book.compares):
            return True
        if (a in TITLES and right[:1].isupper()) or (len(a) == len(b) == 1 and a.isascii() and a.isalpha()):
            return True  # `Dr. Chen`; letters of an acronym as an engine writes them down, `p d f`
        return self._is_counted(at) or (book.capitals_are_names and self._is_name(at, left, right))

    def _is_counted(self, at: int) -> bool:
        """Tell whether the break tears a number from its unit, from what it numbers, or from its partner."""
        a, b, book = self.plain[at - 1], self.plain[at], self.book
        if self.numbers[at - 1]:
            return b in UNITS or b in book.units or self.numbers[at] or self._joins_numbers(at)
        return self.numbers[at] and (a in book.counted or self._joins_numbers(at - 1))

    def _joins_numbers(self, at: int) -> bool:
        """Tell whether word `at` stands between two numbers: `six and eight`, `7.9 to 8.4`."""
        is_inner = 0 < at < len(self.plain) - 1
        return (
            is_inner
            and self.plain[at] in self.book.between_numbers
            and self.numbers[at - 1]
            and self.numbers[at + 1]
        )

    def _is_name(self, at: int, left: str, right: str) -> bool:
        if not (self._has_capital(left) and self._has_capital(right)):
            return False
        opens = at < 2 or self.tokens[at - 1].opens_segment or ends_sentence(self.tokens[at - 2].text, left)  # noqa: PLR2004
        # The capital of a sentence's first word says nothing, unless two more follow: `Sir Tim Berners-Lee`.
        known = {self.plain[at - 1], self.plain[at]} & (_I | self.book.subjects | self.book.prepositions)
        return not opens and not known

    def _has_capital(self, text: str) -> bool:
        """Tell whether a word is written with a capital where most are not."""
        return self.capitals_tell and before_quotes(text)[:1].isupper()

    def _is_loose(self, at: int) -> bool:
        """Tell whether the word before the break leans on the one after it."""
        a, b, book = self.plain[at - 1], self.plain[at], self.book
        owner = a.endswith(("'s", "\N{RIGHT SINGLE QUOTATION MARK}s"))  # `beauty's rose`, `it's open`
        if owner or a in book.subjects or a in self.joins or b in book.particles:
            return True
        if a in book.degrees:
            return b not in self.joins
        if self.numbers[at - 1]:
            return b not in self.joins and b not in book.auxiliaries
        if b in book.prepositions and self._goes_on(at):
            return True
        is_adjective = a in book.adjectives or (a.endswith(book.adjective_endings) and self._is_in_phrase(at))
        return is_adjective and b not in self.closing

    def _goes_on(self, at: int) -> bool:
        """Tell whether preposition `at` belongs to what stands before it: `sign in on`, `Bank of Japan`."""
        if at + 1 >= len(self.plain):
            return False
        if self.plain[at] in self.book.of:
            return (
                all(self._has_capital(self.tokens[i].text) for i in (at - 1, at + 1))
                and not self.tokens[at - 1].opens_segment
            )
        return self.plain[at + 1] in self.book.prepositions and self.plain[at + 1] not in self.book.of

    def _ends_soon(self, at: int) -> bool:
        """Tell whether a mark follows the word after `at`: `landlines and mobiles,` is no new thought."""
        return at + 1 < len(self.tokens) and after_quotes(self.tokens[at + 1].text)[-1:] in _ENDS

    def _is_in_phrase(self, at: int) -> bool:
        """Tell whether an article or a number opened a phrase that nothing closed before word `at`."""
        for back in range(at - 1, max(-1, at - 1 - PHRASE_WORDS), -1):
            word = self.plain[back]
            if word in self.book.articles or self.numbers[back]:
                return True
            if word in self.closing or (back < at - 1 and self.tokens[back].text[-1:] in _ENDS):
                return False
        return False


def _is_all_capitals(tokens: tuple[Token, ...]) -> bool:
    """Tell whether most words are capitals throughout, as scripts for a teleprompter are."""
    words = [token.text for token in tokens if token.is_said and len(bare(token.text)) > 1]
    return 2 * sum(word.isupper() for word in words) > len(words)


def _cost_of_marks(left: Token, right: Token) -> float | None:
    """Return the cost where punctuation or a segment decides, None where the words must."""
    if not bare(right.text):
        return NEVER  # a dash on its own belongs to the line before it
    if right.opens_segment and (left.from_script or ends_sentence(left.text, None)):
        return SENTENCE
    if ends_sentence(left.text, right.text):
        return SENTENCE
    core = after_quotes(left.text)
    if core.endswith(_COLONS):
        return CLAUSE
    if core.endswith((*_COMMAS, *_DASHES)) or core == "-":
        return COMMA
    return BREATH if right.opens_segment else None

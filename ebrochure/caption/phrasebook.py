"""What the break rules know of a language: short lists of words, no grammar.

They decide well because the words that must not end a line are few and common. A language without
lists is broken by its marks, its numbers and its titles alone, which are everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module


def listed(text: str) -> frozenset[str]:
    """Return the words of `text`, which are parted by white space."""
    return frozenset(text.split())


TITLES = listed("""
    mr mrs ms miss mx dr prof professor sir dame lord lady rev st herr herrn frau mme mlle m. madame
    monsieur señor señora sr sra don doña dra ing
""")
"""Words that belong to the name after them, without their full stop, in any language."""

UNITS = listed("""
    percent per % ‰ kg g mg t km m cm mm mi ft in l ml s ms min mins h hr hrs hz khz mhz ghz kb mb gb tb
    kbit mbit gbit v w kw kwh mwh db °c °f € £ $ ¥ eur usd gbp chf am pm a.m p.m
""")
"""Words that belong to the number before them, in any language."""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The words of one language that say where a phrase must not be torn, in lower case."""

    abbreviations: frozenset[str] = frozenset()
    """Words whose full stop ends no sentence, without it."""
    articles: frozenset[str] = frozenset()
    """Words that open a noun phrase and belong to the word after them."""
    auxiliaries: frozenset[str] = frozenset()
    """Words that belong to the verb after them."""
    conjunctions: frozenset[str] = frozenset()
    """Words that start a new thought: a break before one reads well, after one badly."""
    prepositions: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    """Words that belong to the verb before them."""
    subjects: frozenset[str] = frozenset()
    """Pronouns that belong to the verb after them."""
    degrees: frozenset[str] = frozenset()
    """Words that belong to the adjective, adverb or number after them."""
    compares: frozenset[str] = frozenset()
    """Words that belong to the degree before them: more than."""
    adjectives: frozenset[str] = frozenset()
    """Common words that belong to the noun after them."""
    adjective_endings: tuple[str, ...] = ()
    """Endings by which another word is taken for an adjective, where it follows an article."""
    units: frozenset[str] = frozenset()
    """Words that belong to the number before them."""
    counted: frozenset[str] = frozenset()
    """Words that belong to the number after them."""
    numerals: frozenset[str] = frozenset()
    """Numbers as words."""
    between_numbers: frozenset[str] = frozenset()
    """Words that join two numbers: five to ten, second and third."""
    of: frozenset[str] = frozenset()
    """Words inside a name: University of Munich."""
    capitals_are_names: bool = True
    """Whether two capitals in a row are a name; German writes every noun with one."""


NOTHING = Phrasebook()

_BOOKS = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}


@lru_cache
def phrasebook_for(language: str) -> Phrasebook:
    """Return the words of a language by its BCP 47 tag; `NOTHING` for one without lists."""
    name = _BOOKS.get(language.casefold().split("-")[0])
    if name is None:
        return NOTHING
    book = import_module(f"ebrochure.caption.{name}").BOOK
    return book if isinstance(book, Phrasebook) else NOTHING

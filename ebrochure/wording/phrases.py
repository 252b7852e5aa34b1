"""Phrases: a field each, its default in English, the rest in catalogues.

To say something new, add a field to a subclass of `Phrases` and run ``scripts/words``: it gives every
catalogue the new entry, for somebody to translate.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, ClassVar, Self

from ebrochure.wording.catalogues import catalogue_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.wording.catalogues import Catalogue

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Counted:
    """A phrase about a number of things, ``{count}``, by the kinds of number that a language tells apart.

    A kind that is None is told as `other`. Source: Unicode TR 35, part 3, section 5.1.
    """

    one: str
    other: str
    zero: str | None = None
    two: str | None = None
    few: str | None = None
    many: str | None = None

    def as_json(self) -> str:
        """Return the forms by their kinds, for a script that learns the number only in the browser."""
        forms = {kind: text for kind, text in asdict(self).items() if text is not None}
        return json.dumps(forms, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What one part of the product says by itself, in one language."""

    part: ClassVar[str]
    """Stands before a phrase's own name to tell translators where it is said: ``card.question``."""

    language: str = ENGLISH
    """BCP 47 tag of the phrases: the one asked for, with its region, or that of English in its place."""

    @classmethod
    def in_language(cls, language: str) -> Self:
        """Return the phrases in `language` if there is a catalogue for it, else in English."""
        english = cls()
        if language.lower().partition("-")[0] == ENGLISH:
            return replace(english, language=language)
        catalogue = catalogue_for(language)
        if catalogue is None:
            return english
        found = {name: _in(catalogue, f"{cls.part}.{name}", words) for name, words in english.each()}
        return replace(english, language=language, **found)

    def each(self) -> Iterator[tuple[str, str | Counted]]:
        """Yield the name and the words of every phrase."""
        inherited = {field.name for field in fields(Phrases)}
        for field in fields(self):
            if field.name not in inherited:
                yield field.name, getattr(self, field.name)


def _in(catalogue: Catalogue, context: str, words: str | Counted) -> str | Counted:
    if isinstance(words, str):
        return catalogue.phrase(context, words)
    forms = catalogue.counted(context, words.one, words.other)
    return Counted(**{"one": forms["other"]} | forms)

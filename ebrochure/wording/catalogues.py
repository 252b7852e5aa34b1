"""Gettext catalogues: found by language, read as translators write them, compiled in memory only.

One folder a language, laid out as every translator's tool expects: ``locales/de/LC_MESSAGES/ebrochure.po``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from babel.messages.catalog import Catalog

LOCALES = Path(__file__).parent / "locales"
_SAMPLES = (*range(201), 1_000_000)
"""Among them are numbers of every kind that any language has; French has one of its own for millions."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The phrases of one language, by what they are for and what they are in English."""

    texts: GNUTranslations
    kind_of: Callable[[int], str]
    """Names the kind of a number in this language: ``one``, ``few``, ``other``."""

    def phrase(self, context: str, english: str) -> str:
        """Return a phrase; what nobody has translated stays English."""
        return self.texts.pgettext(context, english)

    def counted(self, context: str, one: str, other: str) -> dict[str, str]:
        """Return the forms of a phrase about a number of things, by the kind of number."""
        forms: dict[str, str] = {}
        for number in _SAMPLES:
            forms.setdefault(self.kind_of(number), self.texts.npgettext(context, one, other, number))
        return forms


def languages() -> tuple[str, ...]:
    """Return what there are catalogues for, as BCP 47 tags. English has none: it is in the code."""
    folders = (path.parents[1].name for path in LOCALES.glob("*/LC_MESSAGES/ebrochure.po"))
    return tuple(sorted(name.replace("_", "-") for name in folders))


def path_of(language: str) -> Path:
    """Return where the catalogue of `language` is kept."""
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES" / "ebrochure.po"


@cache
def catalogue_for(language: str) -> Catalogue | None:
    """Return the nearest catalogue: ``de`` serves ``de-AT``. None: there is none.

    Source: RFC 4647, section 3.4 (lookup).
    """
    known = {tag.lower(): tag for tag in languages()}
    subtags = language.lower().replace("_", "-").split("-")
    shorter = ("-".join(subtags[:count]) for count in range(len(subtags), 0, -1))
    found = next((known[tag] for tag in shorter if tag in known), None)
    return None if found is None else _compiled(read_catalogue(found))


def read_catalogue(language: str) -> Catalog:
    """Read the catalogue of `language` as its translator left it."""
    from babel.messages.pofile import read_po  # noqa: PLC0415  the commands that say nothing do without

    with path_of(language).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"), abort_invalid=True)


def _compiled(catalog: Catalog) -> Catalogue:
    from babel.messages.mofile import write_mo  # noqa: PLC0415

    if catalog.locale is None:  # pragma: no cover  for the type checker: it was read with one
        raise AssertionError
    file = BytesIO()
    write_mo(file, catalog)  # leaves out what is fuzzy
    file.seek(0)
    return Catalogue(GNUTranslations(file), catalog.locale.plural_form)

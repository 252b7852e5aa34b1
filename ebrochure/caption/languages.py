"""Languages by their tags: what they are called, and when two are the same."""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SCRIPT_CHARS = 4
_REGION_CHARS = 2


def same_language(tag: str, other: str) -> bool:
    """Tell whether two BCP 47 tags name one language: ``en`` and ``en-GB`` do."""
    return tag.partition("-")[0].casefold() == other.partition("-")[0].casefold()


def language_tag(text: str) -> str | None:
    """Return what a file calls its language as a BCP 47 tag, ``en-GB`` for ``EN_gb``; None: it is none.

    ``und`` and its like say that the language is not known. Source: RFC 5646, sections 2.1 and 2.1.1.
    """
    if not _TAG.fullmatch(text.strip()):
        return None
    first, *rest = text.strip().replace("_", "-").split("-")
    if first.lower() in {"und", "mul", "mis", "zxx", "qaa"}:
        return None
    return "-".join((first.lower(), *map(_subtag, rest)))


def _subtag(text: str) -> str:
    if len(text) == _SCRIPT_CHARS and text.isalpha():
        return text.title()
    return text.upper() if len(text) == _REGION_CHARS else text.lower()


@lru_cache
def label_of(tag: str) -> str:
    """Return what a language calls itself, ``Deutsch``; the tag itself where nobody knows."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  its tables are large, --help does without

    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (ValueError, UnknownLocaleError):
        return tag
    return tag if name is None else name[:1].upper() + name[1:]

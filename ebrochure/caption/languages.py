"""Languages by their tags: what they are called, and when two are the same."""

from __future__ import annotations

from functools import lru_cache


def same_language(tag: str, other: str) -> bool:
    """Tell whether two BCP 47 tags name one language: ``en`` and ``en-GB`` do."""
    return tag.partition("-")[0].casefold() == other.partition("-")[0].casefold()


@lru_cache
def label_of(tag: str) -> str:
    """Return what a language calls itself, ``Deutsch``; the tag itself where nobody knows."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  its tables are large, --help does without

    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (ValueError, UnknownLocaleError):
        return tag
    return tag if name is None else name[:1].upper() + name[1:]

"""Dates and directions as a language has them."""

from __future__ import annotations

import datetime as dt

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton

_BRITISH = Locale("en", "GB")
_MONTH_DIGITS = len("2027-03")


def locale_of(language: str) -> Locale:
    """Return what is known of a language (BCP 47), English where nothing is.

    Plain English is British: an international reader takes its order of day and month.
    """
    if language.lower() == "en":
        return _BRITISH
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return _BRITISH


def direction_of(language: str) -> str:
    """Return which way a language is written: ``ltr`` or ``rtl``."""
    return "rtl" if locale_of(language).character_order == "right-to-left" else "ltr"


def day_as_read(day: dt.date | None, language: str) -> str | None:
    """Return a day as it is read, ``1 October 2026``; None for None."""
    if day is None:
        return None
    return str(format_date(day, format="long", locale=locale_of(language)))


def open_graph_locale(language: str) -> str:
    """Return a language as link previews name it, with a country: ``de_DE``. Source: ogp.me, og:locale."""
    if language.lower() == "en":
        return "en_GB"  # as days are read
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(locale.language, "")
    return f"{locale.language}_{locale.territory or likely.rpartition('_')[2]}"


def as_read(iso_date: str, language: str) -> str:
    """Return an ISO 8601 date or month as it is read, ``March 2027``; anything else as it is."""
    try:
        if len(iso_date) == _MONTH_DIGITS:
            month = dt.date.fromisoformat(f"{iso_date}-01")
            return str(format_skeleton("yMMMM", month, locale=locale_of(language)))
        return day_as_read(dt.date.fromisoformat(iso_date), language) or iso_date
    except ValueError:
        return iso_date

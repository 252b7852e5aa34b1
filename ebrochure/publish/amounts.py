"""Lengths and sizes as a language has them, with its own numbers and plurals."""

from __future__ import annotations

from typing import Literal

from babel.numbers import format_decimal
from babel.units import format_unit

from ebrochure.publish.dates import locale_of

_KILO = 1000
_MINUTE_S = 60


def length_text(duration_ms: int, language: str) -> str:
    """Return a length in words: ``2 minutes``, ``45 Sekunden``."""
    seconds = max(1, duration_ms // 1000)  # as the clock has it
    if seconds < _MINUTE_S:
        return _in_units(seconds, "duration-second", "long", language)
    return _in_units(round(seconds / _MINUTE_S), "duration-minute", "long", language)


def size_text(size_bytes: int, language: str) -> str:
    """Return a file's size: ``640 kB``, ``12,3 Mo``."""
    if size_bytes < _KILO**2:
        return _in_units(max(1, round(size_bytes / _KILO)), "digital-kilobyte", "short", language)
    if size_bytes < _KILO**3:
        return _in_units(round(size_bytes / _KILO**2, 1), "digital-megabyte", "short", language)
    return _in_units(round(size_bytes / _KILO**3, 1), "digital-gigabyte", "short", language)


def number_text(number: str, language: str) -> str:
    """Return a number of ours as it is read: ``0.75``, ``0,75``."""
    return format_decimal(number, locale=locale_of(language))


def _in_units(amount: float, unit: str, length: Literal["short", "long"], language: str) -> str:
    return format_unit(amount, unit, length, locale=locale_of(language))

"""Figures as they are read, and as bars that can be compared at a glance."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from ebrochure.model.page import PageChart, PageMeasure
from ebrochure.publish.dates import locale_of

if TYPE_CHECKING:
    from babel import Locale

    from ebrochure.model.service import Measure

_AS_YAML_HAS_IT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AS_PEOPLE_WRITE_IT = re.compile(r"-?\d[\d.,'’ \u00a0\u202f٫٬]*")
_ROUND = tuple(Decimal(step) for step in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))
_PERCENT_END = Decimal(100)
_MAX_CHARS = 24
"""`decimal` rounds what has more than 28 digits, and nobody reads a bar for it."""


def measure_as_read(measure: Measure, language: str) -> PageMeasure:
    """Return a measure with its numbers as `language` writes them; what is no number stays as it is."""
    locale = locale_of(language)
    value = _number(measure.value, locale)
    target = None if measure.target is None else _number(measure.target, locale)
    return PageMeasure(
        label=measure.label,
        value=measure.value if value is None else _as_read(value, locale),
        unit=measure.unit,
        target=measure.target if target is None else _as_read(target, locale),
        chart=None if value is None or value < 0 else _chart(value, target, measure.unit, locale),
    )


def _chart(value: Decimal, target: Decimal | None, unit: str | None, locale: Locale) -> PageChart:
    mark = None if target is None or target < 0 else target
    highest = max(value, mark or Decimal(0))
    end = _PERCENT_END if unit == "%" and highest <= _PERCENT_END else _round_number_above(highest)
    return PageChart(
        round(float(value / end), 4),
        None if mark is None else round(float(mark / end), 4),
        _as_read(end, locale),
    )


def _round_number_above(number: Decimal) -> Decimal:
    """Return the nearest round number that is not less than `number`."""
    if not number:
        return Decimal(1)
    power = Decimal(1).scaleb(number.adjusted())
    return next(step * power for step in _ROUND if step * power >= number)


def _number(text: str, locale: Locale) -> Decimal | None:
    """Read a number as YAML has it, or as people write it in the page's language."""
    if len(text) > _MAX_CHARS:
        return None
    if _AS_YAML_HAS_IT.fullmatch(text):
        return Decimal(text)
    if not _AS_PEOPLE_WRITE_IT.fullmatch(text):
        return None
    try:
        return parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        return None


def _as_read(number: Decimal, locale: Locale) -> str:
    """Write a number with as many decimals as it was given."""
    decimals = max(0, -int(number.as_tuple().exponent))
    usual: str = locale.decimal_formats[None].pattern
    return format_decimal(number, usual.replace(".###", "." + "0" * decimals if decimals else ""), locale)

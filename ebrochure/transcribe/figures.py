"""Tokens with figures that are one thing: a time, a date, a version, an amount, a code, a range."""

from __future__ import annotations

import re

from ebrochure.transcribe.addresses import version
from ebrochure.transcribe.dates import (
    clock,
    date,
    decade,
    is_month,
    names_half,
    place,
    place_number,
    with_month,
    years_together,
)
from ebrochure.transcribe.measures import measure, ratio_or_fraction, unit
from ebrochure.transcribe.numerals import by_digit, digits, fraction, whole
from ebrochure.transcribe.units import CURRENCIES
from ebrochure.transcribe.ways import NOTHING, Ways, combined, distinct, said
from ebrochure.transcribe.written import FRACTIONS

RANGE = re.compile(r"([^-\u2013—]+)(?:[-\u2013]|—)([^-\u2013—]+)")
CODE = re.compile(r"[0-9]{2,}(?:[-\u2013.][0-9]{2,})+|[0-9]+(?:-[0-9]+){2,}")
FULL_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:19|20)[0-9]{2}")
NUMBER_SIGN = re.compile(r"(?:#|No\.?|N°)([0-9]+)", re.IGNORECASE)


def figures(core: str, before: str | None, after: str | None) -> Ways:
    """Say what has figures in it and is one thing; nothing where it is none."""
    if not re.search(r"[0-9]", core) and not FRACTIONS.keys() & set(core):
        return ()
    if number := place_number(core):
        return place(number, before, after)
    return (
        _vulgar(core)
        or _moment(core, before, after)
        or (date(core) if FULL_DATE.fullmatch(core) else ())
        or version(core)
        or date(core)
        or decade(core)
        or measure(core, before, after)
        or _numbered(core)
        or _fraction(core)
        or _code(core)
        or _range(core, before, after)
    )


def _moment(core: str, before: str | None, after: str | None) -> Ways:
    """Say a time of day; with a point, as in 10.30, only where the neighbours make it one."""
    times = clock(core, after)
    if not times or not re.fullmatch(r"[0-9]+\.[0-9]+", core):
        return times
    if names_half(after):
        return distinct(times[:12], measure(core))
    if (before or "").lower() in {"at", "until", "till", "before", "after", "from", "by", "since"}:
        return distinct(measure(core)[:6], times[:6], measure(core), times)
    return ()


def _numbered(core: str) -> Ways:
    """Say ``#1``, ``No.5``, ``x2`` or ``5'10``."""
    if found := NUMBER_SIGN.fullmatch(core):
        return combined(said("number", "hash", ""), whole(found[1]))
    if found := re.fullmatch(r"[x\u00d7]([0-9]{1,3})", core):
        return combined(said("times", "x", "by"), whole(found[1]))
    if found := re.fullmatch(r"([1-9])'([0-9]{1,2})", core):
        return combined(whole(found[1]), said("foot", "feet", ""), whole(found[2]))
    return ()


def _fraction(core: str) -> Ways:
    """Say two numbers with a stroke or colon: a fraction, a date, years, a ratio."""
    left, slash, right = core.partition("/")
    if slash and left.isdecimal() and right.isdecimal():
        day = date(f"{core}/2000") if len(left) <= 2 and len(right) <= 2 else ()  # noqa: PLR2004
        names = tuple(way for way in day if "thousand" not in way and "zero" not in way)
        years = years_together(left, right)
        return distinct(years, ratio_or_fraction(core), names[:5])
    return ratio_or_fraction(core)


def _vulgar(core: str) -> Ways:
    """Say ``½`` and ``1½``, with a unit too."""
    found = re.fullmatch(rf"([-\u2212]?)([0-9]*)([{''.join(FRACTIONS)}])(.*)", core)
    if not found:
        return ()
    part = fraction(*FRACTIONS[found[3]])
    named = NOTHING if not found[4] else unit(found[4]) or (tuple(re.findall("[a-z]+", found[4].lower())),)
    if found[2]:
        part = combined(whole(found[2])[:2], said("and"), part)
    elif found[4]:
        part = distinct(combined(part, said("", "a")), combined(part, said("of a")))
    return combined(said("minus") if found[1] else NOTHING, part, named)


def _code(core: str) -> Ways:
    """Say groups of figures with dashes, an order number or a telephone's: digit by digit first."""
    if not CODE.fullmatch(core):
        return ()
    groups = re.split(r"[-\u2013.]", core)
    if len(groups) == 2 and (years_together(*groups) or all(len(group) < 3 for group in groups)):  # noqa: PLR2004
        return ()
    mark = said("dot", "") if "." in core else said("", "dash", "hyphen")
    singly = [part for group in groups[:8] for part in (mark, digits(group))][1:]
    ways = combined(*singly)
    if len(groups) > 2:  # noqa: PLR2004
        return distinct(ways[:12], combined(*(by_digit(group) for group in groups[:8])))
    first, second = whole(groups[0])[:3], whole(groups[1])[:3]
    straight = combined(first, said("", "to", "dash"), second)
    return distinct(ways[:8], straight[:4], combined(first, said("to"), second)[:3], ways[8:])


def _range(core: str, before: str | None, after: str | None) -> Ways:
    """Say ``3-5``, ``£5-£10``, ``9am-5pm`` or ``2025-26``; nothing where the ends are no figures."""
    found = RANGE.fullmatch(core)
    if (
        not found
        or re.fullmatch("[A-Za-z]+", found[2])
        or not (found[1][-1].isalnum() or found[1][-1] in "%°")
    ):
        return ()
    left, right = found.groups()
    if years := years_together(left, right):
        return years
    if left[0] in CURRENCIES:
        return _money_range(left, right, after)
    if is_month(before) or is_month(after):
        first, second = (_day(end, before, after) for end in (left, right))
        first = tuple(way for way in first if way[-1] != "of")  # the month is named once
    else:
        first, second = figures(left, None, None), figures(right, None, after)
    return combined(first[:6], said("to", "", "dash", "or"), second[:6]) if first and second else ()


def _day(end: str, before: str | None, after: str | None) -> Ways:
    """Say one end of a range of days, ``13`` or ``13th``."""
    number = int(end) if re.fullmatch("[0-9]{1,2}", end) else place_number(end)
    return with_month(number, before, after) or figures(end, None, None)


def _money_range(left: str, right: str, after: str | None) -> Ways:
    """Say ``£5-10``: "five to ten pounds", "five pounds to ten pounds"."""
    first, bare = measure(left, None, after), measure(left[1:], None, after)
    second = measure(right if right[0] in CURRENCIES else f"{left[0]}{right}", None, after)
    if not (first and bare and second):
        return ()
    short = combined(bare[:3], said("to", ""), second[:4])
    return distinct(short[:10], combined(first[:3], said("to"), second[:3]))

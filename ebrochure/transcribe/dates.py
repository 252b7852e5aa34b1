"""Times of day and dates in words."""

from __future__ import annotations

import re

from ebrochure.transcribe.numerals import cardinal, digits, ordinal, plural, whole, year
from ebrochure.transcribe.ways import Spoken, Ways, combined, distinct, said

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_NAMES = (
    {name[:3]: name for name in (*MONTHS, *DAYS)}
    | {"sept": "september", "tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday"}
)  # fmt: skip
"""Written short, said long."""

CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:.h]([0-5][0-9])(?:([ap])\.?m\.?|h|hrs)?", re.IGNORECASE)
HOUR = re.compile(r"(1[0-2]|[1-9])([ap])\.?m\.?", re.IGNORECASE)
HALVES = {
    "a": said("a m", "in the morning", ""),
    "p": said("p m", "in the afternoon", "in the evening", ""),
}  # fmt: skip
MINUTES = {15: said("quarter", "a quarter", "fifteen"), 30: said("half")}

DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
ISO_DATE = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
PLACE = re.compile(r"([0-9]{1,3}(?:,?[0-9]{3}){0,3})(st|nd|rd|th)", re.IGNORECASE)
DECADE = re.compile(r"'?((?:1[1-9]|20)?[0-9]0)'?s")


def is_month(token: str | None) -> bool:
    """Tell whether a written token names a month: ``October``, ``Oct.``, but not the verb ``may``."""
    core = (token or "").strip(".,;:()\"'\u2019\u201c\u201d!?")
    low = SHORT_NAMES.get(core.lower(), core.lower())
    return core[:1].isupper() and low in MONTHS


def day(number: int) -> Ways:
    """Say a day of the month: "the first of", "the first", "first", "one"."""
    name = ordinal(number)
    return (("the", *name, "of"), ("the", *name), name, (*name, "of"), cardinal(number))


def decade(core: str) -> Ways:
    """Say ``1990s`` or ``'90s``; nothing where it is none."""
    found = DECADE.fullmatch(core)
    if not found:
        return ()
    figures = found[1]
    if len(figures) == 2:  # noqa: PLR2004
        return (plural(cardinal(int(figures))),) if figures >= "20" else ()
    return tuple(plural(way) for way in distinct(year(int(figures)), whole(figures)[:1]))


def clock(core: str, after: str | None = None) -> Ways:
    """Say a time of day: 9:10 is "nine ten" and "ten past nine"; nothing where it is none.

    `after` is the next token: where it says a.m. or p.m. this one does not.
    """
    if found := HOUR.fullmatch(core):
        name = cardinal(int(found[1]))
        return combined((name, (*name, "o'clock")), HALVES[found[2].lower()])
    found = CLOCK.fullmatch(core)
    if not found or (found[3] and int(found[1]) > 12):  # noqa: PLR2004
        return ()
    hour, minute = int(found[1]), int(found[2])
    on_the_dial = cardinal((hour - 1) % 12 + 1)
    times = _full_hour(hour, on_the_dial) if minute == 0 else _with_minutes(hour, found[1], minute)
    if found[3]:
        return combined(times[:8], HALVES[found[3].lower()])
    if names_half(after):
        return times
    return distinct(times[:9], combined(times[:3], _half_of(hour)), times[9:])


def names_half(after: str | None) -> bool:
    """Tell whether the next token says which half of the day it is."""
    return (after or "").lower().replace(".", "").rstrip(",;:!?)") in {"am", "pm"}


def _half_of(hour: int) -> Ways:
    """Say which half of the day an hour is in, as people do."""
    if hour < 12:  # noqa: PLR2004
        return said("a m", "in the morning", "p m")
    return said("p m", "in the afternoon" if hour < 18 else "in the evening")  # noqa: PLR2004


def _full_hour(hour: int, on_the_dial: Spoken) -> Ways:
    """Say an hour without minutes."""
    names: Ways = {12: said("noon", "midday"), 0: said("midnight"), 24: said("midnight")}.get(hour, ())
    o_clock: Ways = (on_the_dial, (*on_the_dial, "o'clock"))
    hours: Ways = (cardinal(hour), ("oh", *cardinal(hour)))[: 2 if hour < 10 else 1]  # noqa: PLR2004
    hundred = combined(hours, said("hundred", "hundred hours"))
    return distinct(names, o_clock, hours if hour > 12 else (), hundred)  # noqa: PLR2004


def _with_minutes(hour: int, written: str, minute: int) -> Ways:
    """Say hours and minutes, straight ("nine ten") and by the dial ("ten past nine")."""
    on_the_dial, following = cardinal((hour - 1) % 12 + 1), cardinal(hour % 12 + 1)
    late: Ways = (cardinal(minute),)
    if minute < 10:  # noqa: PLR2004
        late = combined(said("oh", "zero"), late)
    hours = distinct((on_the_dial,), (cardinal(hour),))
    if hour > 12:  # noqa: PLR2004
        hours = (cardinal(hour), on_the_dial)
    if written.startswith("0"):
        hours = (*hours, ("oh", *cardinal(hour)), ("zero", *cardinal(hour)))
    to_go = minute if minute <= 30 else 60 - minute  # noqa: PLR2004
    away: Ways = MINUTES.get(to_go, (cardinal(to_go),))
    if to_go % 5:
        away = distinct(combined(away, said("minutes" if to_go > 1 else "minute")), away)
    before_or_after = said("past") if to_go == minute else said("to")
    dial = combined(away, before_or_after, (on_the_dial if to_go == minute else following,))
    straight = combined(hours, late)
    return distinct(straight[:2], dial[:2], straight[2:], dial[2:])


def date(core: str) -> Ways:
    """Say a date in figures: ``2026-10-01``, ``01/10/2026``, ``1.10.26``; nothing where it is none.

    Day first, as in Britain; month first too where that may be meant.
    """
    if found := ISO_DATE.fullmatch(core):
        years, months, days = found[1], int(found[3]), int(found[4])
        dates = _dated(days, months, years)
        return distinct(dates[:12], _by_figure((found[1], found[3], found[4]), found[2])) if dates else ()
    found = DATE.fullmatch(core)
    if not found:
        return ()
    first, second = int(found[1]), int(found[3])
    british = _dated(first, second, found[4])
    american = _dated(second, first, found[4])
    if not (british or american):
        return ()
    figures = _by_figure((found[1], found[3], found[4]), found[2])
    return distinct((british or american)[:10], figures[:3], american[:3])


def _dated(days: int, month: int, years: str) -> Ways:
    """Say a day, a month and a year; nothing where there is no such day."""
    if not (1 <= days <= 31 and 1 <= month <= 12):  # noqa: PLR2004
        return ()
    full = int(years) + (2000 if len(years) == 2 and int(years) < 70 else 0)  # noqa: PLR2004
    named = distinct(year(full), (cardinal(full),))
    if len(years) == 2:  # noqa: PLR2004
        short = digits(years)[:2] if years[0] == "0" else (cardinal(int(years)),)
        named = distinct(named[:1], short, named[1:])
    spoken_month = (MONTHS[month - 1],)
    name = ordinal(days)
    ways: Ways = (
        ("the", *name, "of", *spoken_month), (*name, "of", *spoken_month), (*spoken_month, "the", *name),
        (*spoken_month, *name), (*name, *spoken_month), (*cardinal(days), *spoken_month),
    )  # fmt: skip
    return combined(ways, (*named, ()))


def _by_figure(figures: tuple[str, ...], mark: str) -> Ways:
    """Say the figures of a date as they stand, with the mark between them and without."""
    between = {"/": said("slash", ""), ".": said("dot", "point", "")}.get(mark, said("", "dash"))
    first, second, third = (_figure(figure) for figure in figures)
    return combined(first, between, second, between, third)


def _figure(figure: str) -> Ways:
    """Say one figure of a date: 04 is "oh four" or "four"."""
    bare: Ways = (cardinal(int(figure)),)
    if figure[0] == "0":
        return distinct(combined(said("oh", "zero"), bare), bare)
    return distinct(year(int(figure)), bare)


def years_together(first: str, second: str) -> Ways:
    """Say ``2025/26`` or ``2025-26``: two years that follow one another; nothing where they do not."""
    if not re.fullmatch(r"(?:1[1-9]|20)[0-9]{2}", first) or len(second) not in {2, 4}:
        return ()
    full = int(second) if len(second) == 4 else int(first[:2] + second)  # noqa: PLR2004
    if full <= int(first):
        return ()
    short = digits(second)[:2] if second[0] == "0" else (cardinal(int(second)),)
    ends = distinct(short if len(second) == 2 else (), year(full), (cardinal(full),))  # noqa: PLR2004
    return combined(distinct(year(int(first)), (cardinal(int(first)),)), said("", "to", "slash"), ends)


def with_month(number: int, before: str | None, after: str | None) -> Ways:
    """Say a number beside the name of a month as a day; nothing where there is no month beside it."""
    if not 1 <= number <= 31:  # noqa: PLR2004
        return ()
    if is_month(after):
        return day(number)
    if is_month(before):
        name = ordinal(number)
        return (("the", *name), name, cardinal(number))
    return ()


def place_number(core: str) -> int:
    """Read ``21st``; 0 where it is none, as ``10st`` is not."""
    found = PLACE.fullmatch(core)
    number = int(found[1].replace(",", "")) if found else 0
    return number if number and found and ordinal(number)[-1].endswith(found[2].lower()) else 0


def place(number: int, before: str | None, after: str | None) -> Ways:
    """Say a place in an order, as a day where a month is near."""
    name = ordinal(number)
    if is_month(after):
        return (("the", *name, "of"), (*name, "of"), ("the", *name), name)
    return (("the", *name), name) if is_month(before) else (name, ("the", *name))

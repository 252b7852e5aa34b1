"""Numbers with a unit, a currency or a magnitude, in words."""

from __future__ import annotations

import re

from ebrochure.transcribe.numerals import NUMBER_WORDS, amount, by_digit, cardinal, fraction, pairs, whole
from ebrochure.transcribe.units import (
    CODES,
    CURRENCIES,
    MAGNITUDES,
    PER,
    POWERS,
    UNITS,
    WITHOUT_CASE,
)
from ebrochure.transcribe.ways import NOTHING, Ways, combined, distinct, said

VOWELS = "aeiou"

FIGURES = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
MEASURE = re.compile(
    rf"(?P<sign>[-\u2212+~<>\u2264\u2265\u00b1\u2248]?)(?P<money>US\$|A\$|C\$|[{''.join(CURRENCIES)}]?)"
    rf"(?P<minus>[-\u2212]?)(?P<figures>{FIGURES})(?P<unit>[^0-9.,]*)"
)
SIGNS = {
    "": NOTHING, "-": said("minus", "", "negative"), "\u2212": said("minus", "negative"),
    "+": said("plus", ""), "~": said("about", "around", "approximately", "roughly"),
    "\u2248": said("about", "approximately"),
    "<": said("less than", "under", "below"), ">": said("more than", "over", "greater than", "above"),
    "\u2264": said("up to", "at most", "less than or equal to"),
    "\u00b1": said("plus or minus", "plus minus"), "\u2265": said("at least", "greater than or equal to"),
}  # fmt: skip


def is_number(token: str | None) -> bool:
    """Tell whether a token is a number: ``250``, ``£1.86``, ``five``."""
    core = (token or "").strip("()\"'\u2018\u2019\u201c\u201d~")
    return (
        bool(re.match(rf"[-\u2212+]?(?:US\$|[{''.join(CURRENCIES)}])?[0-9]", core))
        or core.lower() in NUMBER_WORDS
    )


def is_money(token: str | None) -> bool:
    """Tell whether a token is an amount of money, ``£1.86``."""
    return bool(re.match(rf"[(~\u2212-]?(?:US\$|[{''.join(CURRENCIES)}])[0-9]", token or ""))


def is_magnitude(token: str | None) -> bool:
    """Tell whether a token multiplies the number before it: ``million``, ``bn``."""
    return (token or "").strip(".,;:!?)").lower() in MAGNITUDES


def measure(core: str, before: str | None = None, after: str | None = None) -> Ways:
    """Say a number with what is written close to it: ``-5``, ``£1.86m``, ``21°C``, ``£5/month``.

    Before a magnitude (``£1.86 million``) the currency is said with that; after a bare ``£`` it is said here.
    """
    found = MEASURE.fullmatch(core)
    if not found:
        return ()
    money = CODES.get(found["money"], found["money"])
    money = money or (before if before in CURRENCIES else "") or ""
    sign = combined(SIGNS[found["sign"]], SIGNS[found["minus"]])
    if found["unit"].endswith("+") and len(found["unit"]) > 1:
        return (
            combined(measure(core[:-1], before, after), said("plus", "or more")) if measure(core[:-1]) else ()
        )
    if found["unit"] in {"p", "i"} and re.fullmatch("[0-9]{3,4}", found["figures"]) and not money:
        lines = found["figures"]  # of a picture, 1080p: nobody writes so many pence
        return combined(distinct(pairs(lines), whole(lines)), said(found["unit"]))
    if money:
        worth = _money(money, found["figures"], found["unit"], spoken=not is_magnitude(after))
        return combined(sign, worth) if worth else ()
    named = unit(found["unit"], one=found["figures"] == "1") if found["unit"] else NOTHING
    return combined(sign, _figures(found), named) if named else ()


def _figures(found: re.Match[str]) -> Ways:
    """Say the number itself; "plus" before many digits is a telephone's, so they are said singly."""
    if found["sign"] == "+" and "." not in found["figures"]:
        return by_digit(found["figures"].replace(",", ""))
    return amount(found["figures"], counted=bool(found["unit"]))


def unit(text: str, *, one: bool = False) -> Ways:
    """Say a unit after a number, ``GB``, ``km/h``, ``m²``; nothing where it is not known.

    Both one and many are tried: "a ten kilometre run", "1 bytes".
    """
    base, slash, per = text.lstrip("-").partition("/")
    power = base[-1:] if base[-1:] in POWERS else ""
    base = base.removesuffix(power)
    base = base if base in UNITS else WITHOUT_CASE.get(base.lower(), base)
    if base.endswith("%+"):
        return combined(said("percent", "per cent"), said("plus", "or more"))
    if base not in UNITS:
        return combined(NOTHING, each(per)) if slash and not base and each(per) else ()
    single, many, *others = UNITS[base].split("|")
    names = said(single, many, *others) if one else said(many, *others[:1], single, *others[1:])
    if power:
        square, squared = POWERS[power]
        names = distinct(combined(said(square), names), combined(names, said(squared)))
    return combined(names, each(per)) if slash else distinct(names)


def each(per: str) -> Ways:
    """Say what something is counted by: ``month`` is "a month", "per month"; nothing where it is no word."""
    ways: list[Ways] = []
    for part in per.split("/")[:3]:
        if not re.fullmatch("[A-Za-z]+", part):
            return ()
        name = PER.get(part) or UNITS.get(part, part).partition("|")[0].lower()
        article = "an" if (name[0] in VOWELS and name != "user") or name == "hour" else "a"
        ways.append(said(f"per {name}", f"{article} {name}", f"each {name}"))
    return combined(*ways)


def _money(sign: str, figures: str, rest: str, *, spoken: bool) -> Ways:
    """Say an amount of money; without its currency where `spoken` is false."""
    scale, slash, per = rest.partition("/")
    after = each(per) if slash else NOTHING
    if (scale and scale.lower() not in {*MAGNITUDES, "+"}) or not after:
        return ()
    one, many, *_small = CURRENCIES[sign]
    front, _point, part = figures.partition(".")
    if scale == "+":
        after = combined(said("plus", "or more"), after)
    elif scale:
        name = MAGNITUDES[scale.lower()]
        names = distinct(
            combined(said(name), said(many, "", one)),
            said(f"{scale.lower()}"),
            said(f"{scale.lower()} {many}"),
        )
        return combined(amount(figures), names if len(scale) == 1 else names[:3], after)
    if not spoken:
        return amount(figures, counted=True)
    if part and not int(part) and front.strip("0"):
        part, figures = "", front
    if part:
        return combined(_with_hundredths(sign, front or "0", part), after)
    named = said(one) if front == "1" else said(many, one)
    amounts = said("one", "a") if front == "1" else amount(figures, counted=True)
    return combined(amounts, named, after)


def _with_hundredths(sign: str, front: str, part: str) -> Ways:
    """Say pounds and pence: "ten pounds fifty", "ten fifty", "forty five pence", "ten point five pounds"."""
    one, many, single, small = CURRENCIES[sign]
    pointed = combined(amount(f"{front}.{part}"), said(many))
    if len(part) > 2:  # noqa: PLR2004
        return pointed
    count = int(part.ljust(2, "0"))
    hundredths: Ways = (cardinal(count),)
    names = said(single if count == 1 else small, small[0])
    if not front.strip("0"):
        return distinct(combined(hundredths, names), pointed[:8])
    pounds = combined(amount(front, counted=True)[:3], said(one) if front == "1" else said(many, one))
    late = hundredths if part[0] != "0" else combined(said("oh"), hundredths)
    straight = combined(amount(front, counted=True)[:2], late)
    with_name = combined(pounds[:2], said("and", ""), hundredths, names[:1])
    return distinct(combined(pounds, hundredths)[:4], straight[:2], with_name, pointed[:6])


def ratio_or_fraction(core: str) -> Ways:
    """Say ``3/4``, ``1/10``, ``16:9``, ``1920x1080``; nothing where it is none of them."""
    found = re.fullmatch(r"([0-9]{1,5})([/:x\u00d7])([0-9]{1,5})", core)
    if not found:
        return ()
    first, mark, second = found.groups()
    left, right = amount(first), amount(second)
    if mark != "/":
        words = said("to", "", "by") if mark == ":" else said("by", "times", "x")
        return combined(left[:3], words, right[:3])
    parts = fraction(int(first), int(second)) if int(first) < int(second) else ()
    return distinct(parts, combined(left[:2], said("", "slash", "over", "out of", "of", "in"), right[:2]))

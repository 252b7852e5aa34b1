"""Numbers in words, as an English speaker says them.

num2words was weighed: it knows one way of saying a number where an aligner needs them all ("oh", "nought",
"double five", "forty four fifteen"), and writes commas and hyphens that would have to be taken out again.
"""

from __future__ import annotations

import re
from itertools import groupby

from ebrochure.transcribe.ways import NOTHING, Spoken, Ways, combined, distinct, said

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = (
    (1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"),
)  # fmt: skip
NUMBER_WORDS = frozenset({*ONES, *TENS, "hundred", *(name for _size, name in SCALES)})
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
NOUGHTS = ("zero", "oh", "nought")
REPEATS = {2: "double", 3: "triple"}
YEARS = range(1100, 2100)

LONGEST_NUMBER = 15
"""Digits of a number that has a name; longer ones are read digit by digit."""

LONGEST_CODE = 24
"""Digits of a number that somebody might read out."""

ROMAN = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
"""Roman numerals up to 39: what chapters, kings and wars are counted with."""


def cardinal(number: int, *, linked: bool = True) -> Spoken:
    """Say a whole number from 0 to 999,999,999,999,999; `linked` with the British "and".

    >>> " ".join(cardinal(1205))
    'one thousand two hundred and five'
    """
    if number < 20:  # noqa: PLR2004  the numbers that have a word of their own
        return (ONES[number],)
    if number < 100:  # noqa: PLR2004
        return (TENS[number // 10], *(cardinal(number % 10) if number % 10 else ()))
    if number < 1000:  # noqa: PLR2004
        return (ONES[number // 100], "hundred", *_rest(number % 100, linked=linked))
    scale, name = next((size, word) for size, word in SCALES if number >= size)
    high = cardinal(number // scale, linked=linked)
    rest = number % scale
    low = _rest(rest, linked=linked) if rest < 100 else cardinal(rest, linked=linked)  # noqa: PLR2004
    return (*high, name, *low)


def _rest(number: int, *, linked: bool) -> Spoken:
    """Say what follows hundreds: nothing for 0."""
    if not number:
        return ()
    return ("and", *cardinal(number)) if linked else cardinal(number)


def digits(text: str) -> Ways:
    """Say digits one by one: nought as "zero", "oh" or "nought", twice the same as "double" too."""
    runs = [(digit, len(list(run))) for digit, run in groupby(text[:LONGEST_CODE])]
    plain, with_noughts, without = (
        tuple(word for digit, count in runs for word in _run(digit, count, doubled))
        for doubled in ("", "0123456789", "123456789")
    )
    return distinct(
        tuple(
            tuple(nought if word == "zero" else word for word in way)
            for way in (plain, with_noughts, without)
            for nought in NOUGHTS
        )
    )


def _run(digit: str, count: int, doubled: str) -> Spoken:
    """Say one digit that is written `count` times: "double five" where it is among the `doubled`."""
    name = ONES[int(digit)]
    return (REPEATS[count], name) if count in REPEATS and digit in doubled else (name,) * count


def pairs(text: str) -> Ways:
    """Say three to six digits in groups: "two fourteen", "twelve oh four", "twenty seven oh oh one"."""
    if len(text) not in {3, 4, 5, 6} or text[0] == "0":
        return ()
    if len(text) == 5:  # noqa: PLR2004
        return combined((cardinal(int(text[:2])),), _small_group(text[2:])) if text[2] == "0" else ()
    start = len(text) % 2
    groups = [text[:start]] * start + [text[at : at + 2] for at in range(start, len(text), 2)]
    return () if "00" in groups else combined(*(_small_group(group) for group in groups))


def _small_group(group: str) -> Ways:
    """Say a group of digits; with noughts in front each is said, as "oh" first."""
    if group[0] != "0":
        return (cardinal(int(group)),)
    ways = digits(group)
    return distinct(ways[1:2], ways)


def ordinal(number: int) -> Spoken:
    """Say the place in an order: 21 is "twenty first"."""
    *front, last = cardinal(number)
    if last in ORDINALS:
        return (*front, ORDINALS[last])
    return (*front, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def year(number: int) -> Ways:
    """Say a year the way years are said; nothing where it is no year."""
    if number not in YEARS:
        return ()
    high, low = divmod(number, 100)
    if low == 0:
        return () if high % 10 == 0 else ((*cardinal(high), "hundred"),)
    if low < 10:  # noqa: PLR2004
        way = (*cardinal(high), "oh", *cardinal(low))
        return distinct((cardinal(number), way) if high % 10 == 0 else (way,))
    return ((*cardinal(high), *cardinal(low)),)


def whole(text: str, *, counted: bool = False) -> Ways:
    """Return the ways in which a run of digits (commas allowed) may be said, likeliest first.

    What is `counted`, pounds or gigabytes, is not said digit by digit.
    """
    plain = text.replace(",", "")
    if len(plain) > LONGEST_NUMBER or (plain[0] == "0" and len(plain) > 1):
        hundreds: Ways = (("oh", *cardinal(int(plain))),) if re.fullmatch(r"0[1-9]00", plain) else ()
        return distinct(digits(plain), hundreds)
    number = int(plain)
    named: Ways = (cardinal(number), cardinal(number, linked=False))
    if number == 0:
        named = said(*NOUGHTS, "none")
    short: Ways = tuple(("a", *way[1:]) for way in named if way[0] == "one" and way[1:])
    if len(plain) == 2 and plain[0] != plain[1]:  # noqa: PLR2004  "four two" for 42 is too rare
        return named[:1]
    if "," in text:
        return distinct(named, short, _hundreds(number))
    singly = () if counted or len(plain) < 2 else digits(plain)  # noqa: PLR2004
    hundreds = _hundreds(number)
    if number % 100 == 0:
        named = distinct(named[:1], hundreds, named)
    return distinct(year(number), named[:1], pairs(plain), named[1:], short, hundreds, singly)


def _hundreds(number: int) -> Ways:
    """Say thousands as hundreds: "fifteen hundred", "twelve hundred and fifty"."""
    if not 1100 <= number < 10_000 or number // 100 % 10 == 0:  # noqa: PLR2004
        return ()
    return ((*cardinal(number // 100), "hundred", *_rest(number % 100, linked=True)),)


def decimal(whole_part: str, part: str) -> Ways:
    """Say a decimal fraction: "four point one two", and as versions are said, "four point twelve"."""
    front = whole(whole_part, counted=True)[:2]
    if not whole_part.strip("0"):
        front = (*said("nought", "zero", "oh"), ())
    singly = digits(part)
    if not whole_part.strip("0") and "0" in part:
        singly = distinct(singly[2:3], singly)
    elif part == "0":
        singly = said("oh", "zero", "nought")
    ways = combined(front, said("point"), distinct(singly[:6], _as_one(part)))
    if part.endswith("0") and part.strip("0"):
        ways = (*ways[:6], *combined(front[:1], said("point"), digits(part.rstrip("0"))[:2]), *ways[6:])
    together = combined(front[:1], _as_one(part)) if _as_one(part) and whole_part.strip("0") else ()
    return distinct(
        ways[:8],
        combined(front[:2], said("dot"), distinct(singly[:2], _as_one(part)[:1]))[:4],
        together,
        ways[8:],
    )


def _as_one(part: str) -> Ways:
    """Say two or three digits after a point as one number; "oh five" for 05."""
    if part[0] == "0" or len(part) not in {2, 3}:
        return combined(said("oh", "zero"), (cardinal(int(part)),)) if re.fullmatch("0[1-9]", part) else ()
    return (cardinal(int(part)), *pairs(part))


def amount(text: str, *, counted: bool = False) -> Ways:
    """Say an unsigned number, with or without decimals: ``1,200``, ``4.12``, ``.5``."""
    front, point, part = text.partition(".")
    return decimal(front or "0", part) if point else whole(front, counted=counted)


def plural(way: Spoken) -> Spoken:
    """Say several of it: "nineties", "quarters", "halves"."""
    *front, last = way
    if last == "half":
        return (*front, "halves")
    return (*front, f"{last[:-1]}ies" if last.endswith("y") else f"{last}s")


def fraction(over: int, under: int) -> Ways:
    """Say a vulgar fraction: "three quarters", "a half", "two thirds"; nothing where it has no name."""
    if under < 2 or under > 100:  # noqa: PLR2004
        return ()
    names = {2: said("half"), 4: said("quarter", "fourth")}.get(under, (ordinal(under),))
    if over == 1:
        return combined(said("a", "one", ""), names)
    return combined((cardinal(over),), tuple(plural(name) for name in names))


def roman(text: str) -> int | None:
    """Read a Roman numeral from I to XXXIX; None where it is none.

    >>> roman("XIV")
    14
    """
    found = ROMAN.fullmatch(text)
    if not found:
        return None
    units = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
    return 10 * len(found[1]) + units[found[2]]


def by_digit(text: str) -> Ways:
    """Say a group of digits of a code or telephone number: singly first, as a number after that."""
    return distinct(digits(text), pairs(text), whole(text)) if text else NOTHING

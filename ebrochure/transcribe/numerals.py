"""Numbers in words, as an English speaker says them."""

from __future__ import annotations

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
YEARS = range(1100, 2100)

Spoken = tuple[str, ...]
"""Words in the order they are said."""


def cardinal(number: int, *, linked: bool = True) -> Spoken:
    """Say a whole number from 0 to 999,999,999,999; `linked` with the British "and".

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


def digits(text: str) -> tuple[Spoken, ...]:
    """Say digits one by one, nought as "zero" or as "oh"."""
    named = tuple(ONES[int(char)] for char in text)
    with_oh = tuple("oh" if word == "zero" else word for word in named)
    return (named,) if named == with_oh else (named, with_oh)


def ordinal(number: int) -> Spoken:
    """Say the place in an order: 21 is "twenty first"."""
    *front, last = cardinal(number)
    if last in ORDINALS:
        return (*front, ORDINALS[last])
    return (*front, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def year(number: int) -> tuple[Spoken, ...]:
    """Say a year the way years are said; nothing where it is no year."""
    if number not in YEARS:
        return ()
    high, low = divmod(number, 100)
    if low == 0:
        return ((*cardinal(high), "hundred"),)
    if low < 10:  # noqa: PLR2004
        return ((*cardinal(high), "oh", *cardinal(low)),)
    return ((*cardinal(high), *cardinal(low)),)


def whole(text: str) -> tuple[Spoken, ...]:
    """Return the ways in which a run of digits (commas allowed) may be said, likeliest first."""
    plain = text.replace(",", "")
    grouped = "," in text
    number = int(plain)
    if len(plain) > 12 or (plain[0] == "0" and len(plain) > 1):  # noqa: PLR2004
        return digits(plain)
    forms = [cardinal(number), cardinal(number, linked=False)]
    if not grouped:
        forms = [*year(number), *forms]
        if len(plain) >= 3:  # noqa: PLR2004
            forms += digits(plain)
    if 100 <= number < 200:  # noqa: PLR2004
        forms.append(("a", *cardinal(number)[1:]))
    if 1100 <= number < 10_000 and number % 100 == 0 and number % 1000:  # noqa: PLR2004
        forms.append((*cardinal(number // 100), "hundred"))
    return tuple(dict.fromkeys(forms))

"""What a token's neighbours say about it: a day beside its month, a unit after a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.transcribe.dates import place, place_number, with_month
from ebrochure.transcribe.letters import numeral, word
from ebrochure.transcribe.measures import each, is_money, is_number, unit
from ebrochure.transcribe.numerals import digits
from ebrochure.transcribe.units import CODES, CURRENCIES, MAGNITUDES, NEVER_ALONE, OFTEN_WORDS
from ebrochure.transcribe.ways import Ways, distinct, said
from ebrochure.transcribe.written import bare

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNS = {
    "&": said("and"), "%": said("percent", "per cent"), "+": said("plus", "and"), "=": said("equals", "is"),
    "@": said("at"), "#": said("hash", "number"),
}  # fmt: skip
"""Said where they stand between spaces; a dash there is a pause."""

BETWEEN_NUMBERS = {
    "\u2013": said("to"), "-": said("to", "minus"), "x": said("by", "times", "x"),
    "\u00d7": said("by", "times"), "/": said("over", "slash", "of"), "<": said("is less than", "less than"),
    ">": said("is more than", "more than"),
    ":": said("to"), "\u2212": said("minus"), "\u00f7": said("divided by"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A token among its neighbours in a sentence."""

    core: str
    """Its letters and figures, without the punctuation around them."""
    text: str
    """With it."""
    before: str | None
    """As written; None where it begins the sentence."""
    after: str | None
    """As written; None where it ends the sentence."""

    def after_number(self) -> bool:
        """Tell whether it follows a number without a comma between."""
        return is_number(self.before) and not (self.before or "").endswith((",", ";", ":", ".", "!", "?"))

    def between_numbers(self) -> bool:
        """Tell whether it stands between two numbers."""
        return self.after_number() and is_number(self.after)


def sign(here: Neighbours) -> Ways:
    """Say what has neither letters nor figures; most often nothing."""
    written = here.core or here.text
    if here.between_numbers() and written in BETWEEN_NUMBERS:
        return BETWEEN_NUMBERS[written]
    return unit(written) if written == "°" and here.after_number() else SIGNS.get(written, ())


def beside(here: Neighbours) -> Ways:
    """Say what the neighbours decide; nothing where they decide nothing."""
    return next((ways for rule in RULES if (ways := rule(here))), ())


def _by(here: Neighbours) -> Ways:
    """Say the x of ``8 x 4``."""
    return BETWEEN_NUMBERS["x"] if here.core == "x" and here.between_numbers() else ()


def _alone(here: Neighbours) -> Ways:
    """Say a lone "I": the number of a slide or chapter."""
    return said("one", "i") if here.core == "I" and here.before is None and here.after is None else ()


def _day(here: Neighbours) -> Ways:
    """Say a day beside its month, or a place in an order."""
    if re.fullmatch("[0-9]{1,2}", here.core):
        return with_month(int(here.core), here.before, here.after)
    number = place_number(here.core)
    return place(number, here.before, here.after) if number else ()


def _dialling_code(here: Neighbours) -> Ways:
    """Say ``(0)20`` with its nought and without."""
    found = re.fullmatch(r"\(0\)([0-9]{1,6})", here.text)
    return distinct(digits(found[1]), digits(f"0{found[1]}")) if found else ()


def _magnitude(here: Neighbours) -> Ways:
    """Say the million of ``£1.86 million``, with the currency that was not said before it."""
    before, low = here.before or "", here.core.lower()
    if low not in MAGNITUDES or not is_money(before) or before[-1].isalpha():
        return ()
    one, many, *_small = CURRENCIES[next(char for char in before if char in CURRENCIES)]
    name = MAGNITUDES[low]
    return said(f"{name} {many}", name, f"{name} {one}")


def _unit(here: Neighbours) -> Ways:
    """Say a token after a number as its unit.

    Words that are seldom units keep their own sound first.
    """
    core = here.core
    if not here.after_number() or core in NEVER_ALONE:
        return ()
    if core in CODES:
        one, many, *_small = CURRENCIES[CODES[core]]
        return distinct(said(many, one), word(core) if core.isalpha() else ())
    if core.lower().replace(".", "") in {"am", "pm"}:
        return word(core.replace(".", ""), stop=True)
    if core.startswith("/"):
        return each(core[1:])
    named = unit(core, one=bare(here.before or "") in {"1", "one"})
    if not named or not core.isalpha() or core.lower() in MAGNITUDES:
        return named
    own = word(core)
    return distinct(own[:3], named, own) if core in OFTEN_WORDS else distinct(named, own)


def _counted(here: Neighbours) -> Ways:
    """Say "number" for ``No.`` and "page" for ``p.`` before a number."""
    low, stop = here.core.lower(), here.text.endswith(".")
    if not re.match("[0-9]", here.after or "") or not (stop or here.core[0].isupper()):
        return ()
    names = {"no": "number", "nos": "numbers"} | ({"p": "page", "pp": "pages"} if stop else {})
    return said(names[low], low) if low in names else ()


def _numeral(here: Neighbours) -> Ways:
    """Say a Roman numeral."""
    bracketed = here.text.rstrip(".,;:").endswith(")") and here.core.islower()
    return numeral(here.core, bare(here.before) if here.before else None, bracketed=bracketed)


RULES: tuple[Callable[[Neighbours], Ways], ...] = (
    _alone, _day, _dialling_code, _magnitude, _by, _unit, _counted, _numeral,
)  # fmt: skip
"""Tried in turn."""

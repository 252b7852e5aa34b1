"""What is written in letters: words, abbreviations, acronyms, several words run together."""

from __future__ import annotations

import re

from ebrochure.transcribe.dates import SHORT_NAMES
from ebrochure.transcribe.numerals import cardinal, ordinal, roman
from ebrochure.transcribe.pronounce import is_known
from ebrochure.transcribe.shorthand import (
    ABBREVIATIONS,
    COUNTED,
    LATE_NAMES,
    LITTLE,
    ONLY_WITH_STOP,
    SELDOM,
    TRADE_WORDS,
)
from ebrochure.transcribe.ways import Spoken, Ways, combined, distinct, said

ACRONYM = re.compile(r"([A-Z]{2,})(s|'s|')?")
INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\.?(?:'?s)?")
LONGEST_ACRONYM = 8
SPELT_PART = 4
"""Letters of an unknown part of an address that may be spelt out."""
VOWEL = re.compile("[aeiouy]")
CAMEL = re.compile(r"[A-Z]?[a-z']+|[A-Z]+(?![a-z])|[A-Z]")


def word(core: str, *, stop: bool = False) -> Ways:
    """Say letters and apostrophes; `stop` where a full stop is written behind."""
    low = core.lower()
    plain = low.replace("'", "")
    first = spelt_acronym(core)
    listed = said(*ABBREVIATIONS[plain].split("|")) if plain in ABBREVIATIONS else ()
    if plain in ONLY_WITH_STOP and not stop:
        listed = ()
    if plain in SELDOM and not stop:
        listed, first = (), distinct(first, ((low,),), listed)
    if low in SHORT_NAMES and core[0].isupper():
        listed = said(low, SHORT_NAMES[low]) if low in LATE_NAMES and not stop else said(SHORT_NAMES[low])
    if first and len(plain) > SPELT_PART and is_known(low):
        first = distinct(((low,),), first)  # a word that is shouted
    trade = said(*TRADE_WORDS[plain].split("|")) if plain in TRADE_WORDS else _trade_with_ending(low)
    vowelless: Ways = () if VOWEL.search(low) or len(plain) < 2 or is_known(low) else (tuple(plain[:12]),)  # noqa: PLR2004
    return distinct(trade, listed, first, run_together(core), vowelless, ((low,),))


def _trade_with_ending(low: str) -> Ways:
    """Say a word of the trade with an ``'s``."""
    stem = low.removesuffix("'s")
    if stem == low or stem not in TRADE_WORDS:
        return ()
    return tuple((*front, f"{last}'s") for *front, last in said(*TRADE_WORDS[stem].split("|")))


def spelt_acronym(core: str) -> Ways:
    """Say capitals letter by letter, ``PDFs`` and ``NHS's`` too; nothing where it is no acronym."""
    found = ACRONYM.fullmatch(core)
    if not found or (len(found[1]) > LONGEST_ACRONYM and VOWEL.search(found[1].lower())):
        return ()
    names: Spoken = tuple(found[1].lower()[:20])
    return ((*names[:-1], f"{names[-1]}'s"),) if found[2] and "s" in found[2] else (names,)


def run_together(core: str) -> Ways:
    """Say the words of SharePoint, iPhone, macOS or WebAuthn one by one; nothing where it is one word."""
    parts = CAMEL.findall(core if core[-2:] == "'s" else core.replace("'", ""))
    if len(parts) < 2 or not any(part[0].isupper() for part in parts[1:]):  # noqa: PLR2004
        return ()
    if ACRONYM.fullmatch(core):
        return ()
    ways = combined(*(distinct(_part(part)) for part in parts[:8]))
    return distinct(((core.lower(),),), ways) if is_known(core.lower()) and core[1:2] in "caC" else ways


def _part(part: str) -> Ways:
    """Say one word of several that are run together."""
    return word(part) if len(part) > 1 else ((part.lower(),),)


def initials(core: str) -> Ways:
    """Say ``U.S.``, ``e.g.``, ``Ph.D.`` or ``J.R.R.``; nothing where it is none of these."""
    plain = core.replace(".", "")
    if "." in core and plain.lower() in ABBREVIATIONS and not INITIALS.fullmatch(core):
        return word(plain, stop=True)
    if not INITIALS.fullmatch(core):
        return ()
    listed = word(plain.lower(), stop=True)[:3] if plain.lower() in ABBREVIATIONS else ()
    names = tuple(plain.lower()) if len(plain) > 1 else (plain.lower(),)
    if plain.endswith("s") and plain[:-1].isupper():
        names = (*names[:-2], f"{names[-2].rstrip(chr(39))}'s")
    return distinct(listed, (tuple(name for name in names if name != "'"),))


def numeral(core: str, before: str | None, *, bracketed: bool = False) -> Ways:
    """Say a Roman numeral, "three" or "the third"; nothing where it is none.

    One letter is a numeral only after a word that is counted, as in "Part V". Small letters are one only in
    brackets, as in "(iv)".
    """
    stem = core.removesuffix("'s")
    number = roman(stem.upper() if bracketed else stem)
    if bracketed and number:
        return distinct((cardinal(number),), (tuple(core),), ((core,),))
    if number is None or (len(stem) == 1 and (before or "").lower() not in COUNTED):
        return ()
    ways: Ways = (cardinal(number), ("the", *ordinal(number)))
    if stem != core:
        ways = tuple((*front, f"{last}'s") for *front, last in ways)
    return distinct(ways, (tuple(stem.lower()),), ((core.lower(),),))


def part_of_address(part: str) -> Ways:
    """Say letters of an address: spelt out where they are short and no word, else as one word or two."""
    low = part.lower()
    if low == "www":
        return said("w w w", "triple w", "")
    if low in TRADE_WORDS:
        return distinct(said(*TRADE_WORDS[low].split("|")), (tuple(low),), ((low,),))
    spelt: Ways = (tuple(low.replace("'", "")),) if len(low) > 1 and len(low) <= SPELT_PART + 2 else ()
    short_name = len(low) <= SPELT_PART and not is_known(low)
    if spelt and (short_name or len(low) == 2 or not VOWEL.search(low)):  # noqa: PLR2004
        return distinct(spelt, ((low,),))
    camel = run_together(part)
    return distinct(camel, two_words(low), ((low,),), spelt if len(low) <= SPELT_PART else ())


def two_words(low: str) -> Ways:
    """Say an unknown word that is two known ones, ``followme``; nothing where it is not."""
    if is_known(low) or len(low) > 24:  # noqa: PLR2004  longer is no pair of words
        return ()
    cuts = sorted(range(2, len(low) - 1), key=lambda at: abs(2 * at - len(low)))
    for cut in cuts:
        halves = (low[:cut], low[cut:])
        if all(half in LITTLE or (len(half) > 2 and is_known(half)) for half in halves):  # noqa: PLR2004
            return (halves,)
    return ()

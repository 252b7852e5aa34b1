"""How words sound: the dictionary of pocketsphinx's wheel, and rules for what it lacks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from ebrochure.transcribe.sphinx import model_folder

if TYPE_CHECKING:
    from ebrochure.transcribe.numerals import Spoken

Phones = tuple[str, ...]
"""ARPABET without stress, ``("HH", "OW", "M", "Z")``."""

MAX_PRONUNCIATIONS = 12
"""Of one token, over all ways of saying it."""

SUFFIXES = (
    ("'s", "Z"), ("s'", "Z"), ("s", "Z"), ("ing", "IH NG"), ("ed", "D"), ("er", "ER"), ("ers", "ER Z"),
    ("ly", "L IY"), ("ness", "N AH S"), ("less", "L AH S"), ("able", "AH B AH L"), ("ment", "M AH N T"),
)  # fmt: skip
"""Endings and how they sound; `_after` fits them to what comes before."""

BRITISH = (
    ("our", "or"), ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"),
    ("lled", "led"), ("lling", "ling"), ("tre", "ter"), ("ogue", "og"), ("gramme", "gram"),
    ("aught", "aft"),
)  # fmt: skip
"""The dictionary is American."""

GRAPHEMES = {
    "tion": "SH AH N", "sion": "ZH AH N", "ture": "CH ER", "ight": "AY T", "eigh": "EY", "ough": "OW",
    "augh": "AO", "tch": "CH", "sch": "SH", "dge": "JH", "igh": "AY", "air": "EH R", "ear": "IH R",
    "eer": "IH R", "oor": "AO R", "our": "AO R", "ore": "AO R", "are": "EH R", "ire": "AY R",
    "ure": "Y UH R", "que": "K", "ing": "IH NG", "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "wh": "W",
    "ck": "K", "gh": "", "ng": "NG", "nk": "NG K", "qu": "K W", "kn": "N", "wr": "R", "ps": "P S",
    "ai": "EY", "ay": "EY", "au": "AO", "aw": "AO", "ea": "IY", "ee": "IY", "ei": "IY", "ey": "IY",
    "eu": "Y UW", "ew": "Y UW", "ie": "IY", "oa": "OW", "oe": "OW", "oi": "OY", "oo": "UW", "ou": "AW",
    "ow": "OW", "oy": "OY", "ue": "UW", "ui": "UW", "ar": "AA R", "er": "ER", "ir": "ER", "or": "AO R",
    "ur": "ER", "yr": "ER", "bb": "B", "cc": "K", "dd": "D", "ff": "F", "gg": "G", "ll": "L", "mm": "M",
    "nn": "N", "pp": "P", "rr": "R", "ss": "S", "tt": "T", "zz": "Z", "ce": "S", "ci": "S IH", "cy": "S IY",
    "ge": "JH", "gi": "JH IH", "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G",
    "h": "HH", "i": "IH", "j": "JH", "k": "K", "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K",
    "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
"""Spelling to sound, the longest spelling first: rough, but an aligner needs no more than rough."""

LONG_VOWELS = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW", "y": "AY"}
MAGIC_E = re.compile(r"^[aeiouy][bcdfgklmnpstvz]e$")
LETTER_NAMES = {"a": ("EY",)}
"""The dictionary has the article first; an acronym wants the letter."""


@lru_cache(maxsize=1)
def dictionary() -> dict[str, tuple[Phones, ...]]:
    """Read the wheel's dictionary: 126,000 words with all their pronunciations."""
    out: dict[str, list[Phones]] = {}
    with (model_folder() / "cmudict-en-us.dict").open(encoding="utf-8") as lines:
        for line in lines:
            word, _, phones = line.rstrip().partition(" ")
            out.setdefault(word.partition("(")[0], []).append(tuple(phones.split()))
    return {word: tuple(ways) for word, ways in out.items()}


def is_known(word: str) -> bool:
    """Tell whether the dictionary has the word."""
    return word in dictionary()


def pronounce(forms: tuple[Spoken, ...]) -> tuple[Phones, ...]:
    """Return how a token sounds, over all ways of saying it, likeliest first."""
    out: dict[Phones, None] = {}
    for form in forms:
        ways = [_sounds(word, spelt=len(form) > 1) for word in form]
        for choice in islice(product(*ways), 4):
            out[tuple(phone for word in choice for phone in word)] = None
    return tuple(phones for phones in out if phones)[:MAX_PRONUNCIATIONS]


def _sounds(word: str, *, spelt: bool = False) -> tuple[Phones, ...]:
    """Return the pronunciations of one word."""
    if spelt and word in LETTER_NAMES:
        return (LETTER_NAMES[word], *dictionary().get(word, ()))
    return dictionary().get(word) or guess(word)


@lru_cache(maxsize=4096)
def guess(word: str) -> tuple[Phones, ...]:
    """Guess how a word sounds that the dictionary lacks.

    From known words first (other spelling, known stem with an ending, two known words run together), else
    letter by letter.
    """
    known = dictionary()
    for british, american in BRITISH:
        if british in word and (other := word.replace(british, american)) in known:
            return known[other]
    for suffix, sound in SUFFIXES:
        stem = word.removesuffix(suffix)
        for base in (stem, f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
            if stem != word and len(base) > 2 and base in known:  # noqa: PLR2004
                return tuple((*phones, *_after(phones[-1], tuple(sound.split()))) for phones in known[base])
    for cut in sorted(range(3, len(word) - 2), key=lambda at: abs(2 * at - len(word))):
        front, back = known.get(word[:cut]), known.get(word[cut:])
        if front and back:
            return tuple((*first, *second) for first, second in islice(product(front, back), 4))
    return (_by_letters(word),)


def _after(last: str, sound: Phones) -> Phones:
    """Return how an ending sounds after a consonant or vowel: cats, dogs, horses; hoped, wanted."""
    if sound == ("Z",):
        if last in {"S", "Z", "SH", "CH", "ZH", "JH"}:
            return ("IH", "Z")
        return ("S",) if last in {"P", "T", "K", "F", "TH"} else sound
    if sound == ("D",):
        if last in {"T", "D"}:
            return ("IH", "D")
        return ("T",) if last in {"P", "K", "F", "S", "SH", "CH", "TH"} else sound
    return sound


def _by_letters(word: str) -> Phones:
    """Sound out a word letter by letter."""
    word = re.sub(r"[^a-z]", "", word)
    phones: list[str] = []
    at = 0
    while at < len(word):
        rest = word[at:]
        if MAGIC_E.match(rest[:3]) and len(rest) == 3 and at:  # noqa: PLR2004  a final silent e
            phones += [LONG_VOWELS[rest[0]], *_by_letters(rest[1])]
            break
        if rest == "e" and len(phones) > 1:
            break
        spelling, sound = next(item for item in GRAPHEMES.items() if rest.startswith(item[0]))
        phones += sound.split()
        at += len(spelling)
    return tuple(phones)

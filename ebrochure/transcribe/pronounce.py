"""How words sound: as the dictionary of pocketsphinx's wheel says, or as words that are spelt like them."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from ebrochure.transcribe.sounding import Sounding
from ebrochure.transcribe.sphinx import model_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.transcribe.spelling import Phones
    from ebrochure.transcribe.ways import Spoken

MAX_PRONUNCIATIONS = 24
"""Of one token, over all ways of saying it."""

WAYS_OF_A_FORM = 4
"""Pronunciations of one way of saying a token."""

MAX_GUESSES = 4
"""Pronunciations of a word that the dictionary lacks."""

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

LACKING: dict[str, tuple[Phones, ...]] = {
    "nought": (("N", "AO", "T"),),
    "swot": (("S", "W", "AA", "T"),),
    "kilohertz": (("K", "IH", "L", "AH", "HH", "ER", "T", "S"),),
    "mebibytes": (("M", "EH", "B", "IH", "B", "AY", "T", "S"),),
}
"""Words that stand for figures and signs, are not in the dictionary, and would be guessed wrong."""

PART = 4
"""Letters of a known word that may be part of a compound: shorter ones are found everywhere."""

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


@lru_cache(maxsize=1)
def sounding() -> Sounding:
    """Learn from the wheel's dictionary how words are spelt: about one CPU second, once in a process."""
    return Sounding(dictionary())


def is_known(word: str) -> bool:
    """Tell whether the dictionary has the word."""
    return word in dictionary()


def pronounce(forms: tuple[Spoken, ...]) -> tuple[Phones, ...]:
    """Return how a token sounds, likeliest first: every way of saying it once before any a second time."""
    ways = [tuple(islice(_said(form), WAYS_OF_A_FORM)) for form in forms]
    out: dict[Phones, None] = {}
    for turn in range(WAYS_OF_A_FORM):
        out |= dict.fromkeys(way[turn] for way in ways if len(way) > turn and way[turn])
    return tuple(out)[:MAX_PRONUNCIATIONS]


def _said(form: Spoken) -> Iterator[Phones]:
    """Yield the pronunciations of words said one after the other."""
    ways = [_sounds(word, spelt=_is_letter(form, place)) for place, word in enumerate(form)]
    for choice in product(*ways):
        yield tuple(phone for word in choice for phone in word)


def _is_letter(form: Spoken, place: int) -> bool:
    """Tell whether a single letter is named: "a p i", but not the "a" of "a hundred"."""
    beside = form[max(0, place - 1) : place] + form[place + 1 : place + 2]
    return len(form[place]) == 1 and (place > 0 or any(len(word) == 1 for word in beside))


def _sounds(word: str, *, spelt: bool = False) -> tuple[Phones, ...]:
    """Return the pronunciations of one word."""
    known = dictionary().get(word)
    if spelt and word in LETTER_NAMES:
        return tuple(dict.fromkeys((LETTER_NAMES[word], *(known or ()))))
    return known or guess(word)


@lru_cache(maxsize=4096)
def guess(word: str) -> tuple[Phones, ...]:
    """Guess how a word sounds that the dictionary lacks: up to `MAX_GUESSES` ways, likeliest first.

    A known word in British spelling or with an ending comes first, then what words spelt like it suggest;
    two known words run together are seldom the best guess and often the second.
    """
    if word in LACKING:
        return LACKING[word]
    letters = "".join(letter for letter in word if "a" <= letter <= "z")
    if not letters:
        return ()
    if word.endswith("'s") and letters != "s" and not is_known(word[:-2]):
        return tuple((*way, *_after(way[-1], ("Z",))) for way in _sounds(word[:-2]) if way)
    best, *others = sounding().guesses(letters, MAX_GUESSES) or ((),)
    ways = (*_respelt(word)[:1], *_with_ending(word)[:1], best, *_compound(letters)[:1], *others)
    return tuple(way for way in dict.fromkeys(ways) if way)[:MAX_GUESSES]


def _respelt(word: str) -> tuple[Phones, ...]:
    """Return the sound of the same word in American spelling."""
    others = (word.replace(british, american) for british, american in BRITISH if british in word)
    return next((dictionary()[other] for other in others if is_known(other)), ())


def _with_ending(word: str) -> tuple[Phones, ...]:
    """Return the sound of a known word with an ending."""
    for suffix, sound in SUFFIXES:
        stem = word.removesuffix(suffix)
        for base in (stem, f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
            if stem != word and len(base) > 2 and is_known(base):  # noqa: PLR2004
                return tuple(
                    (*phones, *_after(phones[-1], tuple(sound.split()))) for phones in dictionary()[base]
                )
    return ()


def _compound(word: str) -> tuple[Phones, ...]:
    """Return the sound of two known words that are run together, parted as near the middle as can be."""
    cuts = sorted(range(PART, len(word) - PART + 1), key=lambda at: abs(2 * at - len(word)))
    for cut in cuts:
        front, back = dictionary().get(word[:cut]), dictionary().get(word[cut:])
        if front and back:
            return tuple((*first, *second) for first, second in islice(product(front, back), 4))
    return ()


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

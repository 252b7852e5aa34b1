"""The index: which services say a word, and how much it matters there."""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

from ebrochure.publish.search.files import data_script
from ebrochure.publish.search.passages import PassageKind
from ebrochure.publish.search.tokens import stemmer, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ebrochure.publish.search.files import Searchable

WORDS_FILE = "static/search/words.js"
TERMS_PER_FILE = 256
_BOOST = {PassageKind.TITLE: 12, PassageKind.HEADING: 5, PassageKind.SUMMARY: 4, PassageKind.GLOSSARY: 3}
"""How often a word counts where it says what a service is about; elsewhere once."""
# Okapi BM25 with its usual settings; the share that a word's rarity has is left to the browser.
_SATURATION, _LENGTH_SHARE = 1.2, 0.75
_STEPS = 25
"""A weight is one letter, A to Z."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_Counts = dict[str, int]


def index_files(services: Iterable[Searchable]) -> dict[str, bytes]:
    """Return the files of the index by their path in the site."""
    ordered = sorted(services, key=lambda service: service.id)
    stems_of: dict[str, set[str]] = defaultdict(set)
    counts = [_counted(service, stems_of) for service in ordered]
    pairs = sorted((form, stem) for form, stems in stems_of.items() for stem in stems)
    numbers = {stem: number for number, stem in enumerate(dict.fromkeys(stem for _form, stem in pairs))}
    postings = _postings(counts, numbers)
    named = [[item.id, item.title, item.href, item.language, item.direction] for item in ordered]
    words = {
        "forms": front_coded([(form, numbers[stem]) for form, stem in pairs]),
        "services": named,
        "termsPerFile": TERMS_PER_FILE,
    }
    files = {WORDS_FILE: data_script(WORDS_FILE, words)}
    for at in range(0, len(postings), TERMS_PER_FILE):
        name = f"static/search/terms-{at // TERMS_PER_FILE}.js"
        files[name] = data_script(name, postings[at : at + TERMS_PER_FILE])
    return files


def front_coded(pairs: Sequence[tuple[str, int]]) -> str:
    """Return sorted forms with their terms as one string, a form told by what it shares with the one before.

    Each is a digit (base 36) for the letters shared, the rest, and, where its term is not the next new one, a
    hyphen and how many terms back it is: ``0remote 6ly-1``.

    Args:
        pairs: Form and number of its term; terms are numbered as they first come.
    """
    coded, before, new = [], "", 0
    for form, term in pairs:
        shared = min(_shared(before, form), len(_DIGITS) - 1)
        back = "" if term == new else f"-{base36(new - term)}"
        coded.append(f"{_DIGITS[shared]}{form[shared:]}{back}")
        before, new = form, max(new, term + 1)
    return " ".join(coded)


def base36(number: int) -> str:
    """Return `number`, not negative, in the digits that JavaScript's `parseInt(…, 36)` reads."""
    rest, digit = divmod(number, 36)
    return (base36(rest) if rest else "") + _DIGITS[digit]


def _shared(one: str, other: str) -> int:
    """Return how many letters two words begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _counted(service: Searchable, stems_of: dict[str, set[str]]) -> _Counts:
    """Count the terms of a service, and note which forms they are met in."""
    stem = stemmer(service.language)
    counts: _Counts = defaultdict(int)
    for passage in service.passages:
        boost = _BOOST.get(passage.kind, 1)
        for form in tokens(passage.text):
            term = stem(form)
            stems_of[form].add(term)
            if not form.startswith(
                term
            ):  # an article that is written together, as in Arabic: found without it
                stems_of[term].add(term)
            counts[term] += boost
    return counts


def _postings(counts: Sequence[_Counts], numbers: Mapping[str, int]) -> list[str]:
    """Return for each term its services: the gap from the one before in base 36, then the weight's letter."""
    lengths = [sum(service.values()) for service in counts]
    mean = sum(lengths) / max(1, len(lengths)) or 1
    postings = [""] * len(numbers)
    last = [0] * len(numbers)
    for number, (service, length) in enumerate(zip(counts, lengths, strict=True)):
        damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / mean)
        for stem, count in service.items():
            term = numbers[stem]
            letter = chr(ord("A") + round(_STEPS * count / (count + damping)))
            postings[term] += base36(number - last[term]) + letter
            last[term] = number
    return postings

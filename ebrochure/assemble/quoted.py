"""Words that somebody quotes, found where they are spoken. Pure.

Only letters and figures count: capitals, accents, punctuation and where words are parted do not.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING

from ebrochure.model.writing import is_unspaced, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.model.transcript import Word

_LEAST_LIKENESS = 0.6
"""Below, what is spoken has no more in common with a quotation than any other words would."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is spoken that is most like a quotation."""

    text: str
    start_ms: int
    """In source time."""


def find_quoted(quoted: str, words: Sequence[Word]) -> tuple[int, ...]:
    """Return when `quoted` is spoken: where its first word begins in source time, in order.

    Args:
        quoted: As somebody wrote it down.
        words: What is spoken, in order of time.

    """
    wanted, spoken = _letters(quoted), [_letters(word.text) for word in words]
    ends = list(accumulate(map(len, spoken)))
    said = "".join(spoken)
    if not wanted:
        return ()
    stops = set(ends)
    starts = {end - len(letters) for end, letters in zip(ends, spoken, strict=True)}
    return tuple(
        words[bisect_right(ends, at)].time.start_ms
        for at in _occurrences(wanted, said)
        if (at in starts or is_unspaced(wanted[0])) and (at + len(wanted) in stops or is_unspaced(wanted[-1]))
    )


def most_alike(quoted: str, words: Sequence[Word]) -> Likeness | None:
    """Return what is spoken in `words` that is most like `quoted`, in as many words; None: nothing is."""
    wanted, count = _letters(quoted), len(quoted.split())
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    best: Likeness | None = None
    least = _LEAST_LIKENESS
    for first in range(len(words) - count + 1):
        texts = [word.text for word in words[first : first + count]]
        matcher.set_seq1("".join(map(_letters, texts)))
        if matcher.quick_ratio() > least and matcher.ratio() > least:
            least = matcher.ratio()
            best = Likeness(joined(texts), words[first].time.start_ms)
    return best


def _letters(text: str) -> str:
    """Return what of `text` counts."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalnum())


def _occurrences(wanted: str, said: str) -> Iterator[int]:
    at = said.find(wanted)
    while at >= 0:
        yield at
        at = said.find(wanted, at + 1)

"""How an unknown word sounds: letter by letter, as in the dictionary's words that are spelt most like it."""

from __future__ import annotations

from collections import defaultdict
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.transcribe.spelling import LETTERS, PAD, letter_numbers, spell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from ebrochure.transcribe.spelling import Phones

NARROWER = (2, -1, 3, -2, 4, -3, -4)
"""Neighbours that a look-alike should share, by their distance from the letter, the most telling first; the
next letter and the sounds of the one before come ahead of them all."""

WIDEST = 4096
"""More look-alikes than this say nothing that fewer do not say better."""

BEAM, BRANCHES = 6, 5
"""Half-made pronunciations that are kept, and sounds that are tried for each letter."""

LONGEST_WORD = 40
"""Letters; what is longer is no word, and is not sounded out further."""


class Sounding:
    """The spelling of a whole dictionary, ready to be looked up."""

    def __init__(self, words: Mapping[str, tuple[Phones, ...]]) -> None:
        """Learn from words with their pronunciations: about one CPU second for 125,000."""
        self._spelt = spell(words)
        letters = self._spelt.letters.astype(np.int16)
        pairs = letters * LETTERS
        pairs[:-1] += letters[1:]
        self._order = np.argsort(pairs, kind="stable")
        self._starts = np.searchsorted(pairs[self._order], np.arange(LETTERS * LETTERS + 1))

    def guesses(self, word: str, count: int) -> tuple[Phones, ...]:
        """Return up to `count` ways in which a word of the letters a-z may sound, likeliest first."""
        numbers = [0] * PAD + letter_numbers(word[:LONGEST_WORD]) + [0] * PAD
        ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
        for at in range(PAD, len(numbers) - PAD):
            likely = {last: self._likely(numbers, at, last) for last in {way[-1:] for _score, way in ways}}
            longer = [
                (score + log(chance), (*way, sounds))
                for score, way in ways
                for sounds, chance in likely[way[-1:]]
            ]
            ways = sorted(longer, key=lambda item: (-item[0], item[1]))[:BEAM]
        totals: dict[Phones, float] = defaultdict(float)
        for score, way in ways:
            totals[tuple(phone for sounds in way for phone in self._spelt.names[sounds])] += exp(score)
        return tuple(sorted((way for way in totals if way), key=lambda way: -totals[way]))[:count]

    def _likely(self, numbers: list[int], at: int, last: tuple[int, ...]) -> list[tuple[int, float]]:
        """Return what the letter at `at` may sound like after `last`, with the chance of each.

        The closest look-alikes count most; the fewer and the less of one mind they are, the more the wider
        circle has to say (Witten-Bell).
        """
        chances: dict[int, float] = {}
        for places in self._circles(numbers, at, last[0] if last else 0):
            counts = np.bincount(self._spelt.sounds[places])
            found = np.flatnonzero(counts)
            total = len(places) + (len(found) if chances else 0)
            chances = {sounds: chance * len(found) / total for sounds, chance in chances.items()}
            for sounds, times in zip(found.tolist(), counts[found].tolist(), strict=True):
                chances[sounds] = chances.get(sounds, 0.0) + times / total
        return sorted(chances.items(), key=lambda item: (-item[1], item[0]))[:BRANCHES]

    def _circles(self, numbers: list[int], at: int, last: int) -> Iterator[NDArray[np.int64]]:
        """Yield the places in the dictionary that look like this one, ever fewer and ever more like it."""
        letters, sounds = self._spelt.letters, self._spelt.sounds
        pair = numbers[at] * LETTERS + numbers[at + 1]
        places = self._order[self._starts[pair] : self._starts[pair + 1]]
        if not len(places):
            first = numbers[at] * LETTERS
            places = self._order[self._starts[first] : self._starts[first + LETTERS]]
        closer = places[sounds[places - 1] == last]
        for step in (None, *NARROWER):
            if step is not None:
                closer = places[letters[places + step] == numbers[at + step]]
            if not len(closer):
                break
            if len(closer) < len(places) <= WIDEST:
                yield places
            places = closer
        yield places

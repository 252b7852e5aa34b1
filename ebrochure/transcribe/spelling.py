"""Which letters of a word make which of its sounds, for every word of a dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

Phones = tuple[str, ...]
"""ARPABET without stress, ``("HH", "OW", "M", "Z")``."""

PAD = 4
"""Places without a letter before and after each word."""

LONGEST = 20
"""Letters of a word that is learnt from; the few longer ones teach nothing new."""

SAMPLE, ROUNDS = 15, 5
"""The likelihoods are learnt from every 15th word, in five rounds; more of either changes nothing."""

FIRST_GUESS = 0.5
"""Weight of a sound next to the one at a letter's own share of the word, before anything is known."""

SILENT_AT_FIRST, UNSEEN = -3.0, -12.0
"""Logarithms of likelihoods before anything is known: of a silent letter, and of what no word suggests."""

LETTERS = 27
"""Letters are numbers from 1 to 26; 0 is no letter."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """All letters of a dictionary in a row, each with the sounds that it makes."""

    letters: NDArray[np.uint8]
    """1 to 26, with `PAD` zeros before and after every word."""
    sounds: NDArray[np.int16]
    """For each letter the index of its sounds in `names`; 0 where there is no letter or it is silent."""
    names: tuple[Phones, ...]
    """No sound, one sound or two: ``()``, ``("AH",)``, ``("K", "S")``."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Words of one length with pronunciations of one length, a row each."""

    letters: NDArray[np.int64]
    single: NDArray[np.int64]
    """Each sound as a chunk by itself."""
    double: NDArray[np.int64]
    """Each sound with the next as a chunk."""


def letter_numbers(word: str) -> list[int]:
    """Return each letter a-z as 1 to 26."""
    return [ord(letter) - 96 for letter in word]


def spell(words: Mapping[str, tuple[Phones, ...]]) -> Spelt:
    """Share the sounds of every word out among its letters, so that a letter makes none, one or two.

    What a letter is likely to stand for is learnt from the words themselves: first from where in a word
    letter and sound are, then over and over from the likeliest sharing-out.
    """
    phones = sorted({phone for ways in words.values() for way in ways for phone in way})
    batches = _batches(words, {phone: chr(code) for code, phone in enumerate(phones, start=1)})
    base = len(phones) + 1
    scores = _learn(batches, base)
    rows = [
        [np.pad(row, ((0, 0), (PAD, 0))).ravel() for row in (batch.letters, _shared_out(batch, scores))]
        for batch in batches
    ]
    end = np.zeros(PAD, np.int64)
    letters = np.concatenate([*(row[0] for row in rows), end]).astype(np.uint8)
    chunks, sounds = np.unique(np.concatenate([*(row[1] for row in rows), end]), return_inverse=True)
    names = tuple(
        tuple(phones[code - 1] for code in divmod(chunk, base) if code) for chunk in chunks.tolist()
    )
    return Spelt(letters, sounds.astype(np.int16), names)


def _batches(words: Mapping[str, tuple[Phones, ...]], codes: Mapping[str, str]) -> list[_Batch]:
    """Sort words by their length and their number of sounds, so that numpy can take many at once."""
    texts: dict[tuple[int, int], tuple[list[str], list[str]]] = {}
    for word, ways in words.items():
        if not (word.isascii() and word.isalpha() and 1 < len(word) <= LONGEST):
            continue
        for way in ways:
            if len(way) <= 2 * len(word):
                spellings, sounds = texts.setdefault((len(word), len(way)), ([], []))
                spellings.append(word)
                sounds.append("".join([codes[phone] for phone in way]))
    base = len(codes) + 1
    return [_batch(*texts[size], base) for size in sorted(texts)]


def _batch(spellings: Sequence[str], sounds: Sequence[str], base: int) -> _Batch:
    """Turn words of one size into arrays."""
    letters, phones = (
        np.frombuffer("".join(lines).encode("latin-1"), np.uint8).reshape(len(lines), -1).astype(np.int64)
        for lines in (spellings, sounds)
    )
    return _Batch(letters - 96, phones * base, phones[:, :-1] * base + phones[:, 1:])


def _learn(batches: Iterable[_Batch], base: int) -> NDArray[np.float32]:
    """Return the logarithm of how likely each letter makes each chunk of sounds."""
    sample = [
        _Batch(batch.letters[::SAMPLE], batch.single[::SAMPLE], batch.double[::SAMPLE]) for batch in batches
    ]
    counts = np.zeros((LETTERS, base * base))
    for batch in sample:
        _count_by_place(batch, counts)
    scores = np.where(counts > 0, np.log((counts + 0.01) / (counts.sum(1, keepdims=True) + 1)), UNSEEN)
    scores[:, 0] = SILENT_AT_FIRST
    for _round in range(ROUNDS):
        counts = np.zeros_like(counts)
        for batch in sample:
            np.add.at(counts, (batch.letters, _shared_out(batch, scores.astype(np.float32))), 1)
        scores = np.log((counts + 0.02) / (counts.sum(1, keepdims=True) + 1))
    return scores.astype(np.float32)


def _count_by_place(batch: _Batch, counts: NDArray[np.float64]) -> None:
    """Count letters with the sounds that stand at the same share of the word, and beside that."""
    length, sounds = batch.letters.shape[1], batch.single.shape[1]
    for letter in range(length):
        middle = int((letter + 0.5) * sounds / length)
        for place in range(max(0, middle - 1), min(sounds, middle + 2)):
            weight = 1.0 if place == middle else FIRST_GUESS
            np.add.at(counts, (batch.letters[:, letter], batch.single[:, place]), weight)


def _shared_out(batch: _Batch, scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return for each letter the chunk of sounds that it makes in the likeliest sharing-out."""
    count, length = batch.letters.shape
    sounds = batch.single.shape[1]
    best = np.full((count, sounds + 1), -1e4, np.float32)
    best[:, 0] = 0
    taken = np.zeros((length, count, sounds + 1), np.int8)
    for at in range(length):
        letter = batch.letters[:, at : at + 1]
        new = best + scores[letter, 0]
        for size, chunks in ((1, batch.single), (2, batch.double)):
            if chunks.shape[1]:
                other = best[:, :-size] + scores[letter, chunks]
                better = other > new[:, size:]
                new[:, size:][better] = other[better]
                taken[at][:, size:][better] = size
        best = new
    return _traced(batch, taken)


def _traced(batch: _Batch, taken: NDArray[np.int8]) -> NDArray[np.int64]:
    """Follow the choices back from the end of each word."""
    length, count, _states = taken.shape
    rows, place = np.arange(count), np.full(count, batch.single.shape[1])
    out = np.zeros((count, length), np.int64)
    for at in range(length - 1, -1, -1):
        size = taken[at][rows, place]
        for chunks, wanted in ((batch.single, 1), (batch.double, 2)):
            mine = size == wanted
            out[mine, at] = chunks[rows[mine], place[mine] - wanted]
        place = place - size
    return out

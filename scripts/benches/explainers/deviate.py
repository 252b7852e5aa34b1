"""What speakers do to a script: leave sentences out, add their own, begin again, break off."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from .texts import Line, read_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

SKIPS, ADLIBS, REPEATS, BROKEN_OFF = 3, 3, 2, 1
"""How often each happens in one recording."""

APART = 3
"""Sentences from one deviation to the next: what belongs to which must never be in doubt."""

WORTH_SKIPPING, WORTH_REPEATING, WORTH_BREAKING = 5, 9, 9
"""Words that a sentence has at least; whether two words were said nobody could tell with certainty."""

FALSE_START = (3, 7)
"""Words that a false start has at least and at most."""

ADLIB_TEXTS = (
    "Sorry, let me take a sip of water.",
    "Oh, and that reminds me of a story my sister told me last summer.",
    "Bear with me for a second.",
    "As somebody in the second row just asked, yes, we thought of that.",
    "I know, I know, it sounds too good to be true.",
    "My own mother tried it last weekend and found it rather easy.",
    "There goes the fire engine again.",
    "If you can hear hammering, they are mending the roof above us.",
    "Where was I? Ah yes, now I remember.",
    "Honestly, it took me three evenings to understand this part.",
    "Could somebody please close the window?",
    "By the way, the cake in the kitchen is for everyone.",
    "Excuse me, my throat is dry today.",
    "You may laugh, but that is exactly how it happened.",
    "I promised my colleagues not to tell any jokes here, so I will keep it short.",
    "Let me say that more slowly.",
    "This is my favourite bit, although nobody ever believes me when I say so.",
    "The lights have just gone off, please give me a moment to wave my arms.",
    "Between you and me, the first attempt was an absolute disaster.",
    "Please forgive the noise of the lorries outside.",
    "We had an enormous argument about this, which lasted well into the night.",
    "Right, good, excellent, moving on.",
    "I can see that some of you are already nodding.",
    "Hold on, the microphone has slipped off my collar again.",
)  # fmt: skip
"""Off the script, whatever it is about: 5 to 17 words."""


@dataclass(frozen=True, slots=True)
class Take:
    """One stretch of speech between two pauses."""

    index: int | None
    """Sentence of the script, or None where it is beside the script: an ad-lib, a first attempt."""
    line: Line
    """What is said."""


@dataclass(frozen=True, slots=True)
class Performance:
    """What a speaker made of a script."""

    takes: tuple[Take, ...]
    log: dict[str, Any]
    """``skip``, ``repeat``, ``truncated``: indexes of sentences; ``adlib_after``: index of the one before."""


def as_written(lines: tuple[Line, ...]) -> Performance:
    """Return the performance of a speaker who follows the script."""
    takes = tuple(Take(index, line) for index, line in enumerate(lines))
    return Performance(takes, {"skip": [], "repeat": [], "adlib_after": [], "truncated": []})


def deviate(lines: tuple[Line, ...], seed: int) -> Performance:
    """Return a performance with every deviation at least `APART` sentences from the next.

    A repetition is a false start or, once in three, the whole sentence said twice; the last take counts, so
    the first has no index.

    Raises:
        ValueError: the script is too short for all of them.
    """
    random = Random(seed)  # noqa: S311  no secret
    taken: set[int] = set()
    long = {count: _of_length(lines, count) for count in (0, WORTH_SKIPPING, WORTH_REPEATING, WORTH_BREAKING)}
    broken = _choose(random, long[WORTH_BREAKING], BROKEN_OFF, taken)
    repeats = _choose(random, long[WORTH_REPEATING], REPEATS, taken)
    skips = _choose(random, long[WORTH_SKIPPING], SKIPS, taken)
    adlibs = dict(
        zip(_choose(random, long[0], ADLIBS, taken), random.sample(ADLIB_TEXTS, ADLIBS), strict=True)
    )
    takes: list[Take] = []
    for index, line in enumerate(lines):
        if index in repeats:
            takes.append(Take(None, _attempt(random, line)))
        if index not in skips:
            half = len(line.tokens) // 2 + random.randint(0, 1)
            takes.append(Take(index, line.first(half) if index in broken else line))
        if index in adlibs:
            takes.append(Take(None, read_line(adlibs[index], line.speaker)))
    log = {"skip": skips, "repeat": repeats, "adlib_after": sorted(adlibs), "truncated": broken}
    return Performance(tuple(takes), log)


def _of_length(lines: tuple[Line, ...], words: int) -> frozenset[int]:
    """Return the sentences with at least `words` tokens; the first and the last are left in peace."""
    return frozenset(index for index, line in enumerate(lines) if len(line.tokens) >= words) - {
        0,
        len(lines) - 1,
    }


def _choose(random: Random, among: Iterable[int], count: int, taken: set[int]) -> list[int]:
    """Choose sentences away from those `taken`, and take them."""
    chosen: list[int] = []
    for _ in range(count):
        free = [index for index in sorted(among) if _is_free(index, taken)]
        if not free:
            raise ValueError("the script is too short for that many deviations")
        chosen.append(random.choice(free))
        taken.add(chosen[-1])
    return sorted(chosen)


def _is_free(index: int, taken: Collection[int]) -> bool:
    return all(abs(index - other) >= APART for other in taken)


def _attempt(random: Random, line: Line) -> Line:
    """Return the first attempt at a sentence: all of it, or a false start."""
    if random.random() < 1 / 3:
        return line
    return line.first(random.randint(*FALSE_START))

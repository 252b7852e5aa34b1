"""Earlier takes: words of the script that were said once before they were said for good."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.transcribe.evidence import Evidence
    from ebrochure.transcribe.tokens import Token

REACH = 120
"""Words of the script, either way, in which an earlier take is looked for: a long sentence or two."""

LEAST_WORDS, LEAST_SOUNDS = 3, 7
"""What two takes must share at least; fewer words are alike by chance."""

WORDS_ELSEWHERE = 5
"""Words of a take at least that does not stand right before its sentence."""

DENSITY = 0.6
"""Share of an earlier take's words that must be the script's."""

LEAP = 4
"""Unlike words in a row that end a take."""


@dataclass(frozen=True, slots=True)
class Take:
    """A run of heard words that says again, or for the first time, what is matched elsewhere."""

    first: int
    """Index of its first heard word."""
    last: int
    sentence: int
    """The script's sentence that it is a take of."""


def find_takes(evidence: Evidence) -> tuple[Take, ...]:
    """Return the earlier takes among the heard words that were matched with nothing, in order."""
    edges = [(-1, -1), *sorted(evidence.anchors.items()), (len(evidence.tokens), len(evidence.heard))]
    takes: list[Take] = []
    for (left, left_place), (right, right_place) in pairwise(edges):
        at = left_place + 1
        while right_place - at >= LEAST_WORDS:
            around = range(max(0, left - REACH), min(len(evidence.tokens), right + REACH))
            take = _best_take(evidence, range(at, right_place), around)
            if take is None:
                break
            if _is_likely(take, evidence.tokens, right):
                takes.append(take)
            at = take.last + 1
    return tuple(sorted(takes, key=lambda take: take.first))


def _is_likely(take: Take, tokens: Sequence[Token], following: int) -> bool:
    """Tell whether a take is more than words that happen to be alike.

    A false start comes right before its sentence; whoever goes back further says more than a few words.
    """
    starts_over = following < len(tokens) and tokens[following].sentence == take.sentence
    return starts_over or take.last - take.first + 1 >= WORDS_ELSEWHERE


def _best_take(evidence: Evidence, places: range, around: range) -> Take | None:
    """Return the run among `places` that most resembles a run of the script in `around`."""
    where: dict[str, list[int]] = defaultdict(list)
    for index in around:
        key = evidence.tokens[index].key
        if key is not None:
            where[key].append(index)
    diagonals: dict[int, list[int]] = defaultdict(list)
    for place in places:
        for index in where[evidence.heard[place].key]:
            diagonals[index - place].append(place)
    best: tuple[int, Take] | None = None
    for shift, matched in sorted(diagonals.items()):
        for run in _runs(matched):
            sounds = sum(evidence.tokens[place + shift].phones for place in run)
            dense = len(run) >= DENSITY * (run[-1] - run[0] + 1)
            if len(run) < LEAST_WORDS or sounds < LEAST_SOUNDS or not dense:
                continue
            if best is None or sounds > best[0]:
                best = sounds, Take(run[0], run[-1], evidence.tokens[run[0] + shift].sentence)
    return None if best is None else best[1]


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Cut rising numbers where more than `LEAP` are missing."""
    runs: list[list[int]] = [[places[0]]]
    for place in places[1:]:
        if place - runs[-1][-1] > LEAP:
            runs.append([])
        runs[-1].append(place)
    return runs

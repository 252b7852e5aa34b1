"""What of the script was said, and what was said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, covered_ms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebrochure.transcribe.sphinx import Heard
    from ebrochure.transcribe.tokens import Token

SPOKEN_SHARE = 1 / 3
"""A sentence with at least this share of its words matched was spoken."""

ROOM_SHARE = 0.5
"""Words without a match were said if the speech between their neighbours is at least this share of the time
they should take."""

CHANCE = 1e-3
"""Below this probability that so few words matched of a sentence that was said, it was not said."""

CLEAR_SHARE = 0.85
"""Only a recording whose other sentences matched at this rate is clear enough to judge by words alone; in
noise whole sentences are lost at once, so there the room for them decides."""

SOUND_MS = 80.0
"""What one sound takes where nothing was matched to measure it on."""

INSERTED_MS, INSERTED_WORDS = 800, 3
"""Shorter stretches are false starts and fillers, not worth a reviewer's time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of each token, and the speech that belongs to none."""

    said: tuple[bool, ...]
    """For each token whether it was said, as far as can be told."""
    inserted: tuple[tuple[int, int], ...]
    """First and last index of the heard words of each stretch that is not in the script."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """Tokens between two anchors, and the time and heard words between the same two."""

    tokens: range
    heard: range
    time: TimeRange


def judge(
    tokens: Sequence[Token],
    anchors: Mapping[int, int],
    heard: Sequence[Heard],
    speech: tuple[TimeRange, ...],
) -> Verdict:
    """Decide what was said, from the anchors (token index to heard index) and the room between them."""
    end_ms = speech[-1].end_ms if speech else 0
    pace = _pace(tokens, anchors, heard)
    missing = _sentences_missing(tokens, anchors)
    said = [index in anchors or token.key is None for index, token in enumerate(tokens)]
    inserted: list[tuple[int, int]] = []
    for gap in _gaps(len(tokens), anchors, heard, end_ms):
        voiced = covered_ms([gap.time], speech)
        hoped = [index for index in gap.tokens if tokens[index].sentence not in missing]
        needed = pace * sum(tokens[index].phones for index in hoped)
        fits = bool(needed) and voiced >= ROOM_SHARE * needed
        for index in hoped if fits else ():
            said[index] = True
        spare = voiced - needed if fits else voiced
        if spare >= INSERTED_MS and len(gap.heard) >= INSERTED_WORDS and (not fits or spare > needed):
            inserted.append((gap.heard[0], gap.heard[-1]))
    return Verdict(tuple(said), tuple(inserted))


def _pace(tokens: Sequence[Token], anchors: Mapping[int, int], heard: Sequence[Heard]) -> float:
    """Return how many milliseconds this speaker takes for a sound."""
    time = sum(heard[place].end_ms - heard[place].start_ms for place in anchors.values())
    sounds = sum(tokens[index].phones for index in anchors)
    return time / sounds if sounds else SOUND_MS


def _gaps(count: int, anchors: Mapping[int, int], heard: Sequence[Heard], end_ms: int) -> list[_Gap]:
    """List what lies between neighbouring anchors, before the first and after the last."""
    rows = [-1, *sorted(anchors), count]
    places = [-1, *(anchors[index] for index in sorted(anchors)), len(heard)]
    out = []
    for at in range(len(rows) - 1):
        start = heard[places[at]].end_ms if at else 0
        end = heard[places[at + 1]].start_ms if at + 2 < len(rows) else end_ms
        between = range(rows[at] + 1, rows[at + 1])
        out.append(_Gap(between, range(places[at] + 1, places[at + 1]), TimeRange(start, max(start, end))))
    return out


def _sentences_missing(tokens: Sequence[Token], anchors: Mapping[int, int]) -> frozenset[int]:
    """Return the sentences that were not said: too few matches for that, seeing how well the rest matched."""
    totals: dict[int, list[int]] = {}
    for index, token in enumerate(tokens):
        if token.key is not None:
            counts = totals.setdefault(token.sentence, [0, 0])
            counts[0] += 1
            counts[1] += index in anchors
    good = [(count, hits) for count, hits in totals.values() if hits >= SPOKEN_SHARE * count]
    rate = sum(hits for _, hits in good) / max(1, sum(count for count, _ in good))
    if rate < CLEAR_SHARE:
        return frozenset()
    return frozenset(
        sentence
        for sentence, (count, hits) in totals.items()
        if hits < SPOKEN_SHARE * count and _at_most(hits, count, min(rate, 0.98)) < CHANCE
    )


def _at_most(hits: int, count: int, rate: float) -> float:
    """Return the probability of at most `hits` matches in `count` words that match at `rate`."""
    return sum(comb(count, k) * rate**k * (1 - rate) ** (count - k) for k in range(hits + 1))

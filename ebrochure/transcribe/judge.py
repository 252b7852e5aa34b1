"""What of the script was said, and what was said beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import comb
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, covered_ms

if TYPE_CHECKING:
    from ebrochure.transcribe.evidence import Evidence

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


def judge(evidence: Evidence) -> Verdict:
    """Decide what was said, from the anchors and the room between them."""
    pace = _pace(evidence)
    missing = _sentences_missing(evidence)
    tokens = evidence.tokens
    said = [index in evidence.anchors or token.key is None for index, token in enumerate(tokens)]
    inserted: list[tuple[int, int]] = []
    for gap in _gaps(evidence):
        voiced = covered_ms([gap.time], evidence.speech)
        hoped = [index for index in gap.tokens if tokens[index].sentence not in missing]
        needed = pace * sum(tokens[index].phones for index in hoped)
        fits = bool(needed) and voiced >= ROOM_SHARE * needed
        for index in hoped if fits else ():
            said[index] = True
        spare = voiced - needed if fits else voiced
        if spare >= max(INSERTED_MS, needed if fits else 0) and len(gap.heard) >= INSERTED_WORDS:
            inserted.append((gap.heard[0], gap.heard[-1]))
    return Verdict(tuple(said), tuple(inserted))


def _pace(evidence: Evidence) -> float:
    """Return how many milliseconds this speaker takes for a sound."""
    words = [evidence.heard[place] for place in evidence.anchors.values()]
    sounds = sum(evidence.tokens[index].phones for index in evidence.anchors)
    return sum(word.end_ms - word.start_ms for word in words) / sounds if sounds else SOUND_MS


def _gaps(evidence: Evidence) -> list[_Gap]:
    """List what lies between neighbouring anchors, before the first and after the last."""
    pairs = sorted(evidence.anchors.items())
    heard = evidence.heard
    edges = [(-1, -1, 0, 0)]
    edges += [(token, place, heard[place].start_ms, heard[place].end_ms) for token, place in pairs]
    edges += [(len(evidence.tokens), len(heard), evidence.end_ms, evidence.end_ms)]
    return [
        _Gap(
            range(left_token + 1, right_token),
            range(left_place + 1, right_place),
            TimeRange(left_end, max(left_end, right_start)),
        )
        for (left_token, left_place, _, left_end), (right_token, right_place, right_start, _) in pairwise(
            edges
        )
    ]


def _sentences_missing(evidence: Evidence) -> frozenset[int]:
    """Return the sentences that were not said: too few matches for that, seeing how well the rest matched."""
    totals: dict[int, list[int]] = {}
    for index, token in enumerate(evidence.tokens):
        if token.key is not None:
            counts = totals.setdefault(token.sentence, [0, 0])
            counts[0] += 1
            counts[1] += index in evidence.anchors
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

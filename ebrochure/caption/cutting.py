"""The dynamic programme: the best way through the whole text, not the first that fits.

A *way* is a choice of cues for the words up to some point. It has broken so many rules, cost so
much taste, and leaves the next cue a moment from which it may come. Of two ways to the same point,
one that is no worse in rules and taste and leaves the next cue no less time makes the other useless;
what remains is a handful of ways a word. They grow by one cue at a time until the text is at its end.

Rules outrank all taste, and the model has no rule of its own: a cue has words of one turn that
were said within the longest time a cue may stay, comes no earlier before its first word than the
profile allows, and leaves two frames before the next. So the number of faults of the best way is
the least that any placement of cues can have (`least_faults`), and an error that remains is one
that the input forces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ebrochure.caption.taste import best_lines, cost_of_delay, cue_cost
from ebrochure.caption.timing import (
    OUT_OF_STEP,
    Promise,
    Spoken,
    earliest_start_ms,
    latest_start_ms,
    least_duration_ms,
    promises,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.caption.columns import Columns
    from ebrochure.model.captions import CaptionProfile

_LONG_AGO = -(10**12)

_ALIKE = 3
"""How many ways with the same faults are kept at one point: more change nothing that a reader would see."""
_MOST = 24
"""How many ways are kept in all: only words that lie on one another by the dozen have more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One cue as the programme chose it."""

    first: int
    last: int
    split: int | None
    """The word that starts the second line; None: one line."""
    promised_ms: int
    """How long it will be shown at the least."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The cues of a whole text."""

    plans: tuple[Plan, ...]
    faults: int
    """Rules broken, the grave ones weighed; 0: none."""


class _Way(NamedTuple):
    """Cues for the words up to some point."""

    faults: int
    taste: float
    free_ms: int
    """From when the next cue may be shown, if every cue comes as early as it may."""
    before: _Way | None
    cue: _Candidate | None
    """Its last cue; None: it has none yet."""
    promised_ms: int


class _Candidate(NamedTuple):
    """One cue that could come next."""

    first: int
    last: int
    split: int | None
    spoken: Spoken
    least_ms: int
    """The shortest time that breaks no rule."""
    taste: float


def best_cut(text: Columns, profile: CaptionProfile) -> Cut:
    """Return the cues with the fewest faults and, among those, the best taste."""
    if not text.tokens:
        return Cut((), 0)
    best = way = _best_way(text, profile, free_ms=earliest_start_ms(text.tokens[0].start_ms, profile))
    plans: list[Plan] = []
    while way.before is not None and way.cue is not None:
        plans.append(Plan(way.cue.first, way.cue.last, way.cue.split, way.promised_ms))
        way = way.before
    return Cut(tuple(reversed(plans)), best.faults)


def least_faults(text: Columns, profile: CaptionProfile, *, is_start: bool) -> int:
    """Return the fewest faults that captions of these words can have, whatever stands around them.

    The last cue may stay as long as it likes, and unless a recording starts with these words the first
    one come as early: words of a longer text never have more faults on their own than they have in it.
    """
    if not text.tokens:
        return 0
    free_ms = earliest_start_ms(text.tokens[0].start_ms, profile) if is_start else _LONG_AGO
    return _best_way(text, profile, free_ms=free_ms).faults


def _best_way(text: Columns, profile: CaptionProfile, *, free_ms: int) -> _Way:
    ways: list[list[_Way]] = [[] for _ in range(len(text.tokens) + 1)]
    ways[0].append(_Way(0, 0.0, free_ms, None, None, 0))
    for first in range(len(text.tokens)):
        useful = _useful(ways[first])  # none: no cue ends with a speaker's label
        ways[first] = []
        for candidate in _candidates(text, first, profile) if useful else ():
            arrived = ways[candidate.last + 1]
            arrived.extend(_grown(text, useful, candidate, profile))
    return _useful(ways[-1])[0]


def _candidates(text: Columns, first: int, profile: CaptionProfile) -> Iterator[_Candidate]:
    """Yield every cue that can start with the word `first`, the shortest first."""
    tokens = text.tokens
    turn, until_ms = tokens[first].turn, tokens[first].start_ms + profile.max_duration_ms
    for last in range(first, len(tokens)):
        token = tokens[last]
        # A cue that has to go while its words are still being said leaves speech uncovered.
        if token.turn != turn or (token.end_ms > until_ms and text.spoken(first, last).words > 1):
            return
        lines = best_lines(text, first, last, profile)
        if lines is None:
            return  # what does not fit does not fit with one more word either
        if not token.is_label:
            spoken = text.spoken(first, last)
            least_ms = least_duration_ms(spoken, profile)
            taste = lines.cost + cue_cost(text, first, last, spoken, least_ms=least_ms, profile=profile)
            yield _Candidate(first, last, lines.split, spoken, least_ms, taste)


def _grown(text: Columns, ways: list[_Way], cue: _Candidate, profile: CaptionProfile) -> Iterator[_Way]:
    """Yield `ways` with one more cue: shown as long as it should be, and shorter where that frees time."""
    spoken, least_ms = cue.spoken, cue.least_ms
    is_end = cue.last + 1 == len(text.tokens)
    next_ms = 0 if is_end else earliest_start_ms(text.tokens[cue.last + 1].start_ms, profile)
    in_step_ms, gap_ms = latest_start_ms(spoken, profile), profile.min_gap_ms
    promised: tuple[Promise, ...] = (Promise(least_ms, 0),) if least_ms <= profile.max_duration_ms else ()
    for way in ways:
        faults = way.faults + (OUT_OF_STEP if way.free_ms > in_step_ms else 0)
        taste = way.taste + cue.taste + cost_of_delay(way.free_ms - spoken.start_ms)
        is_tight = not is_end and way.free_ms + least_ms + gap_ms > next_ms
        if not promised or (is_tight and len(promised) == 1):
            promised = promises(spoken, profile)  # worked out only where the full time will not do
        for shown_ms, broken in promised:
            until_ms = way.free_ms + shown_ms + gap_ms
            free_ms = next_ms if is_end or until_ms < next_ms else until_ms
            yield _Way(faults + broken, taste, free_ms, way, cue, shown_ms)
            if free_ms == next_ms:
                break  # to be shown shorter would free no time that the next cue could use


def _useful(ways: list[_Way]) -> list[_Way]:
    """Return those of `ways` to one point that could still win, the best first.

    A way that has broken more rules or is in worse taste must leave the next cue more time. Of those
    with the same number of faults, only a few are kept; the one that leaves the most time is always
    among them, so the number of faults at the end is exact (short of `_MOST`).
    """
    found: list[_Way] = []
    for way in sorted(ways, key=_rank):
        if found and way.free_ms >= found[-1].free_ms:
            continue
        if len(found) >= _ALIKE and found[-_ALIKE].faults == way.faults:
            found.pop()
        found.append(way)
        if len(found) == _MOST:
            break
    return found


def _rank(way: _Way) -> tuple[int, float, int]:
    return way.faults, way.taste, way.free_ms

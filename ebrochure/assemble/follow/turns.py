"""When each slide's turn comes: all ways to go through a deck in its order, weighed against one another.

The model is a hidden semi-Markov model. A slide stays for a while, how long is scattered about what its
length lets expect; then comes the next one, or some are left out; and a change is likelier after a longer
pause. Forward and backward sums give the chance that a slide's turn comes with an utterance, over all ways;
chosen are the starts, in order, that are likeliest to be right to a few seconds, so that a near miss is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STAY_SCATTER, STAY_FREEDOM = 0.5, 5
"""Of the logarithm of how long slides stay, as Student's t: two in three stay 0.6 to 1.7 times as long as
expected, and the odd one much shorter or longer without costing its neighbours their moments."""
STAY_EXPONENT = 0.3
"""A slide with ten times the words stays twice as long."""
LEAST_STAY_S = 8.0
"""No slide is expected to stay shorter, however many there are."""
LONGEST_STAYS = 6
"""A slide that stays longer than so many times the mean is begun again: the cost stays linear in the talk."""
AGAIN = -8.0
"""Log odds of that."""
SKIP = -0.5
"""Log odds of leaving a slide out, against coming to it with a usual pause."""
PAUSE, MOST_PAUSE = 2.0, 1.5
"""What a pause e times as long as the median adds to the log odds of a change, and how often e counts at
most: a very long one is somebody who has a drink."""
SOFT_S = 0.05
"""Added to pauses, some of which are none."""

SURE_S = 5.0
"""How far a chosen moment may be off to be right."""
FARTHER = 0.2
"""What a start that far off counts less than one at the very moment: of many alike the middle is chosen."""
LEAST_CHANCE = 0.5
"""A slide is shown if it is likelier that the speaker comes to it than not."""

_NEVER = -1e15


@dataclass(frozen=True, slots=True)
class Course:
    """A stretch of talk and the slides that may be spoken to in it."""

    evidence: Floats
    """Log odds, utterances by slides; neither may be empty."""
    starts_s: Floats
    """When each utterance starts."""
    end_s: float
    """When the last one ends."""
    pauses_s: Floats
    """The silence before each utterance."""
    arrivals: Floats
    """What else speaks for a slide's turn beginning with an utterance: log odds, utterances by slides."""
    sizes: Floats
    """How many terms each slide has."""
    is_open: bool = False
    """The first slide is shown from the start: somebody said so."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A slide's turn."""

    slide: int
    """Column of the slide."""
    utterance: int
    """Row of the utterance with which it begins."""
    sureness: float
    """Chance that it begins at most `SURE_S` from there."""


def choose_turns(course: Course) -> tuple[Turn, ...]:
    """Return the turns of a course in order; a slide that nobody speaks to has none."""
    chances = start_chances(course)
    slides = np.flatnonzero(chances.sum(axis=0) >= LEAST_CHANCE)
    sureness = _near(chances, course.starts_s)
    rows = _in_order(_near(chances, course.starts_s, farther=FARTHER)[:, slides])
    return tuple(
        Turn(int(slide), row, min(1.0, float(sureness[row, slide])))
        for slide, row in zip(slides, rows, strict=True)
        if row >= 0
    )


def start_chances(course: Course) -> Floats:
    """Return the chance that the turn of a slide begins with an utterance, utterances by slides."""
    count, slides = course.evidence.shape
    times = np.append(course.starts_s, max(course.end_s, course.starts_s[-1]))
    stays = _expected_stays_s(course)
    window = _windows(times, LONGEST_STAYS * float(stays.mean()))
    change = np.vstack([_change_odds(course), np.full(slides, _NEVER)])
    gone = np.vstack([np.zeros(slides), np.cumsum(course.evidence, axis=0)])
    skipped = SKIP * np.arange(slides, dtype=np.float64)
    begun = np.full((count + 1, slides), _NEVER)
    """Log sum over all ways that begin a slide with an utterance, of what lies before."""
    begun[0] = np.where(np.arange(slides) == 0, 0, _NEVER) if course.is_open else skipped
    running = begun[0]
    entered = np.full((count + 1, slides), _NEVER)
    for row in range(1, count + 1):
        entered[row - 1] = running - gone[row - 1]
        first = window[row]
        stay = _stay_odds(times[row] - times[first:row], stays)
        left = _log_sum(entered[first:row] + stay) + gone[row]
        begun[row, 1:] = np.logaddexp.accumulate(left - skipped)[:-1] + skipped[:-1] + change[row, 1:]
        running = np.logaddexp(begun[row], left + AGAIN)
    total = np.logaddexp.reduce(left + skipped[::-1])
    ahead = _ahead(times, stays, change, gone, skipped)
    chances: Floats = np.exp(np.minimum(begun[:count] + ahead - total, 0))
    return chances


def _ahead(times: Floats, stays: Floats, change: Floats, gone: Floats, skipped: Floats) -> Floats:
    """Return the log sum over all ways on from a slide begun with an utterance, utterances by slides."""
    count, slides = len(times) - 1, len(stays)
    ahead = np.full((count, slides), _NEVER)
    after = np.full((count + 1, slides), _NEVER)
    after[count] = skipped[::-1] + gone[count]
    last = _windows(-times[::-1], LONGEST_STAYS * float(stays.mean()))
    for row in range(count - 1, -1, -1):
        end = count - int(last[count - row]) + 1
        stay = _stay_odds(times[row + 1 : end] - times[row], stays)
        ahead[row] = _log_sum(after[row + 1 : end] + stay) - gone[row]
        following = np.full(slides, _NEVER)
        sums = np.logaddexp.accumulate((ahead[row] + change[row] + skipped)[::-1])[::-1]
        following[:-1] = sums[1:] - skipped[1:]
        after[row] = np.logaddexp(following, ahead[row] + AGAIN) + gone[row]
    return ahead


def _expected_stays_s(course: Course) -> Floats:
    """Return how long each slide is expected to stay."""
    sizes = course.sizes + 1
    mean_s = (course.end_s - course.starts_s[0]) / len(sizes)
    stays: Floats = np.maximum(LEAST_STAY_S, mean_s * (sizes / sizes.mean()) ** STAY_EXPONENT)
    return stays


def _windows(times: Floats, longest_s: float) -> NDArray[np.intp]:
    """Return for each moment the first one before it that is at most `longest_s` away, at least the last."""
    first = np.searchsorted(times, times - longest_s)
    return np.maximum(0, np.minimum(first, np.arange(len(times)) - 1))


def _stay_odds(lasts_s: Floats, stays: Floats) -> Floats:
    """Return the log odds of staying so long, moments by slides."""
    ratio = np.log(np.maximum(lasts_s, SOFT_S))[:, np.newaxis] - np.log(stays)
    odds: Floats = -(STAY_FREEDOM + 1) / 2 * np.log1p((ratio / STAY_SCATTER) ** 2 / STAY_FREEDOM)
    return odds


def _change_odds(course: Course) -> Floats:
    """Return the log odds that a slide's turn begins with an utterance, utterances by slides."""
    soft = course.pauses_s + SOFT_S
    usual = np.median(soft[1:] if len(soft) > 1 else soft)
    pauses = PAUSE * np.clip(np.log(soft / usual), -MOST_PAUSE, MOST_PAUSE)
    odds: Floats = pauses[:, np.newaxis] + course.arrivals
    return odds


def _log_sum(values: Floats) -> Floats:
    """Return the logarithm of the sum of exponentials over the first axis."""
    most: Floats = values.max(axis=0)
    sums: Floats = most + np.log(np.exp(values - most).sum(axis=0))
    return sums


def _near(chances: Floats, times: Floats, *, farther: float = 0.0) -> Floats:
    """Return the chances added up within `SURE_S` of each utterance, the farthest ones for `farther` less."""
    found = np.empty_like(chances)
    first = np.searchsorted(times, times - SURE_S)
    end = np.searchsorted(times, times + SURE_S, side="right")
    for row, time in enumerate(times):
        near = slice(first[row], end[row])
        found[row] = (1 - farther * np.abs(times[near] - time) / SURE_S) @ chances[near]
    return found


def _in_order(worth: Floats) -> list[int]:
    """Return a row for each column, rising, that together are worth most; -1 where there is no row left."""
    count, columns = worth.shape
    if columns == 0 or columns > count:
        return [row if row < count else -1 for row in range(columns)]
    best = np.zeros(count)
    came = np.zeros((columns, count), dtype=np.intp)
    for column in range(columns):
        if column:
            most = np.maximum.accumulate(best)
            at = np.maximum.accumulate(np.where(best >= most, np.arange(count), 0))
            came[column, 1:] = at[:-1]
            best = np.append(_NEVER, most[:-1])
        best = best + worth[:, column]
    rows = [int(np.argmax(best))]
    for column in range(columns - 1, 0, -1):
        rows.append(int(came[column, rows[-1]]))
    return rows[::-1]

"""Which slide is seen when: how like the slides the frames are, and what is said where pictures cannot tell.

The model is a hidden Markov model over the frames: a slide, or none, stays; the next slide comes more readily
than any other, so that of two that look the same the one whose turn it is counts; going back is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ebrochure.assemble.follow.turns import Floats
    from ebrochure.assemble.follow.utterances import Utterance

GAIN = 15.0
"""Log odds for a frame that is all like a slide, against one that is not like it at all."""
SEEN = 0.5
"""Likeness from which a slide is likelier seen than not: half of it may still be to come."""
NEXT, OTHER, AWAY = -4.0, -7.0, -7.0
"""Log odds of a change, from one frame to the following: to the next slide, another, to or from none."""
CLEAR = 0.65
"""Likeness of a slide that is seen without a doubt: other slides in the same style have up to 0.55."""
LEAST_SLIDES = 2
"""One picture that looks alike may be an accident."""
LEAST_SHARE = 0.1
"""Share of the recording, below which slides that are seen are somebody else's or a glimpse."""


@dataclass(frozen=True, slots=True)
class Look:
    """How like the slides the footage is, over time."""

    likeness: NDArray[np.float32]
    """0 to 1, frames by slides."""
    step_ms: int
    """From one frame to the following; the first is that of source time 0."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A slide that comes into view."""

    slide: int
    """Its place in the deck."""
    start_ms: int
    sureness: float
    """Mean chance, while it is seen, that it is this one."""


def sightings(look: Look, said: Floats) -> tuple[Sighting, ...]:
    """Return when slides come into view, in order of time; none where the footage does not show the deck.

    Args:
        look: The footage, held against the deck.
        said: Log odds that what is said with a frame is about a slide, frames by slides.
    """
    odds = GAIN * (look.likeness.astype(np.float64) - SEEN) + said
    chances = _chances(np.hstack([odds, np.zeros((len(odds), 1))]))
    path, nothing = chances.argmax(axis=1), look.likeness.shape[1]
    if not _is_shown(look, path, nothing):
        return ()
    found: list[Sighting] = []
    frame = 0
    for state, run in groupby(path):
        end = frame + len(list(run))
        # A speaker who is seen in between has not turned to another slide.
        if state != nothing and not (found and found[-1].slide == state):
            start_ms = max(0, frame * look.step_ms - look.step_ms // 2)
            sureness = float(chances[frame:end, state].mean())
            found.append(Sighting(int(state), start_ms, sureness))
        frame = end
    return tuple(found)


def said_with_frames(evidence: Floats, utterances: Sequence[Utterance], look: Look) -> Floats:
    """Return the evidence of each utterance shared out among the frames until the next, frames by slides."""
    frames = np.arange(len(look.likeness)) * look.step_ms
    rows = np.searchsorted([item.time.start_ms for item in utterances], frames, side="right")
    counts = np.bincount(rows, minlength=len(utterances) + 1)
    shares = np.vstack([np.zeros((1, evidence.shape[1])), evidence]) / np.maximum(counts, 1)[:, np.newaxis]
    found: Floats = shares[rows]
    return found


def _is_shown(look: Look, path: NDArray[np.intp], nothing: int) -> bool:
    """Tell whether what is like the slides is the deck, and no accident."""
    clear = look.likeness >= CLEAR
    slides = {int(slide) for slide, seen in zip(path, clear, strict=True) if slide != nothing and seen[slide]}
    return len(slides) >= LEAST_SLIDES and bool(np.mean(path != nothing) >= LEAST_SHARE)


def _chances(odds: Floats) -> Floats:
    """Return the chance of each state at each frame, over all ways; the last state is that of no slide."""
    states = odds.shape[1]
    moves = np.full((states, states), OTHER)
    moves[-1, :] = moves[:, -1] = AWAY
    moves[np.arange(states - 2), np.arange(1, states - 1)] = NEXT
    np.fill_diagonal(moves, 0)
    moves = np.exp(moves) / np.exp(moves).sum(axis=1, keepdims=True)
    seen = np.exp(np.maximum(odds - odds.max(axis=1, keepdims=True), -600))
    found: Floats = np.empty_like(seen)
    state = np.full(states, 1 / states)
    for frame, here in enumerate(seen):
        state = (state @ moves if frame else state) * here
        state /= state.sum()
        found[frame] = state
    after = np.ones(states)
    for frame in range(len(seen) - 1, -1, -1):
        found[frame] *= after
        found[frame] /= found[frame].sum()
        after = moves @ (after * seen[frame])
        after /= after.sum()
    return found

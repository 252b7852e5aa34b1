"""Who says each word of a recording with one person on each channel: whoever is louder on it. Pure."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.media import ChannelLevels
    from ebrochure.model.transcript import Segment, Transcript, Word

MOST_DB = 20.0
"""More difference than this makes nobody surer: it is a quiet room, not a louder voice."""

APART_DB = 6.0
"""Channels whose difference varies by less carry the same sound."""

SWITCH_DB = 45.0
"""What it costs to change the speaker inside a sentence: more than two words that are clearly louder on the
other side, so that a cough or a nod in the background changes nothing."""

TURN_DB = 6.0
"""The same where a sentence ends or somebody pauses: there one clear word is enough."""

PAUSE_MS = 400

_ENDS = (".", "!", "?", "…", "\u3002", "\uff01", "\uff1f")
_CLOSING = "\"'\u201d\u2019)]"


def with_speakers(
    transcript: Transcript, levels: ChannelLevels, names: tuple[str, str]
) -> tuple[Transcript, tuple[Finding, ...]]:
    """Return the transcript with a speaker for each word, and why not where that cannot be told.

    Args:
        transcript: The words; a speaker whom the script names stays.
        levels: How loud the left and the right channel are.
        names: Who speaks on the left and who on the right.
    """
    words = transcript.words
    differences = [level_difference(word, levels) for word in words]
    if not words or _spread(differences) < APART_DB:
        message = "both channels carry the same sound, so it cannot be told who speaks"
        hint = "name the speakers in the script instead: a line that starts with `PRIYA:`"
        return transcript, (Finding("SPEAKERS_ALIKE", Level.WARN, message, hint=hint),) if words else ()
    middle = middle_of(differences)
    sides = choose_sides([value - middle for value in differences], _costs(transcript.segments))
    named = iter(
        [
            word if word.speaker is not None else replace(word, speaker=names[side])
            for word, side in zip(words, sides, strict=True)
        ]
    )
    segments = tuple(
        replace(segment, words=tuple(next(named) for _ in segment.words)) for segment in transcript.segments
    )
    return replace(transcript, segments=segments), ()


def level_difference(word: Word, levels: ChannelLevels) -> float:
    """Return how much louder the left channel is during a word, in dB."""
    first = word.time.start_ms // levels.block_ms
    last = max(first + 1, -(-word.time.end_ms // levels.block_ms))
    left, right = levels.left_dbfs[first:last], levels.right_dbfs[first:last]
    if not left or not right:
        return 0.0
    return _loudness(left) - _loudness(right)


def _loudness(levels: Sequence[float]) -> float:
    """Return the level of several blocks together, in dBFS."""
    return 10 * float(np.log10(np.mean(10 ** (np.asarray(levels) / 10))))


def _spread(differences: Sequence[float]) -> float:
    """Return between which differences nearly all words lie, in dB."""
    if not differences:
        return 0.0
    low, high = np.percentile(differences, (5, 95))
    # One person alone on one channel differs little from word to word, but far from nothing.
    return max(float(high - low), abs(median(differences)))


def middle_of(differences: Sequence[float]) -> float:
    """Return the difference at which neither speaker is meant: 0, unless one microphone is far louder.

    With both speakers on one side of 0 the louder microphone hears both better than the other does, and
    the middle between the two groups tells them apart.
    """
    low, high = (float(value) for value in np.percentile(differences, (5, 95)))
    values = np.asarray(differences)
    for _ in range(20):
        nearer_low = np.abs(values - low) <= np.abs(values - high)
        if nearer_low.all() or not nearer_low.any():
            return 0.0
        low, high = float(values[nearer_low].mean()), float(values[~nearer_low].mean())
    return (low + high) / 2 if low * high > 0 and high - low >= 2 * APART_DB else 0.0


def _costs(segments: Sequence[Segment]) -> list[float]:
    """Return what it costs to change the speaker before each word."""
    costs: list[float] = []
    before: Word | None = None
    for segment in segments:
        for word in segment.words:
            is_turn = (
                before is None
                or before.text.rstrip(_CLOSING).endswith(_ENDS)
                or word.time.start_ms - before.time.end_ms >= PAUSE_MS
            )
            costs.append(TURN_DB if is_turn else SWITCH_DB)
            before = word
    return costs


def choose_sides(differences: Sequence[float], costs: Sequence[float]) -> list[int]:
    """Return 0 (left) or 1 (right) for each word: the cheapest way through all of them.

    A word on the quieter side costs its difference, a change of speakers what `costs` has for it.
    """
    totals = [0.0, 0.0]
    came_from: list[tuple[int, int]] = []
    for value, cost in zip(differences, costs, strict=True):
        bounded = max(-MOST_DB, min(MOST_DB, value))
        wrong = (max(0.0, -bounded), max(0.0, bounded))
        origin = tuple(side if totals[side] <= totals[1 - side] + cost else 1 - side for side in (0, 1))
        totals = [
            totals[origin[side]] + (0.0 if origin[side] == side else cost) + wrong[side] for side in (0, 1)
        ]
        came_from.append((origin[0], origin[1]))
    sides: list[int] = []
    side = 0 if totals[0] <= totals[1] else 1
    for origin in reversed(came_from):
        sides.append(side)
        side = origin[side]
    return sides[::-1]

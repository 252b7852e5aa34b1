"""Which word of the script is which heard word: global alignment of two word sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

MISMATCH, GAP = -1.5, -0.7
"""Two gaps cost less than a mismatch: unlike words are better left alone than paired."""

ISLAND_SOUNDS = 8
"""A run of matches with fewer sounds, far from every other match, is chance: "and the"."""

FAR = 4
"""Words between a run and its neighbours, in either sequence, that make it an island."""

STRANGERS = 3
"""Heard words that the script has no room for, which make inserted speech."""

DIAGONAL, UP, LEFT = 0, 1, 2


def find_anchors(script: Sequence[str], heard: Sequence[str], sounds: Sequence[int]) -> dict[int, int]:
    """Match words of the script with words heard: index in `script` to index in `heard`, both rising.

    Where a passage was said twice, the last take is matched.

    Args:
        script: Keys in the order of the script.
        heard: Keys in the order of the recording.
        sounds: Length of each script word in sounds.
    """
    pairs = align_words(script, heard, weights=[1.0 + min(length, 8) / 8 for length in sounds])
    return dict(_without_strays(_without_islands(pairs, sounds), len(script), len(heard)))


def align_words(
    first: Sequence[str], second: Sequence[str], *, weights: Sequence[float]
) -> list[tuple[int, int]]:
    """Return the matched pairs of the best global alignment (Needleman and Wunsch).

    Matching ``first[i]`` earns ``weights[i]``. Of equally good alignments the one whose matches come last in
    `second` is taken.
    """
    if not first or not second:
        return []
    codes = {word: code for code, word in enumerate(dict.fromkeys([*first, *second]))}
    columns = np.array([codes[word] for word in second])
    steps = np.arange(len(second) + 1) * GAP
    above = steps.astype(np.float64)
    moves = np.full((len(first) + 1, len(second) + 1), LEFT, np.uint8)
    moves[1:, 0] = UP
    for row, word in enumerate(first, start=1):
        diagonal = above[:-1] + np.where(columns == codes[word], weights[row - 1], MISMATCH)
        best = np.empty_like(above)
        best[0] = row * GAP
        best[1:] = np.maximum(diagonal, above[1:] + GAP)
        # A run of gaps in this row is linear in its length, so a running maximum finds where it starts.
        current = np.maximum.accumulate(best - steps) + steps
        moves[row, 1:] = np.where(
            current[1:] > best[1:] + 1e-9, LEFT, np.where(best[1:] > diagonal, UP, DIAGONAL)
        )
        above = current
    return _walk_back(moves, first, second)


def _walk_back(moves: np.ndarray, first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Follow the best moves from the end and keep what matched."""
    row, column = len(first), len(second)
    pairs = []
    while row and column:
        move = moves[row, column]
        if move == DIAGONAL:
            row, column = row - 1, column - 1
            if first[row] == second[column]:
                pairs.append((row, column))
        elif move == UP:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


def _without_islands(pairs: list[tuple[int, int]], sounds: Sequence[int]) -> list[tuple[int, int]]:
    """Drop short runs of matches that stand alone."""
    runs: list[list[tuple[int, int]]] = []
    for pair in pairs:
        if runs and max(pair[0] - runs[-1][-1][0], pair[1] - runs[-1][-1][1]) < FAR:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    if len(runs) == 1:
        return pairs
    return [pair for run in runs if sum(sounds[index] for index, _ in run) >= ISLAND_SOUNDS for pair in run]


def _without_strays(
    pairs: list[tuple[int, int]], script_length: int, heard_length: int
) -> list[tuple[int, int]]:
    """Drop single matches beside inserted speech: a word of it that happens to be the next one of the script.

    Such a match stands alone among unmatched words, and on one side more were heard than the script lacks.
    """
    edges = [(-1, -1), *pairs, (script_length, heard_length)]
    kept = []
    for before, pair, after in zip(edges, edges[1:], edges[2:], strict=False):
        left, right = pair[1] - before[1] - 1, after[1] - pair[1] - 1
        spare = max(left - (pair[0] - before[0] - 1), right - (after[0] - pair[0] - 1))
        if not (left and right and spare >= STRANGERS):
            kept.append(pair)
    return kept

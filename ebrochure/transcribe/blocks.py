"""Runs of words with the stretch of sound that holds them and nothing else, for strict alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.transcribe.evidence import Evidence

BLOCK_MS, LONGEST_BLOCK_MS = 8_000, 25_000
"""A block ends at the first good pause after the first length, and between any two neighbouring anchors after
the second. Short blocks keep a wrong anchor's harm small and a Ctrl-C quick."""

PAUSE_MS = 150

EDGE_MS = 400
"""How far before its first and after its last anchored word a block listens."""

SMALLEST_HALF = 4
"""Tokens that either half of a divided block must have."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of tokens that were said, and the sound they are in."""

    tokens: tuple[int, ...]
    """Indices, rising; what was not said is not among them."""
    time: TimeRange


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where the sound may be cut between two tokens."""

    stop_ms: int
    """Where the sound of the first one ends at the latest."""
    resume_ms: int
    """Where the sound of the second one begins at the earliest."""
    pause_ms: int
    is_forced: bool
    """Whether what lies between belongs to neither."""


def plan_blocks(
    said: Sequence[int], evidence: Evidence, inserted: Sequence[tuple[int, int]]
) -> tuple[Block, ...]:
    """Cut the tokens in `said` into blocks: at inserted speech, and at pauses between anchors."""
    strangers = frozenset(place for first, last in inserted for place in range(first, last + 1))
    blocks: list[Block] = []
    current: list[int] = []
    start_ms = 0
    for token, following in zip(said, (*said[1:], None), strict=True):
        current.append(token)
        edge = _edge(token, following, evidence, strangers)
        if edge is None:
            continue
        first = evidence.heard_as(current[0])
        begin = start_ms if first is None else max(start_ms, first.start_ms - EDGE_MS)
        length = edge.stop_ms - begin
        at_pause = length >= BLOCK_MS and edge.pause_ms >= PAUSE_MS
        if edge.is_forced or at_pause or length >= LONGEST_BLOCK_MS:
            blocks.append(Block(tuple(current), TimeRange(begin, max(begin, edge.stop_ms))))
            current, start_ms = [], edge.resume_ms
    return tuple(blocks)


def halves(block: Block, evidence: Evidence) -> tuple[Block, ...]:
    """Divide a block between the two neighbouring anchors that are nearest to its middle.

    Returns:
        Two blocks, or none where no boundary is known.
    """
    edges = [
        (abs(2 * at - len(block.tokens)), at, edge)
        for at in range(SMALLEST_HALF, len(block.tokens) - SMALLEST_HALF + 1)
        if (edge := _edge(block.tokens[at - 1], block.tokens[at], evidence, frozenset())) is not None
        and block.time.contains(edge.stop_ms)
    ]
    if not edges:
        return ()
    _, at, edge = min(edges, key=lambda item: item[:2])
    return (
        Block(block.tokens[:at], TimeRange(block.time.start_ms, edge.stop_ms)),
        Block(block.tokens[at:], TimeRange(edge.stop_ms, block.time.end_ms)),
    )


def _edge(token: int, following: int | None, evidence: Evidence, strangers: frozenset[int]) -> _Edge | None:
    """Return where the sound may be cut after `token`; None where that boundary is not known."""
    left = evidence.anchors.get(token)
    if following is None:
        return _last_edge(left, evidence, strangers)
    right = evidence.anchors.get(following)
    if left is None or right is None:
        return None
    pause = evidence.heard[right].start_ms - evidence.heard[left].end_ms
    if left + 1 in strangers or right - 1 in strangers:
        return _Edge(evidence.middle_after(left), evidence.middle_after(right - 1), pause, is_forced=True)
    if right == left + 1:
        middle = evidence.middle_after(left)
        return _Edge(middle, middle, pause, is_forced=False)
    return None


def _last_edge(left: int | None, evidence: Evidence, strangers: frozenset[int]) -> _Edge:
    """Return where the sound of the last token ends."""
    stop = evidence.end_ms
    if left is not None:
        stop = min(stop, evidence.heard[left].end_ms + EDGE_MS)
        if left + 1 in strangers:
            stop = evidence.middle_after(left)
    return _Edge(stop, evidence.end_ms, 0, is_forced=True)

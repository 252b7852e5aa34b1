"""Runs of words with the stretch of sound that holds them and nothing else, for strict alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, covered_ms

if TYPE_CHECKING:
    from ebrochure.transcribe.evidence import Evidence
    from ebrochure.transcribe.verdict import Verdict

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


def plan_blocks(verdict: Verdict) -> tuple[Block, ...]:
    """Cut the tokens that were said into blocks, around inserted speech and at pauses between known words."""
    tokens = verdict.evidence.tokens
    said = [index for index, token in enumerate(tokens) if token.key is not None and verdict.said[index]]
    blocks: list[Block] = []
    current: list[int] = []
    start_ms = 0
    for token, following in zip(said, (*said[1:], None), strict=True):
        current.append(token)
        edge = _edge(token, following, verdict)
        if edge is None:
            continue
        first = verdict.time_of(current[0])
        begin = start_ms if first is None else max(start_ms, first.start_ms - EDGE_MS)
        length = edge.stop_ms - begin
        at_pause = length >= BLOCK_MS and edge.pause_ms >= PAUSE_MS
        if edge.is_forced or at_pause or length >= LONGEST_BLOCK_MS:
            blocks.append(Block(tuple(current), TimeRange(begin, max(begin, edge.stop_ms))))
            current, start_ms = [], edge.resume_ms
    return tuple(blocks)


def halves(block: Block, verdict: Verdict) -> tuple[Block, ...]:
    """Divide a block between the two neighbouring known words that are nearest to its middle.

    Returns:
        Two blocks, or none where no boundary is known.
    """
    edges = [
        (abs(2 * at - len(block.tokens)), at, edge)
        for at in range(SMALLEST_HALF, len(block.tokens) - SMALLEST_HALF + 1)
        if (edge := _edge(block.tokens[at - 1], block.tokens[at], verdict)) is not None
        and block.time.contains(edge.stop_ms)
    ]
    if not edges:
        return ()
    _, at, edge = min(edges, key=lambda item: item[:2])
    return (
        Block(block.tokens[:at], TimeRange(block.time.start_ms, edge.stop_ms)),
        Block(block.tokens[at:], TimeRange(edge.stop_ms, block.time.end_ms)),
    )


def _edge(token: int, following: int | None, verdict: Verdict) -> _Edge | None:
    """Return where the sound may be cut after `token`; None where that boundary is not known."""
    left = verdict.time_of(token)
    if following is None:
        end_ms = verdict.evidence.end_ms
        strange = [item for item in _added(verdict) if left is not None and item.end_ms > left.end_ms]
        stop = end_ms if left is None else min(end_ms, left.end_ms + EDGE_MS)
        if left is not None and strange:
            stop = min(stop, _middle(left.end_ms, strange[0].start_ms))
        return _Edge(stop, end_ms, 0, is_forced=True)
    right = verdict.time_of(following)
    if left is None or right is None or right.start_ms < left.end_ms:
        return None
    pause = right.start_ms - left.end_ms
    between = TimeRange(left.end_ms, right.start_ms)
    strange = [item for item in _added(verdict) if 2 * covered_ms([item], [between]) > item.duration_ms]
    if strange:
        stop, resume = _middle(left.end_ms, strange[0].start_ms), _middle(strange[-1].end_ms, right.start_ms)
        return _Edge(stop, max(stop, resume), pause, is_forced=True)
    if _is_unclear(token, following, verdict.evidence):
        return None
    middle = _middle(left.end_ms, right.start_ms)
    return _Edge(middle, middle, pause, is_forced=False)


def _added(verdict: Verdict) -> list[TimeRange]:
    """Return when the inserted stretches were said, in order."""
    heard = verdict.evidence.heard
    return [
        TimeRange(heard[item.first].start_ms, max(heard[item.first].start_ms, heard[item.last].end_ms))
        for item in verdict.inserted
    ]


def _is_unclear(token: int, following: int, evidence: Evidence) -> bool:
    """Tell whether something was heard between two matched words that belongs to neither."""
    left, right = evidence.anchors.get(token), evidence.anchors.get(following)
    return left is not None and right is not None and right != left + 1


def _middle(left_ms: int, right_ms: int) -> int:
    return (left_ms + max(left_ms, right_ms)) // 2

"""Exact times: strict forced alignment of what was said, block by block between good anchors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ebrochure.model.timing import TimeRange
from ebrochure.transcribe.samples import cut
from ebrochure.transcribe.sphinx import Heard, decode, set_mean, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ebrochure.transcribe.samples import Samples

BLOCK_MS, LONGEST_BLOCK_MS = 8_000, 25_000
"""A block ends at the first good pause after the first length, and at any two neighbouring anchors after the
second. Short blocks keep a wrong anchor's harm small and a Ctrl-C quick."""

PAUSE_MS = 150
EDGE_MS = 400
"""How far before its first and after its last anchored word a block listens."""

OFF_MS, OFF_SHARE = 300, 0.05
"""Where more than this share of anchors is off by more than this, the anchors are believed, not the block."""

SURE_MS, FAIR_MS = 150, 400
SURE, FAIR, POOR, GUESSED = 1.0, 0.6, 0.3, 0.1
"""Confidence by how far decode and alignment agree on a word's start; `GUESSED` where neither heard it."""


@dataclass(frozen=True, slots=True)
class Timed:
    """When a token was said, and how sure that is."""

    time: TimeRange
    confidence: float


@dataclass(frozen=True, slots=True)
class Block:
    """A run of tokens, and the stretch of sound that holds them and nothing else."""

    tokens: tuple[int, ...]
    time: TimeRange


def plan_blocks(
    said: Sequence[int],
    anchors: Mapping[int, int],
    heard: Sequence[Heard],
    inserted: Sequence[tuple[int, int]],
    end_ms: int,
) -> tuple[Block, ...]:
    """Cut the tokens in `said` into blocks: at inserted speech, at skips, and at pauses between anchors."""
    strangers = {place for first, last in inserted for place in range(first, last + 1)}
    blocks: list[Block] = []
    current: list[int] = []
    start_ms = 0
    for at, token in enumerate(said):
        current.append(token)
        following = said[at + 1] if at + 1 < len(said) else None
        edge = _edge(token, following, anchors, heard, strangers, end_ms)
        if edge is None:
            continue
        begin = (
            max(start_ms, _first_ms(current, anchors, heard) - EDGE_MS) if current[0] in anchors else start_ms
        )
        stop, resume, is_forced = edge
        if is_forced or _is_long(stop - begin, resume - stop, anchors, heard, token, following):
            blocks.append(Block(tuple(current), TimeRange(begin, max(begin, stop))))
            current, start_ms = [], resume
    return tuple(blocks)


def _first_ms(tokens: Sequence[int], anchors: Mapping[int, int], heard: Sequence[Heard]) -> int:
    """Return when the first token was heard to start."""
    return heard[anchors[tokens[0]]].start_ms


def _edge(
    token: int,
    following: int | None,
    anchors: Mapping[int, int],
    heard: Sequence[Heard],
    strangers: set[int],
    end_ms: int,
) -> tuple[int, int, bool] | None:
    """Return where a block may stop after `token`, where the next may begin, and whether it must.

    None where the words on the two sides are not both anchored: the boundary between them is unknown.
    """
    if following is None:
        stop = min(end_ms, heard[anchors[token]].end_ms + EDGE_MS) if token in anchors else end_ms
        if token in anchors and anchors[token] + 1 in strangers:
            stop = _middle(heard, anchors[token])
        return stop, end_ms, True
    if token not in anchors or following not in anchors:
        return None
    left, right = anchors[token], anchors[following]
    if left + 1 in strangers or right - 1 in strangers:
        return _middle(heard, left), _middle(heard, right - 1), True
    if right == left + 1:
        middle = _middle(heard, left)
        return middle, middle, False
    return None


def _middle(heard: Sequence[Heard], place: int) -> int:
    """Return the middle of the pause after a heard word."""
    return (heard[place].end_ms + heard[place + 1].start_ms) // 2


def _is_long(
    length_ms: int,
    _jump_ms: int,
    anchors: Mapping[int, int],
    heard: Sequence[Heard],
    token: int,
    following: int | None,
) -> bool:
    """Tell whether a block should stop at a possible edge."""
    if following is None:
        return True
    pause = heard[anchors[following]].start_ms - heard[anchors[token]].end_ms
    return (length_ms >= BLOCK_MS and pause >= PAUSE_MS) or length_ms >= LONGEST_BLOCK_MS


def align_block(
    decoder: Any,  # noqa: ANN401  pocketsphinx has no types
    samples: Samples,
    block: Block,
    keys: Sequence[str],
    mean: str,
    on_step: Callable[[], None],
) -> tuple[Heard, ...] | None:
    """Return the time of each key of a block, or None where the words do not fit the sound."""
    sound = cut(samples, block.time)
    try:
        decoder.set_align_text(" ".join(keys))
        set_mean(decoder, mean)
        for _count in decode(decoder, sound):
            on_step()
    except RuntimeError:
        return None
    found = words_of(decoder, block.time.start_ms)
    return tuple(found) if [item.key for item in found] == list(keys) else None


def settle(
    block: Block,
    aligned: Sequence[Heard] | None,
    anchors: Mapping[int, int],
    heard: Sequence[Heard],
    sounds: Mapping[int, int],
) -> dict[int, Timed]:
    """Weigh alignment against anchors and give every token of the block its time and confidence."""
    pinned = {token: heard[anchors[token]] for token in block.tokens if token in anchors}
    if aligned is not None:
        times = dict(zip(block.tokens, aligned, strict=True))
        off = [abs(times[token].start_ms - item.start_ms) for token, item in pinned.items()]
        if sum(distance > OFF_MS for distance in off) <= max(OFF_SHARE * len(off), 0.5) or not off:
            return {
                token: Timed(TimeRange(item.start_ms, item.end_ms), _agreement(item, pinned.get(token)))
                for token, item in times.items()
            }
    return _between_anchors(block, pinned, sounds)


def _agreement(aligned: Heard, anchored: Heard | None) -> float:
    """Return the confidence in a word's time."""
    if anchored is None:
        return POOR
    distance = abs(aligned.start_ms - anchored.start_ms)
    return SURE if distance <= SURE_MS else FAIR if distance <= FAIR_MS else POOR


def _between_anchors(
    block: Block, pinned: Mapping[int, Heard], sounds: Mapping[int, int]
) -> dict[int, Timed]:
    """Keep the anchors' times and share the room between them out by the length of the words."""
    out = {token: Timed(TimeRange(item.start_ms, item.end_ms), FAIR) for token, item in pinned.items()}
    loose: list[int] = []
    edge = block.time.start_ms
    for token in (*block.tokens, None):
        if token is not None and token not in pinned:
            loose.append(token)
            continue
        end = block.time.end_ms if token is None else pinned[token].start_ms
        room = TimeRange(edge, max(edge, end))
        shares = share_out(room, [sounds[item] for item in loose])
        out |= {item: Timed(time, GUESSED) for item, time in zip(loose, shares, strict=True)}
        loose = []
        edge = block.time.end_ms if token is None else pinned[token].end_ms
    return out


def share_out(room: TimeRange, sounds: Sequence[int]) -> list[TimeRange]:
    """Divide a stretch of time among words in proportion to their length."""
    total = sum(max(1, length) for length in sounds)
    edges = [room.start_ms]
    for length in sounds:
        edges.append(edges[-1] + max(1, length))
    scaled = [room.start_ms + (edge - room.start_ms) * room.duration_ms // max(1, total) for edge in edges]
    return [TimeRange(start, end) for start, end in zip(scaled, scaled[1:], strict=False)]

"""The sound of the room that a talk was recorded in, found where nobody speaks.

It is looked for by level alone: a stretch as quiet and as even as the quietest of the recording, and
longer than any silence inside a word. A recording that has none is a voice without a pause, or one
that its recorder muted between words; such a one has no room that could be missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebrochure.assemble.tracklay import Take
from ebrochure.media.encode import AUDIO_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

BLOCK = 20 * AUDIO_RATE_HZ // 1000
"""Samples whose level is taken together."""
LEAST_BLOCKS = 20
"""400 ms: the longest silences inside words, before a stop that is held, last a third of that."""
_MOST_BLOCKS = 200
"""4 s are more than what a card needs: the less is repeated, the less the repeating is heard."""
_GUARD_BLOCKS = 3
"""Left out at both ends: a last breath, a first consonant."""
_FLOOR_SHARE, _VOICE_SHARE = 5, 95
"""Percentiles of the levels that stand for the room and for the voice."""
_EVEN_DB = 6.0
"""How far above the room's own level a block may be."""
_BELOW_VOICE_DB = 15.0
"""How far below the voice the room must be."""
_NOTHING_DBFS = -130.0
"""Below what 16 bits hold: a gap in the recording, no room."""


def find_room(levels_dbfs: NDArray[np.float64]) -> Take | None:
    """Return the stretch that sounds like the room, None where there is none. Pure.

    Args:
        levels_dbfs: Level of each `BLOCK` of the recording, as `block_levels` returns them.

    """
    heard = levels_dbfs[levels_dbfs > _NOTHING_DBFS]
    if heard.size < LEAST_BLOCKS:
        return None
    floor, voice = np.percentile(heard, (_FLOOR_SHARE, _VOICE_SHARE))
    most = min(floor + _EVEN_DB, voice - _BELOW_VOICE_DB)
    quiet = (levels_dbfs > _NOTHING_DBFS) & (levels_dbfs <= most)
    edges = np.flatnonzero(np.diff(quiet, prepend=False, append=False)).reshape(-1, 2)
    spans = [(begin + _GUARD_BLOCKS, end - _GUARD_BLOCKS) for begin, end in edges.tolist()]
    begin, end = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
    if end - begin < LEAST_BLOCKS:
        return None
    begin += max(0, end - begin - _MOST_BLOCKS) // 2
    return Take(begin * BLOCK, min(end - begin, _MOST_BLOCKS) * BLOCK)


def block_levels(chunks: Iterable[NDArray[np.int32]]) -> NDArray[np.float64]:
    """Return the level of each whole block of a recording, in dB under full scale of 32 bits.

    Args:
        chunks: Its samples x 2 in order, each chunk but the last a multiple of `BLOCK` long.

    """
    powers = [np.zeros(0), *map(_powers, chunks)]
    decibels: NDArray[np.float64] = 10 * np.log10(np.maximum(np.concatenate(powers), 1e-20))
    return decibels


def _powers(chunk: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the power of each whole block, its offset left out."""
    whole = chunk[: len(chunk) // BLOCK * BLOCK].reshape(-1, BLOCK, 2) / 2**31
    powers: NDArray[np.float64] = whole.var(axis=1).mean(axis=1)
    return powers

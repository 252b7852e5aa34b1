"""Finding the sound of the room by level alone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ebrochure.assemble.room import BLOCK, LEAST_BLOCKS, block_levels, find_room
from ebrochure.assemble.tracklay import Take

RANDOM = np.random.default_rng(3)
ROOM, VOICE = -70.0, -30.0


def levels(*parts: tuple[float, int]) -> NDArray[np.float64]:
    """Return levels part by part, each so many blocks of 20 ms about a level."""
    return np.concatenate([RANDOM.normal(level, 0.7, count) for level, count in parts])


def test_the_longest_pause_is_the_room_but_for_its_ends() -> None:
    found = find_room(levels((VOICE, 100), (ROOM, 40), (VOICE, 80), (ROOM, 60), (VOICE, 50)))

    assert found == Take(223 * BLOCK, 54 * BLOCK)


def test_a_silence_inside_a_word_is_no_room() -> None:
    word = [(VOICE, 12), (ROOM, 7)]  # a stop that is held for 140 ms

    assert find_room(levels(*word * 40)) is None


def test_a_recording_without_a_pause_has_no_room() -> None:
    assert find_room(levels((VOICE, 500))) is None


def test_a_recorder_that_mutes_between_words_leaves_no_room() -> None:
    muted = np.concatenate([np.append(levels((VOICE, 60)), np.full(50, -200.0)) for _ in range(6)])

    assert find_room(muted) is None


def test_a_gap_in_the_recording_is_not_taken_for_its_room() -> None:
    gap = np.full(100, -200.0)

    found = find_room(np.concatenate((gap, levels((VOICE, 100), (ROOM, 40), (VOICE, 100)))))

    assert found == Take(203 * BLOCK, 34 * BLOCK)


def test_of_a_long_pause_the_middle_is_taken() -> None:
    found = find_room(levels((VOICE, 500), (ROOM, 1000), (VOICE, 500)))

    assert found is not None
    assert found.count == 200 * BLOCK
    assert found.start == pytest.approx(900 * BLOCK, abs=2 * BLOCK)


@pytest.mark.parametrize("count", [0, 1, LEAST_BLOCKS - 1])
def test_too_little_sound_has_no_room(count: int) -> None:
    assert find_room(levels((ROOM, count))) is None


def test_levels_leave_out_offset_and_are_the_same_however_they_are_read() -> None:
    samples = (RANDOM.normal(0, 1e6, (10 * BLOCK + 7, 2)) + 3e8).astype(np.int32)

    whole = block_levels([samples])
    parts = block_levels([samples[: 4 * BLOCK], samples[4 * BLOCK :]])

    assert len(whole) == 10
    assert whole == pytest.approx(parts, abs=0.05)
    assert whole.max() < -60


def test_silence_has_a_level_too() -> None:
    assert block_levels([np.zeros((3 * BLOCK, 2), np.int32)]).tolist() == [-200.0] * 3
    assert block_levels([]).size == 0

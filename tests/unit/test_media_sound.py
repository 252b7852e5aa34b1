"""Choosing the track and the channel with the speech."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from ebrochure.media.sound import SPEECH_RATE_HZ, Levels, choose_mix, choose_track, measure_levels, mix_down

RANDOM = np.random.default_rng(1)


def speech(seconds: float = 4.0, level: float = 0.1) -> NDArray[np.float32]:
    """Return noise that comes in bursts, as syllables and pauses do."""
    count = round(seconds * SPEECH_RATE_HZ)
    moment = np.arange(count) / SPEECH_RATE_HZ
    bursts = (np.sin(2 * np.pi * 3 * moment) > 0) & (moment % 2 < 1.4)
    return (RANDOM.normal(0, level, count) * bursts).astype(np.float32)


def hum(seconds: float = 4.0, level: float = 0.3) -> NDArray[np.float32]:
    moment = np.arange(round(seconds * SPEECH_RATE_HZ)) / SPEECH_RATE_HZ
    return (level * np.sin(2 * np.pi * 50 * moment)).astype(np.float32)


def mono(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    return samples[:, None]


def stereo(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.stack((left, right), axis=1)


def chosen(*tracks: NDArray[np.float32]) -> int:
    return choose_track([measure_levels(track) for track in tracks])


def mix_of(track: NDArray[np.float32]) -> str:
    return choose_mix(measure_levels(track), channels=track.shape[1])


def test_a_silent_first_track_is_passed_over() -> None:
    assert chosen(mono(np.zeros(64_000, np.float32)), mono(speech())) == 1


def test_a_louder_hum_is_not_taken_for_speech() -> None:
    assert chosen(mono(hum(level=0.5)), mono(speech(level=0.05))) == 1


def test_of_two_equal_tracks_the_first_is_taken() -> None:
    voice = speech()

    assert chosen(mono(voice), stereo(voice, voice)) == 0


def test_where_all_is_silent_the_first_track_is_taken() -> None:
    silent = mono(np.zeros(64_000, np.float32))

    assert chosen(silent, silent) == 0
    assert chosen(np.zeros((0, 1), np.float32), silent) == 0


def test_one_channel_is_mono() -> None:
    assert mix_of(mono(speech())) == "mono"


def test_alike_channels_are_averaged() -> None:
    voice = speech()

    assert mix_of(stereo(voice, voice)) == "mean"


def test_two_voices_at_two_microphones_are_averaged() -> None:
    assert mix_of(stereo(speech(level=0.1), speech(level=0.05))) == "mean"


def test_speech_on_one_side_is_taken_from_that_side() -> None:
    spill = (0.02 * speech()).astype(np.float32)

    assert mix_of(stereo(speech(), spill)) == "left"
    assert mix_of(stereo(spill, speech())) == "right"


def test_hum_on_the_other_side_does_not_hide_which_side_speaks() -> None:
    assert mix_of(stereo(hum(level=0.02), speech())) == "right"


def test_channels_that_cancel_out_are_subtracted() -> None:
    voice = speech()
    inverted = stereo(voice, -voice)

    assert mix_of(inverted) == "difference"
    assert np.allclose(mix_down(inverted, "difference"), voice)
    assert np.allclose(mix_down(inverted, "mean"), 0)


def test_silence_on_both_sides_is_averaged() -> None:
    assert mix_of(stereo(np.zeros(64_000, np.float32), np.zeros(64_000, np.float32))) == "mean"


@pytest.mark.parametrize(
    ("mix", "value"), [("left", 1.0), ("right", 3.0), ("mean", 2.0), ("difference", -1.0)]
)
def test_channels_become_one(mix: str, value: float) -> None:
    assert mix_down(np.array([[1.0, 3.0]], np.float32), mix)[0] == value


def test_what_is_no_number_does_not_spoil_the_levels() -> None:
    broken = mono(speech())
    broken[100] = np.nan
    broken[200] = np.inf

    levels = measure_levels(broken)

    assert np.isfinite(levels.left_dbfs)
    assert np.isfinite(levels.score)


def test_a_track_longer_than_what_is_in_memory_at_once_is_measured_whole() -> None:
    silence = np.zeros(70 * SPEECH_RATE_HZ, np.float32)
    late = np.concatenate((silence, speech(20)))

    assert measure_levels(mono(late)).left_dbfs > -60
    assert measure_levels(mono(silence)) == Levels(-120.0, -120.0, 1.0, 0.0)

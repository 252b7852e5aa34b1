"""Onsets after a pause, on sound made of silence, noise and tones at known times."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.timing import TimeRange
from ebrochure.transcribe.denoise import without_noise
from ebrochure.transcribe.onset import closure_ms, sharpened
from tests.fixtures.speech import noise, silence, tone

PLENTY_MS = 10_000


def test_a_word_after_a_pause_begins_where_its_sound_begins() -> None:
    sound = np.concatenate([silence(1), tone(0.5, hz=900)])

    for guess_ms in (950, 1040):
        (word,) = sharpened([TimeRange(guess_ms, 1500)], [PLENTY_MS], sound)
        assert abs(word.start_ms - 1000) <= 10


def test_the_silent_closure_of_a_stop_belongs_to_its_word() -> None:
    sound = np.concatenate([silence(1), tone(0.5, hz=900)])

    for opening, start_ms in (("P", 960), ("M", 1000)):
        (word,) = sharpened([TimeRange(1010, 1500)], [PLENTY_MS], sound, closures_ms=[closure_ms(opening)])
        assert abs(word.start_ms - start_ms) <= 10


def test_a_closure_ends_the_word_before_at_the_latest() -> None:
    sound = np.concatenate([silence(1), tone(0.5, hz=900)])
    before = TimeRange(700, 860)

    _, word = sharpened([before, TimeRange(990, 1500)], [PLENTY_MS] * 2, sound, closures_ms=[0, 500])

    assert word.start_ms == before.end_ms


def test_an_onset_that_is_far_off_or_hidden_in_noise_is_left_alone() -> None:
    hidden = noise(1.5, level=0.2) + np.concatenate([silence(1), tone(0.5, hz=900, level=0.2)])

    assert sharpened([TimeRange(950, 1500)], [PLENTY_MS], hidden)[0].start_ms == 950
    late = np.concatenate([silence(1.3), tone(0.5, hz=900)])
    assert sharpened([TimeRange(950, 1800)], [PLENTY_MS], late)[0].start_ms <= 1010


def test_words_that_follow_one_another_keep_their_onsets() -> None:
    times = [TimeRange(1000, 1200), TimeRange(1200, 1500)]

    assert sharpened(times, [PLENTY_MS] * 2, tone(2))[1] == times[1]


def test_a_word_that_swallowed_the_pause_before_it_gives_it_back() -> None:
    sound = np.concatenate([silence(1), tone(0.3, hz=900)])

    (word,) = sharpened([TimeRange(100, 1300)], [600], sound)

    assert abs(word.start_ms - 1000) <= 10


def test_taking_noise_out_moves_nothing_and_leaves_clean_sound_as_it_is() -> None:
    clean = np.concatenate([silence(0.5), tone(0.5), silence(0.5), tone(0.5), silence(0.5)])
    noisy = clean + noise(2.5, level=0.02)

    quiet = without_noise(noisy).astype(float)

    assert len(quiet) == len(noisy)
    lag = int(np.argmax(np.correlate(quiet, clean[16:-16].astype(float), "valid"))) - 16
    assert lag == 0
    assert np.std(quiet[:6000]) < 0.5 * np.std(noisy[:6000])
    studio = clean + noise(2.5, level=0.0005)
    change = without_noise(studio).astype(float) - studio
    assert np.std(change) <= 0.01 * np.std(studio)
    assert not without_noise(silence(1)).any()


MIXED = np.concatenate([silence(0.4), tone(0.3), silence(0.3), noise(0.5), tone(0.5)])


@given(st.lists(st.tuples(st.integers(0, 2300), st.integers(0, 1500), st.integers(0, 900)), max_size=12))
def test_any_times_at_all_stay_ranges_that_end_where_they_did(rows: list[tuple[int, int, int]]) -> None:
    times = [TimeRange(start, start + length) for start, length, _ in sorted(rows)]

    found = sharpened(times, [most for _, _, most in sorted(rows)], MIXED)

    assert [word.end_ms for word in found] == [word.end_ms for word in times]
    assert all(word.start_ms >= before.start_ms - 60 for word, before in zip(found, times, strict=True))

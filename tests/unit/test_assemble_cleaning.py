"""What the denoiser is told about a room."""

from __future__ import annotations

import numpy as np
import pytest

from ebrochure.assemble.cleaning import cleaning_filters, noise_print

RANDOM = np.random.default_rng(5)


def test_white_noise_is_as_loud_in_every_band() -> None:
    print_db = noise_print(RANDOM.normal(0, 0.01, (96_000, 2)))

    assert len(print_db) == 15
    assert print_db == pytest.approx([-40] * 15, abs=1.5)


def test_the_lines_of_a_hum_are_not_taken_for_noise() -> None:
    """A voice has lines in the same bands: taken down with them, it would lose its body."""
    noise = RANDOM.normal(0, 0.001, (96_000, 1))
    hum = 0.1 * np.sin(2 * np.pi * 2000 * np.arange(96_000) / 48_000)[:, None]

    assert noise_print(noise + hum)[8] == pytest.approx(-60, abs=4)


def test_silence_has_a_print_too() -> None:
    assert noise_print(np.zeros((96_000, 2))) == pytest.approx([-200] * 15)


def test_the_denoiser_gets_a_floor_and_offsets_within_its_bounds() -> None:
    options = dict(cleaning_filters(tuple(np.linspace(-150, -10, 15))))["afftdn"]

    assert -80 <= float(options["noise_floor"]) <= -20
    assert all(abs(float(offset)) <= 24 for offset in options["band_noise"].split("|"))


def test_a_room_that_nobody_heard_is_not_taken_out() -> None:
    assert [name for name, _ in cleaning_filters(None)] == ["highpass", "deesser"]


def test_the_denoisers_delay_is_given_back() -> None:
    names = dict(cleaning_filters((-60.0,) * 15))

    assert names["apad"]["pad_len"] == names["atrim"]["start_sample"] == "1200"

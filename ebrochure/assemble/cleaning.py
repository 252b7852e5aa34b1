"""Speech cleaned on request: rumble, steady noise and sharp s sounds taken down. Pure.

What noise is, the room says: its sound between the words is the print that the denoiser goes by. A
recording without a pause shows no noise, so none is taken out of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebrochure.media.encode import AUDIO_RATE_HZ

if TYPE_CHECKING:
    from numpy.typing import NDArray

REDUCTION_DB = 12
"""How far noise is taken down: a quarter, where more would make the voice sound as from a tin."""
_BANDS_HZ = (80, 120, 180, 270, 410, 620, 930, 1400, 2100, 3150, 4750, 7100, 10_700, 16_000, 24_000)
"""Centres of the bands in which `afftdn` is told what noise is."""
_WINDOW = 4096
_ABOVE_PRINT_DB = 5.0
"""Noise goes up and down; where it is taken at its mean, half of it chirps on."""
_FLOOR_DB = (-80.0, -20.0)
"""What `afftdn` takes for a noise floor, and how far bands may be from it."""
_MOST_OFFSET_DB = 24.0
_DELAY = 25 * AUDIO_RATE_HZ // 1000
"""By how many samples `afftdn` is late."""

Filter = tuple[str, dict[str, str]]


def noise_print(room: NDArray[np.floating]) -> tuple[float, ...]:
    """Return how loud the room is in each of `afftdn`'s bands.

    Args:
        room: Its samples x channels, 1 at full scale; at least 4096.

    Returns:
        For each band the level, in dB under full scale, of the white noise that is as dense there. Of
        all that lies in a band the median counts: a hum's lines are no noise, and a voice has lines, too.

    """
    count = len(room) // _WINDOW
    windows = room[: count * _WINDOW].reshape(count, _WINDOW, -1)
    shape = np.hanning(_WINDOW)[:, None]
    spectra = np.abs(np.fft.rfft(windows * shape, axis=1)) ** 2 / (shape**2).sum()
    density = spectra.mean(axis=(0, 2))
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / AUDIO_RATE_HZ)
    borders = np.sqrt(np.multiply(_BANDS_HZ[:-1], _BANDS_HZ[1:]))
    bands = np.split(density, np.searchsorted(frequencies, borders))
    return tuple(10 * float(np.log10(max(np.median(band), 1e-20))) for band in bands)


def cleaning_filters(noise: tuple[float, ...] | None) -> tuple[Filter, ...]:
    """Return the filters in order, each with its options; none of them moves the sound.

    Args:
        noise: As `noise_print` returns it; None: it is not known.

    """
    below_voices: Filter = ("highpass", {"frequency": "75"})  # steps, traffic, a bumped table
    sharpness: Filter = ("deesser", {"i": "0.3"})
    return (below_voices, *(() if noise is None else _denoiser(noise)), sharpness)


def _denoiser(noise: tuple[float, ...]) -> tuple[Filter, ...]:
    levels = np.array(noise) + _ABOVE_PRINT_DB
    floor = float(np.clip((levels.max() + levels.min()) / 2, *_FLOOR_DB))
    offsets = np.clip(levels - floor, -_MOST_OFFSET_DB, _MOST_OFFSET_DB)
    return (
        ("apad", {"pad_len": str(_DELAY)}),
        (
            "afftdn",
            {
                "noise_reduction": str(REDUCTION_DB),
                "noise_floor": f"{floor:.1f}",
                "noise_type": "custom",
                "band_noise": "|".join(f"{offset:.1f}" for offset in offsets),
            },
        ),
        ("atrim", {"start_sample": str(_DELAY)}),
        ("asetpts", {"expr": "N/SR/TB"}),
    )

"""The sound that is listened to: 16 kHz mono 16-bit WAV as an array."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.errors import MaterialError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.model.timing import TimeRange

    Samples = NDArray[np.int16]

SAMPLE_RATE_HZ = 16_000
SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000


def read_samples(speech: Path) -> Samples:
    """Read a 16 kHz mono 16-bit WAV.

    Raises:
        MaterialError: the file is no such WAV (``SPEECH_FORMAT``).
    """
    try:
        with wave.open(str(speech), "rb") as file:
            form = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise MaterialError.one("SPEECH_FORMAT", f"`{speech.name}` is no WAV file: {error}") from error
    if form != (SAMPLE_RATE_HZ, 1, 2):
        message = (
            f"`{speech.name}` should be 16000 Hz, 1 channel, 2 bytes a sample; "
            f"it is {form[0]} Hz, {form[1]} channels, {form[2]} bytes"
        )
        raise MaterialError.one("SPEECH_FORMAT", message)
    return np.frombuffer(raw, dtype="<i2").astype(np.int16, copy=False)


def duration_ms(samples: Samples) -> int:
    """Return the length in whole milliseconds, rounded up so that nothing lies beyond it."""
    return -(-len(samples) // SAMPLES_PER_MS)


def cut(samples: Samples, time: TimeRange) -> Samples:
    """Return the samples within `time`, fewer where the sound ends before."""
    return samples[time.start_ms * SAMPLES_PER_MS : time.end_ms * SAMPLES_PER_MS]

"""Where in a recording somebody speaks.

silero-vad finds 99.6 % of the speech in a mix of sentences, music, noise, hum and clicks, and takes 0.1 % of
the rest for speech. On the same mix WebRTC's detector at its strictest finds 96.6 % and lets 57.7 % of the
rest pass, pocketsphinx's endpointer 99.4 % and 60.6 %, a level of -45 dBFS 92.6 % and 64.8 %: figures of
`scripts/benches/activity.py`. (The package `webrtcvad` needs setuptools' `pkg_resources`, which is gone.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebrochure.model.timing import TimeRange, merged
from ebrochure.transcribe.samples import SAMPLES_PER_MS, cut, duration_ms, read_samples
from ebrochure.transcribe.silero import WINDOW, speech_probabilities

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.transcribe.samples import Samples

ENTER, LEAVE = 0.5, 0.35
"""Speech starts above the first probability and ends below the second (silero-vad's own)."""

MIN_SPEECH_MS = 200
"""Shorter stretches are clicks and coughs."""

MIN_PAUSE_MS = 100
"""Shorter pauses lie inside words."""

PAD_MS = 30
"""Kept on both sides: soft consonants at the edges."""

SILENCE_DBFS = -75.0
"""Nothing below is speech, whatever the network says. Speech that peaks at -50 dBFS has about -68."""

WINDOW_MS = WINDOW // SAMPLES_PER_MS


def find_speech(speech: Path) -> tuple[TimeRange, ...]:
    """Return the stretches of a 16 kHz mono WAV that hold speech, in order and apart from one another."""
    return speech_in(read_samples(speech))


def speech_in(samples: Samples) -> tuple[TimeRange, ...]:
    """Return the stretches of `samples` that hold speech, in order and apart from one another."""
    end_ms = duration_ms(samples)
    found = [
        TimeRange(max(0, time.start_ms - PAD_MS), min(end_ms, time.end_ms + PAD_MS))
        for time in spans_of(speech_probabilities(samples))
        if loudest_dbfs(cut(samples, time)) > SILENCE_DBFS
    ]
    return merged(found)


def spans_of(probabilities: NDArray[np.float32]) -> tuple[TimeRange, ...]:
    """Turn one probability for each 32 ms into stretches of speech."""
    spans: list[TimeRange] = []
    start: int | None = None
    for index, value in enumerate(probabilities):
        if start is None and value >= ENTER:
            start = index
        elif start is not None and value < LEAVE:
            spans.append(TimeRange(start * WINDOW_MS, index * WINDOW_MS))
            start = None
    if start is not None:
        spans.append(TimeRange(start * WINDOW_MS, len(probabilities) * WINDOW_MS))
    return tuple(span for span in merged(spans, gap_ms=MIN_PAUSE_MS) if span.duration_ms >= MIN_SPEECH_MS)


def loudest_dbfs(samples: Samples) -> float:
    """Return the level of the loudest 32 ms in dBFS, -120 for digital silence."""
    whole = samples[: len(samples) // WINDOW * WINDOW].astype(np.float64).reshape(-1, WINDOW)
    if not whole.size:
        return -120.0
    power = float((whole**2).mean(axis=1).max()) / 32768**2
    return 10 * float(np.log10(max(power, 1e-12)))

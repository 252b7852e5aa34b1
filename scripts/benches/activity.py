"""Where there is speech: our detector on a mix of speech, music and noise, beside what else could be used.

pocketsphinx's `Vad` is WebRTC's detector, which the package `webrtcvad` wraps too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from measure import Row

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ebrochure.model.timing import TimeRange
from ebrochure.transcribe.activity import speech_in
from tests.fixtures.micro import known_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Samples = NDArray[np.int16]
    Marks = NDArray[np.bool_]

RATE_HZ, STEP_MS = 16_000, 10
NEAR_MS = 300
"""Around a sentence nothing is counted: detectors keep some sound on both sides, and should."""

LEAST_RECALL, MOST_FALSE = 0.98, 0.01
LEVEL_DBFS = -45.0


def rows() -> Iterator[Row]:
    """Yield our detector's figures against its target, then those of the others."""
    samples, sentences = mix()
    wanted, counted = _marks(sentences, 0, len(samples)), ~_marks(sentences, NEAR_MS, len(samples))
    for name, find in (
        ("silero-vad, through numpy", speech_in),
        ("WebRTC's detector, mode 3", _webrtc),
        ("pocketsphinx's endpointer, mode 3", _endpointer),
        ("level above -45 dBFS", _by_level),
    ):
        found = _marks(find(samples), 0, len(samples))
        recall = float(found[wanted].mean())
        false = float(found[counted].mean())
        ours = find is speech_in
        target = f"recall >= {LEAST_RECALL:.0%}, false alarms <= {MOST_FALSE:.0%}" if ours else "to compare"
        met = not ours or (recall >= LEAST_RECALL and false <= MOST_FALSE)
        yield Row(f"speech found by {name}", target, f"recall {recall:.1%}, false alarms {false:.1%}", met)


def mix() -> tuple[Samples, tuple[TimeRange, ...]]:
    """Return sentences with music, noise and silence between them, and where the sentences are."""
    random = np.random.default_rng(11)
    others = (
        _music(random),
        _noise(random),
        _music(random, beat_hz=2.0),
        _hum(),
        _clicks(random),
        np.zeros(48_000),
    )
    parts: list[NDArray[np.float64]] = [np.zeros(RATE_HZ)]
    spans, length = [], RATE_HZ
    for number, sentence in enumerate(known_sentences()):
        start_ms = length * 1000 // RATE_HZ
        spans.append(TimeRange(start_ms + sentence.words[0].start_ms, start_ms + sentence.words[-1].end_ms))
        parts += [sentence.samples / 32768, others[number % len(others)]]
        length += len(parts[-2]) + len(parts[-1])
    mixed = np.concatenate(parts) + random.normal(0, 0.0005, length)
    return (np.clip(mixed, -1, 1) * 32767).astype(np.int16), tuple(spans)


def _music(random: np.random.Generator, *, beat_hz: float = 1.0) -> NDArray[np.float64]:
    """Return five seconds of plucked chords with overtones."""
    moments = np.arange(5 * RATE_HZ) / RATE_HZ
    sound = np.zeros(len(moments))
    for beat in range(round(5 * beat_hz)):
        since = moments - beat / beat_hz
        envelope = np.where(since >= 0, np.exp(-3 * beat_hz * since), 0)
        for note in random.choice([0, 3, 5, 7, 10, 12, 15], 3, replace=False):
            pitch_hz = 196 * 2 ** (note / 12)
            sound += envelope * sum(np.sin(2 * np.pi * pitch_hz * n * moments) / n**1.5 for n in range(1, 6))
    return 0.2 * sound / np.abs(sound).max()


def _noise(random: np.random.Generator) -> NDArray[np.float64]:
    """Return five seconds of noise that swells and fades, as of a street."""
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 0.4 * np.arange(5 * RATE_HZ) / RATE_HZ)
    brown = np.cumsum(random.normal(0, 1, 5 * RATE_HZ))
    brown -= np.convolve(brown, np.ones(400) / 400, "same")
    return 0.1 * swell * brown / np.abs(brown).max() + random.normal(0, 0.005, 5 * RATE_HZ)


def _hum() -> NDArray[np.float64]:
    """Return four seconds of mains hum."""
    moments = np.arange(4 * RATE_HZ) / RATE_HZ
    return 0.05 * sum(np.sin(2 * np.pi * 50 * n * moments) / n for n in (1, 2, 3, 5))


def _clicks(random: np.random.Generator) -> NDArray[np.float64]:
    """Return four seconds of a keyboard."""
    sound = np.zeros(4 * RATE_HZ)
    for start in random.integers(0, len(sound) - 800, 24):
        sound[start : start + 800] += random.normal(0, 0.2, 800) * np.exp(-np.arange(800) / 120)
    return sound


def _webrtc(samples: Samples) -> tuple[TimeRange, ...]:
    """Return what WebRTC's detector takes for speech, 30 ms at a time."""
    from pocketsphinx import Vad  # noqa: PLC0415, TID251  measured, not adapted

    detector = Vad(mode=Vad.STRICT, sample_rate=RATE_HZ, frame_length=0.03)
    size = detector.frame_bytes // 2
    frames = [samples[place : place + size] for place in range(0, len(samples) - size, size)]
    return tuple(
        TimeRange(number * 30, number * 30 + 30)
        for number, frame in enumerate(frames)
        if detector.is_speech(frame.tobytes())
    )


def _endpointer(samples: Samples) -> tuple[TimeRange, ...]:
    """Return what pocketsphinx's endpointer takes for utterances."""
    from pocketsphinx import Endpointer, Vad  # noqa: PLC0415, TID251  measured, not adapted

    detector = Endpointer(vad_mode=Vad.STRICT, sample_rate=RATE_HZ)
    size = detector.frame_bytes // 2
    spans = []
    for place in range(0, len(samples) - size, size):
        was_in_speech = detector.in_speech
        detector.process(samples[place : place + size].tobytes())
        if was_in_speech and not detector.in_speech:
            spans.append(TimeRange(round(1000 * detector.speech_start), round(1000 * detector.speech_end)))
    if detector.in_speech:
        spans.append(TimeRange(round(1000 * detector.speech_start), len(samples) * 1000 // RATE_HZ))
    return tuple(spans)


def _by_level(samples: Samples) -> tuple[TimeRange, ...]:
    """Return what is louder than a threshold, 30 ms at a time."""
    size = 480
    power = (samples[: len(samples) // size * size].reshape(-1, size) / 32768.0) ** 2
    loud = 10 * np.log10(power.mean(axis=1) + 1e-12) > LEVEL_DBFS
    return tuple(TimeRange(int(n) * 30, int(n) * 30 + 30) for n in np.flatnonzero(loud))


def _marks(spans: tuple[TimeRange, ...], near_ms: int, length: int) -> Marks:
    """Return which steps of 10 ms lie in `spans`, widened on both sides."""
    marks = np.zeros(length // (RATE_HZ * STEP_MS // 1000), np.bool_)
    for span in spans:
        marks[max(0, span.start_ms - near_ms) // STEP_MS : (span.end_ms + near_ms) // STEP_MS] = True
    return marks

"""What lies over or under speech in the world: noise, music, a room, a telephone; made from numbers alone.

Sounds are float64, -1 to 1, 16 kHz mono. Nothing here moves speech in time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Sound = NDArray[np.float64]

Noise = Literal["white", "pink", "babble"]
"""A hiss; a rush that falls 3 dB an octave, as of wind and traffic; a canteen full of people."""

RATE_HZ = 16_000

CHORDS = ((0, 4, 7, 12), (9, 12, 16, 21), (5, 9, 12, 17), (7, 11, 14, 19))
"""Semitones above C of C, A minor, F and G: what half of all stock music is made of."""
C3_HZ = 130.81
VOICE_HZ, TELEPHONE_HZ = (100, 5000), (300, 3400)
"""What matters of voices, and what a telephone of 8 kHz lets through, from lowest to highest."""
BEAT_S, BEATS_A_CHORD = 0.55, 4


def noise(kind: Noise, seconds: float, seed: int) -> Sound:
    """Return noise with a root mean square of 1."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    white = random.normal(size=count)
    if kind == "white":
        return white / _rms(white)
    tilt = 0.5 if kind == "pink" else 1.0
    shaped = _filtered(white, lambda hz: 1 / np.maximum(hz, 60 if kind == "pink" else 400) ** tilt)
    if kind == "babble":
        shaped = _band(shaped, *VOICE_HZ) * _syllables(count, random)
    return shaped / _rms(shaped)


def music(seconds: float, seed: int) -> Sound:
    """Return a bed of plucked chords, a bass and a brushed beat, with a root mean square of 1."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    out = np.zeros(count + RATE_HZ * 3)
    for beat in range(int(seconds / BEAT_S) + 1):
        chord = CHORDS[beat // BEATS_A_CHORD % len(CHORDS)]
        at = round(beat * BEAT_S * RATE_HZ)
        notes = [(chord[0] - 12, 0.9)] if beat % 2 == 0 else []
        notes += [(chord[int(random.integers(4))] + 12, 0.4), (chord[beat % 4], 0.6)]
        for semitone, loudness in notes:
            pluck = _pluck(semitone) * loudness
            out[at : at + len(pluck)] += pluck
        if beat % 2:
            brush = random.normal(size=RATE_HZ // 10) * np.exp(-np.arange(RATE_HZ // 10) / 300) * 0.12
            out[at : at + len(brush)] += brush
    bed = out[:count]
    return bed / _rms(bed)


def tones(seconds: float) -> Sound:
    """Return what a line-up and a telephone sound like: a steady tone, pairs of tones, pips."""
    moments = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    part = (moments // 2 % 3).astype(int)
    steady = np.sin(2 * np.pi * 1000 * moments)
    pair = (np.sin(2 * np.pi * 400 * moments) + np.sin(2 * np.pi * 450 * moments)) / 2 * _on(moments, 1.0)
    pips = np.sin(2 * np.pi * 880 * moments) * _on(moments, 0.4)
    return 0.2 * np.choose(part, [steady, pair, pips])


def under(speech: Sound, bed: Sound, snr_db: float, spoken: NDArray[np.bool_] | None = None) -> Sound:
    """Return speech with `bed` under it.

    Args:
        speech: What is heard.
        bed: At least as long, of any loudness.
        snr_db: Power of the speech while somebody speaks over the power of the bed, in decibels.
        spoken: Where somebody speaks; None: everywhere.
    """
    voiced = speech if spoken is None else speech[spoken]
    level = _rms(voiced) / 10 ** (snr_db / 20) / _rms(bed)
    mixed = speech + bed[: len(speech)] * level
    return mixed * min(1.0, 0.97 / float(np.abs(mixed).max()))


def spoken_samples(truth: Iterable[dict[str, Any]], count: int) -> NDArray[np.bool_]:
    """Return for each of `count` samples whether it belongs to a word."""
    out = np.zeros(count, bool)
    for take in truth:
        for start, end, *_ in take["words"]:
            out[round(start * RATE_HZ) : round(end * RATE_HZ)] = True
    return out


def in_room(speech: Sound, seed: int, *, seconds: float = 0.3, echo_db: float = -12.0) -> Sound:
    """Return speech in a furnished office: the direct sound where it was, echoes after it.

    Args:
        speech: What is said.
        seed: Of the room.
        seconds: Time in which the echoes fall by 60 dB.
        echo_db: Power of all echoes over the direct sound.
    """
    moments = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    tail = np.random.default_rng(seed).normal(size=len(moments)) * 10 ** (-3 * moments / seconds)
    tail[: round(0.004 * RATE_HZ)] = 0  # the nearest wall is a metre away
    answer = tail / np.sqrt((tail**2).sum()) * 10 ** (echo_db / 20)
    answer[0] = 1.0
    size = len(speech) + len(answer)
    return np.fft.irfft(np.fft.rfft(speech, size) * np.fft.rfft(answer, size), size)[: len(speech)]


def by_telephone(speech: Sound) -> Sound:
    """Return what passes a telephone."""
    return _band(speech, *TELEPHONE_HZ)


def _on(moments: Sound, period_s: float) -> NDArray[np.bool_]:
    """Return where something sounds that is on for the first third of each period."""
    return moments % period_s < period_s / 3


def _band(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    return _filtered(sound, lambda hz: ((hz >= low_hz) & (hz <= high_hz)).astype(float))


def _filtered(sound: Sound, gain: Any) -> Sound:  # noqa: ANN401  a function of hertz
    spectrum = np.fft.rfft(sound)
    return np.fft.irfft(spectrum * gain(np.fft.rfftfreq(len(sound), 1 / RATE_HZ)), len(sound))


def _syllables(count: int, random: np.random.Generator) -> Sound:
    """Return a loudness that swells about four times a second, as of some people at once."""
    marks = np.arange(0, count + RATE_HZ, RATE_HZ // 8)
    levels = sum(random.uniform(0.1, 1.0, len(marks)) for _ in range(4))
    return np.interp(np.arange(count), marks, levels)


@lru_cache(maxsize=64)
def _pluck(semitone: int) -> Sound:
    """Return a plucked string, `semitone` above C."""
    hertz = C3_HZ * 2 ** (semitone / 12)
    moments = np.arange(round(RATE_HZ * 1.6)) / RATE_HZ
    partials = sum(
        np.sin(2 * np.pi * hertz * k * moments) * np.exp(-moments * (2.0 + k)) / k
        for k in range(1, 7)
        if hertz * k < RATE_HZ / 2
    )
    return np.asarray(partials) * np.minimum(1.0, moments / 0.004)


def _rms(sound: Sound) -> float:
    return float(np.sqrt((sound**2).mean()))

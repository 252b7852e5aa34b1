"""A performance, spoken and joined: its sound, and the truth about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from .flite import RATE_HZ, synthesise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .deviate import Performance, Take
    from .flite import FliteWord
    from .texts import Line

LEAD_S, TAIL_S = 0.9, 1.0
"""Silence before and after the recording."""

MARGIN_S = 0.04
"""Kept of Flite's own silence on both sides of a sentence: its sounds swell and fade."""

AIR = 9.0
"""Loudness of the air in the room, root mean square: -71 dBFS, as no real recording is digitally silent."""

LOUDNESS = 0.09
"""Root mean square of the speech as a share of full scale, for every voice: -21 dBFS."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of Flite and what is done to it, so that there are more speakers than voices."""

    voice: str
    """One of `flite.VOICES`."""
    stretch: float = 1.0
    """1.1 speaks a tenth slower."""
    pitch: float = 1.0
    """1.1 speaks a tenth higher."""
    size: float = 1.0
    """1.05: a throat that is a twentieth longer, so all resonances are lower; the pace stays."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody speaks, each sentence somewhere between two bounds."""

    pause_s: tuple[float, float]
    """Silence between sentences, from shortest to longest."""
    haste: tuple[float, float]
    """How long a sentence takes against the speaker's own pace."""


READING = Manner((0.4, 1.0), (1.0, 1.0))
FREELY = Manner((0.05, 0.9), (0.68, 1.15))
"""Without a script: some sentences run into the next, some are hurried over."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording without noise or room."""

    samples: NDArray[np.float64]
    """-1 to 1 at 16 kHz mono."""
    truth: tuple[dict[str, Any], ...]
    """For each take `idx`, `text`, `start`, `end` and `words`: ``[start_s, end_s, text, token]``."""

    @property
    def seconds(self) -> float:
        """Return how long it is."""
        return len(self.samples) / RATE_HZ


def speak(
    performance: Performance, speakers: Sequence[Speaker], seed: int, manner: Manner = READING
) -> Spoken:
    """Say every take, with pauses of changing length between them.

    Names in the script take the `speakers` in turn; a script without names has the first alone.
    """
    random = Random(seed)  # noqa: S311  no secret
    pieces = [np.zeros(round(LEAD_S * RATE_HZ))]
    truth = []
    at = len(pieces[0])
    names = list(dict.fromkeys(take.line.speaker for take in performance.takes if take.line.speaker))
    voices = dict(zip(names, cycle(speakers), strict=False))
    for take in performance.takes:
        speaker = voices.get(take.line.speaker, speakers[0])
        paced = replace(speaker, stretch=speaker.stretch * random.uniform(*manner.haste))
        sound, words = say(take.line, paced)
        truth.append(_truth(take, words, at / RATE_HZ))
        pause = np.zeros(round(random.uniform(*manner.pause_s) * RATE_HZ))
        pieces += [sound, pause]
        at += len(sound) + len(pause)
    whole = np.concatenate([*pieces[:-1], np.zeros(round(TAIL_S * RATE_HZ))])
    air = np.random.default_rng(seed).normal(0, AIR / 32768, len(whole))
    return Spoken(whole + air, tuple(truth))


def say(line: Line, speaker: Speaker) -> tuple[NDArray[np.float64], tuple[FliteWord, ...]]:
    """Return one sentence between short margins, at its loudness, with times from the start of the sound."""
    said = " ".join(line.said)
    size = speaker.size
    heard = synthesise(said, voice=speaker.voice, stretch=speaker.stretch / size, pitch=speaker.pitch * size)
    owners = [index for index, token in enumerate(line.said) for _ in token.split()]
    first = max(0.0, heard.words[0].start_s - MARGIN_S)
    last = heard.words[-1].end_s + MARGIN_S
    sound = heard.samples[round(first * RATE_HZ) : round(last * RATE_HZ)].astype(np.float64) / 32768
    longer = resized(sound, round(len(sound) * size))
    factor = len(longer) / len(sound)
    start = round(first * RATE_HZ) / RATE_HZ
    words = tuple(
        replace(
            word,
            token=owners[word.token],
            start_s=(word.start_s - start) * factor,
            end_s=(word.end_s - start) * factor,
        )
        for word in heard.words
    )
    return longer * LOUDNESS / _level(longer), words


def resized(sound: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return the same waveform with `length` samples: slower and lower, or faster and higher."""
    if length == len(sound):
        return sound
    spectrum = np.fft.rfft(sound)
    kept = np.zeros(length // 2 + 1, complex)
    kept[: len(spectrum)] = spectrum[: len(kept)]
    return np.fft.irfft(kept, length) * length / len(sound)


def _level(sound: NDArray[np.float64]) -> float:
    """Return the root mean square of the louder half of the frames of 20 ms."""
    frames = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    powers = (frames**2).mean(axis=1)
    return float(np.sqrt(powers[powers >= np.median(powers)].mean()))


def _truth(take: Take, words: tuple[FliteWord, ...], at_s: float) -> dict[str, Any]:
    rows = [
        [round(at_s + word.start_s, 4), round(at_s + word.end_s, 4), word.text, word.token] for word in words
    ]
    return {
        "idx": take.index,
        "text": take.line.text,
        "start": rows[0][0],
        "end": rows[-1][1],
        "words": rows,
    }

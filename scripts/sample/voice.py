"""The narrator: CMU Flite says a script, we give it pauses and a room.

Flite is a small free synthesiser (its voices are CMU's, free to use for any purpose). It
reads one sentence at a time, so that the pauses between them are ours to set.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ebrochure.errors import MissingToolError
from ebrochure.media.process import run

RATE = 16_000
"""Samples a second that Flite's voices have."""
SENTENCE_PAUSE_S, PARAGRAPH_PAUSE_S = 0.45, 0.95
LEAD_S, TAIL_S = 1.2, 1.6
"""Silence before and after, as in a recording that nobody has trimmed."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_QUIET = 0.01
"""Share of full scale below which Flite is taken to be silent."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A script, spoken."""

    samples: np.ndarray
    """float32, -1 to 1, mono at `RATE`."""
    paragraph_starts_s: tuple[float, ...]
    """When each paragraph begins to sound."""

    @property
    def seconds(self) -> float:
        """Return how long it takes."""
        return len(self.samples) / RATE


def spoken_paragraphs(script: str) -> tuple[str, ...]:
    """Return what is said: no headings, no ``[slide N]``."""
    blocks = (block.strip() for block in script.split("\n\n"))
    return tuple(" ".join(block.split()) for block in blocks if block and block[0] not in "#[")


def read_aloud(paragraphs: tuple[str, ...], *, voice: str, stretch: float = 1.0) -> Reading:
    """Return the paragraphs as speech, with real silence between sentences.

    Args:
        paragraphs: Plain words, one paragraph each.
        voice: A voice of Flite: ``slt``, ``rms``, ``awb``.
        stretch: 1.1 speaks a tenth slower.

    Raises:
        MissingToolError: Flite is not installed.
    """
    pieces = [_silence(LEAD_S)]
    starts = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            pieces.append(_silence(PARAGRAPH_PAUSE_S))
        starts.append(sum(map(len, pieces)) / RATE)
        for index, sentence in enumerate(_SENTENCE.split(paragraph)):
            if index:
                pieces.append(_silence(SENTENCE_PAUSE_S))
            pieces.append(_say(sentence, voice=voice, stretch=stretch))
    return Reading(np.concatenate([*pieces, _silence(TAIL_S)]), tuple(starts))


def write_wav(reading: Reading, out: Path) -> None:
    """Write the reading as 16 bit PCM."""
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(reading.samples, -1, 1) * 32767).astype("<i2").tobytes())


def _say(sentence: str, *, voice: str, stretch: float) -> np.ndarray:
    flite = shutil.which("flite")
    if flite is None:
        raise MissingToolError(
            "The narrator's voice needs the program `flite`, which is not installed.",
            "On Debian or Ubuntu: sudo apt install flite. The samples in assets/ work without it.",
        )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sentence.wav"
        setting = f"duration_stretch={stretch}"
        run([flite, "-voice", voice, "--setf", setting, "-t", sentence, "-o", str(out)], timeout_s=60)
        with wave.open(str(out)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    return _without_edges(samples)


def _without_edges(samples: np.ndarray) -> np.ndarray:
    """Cut Flite's own silence off both ends, and leave 40 ms for breath."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    margin = RATE // 25
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def _silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), np.float32)


@dataclass(frozen=True, slots=True)
class Mouth:
    """What the mouth does, a value a picture; each 0 to 1."""

    openness: np.ndarray
    width: np.ndarray
    """0: round, as for "oo"; 1: wide, as for "ee" and "s"."""
    energy: np.ndarray
    """How lively the last second was."""


def follow_mouth(reading: Reading, *, frame_rate: int) -> Mouth:
    """Return the mouth's movement from loudness and brightness of the sound."""
    frames = int(np.ceil(reading.seconds * frame_rate))
    hop = RATE // frame_rate
    padded = np.pad(reading.samples, (hop, 2 * hop + frames * hop - len(reading.samples)))
    windows = np.stack([padded[n * hop : n * hop + 2 * hop] for n in range(frames)]) * np.hanning(2 * hop)
    spectra = np.abs(np.fft.rfft(windows, axis=1))
    hertz = np.fft.rfftfreq(2 * hop, 1 / RATE)
    loud = np.sqrt((windows**2).mean(axis=1))
    openness = np.clip(loud / np.quantile(loud, 0.97), 0, 1) ** 0.7
    openness[openness < 0.12] = 0  # noqa: PLR2004  a closed mouth is quite closed
    centre = (spectra * hertz).sum(axis=1) / (spectra.sum(axis=1) + 1e-6)
    width = np.clip((centre - 500) / 2200, 0, 1)
    return Mouth(_eased(openness, 1), _eased(width, 2), _eased(openness, frame_rate))


def _eased(values: np.ndarray, reach: int) -> np.ndarray:
    """Smooth with a triangle that reaches `reach` pictures each way."""
    weights = np.bartlett(2 * reach + 3)
    return np.convolve(values, weights / weights.sum(), mode="same")

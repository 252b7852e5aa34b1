"""Recordings mixed into the programme, block by block: an hour of sound is never in memory at once.

pydub holds each block and adds the pieces up. It is only ever given samples in memory, so that it
starts no process. The samples have 32 bits: a quiet recording is turned up by 50 dB later on.
"""

from __future__ import annotations

import contextlib
import math
import warnings
import wave
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from ebrochure.media.encode import AUDIO_RATE_HZ

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.assemble.tracklay import Piece

_CHANNELS = 2
_SAMPLE_BYTES = 4
FRAME_BYTES = _CHANNELS * _SAMPLE_BYTES
"""What one sample of both channels takes in a file."""
_BLOCK = AUDIO_RATE_HZ
"""Samples that are mixed at a time: whole milliseconds, since pydub drops a part of one when it adds up."""
FULL_SCALE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Layer:
    """One recording, and what of it is heard when."""

    recording: Path
    """Raw samples: 48 kHz, two channels, 32 bits."""
    pieces: tuple[Piece, ...]
    curve: tuple[tuple[int, float], ...] = ()
    """``(sample of the programme, gain in dB)``, straight lines between them; empty: as it is."""


def mix(layers: Sequence[Layer], count: int, out: Path) -> None:
    """Write the sum of `layers` as WAV: 48 kHz, stereo, 32 bits, `count` samples long."""
    with contextlib.ExitStack() as open_files, contextlib.closing(wave.open(str(out), "wb")) as programme:
        programme.setnchannels(_CHANNELS)
        programme.setsampwidth(_SAMPLE_BYTES)
        programme.setframerate(AUDIO_RATE_HZ)
        files = [open_files.enter_context(layer.recording.open("rb")) for layer in layers]
        silence = _silence(_BLOCK)
        for start in range(0, count, _BLOCK):
            block = silence
            for layer, file in zip(layers, files, strict=True):
                for samples in _heard(layer, file, start, start + _BLOCK):
                    block = block.overlay(_segment(samples))
            programme.writeframesraw(block.get_sample_slice(0, min(_BLOCK, count - start)).raw_data)


def read_samples(file: IO[bytes], start: int, count: int) -> NDArray[np.int32]:
    """Return `count` samples x 2 of a recording from `start` on, fewer where it ends.

    Nothing reaches full scale, from which recordings are kept away when they are decoded, but what
    was no number or infinite: it is damage, and left out.
    """
    file.seek(start * FRAME_BYTES)
    found = np.frombuffer(file.read(count * FRAME_BYTES), "<i4").reshape(-1, _CHANNELS)
    return np.where((found >= FULL_SCALE) | (found <= -FULL_SCALE), 0, found)


def _heard(layer: Layer, file: IO[bytes], start: int, end: int) -> Iterator[NDArray[np.int32]]:
    """Yield the samples of each piece that is heard from `start` to `end`, silence around it."""
    for piece in layer.pieces:
        first, last = max(start, piece.at), min(end, piece.end)
        if first >= last:
            continue
        samples = read_samples(file, piece.start + first - piece.at, last - first)
        shaped = samples * _gains(layer, piece, first, len(samples))[:, None]
        block = np.zeros((end - start, _CHANNELS), "<i4")
        block[first - start : first - start + len(samples)] = shaped.round()
        yield block


def _gains(layer: Layer, piece: Piece, first: int, count: int) -> NDArray[np.float64]:
    """Return by how much each sample of a piece is multiplied, from the programme's sample `first` on."""
    moments = np.arange(first, first + count)
    gains = fade_in(moments - piece.at, piece.rise) * fade_in(piece.end - 1 - moments, piece.fall)
    if layer.curve:
        knots, decibels = zip(*layer.curve, strict=True)
        gains *= 10 ** (np.interp(moments, knots, decibels) / 20)
    return gains


def fade_in(offsets: NDArray[np.int64], length: int) -> NDArray[np.float64]:
    """Return the gain at each of `offsets` from the start of a fade; mirrored, the powers add up to one."""
    if length == 0 or offsets.min() >= length:
        return np.ones(len(offsets))
    share = np.clip((offsets + 0.5) / length, 0, 1)
    gains: NDArray[np.float64] = np.sin(share * (math.pi / 2))
    return gains


def _silence(samples: int) -> Any:  # noqa: ANN401  pydub has no types
    duration_ms = -(-samples * 1000 // AUDIO_RATE_HZ)
    silent = _pydub().AudioSegment.silent(duration_ms, AUDIO_RATE_HZ)
    return silent.set_sample_width(_SAMPLE_BYTES).set_channels(_CHANNELS).get_sample_slice(0, samples)


def _segment(samples: NDArray[np.int32]) -> Any:  # noqa: ANN401  pydub has no types
    """Return samples as pydub knows them."""
    return _pydub().AudioSegment(
        data=samples.tobytes(), sample_width=_SAMPLE_BYTES, frame_rate=AUDIO_RATE_HZ, channels=_CHANNELS
    )


def _pydub() -> Any:  # noqa: ANN401  pydub has no types
    """Import pydub, which holds escapes that newer Pythons warn about and looks for an ffmpeg of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub  # noqa: PLC0415, TID251  heavy, and this is the module that adapts it
    return pydub

"""The network of silero-vad, computed with numpy from the weights in its wheel.

silero-vad's own loader needs torch, which costs a build 2 to 5 seconds and 300 MB for a network of
310,000 weights. `tests/media/test_transcribe_silero.py` holds the two against each other.
"""

from __future__ import annotations

import importlib.util
import json
import struct
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.errors import MissingToolError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WINDOW = 512
"""Samples that one probability speaks for: 32 ms at 16 kHz."""

CONTEXT = 64
"""Samples of the window before that each window sees again."""

BLOCK = 1024
"""Windows computed at a time: half a minute, a few megabytes."""

FOURIER_SIZE, FOURIER_STEP = 256, 128
HIDDEN = 128


@lru_cache(maxsize=1)
def load_weights() -> dict[str, Floats]:
    """Read the weights from silero-vad's wheel without importing it (that would import torch).

    Raises:
        MissingToolError: silero-vad is not installed, or lacks the file.
    """
    spec = importlib.util.find_spec("silero_vad")
    path = Path(spec.origin or "").parent / "data" / "silero_vad_16k.safetensors" if spec else None
    if path is None or not path.is_file():
        message = "the voice activity model of silero-vad is not installed"
        raise MissingToolError(message, "pip install 'silero-vad>=6.2'")
    raw = path.read_bytes()
    (header_size,) = struct.unpack("<Q", raw[:8])
    body = raw[8 + header_size :]
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
        for name, entry in json.loads(raw[8 : 8 + header_size]).items()
        if name != "__metadata__"
    }


def speech_probabilities(samples: NDArray[np.int16]) -> Floats:
    """Return for each window of 512 samples (the last one padded) how likely it holds speech, 0 to 1."""
    count = -(-len(samples) // WINDOW)
    if not count:
        return np.zeros(0, np.float32)
    sound = np.zeros(CONTEXT + count * WINDOW, np.float32)
    sound[CONTEXT : CONTEXT + len(samples)] = samples.astype(np.float32) / 32768
    windows = np.lib.stride_tricks.sliding_window_view(sound, CONTEXT + WINDOW)[::WINDOW]
    out = np.zeros(count, np.float32)
    state = (np.zeros(HIDDEN, np.float32), np.zeros(HIDDEN, np.float32))
    for start in range(0, count, BLOCK):
        features = _features(windows[start : start + BLOCK])
        out[start : start + BLOCK], state = _remember(features, state)
    return out


def _features(windows: Floats) -> Floats:
    """Turn windows (n, 576) into what the memory cell reads (n, 128)."""
    weights = load_weights()
    mirrored = np.pad(windows, ((0, 0), (0, 64)), mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(mirrored, FOURIER_SIZE, axis=1)[:, ::FOURIER_STEP]
    waves = frames @ weights["stft_conv.weight"][:, 0, :].T
    half = FOURIER_SIZE // 2 + 1
    value: Floats = np.sqrt(waves[..., :half] ** 2 + waves[..., half:] ** 2)
    for layer, step in (("conv1", 1), ("conv2", 2), ("conv3", 2), ("conv4", 1)):
        value = _convolve(value, weights[f"{layer}.weight"], weights[f"{layer}.bias"], step)
    return value[:, 0, :]


def _convolve(value: Floats, weight: Floats, bias: Floats, step: int) -> Floats:
    """Convolve (n, time, channels) with a kernel of 3, one step of padding, then cut off below zero."""
    padded = np.pad(value, ((0, 0), (1, 1), (0, 0)))
    around = np.lib.stride_tricks.sliding_window_view(padded, 3, axis=1)[:, ::step]
    flat = around.reshape(*around.shape[:2], -1)
    out: Floats = np.maximum(flat @ weight.reshape(len(weight), -1).T + bias, 0)
    return out


def _remember(features: Floats, state: tuple[Floats, Floats]) -> tuple[Floats, tuple[Floats, Floats]]:
    """Run the memory cell over the windows in order; return probabilities and the state after them."""
    weights = load_weights()
    from_input = features @ weights["lstm_cell.weight_ih"].T + (
        weights["lstm_cell.bias_ih"] + weights["lstm_cell.bias_hh"]
    )
    recurrent = np.ascontiguousarray(weights["lstm_cell.weight_hh"].T)
    hidden, cell = state
    seen = np.zeros_like(features)
    for row, given in enumerate(from_input):
        gates = given + hidden @ recurrent
        enter, forget, leave = _sigmoid(gates[:128]), _sigmoid(gates[128:256]), _sigmoid(gates[384:])
        cell = forget * cell + enter * np.tanh(gates[256:384])
        hidden = leave * np.tanh(cell)
        seen[row] = hidden
    score = np.maximum(seen, 0) @ weights["final_conv.weight"][0, :, 0] + weights["final_conv.bias"][0]
    return _sigmoid(score), (hidden, cell)


def _sigmoid(value: Floats) -> Floats:
    """Squash to 0..1; tanh never overflows where exp does."""
    out: Floats = np.float32(0.5) * (np.tanh(value * np.float32(0.5)) + np.float32(1))
    return out

"""Our reckoning of silero-vad's network against its own, and its verdict on real sound."""

from __future__ import annotations

import warnings
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.transcribe import silero
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.samples import read_samples
from tests.fixtures.speech import noise

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAMES = {
    "stft_conv.weight": "stft.forward_basis_buffer",
    **{
        f"conv{n + 1}.{part}": f"encoder.{n}.reparam_conv.{part}"
        for n in range(4)
        for part in ("weight", "bias")
    },
    **{
        f"lstm_cell.{part}": f"decoder.rnn.{part}"
        for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    },
    "final_conv.weight": "decoder.decoder.2.weight",
    "final_conv.bias": "decoder.decoder.2.bias",
}
"""Our names of the weights, and those in the package's TorchScript model."""


def test_the_network_computes_what_the_packages_own_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same weights: the two files in the wheel hold different trainings of the same network."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.jit.load and importlib.resources.path are deprecated
        import silero_vad

        model = silero_vad.load_silero_vad()
    state = model.state_dict()
    weights = {ours: state[f"_model.{theirs}"].numpy() for ours, theirs in NAMES.items()}
    monkeypatch.setattr(silero, "load_weights", lambda: weights)
    samples = (noise(2, level=0.1) * np.hanning(32_000)).astype(np.int16)

    ours = silero.speech_probabilities(samples)
    sound = torch.from_numpy(np.pad(samples, (0, 512 - len(samples) % 512)).astype(np.float32) / 32768)
    model.reset_states()
    theirs = [model(window, 16_000).item() for window in sound.split(512)]

    assert np.abs(ours - np.array(theirs[: len(ours)])).max() < 1e-4


def test_speech_of_a_real_recording_is_found_between_its_pauses(samples: Path) -> None:
    path = samples / "speech" / "jfk.wav"

    spans = find_speech(path)

    assert spans[0].start_ms < 400
    assert 10_300 < spans[-1].end_ms < 10_900
    assert any(2200 < a.end_ms < 2500 and 3100 < b.start_ms < 3400 for a, b in pairwise(spans))
    assert spans[-1].end_ms <= len(read_samples(path)) / 16

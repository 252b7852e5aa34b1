"""Write what tests need: the checkpoint, packed, and sentences as sound with the time of each word."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
from typing import TYPE_CHECKING

import av
import numpy as np
import torch
from flite import RATE_HZ, VOICES
from learn import DIMS, Pupil
from sentences import SAYINGS
from windows import spoken

if TYPE_CHECKING:
    from pathlib import Path

CHECKPOINT, SOUND, TIMES = "micro.pt.xz", "sentences.flac", "sentences.json"


def write_checkpoint(pupil: Pupil, folder: Path) -> str:
    """Pack what `torch.save` writes for `whisper.load_model`; return the digest of the checkpoint."""
    plain = io.BytesIO()
    torch.save({"dims": DIMS, "model_state_dict": pupil.state()}, plain)
    packed = lzma.compress(plain.getvalue(), preset=9 | lzma.PRESET_EXTREME)
    (folder / CHECKPOINT).write_bytes(packed)
    return hashlib.sha256(plain.getvalue()).hexdigest()


def write_sentences(folder: Path) -> None:
    """Say every sentence once, the voices in turns, into one sound file with a list of what is where."""
    sounds, entries, start = [], [], 0.0
    for number, saying in enumerate(SAYINGS):
        voice = VOICES[number % len(VOICES)]
        said = spoken(saying, voice)
        samples = np.round(said.samples * 32767).astype(np.int16)
        samples = samples[: len(samples) // 16 * 16]  # whole milliseconds
        sounds.append(samples)
        entries.append(
            {
                "text": saying.text,
                "language": saying.language,
                "voice": voice,
                "start_ms": round(1000 * start),
                "end_ms": round(1000 * (start + len(samples) / RATE_HZ)),
                "words_ms": [[round(1000 * (start + a)), round(1000 * (start + b))] for a, b in said.words],
            }
        )
        start += len(samples) / RATE_HZ
    _write_flac(folder / SOUND, np.concatenate(sounds))
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    (folder / TIMES).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _write_flac(path: Path, samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> None:
    """Write 16 kHz mono samples."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=RATE_HZ, layout="mono", format="s16")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        fifo = av.AudioFifo()
        fifo.write(frame)
        for block in fifo.read_many(4096, partial=True):
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))

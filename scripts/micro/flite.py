"""CMU Flite through its library: speech together with the time of every word."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_char_p, c_float, c_int, c_short, c_void_p
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16_000

VOICES = ("slt", "rms", "awb")
"""16 kHz voices made from the CMU ARCTIC recordings, free to use for any purpose."""

FIRST_SOUND = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
LAST_SOUND = b"R:SylStructure.daughtern.daughtern.R:Segment.end"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as sound."""

    samples: NDArray[np.float32]
    """-1 to 1 at 16 kHz, the voice's own short silence at both ends included."""
    words: tuple[tuple[float, float], ...]
    """Start and end of each word in seconds, as the synthesiser laid them down."""


class _Wave(Structure):
    """`cst_wave`. Source: flite/include/cst_wave.h."""

    _fields_ = (
        ("type", c_char_p),
        ("sample_rate", c_int),
        ("num_samples", c_int),
        ("num_channels", c_int),
        ("samples", POINTER(c_short)),
    )


SIGNATURES = {
    "flite_synth_text": (c_void_p, [c_char_p, c_void_p]),
    "utt_wave": (POINTER(_Wave), [c_void_p]),
    "utt_relation": (c_void_p, [c_void_p, c_char_p]),
    "relation_head": (c_void_p, [c_void_p]),
    "item_next": (c_void_p, [c_void_p]),
    "ffeature_float": (c_float, [c_void_p, c_char_p]),
    "delete_utterance": (None, [c_void_p]),
}


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    """Load Flite (Debian package `libflite1`) and say what its functions take."""
    library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
    for name in ("libflite_cmulex.so.1", "libflite_usenglish.so.1"):
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    library.flite_init()
    for name, (gives, takes) in SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = gives, takes
    return library


@lru_cache(maxsize=8)
def _voice(name: str) -> int:
    """Load one voice."""
    _library()
    register = getattr(ctypes.CDLL(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
    register.restype, register.argtypes = c_void_p, [c_char_p]
    return int(register(None))


def say(text: str, voice: str) -> Spoken:
    """Say `text` with one of `VOICES`; the text holds no digits, so that a word written is a word said."""
    library = _library()
    utterance = library.flite_synth_text(text.encode(), _voice(voice))
    try:
        wave = library.utt_wave(utterance).contents
        if wave.sample_rate != RATE_HZ:
            message = f"voice `{voice}` speaks at {wave.sample_rate} Hz, not at {RATE_HZ}"
            raise ValueError(message)
        samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).astype(np.float32) / 32768
        words, item = [], library.relation_head(library.utt_relation(utterance, b"Word"))
        while item:
            words.append(
                (library.ffeature_float(item, FIRST_SOUND), library.ffeature_float(item, LAST_SOUND))
            )
            item = library.item_next(item)
    finally:
        library.delete_utterance(utterance)
    if len(words) != len(text.split()):
        message = f"expected {len(text.split())} words in “{text}”, the voice said {len(words)}"
        raise ValueError(message)
    return Spoken(samples, tuple(words))

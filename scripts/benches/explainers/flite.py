"""The one door to Flite: a text in, its sound and the time of every word out.

CMU Flite is a small free synthesiser. It decides how long each sound lasts before it makes any, so it knows
where every word begins and ends, to one 5 ms frame. The program `flite` does not print that, its library
tells; hence ctypes. Names are those of Flite's C API (`cst_utterance.h`, `cst_item.h`): an utterance
holds relations (Token, Segment, SylStructure) of items.
"""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_float, c_int, c_short, c_void_p
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ebrochure.errors import MissingToolError

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE_HZ = 16_000
VOICES = ("slt", "rms", "awb", "kal16")
"""A woman and a man from the United States, a man from Scotland, and a robot; all 16 kHz."""

FIRST_SOUND = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
LAST_SOUND = b"R:SylStructure.daughtern.daughtern.R:Segment.end"
"""Paths from a word to the end of the sound before it, and to the end of its last one, in seconds."""

_CALLS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "flite_init": (c_int, ()),
    "flite_synth_text": (c_void_p, (c_char_p, c_void_p)),
    "delete_utterance": (None, (c_void_p,)),
    "utt_wave": (c_void_p, (c_void_p,)),
    "utt_relation": (c_void_p, (c_void_p, c_char_p)),
    "relation_head": (c_void_p, (c_void_p,)),
    "item_next": (c_void_p, (c_void_p,)),
    "item_daughter": (c_void_p, (c_void_p,)),
    "ffeature_string": (c_char_p, (c_void_p, c_char_p)),
    "ffeature_float": (c_float, (c_void_p, c_char_p)),
    "feat_set_float": (None, (c_void_p, c_char_p, c_float)),
}


class _Wave(ctypes.Structure):
    """`cst_wave`."""

    _fields_ = (
        ("type", c_char_p),
        ("sample_rate", c_int),
        ("num_samples", c_int),
        ("num_channels", c_int),
        ("samples", ctypes.POINTER(c_short)),
    )


class _Voice(ctypes.Structure):
    """The beginning of `cst_voice`, as far as it is needed."""

    _fields_ = (("name", c_char_p), ("features", c_void_p))


@dataclass(frozen=True, slots=True)
class FliteWord:
    """One word as Flite said it."""

    text: str
    """As Flite spells it: lower case, no apostrophe, a figure in words."""
    token: int
    """Index of the whitespace-separated token of the text that it belongs to."""
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text, spoken."""

    samples: NDArray[np.int16]
    """Mono at `RATE_HZ`, with Flite's own silence at both ends."""
    words: tuple[FliteWord, ...]
    """In order of time."""


def synthesise(text: str, *, voice: str, stretch: float = 1.0, pitch: float = 1.0) -> Utterance:
    """Return `text` as speech, the same samples for the same arguments.

    Args:
        text: Plain ASCII.
        voice: One of `VOICES`.
        stretch: 1.1 speaks a tenth slower.
        pitch: 1.1 speaks a tenth higher; `kal16` knows no such thing.

    Raises:
        MissingToolError: Flite or the voice is not installed.
    """
    library = _library()
    speaker = _voice(voice)
    features = speaker.contents.features
    library.feat_set_float(features, b"duration_stretch", stretch)
    library.feat_set_float(features, b"f0_shift", pitch)
    ctypes.CDLL(None).srand(1)  # breath is made of libc's rand(): begin it anew, as a fresh process would
    utterance = library.flite_synth_text(text.encode("ascii"), ctypes.cast(speaker, c_void_p))
    try:
        return Utterance(_samples(library, utterance), _words(library, utterance, text))
    finally:
        library.delete_utterance(utterance)


@lru_cache(maxsize=1)
def _library() -> Any:  # noqa: ANN401  ctypes has no types
    """Load Flite and tell ctypes what its functions take."""
    library = _load("libflite.so.1")
    for name in ("libflite_cmulex.so.1", "libflite_usenglish.so.1"):
        _load(name)  # the voices refer to both and find them only if they are there already
    for name, (result, arguments) in _CALLS.items():
        call = getattr(library, name)
        call.restype, call.argtypes = result, arguments
    library.flite_init()
    return library


@lru_cache(maxsize=len(VOICES))
def _voice(name: str) -> Any:  # noqa: ANN401  ctypes has no types
    """Load a voice, once: each weighs some megabytes."""
    register = getattr(_load(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
    register.restype, register.argtypes = ctypes.POINTER(_Voice), (c_void_p,)
    return register(None)


def _load(name: str) -> Any:  # noqa: ANN401  ctypes has no types
    try:
        return ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError as error:
        raise MissingToolError(
            f"Speech with known word times needs Flite's library `{name}`, which is not installed.",
            "On Debian or Ubuntu: sudo apt install flite.",
        ) from error


def _samples(library: Any, utterance: int) -> NDArray[np.int16]:  # noqa: ANN401  ctypes has no types
    wave = ctypes.cast(library.utt_wave(utterance), ctypes.POINTER(_Wave)).contents
    if (wave.sample_rate, wave.num_channels) != (RATE_HZ, 1):
        raise ValueError(f"expected {RATE_HZ} Hz mono, got {wave.sample_rate} Hz x {wave.num_channels}")
    return np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).astype(np.int16)


def _words(library: Any, utterance: int, text: str) -> tuple[FliteWord, ...]:  # noqa: ANN401
    """Read every word with the token of `text` that it comes from.

    Flite may divide what stands between two spaces, so tokens are told by counting characters.
    """
    owners = [index for index, token in enumerate(text.split()) for _ in token]
    out = []
    at = 0
    for token in _items(library, library.relation_head(library.utt_relation(utterance, b"Token"))):
        owner = owners[min(at, len(owners) - 1)]
        at += sum(len(_read(library, token, part)) for part in (b"prepunctuation", b"name", b"punc"))
        for word in _items(library, library.item_daughter(token)):
            start, end = (library.ffeature_float(word, path) for path in (FIRST_SOUND, LAST_SOUND))
            spelt = _read(library, word, b"name").lstrip("_")  # `_a` is the letter, not the article
            out.append(FliteWord(spelt, owner, round(start, 4), round(end, 4)))
    return tuple(out)


def _items(library: Any, item: int | None) -> list[int]:  # noqa: ANN401  ctypes has no types
    """List an item and its younger sisters."""
    out = []
    while item:
        out.append(item)
        item = library.item_next(item)
    return out


def _read(library: Any, item: int, feature: bytes) -> str:  # noqa: ANN401  ctypes has no types
    value: bytes | None = library.ffeature_string(item, feature)
    return (value or b"").decode("ascii", "replace")

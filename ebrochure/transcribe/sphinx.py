"""The one door to pocketsphinx: decoders, and listening in small steps."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ebrochure.transcribe.samples import SAMPLES_PER_MS, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ebrochure.model.timing import TimeRange
    from ebrochure.transcribe.samples import Samples

FRAME_MS = 10

STEP = SAMPLES_PER_MS * 125
"""Samples given at a time. The decoder holds the interpreter while it works, so this is also how long
a Ctrl-C may have to wait: at 0.5 CPU seconds a second it is felt within 0.1 s."""

CEPSTRUM_START = "40,3,-1"
"""What the decoder takes as the mean of the sound before it has heard any; its own default."""

MEAN_MS = 20_000
"""Speech that the mean is taken over."""

UNLIKELIEST = 1e-300
"""Likelihoods below are no longer told apart."""

ANY_WORD = "the"
"""A word that every dictionary has."""

FILLERS = ("<", "[", "+")
"""First characters of what is no word: silence, noise, breath."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One word as a decoder heard it."""

    key: str
    """Entry of the decoder's dictionary, without the number of its pronunciation."""
    start_ms: int
    end_ms: int
    posterior: float
    """What the decoder itself believes, 0 to 1; 1 where it keeps no alternatives."""
    fit: float = 0.0
    """How well the sound fits the word: natural logarithm of its likelihood for each frame of 10 ms, against
    the likeliest sound that was looked for there; 0 at best. Strict alignment of clean speech has about -1,
    of other words' speech -5."""


def sphinx_version() -> str:
    """Return the version of the package, which carries its model."""
    return version("pocketsphinx")


@lru_cache(maxsize=1)
def model_folder() -> Path:
    """Return the folder of the English model in the wheel."""
    from pocketsphinx import get_model_path  # noqa: PLC0415, TID251  heavy; this module is its door

    return Path(get_model_path("en-us"))


def new_decoder(**options: object) -> Any:  # noqa: ANN401  pocketsphinx has no types
    """Return a decoder with the wheel's sound model; `options` as in pocketsphinx's `Config`."""
    from pocketsphinx import Config, Decoder  # noqa: PLC0415, TID251  heavy; this module is its door

    return Decoder(Config(hmm=str(model_folder() / "en-us"), loglevel="FATAL", **options))


def listen(
    decoder: Any,  # noqa: ANN401  pocketsphinx has no types
    samples: Samples,
    pieces: Sequence[TimeRange],
    on_progress: Callable[[float], None] = lambda _share: None,
) -> tuple[Heard, ...]:
    """Decode each piece as an utterance of its own; times are the recording's, in order.

    The decoder starts from the mean of this sound, so the result depends on nothing but the samples.
    `on_progress` may raise: the decoder is left fit for use.
    """
    total = sum(len(cut(samples, piece)) for piece in pieces) or 1
    done = 0
    set_mean(decoder, mean_of(decoder, samples, pieces))
    out: list[Heard] = []
    for piece in pieces:
        for count in decode(decoder, cut(samples, piece)):
            on_progress((done + count) / total)
        done += len(cut(samples, piece))
        out += words_of(decoder, piece.start_ms)
    on_progress(1.0)
    return tuple(out)


def mean_of(decoder: Any, samples: Samples, pieces: Sequence[TimeRange]) -> str:  # noqa: ANN401
    """Return the cepstral mean over the first 20 s of speech.

    A decoder that is fed step by step starts from a mean that was never measured on this microphone and
    holds on to it for 5 s: a third of the words of a short recording are lost to that. So the front end
    first runs over the speech as a whole, with a search for one word that costs next to nothing.
    """
    parts = [cut(samples, piece) for piece in pieces]
    sound = np.concatenate([*parts, np.zeros(0, np.int16)])[: MEAN_MS * SAMPLES_PER_MS]
    if not len(sound):
        return CEPSTRUM_START
    decoder.set_align_text(ANY_WORD)
    decoder.start_utt()
    decoder.process_raw(sound.tobytes(), full_utt=True)
    decoder.end_utt()
    mean: str = decoder.get_cmn(False)  # noqa: FBT003  pocketsphinx takes no keyword
    # A decoder made for alignment alone has no search to go back to; asking for its current one would crash.
    with suppress(KeyError):
        decoder.activate_search()
    return mean


def set_mean(decoder: Any, mean: str) -> None:  # noqa: ANN401
    """Let the decoder start its next utterance from `mean`."""
    decoder.set_cmn(mean)


def decode(decoder: Any, sound: Samples) -> Iterator[int]:  # noqa: ANN401
    """Feed one utterance step by step; yields how many samples were taken before each step."""
    decoder.start_utt()
    try:
        for start in range(0, len(sound), STEP):
            yield start
            decoder.process_raw(sound[start : start + STEP].tobytes())
    finally:
        decoder.end_utt()


def words_of(decoder: Any, offset_ms: int) -> list[Heard]:  # noqa: ANN401
    """Read what the decoder made of its last utterance, fillers left out."""
    if decoder.hyp() is None:
        return []
    return [
        Heard(
            item.word.split("(")[0],
            offset_ms + item.start_frame * FRAME_MS,
            offset_ms + (item.end_frame + 1) * FRAME_MS,
            min(1.0, item.prob),
            log(max(item.ascore, UNLIKELIEST)) / (item.end_frame - item.start_frame + 1),
        )
        for item in decoder.seg()
        if not item.word.startswith(FILLERS)
    ]

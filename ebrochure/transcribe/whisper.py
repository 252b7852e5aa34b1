"""The engine that understands: openai-whisper on the processor."""

from __future__ import annotations

import logging
import math
import threading
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from ebrochure.transcribe.doubts import Passage, settle
from ebrochure.transcribe.engine import Recognition
from ebrochure.transcribe.listening import (
    LOG_PROBABILITY,
    TEMPERATURES,
    THRESHOLDS,
    Progress,
    Vote,
    cut_pieces,
    elect,
    expected_tokens,
    left_out,
    most_tokens,
    prompt_of,
    timed_words,
    voters,
)
from ebrochure.transcribe.models import cost_of, said_cost
from ebrochure.transcribe.samples import cut, read_samples
from ebrochure.transcribe.whisper_model import load_whisper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.findings import Finding
    from ebrochure.model.timing import TimeRange
    from ebrochure.transcribe.engine import SpeechRequest
    from ebrochure.transcribe.samples import Samples

log = logging.getLogger(__name__)

_LISTENING = threading.Lock()
"""Whisper keeps what a decoding remembers in hooks on the model's own layers: one at a time."""

STEP_S = 3.0
"""A piece is one window. Where Whisper moves on inside it, it may do so in steps of this length on average:
text that never ends makes it creep from word to word, and take minutes for seconds of sound."""

ENCODED, DECODED = 0.3, 0.95
"""Share of a piece that is done once its sound is encoded, and once its text is decoded."""


class WhisperEngine:
    """Turns speech in many languages into punctuated text."""

    def __init__(self, model: str, *, download: bool = False) -> None:
        """Take the name of a model or the path of a checkpoint; nothing is loaded yet.

        Without `download` weights are never fetched, not even to replace a damaged file.
        """
        self.model, self.download = model, download
        path = Path(model)
        self.name = f"whisper:{path.stem if path.suffix or path.is_file() else model}"

    def transcribe(self, speech: Path, request: SpeechRequest) -> Recognition:
        """Return the words within `request.speech`, in source time, and what is doubtful about them.

        Raises:
            MaterialError: the weights cannot be used; see `load_whisper`.
        """
        samples = read_samples(speech)
        pieces = cut_pieces(request.speech, samples)
        language = _primary(request.language)
        if not pieces:
            request.on_progress(1.0)
            return Recognition(language or "und", ())
        request.on_progress(0.0)
        model = load_whisper(self.model, download=self.download)
        progress = Progress(pieces, request.on_progress)
        log.info("%s: %s", self.name, said_cost(cost_of(self.model), progress.total_ms))
        unsure: tuple[Finding, ...] = ()
        if language is None:
            language, unsure = _detect(model, samples, pieces, progress)
        prompt, taken = _prompt(model, request.glossary)
        passages: list[Passage] = []
        for piece in pieces:
            with _alone(progress), _ticking(model, progress, piece) as watch:
                options = _options(language, prompt, piece)
                found = _hear(model, _floats(cut(samples, piece)), options, watch)
            passages += _passages(found, piece)
            progress.finish(piece)
        segments, doubts = settle(tuple(passages), request.speech)
        request.on_progress(1.0)
        return Recognition(language, segments, (*unsure, *left_out(request.glossary, taken), *doubts))


def _options(language: str, prompt: str | None, piece: TimeRange) -> dict[str, Any]:
    """Return how a piece is decoded."""
    return {
        "language": language,
        "task": "transcribe",
        "fp16": False,
        "verbose": None,
        "temperature": TEMPERATURES,
        "condition_on_previous_text": False,
        "word_timestamps": True,
        "initial_prompt": prompt,
        # Where Whisper moves on inside a piece it decodes a further window; the prompt stays.
        "carry_initial_prompt": prompt is not None,
        "logprob_threshold": LOG_PROBABILITY,
        "sample_len": most_tokens(piece),
        **THRESHOLDS,
    }


def _prompt(model: Any, glossary: tuple[str, ...]) -> tuple[str | None, int]:  # noqa: ANN401
    """Return the glossary as a prompt and how many of its terms are in it."""
    from whisper.tokenizer import get_tokenizer  # noqa: PLC0415, TID251  this module is its door

    names = get_tokenizer(model.is_multilingual, num_languages=model.num_languages)
    return prompt_of(glossary, lambda text: len(names.encode(text)))


def _hear(
    model: Any,  # noqa: ANN401
    sound: np.ndarray[Any, np.dtype[np.float32]],
    options: dict[str, Any],
    watch: _ticking,
) -> dict[str, Any]:
    """Decode one piece; the same sound gives the same text, though a warmer decoding draws lots."""
    import torch  # noqa: PLC0415  heavy

    with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Whisper leaves its vocabulary's file open
        torch.manual_seed(0)
        try:
            found: dict[str, Any] = model.transcribe(sound, **options)
        except _Stuck:
            watch.release()
            found = model.transcribe(sound, **options | {"word_timestamps": False, "temperature": 0.0})
    return found


def _detect(
    model: Any,  # noqa: ANN401
    samples: Samples,
    pieces: tuple[TimeRange, ...],
    progress: Progress,
) -> tuple[str, tuple[Finding, ...]]:
    """Return the language of most of the speech, by pieces from all over the recording."""
    import whisper  # noqa: PLC0415, TID251  this module is its door

    if not model.is_multilingual:
        return "en", ()
    votes = []
    for piece in voters(pieces):
        sound = whisper.pad_or_trim(_floats(cut(samples, piece)))
        mel = whisper.log_mel_spectrogram(sound, model.dims.n_mels)
        with _alone(progress), _ticking(model, progress, None):
            _, chances = model.detect_language(mel)
        votes.append(Vote(piece.duration_ms, chances))
    return elect(votes)


def _primary(language: str | None) -> str | None:
    """Return Whisper's name of a BCP 47 language, None where it knows none."""
    if language is None:
        return None
    from whisper.tokenizer import LANGUAGES  # noqa: PLC0415, TID251  this module is its door

    primary = language.lower().split("-")[0]
    return primary if primary in LANGUAGES else None


@contextmanager
def _alone(progress: Progress) -> Iterator[None]:
    """Keep the model to one thread; whoever waits for it can be stopped all the same."""
    while not _LISTENING.acquire(timeout=0.2):
        progress.again()
    try:
        yield
    finally:
        _LISTENING.release()


class _Stuck(Exception):  # noqa: N818  never leaves this module
    """Whisper creeps through a piece."""


class _ticking:  # noqa: N801  reads as a verb phrase where it is used
    """Report progress at every step of the model, so that an exception from the report stops it.

    Whisper has no callback of its own. Each block of its encoder takes tens to hundreds of milliseconds on a
    processor, each token of its decoder 10 to 200; a hook there costs nothing and is taken off again.
    """

    def __init__(self, model: Any, progress: Progress, piece: TimeRange | None) -> None:  # noqa: ANN401
        """Watch the model hear a piece; None: something that does not count."""
        self.model, self.progress, self.piece = model, progress, piece
        self.blocks = self.tokens = 0
        seconds = 0 if piece is None else piece.duration_ms / 1000
        windows = 2 + seconds / STEP_S
        # A window is encoded for each decoding and once more for the times of its words.
        self.most_blocks = windows * (len(TEMPERATURES) + 1) * len(model.encoder.blocks)

    def __enter__(self) -> Self:
        """Put the hooks on."""
        encoder, decoder = self.model.encoder, self.model.decoder
        self.handles = [block.register_forward_pre_hook(self._encoding) for block in encoder.blocks]
        self.handles.append(decoder.register_forward_pre_hook(self._decoding))
        return self

    def __exit__(self, *_: object) -> None:
        """Take them off, and Whisper's own, which it leaves when it is stopped while it takes word times."""
        for handle in self.handles:
            handle.remove()
        for block in self.model.decoder.blocks:
            block.cross_attn._forward_hooks.clear()  # noqa: SLF001

    def release(self) -> None:
        """Let the piece take as long as it takes."""
        self.most_blocks = float("inf")

    def _encoding(self, *_: object) -> None:
        """Report a share that grows with every block of the encoder."""
        self.blocks += 1
        if self.blocks > self.most_blocks:
            raise _Stuck
        self._report(ENCODED * min(1.0, self.blocks / len(self.model.encoder.blocks)))

    def _decoding(self, *_: object) -> None:
        """Report a share that grows with every token, up to what a piece of this length should need."""
        self.tokens += 1
        expected = expected_tokens(self.piece) if self.piece is not None else 1.0
        self._report(ENCODED + (DECODED - ENCODED) * min(1.0, self.tokens / expected))

    def _report(self, share: float) -> None:
        if self.piece is None:
            self.progress.again()
        else:
            self.progress.within(self.piece, share)


def _floats(samples: Samples) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return what Whisper takes in place of a file, so that it starts no ffmpeg."""
    return samples.astype(np.float32) / np.float32(32768)


def _passages(found: dict[str, Any], piece: TimeRange) -> Iterator[Passage]:
    """Yield what was written in a piece, in source time; text without word times shares its segment's out."""
    for segment in found["segments"]:
        whole = {
            "word": segment["text"],
            "start": segment["start"],
            "end": segment["end"],
            "probability": math.exp(segment["avg_logprob"]),
        }
        words = tuple(
            word
            for item in segment.get("words", (whole,))
            for word in timed_words(item["word"], item["start"], item["end"], item["probability"], piece)
        )
        if words:
            yield Passage(words, float(segment["avg_logprob"]), float(segment["compression_ratio"]))

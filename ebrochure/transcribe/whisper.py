"""The engine that understands: openai-whisper on the processor, its weights loaded once a process."""

from __future__ import annotations

import hashlib
import os
import threading
import warnings
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ebrochure.errors import MaterialError
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word
from ebrochure.transcribe.checkpoint import require_trusted
from ebrochure.transcribe.choose import WHISPER_MODELS, find_weights
from ebrochure.transcribe.engine import Recognition
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.samples import cut, duration_ms, read_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.transcribe.engine import OnProgress, SpeechRequest
    from ebrochure.transcribe.samples import Samples

LONGEST_MS = 29_000
"""Whisper hears 30 s at a time; a piece with its padding stays below, so that it is one window."""

PAD_MS = 200

PROMPT_CHARS = 600
"""About the 223 tokens that a prompt may have; what comes after would push the beginning out."""

THRESHOLDS = {"compression_ratio_threshold": 2.4, "logprob_threshold": -1.0, "no_speech_threshold": 0.6}
"""Whisper's own, spelled out: beyond them a window is decoded again, warmer, or taken as silence."""

LOADING = threading.Lock()


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
        """Return the words within `request.speech`, in source time.

        Raises:
            MaterialError: the checkpoint is not plain weights (``MODEL_UNTRUSTED``) or no Whisper model
                (``MODEL_UNUSABLE``).
        """
        samples = read_samples(speech)
        pieces = group_speech(
            request.speech, longest_ms=LONGEST_MS - 2 * PAD_MS, pad_ms=PAD_MS, end_ms=duration_ms(samples)
        )
        language = _primary(request.language)
        if not pieces:
            request.on_progress(1.0)
            return Recognition(language or "und", ())
        with LOADING:
            model = _load(self.model, download=self.download)
        language = language or _detect(model, samples, pieces)
        options = _options(language, request.glossary)
        segments: list[Segment] = []
        for number, piece in enumerate(pieces):
            with _ticking(model, request.on_progress, number, len(pieces)):
                found = model.transcribe(_floats(cut(samples, piece)), **options)
            segments += _segments(found, piece, request.speech)
        request.on_progress(1.0)
        return Recognition(language, tuple(segments))


def whisper_version() -> str:
    """Return the version of the package."""
    return version("openai-whisper")


@lru_cache(maxsize=1)
def _load(model: str, *, download: bool) -> Any:  # noqa: ANN401  whisper has no types
    """Load a model; the one that was loaded last stays, so that a batch loads it once."""
    import torch  # noqa: PLC0415  heavy: 2 s and 300 MB
    import whisper  # noqa: PLC0415, TID251  this module is its door
    from whisper.tokenizer import get_tokenizer  # noqa: PLC0415, TID251

    torch.set_num_threads(os.cpu_count() or 1)
    weights = find_weights(model)
    if weights is not None:
        require_trusted(weights)
    if model in WHISPER_MODELS and not download:
        _require_whole(weights, model, str(whisper._MODELS[model]).split("/")[-2])  # noqa: SLF001
    try:
        # load_model passes weights_only=True to torch.load; a test holds it to that.
        loaded = whisper.load_model(model, device="cpu").float().eval()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # Whisper leaves its vocabulary's file open
            get_tokenizer(loaded.is_multilingual, num_languages=loaded.num_languages)
    except (RuntimeError, KeyError, TypeError, AttributeError) as error:
        raise MaterialError.one(
            "MODEL_UNUSABLE",
            f"`{Path(model).name}` cannot be used as a Whisper model: {str(error).splitlines()[0]}",
            hint="a checkpoint holds `dims` and `model_state_dict`, as Whisper's own do",
        ) from error
    return loaded


def _require_whole(weights: Path | None, model: str, sha256: str) -> None:
    """Refuse a missing or damaged file of a named model: Whisper would fetch it anew without asking."""
    if weights is not None:
        with weights.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == sha256:
                return
    state = "is missing" if weights is None else f"is damaged: `{weights}`"
    raise MaterialError.one(
        "MODEL_DAMAGED",
        f"the file of Whisper's `{model}` model {state}",
        hint="put it back whole, or set `whisper: {download: true}` in ebrochure.yaml to have it fetched",
    )


def _options(language: str, glossary: tuple[str, ...]) -> dict[str, Any]:
    """Return how every piece is decoded."""
    return {
        "language": language,
        "task": "transcribe",
        "fp16": False,
        "verbose": None,
        "condition_on_previous_text": False,
        "word_timestamps": True,
        "initial_prompt": _prompt(glossary),
        # A piece is one window, and so is its prompt; should Whisper move on inside it, the prompt stays.
        "carry_initial_prompt": bool(glossary),
        "hallucination_silence_threshold": 2.0,
        **THRESHOLDS,
    }


def _prompt(glossary: tuple[str, ...]) -> str | None:
    """Return the glossary as text that a speaker might have said before, whole terms only."""
    text = ""
    for term in glossary:
        longer = f"{text}, {term}" if text else term
        if len(longer) > PROMPT_CHARS:
            break
        text = longer
    return f"{text}." if text else None


def _detect(model: Any, samples: Samples, pieces: tuple[TimeRange, ...]) -> str:  # noqa: ANN401
    """Return the language of the longest piece."""
    import whisper  # noqa: PLC0415, TID251  this module is its door

    if not model.is_multilingual:
        return "en"
    longest = max(pieces, key=lambda piece: piece.duration_ms)
    sound = whisper.pad_or_trim(_floats(cut(samples, longest)))
    mel = whisper.log_mel_spectrogram(sound, model.dims.n_mels)
    _, chances = model.detect_language(mel)
    return str(max(chances, key=chances.get))


def _primary(language: str | None) -> str | None:
    """Return Whisper's name of a BCP 47 language, None where it knows none."""
    if language is None:
        return None
    from whisper.tokenizer import LANGUAGES  # noqa: PLC0415, TID251  this module is its door

    primary = language.lower().split("-")[0]
    return primary if primary in LANGUAGES else None


class _ticking:  # noqa: N801  reads as a verb phrase where it is used
    """Report progress at every step of the decoder, so that an exception from the report stops it.

    Whisper has no callback of its own. Its decoder runs once for every token, which on a processor is
    every 10 to 200 ms; a hook there costs nothing and is taken off again.
    """

    def __init__(self, model: Any, on_progress: OnProgress, number: int, count: int) -> None:  # noqa: ANN401
        """Watch piece `number` of `count`."""
        self.model, self.on_progress = model, on_progress
        self.number, self.count, self.steps = number, count, 0

    def __enter__(self) -> None:
        """Put the hook on."""
        self.handle = self.model.decoder.register_forward_pre_hook(self._tick)

    def __exit__(self, *_: object) -> None:
        """Take it off."""
        self.handle.remove()

    def _tick(self, *_: object) -> None:
        """Report a share that grows with every token and never reaches the next piece."""
        self.steps += 1
        self.on_progress((self.number + self.steps / (self.steps + 60)) / self.count)


def _floats(samples: Samples) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return what Whisper takes in place of a file, so that it starts no ffmpeg."""
    return samples.astype(np.float32) / np.float32(32768)


def _segments(found: dict[str, Any], piece: TimeRange, speech: tuple[TimeRange, ...]) -> Iterator[Segment]:
    """Yield the segments of a piece in source time; words with no speech under them stay out."""
    for segment in found["segments"]:
        words = tuple(
            word
            for item in segment.get("words", ())
            for word in _words(item, piece)
            if any(word.time.overlaps(span) or span.contains(word.time.start_ms) for span in speech)
        )
        if words:
            yield Segment(words)


def _words(item: dict[str, Any], piece: TimeRange) -> Iterator[Word]:
    """Yield one timed word of Whisper's, split where it holds white space."""
    parts = str(item["word"]).split()
    start = min(piece.end_ms, piece.start_ms + round(1000 * item["start"]))
    end = min(piece.end_ms, max(start, piece.start_ms + round(1000 * item["end"])))
    for number, text in enumerate(parts):
        left = start + (end - start) * number // len(parts)
        right = start + (end - start) * (number + 1) // len(parts)
        yield Word(text, TimeRange(left, right), max(0.0, min(1.0, float(item["probability"]))))

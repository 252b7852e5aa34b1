"""Whisper on CTranslate2, an extra: the same models in 8 bits, 2.4 to 2.9 times as fast on a processor."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ebrochure.errors import MaterialError, MissingToolError
from ebrochure.media.process import processors
from ebrochure.transcribe.checkpoint import fingerprint
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
    left_out,
    most_tokens,
    prompt_of,
    timed_words,
    voters,
)
from ebrochure.transcribe.models import (
    CONVERTED_FILES,
    CONVERTED_MODELS,
    FASTER,
    converted_cache,
    cost_of,
    find_converted,
    said_cost,
)
from ebrochure.transcribe.samples import cut, read_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ebrochure.model.findings import Finding
    from ebrochure.model.timing import TimeRange
    from ebrochure.transcribe.engine import SpeechRequest
    from ebrochure.transcribe.samples import Samples

log = logging.getLogger(__name__)

LOOK_S = 0.1
"""How often somebody who wants to stop is heard while CTranslate2 is at work."""

_LOADING = threading.Lock()

_loaded: list[tuple[tuple[str, str], Any]] = []
"""The model that was loaded last, with its folder and the fingerprint of its weights; never more than one."""


class FasterWhisperEngine:
    """Turns speech in many languages into punctuated text."""

    def __init__(self, model: str, *, download: bool = False) -> None:
        """Take the name of a model or a folder with a converted one; nothing is loaded yet.

        Without `download` nothing is ever fetched.
        """
        self.model, self.download = model, download
        self.name = f"faster-whisper:{model if model in CONVERTED_MODELS else Path(model).name}"

    def transcribe(self, speech: Path, request: SpeechRequest) -> Recognition:
        """Return the words within `request.speech`, in source time, and what is doubtful about them.

        Raises:
            MissingToolError: faster-whisper is not installed.
            MaterialError: the model is not here (``MODEL_NOT_FETCHED``) or no model (``MODEL_UNUSABLE``).
        """
        samples = read_samples(speech)
        pieces = cut_pieces(request.speech, samples)
        language = (request.language or "").lower().split("-")[0] or None
        if not pieces:
            request.on_progress(1.0)
            return Recognition(language or "und", ())
        request.on_progress(0.0)
        model = load_converted(self.model, download=self.download)
        language = language if language in model.supported_languages else None
        progress = Progress(pieces, request.on_progress)
        log.info("%s: %s", self.name, said_cost(cost_of(self.model), progress.total_ms, faster=FASTER))
        unsure: tuple[Finding, ...] = ()
        if language is None:
            language, unsure = _detect(model, samples, pieces, progress)
        prompt, taken = prompt_of(
            request.glossary,
            lambda text: len(model.hf_tokenizer.encode(text, add_special_tokens=False).ids),
        )
        passages: list[Passage] = []
        for piece in pieces:
            work = _listening(model, _floats(cut(samples, piece)), _options(language, prompt, piece))
            passages += _passages(_patiently(work, progress), piece)
            progress.finish(piece)
        segments, doubts = settle(tuple(passages), request.speech)
        request.on_progress(1.0)
        return Recognition(language, segments, (*unsure, *left_out(request.glossary, taken), *doubts))


def load_converted(model: str, *, download: bool) -> Any:  # noqa: ANN401  a foreign object
    """Return a model, the one in memory where it is the same: all recordings of a batch share it."""
    with _LOADING:
        folder = find_converted(model)
        if folder is None:
            folder = _fetch(model, download=download)
        identity = (str(folder), fingerprint(folder / "model.bin"))
        if not (_loaded and _loaded[0][0] == identity):
            _loaded.clear()  # two large models at once may be more than the machine holds
            _loaded.append((identity, _load(folder)))
        return _loaded[0][1]


def _package() -> Any:  # noqa: ANN401
    """Import faster-whisper."""
    try:
        import faster_whisper  # noqa: PLC0415, TID251  this module is its door, and it is heavy
    except ImportError as error:
        message = f"faster-whisper cannot be used: {error}"
        raise MissingToolError(message, "pip install 'ebrochure[faster]'") from error
    return faster_whisper


def _fetch(model: str, *, download: bool) -> Path:
    """Fetch a model by its name, if that was agreed."""
    if model not in CONVERTED_MODELS:
        needed = ", ".join(f"`{name}`" for name in CONVERTED_FILES)
        raise MaterialError.one(
            "MODEL_UNUSABLE",
            f"`{Path(model).name}` is no folder that faster-whisper can read",
            hint=f"it should hold {needed} and a vocabulary, as `ct2-transformers-converter` writes them",
        )
    if not download:
        raise MaterialError.one(
            "MODEL_NOT_FETCHED",
            f"faster-whisper's `{model}` model is not on this machine",
            hint="give its folder, or set `whisper: {download: true}` in ebrochure.yaml to have it fetched",
        )
    megabytes = cost_of(model).megabytes
    log.info("fetching faster-whisper's `%s` model, %d MB, into `%s`", model, megabytes, converted_cache())
    try:
        return Path(_package().download_model(model, cache_dir=str(converted_cache())))
    except Exception as error:  # whatever the network and its libraries raise ends in one sentence
        raise MaterialError.one(
            "MODEL_NOT_FETCHED",
            f"faster-whisper's `{model}` model could not be fetched: {error}",
            hint="try again with a network, or give the folder of a model that is on this machine",
        ) from error


def _load(folder: Path) -> Any:  # noqa: ANN401
    """Load a whole folder, which makes the package ask nobody for anything."""
    try:
        return _package().WhisperModel(
            str(folder),
            device="cpu",
            compute_type="int8",
            cpu_threads=processors(),
            local_files_only=True,
        )
    except (RuntimeError, ValueError, OSError) as error:
        said = str(error).splitlines() or [type(error).__name__]
        raise MaterialError.one(
            "MODEL_UNUSABLE",
            f"`{folder.name}` cannot be used by faster-whisper: {said[0]}",
            hint="fetch or convert the model again",
        ) from error


def _options(language: str, prompt: str | None, piece: TimeRange) -> dict[str, Any]:
    """Return how a piece is decoded."""
    return {
        "language": language,
        "task": "transcribe",
        "beam_size": 1,
        "best_of": 1,
        "temperature": list(TEMPERATURES),
        "condition_on_previous_text": False,
        "word_timestamps": True,
        # The package puts its `initial_prompt` before the first window only, its hotwords before each.
        "hotwords": prompt,
        "vad_filter": False,  # the pieces are cut by ours
        "log_prob_threshold": LOG_PROBABILITY,
        "max_new_tokens": most_tokens(piece),
        **THRESHOLDS,
    }


def _listening(
    model: Any,  # noqa: ANN401
    sound: np.ndarray[Any, np.dtype[np.float32]],
    options: dict[str, Any],
) -> Callable[[], Any]:
    """Return the work of one piece; the same sound gives the same text, though warm decoding draws lots."""

    def work() -> list[Any]:
        import ctranslate2  # noqa: PLC0415  comes with faster-whisper

        ctranslate2.set_random_seed(0)
        segments, _about = model.transcribe(sound, **options)
        return list(segments)

    return work


def _patiently(work: Callable[[], Any], progress: Progress) -> Any:  # noqa: ANN401
    """Return what `work` returns; an exception from the report leaves at once.

    CTranslate2 cannot be interrupted inside a window. It is left to finish the one it is at, unheard.
    """
    aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="faster-whisper")
    try:
        future = aside.submit(work)
        while wait((future,), timeout=LOOK_S).not_done:
            progress.again()
        return future.result()
    finally:
        aside.shutdown(wait=False)


def _detect(
    model: Any,  # noqa: ANN401
    samples: Samples,
    pieces: tuple[TimeRange, ...],
    progress: Progress,
) -> tuple[str, tuple[Finding, ...]]:
    """Return the language of most of the speech, by pieces from all over the recording."""
    if not model.model.is_multilingual:
        return "en", ()
    votes = []
    for piece in voters(pieces):
        sound = _floats(cut(samples, piece))
        _best, _chance, chances = _patiently(partial(model.detect_language, sound), progress)
        votes.append(Vote(piece.duration_ms, dict(chances)))
    return elect(votes)


def _floats(samples: Samples) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return what the package takes in place of a file."""
    return samples.astype(np.float32) / np.float32(32768)


def _passages(found: list[Any], piece: TimeRange) -> Iterator[Passage]:
    """Yield what was written in one piece, in source time."""
    for segment in found:
        words = tuple(
            word
            for item in segment.words or ()
            for word in timed_words(item.word, item.start, item.end, item.probability, piece)
        )
        if words:
            yield Passage(words, float(segment.avg_logprob), float(segment.compression_ratio))

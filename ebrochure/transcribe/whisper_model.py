"""Whisper's weights: found by name or path, held to be plain and whole, loaded once a process."""

from __future__ import annotations

import hashlib
import logging
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebrochure.errors import MaterialError
from ebrochure.media.process import processors
from ebrochure.transcribe.checkpoint import fingerprint, require_trusted
from ebrochure.transcribe.models import WHISPER_MODELS, cache_folder, cost_of, find_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

_LOADING = threading.Lock()

_loaded: list[tuple[tuple[str, str | None], Any]] = []
"""The model that was loaded last, with its name and the fingerprint of its file; never more than one."""


def load_whisper(model: str, *, download: bool) -> Any:  # noqa: ANN401  whisper has no types
    """Return a model, the one in memory where it is the same: all recordings of a batch share it.

    Args:
        model: A name from `WHISPER_MODELS`, or the path of a checkpoint.
        download: Whether weights may be fetched. Without it they never are, not even in place of a
            damaged file.

    Raises:
        MaterialError: ``MODEL_UNTRUSTED``, ``MODEL_UNUSABLE``, ``MODEL_DAMAGED`` or ``MODEL_NOT_FETCHED``.
    """
    with _LOADING:
        if not (_loaded and _loaded[0][0] == _identity(model)):
            _loaded.clear()  # two large models at once may be more than the machine holds
            loaded = _load(model, download=download)
            _loaded.append((_identity(model), loaded))
        return _loaded[0][1]


def _identity(model: str) -> tuple[str, str | None]:
    """Return what tells a model from others, and from itself once its file was replaced."""
    weights = find_weights(model)
    return model, None if weights is None else fingerprint(weights)


def _load(model: str, *, download: bool) -> Any:  # noqa: ANN401
    """Load a model onto the processor as 32-bit numbers, and make ready what its first use would wait for."""
    import torch  # noqa: PLC0415  heavy: 2 s and 300 MB
    import whisper  # noqa: PLC0415, TID251  this module is its door

    torch.set_num_threads(processors())
    weights = find_weights(model)
    if model in WHISPER_MODELS:
        _look_after(model, weights, str(whisper._MODELS[model]).split("/")[-2], download=download)  # noqa: SLF001
    elif weights is not None:
        require_trusted(weights)
    target = model if model in WHISPER_MODELS else str(weights or model)
    with _as_sentences(model), warnings.catch_warnings():
        # Whisper warns that it replaces a damaged file, which was said above, and leaves files open.
        warnings.simplefilter("ignore")
        # load_model passes weights_only=True to torch.load; a test holds it to that.
        loaded = whisper.load_model(target, device="cpu").float().eval()
        _warm_up(loaded)
    return loaded


def _look_after(model: str, weights: Path | None, sha256: str, *, download: bool) -> None:
    """Refuse a missing or damaged file of a named model, or say that it will be fetched.

    A file with the digest that the package pins is what OpenAI published; no other is ever unpacked.
    """
    if weights is not None and _sha256(weights) == sha256:
        return
    if not download:
        state = "is missing" if weights is None else f"is damaged: `{weights}`"
        raise MaterialError.one(
            "MODEL_DAMAGED",
            f"the file of Whisper's `{model}` model {state}",
            hint="put it back whole, or set `whisper: {download: true}` in ebrochure.yaml to have it fetched",
        )
    state = "" if weights is None else ", in place of a damaged file"
    size = cost_of(model).megabytes
    log.info("fetching Whisper's `%s` model, %d MB, into `%s`%s", model, size, cache_folder(), state)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _warm_up(loaded: Any) -> None:  # noqa: ANN401
    """Read the vocabulary and compile the word timing: seconds that nobody could interrupt later."""
    import torch  # noqa: PLC0415
    from whisper.timing import dtw, median_filter  # noqa: PLC0415, TID251
    from whisper.tokenizer import get_tokenizer  # noqa: PLC0415, TID251

    get_tokenizer(loaded.is_multilingual, num_languages=loaded.num_languages)
    dtw(median_filter(torch.zeros(1, 2, 16), 7)[0])


class _as_sentences:  # noqa: N801  reads as a phrase where it is used
    """Turn what goes wrong while a model is loaded into an error with the next step."""

    def __init__(self, model: str) -> None:
        """Speak of `model`."""
        self.name = Path(model).name

    def __enter__(self) -> None:
        """Watch."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise the sentence in place of the error."""
        if isinstance(error, OSError):
            raise MaterialError.one(
                "MODEL_NOT_FETCHED",
                f"Whisper's `{self.name}` model could not be read or fetched: {error}",
                hint=f"put its file into `{cache_folder()}` by hand, or try again with a network",
            ) from error
        if isinstance(error, RuntimeError) and "checksum" in str(error):
            raise MaterialError.one(
                "MODEL_DAMAGED",
                f"what was fetched as Whisper's `{self.name}` model is not that model: its digest differs",
                hint="try again; a proxy that answers in the server's place is the usual reason",
            ) from error
        if isinstance(error, (RuntimeError, KeyError, TypeError, AttributeError, ValueError)):
            raise MaterialError.one(
                "MODEL_UNUSABLE",
                f"`{self.name}` cannot be used as a Whisper model: {next(_lines(error))}",
                hint="a checkpoint holds `dims` and `model_state_dict`, as Whisper's own do",
            ) from error


def _lines(error: BaseException) -> Iterator[str]:
    """Yield what an error says, line by line, its kind where it says nothing."""
    yield from str(error).splitlines() or [type(error).__name__]

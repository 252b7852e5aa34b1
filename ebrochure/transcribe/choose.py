"""Which engine listens: Whisper where its weights are at hand, else the offline engine, said plainly."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.errors import SettingsError
from ebrochure.model.findings import Finding, Level
from ebrochure.transcribe.checkpoint import fingerprint, require_trusted
from ebrochure.transcribe.engine import ENGINES, SpeechEngine, load_engine_class

if TYPE_CHECKING:
    from collections.abc import Callable

    from ebrochure.settings import SpeechSettings

WHISPER_MODELS = {
    name: f"{name}.pt"
    for name in (
        *(f"{size}{suffix}" for size in ("tiny", "base", "small", "medium") for suffix in ("", ".en")),
        *("large-v1", "large-v2", "large-v3", "large-v3-turbo"),
    )
} | {"large": "large-v3.pt", "turbo": "large-v3-turbo.pt"}
"""File of each model in Whisper's cache. Source: `whisper._MODELS`; a test holds the two together."""

MEGABYTES = {"tiny": 75, "base": 145, "small": 484, "medium": 1530, "large": 3090, "turbo": 1620}
"""What fetching a model costs."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine that will listen, and why."""

    name: str
    """``whisper:base``, ``offline``."""
    identity: str
    """All that its words depend on: engine, package version, weights. Belongs into the store's key."""
    findings: tuple[Finding, ...]
    """What the report and the page should say about the choice."""
    make: Callable[[], SpeechEngine]
    """Loads the engine; weights are loaded when it first listens."""


def choose_engine(settings: SpeechSettings) -> EngineChoice:
    """Choose the engine for `settings`; imports neither torch nor Whisper.

    Raises:
        SettingsError: the engine is unknown, or Whisper is asked for and cannot work.
    """
    if settings.engine not in {"auto", *ENGINES}:
        known = ", ".join(f"`{name}`" for name in ("auto", *ENGINES))
        message = f"`engine: {settings.engine}` is unknown; it may be {known}"
        raise SettingsError.one("ENGINE_UNKNOWN", message)
    if settings.engine == "offline":
        return _offline(())
    weights = find_weights(settings.whisper_model)
    reason = _why_not_whisper(settings, weights)
    if reason is None:
        return _whisper(settings, weights)
    message, hint = reason
    if settings.engine == "whisper":
        raise SettingsError.one("WHISPER_UNAVAILABLE", message, hint=hint)
    said = f"{message}, so the offline engine listens; where there is no script its captions are drafts"
    return _offline((Finding("ENGINE_OFFLINE", Level.INFO, said, hint=hint),))


def cache_folder() -> Path:
    """Return where Whisper keeps its models: `$XDG_CACHE_HOME/whisper` or `~/.cache/whisper`."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "whisper"


def find_weights(model: str) -> Path | None:
    """Return the file that holds the weights of `model`, a name or a path; None where there is none."""
    path = cache_folder() / WHISPER_MODELS[model] if model in WHISPER_MODELS else Path(model).expanduser()
    return path if path.is_file() else None


def _why_not_whisper(settings: SpeechSettings, weights: Path | None) -> tuple[str, str] | None:
    """Return what keeps Whisper from listening and the next step, or None."""
    model = settings.whisper_model
    if importlib.util.find_spec("whisper") is None:
        return "Whisper is not installed", "pip install openai-whisper"
    if weights is not None:
        return None
    if model not in WHISPER_MODELS:
        known = ", ".join(WHISPER_MODELS)
        return f"the Whisper model `{model}` is neither a file nor a known name", f"known names: {known}"
    if settings.whisper_download:
        return None
    size = MEGABYTES[model.split(".")[0].split("-v")[0] if model != "large-v3-turbo" else "turbo"]
    return (
        f"the weights of Whisper's `{model}` model are not on this machine",
        (
            f"put `{WHISPER_MODELS[model]}` ({size} MB) into `{cache_folder()}`, "
            "or set `whisper: {download: true}` in ebrochure.yaml to have it fetched"
        ),
    )


def _whisper(settings: SpeechSettings, weights: Path | None) -> EngineChoice:
    """Return the choice of Whisper; an untrusted checkpoint is refused here, before anything reads it."""
    model = settings.whisper_model
    shown = model if model in WHISPER_MODELS else Path(model).stem
    if weights is not None:
        require_trusted(weights)
    digest = fingerprint(weights) if weights is not None else "to-be-fetched"
    # A model that will be fetched is known by its name alone: the package pins its digest.
    content = shown if model in WHISPER_MODELS else digest
    findings: tuple[Finding, ...] = ()
    if weights is None:
        message = f"the weights of Whisper's `{model}` model will be fetched into `{cache_folder()}`"
        findings = (Finding("WHISPER_DOWNLOAD", Level.INFO, message),)
    target = model if model in WHISPER_MODELS else str(weights)
    return EngineChoice(
        name=f"whisper:{shown}",
        identity=f"whisper {version('openai-whisper')} {content}, {_always()}",
        findings=findings,
        make=lambda: load_engine_class("whisper")(target, download=settings.whisper_download),
    )


def _always() -> str:
    """Name what works under every engine: scripts are aligned by one, speech is found by the other."""
    return f"pocketsphinx {version('pocketsphinx')}, silero-vad {version('silero-vad')}"


def _offline(findings: tuple[Finding, ...]) -> EngineChoice:
    """Return the choice of the engine that is always there."""
    return EngineChoice(
        name="offline",
        identity=_always(),
        findings=findings,
        make=lambda: load_engine_class("offline")(),  # noqa: PLW0108  not before it is needed
    )

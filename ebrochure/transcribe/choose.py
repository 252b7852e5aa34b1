"""Which engine listens: Whisper where its weights are at hand, else the offline engine, said plainly."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.errors import SettingsError
from ebrochure.model.findings import Finding, Level
from ebrochure.transcribe.checkpoint import fingerprint, require_trusted
from ebrochure.transcribe.engine import ENGINES, SpeechEngine, load_engine_class
from ebrochure.transcribe.models import (
    CONVERTED_FILES,
    CONVERTED_MODELS,
    FASTER,
    WHISPER_MODELS,
    cache_folder,
    converted_cache,
    cost_of,
    find_converted,
    find_weights,
    said_rate,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ebrochure.settings import SpeechSettings

FETCH = "set `whisper: {download: true}` in ebrochure.yaml to have it fetched"


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine that will listen, and why."""

    name: str
    """``whisper:base``, ``faster-whisper:base``, ``offline``."""
    identity: str
    """All that its words depend on: engine, package version, weights. Belongs into the store's key."""
    findings: tuple[Finding, ...]
    """What the report and the page should say about the choice."""
    make: Callable[[], SpeechEngine]
    """Loads the engine; weights are loaded when it first listens."""
    cost: str = ""
    """Size of its model and how fast it listens, for people; empty where there is nothing to say."""


def choose_engine(settings: SpeechSettings) -> EngineChoice:
    """Choose the engine for `settings`; imports neither torch nor Whisper.

    Raises:
        SettingsError: the engine is unknown, or Whisper is asked for and cannot work.
        MaterialError: the checkpoint is no plain weights (``MODEL_UNTRUSTED``).
    """
    if settings.engine not in {"auto", *ENGINES}:
        known = ", ".join(f"`{name}`" for name in ("auto", *ENGINES))
        message = f"`engine: {settings.engine}` is unknown; it may be {known}"
        raise SettingsError.one("ENGINE_UNKNOWN", message)
    if settings.engine == "offline":
        return _offline(())
    if settings.engine == "faster-whisper":
        return _faster_or_refuse(settings)
    reason = _why_not_whisper(settings)
    if reason is None:
        return _whisper(settings)
    message, hint = reason
    if settings.engine == "whisper":
        raise SettingsError.one("WHISPER_UNAVAILABLE", message, hint=hint)
    if _is_installed("faster_whisper") and find_converted(settings.whisper_model) is not None:
        return _faster(settings)
    said = f"{message}, so the offline engine listens; where there is no script its captions are drafts"
    return _offline((Finding("ENGINE_OFFLINE", Level.INFO, said, hint=hint),))


def _is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _why_not_whisper(settings: SpeechSettings) -> tuple[str, str] | None:
    """Return what keeps Whisper from listening and the next step, or None."""
    model = settings.whisper_model
    if not _is_installed("whisper"):
        return "Whisper is not installed", "pip install openai-whisper"
    if find_weights(model) is not None:
        return None
    if model not in WHISPER_MODELS:
        known = ", ".join(WHISPER_MODELS)
        return f"the Whisper model `{model}` is neither a file nor a known name", f"known names: {known}"
    if settings.whisper_download:
        return None
    return (
        f"the weights of Whisper's `{model}` model are not on this machine",
        f"put `{WHISPER_MODELS[model]}` ({said_rate(cost_of(model))}) into `{cache_folder()}`, or {FETCH}",
    )


def _whisper(settings: SpeechSettings) -> EngineChoice:
    """Return the choice of Whisper; an untrusted checkpoint is refused here, before anything reads it."""
    model, weights = settings.whisper_model, find_weights(settings.whisper_model)
    shown = model if model in WHISPER_MODELS else Path(model).stem
    # A damaged file of a named model is fetched anew where that was agreed, and known by its digest before.
    if weights is not None and not (model in WHISPER_MODELS and settings.whisper_download):
        require_trusted(weights)
    digest = fingerprint(weights) if weights is not None else "to-be-fetched"
    # A model that will be fetched is known by its name alone: the package pins its digest.
    content = shown if model in WHISPER_MODELS else digest
    target = model if model in WHISPER_MODELS else str(weights)
    cost = said_rate(cost_of(target))
    return EngineChoice(
        name=f"whisper:{shown}",
        identity=f"whisper {version('openai-whisper')} {content}, {_always()}",
        findings=() if weights is not None else (_fetching("Whisper's", model, cache_folder(), cost),),
        make=lambda: load_engine_class("whisper")(target, download=settings.whisper_download),
        cost=cost,
    )


def _faster_or_refuse(settings: SpeechSettings) -> EngineChoice:
    """Return the choice of faster-whisper, which was asked for and is never replaced in silence."""
    model, code = settings.whisper_model, "WHISPER_UNAVAILABLE"
    if not _is_installed("faster_whisper"):
        hint = "pip install 'ebrochure[faster]', or set `engine: whisper`"
        raise SettingsError.one(code, "`faster-whisper` is not installed", hint=hint)
    if find_converted(model) is None and model not in CONVERTED_MODELS:
        needed = ", ".join(f"`{name}`" for name in CONVERTED_FILES)
        message = f"`{model}` is neither a known model nor a folder that faster-whisper can read"
        raise SettingsError.one(code, message, hint=f"such a folder holds {needed} and a vocabulary")
    if find_converted(model) is None and not settings.whisper_download:
        message = f"faster-whisper's `{model}` model is not on this machine"
        cost = said_rate(cost_of(model), faster=FASTER)
        hint = f"give its folder as `whisper: {{model: …}}` ({cost}), or {FETCH}"
        raise SettingsError.one(code, message, hint=hint)
    return _faster(settings)


def _faster(settings: SpeechSettings) -> EngineChoice:
    """Return the choice of faster-whisper."""
    model, folder = settings.whisper_model, find_converted(settings.whisper_model)
    shown = model if model in CONVERTED_MODELS else Path(model).name
    digest = fingerprint(folder / "model.bin") if folder is not None else f"{shown}, to be fetched"
    cost = said_rate(cost_of(model if folder is None else str(folder)), faster=FASTER)
    versions = f"{version('faster-whisper')} on CTranslate2 {version('ctranslate2')}"
    return EngineChoice(
        name=f"faster-whisper:{shown}",
        identity=f"faster-whisper {versions} {digest}, {_always()}",
        findings=()
        if folder is not None
        else (_fetching("faster-whisper's", model, converted_cache(), cost),),
        make=lambda: load_engine_class("faster-whisper")(model, download=settings.whisper_download),
        cost=cost,
    )


def _fetching(whose: str, model: str, folder: Path, cost: str) -> Finding:
    """Say what will be fetched, how large it is and where to."""
    message = f"{whose} `{model}` model ({cost}) will be fetched into `{folder}`"
    return Finding("WHISPER_DOWNLOAD", Level.INFO, message)


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

"""Whisper's models: their names, where they are kept, how large they are, what listening with them costs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

WHISPER_MODELS = {
    name: f"{name}.pt"
    for name in (
        *(f"{size}{suffix}" for size in ("tiny", "base", "small", "medium") for suffix in ("", ".en")),
        *("large-v1", "large-v2", "large-v3", "large-v3-turbo"),
    )
} | {"large": "large-v3.pt", "turbo": "large-v3-turbo.pt"}
"""File of each model in Whisper's cache. Source: `whisper._MODELS`; a test holds the two together."""

CONVERTED_MODELS = {
    name: (
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo"
        if file == "large-v3-turbo.pt"
        else f"Systran/faster-whisper-{file.removesuffix('.pt')}"
    )
    for name, file in WHISPER_MODELS.items()
}
"""Where faster-whisper has each from. Source: `faster_whisper.utils._MODELS`; a test holds them together."""

CONVERTED_FILES = ("model.bin", "config.json", "tokenizer.json")
"""What a folder must hold for faster-whisper to fetch nothing."""

FASTER = 2.6
"""How many times less CTranslate2 costs with 8-bit weights. Measured on random weights: 2.4 to 2.9."""


@dataclass(frozen=True, slots=True)
class ModelCost:
    """What a model asks of the machine."""

    megabytes: int
    """Size of its file; what fetching it costs."""
    cpu_s_per_s: float | None
    """CPU seconds for a second of speech, greedy; None: not known."""


COSTS = {
    # Speeds: measured with random weights of the true sizes. Search with 5 beams costs 5.5 times as much.
    "tiny": ModelCost(75, 0.07),
    "base": ModelCost(145, 0.11),
    "small": ModelCost(484, 0.31),
    "medium": ModelCost(1530, None),
    "large": ModelCost(3090, None),
    "turbo": ModelCost(1620, None),
}


def cost_of(model: str) -> ModelCost:
    """Return what a model costs by its name, or what is known of a file."""
    if model in WHISPER_MODELS:
        return COSTS["turbo" if "turbo" in model else model.replace(".", "-").partition("-")[0]]
    path = Path(model).expanduser()
    if path.is_dir():
        path = path / "model.bin"
    return ModelCost(path.stat().st_size // 1_000_000 if path.is_file() else 0, None)


def said_cost(cost: ModelCost, speech_ms: int, *, faster: float = 1.0) -> str:
    """Say how much speech there is and about how long it will take."""
    if cost.cpu_s_per_s is None:
        return f"{_length(speech_ms / 1000)} of speech"
    seconds = speech_ms / 1000 * cost.cpu_s_per_s / faster
    return f"{_length(speech_ms / 1000)} of speech, about {_length(seconds)} of processor time"


def said_rate(cost: ModelCost, *, faster: float = 1.0) -> str:
    """Say how large a model is and how fast it listens."""
    size = f"{cost.megabytes} MB" if cost.megabytes else "less than 1 MB"
    if cost.cpu_s_per_s is None:
        return size
    return f"{size}, about {60 * cost.cpu_s_per_s / faster:.0f} s of processor time for a minute of speech"


def cache_folder() -> Path:
    """Return where Whisper keeps its models: `$XDG_CACHE_HOME/whisper` or `~/.cache/whisper`."""
    return _cache() / "whisper"


def find_weights(model: str) -> Path | None:
    """Return the file that holds the weights of `model`, a name or a path; None where there is none."""
    path = cache_folder() / WHISPER_MODELS[model] if model in WHISPER_MODELS else Path(model).expanduser()
    return path if path.is_file() else None


def converted_cache() -> Path:
    """Return where faster-whisper's models are kept. Source: huggingface_hub, environment variables."""
    home = os.environ.get("HF_HOME")
    hub = os.environ.get("HF_HUB_CACHE") or (home and f"{home}/hub")
    return Path(hub).expanduser() if hub else _cache() / "huggingface" / "hub"


def find_converted(model: str) -> Path | None:
    """Return the folder with `model`, a name or a path, as faster-whisper reads it; None: there is none."""
    if model not in CONVERTED_MODELS:
        folder = Path(model).expanduser()
        return folder if _is_complete(folder) else None
    kept = converted_cache() / f"models--{CONVERTED_MODELS[model].replace('/', '--')}" / "snapshots"
    snapshots = sorted(kept.iterdir()) if kept.is_dir() else []
    return next((folder for folder in reversed(snapshots) if _is_complete(folder)), None)


def _is_complete(folder: Path) -> bool:
    """Tell whether nothing would have to be fetched."""
    return all((folder / name).is_file() for name in CONVERTED_FILES) and any(folder.glob("vocabulary.*"))


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()


def _length(seconds: float) -> str:
    """Write a length for people."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"  # noqa: PLR2004

"""Frozen settings, one group a stage: what `ebrochure.yaml` may say, and what holds where it is silent."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Gate(StrEnum):
    """What becomes of captions that a machine wrote and nobody has read."""

    WARN = "warn"
    """Published, and the page says so."""
    REFUSE = "refuse"
    """The service fails until somebody signs."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything is; absolute paths."""

    root: Path
    services: Path
    brand: Path
    templates: Path | None
    """A folder whose files replace ours one by one; None: ours."""
    renders: Path


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """Who listens."""

    engine: str = "auto"
    """``auto``, or a key of `ebrochure.transcribe.engine.ENGINES`."""
    whisper_model: str = "base"
    """Name of a Whisper model or path of a checkpoint."""
    whisper_download: bool = False
    """Whether weights may be fetched when they are not on disk."""


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How a finished video is encoded."""

    max_height: int = 1080
    """Pixels; smaller footage is delivered at 720 lines, never blown up to 1080."""
    preset: str = "veryfast"
    """x264 preset."""
    crf: int = 23
    audio_bps: int = 160_000
    integrated_lufs: float = -16.0
    true_peak_dbtp: float = -1.5
    threads: int = 2
    """Encoder threads; pinned, because x264's output depends on it."""
    smart: bool = False
    """Copy footage that fits the delivery where nothing lies over it, instead of encoding it again."""


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """How much one file may ask of the machine."""

    footage_bytes: int = 4_000_000_000
    footage_s: int = 3600
    min_footage_ms: int = 500
    picture_side: int = 8192
    """Pixels."""
    picture_pixels: int = 36_000_000
    document_bytes: int = 200_000_000
    slides: int = 300
    settle_s: float = 10.0
    """A file must have been left alone this long before it is read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a build reads besides the services themselves."""

    places: Places
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    delivery: DeliverySettings = field(default_factory=DeliverySettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    gate: Gate = Gate.WARN
    noindex: bool = False
    """Ask search engines to stay away."""

"""What was made, from what, and why; what a build reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ebrochure.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Manifest:
    """One artifact of the store."""

    stage: str
    key: str
    ingredients: dict[str, str]
    """Everything the key was made of, by name: settings, digests of inputs, tool versions."""
    files: dict[str, str]
    """blake2b digest of each file, by its path inside the artifact."""
    why: str
    """Why it was made: ``first build``, ``explainer.script.md changed``."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One line of `ebrochure build --plan`."""

    service: str
    video: str | None
    stage: str
    why: str
    """Why it would be made."""
    expected_s: float | None = None
    """How long it should take, in seconds; None: the length of the footage is not known yet."""


class Outcome(StrEnum):
    """How a service came out."""

    OK = "ok"
    WARNED = "warned"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class VideoReport:
    """What came of one recording."""

    source: str
    """Footage as the author knows it."""
    page: Path | None
    captions: Path | None
    rendition: Path | None
    engine: str | None
    """Which engine listened; None where a person's captions were taken or nobody spoke."""
    origin: str | None
    """Where the words come from: ``person``, ``script``, ``whisper``, ``offline``."""
    duration_ms: int
    integrated_lufs: float | None
    true_peak_dbtp: float | None
    lint_errors: int
    coverage: float | None
    """Share of speech seconds under a cue, 0 to 1; None where there is no speech."""


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """What came of one service."""

    id: str
    status: Outcome
    findings: tuple[Finding, ...]
    videos: tuple[VideoReport, ...]

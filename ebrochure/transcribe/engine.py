"""The one door to speech recognition: a protocol, its request, and the list of engines."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.findings import Finding
    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Segment

OnProgress = Callable[[float], None]
"""Called with the share done, 0 to 1; may raise `Interrupted` to stop the work."""


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """What an engine is told about the recording."""

    speech: tuple[TimeRange, ...]
    """Where voice activity was found; an engine hears nothing outside."""
    language: str | None = None
    """BCP 47 tag; None: find out."""
    glossary: tuple[str, ...] = ()
    on_progress: OnProgress = lambda _share: None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an engine heard."""

    language: str
    """BCP 47 tag of the language heard."""
    segments: tuple[Segment, ...]
    """Words in source time, in order."""
    findings: tuple[Finding, ...] = ()
    """What a reviewer should listen to again, and why."""


class SpeechEngine(Protocol):
    """Turns speech into words with times."""

    name: str
    """``whisper:base``, ``faster-whisper:base``, ``offline``."""

    def transcribe(self, speech: Path, request: SpeechRequest) -> Recognition:
        """Return the words of a 16 kHz mono WAV, in source time."""
        ...


ENGINES: dict[str, str] = {
    "whisper": "ebrochure.transcribe.whisper:WhisperEngine",
    "faster-whisper": "ebrochure.transcribe.faster_whisper:FasterWhisperEngine",
    "offline": "ebrochure.transcribe.offline:OfflineEngine",
}
"""Import string of each engine's class, loaded only when it is chosen."""


def load_engine_class(name: str) -> Callable[..., SpeechEngine]:
    """Import the class behind `name`, a key of `ENGINES`."""
    module, _, attribute = ENGINES[name].partition(":")
    loaded: Callable[..., SpeechEngine] = getattr(importlib.import_module(module), attribute)
    return loaded

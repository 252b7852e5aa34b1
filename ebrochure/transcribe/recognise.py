"""The one verb of this room: a recording in, words with times out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.transcript import Transcript
from ebrochure.transcribe.activity import find_speech
from ebrochure.transcribe.engine import OnProgress, SpeechRequest

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.findings import Finding
    from ebrochure.transcribe.choose import EngineChoice


def recognise(
    speech: Path,
    *,
    script: str | None,
    language: str | None,
    glossary: tuple[str, ...],
    choice: EngineChoice,
    on_progress: OnProgress = lambda _share: None,
) -> tuple[Transcript, tuple[Finding, ...]]:
    """Return the words of a 16 kHz mono WAV with their times, and what the report should say."""
    spans = find_speech(speech)
    on_progress(0.05)
    request = SpeechRequest(spans, language, glossary, lambda share: on_progress(0.05 + 0.95 * share))
    engine = choice.make()
    heard, segments = engine.transcribe(speech, request)
    return Transcript(heard, engine.name, segments, spans), choice.findings

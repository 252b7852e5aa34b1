"""One recording that somebody named: looked at, and its sound taken out for as long as it is listened to."""

from __future__ import annotations

import math
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.intake import open_beneath
from ebrochure.media.probe import probe
from ebrochure.media.sound import extract_speech
from ebrochure.model.captions import CaptionProfile
from ebrochure.progress import Narrator
from ebrochure.settings import LimitSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.findings import Finding
    from ebrochure.model.media import MediaInfo, SpeechAudio
    from ebrochure.progress import Watcher

LIMITS = LimitSettings(footage_s=2 * 3600)
"""A talk may be longer than a brochure's video."""

WHY = "for its captions"

_SECOND_MS = 1000

_in_use: set[Path] = set()
"""Folders with sound in them: an hour of it is 100 MB."""


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a recording, taken out."""

    footage: Path
    info: MediaInfo
    speech: SpeechAudio
    """There as long as the context it comes from."""
    findings: tuple[Finding, ...]
    narrator: Narrator


@contextmanager
def sound_of(recording: Path, watcher: Watcher, *, mix: str | None = None) -> Iterator[Sound]:
    """Take out the sound of a recording for as long as the context lasts.

    Args:
        recording: The file; a link is followed, because somebody named it.
        watcher: Hears what is done.
        mix: How the channels become one (see `SpeechAudio.channel_mix`); None: found out.

    Raises:
        MaterialError: It cannot be used; NO_SOUND where it has no sound.
    """
    path = recording.resolve()
    name = recording.name or path.name
    narrator = Narrator(watcher, name, None)
    try:
        narrator.begin("probe", WHY)
        with open_beneath(path, name):
            pass  # refuses a pipe or a device, which would be waited for for ever
        info, findings = probe(path, name=name, limits=LIMITS)
        if not info.audio:
            message = f"`{name}` has no sound, so there is nothing to listen to"
            raise MaterialError.one("NO_SOUND", message, file=name, hint="export it again with its sound")
        with _scratch() as folder:
            narrator.begin("speech", WHY)
            out = folder / "speech.wav"
            speech = extract_speech(path, info, out, mix=mix, on_progress=narrator.part(0, 1))
            yield Sound(path, info, speech, findings, narrator)
    finally:
        narrator.end()


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as name:
        _in_use.add(Path(name))
        try:
            yield Path(name)
        finally:
            _in_use.discard(Path(name))


def sweep() -> None:
    """Take away all sound that was taken out: for whoever ends the process while somebody still listens."""
    for folder in tuple(_in_use):
        shutil.rmtree(folder, ignore_errors=True)


def rules_for(info: MediaInfo) -> CaptionProfile:
    """Return the caption rules for a recording: the shortest gap is counted in its own frames."""
    usual = CaptionProfile()
    if info.video is None or info.video.frame_rate * usual.frame_ms < _SECOND_MS:
        return usual  # a slide show has frames of seconds; its captions have not
    return replace(usual, frame_ms=math.ceil(_SECOND_MS / info.video.frame_rate))

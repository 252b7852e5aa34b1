"""The music of a brand kit: taken in and probed like footage, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.media.probe import probe
from ebrochure.model.brand import Music

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ebrochure.model.findings import Finding
    from ebrochure.model.service import SourceFile
    from ebrochure.settings import LimitSettings

LEAST_MS = 5000
"""What is shorter is a jingle: repeated, it would be noticed."""
_OF_ANY_FILE = frozenset({"TYPE_MISMATCH", "ENDS_EARLY", "DAMAGED"})
"""What probing says about music, too; the rest is advice to who records a talk."""


def read_music(
    name: str,
    under_speech_db: float,
    folder: Path,
    limits: LimitSettings,
    keep: Callable[[Path, str], SourceFile],
) -> tuple[Music, tuple[Finding, ...]]:
    """Take the music in.

    Args:
        name: Its file, in the kit.
        under_speech_db: How far it shall lie below the speech.
        folder: The kit.
        limits: Bounds of a recording.
        keep: Takes a file in.

    Raises:
        MaterialError: It cannot be used.
    """
    source = keep(folder / name, name)
    info, findings = probe(source.path, name=name, limits=limits)
    if not info.audio:
        raise _refused("MUSIC_SILENT", name, "has no sound", "name a sound file")
    if info.duration_ms < LEAST_MS:
        said = f"is only {info.duration_ms / 1000:.1f} s long; at least {LEAST_MS / 1000:g} s are needed"
        raise _refused("MUSIC_SHORT", name, said, "take a longer piece of music")
    remarks = tuple(item for item in findings if item.code in _OF_ANY_FILE)
    return Music(source, info, under_speech_db), remarks


def _refused(code: str, name: str, said: str, hint: str) -> MaterialError:
    return MaterialError.one(code, f"`{name}` {said}", file=name, hint=hint)

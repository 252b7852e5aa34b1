"""Caption files that somebody named: read with what is known about them, and written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.caption.formats import (
    MAX_BYTES,
    CaptionFormat,
    read_caption_file,
    timing_lines,
    write_captions,
)
from ebrochure.caption.languages import label_of
from ebrochure.errors import EbrochureError
from ebrochure.ingest.fields import is_language
from ebrochure.ingest.intake import open_beneath
from ebrochure.model.captions import Provenance, TextOrigin, Track, TrackKind
from ebrochure.store import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.findings import Finding

UNKNOWN = "und"
"""The tag of a language that nobody named. Source: RFC 5646, section 4.1."""

FORMATS = {
    ".vtt": CaptionFormat.WEBVTT,
    ".srt": CaptionFormat.SRT,
    ".ttml": CaptionFormat.TTML,
    ".dfxp": CaptionFormat.TTML,
    ".xml": CaptionFormat.TTML,
    ".json": CaptionFormat.JSON,
}
"""What a file is written as, by the end of its name."""

_NAME_BYTES = 255
"""Longest name that common file systems take."""


@dataclass(frozen=True, slots=True)
class CaptionsRead:
    """A caption file, read."""

    name: str
    format: CaptionFormat
    track: Track
    lines: tuple[int, ...]
    """Line of each cue's times in the file, from 1."""
    language: str | None
    """BCP 47 tag that the caller, the file or its name gives; None: none does."""
    findings: tuple[Finding, ...]


def read_captions_file(path: Path, *, language: str | None = None) -> CaptionsRead:
    """Read the caption file at `path`; what kind it is, its content tells.

    Args:
        path: The file.
        language: BCP 47 tag of its words, where the caller knows it.

    Raises:
        MaterialError: It cannot be opened, or holds no captions.
    """
    whole = path.resolve()  # named by hand, so a link may be followed
    name = path.name or whole.name
    with open_beneath(whole, name) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    found = read_caption_file(data, name=name)
    said = language or found.language or language_in(name)
    tag = said or UNKNOWN
    track = Track(TrackKind.CAPTIONS, tag, label_of(tag), found.cues, Provenance(TextOrigin.PERSON))
    return CaptionsRead(name, found.format, track, found.lines, said, found.findings)


def language_in(name: str) -> str | None:
    """Return the language that a file's name gives: ``de`` of ``talk.de.vtt``; None: it gives none."""
    return next((part for part in name.split(".")[-2:0:-1] if is_language(part)), None)


def lines_in(track: Track, form: CaptionFormat) -> tuple[int, ...]:
    """Return the line of each cue's times in a file of this format.

    What was written is read again for it, so that a file which says something else is never reported as made.

    Raises:
        ValueError: It reads back with other captions: a mistake of ours.
    """
    if form is CaptionFormat.WEBVTT or not track.cues:
        return timing_lines(track.cues)
    found = read_caption_file(write_captions(track, form).encode(), name="captions")
    if [(cue.time, cue.lines) for cue in found.cues] != [(cue.time, cue.lines) for cue in track.cues]:
        msg = f"expected {len(track.cues)} cues to read back from {form} as they are, got others"
        raise ValueError(msg)
    return found.lines


def format_of(out: Path) -> CaptionFormat:
    """Return what a file of this name is written as.

    Raises:
        EbrochureError: The end of its name does not say.
    """
    if out.suffix.lower() not in FORMATS:
        known = ", ".join(f"`{suffix}`" for suffix in FORMATS)
        raise EbrochureError(
            f"`{out.name}` does not say what to write", f"let its name end in one of {known}"
        )
    return FORMATS[out.suffix.lower()]


def fitting_name(stem: str, end: str) -> str:
    """Return the name of a file, its stem cut where no file system would take it whole."""
    while len(os.fsencode(stem + end)) > _NAME_BYTES:
        stem = stem[:-1]
    return stem + end


def require_free(out: Path, *, force: bool) -> None:
    """Make sure that `out` may be written, before anybody works for it.

    Raises:
        EbrochureError: Something is there already, or its folder is not.
    """
    if not out.parent.is_dir():
        raise EbrochureError(f"there is no folder `{out.parent}` to write into", "make it, or name another")
    if not os.access(out.parent, os.W_OK):
        raise EbrochureError(f"nobody may write into `{out.parent}`", "name another place with `-o`")
    if out.is_dir():
        raise EbrochureError(f"`{out}` is a folder", "name a file in it")
    if not force and os.path.lexists(out):
        hint = "name another with `-o`, or say `--force` to write over it"
        raise EbrochureError(f"`{out}` is there already and was left as it is", hint)


def write_text(out: Path, text: str) -> None:
    """Write a file that is seen whole or not at all, and that others may read like any file.

    Raises:
        EbrochureError: It cannot be written.
    """
    try:
        write_whole(out, text.encode("utf-8", "backslashreplace"))
        out.chmod(0o644)  # a file in the making is its maker's alone
    except OSError as error:
        message = f"`{out}` cannot be written: {error.strerror}"
        raise EbrochureError(message, "make room, or choose another place with `-o`") from error

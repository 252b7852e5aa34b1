"""Caption files that somebody named: read with what is known about them, and written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.caption.formats import MAX_BYTES, decode_captions, parse_captions, to_webvtt
from ebrochure.caption.languages import label_of
from ebrochure.errors import EbrochureError
from ebrochure.ingest.fields import is_language
from ebrochure.ingest.intake import open_beneath
from ebrochure.model.captions import Provenance, TextOrigin, Track, TrackKind
from ebrochure.store import write_whole

if TYPE_CHECKING:
    from ebrochure.model.findings import Finding

UNKNOWN = "und"
"""The tag of a language that nobody named. Source: BCP 47, section 4.1."""

FORMATS = {".vtt": "vtt", ".srt": "srt", ".ttml": "ttml", ".dfxp": "ttml", ".xml": "ttml", ".json": "json"}
"""What a file is written as, by the end of its name."""


@dataclass(frozen=True, slots=True)
class CaptionsRead:
    """A caption file, read."""

    name: str
    format: str
    track: Track
    lines: tuple[int, ...]
    """Line of each cue's times in the file, from 1."""
    language: str | None
    """BCP 47 tag, as the file or its name says; None: neither does."""
    findings: tuple[Finding, ...]


def read_captions_file(path: Path, *, language: str | None = None) -> CaptionsRead:
    """Read the caption file at `path`, whatever format it has.

    Args:
        path: The file.
        language: BCP 47 tag of its words where the caller knows better than the file.

    Raises:
        MaterialError: It cannot be opened or holds no captions.
    """
    whole = path.resolve()  # named by hand, so a link may be followed
    name = path.name or whole.name
    with open_beneath(whole, name) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    text = decode_captions(data, name=name)
    cues, findings = parse_captions(text, name=name)
    rows = [n for n, line in enumerate(text.splitlines(), 1) if "-->" in line]
    lines = tuple(rows) if len(rows) == len(cues) else tuple(1 for _ in cues)
    said = language or language_in(name)
    track = Track(
        TrackKind.CAPTIONS,
        said or UNKNOWN,
        label_of(said or UNKNOWN),
        cues,
        Provenance(TextOrigin.PERSON),
    )
    return CaptionsRead(name, "vtt", track, lines, said, findings)


def language_in(name: str) -> str | None:
    """Return the language that a file's name says: ``de`` of ``talk.de.vtt``; None: it says none."""
    parts = name.split(".")
    return parts[-2] if len(parts) > 2 and is_language(parts[-2]) else None  # noqa: PLR2004  stem, tag, suffix


def captions_text(track: Track, form: str) -> str:
    """Return `track` as the text of a file; `form` is a value of `FORMATS`."""
    return to_webvtt(track)


def form_of(out: Path) -> str:
    """Return what a file of this name is written as.

    Raises:
        EbrochureError: The end of its name says nothing.
    """
    found = FORMATS.get(out.suffix.lower())
    if found is None:
        known = ", ".join(f"`{suffix}`" for suffix in FORMATS)
        raise EbrochureError(f"`{out.name}` does not say what to write", f"let its name end in one of {known}")
    return found


def require_free(out: Path, *, force: bool) -> None:
    """Make sure that `out` may be written, before anybody works for it.

    Raises:
        EbrochureError: Something is there already, or its folder is not.
    """
    if not out.parent.is_dir():
        raise EbrochureError(f"there is no folder `{out.parent}` to write into", "make it, or name another")
    if out.is_dir():
        raise EbrochureError(f"`{out}` is a folder", "name a file in it")
    if not force and os.path.lexists(out):
        hint = "name another with `-o`, or say `--force` to write over it"
        raise EbrochureError(f"`{out}` is there already and was left as it is", hint)


def write_text(out: Path, text: str) -> None:
    """Write a file that is seen whole or not at all, readable like any other file.

    Raises:
        EbrochureError: It cannot be written.
    """
    try:
        write_whole(out, text.encode())
        out.chmod(0o644)  # a file in the making is its maker's alone
    except OSError as error:
        message = f"`{out}` cannot be written: {error.strerror}"
        raise EbrochureError(message, "choose another place with `-o`") from error

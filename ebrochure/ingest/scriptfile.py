"""The approved script as a file of its own: Markdown, plain text, or the notes of a presentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.deck_pptx import read_pptx
from ebrochure.ingest.kinds import Kind, kind_of, read_head
from ebrochure.ingest.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ebrochure.ingest.deck import SlideWords
    from ebrochure.model.findings import Finding

_HINT = "save its words as plain text or Markdown, or give the presentation whose notes were spoken"


def read_script_file(path: Path) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a script, and what its author should know about the file.

    Of a presentation it is the speaker notes in the order of the slides, with a mark where each begins.

    Raises:
        MaterialError: It cannot be read, is no script (SCRIPT_FORMAT), or holds no word (SCRIPT_EMPTY).
    """
    name = path.name
    whole = path.resolve()  # named by hand, so a link may be followed
    kind = kind_of(read_head(whole, name))
    if kind is Kind.ZIP:
        slides, findings = _slides(whole, name)
        text = script_of_notes(slide.notes for slide in slides)
        if not any(slide.notes for slide in slides):
            message = f"no slide of `{name}` has speaker notes"
            hint = "write what is said into the notes of each slide, or give the script as text"
            raise MaterialError.one("SCRIPT_EMPTY", message, file=name, hint=hint)
        return text, findings
    if kind is not Kind.OTHER:
        said = "a recording" if kind is Kind.FOOTAGE else f"a file of the kind {kind}"
        raise MaterialError.one("SCRIPT_FORMAT", f"`{name}` is {said}, not a script", file=name, hint=_HINT)
    return read_text(whole, file=name), ()


def script_of_notes(notes: Iterable[str | None]) -> str:
    """Return the notes of all slides as one script: ``[slide 2]`` before what is said to the second slide."""
    parts = []
    for number, text in enumerate(notes, start=1):
        # A line of the notes is a paragraph: PowerPoint wraps by itself.
        spoken = (text or "").replace("\n", "\n\n")
        parts.append(f"[slide {number}] {spoken}".rstrip())
    return "\n\n".join(parts) + "\n"


def _slides(path: Path, name: str) -> tuple[tuple[SlideWords, ...], tuple[Finding, ...]]:
    try:
        return read_pptx(path, name=name)
    except MaterialError as error:
        if error.findings[0].code != "NOT_SLIDES":
            raise
        message = error.findings[0].message.replace("presentation", "script")
        raise MaterialError.one("SCRIPT_FORMAT", message, file=name, hint=_HINT) from error

"""What is written on one slide of any deck."""

from __future__ import annotations

from dataclasses import dataclass

from ebrochure.ingest.text import without_invisible

MAX_TEXT = 20_000
MAX_TITLE = 200


@dataclass(frozen=True, slots=True)
class SlideWords:
    """The words of one slide, tidied."""

    title: str | None
    text: str
    """All words, lines kept."""
    notes: str | None = None
    alt: str | None = None
    """Text alternative by the deck's author."""


def tidy(text: str) -> str:
    """Return the lines of `text` that have words in them, single spaces between the words."""
    # PowerPoint writes a line break inside a paragraph as a vertical tab.
    lines = (" ".join(without_invisible(line).split()) for line in text.replace("\v", "\n").splitlines())
    return "\n".join(line for line in lines if line)[:MAX_TEXT]


def tidy_title(text: str) -> str | None:
    """Return `text` on one line, None where there is none."""
    return tidy(text).replace("\n", " ")[:MAX_TITLE] or None

"""How a recording is told: by a storyboard with a name, or shot by shot in its author's own hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from ebrochure.model.timing import TimeRange


class Storyboard(StrEnum):
    """How a video is told, by name."""

    PRESENTER = "presenter"
    SLIDES = "slides"
    SIDE_BY_SIDE = "side-by-side"
    AUDIOGRAM = "audiogram"
    NONE = "none"


class Framing(StrEnum):
    """How a slide lies in the frame."""

    WINDOW = "window"
    """With the presenter's window beside it."""
    WIDE = "wide"
    """With a wide window: presenter and slide count alike."""
    FULL = "full"
    """Alone, as large as captions allow."""


class RecordingView(StrEnum):
    """What is done with the recording itself where no slide is shown."""

    FOOTAGE = "presenter"
    """Its picture fills the frame; the audiogram where it has none."""
    AUDIOGRAM = "audiogram"
    """Its sound is drawn."""
    CUT = "cut"
    """It is taken out, picture and sound."""


@dataclass(frozen=True, slots=True)
class SlideView:
    """A slide."""

    number: int
    """From 1."""
    framing: Framing | None = None
    """None: as the slides of this video are shown where nothing else is said."""


View: TypeAlias = RecordingView | SlideView
"""What fills the frame."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One entry of a storyboard by hand."""

    at: int | str
    """From when on: milliseconds of source time, or words as they are spoken there."""
    view: View
    line: int
    """Where it is written in `brochure.md`."""


@dataclass(frozen=True, slots=True)
class Board:
    """A storyboard by hand whose every moment is known, in source time."""

    views: tuple[tuple[int, View], ...]
    """``(from when on in ms, what is seen)``, in order; nothing is said about what comes before the first."""
    removed: tuple[TimeRange, ...]
    """What is taken out, in order and apart from one another; never inside a word that is known."""

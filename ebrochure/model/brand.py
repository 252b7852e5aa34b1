"""The brand: who publishes, in which colours and letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ebrochure.model.captions import CaptionProfile
from ebrochure.model.media import MediaInfo
from ebrochure.model.service import SourceFile
from ebrochure.model.storyboard import Framing

LEAST_UNDER_SPEECH_DB = 20.0
"""Closer, and people who hear badly lose words. Source: WCAG 2.2, 1.4.7."""
USUAL_UNDER_SPEECH_DB = 24.0
"""Some more, for the words that are quieter than others."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Colours by what they do, contrast already seen to; ``#rrggbb``.

    Text on its ground reaches 7:1 where the brand allows it and 4.5:1 always; borders and
    focus 3:1. Source: WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11.
    """

    background: str
    surface: str
    """A card, a table head: a step away from `background`."""
    text: str
    text_muted: str
    link: str
    border: str
    focus: str
    """The brand's colour where it has to be seen: focus rings, bars, dots."""
    accent: str
    """The brand's fill: buttons, bands, cards."""
    on_accent: str
    """Text on `accent`."""
    highlight: str = ""
    """The brand's second colour, for lines and marks and never for text; `accent` again where it has none."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """Letters for page and picture."""

    family: str
    regular: Path
    """WOFF2 or TTF; read by the browser and by Pillow."""
    bold: Path


@dataclass(frozen=True, slots=True)
class Music:
    """What is played under every video."""

    source: SourceFile
    info: MediaInfo
    """It has sound."""
    under_speech_db: float = USUAL_UNDER_SPEECH_DB
    """How far its loudest passage lies below the loudness of the speech; at least `LEAST_UNDER_SPEECH_DB`."""


@dataclass(frozen=True, slots=True)
class Brand:
    """What a brand kit says."""

    organisation: str
    language: str
    primary: str
    """The brand's own colour as given, ``#rrggbb``."""
    light: Roles
    dark: Roles
    typeface: Typeface
    logo: SourceFile | None
    """For light grounds; PNG, re-encoded by us."""
    logo_dark: SourceFile | None
    """For dark grounds; None: `logo` on a light plate."""
    intro_ms: int
    """Length of the intro card; 0: none."""
    outro_ms: int
    lower_third_ms: int
    legal: str | None
    """Footer line."""
    captions: CaptionProfile = field(default_factory=CaptionProfile)
    chapter_ms: int = 2000
    """Length of the card that announces a chapter; 0: none."""
    names_again: bool = False
    """Whether the speaker is named again after each chapter's card."""
    logo_over_footage: bool = True
    """Whether the logo stays over the footage; False: it is seen on cards only."""
    slides_as: Framing = Framing.WINDOW
    """How slides lie in the frame where neither the storyboard nor the recording says otherwise."""
    music: Music | None = None
    """None: there is no sound but what was recorded."""

"""Where a slide belongs in the recording, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SURE = 0.5
"""Below this a moment is a guess: it is likelier that the slide's turn comes at another time."""


class MarkOrigin(StrEnum):
    """Who says where a slide belongs."""

    SCRIPT = "script"
    """The author, by `[slide 3]` in the script or in a storyboard by hand."""
    WORDS = "words"
    """What is said there, held against what is on the slide."""
    PICTURE = "picture"
    """The footage, which shows the slide."""


@dataclass(frozen=True, slots=True)
class SlideMark:
    """The moment at which a slide's turn comes."""

    number: int
    """The slide's, from 1."""
    start_ms: int
    """In source time."""
    origin: MarkOrigin = MarkOrigin.SCRIPT
    sureness: float = 1.0
    """Chance, 0 to 1, that the speaker turns to it within five seconds of `start_ms`; of a picture, that
    it is this slide which is seen."""

    @property
    def is_scripted(self) -> bool:
        """Tell whether the author put it there, and no figure of ours."""
        return self.origin is MarkOrigin.SCRIPT

    @property
    def is_sure(self) -> bool:
        """Tell whether the moment is more than a guess."""
        return self.sureness >= SURE

"""What is known once a recording was heard with its script in mind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from ebrochure.model.timing import TimeRange
    from ebrochure.transcribe.sphinx import Heard
    from ebrochure.transcribe.tokens import Token


@dataclass(frozen=True, slots=True)
class Evidence:
    """The script's tokens, the words heard, and which is which."""

    tokens: tuple[Token, ...]
    heard: tuple[Heard, ...]
    """In order of time."""
    anchors: Mapping[int, int]
    """Index of a token to index of the heard word that it is; both rise together."""
    speech: tuple[TimeRange, ...]
    """Where voice activity was found."""
    end_ms: int
    """Length of the recording."""

    def heard_as(self, token: int) -> Heard | None:
        """Return the heard word of a token, None where it was not matched."""
        place = self.anchors.get(token)
        return None if place is None else self.heard[place]

    def without(self, tokens: Container[int]) -> Evidence:
        """Return the same evidence without the matches of `tokens`."""
        kept = {token: place for token, place in self.anchors.items() if token not in tokens}
        return replace(self, anchors=kept)

    def middle_after(self, place: int) -> int:
        """Return the middle of the pause between a heard word and the next, in milliseconds."""
        return (self.heard[place].end_ms + self.heard[place + 1].start_ms) // 2

"""The words of a recording as columns, one entry a word: what the inner loop of the programme reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.caption.breaks import SENTENCE, break_costs
from ebrochure.caption.timing import Spoken
from ebrochure.model.writing import text_width

if TYPE_CHECKING:
    from ebrochure.caption.words import Token

MAX_SILENCE_MS = 1500
"""A longer silence ends the cue: the caption after a pause starts with the speech."""

BREATH_MS = 500
"""A shorter silence is a breath and costs nothing."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Everything the programme asks about the words `first` to `last` in one subtraction."""

    tokens: tuple[Token, ...]
    breaks: tuple[float, ...]
    """Cost of a break before each word."""
    starts: tuple[int, ...]
    """Width of the text up to the start of each word."""
    ends: tuple[int, ...]
    """Width of the text up to the end of each word."""
    said: tuple[int, ...]
    """How many words have started up to and with each one, as white space parts them; labels are none."""
    sentences: tuple[int, ...]
    """How many sentences have started up to and with each word."""
    opened: tuple[int, ...]
    """Which word starts the sentence that each word is in."""
    closed: tuple[int, ...]
    """Which word ends it."""
    pauses_ms: tuple[int, ...]
    """How much silence, breaths aside, there has been up to the start of each word."""
    rests: tuple[int, ...]
    """How many long silences and headings there have been up to and with the start of each word."""

    def width(self, first: int, last: int) -> int:
        """Return the width of the words `first` to `last` on one line."""
        return self.ends[last] - self.starts[first]

    def spoken(self, first: int, last: int) -> Spoken:
        """Return the words `first` to `last` as timing sees them."""
        head, words = self.tokens[first], self.said[last] - self.said[first]
        return Spoken(
            start_ms=head.start_ms,
            end_ms=self.tokens[last].end_ms,
            words=words + 1 if head.is_said else words,
            width=self.ends[last] - self.starts[first],
        )


def columns_of(tokens: tuple[Token, ...], *, language: str, glossary: tuple[str, ...] = ()) -> Columns:
    """Return `tokens` as columns, with what a break before each of them costs."""
    breaks = break_costs(tokens, language=language, glossary=glossary)
    starts, ends = _widths(tokens)
    pauses, rests = _silences(tokens)
    opens = [cost == SENTENCE for cost in breaks]
    sentences: list[int] = []
    opened: list[int] = []
    said: list[int] = []
    words = 0
    for at, token in enumerate(tokens):
        sentences.append((sentences[-1] if at else 0) + opens[at])
        opened.append(at if opens[at] or not at else opened[-1])
        words += token.is_said and not token.is_joined
        said.append(words)
    closed: list[int] = []
    for at in reversed(range(len(tokens))):
        closed.append(closed[-1] if closed and not opens[at + 1] else at)
    return Columns(
        tokens,
        breaks,
        starts,
        ends,
        tuple(said),
        tuple(sentences),
        tuple(opened),
        tuple(reversed(closed)),
        pauses,
        rests,
    )


def _widths(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    starts: list[int] = []
    ends: list[int] = []
    width = 0
    for token in tokens:
        starts.append(width if token.is_joined or not ends else width + 1)
        width = starts[-1] + text_width(token.text)
        ends.append(width)
    return tuple(starts), tuple(ends)


def _silences(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    pauses, rests = [], []
    pause_ms = rest = spoken_until_ms = 0
    for at, token in enumerate(tokens):
        silence_ms = token.start_ms - spoken_until_ms
        pause_ms += silence_ms if silence_ms > BREATH_MS else 0
        pauses.append(pause_ms)
        rest += at > 0 and (silence_ms > MAX_SILENCE_MS or token.opens_part)
        rests.append(rest)
        spoken_until_ms = token.end_ms
    return tuple(pauses), tuple(rests)

"""Words with times, in source time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ebrochure.model.timing import TimeRange


class WordSource(StrEnum):
    """Where a word's text comes from."""

    SCRIPT = "script"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word as it is shown, punctuation included."""

    text: str
    """No white space inside; never empty."""
    time: TimeRange
    confidence: float
    """0 to 1: how far the time (script) or the word itself (engine) can be trusted."""
    source: WordSource = WordSource.ENGINE
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that belong together: a sentence of the script, a breath of the engine."""

    words: tuple[Word, ...]
    """Never empty, in order of time."""
    heading: str | None = None
    """Heading of the script that this segment is the first under, or None."""

    @property
    def time(self) -> TimeRange:
        """From the first word's start to the last word's end."""
        return TimeRange(self.words[0].time.start_ms, self.words[-1].time.end_ms)

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Sentence:
    """How much of one sentence of the script was heard."""

    text: str
    heard: float
    """Share of its words found in the sound, 0 to 1; 0: skipped by the speaker."""
    start_ms: int | None
    """When it starts; None where it was not heard."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Speech that is not in the script, with a draft of its words."""

    time: TimeRange
    text: str
    repeats: int | None = None
    """Index of the script's sentence of which this is an earlier take; None: other words."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound that the script names in brackets, with the time there is for it between words."""

    text: str
    """Without the brackets: ``phone rings``."""
    time: TimeRange


@dataclass(frozen=True, slots=True)
class Transcript:
    """All words of one recording."""

    language: str
    """BCP 47 tag."""
    engine: str
    """``offline``, ``whisper:base``: which engine listened."""
    segments: tuple[Segment, ...]
    speech: tuple[TimeRange, ...]
    """Where voice activity was found, in order, apart from one another."""
    sentences: tuple[Sentence, ...] = ()
    """The script's sentences in order; empty where there was no script."""
    inserted: tuple[Insertion, ...] = ()
    script_match: float | None = None
    """Share of the script's words that were heard; None where there was no script."""
    slide_marks: tuple[tuple[int, int], ...] = ()
    """``(slide number from 1, source time in ms)`` for each `[slide N]` of the script."""
    sounds: tuple[Sound, ...] = ()
    """The script's sounds in order of time."""

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order of time."""
        return tuple(word for segment in self.segments for word in segment.words)

    @property
    def from_script(self) -> bool:
        """Tell whether the text is the approved script's."""
        return self.script_match is not None

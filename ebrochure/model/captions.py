"""Cues, tracks, where they come from, and the rules they are held to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from ebrochure.model.timing import TimeRange
from ebrochure.model.writing import joined


class TrackKind(StrEnum):
    """The kinds of text track. Source: HTML Living Standard, section 4.8.11."""

    CAPTIONS = "captions"
    SUBTITLES = "subtitles"
    CHAPTERS = "chapters"
    DESCRIPTIONS = "descriptions"


class TextOrigin(StrEnum):
    """Who or what the text of a track comes from, most trusted first."""

    PERSON = "person"
    SCRIPT = "script"
    WHISPER = "whisper"
    OFFLINE = "offline"

    @property
    def is_machine(self) -> bool:
        """Tell whether nobody has read these words yet."""
        return self in {TextOrigin.WHISPER, TextOrigin.OFFLINE}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a track's words come from and who has read them."""

    origin: TextOrigin
    engine: str | None = None
    """Engine that gave the times (and, for a machine's track, the words); None for a person's file."""
    reviewed_by: str | None = None
    reviewed_on: dt.date | None = None

    @property
    def is_draft(self) -> bool:
        """Tell whether a machine wrote the words and nobody has signed them."""
        return self.origin.is_machine and self.reviewed_by is None


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption on screen."""

    id: str
    time: TimeRange
    lines: tuple[str, ...]
    """Plain text as read, unescaped; one or two lines, none empty."""
    speaker: str | None = None

    @property
    def text(self) -> str:
        """The lines as one, with a single space between them where their script has spaces."""
        return joined(self.lines)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of a video."""

    title: str
    time: TimeRange


@dataclass(frozen=True, slots=True)
class Track:
    """One text track; source time until `caption.retime` takes it to the finished video."""

    kind: TrackKind
    language: str
    """BCP 47 tag."""
    label: str
    """What the player's menu shows, in the track's own language."""
    cues: tuple[Cue, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CaptionProfile:
    """The rules as figures; the defaults are the profile ``broadcast``.

    Sources: BBC Subtitle Guidelines 1.2, Netflix Timed Text Style Guide (English).
    """

    line_chars: int = 37
    """Most characters a line. BBC 37; Netflix 42."""
    cue_lines: int = 2
    min_duration_ms: int = 1000
    short_duration_ms: int = 2000
    """Below this a cue is shown too briefly to be comfortable."""
    max_duration_ms: int = 7000
    min_word_ms: int = 300
    """Least time per word of a cue. BBC: 0.3 s."""
    max_chars_per_s: float = 20.0
    target_chars_per_s: float = 17.0
    target_words_per_min: float = 180.0
    """Only looked at in cues of more than three words."""
    min_gap_frames: int = 2
    frame_ms: int = 40
    """Length of the frame that gaps are counted in."""
    max_short_gap_ms: int = 1000
    """A shorter gap is closed to `min_gap_frames`."""
    max_linger_ms: int = 1500
    """How long after its last word a cue may stay to close a gap."""
    max_onset_error_ms: int = 500
    min_coverage: float = 0.99
    """Least share of speech seconds under a cue."""
    max_silent_share: float = 0.01
    """Most share of cue time with no speech under it."""

    @property
    def min_gap_ms(self) -> int:
        """Least time between two cues."""
        return self.min_gap_frames * self.frame_ms

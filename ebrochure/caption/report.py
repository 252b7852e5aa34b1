"""What there is to say about a track: its figures, and what became of its cues on another recording."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ebrochure.caption.measure import is_sound
from ebrochure.model.findings import Finding, Level
from ebrochure.model.writing import fine_clock, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.caption.measure import TrackMetrics
    from ebrochure.caption.realign import Moved
    from ebrochure.model.captions import Cue, Track
    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Insertion, Transcript

SURE = 0.6
"""Below this sureness somebody should listen whether a cue comes with its words."""

PARTLY_HEARD = 0.8
"""A cue of which less was heard says something else than the recording does."""


@dataclasses.dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one track, as they are printed."""

    words: int
    cues: int
    coverage: float | None
    """Share of the speech under a cue, 0 to 1; None where the sound is not known or nobody speaks."""
    silent_share: float | None
    """Share of cue time with no speech under it, 0 to 1; None where the sound is not known."""
    over_speed_share: float | None
    """Share of cues faster than the target reading speed, 0 to 1."""
    onset_median_ms: float | None
    """Median distance between a cue's start and its first word's; None where no words are known."""
    onset_p95_ms: float | None
    longest_line: int
    """Columns; 0 where there are no cues."""
    shortest_cue_ms: int | None
    longest_cue_ms: int | None
    confidence: float | None = None
    """Mean confidence of the words, 0 to 1; None where no words are known."""


def figures_of(
    track: Track, measured: TrackMetrics, *, is_heard: bool, transcript: Transcript | None = None
) -> Figures:
    """Return the figures of `track`.

    Args:
        track: The captions.
        measured: What `measure.metrics` says of them.
        is_heard: Whether the sound is known; without it nothing is claimed about speech.
        transcript: The words, where they are known.
    """
    lengths = [cue.time.duration_ms for cue in track.cues]
    words = () if transcript is None else transcript.words
    return Figures(
        words=measured.words,
        cues=measured.cues,
        coverage=_share(measured.coverage) if is_heard else None,
        silent_share=_share(measured.silent_share) if is_heard else None,
        over_speed_share=_share(measured.over_speed_share),
        onset_median_ms=measured.onset_median_ms,
        onset_p95_ms=measured.onset_p95_ms,
        longest_line=max((text_width(line) for cue in track.cues for line in cue.lines), default=0),
        shortest_cue_ms=min(lengths, default=None),
        longest_cue_ms=max(lengths, default=None),
        confidence=_share(sum(word.confidence for word in words) / len(words)) if words else None,
    )


def figures_text(figures: Figures) -> str:
    """Return the figures as one line for people."""
    parts = [f"{figures.cues} captions, {figures.words} words"]
    if figures.coverage is not None:
        parts.append(f"{_percent(figures.coverage)} of the speech captioned")
    if figures.over_speed_share:
        parts.append(f"{_percent(figures.over_speed_share)} of the captions read fast")
    if figures.onset_median_ms is not None and figures.onset_p95_ms is not None:
        parts.append(f"{figures.onset_median_ms:.0f} ms off the speech in the median")
    if figures.longest_line:
        parts.append(f"longest line {figures.longest_line} characters")
    if figures.confidence is not None:
        parts.append(f"words {_percent(figures.confidence)} sure")
    return ", ".join(parts)


def assumed_speech(cues: Sequence[Cue]) -> tuple[TimeRange, ...]:
    """Return where somebody speaks if nobody has listened: under every cue that says so.

    With this the rules about silence and coverage find nothing, because nothing is known.
    """
    return tuple(cue.time for cue in cues if not is_sound(cue))


def doubts(
    moved: Sequence[Moved], inserted: Sequence[Insertion], lines: Sequence[int | None], *, file: str
) -> tuple[Finding, ...]:
    """Return what somebody should listen to after captions were laid over another recording.

    Args:
        moved: What became of each cue.
        inserted: Speech of the new recording that no cue has.
        lines: Line of each cue's times in the file they come from.
        file: That file.
    """
    found = [
        Finding(code, Level.WARN, f"caption {item.was.id} {message}", file, line, hint)
        for item, line in zip(moved, lines, strict=True)
        for code, message, hint in _doubt(item)
    ]
    return (*found, *(_added(item) for item in inserted))


def _doubt(item: Moved) -> Iterator[tuple[str, str, str]]:
    text = f"“{item.was.text}”"
    if item.cue is None and item.words:
        message = f"{text} was not heard in the new recording, so it was left out"
        yield "RETIME_CUT", message, "listen whether it was cut; if it is said, add it again"
    elif item.cue is None:
        message = f"{text} found no room between the new times, so it was left out"
        yield "RETIME_CUT", message, "listen whether the sound is still there; if so, add it again"
    elif not item.words:
        message = f"{text} describes a sound, so it was moved with the caption beside it"
        yield "RETIME_SOUND", message, "listen whether the sound is still there"
    elif item.heard < PARTLY_HEARD:
        message = f"{text} was heard only in part ({item.heard:.0%}) at {fine_clock(item.cue.time.start_ms)}"
        yield "RETIME_PARTLY_HEARD", message, "listen, and correct the caption"
    elif item.sureness < SURE:
        message = f"{text} now comes at {fine_clock(item.cue.time.start_ms)}, which is not sure"
        yield "RETIME_UNSURE", message, "listen whether it comes with its words"


def _added(item: Insertion) -> Finding:
    seconds = item.time.duration_ms / 1000
    message = f"at {fine_clock(item.time.start_ms)} there are {seconds:.1f} s of speech without captions"
    draft = f"; it sounds like “{item.text}”" if item.text else ""
    return Finding("RETIME_ADDED", Level.WARN, message + draft, hint="write captions for what is said there")


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _percent(share: float) -> str:
    # Cut off and not rounded: nothing reads as 100 % that is not.
    return f"{int(share * 1000) / 10:g} %"

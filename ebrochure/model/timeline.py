"""The edit map: what is seen when, and where source time lands in the finished video."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ebrochure.model.timing import TimeRange, frame_start_ms


class Storyboard(StrEnum):
    """How a video is told."""

    PRESENTER = "presenter"
    SLIDES = "slides"
    SIDE_BY_SIDE = "side-by-side"
    AUDIOGRAM = "audiogram"
    NONE = "none"


class OverlayKind(StrEnum):
    """What lies over the body."""

    LOGO = "logo"
    LOWER_THIRD = "lower-third"
    SLIDE = "slide"


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of one source, laid end to end with the others."""

    source: str
    """Which source: ``footage``, ``intro``, ``outro``."""
    source_range: TimeRange
    """What is used of it, in that source's own time."""
    frames: int
    """How long it runs in the finished video, in frames; at least 1."""

    def __post_init__(self) -> None:
        """Refuse a clip that shows nothing."""
        if self.frames < 1:
            msg = f"expected a clip of at least 1 frame, got {self.frames} of `{self.source}`"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture over the body for a while."""

    kind: OverlayKind
    image: str
    """Name of the picture: ``logo``, ``lower-third``, ``slide-3``."""
    time: TimeRange
    """In the finished video's time."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One finished video, decided and not yet drawn."""

    width: int
    height: int
    frame_rate: Fraction
    storyboard: Storyboard
    clips: tuple[Clip, ...]
    overlays: tuple[Overlay, ...] = ()

    @property
    def frame_count(self) -> int:
        """Frames of the finished video."""
        return sum(clip.frames for clip in self.clips)

    @property
    def duration_ms(self) -> int:
        """Length of the finished video, to the nearest millisecond."""
        return frame_start_ms(self.frame_count, self.frame_rate)

    def placed(self) -> Iterator[tuple[Clip, TimeRange]]:
        """Yield each clip with the time it takes in the finished video."""
        frame = 0
        for clip in self.clips:
            start_ms = frame_start_ms(frame, self.frame_rate)
            frame += clip.frames
            yield clip, TimeRange(start_ms, frame_start_ms(frame, self.frame_rate))

    def to_output(self, source_ms: int, source: str = "footage") -> int | None:
        """Map a moment of `source` to the finished video; None where it was cut away."""
        for clip, place in self.placed():
            if clip.source == source and clip.source_range.contains(source_ms):
                return min(place.start_ms + source_ms - clip.source_range.start_ms, place.end_ms)
        return None

    def to_output_or_after(self, source_ms: int, source: str = "footage") -> int | None:
        """Map a moment of `source`, or the first after it that was not cut away; None where all was."""
        for clip, place in self.placed():
            if clip.source == source and source_ms < clip.source_range.end_ms:
                return min(place.start_ms + max(0, source_ms - clip.source_range.start_ms), place.end_ms)
        return None

    def ranges_to_output(self, time: TimeRange, source: str = "footage") -> tuple[TimeRange, ...]:
        """Map a stretch of `source` to the stretches of the finished video that show it."""
        found: list[TimeRange] = []
        for clip, place in self.placed():
            shared = clip.source_range.intersection(time) if clip.source == source else None
            if shared is not None:
                start_ms = place.start_ms + shared.start_ms - clip.source_range.start_ms
                end_ms = min(start_ms + shared.duration_ms, place.end_ms)
                if end_ms > start_ms:
                    found.append(TimeRange(start_ms, end_ms))
        return tuple(found)

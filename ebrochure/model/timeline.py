"""The edit map: what is seen when, and where source time lands in the finished video."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from ebrochure.model.storyboard import Framing
from ebrochure.model.timing import FrameRange, TimeRange, frame_at, frame_start_ms

FOOTAGE = "footage"
"""Source of the clips that were recorded; every other source is a card."""


def chapter_card(number: int) -> str:
    """Return the source of the card that announces the script's chapter `number`, from 1."""
    return f"chapter-{number}"


class OverlayKind(StrEnum):
    """What lies over the body."""

    LOGO = "logo"
    LOWER_THIRD = "lower-third"
    SLIDE = "slide"
    AUDIOGRAM = "audiogram"


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of one source, laid end to end with the others."""

    source: str
    """Which source: ``footage``, ``intro``, ``chapter-2``, ``outro``."""
    source_range: TimeRange
    """What is used of it, in that source's own time."""
    frames: int
    """How long it is seen in the finished video, transitions included, in frames; at least 1."""
    enter_frames: int = 0
    """How many of its frames it shares with the clip before it, which fades into it; 0: a cut."""

    def __post_init__(self) -> None:
        """Refuse a clip that shows nothing."""
        if self.frames < 1:
            msg = f"expected a clip of at least 1 frame, got {self.frames} of `{self.source}`"
            raise ValueError(msg)
        if not 0 <= self.enter_frames <= self.frames:
            msg = f"expected a transition of 0 to {self.frames} frames, got {self.enter_frames}"
            raise ValueError(msg)

    @property
    def is_card(self) -> bool:
        """Tell whether it was drawn and not recorded."""
        return self.source != FOOTAGE


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture over the body for a while."""

    kind: OverlayKind
    image: str
    """What is on it: ``logo``, ``lower-third``, ``slide-3``, ``audiogram``."""
    time: TimeRange
    """In the finished video's time."""
    framing: Framing | None = None
    """How a slide lies in the frame; None: it is no slide."""

    def __post_init__(self) -> None:
        """Refuse a slide that lies nowhere, and anything else that is framed like one."""
        if (self.kind is OverlayKind.SLIDE) != (self.framing is not None):
            msg = f"expected a framing for slides and for them only, got {self.framing} for `{self.image}`"
            raise ValueError(msg)

    @property
    def still(self) -> str:
        """Name of the picture that is drawn of it: ``logo``, ``slide-3-full``."""
        return self.image if self.framing is None else f"{self.image}-{self.framing}"

    @property
    def fills_frame(self) -> bool:
        """Tell whether it covers the footage, and does not only lie over some of it."""
        return self.kind in {OverlayKind.SLIDE, OverlayKind.AUDIOGRAM}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One card, or footage that runs on with no card between its clips."""

    clips: tuple[Clip, ...]
    span: FrameRange
    """Where it is seen in the finished video, transitions included."""

    @property
    def is_card(self) -> bool:
        """Tell whether it was drawn and not recorded."""
        return self.clips[0].is_card

    @property
    def enter_frames(self) -> int:
        """How many of its frames it shares with what comes before it."""
        return self.clips[0].enter_frames


def leaving(shown: Sequence[Clip] | Sequence[Stretch]) -> tuple[int, ...]:
    """Return for each of `shown`, in order, how many of its frames it shares with what comes after it."""
    return (*(after.enter_frames for after in shown[1:]), *(0 for _last in shown[-1:]))


@dataclass(frozen=True, slots=True)
class Timeline:
    """One finished video, decided and not yet drawn."""

    width: int
    height: int
    frame_rate: Fraction
    clips: tuple[Clip, ...]
    overlays: tuple[Overlay, ...] = ()
    is_mirrored: bool = False
    """Lines start at the right: what lies over the footage does, too."""
    is_edited: bool = False
    """Whether a person cut the footage: it may come in any order then, and every cut is meant."""

    def __post_init__(self) -> None:
        """Refuse transitions that meet: a frame is made of two clips at most."""
        for clip, leave_frames in zip(self.clips, leaving(self.clips), strict=True):
            if clip.enter_frames + leave_frames > clip.frames:
                msg = f"expected transitions of at most {clip.frames} frames around `{clip.source}`"
                raise ValueError(msg)
        alike = (True, *(before.is_card == clip.is_card for before, clip in pairwise(self.clips)))
        for clip, is_alike in zip(self.clips, alike, strict=False):
            if clip.enter_frames and is_alike:
                msg = f"expected transitions between footage and a card only, got one into `{clip.source}`"
                raise ValueError(msg)

    @property
    def frame_count(self) -> int:
        """Frames of the finished video."""
        return sum(clip.frames - clip.enter_frames for clip in self.clips)

    @property
    def duration_ms(self) -> int:
        """Length of the finished video, to the nearest millisecond."""
        return frame_start_ms(self.frame_count, self.frame_rate)

    def spans(self) -> tuple[FrameRange, ...]:
        """Return for each clip the frames of the finished video in which it is seen, transitions included."""
        found: list[FrameRange] = []
        end = 0
        for clip in self.clips:
            start = end - clip.enter_frames
            end = start + clip.frames
            found.append(FrameRange(start, end))
        return tuple(found)

    def stretches(self) -> tuple[Stretch, ...]:
        """Return the cards, and the footage between them, in order."""
        found: list[Stretch] = []
        for clip, span in zip(self.clips, self.spans(), strict=True):
            if found and not clip.is_card and not found[-1].is_card:
                before = found.pop()
                found.append(Stretch((*before.clips, clip), FrameRange(before.span.start, span.end)))
            else:
                found.append(Stretch((clip,), span))
        return tuple(found)

    def runs(self) -> tuple[Stretch, ...]:
        """Return the footage alone."""
        return tuple(item for item in self.stretches() if not item.is_card)

    def body(self) -> tuple[FrameRange, ...]:
        """Return the frames of the footage that are shown, clip by clip."""
        starts = ((frame_at(clip.source_range.start_ms, self.frame_rate), clip) for clip in self.clips)
        return tuple(FrameRange(first, first + clip.frames) for first, clip in starts if not clip.is_card)

    def time(self, frames: FrameRange) -> TimeRange:
        """Return frames of the finished video as time."""
        return frames.time(self.frame_rate)

    def placed(self) -> Iterator[tuple[Clip, TimeRange]]:
        """Yield each clip with the time it takes in the finished video, transitions included."""
        for clip, span in zip(self.clips, self.spans(), strict=True):
            yield clip, self.time(span)

    def cards(self) -> tuple[TimeRange, ...]:
        """Return when a card alone is seen, and no footage through it."""
        return tuple(time for _source, time in self._cards())

    def card(self, source: str) -> TimeRange | None:
        """Return when the card `source` alone is seen; None where there is no such card."""
        return next((time for name, time in self._cards() if name == source), None)

    def _cards(self) -> Iterator[tuple[str, TimeRange]]:
        for clip, span, leave_frames in zip(self.clips, self.spans(), leaving(self.clips), strict=True):
            if clip.is_card:
                frames = FrameRange(span.start + clip.enter_frames, span.end - leave_frames)
                yield clip.source, self.time(frames)

    def to_output(self, source_ms: int, source: str = FOOTAGE) -> int | None:
        """Map a moment of `source` to the finished video; None where it was cut away."""
        for clip, place in self.placed():
            if clip.source == source and clip.source_range.contains(source_ms):
                return min(place.start_ms + source_ms - clip.source_range.start_ms, place.end_ms)
        return None

    def to_output_or_after(self, source_ms: int, source: str = FOOTAGE) -> int | None:
        """Map a moment of `source`, or the first after it that was not cut away; None where all was."""
        place_ms = self.to_output(source_ms, source)
        if place_ms is not None:
            return place_ms
        later = (clip.source_range.start_ms for clip in self.clips if clip.source == source)
        first_ms = min((start_ms for start_ms in later if start_ms > source_ms), default=None)
        return None if first_ms is None else self.to_output(first_ms, source)

    def showings(self, time: TimeRange, source: str = FOOTAGE) -> tuple[tuple[TimeRange, ...], ...]:
        """Map a stretch of `source` to the finished video, once for every time that it is seen.

        The parts of one showing follow each other in the source, and only what was cut away lies
        between them: a stretch without repeats whose order was kept has one showing.
        """
        found: list[list[TimeRange]] = []
        reached_ms: int | None = None
        for clip, place in self.placed():
            if clip.source != source:
                continue
            shared = clip.source_range.intersection(time)
            if shared is None:
                reached_ms = None
                continue
            if reached_ms is None or shared.start_ms < reached_ms:
                found.append([])
            reached_ms = shared.end_ms
            start_ms = place.start_ms + shared.start_ms - clip.source_range.start_ms
            end_ms = min(start_ms + shared.duration_ms, place.end_ms)
            if end_ms > start_ms:
                found[-1].append(TimeRange(start_ms, end_ms))
        return tuple(tuple(parts) for parts in found if parts)

    def arrivals(self, start_ms: int, end_ms: int | None) -> tuple[int, ...]:
        """Return when footage from `start_ms` to `end_ms` (None: to its end) comes, as often as it is seen.

        Where all of it was cut away it comes with the first after it; it never does where there is none.
        """
        last_ms = max(clip.source_range.end_ms for clip in self.clips if not clip.is_card)
        shown = self.showings(TimeRange(start_ms, max(start_ms, last_ms if end_ms is None else end_ms)))
        place_ms = self.to_output_or_after(start_ms)
        return tuple(parts[0].start_ms for parts in shown) or (() if place_ms is None else (place_ms,))

    def ranges_to_output(self, time: TimeRange, source: str = FOOTAGE) -> tuple[TimeRange, ...]:
        """Map a stretch of `source` to the stretches of the finished video that show it."""
        return tuple(part for parts in self.showings(time, source) for part in parts)

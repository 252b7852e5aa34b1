"""The footage as scenes: stretches in which the same thing fills the frame. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timing import FrameRange, frame_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.timeline import Overlay, Stretch, Timeline
    from ebrochure.model.timing import TimeRange


@dataclass(frozen=True, slots=True)
class Scene:
    """What fills the frame for a while."""

    span: FrameRange
    """Frames of the finished video."""
    overlay: Overlay | None
    """What covers the footage; None: nothing does."""


def plan_scenes(timeline: Timeline, run: Stretch) -> tuple[Scene, ...]:
    """Return the scenes of a run of footage, end to end."""
    return tuple(_scenes(timeline, run.span))


def body_frames(timeline: Timeline) -> FrameRange:
    """Return the frames from the first of the footage to the last, with the cards that lie between."""
    runs = timeline.runs()
    return FrameRange(runs[0].span.start, runs[-1].span.end)


def frames_in(timeline: Timeline, time: TimeRange) -> FrameRange:
    """Return a stretch of the finished video as its frames."""
    rate = timeline.frame_rate
    return FrameRange(frame_at(time.start_ms, rate), frame_at(time.end_ms, rate))


def _scenes(timeline: Timeline, span: FrameRange) -> Iterator[Scene]:
    """Yield what covers the footage, and the footage between."""
    frame = span.start
    for overlay in timeline.overlays:
        shown = span.intersection(frames_in(timeline, overlay.time)) if overlay.fills_frame else None
        if shown is None:
            continue
        if shown.start > frame:
            yield Scene(FrameRange(frame, shown.start), None)
        yield Scene(shown, overlay)
        frame = shown.end
    if frame < span.end:
        yield Scene(FrameRange(frame, span.end), None)

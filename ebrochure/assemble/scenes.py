"""The body as scenes: stretches in which the same thing fills the frame. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timeline import OverlayKind, Storyboard
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.timeline import Timeline
    from ebrochure.model.timing import TimeRange


@dataclass(frozen=True, slots=True)
class Scene:
    """What fills the frame for a while; frames are counted from the start of the body."""

    start: int
    end: int
    image: str | None
    """Name of the picture; None: the footage."""

    @property
    def frames(self) -> int:
        """How long it runs."""
        return self.end - self.start


def plan_scenes(timeline: Timeline) -> tuple[Scene, ...]:
    """Return the scenes of the body, end to end."""
    start, end = body_frames(timeline)
    backdrop = "audiogram" if timeline.storyboard is Storyboard.AUDIOGRAM else None
    return tuple(_scenes(timeline, end - start, backdrop))


def body_frames(timeline: Timeline) -> tuple[int, int]:
    """Return first frame and end of the footage in the finished video."""
    sources = [clip.source for clip in timeline.clips]
    start = sum(clip.frames for clip in timeline.clips[: sources.index("footage")])
    return start, start + sum(clip.frames for clip in timeline.clips if clip.source == "footage")


def in_body(timeline: Timeline, time: TimeRange) -> tuple[int, int]:
    """Return a stretch of the finished video as frames of the body."""
    start, _ = body_frames(timeline)
    return (
        frame_at(time.start_ms, timeline.frame_rate) - start,
        frame_at(time.end_ms, timeline.frame_rate) - start,
    )


def _scenes(timeline: Timeline, frames: int, backdrop: str | None) -> Iterator[Scene]:
    """Yield slides, and what is seen between them."""
    frame = 0
    for overlay in timeline.overlays:
        if overlay.kind is not OverlayKind.SLIDE:
            continue
        start, end = in_body(timeline, overlay.time)
        if start > frame:
            yield Scene(frame, start, backdrop)
        yield Scene(start, end, overlay.image)
        frame = end
    if frame < frames:
        yield Scene(frame, frames, backdrop)

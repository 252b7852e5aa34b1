"""Which slide is shown when. Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.assemble.scenes import body_frames
from ebrochure.model.timeline import Overlay, OverlayKind, Storyboard
from ebrochure.model.timing import TimeRange, frame_at, frame_start_ms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ebrochure.model.service import Slide
    from ebrochure.model.timeline import Timeline
    from ebrochure.model.timing import FrameRange

LEAST_SLIDE_MS = 3000
"""A slide that no mark places is shown at least this long; those without room are left to the page."""
FAREWELL_MS = 4000
"""How long the presenter is seen again at the end, where no mark says otherwise."""
_LEAST_BODY_MS = 20_000
"""In a shorter body the slides stay to the end: going back and forth would look restless."""


def place_slides(
    timeline: Timeline,
    slides: tuple[Slide, ...],
    marks: tuple[tuple[int, int], ...],
    *,
    lead_ms: int,
) -> tuple[Overlay, ...]:
    """Return the slides with their times in the finished video, in order, none overlapping.

    Args:
        timeline: The clips, which say what is left of the source and where.
        slides: All there are.
        marks: ``(slide number, source time in ms)``; those of unknown slides are left out.
        lead_ms: How long the presenter is seen before the first slide that no mark places.

    """
    if not slides or timeline.storyboard in {Storyboard.AUDIOGRAM, Storyboard.NONE}:
        return ()
    known = {slide.number for slide in slides}
    marked = _marked(timeline, [mark for mark in marks if mark[0] in known])
    body = body_frames(timeline)
    start, end = body.start, body.end
    if timeline.storyboard is Storyboard.PRESENTER and not marked:
        start += min(frame_at(lead_ms + 1000, timeline.frame_rate), (end - start) // 4)
        end = _farewell(timeline, body)
    starts = marked or _spread([slide.number for slide in slides], start, end, timeline.frame_rate)
    if timeline.storyboard is not Storyboard.PRESENTER:
        starts[0] = (starts[0][0], body.start)
    return tuple(
        Overlay(OverlayKind.SLIDE, f"slide-{number}", _time(timeline, first, stop))
        for (number, first), (_, stop) in pairwise([*starts, (0, end)])
    )


def _marked(timeline: Timeline, marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ``(slide, frame)`` of the marks; of several at one frame the last holds."""
    frames: dict[int, int] = {}
    for number, moment in sorted(marks, key=lambda mark: mark[1]):
        place = _next_shown(timeline, moment)
        if place is not None:
            frames[frame_at(place, timeline.frame_rate)] = number
    last = body_frames(timeline).end
    return [(number, frame) for frame, number in sorted(frames.items()) if frame < last]


def _next_shown(timeline: Timeline, source_ms: int) -> int | None:
    """Return when a moment of the source is seen, or the first moment after it that was not cut away."""
    for clip, place in timeline.placed():
        if not clip.is_card and source_ms < clip.source_range.end_ms:
            return min(place.start_ms + max(0, source_ms - clip.source_range.start_ms), place.end_ms)
    return None


def _spread(numbers: Sequence[int], start: int, end: int, rate: Fraction) -> list[tuple[int, int]]:
    """Return ``(slide, frame)`` with the slides spread evenly, as many as can be read."""
    least = max(1, frame_at(LEAST_SLIDE_MS, rate))
    count = min(len(numbers), max(1, (end - start) // least))
    chosen = [numbers[index * len(numbers) // count] for index in range(count)]
    return [(number, start + index * (end - start) // count) for index, number in enumerate(chosen)]


def _farewell(timeline: Timeline, body: FrameRange) -> int:
    """Return the frame at which the presenter is seen again."""
    is_long = body.count >= frame_at(_LEAST_BODY_MS, timeline.frame_rate)
    return body.end - frame_at(FAREWELL_MS, timeline.frame_rate) if is_long else body.end


def _time(timeline: Timeline, start: int, end: int) -> TimeRange:
    """Return frames of the finished video as time."""
    return TimeRange(frame_start_ms(start, timeline.frame_rate), frame_start_ms(end, timeline.frame_rate))

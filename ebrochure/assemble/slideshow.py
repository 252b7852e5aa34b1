"""Which slide is shown when. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.assemble.scenes import body_frames
from ebrochure.model.timeline import Overlay, OverlayKind, Storyboard
from ebrochure.model.timing import TimeRange, frame_at, frame_start_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.service import Slide
    from ebrochure.model.slidemark import SlideMark
    from ebrochure.model.timeline import Timeline
    from ebrochure.model.timing import FrameRange

LEAST_SLIDE_MS = 3000
"""A slide that the script does not place is shown at least this long; without room it is left to the page."""
FAREWELL_MS = 4000
"""How long the presenter is seen again at the end, where the script does not say otherwise."""
_LEAST_BODY_MS = 20_000
"""In a shorter body the slides stay to the end: going back and forth would look restless."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A slide and the frame of the finished video at which it comes."""

    number: int
    frame: int
    is_scripted: bool = False


def place_slides(
    timeline: Timeline, slides: tuple[Slide, ...], marks: tuple[SlideMark, ...], *, lead_ms: int
) -> tuple[Overlay, ...]:
    """Return the slides with their times in the finished video, in order, none overlapping.

    Args:
        timeline: The clips, which say what is left of the source and where.
        slides: All there are.
        marks: When each slide's turn comes, unknown slides left out; where there are none all are spread.
        lead_ms: How long the presenter is seen before the first slide, where the script does not place it.

    """
    if not slides or timeline.storyboard in {Storyboard.AUDIOGRAM, Storyboard.NONE}:
        return ()
    known = {slide.number for slide in slides}
    turns = _marked(timeline, [mark for mark in marks if mark.number in known])
    body = body_frames(timeline)
    start, end = body.start, body.end
    if timeline.storyboard is Storyboard.PRESENTER:
        if not (turns and turns[0].is_scripted):
            start += min(frame_at(lead_ms + 1000, timeline.frame_rate), body.count // 4)
        end = _end_of_slides(timeline, body, turns)
    least = max(1, frame_at(LEAST_SLIDE_MS, timeline.frame_rate))
    turns = _with_room(turns, start, end, least) or _spread(
        [slide.number for slide in slides], start, end, least
    )
    if timeline.storyboard is not Storyboard.PRESENTER:
        turns[0] = _Turn(turns[0].number, body.start)
    ends = [turn.frame for turn in turns[1:]] + [end]
    return tuple(
        Overlay(OverlayKind.SLIDE, f"slide-{turn.number}", _time(timeline, turn.frame, stop))
        for turn, stop in zip(turns, ends, strict=True)
    )


def _marked(timeline: Timeline, marks: Sequence[SlideMark]) -> list[_Turn]:
    """Return the turns that marks place; of several at one frame the script's holds, of those the last."""
    turns: dict[int, _Turn] = {}
    in_order = sorted(marks, key=lambda mark: mark.start_ms)
    until_ms = {mark: after.start_ms for mark, after in pairwise(in_order)}
    for mark in sorted(marks, key=lambda mark: (mark.is_scripted, mark.start_ms)):
        for place in _places(timeline, mark.start_ms, until_ms.get(mark)):
            frame = frame_at(place, timeline.frame_rate)
            turns[frame] = _Turn(mark.number, frame, mark.is_scripted)
    last = body_frames(timeline).end
    return [turn for frame, turn in sorted(turns.items()) if frame < last]


def _places(timeline: Timeline, start_ms: int, end_ms: int | None) -> tuple[int, ...]:
    """Return when the footage between two marks is seen: once, or each time that an editor shows it."""
    last_ms = max(clip.source_range.end_ms for clip in timeline.clips if not clip.is_card)
    end_ms = last_ms if end_ms is None else end_ms
    shown = timeline.showings(TimeRange(start_ms, max(start_ms, end_ms)))
    place = timeline.to_output_or_after(start_ms)
    return tuple(parts[0].start_ms for parts in shown) or (() if place is None else (place,))


def _with_room(turns: Sequence[_Turn], start: int, end: int, least: int) -> list[_Turn]:
    """Return `turns` within the frames they have, without those that would be seen too briefly to be read."""
    fitting = [turn if turn.is_scripted else replace(turn, frame=max(turn.frame, start)) for turn in turns]
    ends = [turn.frame for turn in fitting[1:]] + [end]
    return [
        turn
        for turn, stop in zip(fitting, ends, strict=False)
        if turn.is_scripted or stop - turn.frame >= least
    ]


def _spread(numbers: Sequence[int], start: int, end: int, least: int) -> list[_Turn]:
    """Return the slides spread evenly, as many as can be read."""
    count = min(len(numbers), max(1, (end - start) // least))
    chosen = [numbers[index * len(numbers) // count] for index in range(count)]
    return [_Turn(number, start + index * (end - start) // count) for index, number in enumerate(chosen)]


def _end_of_slides(timeline: Timeline, body: FrameRange, turns: Sequence[_Turn]) -> int:
    """Return when the presenter is seen again: not in a short body, nor after the script's last word."""
    farewell = body.end - frame_at(FAREWELL_MS, timeline.frame_rate)
    is_short = body.count < frame_at(_LEAST_BODY_MS, timeline.frame_rate)
    scripted = [turn for turn in turns if turn.is_scripted and (turn is turns[-1] or turn.frame >= farewell)]
    return body.end if is_short or scripted else farewell


def _time(timeline: Timeline, start: int, end: int) -> TimeRange:
    """Return frames of the finished video as time."""
    return TimeRange(frame_start_ms(start, timeline.frame_rate), frame_start_ms(end, timeline.frame_rate))

"""The storyboards with names: which slide is shown when. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.assemble.scenes import body_frames
from ebrochure.assemble.turns import Turn
from ebrochure.model.storyboard import RecordingView, SlideView, Storyboard
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from collections.abc import Sequence

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
class _Call:
    """A slide and the frame of the finished video at which it is called for."""

    number: int
    frame: int
    is_scripted: bool = False


def turns_by_name(
    timeline: Timeline,
    storyboard: Storyboard,
    slides: Sequence[int],
    marks: tuple[SlideMark, ...],
    *,
    lead_ms: int,
) -> tuple[Turn, ...]:
    """Return the turns of a storyboard with a name.

    Args:
        timeline: The clips, which say what is left of the source and where.
        storyboard: Its name.
        slides: The numbers of all there are.
        marks: When each slide's turn comes, unknown slides left out; where there are none all are spread.
        lead_ms: How long the presenter is seen before the first slide, where the script does not place it.

    """
    body = body_frames(timeline)
    if storyboard is Storyboard.AUDIOGRAM:
        return (Turn(body.start, RecordingView.AUDIOGRAM),)
    if storyboard is Storyboard.NONE or not slides:
        return ()
    calls = _marked(timeline, [mark for mark in marks if mark.number in slides])
    start, end = body.start, body.end
    if storyboard is Storyboard.PRESENTER:
        if not (calls and calls[0].is_scripted):
            start += min(frame_at(lead_ms + 1000, timeline.frame_rate), body.count // 4)
        end = _end_of_slides(timeline, body, calls)
    least = max(1, frame_at(LEAST_SLIDE_MS, timeline.frame_rate))
    calls = _with_room(calls, start, end, least) or _spread(slides, start, end, least)
    if storyboard is not Storyboard.PRESENTER:
        calls[0] = _Call(calls[0].number, body.start)
    shown = (Turn(call.frame, SlideView(call.number)) for call in calls)
    return (*shown, Turn(end, RecordingView.FOOTAGE))


def _marked(timeline: Timeline, marks: Sequence[SlideMark]) -> list[_Call]:
    """Return the calls that marks make; of several at one frame the script's holds, of those the last."""
    calls: dict[int, _Call] = {}
    in_order = sorted(marks, key=lambda mark: mark.start_ms)
    until_ms = {mark: after.start_ms for mark, after in pairwise(in_order)}
    for mark in sorted(marks, key=lambda mark: (mark.is_scripted, mark.start_ms)):
        for place in timeline.arrivals(mark.start_ms, until_ms.get(mark)):
            frame = frame_at(place, timeline.frame_rate)
            calls[frame] = _Call(mark.number, frame, mark.is_scripted)
    last = body_frames(timeline).end
    return [call for frame, call in sorted(calls.items()) if frame < last]


def _with_room(calls: Sequence[_Call], start: int, end: int, least: int) -> list[_Call]:
    """Return `calls` within the frames they have, without those that would be seen too briefly to be read."""
    fitting = [call if call.is_scripted else replace(call, frame=max(call.frame, start)) for call in calls]
    ends = [call.frame for call in fitting[1:]] + [end]
    return [
        call
        for call, stop in zip(fitting, ends, strict=False)
        if call.is_scripted or stop - call.frame >= least
    ]


def _spread(numbers: Sequence[int], start: int, end: int, least: int) -> list[_Call]:
    """Return the slides spread evenly, as many as can be read."""
    count = min(len(numbers), max(1, (end - start) // least))
    chosen = [numbers[index * len(numbers) // count] for index in range(count)]
    return [_Call(number, start + index * (end - start) // count) for index, number in enumerate(chosen)]


def _end_of_slides(timeline: Timeline, body: FrameRange, calls: Sequence[_Call]) -> int:
    """Return when the presenter is seen again: not in a short body, nor after the script's last word."""
    farewell = body.end - frame_at(FAREWELL_MS, timeline.frame_rate)
    is_short = body.count < frame_at(_LEAST_BODY_MS, timeline.frame_rate)
    scripted = [call for call in calls if call.is_scripted and (call is calls[-1] or call.frame >= farewell)]
    return body.end if is_short or scripted else farewell

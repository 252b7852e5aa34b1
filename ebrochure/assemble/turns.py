"""What fills the frame, turn by turn: every storyboard, by name or by hand, comes to this. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.assemble.scenes import body_frames
from ebrochure.model.storyboard import RecordingView, SlideView
from ebrochure.model.timeline import Overlay, OverlayKind
from ebrochure.model.timing import FrameRange, frame_at, frame_start_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ebrochure.model.storyboard import Board, Framing, View
    from ebrochure.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that fills the frame until the next turn."""

    frame: int
    """Of the finished video, from which on it does."""
    view: View


def turns_by_hand(timeline: Timeline, board: Board, slides: Collection[int]) -> tuple[Turn, ...]:
    """Return the turns of a storyboard by hand.

    Args:
        timeline: The clips, which say what is left of the source and where.
        board: What its author wants to be seen when.
        slides: Numbers of the slides there is a picture of; the turns of others are left out.

    """
    rate = timeline.frame_rate
    found: list[Turn] = []
    starts_ms = [frame_start_ms(int(moment_ms * rate / 1000), rate) for moment_ms, _view in board.views]
    for (_moment_ms, view), start_ms, end_ms in zip(
        board.views, starts_ms, [*starts_ms[1:], None], strict=False
    ):
        if view is RecordingView.CUT or (isinstance(view, SlideView) and view.number not in slides):
            continue
        # Clips begin and end with whole frames: a view that follows a cut comes with the first of its clip.
        found += (Turn(frame_at(place, rate), view) for place in timeline.arrivals(start_ms, end_ms))
    return tuple(sorted(found, key=lambda turn: turn.frame))


def lay_turns(
    timeline: Timeline, turns: Iterable[Turn], *, framing: Framing, has_picture: bool
) -> tuple[Overlay, ...]:
    """Return what covers the footage, in order, none overlapping.

    Args:
        timeline: The clips.
        turns: In order; of several at one frame the last holds. Before the first the footage is seen.
        framing: Of slides about which nothing else is said.
        has_picture: Whether there is footage to be seen; without it the audiogram is.

    """
    body = body_frames(timeline)
    views: dict[int, View] = {body.start: RecordingView.FOOTAGE}
    views.update((max(turn.frame, body.start), turn.view) for turn in turns if turn.frame < body.end)
    found: list[Overlay] = []
    for start, end in pairwise([*sorted(views), body.end]):
        time, view = timeline.time(FrameRange(start, end)), views[start]
        if isinstance(view, SlideView):
            found.append(Overlay(OverlayKind.SLIDE, f"slide-{view.number}", time, view.framing or framing))
        elif view is RecordingView.AUDIOGRAM or not has_picture:
            found.append(Overlay(OverlayKind.AUDIOGRAM, "audiogram", time))
    return tuple(found)

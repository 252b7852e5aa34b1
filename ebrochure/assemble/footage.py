"""The footage's way into the frame: cut, boxed; and small, beside a slide."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ebrochure.assemble.edited import reading_passes
from ebrochure.assemble.layout import cover
from ebrochure.assemble.neutral import boxed, cropped, neutral, numbered
from ebrochure.media.graph import combine
from ebrochure.model.timing import FrameRange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ebrochure.assemble.layout import Box, Layout
    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.scenes import Scene
    from ebrochure.media.graph import Graph, Stream
    from ebrochure.model.media import VideoStream
    from ebrochure.model.storyboard import Framing

_PRESENTER_CROP = 0.35
"""Where a presenter's window is cut from a taller picture, 0 top to 1 bottom: faces are in the upper half."""


@dataclass(slots=True)
class RunFootage:
    """The footage of one run."""

    full: list[Stream]
    """Filling the frame, for each scene that wants it, in order."""
    windows: dict[Framing, Stream]
    """Small, for the whole run, as it is shown beside slides of each framing that has a window."""


def footage_of(graph: Graph, materials: Materials, scenes: Sequence[tuple[Scene, ...]]) -> list[RunFootage]:
    """Return the footage for each run of the timeline, of which `scenes` holds the scenes.

    It is read once, whatever is made of it, or once more for each turn that an editor took back in it.
    """
    video, layout, runs = materials.info.video, materials.layout, materials.timeline.runs()
    wanted = [[scene for scene in row if scene.overlay is None] for row in scenes]
    windows = [_windows(row, layout) for row in scenes]
    count = sum(map(len, wanted)) + sum(map(len, windows))
    if video is None or not count:
        return [RunFootage([], {}) for _ in runs]
    whole = _cut(graph, materials)
    copies = iter(whole.split(count))
    found: list[RunFootage] = []
    first = 0
    for run, some, places in zip(runs, wanted, windows, strict=True):
        shift = first - run.span.start
        first += run.span.count
        full = [
            boxed(
                graph,
                selected(next(copies), scene.span.shifted(shift), materials.rate),
                video,
                materials.frame,
            )
            for scene in some
        ]
        small = {
            framing: _windowed(selected(next(copies), run.span.shifted(shift), materials.rate), video, place)
            for framing, place in places.items()
        }
        found.append(RunFootage(full, small))
    return found


def _windows(scenes: tuple[Scene, ...], layout: Layout) -> dict[Framing, Box]:
    """Return where the presenter's window is in those framings of `scenes` that have one."""
    framings = (scene.overlay.framing for scene in scenes if scene.overlay is not None)
    places = {framing: layout.framed(framing).presenter for framing in framings if framing is not None}
    return {framing: place for framing, place in places.items() if place is not None}


def _cut(graph: Graph, materials: Materials) -> Stream:
    """Return what the timeline uses of the footage, in its order and counted from 0."""
    body = materials.timeline.body()
    passes = reading_passes(body)
    if len(passes) == 1:
        return _read(graph, materials, body)
    # One pass in another order would hold in memory what comes later: each goes through the footage itself.
    pieces: dict[int, Stream] = {}
    for numbers in passes:
        ranges = [body[number] for number in numbers]
        copies = _read(graph, materials, ranges).split(len(numbers))
        ends = accumulate(frames.count for frames in ranges)
        for number, copy, end in zip(numbers, copies, ends, strict=True):
            pieces[number] = selected(copy, FrameRange(end - body[number].count, end), materials.rate)
    in_order = [pieces[number] for number in range(len(body))]
    return numbered(combine(in_order, "concat", n=len(in_order), v=1, a=0), materials.rate)


def _read(graph: Graph, materials: Materials, ranges: Sequence[FrameRange]) -> Stream:
    """Return ranges of the footage, which rise, end to end and counted from 0."""
    first, last = ranges[0].start, ranges[-1].end
    footage = neutral(graph, materials.footage, materials.info, materials.frame)
    used = footage.apply("trim", start_frame=first, end_frame=last)
    if len(ranges) > 1:
        shown = "+".join(f"between(n,{item.start - first},{item.end - 1 - first})" for item in ranges)
        used = used.apply("select", expr=shown)
    return numbered(used, materials.rate)


def _windowed(stream: Stream, video: VideoStream, place: Box) -> Stream:
    """Return the footage as it is shown beside a slide."""
    width, height = cover(video.displayed_size, place.size)
    scaled = stream.apply("scale", width=width, height=height, flags="bilinear")
    return cropped(scaled, place.size, f"(ih-oh)*{_PRESENTER_CROP}").apply("setsar", sar=1)


def selected(stream: Stream, frames: FrameRange, rate: Fraction) -> Stream:
    """Return some of the frames."""
    return numbered(stream.apply("trim", start_frame=frames.start, end_frame=frames.end), rate)

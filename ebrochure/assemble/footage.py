"""The footage's way into the frame: cut, boxed; and small, beside a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.assemble.layout import cover
from ebrochure.assemble.neutral import boxed, cropped, neutral, numbered
from ebrochure.model.timeline import Storyboard
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from fractions import Fraction

    from ebrochure.assemble.layout import Layout
    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.scenes import Scene
    from ebrochure.media.graph import Graph, Stream
    from ebrochure.model.media import VideoStream

_PRESENTER_CROP = 0.35
"""Where a presenter's window is cut from a taller picture, 0 top to 1 bottom: faces are in the upper half."""


def footage_twice(
    graph: Graph, materials: Materials, scenes: tuple[Scene, ...]
) -> tuple[list[Stream], Stream | None]:
    """Return the footage filling the frame, for each scene that wants it, and in the presenter's window."""
    video = materials.info.video
    wanted = [scene for scene in scenes if scene.image is None]
    if video is None or materials.timeline.storyboard is Storyboard.AUDIOGRAM:
        return [], None
    whole = _cut(neutral(graph, materials.footage, materials.info, materials.frame), materials)
    has_window = len(wanted) < len(scenes)
    copies = list(whole.split(len(wanted) + has_window))
    window = _windowed(copies.pop(), video, materials.layout) if has_window else None
    full = [
        boxed(graph, _range(copy, scene, materials.rate), video, materials.frame)
        for copy, scene in zip(copies, wanted, strict=True)
    ]
    return full, window


def _cut(footage: Stream, materials: Materials) -> Stream:
    """Return what the timeline uses of the footage, counted from 0."""
    rate = materials.rate
    ranges = [
        (frame_at(clip.source_range.start_ms, rate), clip.frames)
        for clip in materials.timeline.clips
        if clip.source == "footage"
    ]
    first, last = ranges[0][0], sum(ranges[-1])
    used = footage.apply("trim", start_frame=first, end_frame=last)
    if len(ranges) > 1:
        shown = "+".join(
            f"between(n,{start - first},{start - first + frames - 1})" for start, frames in ranges
        )
        used = used.apply("select", expr=shown)
    return numbered(used, rate)


def _windowed(stream: Stream, video: VideoStream, layout: Layout) -> Stream:
    """Return the footage as it is shown beside a slide."""
    if layout.presenter is None:
        msg = "expected a layout with room for the presenter, got none"
        raise ValueError(msg)
    width, height = cover(video.displayed_size, layout.presenter.size)
    scaled = stream.apply("scale", width=width, height=height, flags="bilinear")
    return cropped(scaled, layout.presenter.size, f"(ih-oh)*{_PRESENTER_CROP}").apply("setsar", sar=1)


def _range(stream: Stream, scene: Scene, rate: Fraction) -> Stream:
    """Return the frames of one scene."""
    return numbered(stream.apply("trim", start_frame=scene.start, end_frame=scene.end), rate)

"""The footage's way into the frame: upright, in square samples, cut, boxed; and small, beside a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.assemble.layout import cover, place_footage
from ebrochure.assemble.look import to_hex
from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, Stream, combine, source_args
from ebrochure.model.timeline import Storyboard
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from fractions import Fraction

    from ebrochure.assemble.layout import Layout
    from ebrochure.assemble.look import Look
    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.scenes import Scene
    from ebrochure.model.media import VideoStream

_SD_LINES = 576
"""Untagged footage up to this height is taken for bt601, above for bt709, as players do."""
_PRESENTER_CROP = 0.35
"""Where a presenter's window is cut from a taller picture, 0 top to 1 bottom: faces are in the upper half."""


def footage_twice(
    graph: Graph, materials: Materials, scenes: tuple[Scene, ...]
) -> tuple[list[Stream], Stream | None]:
    """Return the footage filling the frame, for each scene that wants it, and in the presenter's window."""
    video, layout = materials.info.video, materials.layout
    wanted = [scene for scene in scenes if scene.image is None]
    if video is None or materials.timeline.storyboard is Storyboard.AUDIOGRAM:
        return [], None
    size = (layout.width, layout.height)
    # Footage that changes its size must not start the whole graph anew.
    opened = ("-reinit_filter", "0", *input_args(materials.footage, materials.info.demuxer))
    footage = graph.add_input(opened).video(video.index)
    whole = _cut(graph, _upright(footage, video, size), video, materials)
    has_window = len(wanted) < len(scenes)
    copies = list(whole.split(len(wanted) + has_window))
    window = _windowed(copies.pop(), video, layout) if has_window else None
    full = [
        _boxed(_range(copy, scene, materials.rate), video, size, materials.look)
        for copy, scene in zip(copies, wanted, strict=True)
    ]
    return full, window


def _upright(footage: Stream, video: VideoStream, size: tuple[int, int]) -> Stream:
    """Return the footage progressive, in square samples, bt709, at the size it has in the frame.

    ffmpeg has already turned it upright. It is scaled before frames are counted, because only
    the scaler takes footage that changes its size on the way.
    """
    stream = footage.apply("bwdif", mode="send_frame", deint="all") if video.is_interlaced else footage
    width, height = _scaled_size(video, size)
    is_hd = video.displayed_size[1] > _SD_LINES
    stream = stream.apply(
        "scale",
        width=width,
        height=height,
        flags="bicubic",
        in_color_matrix="auto" if video.is_hdr or not is_hd else "bt709",
        out_color_matrix="auto" if video.is_hdr else "bt709",
        out_range="auto" if video.is_hdr else "tv",
    )
    if video.is_hdr:
        stream = _tone_mapped(stream)
    stream = stream.apply("setsar", sar=1)
    return stream if video.has_alpha else stream.apply("format", pix_fmts="yuv420p")


def _scaled_size(video: VideoStream, size: tuple[int, int]) -> tuple[int, int]:
    """Return the size at which footage fits the frame, or covers it where bars would be too thin."""
    place = place_footage(video.displayed_size, size)
    return cover(video.displayed_size, size) if place.size == size else place.size


def _tone_mapped(stream: Stream) -> Stream:
    """Return high dynamic range brought down to what every screen shows."""
    linear = stream.apply("zscale", transfer="linear", npl=100).apply("format", pix_fmts="gbrpf32le")
    mapped = linear.apply("zscale", primaries="bt709").apply("tonemap", tonemap="hable", desat=0)
    return mapped.apply("zscale", transfer="bt709", matrix="bt709", range="limited")


def _cut(graph: Graph, stream: Stream, video: VideoStream, materials: Materials) -> Stream:
    """Return what the timeline uses of the footage, at the delivered rate, counted from 0."""
    rate = materials.rate
    ranges = [
        (frame_at(clip.source_range.start_ms, rate), clip.frames)
        for clip in materials.timeline.clips
        if clip.source == "footage"
    ]
    first, last = ranges[0][0], sum(ranges[-1])
    # The sound may outlast the picture: its last frame then stays.
    steady = stream.apply("fps", fps=rate, start_time=0)
    if video.has_alpha:
        steady = _flattened(graph, steady, video, materials)
    steady = steady.apply("tpad", stop=-1, stop_mode="clone")
    used = steady.apply("trim", start_frame=first, end_frame=last)
    if len(ranges) > 1:
        shown = "+".join(
            f"between(n,{start - first},{start - first + frames - 1})" for start, frames in ranges
        )
        used = used.apply("select", expr=shown)
    return numbered(used, rate)


def _flattened(graph: Graph, stream: Stream, video: VideoStream, materials: Materials) -> Stream:
    """Return see-through footage on the brand's ground."""
    width, height = _scaled_size(video, (materials.timeline.width, materials.timeline.height))
    ground = f"color=c={to_hex(materials.look.ground)}:s={width}x{height}:r={materials.rate}"
    canvas = graph.add_input(source_args(ground)).video()
    return combine((canvas, stream), "overlay", shortest=True)


def _boxed(stream: Stream, video: VideoStream, size: tuple[int, int], look: Look) -> Stream:
    """Return the footage in the middle of the frame, on the brand's ground where its shape is another."""
    place = place_footage(video.displayed_size, size)
    if place.size == size:
        return stream if cover(video.displayed_size, size) == size else _cropped(stream, size, "(ih-oh)/2")
    return stream.apply("pad", width=size[0], height=size[1], x=place.x, y=place.y, color=to_hex(look.ground))


def _windowed(stream: Stream, video: VideoStream, layout: Layout) -> Stream:
    """Return the footage as it is shown beside a slide."""
    if layout.presenter is None:
        msg = "expected a layout with room for the presenter, got none"
        raise ValueError(msg)
    width, height = cover(video.displayed_size, layout.presenter.size)
    scaled = stream.apply("scale", width=width, height=height, flags="bilinear")
    return _cropped(scaled, layout.presenter.size, f"(ih-oh)*{_PRESENTER_CROP}").apply("setsar", sar=1)


def _cropped(stream: Stream, size: tuple[int, int], y: str) -> Stream:
    """Return the middle of the picture, `y` saying where it starts."""
    return stream.apply("crop", out_w=size[0], out_h=size[1], x="(iw-ow)/2", y=y)


def _range(stream: Stream, scene: Scene, rate: Fraction) -> Stream:
    """Return the frames of one scene."""
    return numbered(stream.apply("trim", start_frame=scene.start, end_frame=scene.end), rate)


def numbered(stream: Stream, rate: Fraction) -> Stream:
    """Return the frames with times that follow from their number alone.

    The time base comes first: in the one of a still (1/25 s) most rates cannot be told.
    """
    return stream.apply("settb", expr=1 / rate).apply("setpts", expr="N")

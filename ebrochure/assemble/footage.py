"""The footage's way into the frame: upright, in square samples, cut, boxed; and small, beside a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.assemble.layout import cover, place_footage
from ebrochure.assemble.look import to_hex
from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, Stream, combine, source_args
from ebrochure.model.timeline import Storyboard
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ebrochure.assemble.layout import Layout
    from ebrochure.assemble.look import Rgb
    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.scenes import Scene
    from ebrochure.model.media import VideoStream
    from ebrochure.model.timing import FrameRange

_SD_LINES = 576
"""Untagged footage up to this height is taken for bt601, above for bt709, as players do."""
_PRESENTER_CROP = 0.35
"""Where a presenter's window is cut from a taller picture, 0 top to 1 bottom: faces are in the upper half."""


@dataclass(slots=True)
class RunFootage:
    """The footage of one run."""

    full: list[Stream]
    """Filling the frame, for each scene that wants it, in order."""
    window: Stream | None
    """Small, beside slides, for the whole run; None where no slide is shown."""


def footage_of(graph: Graph, materials: Materials, scenes: Sequence[tuple[Scene, ...]]) -> list[RunFootage]:
    """Return the footage for each run of the timeline, of which `scenes` holds the scenes.

    It is read once, whatever is made of it.
    """
    video, layout, runs = materials.info.video, materials.layout, materials.timeline.runs()
    if video is None or materials.timeline.storyboard is Storyboard.AUDIOGRAM:
        return [RunFootage([], None) for _ in runs]
    size = (layout.width, layout.height)
    # Footage that changes its size must not start the whole graph anew.
    opened = ("-reinit_filter", "0", *input_args(materials.footage, materials.info.demuxer))
    footage = graph.add_input(opened).video(video.index)
    whole = _cut(graph, _upright(footage, video, size), video, materials)
    wanted = [[scene for scene in row if scene.image is None] for row in scenes]
    has_window = [len(some) < len(row) for some, row in zip(wanted, scenes, strict=True)]
    copies = iter(whole.split(sum(map(len, wanted)) + sum(has_window)))
    found: list[RunFootage] = []
    first = 0
    for run, some, is_small in zip(runs, wanted, has_window, strict=True):
        shift = first - run.span.start
        first += run.span.count
        full = [
            _boxed(graph, selected(next(copies), scene.span.shifted(shift), materials.rate), video, materials)
            for scene in some
        ]
        window = None
        if is_small:
            part = selected(next(copies), run.span.shifted(shift), materials.rate)
            window = _windowed(part, video, layout)
        found.append(RunFootage(full, window))
    return found


def _upright(footage: Stream, video: VideoStream, size: tuple[int, int]) -> Stream:
    """Return the footage progressive, in square samples, bt709, at the size it has in the frame.

    ffmpeg has already turned it upright. It is scaled before frames are counted, because only
    the scaler takes footage that changes its size on the way.
    """
    stream = footage.apply("bwdif", mode="send_frame", deint="all") if video.is_interlaced else footage
    width, height = _scaled_size(video, size)
    scaled: dict[str, str | int] = {"width": width, "height": height, "flags": "bicubic"}
    if video.is_hdr:
        stream = _tone_mapped(stream.apply("scale", **scaled))
    else:
        matrix = "bt709" if video.displayed_size[1] > _SD_LINES else "auto"
        colours = {"in_color_matrix": matrix, "out_color_matrix": "bt709", "out_range": "tv"}
        stream = stream.apply("scale", **scaled, **colours)
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
        if not clip.is_card
    ]
    first, last = ranges[0][0], sum(ranges[-1])
    # The sound may outlast the picture: its last frame then stays.
    steady = stream.apply("fps", fps=rate, start_time=0)
    if video.has_alpha:
        steady = _on_ground(graph, steady, materials, _scaled_size(video, materials.size), (0, 0))
    steady = steady.apply("tpad", stop=-1, stop_mode="clone")
    used = steady.apply("trim", start_frame=first, end_frame=last)
    if len(ranges) > 1:
        shown = "+".join(
            f"between(n,{start - first},{start - first + frames - 1})" for start, frames in ranges
        )
        used = used.apply("select", expr=shown)
    return numbered(used, rate)


def plain(graph: Graph, colour: Rgb, size: tuple[int, int], rate: Fraction) -> Stream:
    """Return one frame of a colour.

    It starts as RGB: filters that are told a colour (`pad`, `color`) take a bt709 picture for
    bt601 in some releases, and the bars come out in another shade than the cards.
    """
    source = source_args(
        f"color=c={to_hex(colour)}:s={size[0]}x{size[1]}:r={rate},trim=end_frame=1,format=rgb24"
    )
    still = graph.add_input(source).video()
    return still.apply("scale", out_color_matrix="bt709", out_range="tv").apply("format", pix_fmts="yuv420p")


def _on_ground(
    graph: Graph, stream: Stream, materials: Materials, size: tuple[int, int], at: tuple[int, int]
) -> Stream:
    """Return footage on the brand's ground, which shows where the footage is see-through or ends."""
    ground = plain(graph, materials.look.ground, size, materials.rate).apply("loop", loop=-1, size=1)
    canvas = numbered(ground, materials.rate)
    return combine((canvas, stream), "overlay", x=at[0], y=at[1], shortest=True)


def _boxed(graph: Graph, stream: Stream, video: VideoStream, materials: Materials) -> Stream:
    """Return the footage in the middle of the frame, on the brand's ground where its shape is another."""
    size = materials.size
    place = place_footage(video.displayed_size, size)
    if place.size != size:
        return _on_ground(graph, stream, materials, size, (place.x, place.y))
    return stream if cover(video.displayed_size, size) == size else _cropped(stream, size, "(ih-oh)/2")


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


def selected(stream: Stream, frames: FrameRange, rate: Fraction) -> Stream:
    """Return some of the frames."""
    return numbered(stream.apply("trim", start_frame=frames.start, end_frame=frames.end), rate)


def numbered(stream: Stream, rate: Fraction) -> Stream:
    """Return the frames with times that follow from their number alone.

    The time base comes first: in the one of a still (1/25 s) most rates cannot be told.
    """
    return stream.apply("settb", expr=1 / rate).apply("setpts", expr="N")

"""Footage made like any other: upright, progressive, in square samples, bt709, evenly timed, in a frame.

Whatever is made of footage begins here, so that a picture looks the same wherever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.assemble.layout import cover, place_footage
from ebrochure.assemble.look import to_hex
from ebrochure.media.encode import BT709_FILTER
from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, Stream, combine, source_args

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.assemble.look import Rgb
    from ebrochure.model.media import MediaInfo, VideoStream

_SD_LINES = 576
"""Untagged footage up to this height is taken for bt601, above for bt709, as players do."""
_SPARE_FRAMES = 3
"""How many missing frames the end of a chain makes up for by repeating the last."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every picture is brought to."""

    size: tuple[int, int]
    """Width and height in pixels, both even."""
    rate: Fraction
    """Frames per second."""
    ground: Rgb
    """Shown around footage of another shape, and where it is see-through."""


def neutral(graph: Graph, footage: Path, info: MediaInfo, frame: Frame) -> Stream:
    """Return the picture of footage at the size it has in the frame, evenly timed from 0 on, without an end.

    Raises:
        ValueError: There is no picture.
    """
    if info.video is None:
        raise ValueError("expected footage with a picture, got none")
    # Footage that changes its size must not start the whole graph anew.
    opened = ("-reinit_filter", "0", *input_args(footage, info.demuxer))
    stream = _upright(graph.add_input(opened).video(info.video.index), info.video, frame.size)
    steady = stream.apply("fps", fps=frame.rate, start_time=0)
    if info.video.has_alpha:
        steady = _on_ground(graph, steady, frame, _scaled_size(info.video, frame.size), (0, 0))
    # The sound may outlast the picture: its last frame then stays.
    return steady.apply("tpad", stop=-1, stop_mode="clone")


def boxed(graph: Graph, stream: Stream, video: VideoStream, frame: Frame) -> Stream:
    """Return neutral footage in the middle of the frame, on the ground where its shape is another."""
    place = place_footage(video.displayed_size, frame.size)
    if place.size != frame.size:
        return _on_ground(graph, stream, frame, frame.size, (place.x, place.y))
    fills = cover(video.displayed_size, frame.size) == frame.size
    return stream if fills else cropped(stream, frame.size, "(ih-oh)/2")


def counted(stream: Stream, frames: int, rate: Fraction) -> Stream:
    """Return exactly `frames` frames; a chain that comes out a little short repeats its last."""
    padded = stream.apply("tpad", stop=_SPARE_FRAMES, stop_mode="clone")
    return settled(padded.apply("trim", end_frame=frames), rate)


def settled(stream: Stream, rate: Fraction) -> Stream:
    """Return frames of the one kind that all chains end in."""
    alike = numbered(stream, rate).apply("setsar", sar=1).apply("format", pix_fmts="yuv420p")
    tags = BT709_FILTER.partition("=")[2]
    return alike.apply("setparams", **dict(option.split("=") for option in tags.split(":")))


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
    graph: Graph, stream: Stream, frame: Frame, size: tuple[int, int], at: tuple[int, int]
) -> Stream:
    """Return footage on the ground, which shows where the footage is see-through or ends."""
    ground = plain(graph, frame.ground, size, frame.rate).apply("loop", loop=-1, size=1)
    canvas = numbered(ground, frame.rate)
    return combine((canvas, stream), "overlay", x=at[0], y=at[1], shortest=True)


def cropped(stream: Stream, size: tuple[int, int], y: str) -> Stream:
    """Return the middle of the picture, `y` saying where it starts."""
    return stream.apply("crop", out_w=size[0], out_h=size[1], x="(iw-ow)/2", y=y)


def numbered(stream: Stream, rate: Fraction) -> Stream:
    """Return the frames with times that follow from their number alone.

    The time base comes first: in the one of a still (1/25 s) most rates cannot be told.
    """
    return stream.apply("settb", expr=1 / rate).apply("setpts", expr="N")

"""The picture of the finished video as one filter graph: scenes, what lies over them, and the cards around.

Every chain ends in frames of one kind (size, `yuv420p`, square samples, bt709), counted and not
timed: lengths are given in frames, so that no rounding can lose one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ebrochure.assemble.layout import Layout, cover, place_footage, plan_layout
from ebrochure.assemble.look import Look, to_hex
from ebrochure.assemble.scenes import body_frames, in_body, plan_scenes
from ebrochure.media.encode import BT709_FILTER
from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, Stream, combine, picture_args
from ebrochure.model.timeline import OverlayKind, Storyboard
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.assemble.scenes import Scene
    from ebrochure.model.media import MediaInfo, VideoStream
    from ebrochure.model.timeline import Overlay, Timeline

CARD_DEMUXER = "mov"
_SPARE_FRAMES = 3
"""How many missing frames the end of a chain makes up for by repeating the last."""
_SD_LINES = 576
"""Untagged footage up to this height is taken for bt601, above for bt709, as players do."""
_ENTER_S, _LEAVE_S = 0.5, 0.35
"""How long the lower third takes to slide in and out."""
_FADE_S = 0.3
"""How long the body takes to rise from the cards' ground and to sink into it."""
_PRESENTER_CROP = 0.35
"""Where a presenter's window is cut from a taller picture, 0 top to 1 bottom: faces are in the upper half."""


@dataclass(frozen=True, slots=True)
class Materials:
    """Everything one video is rendered from."""

    timeline: Timeline
    footage: Path
    info: MediaInfo
    cards: Mapping[str, Path]
    """MP4 of each card by its clip's name: ``intro``, ``outro``."""
    pictures: Mapping[str, Path]
    """PNG of each still by its name (see `assemble.pictures`)."""
    look: Look
    programme: Path
    """The whole sound (see `assemble.audio`); drawn as a wave on an audiogram."""

    @property
    def rate(self) -> Fraction:
        """Frames per second."""
        return self.timeline.frame_rate

    @property
    def layout(self) -> Layout:
        """Where things lie in the frame."""
        footage = None if self.info.video is None else self.info.video.displayed_size
        size = (self.timeline.width, self.timeline.height)
        return plan_layout(size, self.timeline.storyboard, footage)


def compose(graph: Graph, materials: Materials) -> Stream:
    """Return the whole picture, exactly as many frames as the timeline has."""
    parts: list[Stream] = []
    for source, clips in groupby(materials.timeline.clips, key=lambda clip: clip.source):
        if source == "footage":
            parts.append(_body(graph, materials))
        else:
            card = graph.add_input(input_args(materials.cards[source], CARD_DEMUXER)).video()
            parts.append(_counted(card, sum(clip.frames for clip in clips), materials.rate))
    whole = parts[0] if len(parts) == 1 else combine(parts, "concat", n=len(parts), v=1, a=0)
    return _counted(whole, materials.timeline.frame_count, materials.rate)


def _body(graph: Graph, materials: Materials) -> Stream:
    """Return the body: scenes end to end, the presenter's window, then what lies over everything."""
    scenes = plan_scenes(materials.timeline)
    full, window = _footage_twice(graph, materials, scenes)
    parts = [
        full.pop(0) if scene.image is None else _still(graph, materials, scene.image, scene.frames)
        for scene in scenes
    ]
    body = parts[0] if len(parts) == 1 else combine(parts, "concat", n=len(parts), v=1, a=0)
    body = _settled(body, materials.rate)
    if window is not None and materials.layout.presenter is not None:
        place = materials.layout.presenter
        shown = "+".join(f"between(n,{scene.start},{scene.end - 1})" for scene in scenes if scene.image)
        body = combine((body, window), "overlay", x=place.x, y=place.y, enable=shown)
    if materials.timeline.storyboard is Storyboard.AUDIOGRAM:
        body = _wave_over(graph, materials, body)
    for overlay in materials.timeline.overlays:
        body = _overlaid(graph, materials, body, overlay)
    return _faded(body, materials, scenes[-1].end)


def _footage_twice(
    graph: Graph, materials: Materials, scenes: tuple[Scene, ...]
) -> tuple[list[Stream], Stream | None]:
    """Return the footage filling the frame, for each scene that wants it, and in the presenter's window."""
    video, layout = materials.info.video, materials.layout
    wanted = [scene for scene in scenes if scene.image is None]
    if video is None or materials.timeline.storyboard is Storyboard.AUDIOGRAM:
        return [], None
    size = (layout.width, layout.height)
    footage = graph.add_input(input_args(materials.footage, materials.info.demuxer)).video(video.index)
    whole = _cut(_upright(footage, video, size), materials)
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
    place = place_footage(video.displayed_size, size)
    width, height = cover(video.displayed_size, size) if place.size == size else place.size
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


def _tone_mapped(stream: Stream) -> Stream:
    """Return high dynamic range brought down to what every screen shows."""
    linear = stream.apply("zscale", transfer="linear", npl=100).apply("format", pix_fmts="gbrpf32le")
    mapped = linear.apply("zscale", primaries="bt709").apply("tonemap", tonemap="hable", desat=0)
    return mapped.apply("zscale", transfer="bt709", matrix="bt709", range="limited")


def _cut(stream: Stream, materials: Materials) -> Stream:
    """Return what the timeline uses of the footage, at the delivered rate, counted from 0."""
    rate = materials.rate
    ranges = [
        (frame_at(clip.source_range.start_ms, rate), clip.frames)
        for clip in materials.timeline.clips
        if clip.source == "footage"
    ]
    first, last = ranges[0][0], sum(ranges[-1])
    # The sound may outlast the picture: its last frame then stays.
    steady = stream.apply("fps", fps=rate, start_time=0).apply("tpad", stop=-1, stop_mode="clone")
    used = steady.apply("trim", start_frame=first, end_frame=last)
    if len(ranges) > 1:
        shown = "+".join(
            f"between(n,{start - first},{start - first + frames - 1})" for start, frames in ranges
        )
        used = used.apply("select", expr=shown)
    return _numbered(used, rate)


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
    return _numbered(stream.apply("trim", start_frame=scene.start, end_frame=scene.end), rate)


def _still(graph: Graph, materials: Materials, name: str, frames: int) -> Stream:
    """Return a picture that fills the frame for a while; the one frame is repeated, not read again."""
    picture = _picture(graph, materials, name, "yuv420p")
    return _numbered(picture.apply("loop", loop=frames - 1, size=1), materials.rate)


def _picture(graph: Graph, materials: Materials, name: str, pixels: str) -> Stream:
    """Return one frame of a still, in the video's colours."""
    still = graph.add_input(picture_args(materials.pictures[name])).video()
    return still.apply("scale", out_color_matrix="bt709", out_range="tv").apply("format", pix_fmts=pixels)


def _overlaid(graph: Graph, materials: Materials, body: Stream, overlay: Overlay) -> Stream:
    """Return the body with one overlay; slides are scenes of their own."""
    layout, rate = materials.layout, materials.rate
    start, end = in_body(materials.timeline, overlay.time)
    if overlay.kind is OverlayKind.LOGO:
        picture = _picture(graph, materials, overlay.image, "yuva420p")
        return combine((body, picture), "overlay", x=f"{layout.logo.right}-w", y=layout.logo.y)
    if overlay.kind is OverlayKind.LOWER_THIRD:
        picture = _picture(graph, materials, overlay.image, "yuva420p")
        entering = f"pow(1-min((t-{float(start / rate)})/{_ENTER_S},1),3)"
        leaving = f"pow(max(1-({float(end / rate)}-t)/{_LEAVE_S},0),3)"
        return combine(
            (body, picture),
            "overlay",
            x=f"-w*({entering}+{leaving})",
            y=layout.lower_third.y,
            enable=f"between(n,{start},{end - 1})",
        )
    return body


def _wave_over(graph: Graph, materials: Materials, body: Stream) -> Stream:
    """Return the body with the sound drawn as a wave."""
    layout, rate = materials.layout, materials.rate
    start, end = body_frames(materials.timeline)
    room = layout.wave
    sound = graph.add_input(input_args(materials.programme, "wav")).audio()
    sound = sound.apply("atrim", start=float(start / rate), end=float(end / rate))
    wave = sound.apply("asetpts", expr="PTS-STARTPTS").apply(
        "showwaves",
        size=f"{room.width}x{room.height}",
        mode="cline",
        rate=rate,
        scale="sqrt",
        colors=to_hex(materials.look.accent),
    )
    wave = wave.apply("scale", out_color_matrix="bt709", out_range="tv").apply("format", pix_fmts="yuva420p")
    return combine((body, wave), "overlay", x=room.x, y=room.y)


def _faded(body: Stream, materials: Materials, frames: int) -> Stream:
    """Return the body rising from the cards' ground and sinking into it, where there are cards."""
    clips = materials.timeline.clips
    length = min(frame_at(round(_FADE_S * 1000), materials.rate), frames // 2)
    colour = to_hex(materials.look.ground)
    if length and clips[0].source != "footage":
        body = body.apply("fade", type="in", start_frame=0, nb_frames=length, color=colour)
    if length and clips[-1].source != "footage":
        body = body.apply("fade", type="out", start_frame=frames - length, nb_frames=length, color=colour)
    return body


def _counted(stream: Stream, frames: int, rate: Fraction) -> Stream:
    """Return exactly `frames` frames; a chain that comes out a little short repeats its last."""
    padded = stream.apply("tpad", stop=_SPARE_FRAMES, stop_mode="clone")
    return _settled(_numbered(padded.apply("trim", end_frame=frames), rate), rate)


def _numbered(stream: Stream, rate: Fraction) -> Stream:
    """Return the frames with times that follow from their number alone."""
    return stream.apply("setpts", expr=f"N/({rate.numerator}/{rate.denominator})/TB")


def _settled(stream: Stream, rate: Fraction) -> Stream:
    """Return frames of the one kind that all chains end in."""
    settled = stream.apply("setsar", sar=1).apply("format", pix_fmts="yuv420p")
    tags = BT709_FILTER.partition("=")[2]
    options = dict(option.split("=") for option in tags.split(":"))
    return settled.apply("setparams", **options).apply("settb", expr=1 / rate)

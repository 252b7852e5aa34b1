"""The picture of the finished video as one filter graph: scenes, what lies over them, and the cards around.

Every chain ends in frames of one kind (size, `yuv420p`, square samples, bt709), counted and not
timed: lengths are given in frames, so that no rounding can lose one.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ebrochure.assemble.footage import footage_twice
from ebrochure.assemble.look import to_hex
from ebrochure.assemble.neutral import counted, numbered, plain, settled
from ebrochure.assemble.scenes import body_frames, in_body, plan_scenes
from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, Stream, combine, picture_args
from ebrochure.model.timeline import OverlayKind, Storyboard
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from ebrochure.assemble.materials import Materials
    from ebrochure.model.timeline import Overlay

CARD_DEMUXER = "mov"
_ENTER_S, _LEAVE_S = 0.5, 0.35
"""How long the lower third takes to slide in and out."""
_FADE_S = 0.3
"""How long the body takes to rise from the cards' ground and to sink into it."""


def compose(graph: Graph, materials: Materials) -> Stream:
    """Return the whole picture, exactly as many frames as the timeline has."""
    parts: list[Stream] = []
    for source, clips in groupby(materials.timeline.clips, key=lambda clip: clip.source):
        if source == "footage":
            parts.append(_body(graph, materials))
        else:
            card = graph.add_input(input_args(materials.cards[source], CARD_DEMUXER)).video()
            parts.append(counted(card, sum(clip.frames for clip in clips), materials.rate))
    whole = parts[0] if len(parts) == 1 else combine(parts, "concat", n=len(parts), v=1, a=0)
    return counted(whole, materials.timeline.frame_count, materials.rate)


def _body(graph: Graph, materials: Materials) -> Stream:
    """Return the body: scenes end to end, the presenter's window, then what lies over everything."""
    scenes = plan_scenes(materials.timeline)
    full, window = footage_twice(graph, materials, scenes)
    parts = [
        full.pop(0) if scene.image is None else _still(graph, materials, scene.image, scene.frames)
        for scene in scenes
    ]
    body = parts[0] if len(parts) == 1 else combine(parts, "concat", n=len(parts), v=1, a=0)
    body = settled(body, materials.rate)
    if window is not None and materials.layout.presenter is not None:
        place = materials.layout.presenter
        shown = "+".join(f"between(n,{scene.start},{scene.end - 1})" for scene in scenes if scene.image)
        body = combine((body, window), "overlay", x=place.x, y=place.y, enable=shown)
    if materials.timeline.storyboard is Storyboard.AUDIOGRAM:
        body = _wave_over(graph, materials, body)
    for overlay in materials.timeline.overlays:
        body = _overlaid(graph, materials, body, overlay)
    return _faded(body, materials, scenes[-1].end)


def _still(graph: Graph, materials: Materials, name: str, frames: int) -> Stream:
    """Return a picture that fills the frame for a while; the one frame is repeated, not read again."""
    picture = _picture(graph, materials, name, "yuv420p")
    return numbered(picture.apply("loop", loop=frames - 1, size=1), materials.rate)


def _picture(graph: Graph, materials: Materials, name: str, pixels: str) -> Stream:
    """Return one frame of a still, in the video's colours."""
    # At the reader's own 25 per second a still lasts over two frames at 60, and one comes out too many.
    pace = ("-framerate", f"{materials.rate.numerator}/{materials.rate.denominator}")
    still = graph.add_input((*pace, *picture_args(materials.pictures[name]))).video()
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
    """Return the body with its whole sound drawn as a wave, and a line where it is being played.

    The wave stands still: one that dances with every frame would flicker.
    """
    layout, rate, look = materials.layout, materials.rate, materials.look
    start, end = body_frames(materials.timeline)
    room = layout.wave
    sound = graph.add_input(input_args(materials.programme, "wav")).audio()
    sound = sound.apply("atrim", start=float(start / rate), end=float(end / rate))
    wave = materials.leveling.apply(sound).apply(
        "showwavespic",
        size=f"{room.width}x{room.height}",
        split_channels=False,
        scale="sqrt",
        draw="full",
        colors=to_hex(look.text_muted),
    )
    wave = wave.apply("scale", out_color_matrix="bt709", out_range="tv").apply("format", pix_fmts="yuva420p")
    body = combine((body, wave), "overlay", x=room.x, y=room.y)
    line = plain(graph, look.accent, (2 * max(1, round(2 * layout.unit)), room.height), rate)
    played = f"{room.x}+({room.width}-w)*n/{max(1, end - start - 1)}"
    return combine((body, line), "overlay", x=played, y=room.y)


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

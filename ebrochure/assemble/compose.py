"""The picture of the finished video as one filter graph: scenes, what lies over them, and the cards around.

Every chain ends in frames of one kind (size, `yuv420p`, square samples, bt709), counted and not
timed: lengths are given in frames, so that no rounding can lose one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.assemble.footage import footage_of, selected
from ebrochure.assemble.look import to_hex
from ebrochure.assemble.neutral import counted, numbered, plain, settled
from ebrochure.assemble.scenes import frames_in, plan_scenes
from ebrochure.media.encode import MP4_DEMUXER
from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, Stream, combine, picture_args
from ebrochure.model.timeline import OverlayKind, leaving
from ebrochure.model.timing import FrameRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from ebrochure.assemble.footage import RunFootage
    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.scenes import Scene
    from ebrochure.model.timeline import Overlay, Stretch

_ENTER_S, _LEAVE_S = 0.5, 0.35
"""How long the lower third takes to slide in and out."""


def compose(graph: Graph, materials: Materials) -> Stream:
    """Return the whole picture, exactly as many frames as the timeline has."""
    parts = [settled(part, materials.rate) for part in _parts(graph, materials)]
    whole = parts[0] if len(parts) == 1 else combine(parts, "concat", n=len(parts), v=1, a=0)
    return counted(whole, materials.timeline.frame_count, materials.rate)


def _parts(graph: Graph, materials: Materials) -> Iterator[Stream]:
    """Yield the stretches, and between them the frames that two of them share, in order.

    Nothing else goes through `xfade`, which works as hard on the frames that it only passes on.
    """
    rate, runs = materials.rate, _runs(graph, materials)
    stretches = materials.timeline.stretches()
    tail: Stream | None = None
    for stretch, leave_frames in zip(stretches, leaving(stretches), strict=True):
        picture = _stretch(graph, materials, stretch, runs)
        head, own, next_tail = _divided(picture, stretch.enter_frames, leave_frames, stretch.span.count, rate)
        if tail is not None and head is not None:
            length_s = float(stretch.enter_frames / rate)
            yield combine((tail, head), "xfade", transition="fade", duration=length_s, offset=0)
        if own is not None:
            yield own
        tail = next_tail


def _divided(
    picture: Stream, enter: int, leave: int, count: int, rate: Fraction
) -> tuple[Stream | None, ...]:
    """Return the first `enter` of `count` frames, what lies between, and the last `leave`; None: no frame."""
    ranges = (FrameRange(0, enter), FrameRange(enter, count - leave), FrameRange(count - leave, count))
    copies = iter(picture.split(sum(bool(frames.count) for frames in ranges)))
    return tuple(selected(next(copies), frames, rate) if frames.count else None for frames in ranges)


def _stretch(graph: Graph, materials: Materials, stretch: Stretch, runs: Iterator[Stream]) -> Stream:
    """Return a card, or the next run of footage."""
    if not stretch.is_card:
        return next(runs)
    card = graph.add_input(input_args(materials.cards[stretch.clips[0].source], MP4_DEMUXER)).video()
    return counted(card, stretch.span.count, materials.rate)


def _runs(graph: Graph, materials: Materials) -> Iterator[Stream]:
    """Yield the picture of each run of footage."""
    timeline = materials.timeline
    scenes = [plan_scenes(timeline, run) for run in timeline.runs()]
    footage = footage_of(graph, materials, scenes)
    for run, row, shown in zip(timeline.runs(), scenes, footage, strict=True):
        yield _run(graph, materials, run.span, row, shown)


def _run(
    graph: Graph, materials: Materials, span: FrameRange, scenes: tuple[Scene, ...], footage: RunFootage
) -> Stream:
    """Return one run: its scenes, the presenter's windows, then what lies over everything."""
    parts = [
        footage.full.pop(0)
        if scene.overlay is None
        else _covered(graph, materials, scene.overlay, scene.span)
        for scene in scenes
    ]
    picture = parts[0] if len(parts) == 1 else combine(parts, "concat", n=len(parts), v=1, a=0)
    picture = settled(picture, materials.rate)
    for framing, window in footage.windows.items():
        place = materials.layout.framed(framing).presenter
        if place is not None:
            shown = [scene.span for scene in scenes if scene.overlay and scene.overlay.framing is framing]
            enable = _during(frames.shifted(-span.start) for frames in shown)
            picture = combine((picture, window), "overlay", x=place.x, y=place.y, enable=enable)
    logo = _shown(materials, OverlayKind.LOGO, span)
    if logo:
        picture = _with_logo(graph, materials, picture, logo)
    for frames in _shown(materials, OverlayKind.LOWER_THIRD, span):
        picture = _with_name(graph, materials, picture, frames)
    return counted(picture, span.count, materials.rate)


def _shown(materials: Materials, kind: OverlayKind, span: FrameRange) -> list[FrameRange]:
    """Return in which frames of `span`, counted from its first, something lies over the picture."""
    overlays = (overlay for overlay in materials.timeline.overlays if overlay.kind is kind)
    parts = (span.intersection(frames_in(materials.timeline, overlay.time)) for overlay in overlays)
    return [part.shifted(-span.start) for part in parts if part is not None]


def _covered(graph: Graph, materials: Materials, overlay: Overlay, span: FrameRange) -> Stream:
    """Return what is seen while `overlay` covers the footage; windows come later."""
    still = _still(graph, materials, overlay.still, span.count)
    return _wave_over(graph, materials, still, span) if overlay.kind is OverlayKind.AUDIOGRAM else still


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


def _with_logo(graph: Graph, materials: Materials, run: Stream, shown: list[FrameRange]) -> Stream:
    """Return a run with the logo in its corner."""
    layout = materials.layout
    picture = _picture(graph, materials, OverlayKind.LOGO, "yuva420p")
    x = str(layout.logo.x) if layout.is_mirrored else f"{layout.logo.right}-w"
    return combine((run, picture), "overlay", x=x, y=layout.logo.y, enable=_during(shown))


def _with_name(graph: Graph, materials: Materials, run: Stream, shown: FrameRange) -> Stream:
    """Return a run with the lower third, which slides in from where lines start, and out again."""
    layout, rate = materials.layout, materials.rate
    picture = _picture(graph, materials, OverlayKind.LOWER_THIRD, "yuva420p")
    entering = f"pow(1-min((t-{float(shown.start / rate)})/{_ENTER_S},1),3)"
    leaving = f"pow(max(1-({float(shown.end / rate)}-t)/{_LEAVE_S},0),3)"
    outside = f"w*({entering}+{leaving})"
    x = f"W-w+{outside}" if layout.is_mirrored else f"-{outside}"
    return combine((run, picture), "overlay", x=x, y=layout.lower_third.y, enable=_during([shown]))


def _during(ranges: Iterable[FrameRange]) -> str:
    """Return the condition of a frame lying in one of `ranges`."""
    return "+".join(f"between(n,{frames.start},{frames.end - 1})" for frames in ranges)


def _wave_over(graph: Graph, materials: Materials, scene: Stream, span: FrameRange) -> Stream:
    """Return a scene with all its sound drawn as a wave, and a line where it is being played.

    The wave stands still: one that dances with every frame would flicker.
    """
    layout, rate, look = materials.layout, materials.rate, materials.look
    room = layout.wave
    sound = graph.add_input(input_args(materials.programme, "wav")).audio()
    sound = sound.apply("atrim", start=float(span.start / rate), end=float(span.end / rate))
    wave = materials.leveling.apply(sound).apply(
        "showwavespic",
        size=f"{room.width}x{room.height}",
        split_channels=False,
        scale="sqrt",
        draw="full",
        colors=to_hex(look.text_muted),
    )
    wave = wave.apply("scale", out_color_matrix="bt709", out_range="tv").apply("format", pix_fmts="yuva420p")
    scene = combine((scene, wave), "overlay", x=room.x, y=room.y)
    line = plain(graph, look.accent, (2 * max(1, round(2 * layout.unit)), room.height), rate)
    # By its time: `overlay` begins to count frames at 1.
    played = f"{room.x}+({room.width}-w)*t/{float(max(1, span.count - 1) / rate)}"
    return combine((scene, line), "overlay", x=played, y=room.y)

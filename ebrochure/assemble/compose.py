"""The picture of the finished video as one filter graph: scenes, what lies over them, and the cards around.

Every chain ends in frames of one kind (size, `yuv420p`, square samples, bt709), counted and not
timed: lengths are given in frames, so that no rounding can lose one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.assemble.footage import footage_of, numbered, plain
from ebrochure.assemble.look import to_hex
from ebrochure.assemble.scenes import frames_in, plan_scenes
from ebrochure.media.encode import BT709_FILTER
from ebrochure.media.ffmpeg import input_args
from ebrochure.media.graph import Graph, Stream, combine, picture_args
from ebrochure.model.timeline import OverlayKind, Storyboard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from ebrochure.assemble.footage import RunFootage
    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.scenes import Scene
    from ebrochure.model.timeline import Overlay, Stretch
    from ebrochure.model.timing import FrameRange

CARD_DEMUXER = "mov"
_SPARE_FRAMES = 3
"""How many missing frames the end of a chain makes up for by repeating the last."""
_ENTER_S, _LEAVE_S = 0.5, 0.35
"""How long the lower third takes to slide in and out."""


def compose(graph: Graph, materials: Materials) -> Stream:
    """Return the whole picture, exactly as many frames as the timeline has."""
    timeline = materials.timeline
    runs = _runs(graph, materials)
    stretches = timeline.stretches()
    whole = _stretch(graph, materials, stretches[0], runs)
    for before, stretch in pairwise(stretches):
        part = _stretch(graph, materials, stretch, runs)
        whole = _joined(whole, part, before.span.end, stretch.enter_frames, materials.rate)
    return _counted(whole, timeline.frame_count, materials.rate)


def _stretch(graph: Graph, materials: Materials, stretch: Stretch, runs: Iterator[Stream]) -> Stream:
    """Return a card, or the next run of footage."""
    if not stretch.is_card:
        return next(runs)
    card = graph.add_input(input_args(materials.cards[stretch.clips[0].source], CARD_DEMUXER)).video()
    return _counted(card, stretch.span.count, materials.rate)


def _joined(before: Stream, after: Stream, frames: int, shared: int, rate: Fraction) -> Stream:
    """Return `before`, of so many `frames`, fading into `after` over the frames that they share."""
    if not shared:
        return _settled(combine((before, after), "concat", n=2, v=1, a=0), rate)
    # In the time base of one frame both times are whole, however they are rounded on the way.
    start_s, length_s = float((frames - shared) / rate), float(shared / rate)
    faded = combine((before, after), "xfade", transition="fade", duration=length_s, offset=start_s)
    return _settled(faded, rate)


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
    """Return one run: its scenes, the presenter's window, then what lies over everything."""
    parts = [
        footage.full.pop(0)
        if scene.image is None
        else _still(graph, materials, scene.image, scene.span.count)
        for scene in scenes
    ]
    picture = parts[0] if len(parts) == 1 else combine(parts, "concat", n=len(parts), v=1, a=0)
    picture = _settled(picture, materials.rate)
    if footage.window is not None and materials.layout.presenter is not None:
        place = materials.layout.presenter
        slides = [scene.span.shifted(-span.start) for scene in scenes if scene.image]
        picture = combine((picture, footage.window), "overlay", x=place.x, y=place.y, enable=_during(slides))
    if materials.timeline.storyboard is Storyboard.AUDIOGRAM:
        picture = _wave_over(graph, materials, picture, span)
    for overlay in materials.timeline.overlays:
        shown = span.intersection(frames_in(materials.timeline, overlay.time))
        if shown is not None:
            picture = _overlaid(graph, materials, picture, overlay, shown.shifted(-span.start))
    return _counted(picture, span.count, materials.rate)


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


def _overlaid(graph: Graph, materials: Materials, run: Stream, overlay: Overlay, shown: FrameRange) -> Stream:
    """Return a run with one overlay, shown in some of its frames; slides are scenes of their own."""
    layout, rate = materials.layout, materials.rate
    if overlay.kind is OverlayKind.LOGO:
        picture = _picture(graph, materials, overlay.image, "yuva420p")
        return combine((run, picture), "overlay", x=f"{layout.logo.right}-w", y=layout.logo.y)
    if overlay.kind is OverlayKind.LOWER_THIRD:
        picture = _picture(graph, materials, overlay.image, "yuva420p")
        entering = f"pow(1-min((t-{float(shown.start / rate)})/{_ENTER_S},1),3)"
        leaving = f"pow(max(1-({float(shown.end / rate)}-t)/{_LEAVE_S},0),3)"
        return combine(
            (run, picture),
            "overlay",
            x=f"-w*({entering}+{leaving})",
            y=layout.lower_third.y,
            enable=_during([shown]),
        )
    return run


def _during(ranges: Iterable[FrameRange]) -> str:
    """Return the condition of a frame lying in one of `ranges`."""
    return "+".join(f"between(n,{frames.start},{frames.end - 1})" for frames in ranges)


def _wave_over(graph: Graph, materials: Materials, run: Stream, span: FrameRange) -> Stream:
    """Return a run with its whole sound drawn as a wave, and a line where it is being played.

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
    run = combine((run, wave), "overlay", x=room.x, y=room.y)
    line = plain(graph, look.accent, (2 * max(1, round(2 * layout.unit)), room.height), rate)
    played = f"{room.x}+({room.width}-w)*n/{max(1, span.count - 1)}"
    return combine((run, line), "overlay", x=played, y=room.y)


def _counted(stream: Stream, frames: int, rate: Fraction) -> Stream:
    """Return exactly `frames` frames; a chain that comes out a little short repeats its last."""
    padded = stream.apply("tpad", stop=_SPARE_FRAMES, stop_mode="clone")
    return _settled(padded.apply("trim", end_frame=frames), rate)


def _settled(stream: Stream, rate: Fraction) -> Stream:
    """Return frames of the one kind that all chains end in."""
    settled = numbered(stream, rate).apply("setsar", sar=1).apply("format", pix_fmts="yuv420p")
    tags = BT709_FILTER.partition("=")[2]
    return settled.apply("setparams", **dict(option.split("=") for option in tags.split(":")))

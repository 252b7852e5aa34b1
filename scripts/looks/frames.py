"""Frames of one video as its parts will show them, put together without rendering it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
from brands import make_brand
from PIL import Image, ImageDraw, ImageOps

from ebrochure.assemble.cards import moving_frames
from ebrochure.assemble.cardspec import card_specs
from ebrochure.assemble.pictures import draw_pictures, plan_pictures
from ebrochure.assemble.plan import plan_timeline
from ebrochure.media.ffmpeg import input_args, read_ffmpeg
from ebrochure.model.media import MediaInfo, VideoStream
from ebrochure.model.service import Slide, SourceFile, Support, VideoSource
from ebrochure.model.storyboard import Board, Framing, RecordingView, SlideView
from ebrochure.model.timeline import Clip, OverlayKind, Timeline
from ebrochure.model.timing import TimeRange
from ebrochure.model.writing import clock
from ebrochure.settings import DeliverySettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worlds import World

    from ebrochure.assemble.pictures import PictureSpec
    from ebrochure.model.brand import Brand
    from ebrochure.model.timeline import Overlay

_SAMPLE = Path(__file__).parents[2] / "assets" / "services" / "remote-access"
_FOOTAGE_SIZE = (1280, 720)
_RATE = Fraction(30)
_MOMENTS_S = (0.15, 0.35)
"""Into a card's entrance; its end is always shown."""
_SPEAKING_S = 4
_TIME = TimeRange(0, 4000)
_BOARD_MS, _INTO_TURN_MS = 25_000, 2000
_BOARD = Board(
    (
        (0, RecordingView.FOOTAGE),
        (5000, SlideView(1)),
        (10_000, SlideView(1, Framing.WIDE)),
        (15_000, SlideView(1, Framing.FULL)),
        (20_000, RecordingView.AUDIOGRAM),
    ),
    (),
)
_STREAM = VideoStream(
    index=0,
    codec="h264",
    coded_width=_FOOTAGE_SIZE[0],
    coded_height=_FOOTAGE_SIZE[1],
    sample_aspect_ratio=Fraction(1),
    rotation_deg=0,
    frame_rate=_RATE,
    is_variable_rate=False,
    is_interlaced=False,
    is_hdr=False,
    has_alpha=False,
)


def frames_of(world: World, lines: int) -> Iterator[tuple[str, Image.Image]]:
    """Yield name and picture of every frame worth looking at."""
    size = (round(lines * 16 / 18) * 2, lines)
    with tempfile.TemporaryDirectory(prefix="ebrochure-looks-") as folder:
        brand = make_brand(world, Path(folder))
        yield from _card_frames(world, brand, size)
        footage, slide = _footage(), _slide(Path(folder) / "slide.png")
        yield from _body_frames(world, brand, size, footage=footage, slide=slide)


def _card_frames(world: World, brand: Brand, size: tuple[int, int]) -> Iterator[tuple[str, Image.Image]]:
    """Yield each card as it comes in and as it stays."""
    names = ("intro", *(f"chapter-{number + 1}" for number in range(len(world.chapters))), "outro")
    specs = card_specs(
        Timeline(*size, _RATE, tuple(Clip(name, _TIME, 120) for name in names)),
        brand=brand,
        title=world.service,
        video_title=world.title,
        speaker=world.speaker,
        liaison=world.speaker,
        support=Support("https://help.example.org/vpn", "1234"),
        language=world.language,
        survey=world.survey,
        chapters=world.chapters,
    )
    for name in ("intro", "chapter-1", "outro"):
        frames = list(moving_frames(specs[name]))
        for moment_s in _MOMENTS_S:
            yield f"{name} at {moment_s} s", Image.fromarray(frames[round(moment_s * _RATE)])
        yield f"{name} at rest", Image.fromarray(frames[-1])


def _body_frames(
    world: World, brand: Brand, size: tuple[int, int], *, footage: Image.Image, slide: Path
) -> Iterator[tuple[str, Image.Image]]:
    """Yield a frame of each turn of a storyboard by hand that shows everything there is."""
    info = MediaInfo("mov", _BOARD_MS, _BOARD_MS, 0, _STREAM, ())
    deck = SourceFile(slide.name, slide, "", 0)
    timeline = plan_timeline(
        info,
        speech=(),
        slides=(Slide(1, deck, 0, None, ""),),
        slide_marks=(),
        board=_BOARD,
        video=VideoSource("looks", world.title, (deck,), speaker=world.speaker),
        brand=brand,
        delivery=DeliverySettings(max_height=size[1]),
        has_liaison=True,
        language=world.language,
    )
    timeline = replace(timeline, width=size[0], height=size[1])
    spec = plan_pictures(
        timeline, info, brand=brand, title=world.title, speaker=world.speaker, language=world.language
    )
    drawn = draw_pictures(spec, {"slide-1": slide}, slide.parent)
    stills = {name: Image.open(path).convert("RGBA") for name, path in drawn.items()}
    for moment_ms, _view in _BOARD.views:
        shown_ms = timeline.to_output(moment_ms + _INTO_TURN_MS)
        over = [item for item in timeline.overlays if shown_ms is not None and item.time.contains(shown_ms)]
        name = " + ".join(item.still for item in over) or "presenter"
        yield f"{clock(moment_ms)}: {name}", _body(spec, over, stills, footage)


def _body(
    spec: PictureSpec, over: list[Overlay], stills: dict[str, Image.Image], footage: Image.Image
) -> Image.Image:
    """Return a frame of the body, laid over each other as the render does."""
    layout = spec.layout
    frame = footage.resize((layout.width, layout.height), Image.Resampling.LANCZOS).convert("RGBA")
    for item in over:
        still = stills[item.still]
        if item.kind is OverlayKind.LOGO:
            x = layout.logo.x if layout.is_mirrored else layout.logo.right - still.width
            frame.alpha_composite(still, (x, layout.logo.y))
        elif item.kind is OverlayKind.LOWER_THIRD:
            x = layout.width - still.width if layout.is_mirrored else 0
            frame.alpha_composite(still, (x, layout.lower_third.y))
        elif item.kind is OverlayKind.AUDIOGRAM:
            frame = still.copy()
            _draw_wave(frame, spec)
        else:
            frame = still.copy()
            place = None if item.framing is None else layout.framed(item.framing).presenter
            if place is not None:
                window = ImageOps.fit(footage, place.size, Image.Resampling.LANCZOS)
                frame.paste(window, (place.x, place.y))
    return frame.convert("RGB")


def _draw_wave(frame: Image.Image, spec: PictureSpec) -> None:
    """Draw a wave where the render draws that of the sound."""
    room, pen = spec.layout.wave, ImageDraw.Draw(frame)
    heights = np.abs(np.sin(np.linspace(0, 60, room.width)) * np.sin(np.linspace(0, 7, room.width)))
    middle = room.y + room.height // 2
    for column, share in enumerate(heights):
        half = max(1, round(share * room.height / 2))
        pen.line((room.x + column, middle - half, room.x + column, middle + half), fill=spec.look.text_muted)


def _footage() -> Image.Image:
    """Return a frame of the sample's presenter."""
    args = ("-ss", str(_SPEAKING_S), *input_args(_SAMPLE / "explainer.mp4", "mov"), "-frames:v", "1")
    scale = ("-vf", "scale={}:{}".format(*_FOOTAGE_SIZE), "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1")
    raw = np.frombuffer(read_ffmpeg((*args, *scale)), np.uint8)
    return Image.fromarray(raw.reshape(_FOOTAGE_SIZE[1], _FOOTAGE_SIZE[0], 3))


def _slide(out: Path) -> Path:
    """Draw the second slide of the sample's deck."""
    pypdfium2.PdfDocument(_SAMPLE / "slides.pdf")[1].render(scale=2).to_pil().save(out)
    return out

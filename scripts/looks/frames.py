"""Frames of one video as its parts will show them, put together without rendering it."""

from __future__ import annotations

import tempfile
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
from ebrochure.media.ffmpeg import input_args, read_ffmpeg
from ebrochure.model.media import MediaInfo, VideoStream
from ebrochure.model.service import Support
from ebrochure.model.timeline import Clip, Overlay, OverlayKind, Storyboard, Timeline
from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worlds import World

    from ebrochure.assemble.pictures import PictureSpec
    from ebrochure.model.brand import Brand

_SAMPLE = Path(__file__).parents[2] / "assets" / "services" / "remote-access"
_FOOTAGE_SIZE = (1280, 720)
_RATE = Fraction(30)
_MOMENTS_S = (0.15, 0.35)
"""Into a card's entrance; its end is always shown."""
_SPEAKING_S = 4
_TIME = TimeRange(0, 4000)
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
        for storyboard in Storyboard:
            yield from _body_frames(world, brand, size, storyboard, footage=footage, slide=slide)


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
    world: World,
    brand: Brand,
    size: tuple[int, int],
    storyboard: Storyboard,
    *,
    footage: Image.Image,
    slide: Path,
) -> Iterator[tuple[str, Image.Image]]:
    """Yield the body as `storyboard` tells it."""
    if storyboard is Storyboard.NONE:
        yield "none", footage
        return
    has_picture = storyboard is not Storyboard.AUDIOGRAM
    info = MediaInfo("mov", 4000, 4000, 0, _STREAM if has_picture else None, ())
    overlays = (
        Overlay(OverlayKind.SLIDE, "slide-1", _TIME),
        Overlay(OverlayKind.LOGO, "logo", _TIME),
        Overlay(OverlayKind.LOWER_THIRD, "lower-third", _TIME),
    )
    wanted = tuple(item for item in overlays if item.image != "logo" or world.logo != "none")
    timeline = Timeline(*size, _RATE, storyboard, (Clip("footage", _TIME, 120),), wanted)
    spec = plan_pictures(
        timeline, info, brand=brand, title=world.title, speaker=world.speaker, language=world.language
    )
    drawn = draw_pictures(spec, {"slide-1": slide}, slide.parent)
    stills = {name: Image.open(path).convert("RGBA") for name, path in drawn.items()}
    yield storyboard.value, _body(spec, storyboard, stills, footage)


def _body(
    spec: PictureSpec, storyboard: Storyboard, stills: dict[str, Image.Image], footage: Image.Image
) -> Image.Image:
    """Return a frame of the body, laid over each other as the render does."""
    layout = spec.layout
    size = (layout.width, layout.height)
    if storyboard is Storyboard.PRESENTER:
        frame = footage.resize(size, Image.Resampling.LANCZOS).convert("RGBA")
        frame.alpha_composite(stills["lower-third"], (0, layout.lower_third.y))
    elif storyboard is Storyboard.AUDIOGRAM:
        frame = stills["audiogram"].copy()
        _draw_wave(frame, spec)
    else:
        frame = stills["slide-1"].copy()
        if layout.presenter is not None:
            window = ImageOps.fit(footage, layout.presenter.size, Image.Resampling.LANCZOS)
            frame.paste(window, (layout.presenter.x, layout.presenter.y))
    if "logo" in stills:
        frame.alpha_composite(stills["logo"], (layout.logo.right - stills["logo"].width, layout.logo.y))
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

"""The animated cards, composed by moviepy and encoded at our own door.

moviepy only ever composes stills of ours: it never opens footage and never writes a file, because
its own writer turns 24000/1001 into 1199/50 and leaves the colours untagged. Only the frames in
which something moves are composed; the last of them is repeated for the rest of the card.
"""

from __future__ import annotations

import math
import os
import warnings
from dataclasses import dataclass
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from ebrochure.assemble.layout import plan_layout
from ebrochure.assemble.lettering import TextBlock, set_text
from ebrochure.assemble.look import READABLE, contrast
from ebrochure.assemble.pictures import logo_picture
from ebrochure.media.encode import encode_frames
from ebrochure.media.tools import ffmpeg_path
from ebrochure.model.timeline import Storyboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.assemble.cardspec import CardSpec
    from ebrochure.assemble.layout import Layout

MOTION_S = 0.8
"""How long anything moves at the start of a card."""
_ENTRANCE_S = 0.5
"""How long one part takes to come in."""
_STAGGER_S = 0.075
"""How much later each row starts than the one above it."""
_LONGEST_DELAY_S = 0.3
_RISE = 36
"""How far text rises, in 1080ths of the height."""
_BAND = 300
_RULE = 10
_EYEBROW, _LINE, _FOOTER = 38, 42, 34
_TITLE_SIZES = (92, 80, 70, 60, 50)
_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One picture on a card, where it comes to rest, and how it gets there."""

    picture: Image.Image
    x: int
    y: int
    from_x: int = 0
    """Pixels to the right of its place where it starts."""
    from_y: int = 0
    """Pixels below its place where it starts."""
    delay_s: float = 0.0


def draw_card(spec: CardSpec, out: Path) -> None:
    """Write the card as a silent MP4 of exactly ``spec.frames`` frames."""
    encode_frames(
        card_frames(spec),
        size=(spec.width, spec.height),
        rate=spec.frame_rate,
        out=out,
    )


def card_frames(spec: CardSpec) -> Iterator[NDArray[np.uint8]]:
    """Yield the frames of a card, height x width x 3."""
    moving = min(spec.frames, math.ceil(MOTION_S * spec.frame_rate) + 1)
    composed = islice(_compose(spec, moving), moving)
    last: NDArray[np.uint8] | None = None
    for frame in composed:
        last = frame
        yield frame
    if last is not None:
        yield from repeat(last, spec.frames - moving)


def card_ground(spec: CardSpec) -> Image.Image:
    """Return what is there from the first frame on: the brand's ground and its logo."""
    layout = _layout(spec)
    ground = Image.new("RGB", (spec.width, spec.height), spec.look.ground)
    logo = _logo(spec, layout)
    ground.paste(logo, (layout.safe.x, layout.safe.y), logo)
    return ground


def card_band(spec: CardSpec) -> Part:
    """Return the band that slides in at the right edge."""
    unit = _layout(spec).unit
    width, rule = round(_BAND * unit), round(_RULE * unit)
    band = Image.new("RGB", (width, spec.height), spec.look.tint)
    band.paste(spec.look.accent, (0, 0, rule, spec.height))
    return Part(band, spec.width - width, 0, from_x=width)


def card_text(spec: CardSpec) -> tuple[Part, ...]:
    """Return the rows of text from top to bottom, each starting a little later than the one above."""
    layout = _layout(spec)
    unit, room = layout.unit, layout.safe
    width = room.width - round(_BAND * unit)
    top, bottom = room.y + _logo(spec, layout).height, room.bottom
    parts = []
    if spec.footer is not None:
        block = set_text(spec.footer, spec.look.regular, size=_FOOTER * unit, width=width, lines=1)
        bottom -= block.height
        parts.append(Part(block.draw(spec.look.text_muted), room.x, bottom, delay_s=_LONGEST_DELAY_S))
    rows = _fitting_rows(spec, width, bottom - top, unit)
    y = top + (bottom - top - _height(rows)) // 2
    for number, (gap, row) in enumerate(rows):
        y += gap
        delay_s = min(number * _STAGGER_S, _LONGEST_DELAY_S)
        parts.append(Part(row, room.x, y, from_y=round(_RISE * unit), delay_s=delay_s))
        y += row.height
    return tuple(sorted(parts, key=lambda part: part.y))


def _layout(spec: CardSpec) -> Layout:
    """Return how a card's frame is divided up."""
    return plan_layout((spec.width, spec.height), Storyboard.PRESENTER, None)


def _fitting_rows(spec: CardSpec, width: int, height: int, unit: Fraction) -> list[tuple[int, Image.Image]]:
    """Return the rows with the title as large as there is room for."""
    rows: list[tuple[int, Image.Image]] = []
    for size in _TITLE_SIZES:
        rows = [*_rows(spec, width, unit, title=size)]
        if _height(rows) <= height:
            break
    return rows


def _height(rows: list[tuple[int, Image.Image]]) -> int:
    """Return how high the rows are with the space above each."""
    return sum(gap + row.height for gap, row in rows)


def _rows(spec: CardSpec, width: int, unit: Fraction, *, title: int) -> Iterator[tuple[int, Image.Image]]:
    """Yield the rows of text with the space above each, in pixels."""
    look = spec.look
    stress = look.accent if contrast(look.accent, look.ground) >= READABLE else look.text_muted

    def row(text: str, size: int, *, strong: bool, lines: int) -> TextBlock:
        return set_text(
            text, look.bold if strong else look.regular, size=size * unit, width=width, lines=lines
        )

    if spec.eyebrow is not None:
        yield 0, row(spec.eyebrow, _EYEBROW, strong=True, lines=2).draw(stress)
    yield round(12 * unit), row(spec.title, title, strong=True, lines=_TITLE_LINES).draw(look.text)
    for number, line in enumerate(spec.lines):
        colour = look.text if line.is_strong else look.text_muted
        block = row(line.text, _LINE, strong=line.is_strong, lines=1)
        yield round((6 if number else 28) * unit), block.draw(colour)


def _logo(spec: CardSpec, layout: Layout) -> Image.Image:
    """Return the logo, or the organisation's name where there is none."""
    unit = layout.unit
    if spec.look.logo is None:
        width = layout.safe.width - round(_BAND * unit)
        name = set_text(spec.organisation, spec.look.bold, size=_LINE * unit, width=width, lines=1)
        return name.draw(spec.look.text)
    return logo_picture(spec.look, (round(440 * unit), round(120 * unit)))


def _compose(spec: CardSpec, frames: int) -> Iterator[NDArray[np.uint8]]:
    """Yield the frames in which something moves, as moviepy composes them.

    The text is composed over its own piece of the ground: blending over whole frames takes thrice
    as long.
    """
    moviepy = _moviepy()
    rate = float(spec.frame_rate)
    # Half a frame more: moviepy counts frames in floating point and must not come out one short.
    duration_s = (frames + 0.5) / rate
    ground, texts, band = card_ground(spec), card_text(spec), card_band(spec)
    left, top = min(part.x for part in texts), min(part.y for part in texts)
    right = max(part.x + part.picture.width for part in texts)
    bottom = max(part.y + part.from_y + part.picture.height for part in texts)

    def still(picture: Image.Image) -> Any:  # noqa: ANN401  moviepy has no types
        return moviepy.ImageClip(np.asarray(picture), duration=duration_s)

    rows = [
        still(part.picture)
        .with_effects([moviepy.vfx.CrossFadeIn(_ENTRANCE_S)])
        .with_start(part.delay_s)
        .with_position(_path(part, -left, -top))
        for part in texts
    ]
    text = moviepy.CompositeVideoClip(
        [still(ground.crop((left, top, right, bottom))), *rows], use_bgclip=True
    )
    layers = [
        still(ground),
        text.with_duration(duration_s).with_position((left, top)),
        still(band.picture).with_position(_path(band)),
    ]
    yield from moviepy.CompositeVideoClip(layers, use_bgclip=True).iter_frames(fps=rate, dtype="uint8")


def _path(part: Part, right: int = 0, down: int = 0) -> Callable[[float], tuple[int, int]]:
    """Return where a part is, seconds after it started: quick at first, coming to rest softly.

    `right` and `down` move the whole path, into the picture that the part is composed over.
    """

    def position(moment_s: float) -> tuple[int, int]:
        left = (1 - min(moment_s / _ENTRANCE_S, 1)) ** 3
        return part.x + right + round(part.from_x * left), part.y + down + round(part.from_y * left)

    return position


def _moviepy() -> Any:  # noqa: ANN401  moviepy has no types
    """Import moviepy, which takes a third of a second and looks for an ffmpeg of its own."""
    os.environ.setdefault("IMAGEIO_FFMPEG_EXE", str(ffmpeg_path()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its modules hold escapes that newer Pythons warn about
        import moviepy  # noqa: PLC0415, TID251  heavy, and this is the module that adapts it
    return moviepy

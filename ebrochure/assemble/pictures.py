"""The still pictures of a video, drawn with Pillow: lower third, logo, slide canvases, audiogram.

ffmpeg lays them over or under the footage; it never draws a letter itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from ebrochure.assemble.layout import Box, Layout, fit, plan_layout
from ebrochure.assemble.lettering import TITLE_LEADING, set_text
from ebrochure.assemble.look import Look, look_for
from ebrochure.model.timeline import OverlayKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ebrochure.assemble.lettering import TextBlock
    from ebrochure.assemble.look import Rgb
    from ebrochure.model.brand import Brand
    from ebrochure.model.media import MediaInfo
    from ebrochure.model.service import Person, SourceFile
    from ebrochure.model.storyboard import Framing
    from ebrochure.model.timeline import Timeline

PICTURES_VERSION = 3
"""Raised when the same spec is drawn differently."""

_GAP = 28
_AUDIOGRAM_TITLES = (72, 64, 56, 48, 40)
_LOWER_THIRD_SIZES = ((46, 32), (40, 28))
"""Name and role, the larger wish first."""
_NAME_SIZES = ((34, 27), (30, 24), (26, 21), (22, 18))
_SMOOTH = 4
"""Shapes are drawn this much larger and scaled down: Pillow draws no soft edges itself."""


@dataclass(frozen=True, slots=True)
class StillSpec:
    """One still."""

    name: str
    """Of the file: ``logo``, ``slide-3-full``."""
    image: str
    """What is on it: ``logo``, ``lower-third``, ``slide-3``, ``audiogram``."""
    framing: Framing | None
    """How a slide lies on it; None: it is no slide."""


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """Everything that the stills of one video depend on."""

    layout: Layout
    look: Look
    stills: tuple[StillSpec, ...]
    """Which pictures are wanted."""
    title: str
    """For the audiogram; empty where there is none: a new title draws nothing anew that does not show it."""
    organisation: str
    speaker_name: str | None
    speaker_role: str | None
    version: int = PICTURES_VERSION

    @property
    def images(self) -> frozenset[str]:
        """What is on any of the stills."""
        return frozenset(still.image for still in self.stills)


def plan_pictures(
    timeline: Timeline,
    info: MediaInfo,
    *,
    brand: Brand,
    title: str,
    speaker: Person | None,
    language: str = "",
) -> PictureSpec:
    """Return which stills `timeline` needs and what is on them.

    Args:
        timeline: The edit.
        info: The footage, for its shape.
        brand: Colours, letters and logo.
        title: The recording's title.
        speaker: Who is seen or heard.
        language: BCP 47 tag of the words.

    """
    footage = None if info.video is None else info.video.displayed_size
    shown = (StillSpec(item.still, item.image, item.framing) for item in timeline.overlays)
    name, role = (None, None) if speaker is None else (speaker.name, speaker.role)
    if not any(overlay.kind is OverlayKind.AUDIOGRAM for overlay in timeline.overlays):
        title = ""
    return PictureSpec(
        layout=plan_layout((timeline.width, timeline.height), footage, is_mirrored=timeline.is_mirrored),
        look=look_for(brand, (title, name, role), language),
        stills=tuple(dict.fromkeys(shown)),
        title=title,
        organisation=brand.organisation,
        speaker_name=name,
        speaker_role=role,
    )


def draw_pictures(spec: PictureSpec, slides: Mapping[str, Path], out_dir: Path) -> dict[str, Path]:
    """Write the stills as PNG and return where each is, by its name.

    Args:
        spec: What to draw.
        slides: Picture of each slide by its image's name, ``slide-3``.
        out_dir: An existing folder.

    """
    found: dict[str, Path] = {}
    for still in spec.stills:
        found[still.name] = out_dir / f"{still.name}.png"
        # Fast rather than small: the file is read once, by ffmpeg.
        _picture(spec, still, slides).save(found[still.name], compress_level=1)
    return found


def _picture(spec: PictureSpec, still: StillSpec, slides: Mapping[str, Path]) -> Image.Image:
    """Draw one still."""
    if still.framing is not None:
        with Image.open(slides[still.image]) as slide:
            return slide_canvas(spec, slide, still.framing)
    if still.image == OverlayKind.LOGO:
        return logo_plate(spec)
    if still.image == OverlayKind.LOWER_THIRD:
        return lower_third(spec)
    return audiogram(spec)


def logo_picture(look: Look, room: tuple[int, int], *, plate: Rgb | None = None) -> Image.Image:
    """Return the logo at the largest size that fits `room`, on a plate where it needs one.

    Args:
        look: The brand; must have a logo.
        room: Most width and height in pixels, plate included.
        plate: Colour of a plate that is wanted in any case; None: only where the logo needs one.

    """
    ground = look.plate if look.logo_wants_plate else plate
    padding = 0 if ground is None else room[1] // 7
    with Image.open(_logo_file(look).path) as opened:
        logo: Image.Image = opened.convert("RGBA")
    scale = min((room[0] - 2 * padding) / logo.width, (room[1] - 2 * padding) / logo.height)
    logo = logo.resize(
        (max(1, round(logo.width * scale)), max(1, round(logo.height * scale))), Image.Resampling.LANCZOS
    )
    if ground is None:
        return logo
    picture: Image.Image = rounded((logo.width + 2 * padding, logo.height + 2 * padding), padding, ground)
    picture.alpha_composite(logo, (padding, padding))
    return picture


def logo_plate(spec: PictureSpec) -> Image.Image:
    """Return the logo for the corner of the frame, readable on any footage."""
    return logo_picture(spec.look, spec.layout.logo.size, plate=spec.look.ground)


def lower_third(spec: PictureSpec) -> Image.Image:
    """Return the speaker's name and role on a band that grows out of the frame's edge."""
    box, unit, look, is_mirrored = (
        spec.layout.lower_third,
        spec.layout.unit,
        spec.look,
        spec.layout.is_mirrored,
    )
    bar, gap = round(8 * unit), round(20 * unit)
    start = spec.layout.margin + bar + gap
    widest = box.width - start - 2 * gap
    wishes = (list(_name_rows(spec, widest, name=name, role=role)) for name, role in _LOWER_THIRD_SIZES)
    rows = _first_fitting(wishes, box.height)
    across = max((row.picture.width for row in rows), default=0)
    width, height = start + across + 2 * gap, box.height
    # Two of its corners lie outside the frame: it is square where it grows out of the edge.
    picture = rounded((width + height, height), round(10 * unit), look.ground)
    outside = 0 if is_mirrored else height
    picture = picture.crop((outside, 0, outside + width, height))
    left, bar_x = (2 * gap, width - start + gap) if is_mirrored else (start, start - gap - bar)
    picture.paste((*look.accent, 255), (bar_x, height // 5, bar_x + bar, height - height // 5))
    y = (height - _height(rows)) // 2
    for row in rows:
        x = left + across - row.picture.width if row.is_rtl or is_mirrored else left
        picture.alpha_composite(row.picture, (x, y))
        y += row.picture.height
    return picture


def slide_canvas(spec: PictureSpec, slide: Image.Image, framing: Framing) -> Image.Image:
    """Return a whole frame with the slide on it, and who is speaking beside it unless it is alone."""
    layout, look, rooms = spec.layout, spec.look, spec.layout.framed(framing)
    canvas = Image.new("RGB", (layout.width, layout.height), look.ground)
    pen = ImageDraw.Draw(canvas)
    place = fit(slide.size, rooms.slide)
    flat = Image.new("RGB", place.size, "white")
    scaled = slide.convert("RGBA").resize(place.size, Image.Resampling.LANCZOS)
    flat.paste(scaled, mask=scaled)
    canvas.paste(flat, (place.x, place.y))
    if rooms.presenter is not None:
        window = rooms.presenter
        pen.rectangle((window.x, window.y, window.right - 1, window.bottom - 1), fill=look.tint)
    if rooms.name is not None:
        _write_name(canvas, spec, rooms.name)
    return canvas


def audiogram(spec: PictureSpec) -> Image.Image:
    """Return the picture for sound without one: title and speaker on the brand's ground."""
    layout, unit, look = spec.layout, spec.layout.unit, spec.look
    canvas = Image.new("RGB", (layout.width, layout.height), look.ground)
    gap = round(_GAP * unit)
    top, bottom = layout.logo.bottom + gap, layout.wave.y - gap
    room = layout.safe

    def rows(size: int) -> list[_Row]:
        width = round(room.width * 3 / 4)
        title = set_text(spec.title, look.bold, size=size * unit, width=width, lines=3, leading=TITLE_LEADING)
        names = _name_rows(spec, room.width, name=40, role=34)
        return [_Row.of(title, look.text), _Row.space(gap // 2), *names]

    found = _first_fitting((rows(size) for size in _AUDIOGRAM_TITLES), bottom - top)
    _write(canvas, found, room, top)
    return canvas


def _write_name(canvas: Image.Image, spec: PictureSpec, room: Box) -> None:
    """Write the speaker's name at the foot of `room`."""
    wishes = (list(_name_rows(spec, room.width, name=name, role=role, lines=2)) for name, role in _NAME_SIZES)
    rows = _first_fitting(wishes, room.height)
    _write(canvas, rows, room, room.bottom - _height(rows))


@dataclass(frozen=True, slots=True)
class _Row:
    """One picture of text among others below each other."""

    picture: Image.Image
    is_rtl: bool
    """It belongs at the right edge."""

    @classmethod
    def of(cls, block: TextBlock, colour: Rgb) -> _Row:
        """Return a block of text, drawn."""
        return cls(block.draw(colour, align=float(block.is_rtl)), block.is_rtl)

    @classmethod
    def space(cls, height: int) -> _Row:
        """Return nothing, so high."""
        return cls(Image.new("RGBA", (1, height)), is_rtl=False)


def _height(rows: Iterable[_Row]) -> int:
    """Return how high rows are together."""
    return sum(row.picture.height for row in rows)


def _first_fitting(wishes: Iterable[list[_Row]], height: int) -> list[_Row]:
    """Return the first rows that are no higher than `height`; the last where none are."""
    rows: list[_Row] = []
    for rows in wishes:
        if _height(rows) <= height:
            break
    return rows


def _write(canvas: Image.Image, rows: Iterable[_Row], room: Box, y: int) -> None:
    """Write rows from `y` on, at the edge of `room` at which they start."""
    for row in rows:
        x = room.right - row.picture.width if row.is_rtl else room.x
        canvas.paste(row.picture, (x, y), row.picture)
        y += row.picture.height


def _name_rows(spec: PictureSpec, width: int, *, name: int, role: int, lines: int = 1) -> Iterator[_Row]:
    """Yield name and role, as far as they are known, each as one row."""
    unit, look = spec.layout.unit, spec.look
    if spec.speaker_name is not None:
        wish = set_text(spec.speaker_name, look.bold, size=name * unit, width=width, lines=lines)
        yield _Row.of(wish, look.text)
    if spec.speaker_role is not None:
        wish = set_text(spec.speaker_role, look.regular, size=role * unit, width=width, lines=lines)
        yield _Row.of(wish, look.text_muted)


def rounded(size: tuple[int, int], radius: int, colour: Rgb) -> Image.Image:
    """Return a filled rectangle with smooth round corners on nothing."""
    width, height = size
    mask = Image.new("L", (width * _SMOOTH, height * _SMOOTH))
    corner = (width * _SMOOTH - 1, height * _SMOOTH - 1)
    ImageDraw.Draw(mask).rounded_rectangle(((0, 0), corner), radius * _SMOOTH, fill=255)
    picture = Image.new("RGBA", size, (*colour, 0))
    picture.putalpha(mask.resize(size, Image.Resampling.BOX))
    return picture


def _logo_file(look: Look) -> SourceFile:
    """Return the logo of a look that has one."""
    if look.logo is None:
        msg = "expected a look with a logo, got one without"
        raise ValueError(msg)
    return look.logo

"""What lies on a card, and where: the ground with its logo, rows of text, the panel with its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from ebrochure.assemble.cardspec import bare_address
from ebrochure.assemble.layout import plan_card_layout
from ebrochure.assemble.lettering import BODY_LEADING, TITLE_LEADING, set_text
from ebrochure.assemble.look import READABLE, WHITE, contrast, mix
from ebrochure.assemble.pictures import logo_picture, rounded
from ebrochure.assemble.qrcode import draw_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.assemble.cardspec import CardCode, CardSpec, CardStep
    from ebrochure.assemble.layout import CardLayout
    from ebrochure.assemble.look import Rgb

STAGGER_S = 0.07
"""How much later each row starts than the one above it."""
_LONGEST_DELAY_S = 0.35
_CODE_DELAY_S = 0.3
"""How much later what is on the panel starts than the panel."""
_RISE = 36
"""How far text rises, in 1080ths of the height."""

_EYEBROW, _LINE, _FOOTER, _NAME = 38, 42, 34, 44
_TITLE_SIZES = (96, 84, 74, 64, 54)
_TITLE_LINES = 3
_EYEBROW_GAP, _LINES_GAP, _LINE_GAP, _STEPS_GAP = 16, 30, 2, 44
"""Above the title, the first line, every further line, and a chapter's steps."""
_FOOTER_GAP = 24
_STEP_SIZE = (72, 8)
_STEP_GAP = 14
_MOST_STEPS = 12
"""More would be a ruler, not steps."""
_CAPTION, _ADDRESS = 38, 28
_LEAST_ADDRESS = 22
"""An address that must be set smaller is nothing to type from a screen: the code alone is shown."""
_CODE_GAP = 28
_PLATE_RADIUS = 14
_AHEAD = 0.28
"""How far the bars of chapters to come stand out from the ground."""


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
    between: tuple[Image.Image, ...] = ()
    """The same, lowered by ever more parts of a pixel; empty: it moves by whole pixels."""


def card_layout(spec: CardSpec) -> CardLayout:
    """Return how the card's frame is divided up."""
    has_code = spec.code is not None
    return plan_card_layout((spec.width, spec.height), has_code=has_code, is_mirrored=spec.is_mirrored)


def card_ground(spec: CardSpec) -> Image.Image:
    """Return what is there from the first frame on: the brand's ground and its logo."""
    room = card_layout(spec).logo
    ground = Image.new("RGB", (spec.width, spec.height), spec.look.ground)
    logo = _logo(spec)
    x = room.right - logo.width if spec.is_mirrored else room.x
    ground.paste(logo, (x, room.y), logo)
    return ground


def card_panel(spec: CardSpec) -> Part:
    """Return the panel that slides in at the edge where lines end."""
    layout = card_layout(spec)
    panel = Image.new("RGB", layout.panel.size, spec.look.tint)
    x = layout.rule.x - layout.panel.x
    panel.paste(spec.look.accent, (x, 0, x + layout.rule.width, spec.height))
    outside = layout.panel.width * (-1 if spec.is_mirrored else 1)
    return Part(panel, layout.panel.x, 0, from_x=outside)


def card_code(spec: CardSpec) -> tuple[Part, ...]:
    """Return what is on the panel, from top to bottom: a caption in plain words, the code, its address."""
    if spec.code is None:
        return ()
    layout = card_layout(spec)
    room = layout.code
    rows = tuple(_code_rows(spec, spec.code, layout))
    y = room.y + (room.height - _height(rows)) // 2
    parts = []
    for row in rows:
        y += row.gap
        x = room.x + (room.width - row.width) // 2
        parts.append(Part(row.pictures[0], x, y, delay_s=_CODE_DELAY_S))
        y += row.height
    return tuple(parts)


def card_text(spec: CardSpec) -> tuple[Part, ...]:
    """Return the rows of text from top to bottom, each starting a little later than the one above."""
    layout = card_layout(spec)
    room, unit = layout.text, layout.unit
    bottom = room.bottom
    parts = []

    def place(row: _Row, y: int, delay_s: float, rise: int) -> Part:
        x = room.right - row.width if spec.is_mirrored else room.x
        return Part(row.pictures[0], x, y, 0, rise, delay_s, row.pictures[1:])

    if spec.footer is not None:
        foot = _text_row(spec, spec.footer, _FOOTER, colour=spec.look.text_muted, lines=1)
        parts.append(place(foot, bottom - foot.height, _LONGEST_DELAY_S, 0))
        bottom -= foot.height + round(_FOOTER_GAP * unit)
    rows = _fitting_rows(spec, bottom - room.y)
    y = room.y + (bottom - room.y - _height(rows)) // 2
    for number, row in enumerate(rows):
        y += row.gap
        parts.append(place(row, y, min(number * STAGGER_S, _LONGEST_DELAY_S), round(_RISE * unit)))
        y += row.height
    return tuple(sorted(parts, key=lambda part: part.y))


@dataclass(frozen=True, slots=True)
class _Row:
    """One picture among others below each other."""

    gap: int
    """Pixels of space above it."""
    pictures: tuple[Image.Image, ...]
    """It, and it lowered by parts of a pixel."""

    @property
    def width(self) -> int:
        return self.pictures[0].width

    @property
    def height(self) -> int:
        return self.pictures[0].height


def _height(rows: Iterable[_Row]) -> int:
    """Return how high the rows are with the space above each."""
    return sum(row.gap + row.height for row in rows)


def _fitting_rows(spec: CardSpec, height: int) -> tuple[_Row, ...]:
    """Return the rows with the title as large as there is room for."""
    rows: tuple[_Row, ...] = ()
    for size in _TITLE_SIZES:
        rows = tuple(_rows(spec, title=size))
        if _height(rows) <= height:
            break
    return rows


def _rows(spec: CardSpec, *, title: int) -> Iterator[_Row]:
    """Yield the rows of text with the space above each."""
    look = spec.look
    stress = look.accent if contrast(look.accent, look.ground) >= READABLE else look.text_muted
    eyebrow = spec.eyebrow if spec.step is None else f"{spec.step.number} / {spec.step.count}"
    if eyebrow is not None:
        yield _text_row(spec, eyebrow, _EYEBROW, colour=stress, is_strong=True, lines=2)
    yield _text_row(
        spec,
        spec.title,
        title,
        colour=look.text,
        is_strong=True,
        lines=_TITLE_LINES,
        gap=_EYEBROW_GAP,
        leading=TITLE_LEADING,
    )
    for number, line in enumerate(spec.lines):
        colour = look.text if line.is_strong else look.text_muted
        gap = _LINE_GAP if number else _LINES_GAP
        yield _text_row(spec, line.text, _LINE, colour=colour, is_strong=line.is_strong, lines=2, gap=gap)
    if spec.step is not None and 1 < spec.step.count <= _MOST_STEPS:
        yield _Row(round(_STEPS_GAP * card_layout(spec).unit), (_steps(spec, spec.step),))


def _text_row(
    spec: CardSpec,
    text: str,
    size: int,
    *,
    colour: Rgb,
    lines: int,
    is_strong: bool = False,
    gap: int = 0,
    leading: float = BODY_LEADING,
) -> _Row:
    """Return a text as a row; size and gap are in 1080ths of the height."""
    layout = card_layout(spec)
    letters = spec.look.bold if is_strong else spec.look.regular
    block = set_text(
        text, letters, size=size * layout.unit, width=layout.text.width, lines=lines, leading=leading
    )
    return _Row(round(gap * layout.unit), block.draw_lowered(colour, align=float(spec.is_mirrored)))


def _steps(spec: CardSpec, step: CardStep) -> Image.Image:
    """Return a bar for each chapter, those up to this one in the accent's colour."""
    unit, look = card_layout(spec).unit, spec.look
    width, height = (max(2, round(side * unit)) for side in _STEP_SIZE)
    pitch = width + round(_STEP_GAP * unit)
    bars = Image.new("RGBA", (pitch * step.count - (pitch - width), height))
    ahead = mix(look.ground, look.text, _AHEAD)
    for number in range(step.count):
        bar = rounded((width, height), height // 2, look.accent if number < step.number else ahead)
        x = bars.width - width - number * pitch if spec.is_mirrored else number * pitch
        bars.paste(bar, (x, 0))
    return bars


def _code_rows(spec: CardSpec, code: CardCode, layout: CardLayout) -> Iterator[_Row]:
    """Yield caption, code and address; a code too fine to be read from a screen is left out."""
    look, unit, width = spec.look, layout.unit, layout.code.width
    gap = round(_CODE_GAP * unit)
    caption = set_text(code.caption, look.bold, size=_CAPTION * unit, width=width, lines=3)
    yield _Row(0, (caption.draw(look.text, align=0.5),))
    drawn = draw_code(code.address, width, look.ground)
    if drawn is not None:
        plate = rounded(drawn.size, round(_PLATE_RADIUS * unit), WHITE)
        drawn.putalpha(plate.getchannel("A"))
        yield _Row(gap, (drawn,))
    address = set_text(bare_address(code.address), look.regular, size=_ADDRESS * unit, width=width, lines=1)
    if drawn is None or address.size >= _LEAST_ADDRESS * unit:
        yield _Row(gap, (address.draw(look.text, align=0.5),))


def _logo(spec: CardSpec) -> Image.Image:
    """Return the logo, or the organisation's name where there is none."""
    layout = card_layout(spec)
    if spec.look.logo is None:
        name = set_text(
            spec.organisation, spec.look.bold, size=_NAME * layout.unit, width=layout.text.width, lines=1
        )
        return name.draw(spec.look.text, align=float(spec.is_mirrored))
    return logo_picture(spec.look, layout.logo.size)

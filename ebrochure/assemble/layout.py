"""Where things lie in the frame: the only place that knows, and pure.

Every figure is in 1080ths of the frame's height, so a video looks the same at 720 and at 1080 lines.
The lowest 16 % stay free of anything that must be read: that is where players put captions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from ebrochure.model.storyboard import Framing

CAPTION_SHARE = Fraction(16, 100)
"""Share of the height, at the bottom, that is left to captions. Source: BBC Subtitle Guidelines 1.2."""
_LEAST = 2
"""Pixels: the smallest side that 4:2:0 can hold."""

_MARGIN = 48
_GUTTER = 32
_COLUMN = 352
"""Width of the presenter's column beside a slide."""
_WIDE_COLUMN = 624
"""The same where presenter and slide count alike."""
_SLIDE_HEIGHT = 810
_NAME_HEIGHT = 128
_LOGO = (352, 84)
_WAVE = (560, 280)
"""Top and height."""
_LOWER_THIRD = (1040, 148)
_CARD_LOGO = (440, 120)
_PANEL, _CODE_PANEL = 300, 520
"""Width of a card's panel, bare and with a code on it."""
_CODE_MARGIN = 56
_RULE = 10
_PIP_ASPECTS = (Fraction(3, 4), Fraction(4, 3))
"""A presenter beside a slide is never narrower or wider than this; more would shrink the face."""
_WIDE_PIP_ASPECTS = (Fraction(3, 4), Fraction(1))
_BAR_TOLERANCE = Fraction(1, 100)
"""Bars thinner than this share of the frame look like a fault: the picture is cropped instead."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; position and size are even, as 4:2:0 pictures want them."""

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        """Refuse a rectangle that holds nothing or that 4:2:0 cannot hold."""
        if min(self.width, self.height) < _LEAST or (self.x | self.y | self.width | self.height) % _LEAST:
            msg = f"expected even numbers and at least {_LEAST} pixels a side, got {self}"
            raise ValueError(msg)

    @property
    def right(self) -> int:
        """First column that is no longer inside."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First line that is no longer inside."""
        return self.y + self.height

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two share any pixel."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class SlideLayout:
    """A frame with a slide on it, divided up."""

    slide: Box
    """Room for the slide."""
    name: Box | None
    """Room for the speaker's name beside it; None: the slide is alone."""
    presenter: Box | None
    """Where the footage is shown beside it; None: the slide is alone, or the footage has no picture."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One frame, divided up."""

    width: int
    height: int
    margin: int
    """What is left free at the sides, in pixels."""
    is_mirrored: bool
    """Lines start at the right, and everything lies the other way round."""
    safe: Box
    """Where cards and canvases may write: inside the margins, above the captions' band."""
    band: Box
    """Left to captions, over the whole width."""
    logo: Box
    """Room for the logo's plate: top, where lines end."""
    lower_third: Box
    """Room for name and role over the presenter, from the edge of the frame at which lines start."""
    wave: Box
    """Room for the sound's wave on an audiogram."""
    window: SlideLayout
    wide: SlideLayout
    full: SlideLayout

    @property
    def unit(self) -> Fraction:
        """One 1080th of the height, in pixels."""
        return Fraction(self.height, 1080)

    def framed(self, framing: Framing) -> SlideLayout:
        """Return where things lie while a slide is shown."""
        return {Framing.WINDOW: self.window, Framing.WIDE: self.wide, Framing.FULL: self.full}[framing]


_Length: TypeAlias = Fraction | int
_MakeBox: TypeAlias = Callable[[_Length, _Length, _Length, _Length], Box]


def plan_layout(
    size: tuple[int, int], footage_size: tuple[int, int] | None, *, is_mirrored: bool = False
) -> Layout:
    """Divide a frame up.

    Args:
        size: Width and height of the finished video.
        footage_size: Width and height of the footage as it is displayed; None: no picture.
        is_mirrored: Lines start at the right.

    """
    width, height = size
    unit = Fraction(height, 1080)
    across = width / unit
    band_top = _even(height * (1 - CAPTION_SHARE))
    logo_width, logo_height = _LOGO
    box = _box_maker(across, unit, is_mirrored=is_mirrored)
    wide_column = _COLUMN if footage_size is None else _WIDE_COLUMN
    return Layout(
        width=width,
        height=height,
        margin=_even(_MARGIN * unit),
        is_mirrored=is_mirrored,
        safe=box(2 * _MARGIN, 2 * _MARGIN, across - 4 * _MARGIN, band_top / unit - 3 * _MARGIN),
        band=Box(0, band_top, width, height - band_top),
        logo=box(across - _MARGIN - logo_width, _MARGIN, logo_width, logo_height),
        lower_third=box(0, band_top / unit - _LOWER_THIRD[1], *_LOWER_THIRD),
        wave=box(2 * _MARGIN, _WAVE[0], across - 4 * _MARGIN, _WAVE[1]),
        window=_beside(across, _COLUMN, footage_size, box, _PIP_ASPECTS),
        wide=_beside(across, wide_column, footage_size, box, _WIDE_PIP_ASPECTS),
        full=SlideLayout(Box(0, 0, width, band_top), None, None),
    )


def _box_maker(across: Fraction, unit: Fraction, *, is_mirrored: bool) -> _MakeBox:
    """Return what makes a box of 1080ths, given its distance from the edge at which lines start."""

    def box(x: _Length, y: _Length, wide: _Length, high: _Length) -> Box:
        left = across - x - wide if is_mirrored else x
        return Box(_even(left * unit), _even(y * unit), _even(wide * unit), _even(high * unit))

    return box


def _beside(
    across: Fraction,
    column: int,
    footage: tuple[int, int] | None,
    box: _MakeBox,
    aspects: tuple[Fraction, Fraction],
) -> SlideLayout:
    """Return a slide with a column beside it, for the presenter's window and name."""
    column_x = across - _MARGIN - column
    name_y = _MARGIN + _SLIDE_HEIGHT - _NAME_HEIGHT
    window_y = _MARGIN + _LOGO[1] + _GUTTER
    room = box(column_x, window_y, column, name_y - _GUTTER // 2 - window_y)
    return SlideLayout(
        slide=box(_MARGIN, _MARGIN, column_x - _GUTTER - _MARGIN, _SLIDE_HEIGHT),
        name=box(column_x, name_y, column, _NAME_HEIGHT),
        presenter=None if footage is None else _presenter(footage, room, aspects),
    )


@dataclass(frozen=True, slots=True)
class CardLayout:
    """The frame of a card, divided up."""

    width: int
    height: int
    logo: Box
    """Room for the logo: it lies in the corner where lines start."""
    text: Box
    """Room for everything written but what is on the panel."""
    panel: Box
    """The coloured panel at the edge where lines end, as high as the frame."""
    rule: Box
    """The panel's inner edge."""
    code: Box
    """Room on the panel for a code with its caption."""

    @property
    def unit(self) -> Fraction:
        """One 1080th of the height, in pixels."""
        return Fraction(self.height, 1080)


def plan_card_layout(size: tuple[int, int], *, has_code: bool, is_mirrored: bool) -> CardLayout:
    """Divide the frame of a card up.

    Args:
        size: Width and height of the finished video.
        has_code: The panel carries a code, and is wider for it.
        is_mirrored: Lines start at the right.

    """
    width, height = size
    safe = plan_layout(size, None).safe
    unit = Fraction(height, 1080)
    panel_width = _CODE_PANEL if has_code else _PANEL
    panel_x = width / unit - panel_width
    left, top, bottom = safe.x / unit, safe.y / unit, safe.bottom / unit
    text_y = top + _CARD_LOGO[1] + _GUTTER
    box = _box_maker(width / unit, unit, is_mirrored=is_mirrored)
    return CardLayout(
        width=width,
        height=height,
        logo=box(left, top, *_CARD_LOGO),
        text=box(left, text_y, panel_x - 2 * _MARGIN - left, bottom - text_y),
        panel=box(panel_x, 0, panel_width, Fraction(1080)),
        rule=box(panel_x, 0, _RULE, Fraction(1080)),
        code=box(panel_x + _CODE_MARGIN + _RULE, top, panel_width - 2 * _CODE_MARGIN - _RULE, bottom - top),
    )


def fit(size: tuple[int, int], room: Box) -> Box:
    """Return the largest rectangle of `size`'s shape in the middle of `room`; nothing is stretched."""
    scale = min(Fraction(room.width, size[0]), Fraction(room.height, size[1]))
    width, height = (max(_LEAST, _even(side * scale)) for side in size)
    x, y = room.x + Fraction(room.width - width, 2), room.y + Fraction(room.height - height, 2)
    return Box(_even(x), _even(y), width, height)


def place_footage(size: tuple[int, int], frame: tuple[int, int]) -> Box:
    """Return where footage lies in the frame: in the middle, boxed where its shape is another.

    Bars too thin to look meant are avoided: the whole frame is returned, and the picture is
    scaled to cover it.
    """
    whole = Box(0, 0, *frame)
    placed = fit(size, whole)
    bars = max(1 - Fraction(placed.width, frame[0]), 1 - Fraction(placed.height, frame[1]))
    return whole if bars <= _BAR_TOLERANCE else placed


def cover(size: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Return the smallest size of `size`'s shape that leaves nothing of `room` free; the rest is cropped."""
    scale = max(Fraction(room[0], size[0]), Fraction(room[1], size[1]))
    width, height = (_even(side * scale) for side in size)
    return max(width, room[0]), max(height, room[1])


def _presenter(footage: tuple[int, int], column: Box, aspects: tuple[Fraction, Fraction]) -> Box:
    """Return the presenter's window at the foot of `column`, its shape as near the footage's as may be."""
    narrowest, widest = aspects
    aspect = min(max(Fraction(*footage), narrowest), widest)
    height = min(_even(column.width / aspect), column.height)
    return Box(column.x, column.bottom - height, column.width, height)


def _even(value: Fraction | float) -> int:
    """Round to the nearest even number."""
    return round(Fraction(value) / 2) * 2

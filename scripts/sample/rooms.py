"""A recorded screen: somebody books a meeting room, and the panel by its door follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from sample.fonts import letters
from sample.logo import draw_mark
from sample.paint import AMBER, BRAND, INK, MIST, MUTED, PAPER, PRIMARY, PRIMARY_DARK, WHITE, Canvas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.voice import Reading

WIDTH, HEIGHT = 1280, 720
_SCALE = 2
FREE, TAKEN, GREEN = "#bfe3cd", "#d5dde0", "#1d7a4c"
ROOMS = (("Curlew", "4 seats"), ("Heron", "6 seats"), ("Kingfisher", "8 seats"), ("Otter", "10 seats"))
HOURS = ("9:00", "10:00", "11:00", "12:00", "13:00")
_TAKEN_SLOTS = frozenset({(0, 0), (0, 2), (1, 1), (1, 2), (1, 3), (2, 2), (2, 4), (3, 0), (3, 1)})
_CHOSEN = (3, 2)
_LEFT, _TOP, _CELL_WIDTH, _CELL_HEIGHT = 214, 214, 112, 84
_BUTTON = (556, 590, 776, 650)


@dataclass(frozen=True, slots=True)
class Screen:
    """What the screen and the panel show."""

    hour_picked: bool = False
    slot_picked: bool = False
    pressed: bool = False
    booked: bool = False
    minutes: int = 0
    """Past eleven, on the panel's clock."""

    @property
    def is_given_up(self) -> bool:
        """Tell whether nobody came within ten minutes."""
        return self.minutes >= 10  # noqa: PLR2004  the rule that the narrator tells


def film(reading: Reading, *, frame_rate: int) -> Iterator[Image.Image]:
    """Yield one picture after the other, in step with the four sentences."""
    pick, choose, press, leave = reading.paragraph_starts_s
    path = (
        (0.0, (980.0, 640.0)),
        (pick + 1.4, (980.0, 640.0)),
        (pick + 2.6, _slot_middle(0, 2, header=True)),
        (choose + 0.4, _slot_middle(0, 2, header=True)),
        (choose + 1.5, _slot_middle(*_CHOSEN)),
        (press - 0.2, _slot_middle(*_CHOSEN)),
        (press + 0.7, (676.0, 626.0)),
        (leave - 0.3, (676.0, 626.0)),
        (leave + 0.8, (840.0, 690.0)),
    )
    for number in range(round(reading.seconds * frame_rate)):
        t = number / frame_rate
        screen = Screen(
            hour_picked=t > pick + 2.8,
            slot_picked=t > choose + 1.7,
            pressed=press + 0.8 < t < press + 1.0,
            booked=t > press + 1.0,
            minutes=max(0, min(10, int((t - leave - 0.3) / 0.28))),
        )
        picture = draw_screen(screen).copy()
        _draw_pointer(picture, _along(path, t))
        yield picture


@cache
def draw_screen(screen: Screen) -> Image.Image:
    """Return the whole picture without the pointer."""
    canvas = Canvas.new((WIDTH, HEIGHT), MIST, scale=_SCALE)
    canvas.box((32, 40, 808, 684), WHITE, radius=14)
    canvas.box((32, 40, 808, 120), PRIMARY, radius=14)
    canvas.box((32, 90, 808, 120), PRIMARY)
    _write(canvas, (64, 80), "Book a room", 34, WHITE, bold=True, anchor="lm")
    _write(canvas, (776, 80), "Tuesday 24 November", 24, WHITE, anchor="rm")
    _draw_table(canvas, screen)
    _draw_button(canvas, screen)
    _draw_panel(canvas, screen)
    return canvas.finished()


def _draw_table(canvas: Canvas, screen: Screen) -> None:
    if screen.hour_picked:
        left = _LEFT + 2 * _CELL_WIDTH
        bottom = _TOP + 4 * _CELL_HEIGHT + 6
        canvas.box((left - 4, 146, left + _CELL_WIDTH - 2, bottom), AMBER, radius=10)
        canvas.box((left, 150, left + _CELL_WIDTH - 6, bottom - 4), "#fff6e4", radius=7)
    for column, hour in enumerate(HOURS):
        x, _ = _slot_middle(0, column, header=True)
        _write(canvas, (x, 180), hour, 24, INK, bold=column == _CHOSEN[1] and screen.hour_picked)
    for row, (room, seats) in enumerate(ROOMS):
        y = _slot_middle(row, 0)[1]
        _write(canvas, (64, y - 13), room, 26, INK, bold=True, anchor="lm")
        _write(canvas, (64, y + 17), seats, 20, MUTED, anchor="lm")
        for column in range(len(HOURS)):
            _draw_slot(canvas, screen, row, column)


def _draw_slot(canvas: Canvas, screen: Screen, row: int, column: int) -> None:
    x, y = _slot_middle(row, column)
    box = (x - 48, y - 32, x + 48, y + 32)
    if (row, column) == _CHOSEN and screen.booked and not screen.is_given_up:
        canvas.box(box, PRIMARY, radius=8)
        _write(canvas, (x, y), "You", 22, WHITE, bold=True)
        return
    taken = (row, column) in _TAKEN_SLOTS
    if (row, column) == _CHOSEN and screen.slot_picked and not screen.booked:
        canvas.box((x - 52, y - 36, x + 52, y + 36), GREEN, radius=11)
    canvas.box(box, TAKEN if taken else FREE, radius=8)
    _write(canvas, (x, y), "Taken" if taken else "Free", 22, MUTED if taken else "#0d4a2c", bold=not taken)


def _draw_button(canvas: Canvas, screen: Screen) -> None:
    ready = screen.slot_picked and not screen.booked
    colour = PRIMARY_DARK if screen.pressed else PRIMARY if ready else "#a9bcc0"
    canvas.box(_BUTTON, colour, radius=12)
    label = "Booked" if screen.booked and not screen.is_given_up else "Book"
    _write(canvas, ((_BUTTON[0] + _BUTTON[2]) / 2, 620), label, 30, WHITE, bold=True)
    said = "Otter, 11:00 to 12:00" if screen.slot_picked else "Pick an hour and a room"
    _write(canvas, (64, 620), said, 26, INK, anchor="lm")


def _draw_panel(canvas: Canvas, screen: Screen) -> None:
    """Draw the small screen beside the room's door."""
    canvas.box((856, 96, 1232, 620), "#c2d3d6", radius=26)
    canvas.box((850, 88, 1226, 612), INK, radius=26)
    held = screen.booked and not screen.is_given_up
    canvas.box((868, 106, 1208, 594), PAPER, radius=14)
    canvas.box((868, 106, 1208, 350), AMBER if held else GREEN, radius=14)
    canvas.box((868, 330, 1208, 350), AMBER if held else GREEN)
    ink = INK if held else WHITE
    _write(canvas, (1038, 180), "Otter", 60, ink, bold=True)
    _write(canvas, (1038, 258), "Booked" if held else "Free", 44, ink)
    _write(canvas, (1038, 308), "until 12:00", 26, ink)
    _write(
        canvas,
        (1038, 408),
        "Priya Shah" if held else "Book at the screen",
        34 if held else 28,
        INK,
        bold=held,
    )
    _write(canvas, (1038, 454), "11:00 to 12:00" if held else "or in your calendar", 26, MUTED)
    _write(
        canvas,
        (896, 556),
        f"11:{screen.minutes:02d}" if screen.booked else "10:58",
        34,
        PRIMARY,
        bold=True,
        anchor="lm",
    )
    canvas.picture.paste(_mark(), (1124 * _SCALE, 522 * _SCALE), _mark())


@cache
def _mark() -> Image.Image:
    return draw_mark(PRIMARY, scale=4).resize((64 * _SCALE, 64 * _SCALE), Image.Resampling.LANCZOS)


def _write(
    canvas: Canvas,
    at: tuple[float, float],
    words: str,
    size: int,
    colour: str,
    *,
    bold: bool = False,
    anchor: str = "mm",
) -> None:
    font = letters(BRAND, "bold" if bold else "regular", size * _SCALE)
    place = (at[0] * _SCALE, at[1] * _SCALE)
    ImageDraw.Draw(canvas.picture).text(place, words, font=font, fill=colour, anchor=anchor)


def _slot_middle(row: int, column: int, *, header: bool = False) -> tuple[float, float]:
    x = _LEFT + column * _CELL_WIDTH + _CELL_WIDTH / 2 - 3
    return x, 180.0 if header else _TOP + row * _CELL_HEIGHT + _CELL_HEIGHT / 2


def _along(path: tuple[tuple[float, tuple[float, float]], ...], t: float) -> tuple[float, float]:
    """Return where the pointer is: it starts and stops gently."""
    for (begin, start), (end, goal) in pairwise(path):
        if begin <= t < end:
            share = (t - begin) / (end - begin)
            eased = share * share * (3 - 2 * share)
            return start[0] + (goal[0] - start[0]) * eased, start[1] + (goal[1] - start[1]) * eased
    return path[-1][1]


def _draw_pointer(picture: Image.Image, at: tuple[float, float]) -> None:
    """Draw an arrow whose tip is at `at`."""
    size = 44
    left, top = int(at[0]) - 4, int(at[1]) - 4
    arrow = Canvas.new((size, size), (0, 0, 0, 0), scale=4)
    x, y = at[0] - left, at[1] - top
    outline = ((0, 0), (0, 29), (7, 23), (12, 34), (17, 32), (12, 21), (21, 21))
    tip = [(x + a, y + b) for a, b in outline]
    arrow.line([*tip, tip[0]], WHITE, 4)
    arrow.shape(tip, INK)
    finished = arrow.finished()
    picture.paste(finished, (left, top), finished)

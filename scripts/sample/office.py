"""The office around the presenter: window and shelf behind her, desk and laptop before her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import ImageFilter

from sample.paint import AMBER, LAKE, MIST, PRIMARY, PRIMARY_DARK, WHITE, Canvas, arc_points
from sample.person import draw_arm

if TYPE_CHECKING:
    from PIL import Image

    from sample.person import Pose

WIDTH, HEIGHT = 1280, 720
SCALE = 3
"""How much too large the room is drawn."""


def draw_scene() -> Image.Image:
    """Return the office behind her, three times too large and a little out of focus."""
    room = Canvas.new((WIDTH, HEIGHT), "#e9efec", scale=SCALE)
    _draw_window(room)
    _draw_shelf(room)
    return room.picture.filter(ImageFilter.GaussianBlur(2.0 * SCALE))


def _draw_window(room: Canvas) -> None:
    left, top, right, bottom = 70, 60, 430, 470
    room.box((left - 16, top - 16, right + 16, bottom + 16), WHITE, radius=6)
    room.box((left, top, right, bottom), "#cfe6ea")
    room.disc((330, 140), 34, "#f7d9a0")
    far = [(left, 290), (140, 235), (210, 190), (270, 240), (340, 215), (right, 270)]
    near = [(left, 330), (130, 300), (220, 318), (320, 282), (right, 330)]
    for ridge, colour in ((far, "#8fb9bd"), (near, "#5d9a8f")):
        room.shape([*ridge, (right, bottom), (left, bottom)], colour)
    room.shape([(left, 352), (right, 346), (right, bottom), (left, bottom)], "#7fbcc6")
    for y, inset in ((372, 30), (398, 90), (424, 50)):
        room.line([(left + inset, y), (right - inset * 1.5, y)], "#a9d5dc", 4)
    room.box((left + 172, top, left + 186, bottom), WHITE)
    room.box((left - 30, bottom + 10, right + 30, bottom + 28), "#d5dedb", radius=4)


def _draw_shelf(room: Canvas) -> None:
    room.box((900, 250, 1230, 264), "#b98f62", radius=3)
    colours = (PRIMARY, AMBER, "#d9e4e2", LAKE, "#7a4f3a", PRIMARY_DARK, "#c9d6d3", "#5d9a8f")
    for number, colour in enumerate(colours):
        height = 74 + 19 * ((number * 5) % 4) / 3
        room.box((918 + number * 23, 250 - height, 938 + number * 23, 250), colour, radius=2)
    room.shape([(1136, 212), (1196, 212), (1188, 250), (1144, 250)], "#e7e2d8")
    for lean in (-38, -20, 0, 18, 36):
        tip = (1166 + lean, 136 + abs(lean) * 0.9)
        room.curve([(1166, 214), (1158 + lean * 0.5, 172), tip, (1174 + lean * 0.5, 172)], "#4d8a6e")
    room.box((960, 330, 1190, 480), WHITE, radius=4)
    room.box((972, 342, 1178, 468), MIST)
    for n, line in enumerate(((980, 440, 1040, 400), (1040, 400, 1100, 420), (1100, 420, 1170, 365))):
        room.line([line[:2], line[2:]], (AMBER, LAKE, PRIMARY)[n], 6)


def draw_desk(canvas: Canvas, pose: Pose) -> None:
    """Draw what stands before her: desk, laptop, mug, and the hands on it."""
    canvas.box((0, 628, WIDTH, HEIGHT), "#d8b58b")
    canvas.box((0, 628, WIDTH, 636), "#e6c9a4")
    _draw_mug(canvas)
    draw_arm(canvas, pose, side=1, lift=0.0)
    draw_arm(canvas, pose, side=-1, lift=pose.hand)
    canvas.box((742, 668, 1010, 682), "#93a3a8", radius=6)
    lid = [*arc_points((774, 502), 12, 12, 180, 270), *arc_points((978, 502), 12, 12, 270, 360)]
    canvas.shape([*lid, (1000, 670), (752, 670)], "#cdd7da")
    canvas.disc((876, 584), 15, "#a9b8bd")


def _draw_mug(canvas: Canvas) -> None:
    canvas.line(arc_points((366, 640), 22, 20, 90, 270), WHITE, 9)
    canvas.box((368, 606, 428, 678), WHITE, radius=8)
    canvas.box((368, 618, 428, 626), PRIMARY)
    canvas.oval((398, 607), 30, 5, "#5b3a29")

"""Priya Shah, drawn in flat shapes: how she can look, and the strokes that make it so."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sample.paint import AMBER, LAKE, PRIMARY, WHITE, arc_points

if TYPE_CHECKING:
    from sample.paint import Canvas

SKIN, SKIN_SHADE, BLUSH = "#c88d66", "#ac7350", "#c67e60"
HAIR, HAIR_SHINE = "#2a1c1a", "#463029"
LIPS, INSIDE, TONGUE = "#a04f49", "#451c1e", "#b8605c"
BLOUSE, LAPEL, SLEEVE = "#f3ede2", "#094450", "#115f6d"


@dataclass(frozen=True, slots=True)
class Pose:
    """How she looks in one picture; still and silent by default."""

    mouth: float = 0.0
    """0 closed to 1 wide open."""
    width: float = 0.5
    """0 round lips to 1 wide lips."""
    lids: float = 0.0
    """0 eyes open to 1 shut."""
    brows: float = 0.0
    """Pixels by which the brows rise."""
    tilt: float = 0.0
    """Radians the head leans to her left."""
    nod: float = 0.0
    """Pixels the head dips."""
    sway: float = 0.0
    """Pixels the body leans to the side."""
    hand: float = 0.0
    """0 hand on the desk to 1 lifted."""
    gaze: float = 0.0
    """Pixels the eyes look to the side."""


def draw_person(canvas: Canvas, pose: Pose) -> None:
    """Draw her from behind to in front: hair, body, neck, head."""
    body = replace(canvas, shift=(pose.sway * 0.6, pose.nod * 0.15))
    head = canvas.turned(pose.tilt, about=(640, 400), shift=(pose.sway, pose.nod))
    head.curve(
        [(640, 118), (555, 150), (528, 240), (524, 340), (520, 420), (570, 446), (640, 430), (710, 446),
         (760, 420), (756, 340), (752, 240), (725, 150)],
        HAIR,
    )  # fmt: skip
    _draw_body(body)
    _draw_face(head)
    _draw_eyes(head, pose)
    _draw_mouth(head, pose)
    _draw_fringe(head)


def _draw_body(body: Canvas) -> None:
    body.shape([(606, 330), (674, 330), (678, 430), (640, 470), (602, 430)], SKIN_SHADE)
    body.curve(
        [(602, 412), (540, 436), (476, 466), (446, 540), (430, 660), (432, 740), (848, 740), (850, 660),
         (834, 540), (804, 466), (740, 436), (678, 412), (640, 440)],
        PRIMARY,
    )  # fmt: skip
    body.shape(
        [(596, 416), (606, 400), (640, 428), (674, 400), (684, 416), (664, 560), (640, 640), (616, 560)],
        BLOUSE,
    )
    body.shape([(606, 398), (640, 428), (674, 398), (680, 412), (640, 478), (600, 412)], SKIN)
    body.shape([(606, 398), (640, 428), (674, 398), (660, 424), (640, 444), (616, 420)], SKIN_SHADE)
    for side in (-1, 1):
        lapel = [(46, 404), (62, 430), (84, 470), (58, 486), (66, 500), (2, 650), (-6, 640), (30, 520)]
        body.shape([(640 + side * x, y) for x, y in lapel], LAPEL)
    for side in (-1, 1):
        body.line([(640 + side * 38, 424), (640, 566)], AMBER, 5)
    body.box((618, 562, 662, 622), WHITE, radius=5)
    body.box((618, 562, 662, 576), LAKE, radius=4)
    body.disc((640, 593), 9, SKIN_SHADE)
    body.line([(628, 611), (652, 611)], "#b8c5c8", 3)


def _draw_face(head: Canvas) -> None:
    for side in (-1, 1):
        head.oval((640 + side * 76, 276), 12, 20, SKIN_SHADE)
        head.disc((640 + side * 78, 300), 5, AMBER)
    head.curve(
        [(640, 152), (586, 172), (564, 230), (567, 290), (586, 340), (616, 372), (640, 379), (664, 372),
         (694, 340), (713, 290), (716, 230), (694, 172)],
        SKIN,
    )  # fmt: skip
    for side in (-1, 1):
        head.oval((640 + side * 46, 302), 17, 11, BLUSH)
    nose = [(644, 262), (650, 288), (652, 297), (645, 302), (636, 302), (630, 299)]
    head.line(nose, SKIN_SHADE, 4)


def _draw_eyes(head: Canvas, pose: Pose) -> None:
    for side in (-1, 1):
        x, y = 640 + side * 33, 254
        open_down = 9.5 * (1 - pose.lids)
        if pose.lids < 0.9:  # noqa: PLR2004  nearly shut looks shut
            head.oval((x, y), 16, open_down, WHITE)
            head.oval((x + pose.gaze, y), 8, min(8, open_down), "#3a2217")
            head.disc((x + pose.gaze + 3, y - 3), 2.4, WHITE)
        lash = arc_points((x, y + 9.5 * pose.lids), 17, 10.5 * (1 - 1.6 * pose.lids), 192, 348, step=12)
        head.line(lash, HAIR, 4)
        brow = arc_points((x + side * 1, y - 6 - pose.brows), 23, 17, 216, 318, step=12)
        head.line(brow, HAIR_SHINE, 5)


def _draw_mouth(head: Canvas, pose: Pose) -> None:
    """Draw lips round an opening; teeth and tongue show when there is room."""
    middle, y = 640.0, 326.0
    half = 21 + 9 * pose.width - 4 * pose.mouth * (1 - pose.width)
    drop = 19 * pose.mouth * (1.1 - 0.35 * pose.width)
    opening = _lips(middle, y, half, drop)
    head.shape(_lips(middle, y, half + 4, drop + 5, rise=4.5), LIPS)
    if drop > 1:
        head.shape(opening, INSIDE)
        head.shape([(x, min(b, y + 0.34 * drop)) for x, b in opening], "#f8f4ee")
        if drop > 9:  # noqa: PLR2004  pixels
            head.shape([(x, max(b, y + 0.74 * drop)) for x, b in opening], TONGUE)
    else:
        head.line(opening[: len(opening) // 2], INSIDE, 2.4)
    head.line(arc_points((middle, y + drop + 9), 11, 4, 30, 150, step=15), SKIN_SHADE, 2)


def _lips(
    middle: float, y: float, half: float, drop: float, *, rise: float = 0.0
) -> list[tuple[float, float]]:
    """Return an outline: along the upper edge from her right to her left, back along the lower edge."""
    steps = [n / 12 - 1 for n in range(25)]
    smile = 7.0 - 0.25 * min(drop, 12)
    upper = [
        (middle + half * s, y + smile * (1 - s * s) - smile - rise * (1 - s * s) * (1 - 0.3 * (1 - abs(s))))
        for s in steps
    ]
    lower = [(middle + half * s, y + (smile + drop) * (1 - s * s) - smile) for s in reversed(steps)]
    return upper + lower


def _draw_fringe(head: Canvas) -> None:
    """Draw the hair that falls over the forehead, parted on one side."""
    head.curve(
        [(676, 132), (630, 118), (572, 140), (546, 205), (544, 300), (536, 370), (560, 380), (566, 300),
         (576, 232), (610, 196), (664, 168)],
        HAIR,
    )  # fmt: skip
    head.curve(
        [(664, 128), (704, 138), (732, 190), (740, 290), (746, 372), (722, 380), (714, 300), (706, 232),
         (690, 196), (668, 168)],
        HAIR,
    )  # fmt: skip
    head.line(arc_points((664, 252), 98, 104, 186, 262, step=5), HAIR_SHINE, 4)


def draw_arm(canvas: Canvas, pose: Pose, *, side: int, lift: float) -> None:
    """Draw a forearm on the desk, or lifted with an open hand."""
    sway = pose.sway * 0.5
    elbow = (640 + side * 178 + sway, 668.0)
    wrist = (640 + side * (66 + 72 * lift) + sway, 664 - 112 * lift)
    along = math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0])
    sleeve_end = (wrist[0] - 28 * math.cos(along), wrist[1] - 28 * math.sin(along))
    for colour, width in ((LAPEL, 54), (SLEEVE, 49)):
        canvas.line([elbow, sleeve_end], colour, width)
    hand = canvas.turned(along - (0 if side < 0 else math.pi), about=wrist)
    x, y = wrist
    hand.box((x - 12, y - 25, x + 12, y + 25), BLOUSE, radius=4)
    hand.line([(x - side * 12, y - 8), (x - side * 40, y - 22 - 14 * lift)], SKIN, 12)
    for finger, reach in enumerate((46, 53, 51, 42)):
        level = (finger - 1.5) * 9
        hand.line(
            [(x - side * 22, y + level), (x - side * (20 + reach), y + level * (1.05 + 0.5 * lift))],
            SKIN,
            10.5,
        )
    hand.oval((x - side * 24, y), 26, 20, SKIN)

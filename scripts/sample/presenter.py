"""Priya Shah at her desk: an illustrated presenter whose mouth follows her words."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from PIL import Image

from sample.office import HEIGHT, SCALE, WIDTH, draw_desk, draw_scene
from sample.paint import MIST, SHALLOW, Canvas
from sample.person import Pose, draw_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample.voice import Mouth

_PERSON = (360, 90, 920, 720)
"""The part of the scene that moves: left, top, right, bottom."""


def draw_portrait(size: int) -> Image.Image:
    """Return her photograph for the liaison card, square."""
    room = Canvas.new((WIDTH, HEIGHT), MIST, scale=SCALE)
    room.disc((640, 300), 260, SHALLOW)
    draw_person(room, Pose(mouth=0.0, brows=1.5, tilt=0.03))
    box = tuple(edge * SCALE for edge in (420, 90, 860, 530))
    return room.picture.crop(box).resize((size, size), Image.Resampling.LANCZOS)


def film(mouth: Mouth, *, frame_rate: int) -> Iterator[Image.Image]:
    """Yield her pictures, one for each value of `mouth`."""
    scene = draw_scene()
    still = Canvas(scene.copy(), SCALE)
    draw_desk(still, Pose())
    large = tuple(edge * SCALE for edge in _PERSON)
    room = still.finished()
    behind = scene.crop(large)
    for pose in act(mouth, frame_rate=frame_rate):
        canvas = Canvas(behind.copy(), SCALE, origin=(_PERSON[0], _PERSON[1]))
        draw_person(canvas, pose)
        draw_desk(canvas, pose)
        picture = room.copy()
        picture.paste(canvas.finished(), _PERSON[:2])
        yield picture


def act(mouth: Mouth, *, frame_rate: int) -> Iterator[Pose]:
    """Yield a pose a picture: slow sway, nods with the voice, blinks, now and then a hand."""
    blinks = _blinks(len(mouth.openness), frame_rate)
    lifts = _lifts(mouth, frame_rate)
    for number, (opened, width, energy) in enumerate(
        zip(mouth.openness, mouth.width, mouth.energy, strict=True)
    ):
        t = number / frame_rate
        yield Pose(
            mouth=float(opened),
            width=float(width),
            lids=blinks.get(number, 0.0),
            brows=2.5 * float(energy) + 1.2 * math.sin(t * 0.9),
            tilt=0.022 * math.sin(t * 0.71) + 0.014 * math.sin(t * 1.63 + 1),
            nod=2.0 * math.sin(t * 1.9) * (0.3 + float(energy)) + 1.5 * float(opened),
            sway=3.0 * math.sin(t * 0.43 + 0.6),
            hand=lifts[number],
            gaze=1.5 * math.sin(t * 0.37),
        )


def _blinks(frames: int, frame_rate: int) -> dict[int, float]:
    """Return how far the lids are down, by picture number."""
    chance = random.Random(7)  # noqa: S311  no secret, only the same blinks each time
    lids, at = {}, frame_rate
    while at < frames:
        lids.update(zip(range(at, at + 5), (0.5, 1.0, 1.0, 0.7, 0.3), strict=True))
        at += round(frame_rate * chance.uniform(2.2, 4.8))
    return lids


def _lifts(mouth: Mouth, frame_rate: int) -> list[float]:
    """Return how high the hand is: up for some phrases, always slowly."""
    height, lifts = 0.0, []
    for number, energy in enumerate(mouth.energy):
        phrase = math.sin(number / frame_rate * 0.62 + 4.4)
        aim = 1.0 if phrase > 0.35 and energy > 0.3 else 0.0  # noqa: PLR2004  a feeling, not a rule
        height += (aim - height) * 3.2 / frame_rate
        lifts.append(height * height * (3 - 2 * height))
    return lifts

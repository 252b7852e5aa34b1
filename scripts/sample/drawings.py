"""The drawing that stands beside the words of a slide, about 400 units across."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sample.paint import AMBER, INK, LAKE, MIST, PRIMARY, SHALLOW, WHITE, arc_points

if TYPE_CHECKING:
    from collections.abc import Callable

    from sample.deck import Deck


def _draw_hills(deck: Deck, x: float, y: float) -> None:
    """Draw a van by the lake under a hill."""
    deck.disc((x + 90, y - 108), 38, AMBER)
    deck.shape(
        [(x - 200, y + 20), (x - 70, y - 120), (x + 10, y - 30), (x + 70, y - 70), (x + 205, y + 20)], LAKE
    )
    deck.shape([(x - 216, y + 16), (x + 216, y + 16), (x + 160, y + 166), (x - 160, y + 166)], SHALLOW)
    deck.box((x - 120, y - 30, x + 60, y + 70), PRIMARY, radius=12)
    deck.shape(
        [(x + 50, y - 4), (x + 104, y - 4), (x + 136, y + 34), (x + 136, y + 70), (x + 50, y + 70)], PRIMARY
    )
    deck.shape([(x + 66, y + 8), (x + 98, y + 8), (x + 118, y + 34), (x + 66, y + 34)], WHITE)
    deck.box((x - 96, y + 2, x - 8, y + 20), AMBER, radius=6)
    for wheel in (-70, 84):
        deck.disc((x + wheel, y + 72), 27, INK)
        deck.disc((x + wheel, y + 72), 11, WHITE)


def _draw_laptop(deck: Deck, x: float, y: float) -> None:
    """Draw a laptop with a map on it, and a full drop."""
    deck.box((x - 158, y - 110, x + 158, y + 94), INK, radius=16)
    deck.box((x - 144, y - 96, x + 144, y + 80), WHITE, radius=4)
    deck.shape(
        [
            (x - 144, y - 20),
            (x - 60, y - 50),
            (x + 30, y - 10),
            (x + 144, y - 44),
            (x + 144, y + 80),
            (x - 144, y + 80),
        ],
        MIST,
    )
    deck.line([(x - 120, y + 40), (x - 50, y + 4), (x + 20, y + 36), (x + 110, y - 6)], LAKE, 9)
    deck.disc((x + 20, y + 36), 15, AMBER)
    deck.shape([(x - 200, y + 104), (x + 200, y + 104), (x + 176, y + 132), (x - 176, y + 132)], PRIMARY)
    _draw_drop(deck, x + 106, y - 52, 26)


def _draw_drop(deck: Deck, x: float, y: float, radius: float) -> None:
    bulb = arc_points((x, y), radius, radius, -30, 210)
    deck.shape([*bulb, (x, y - radius * 2)], PRIMARY)


def _draw_lock(deck: Deck, x: float, y: float) -> None:
    deck.line(arc_points((x, y - 40), 62, 76, 180, 360), PRIMARY, 28)
    deck.line([(x - 62, y - 40), (x - 62, y)], PRIMARY, 28)
    deck.line([(x + 62, y - 40), (x + 62, y)], PRIMARY, 28)
    deck.box((x - 118, y - 22, x + 118, y + 152), PRIMARY, radius=22)
    deck.disc((x, y + 48), 27, AMBER)
    deck.box((x - 10, y + 52, x + 10, y + 108), AMBER, radius=8)


def _draw_fingerprint(deck: Deck, x: float, y: float) -> None:
    for ring, (start, end) in enumerate(((170, 372), (150, 350), (196, 398), (168, 380))):
        size = 38 + ring * 36
        colour = AMBER if ring == 1 else PRIMARY
        deck.line(arc_points((x, y), size * 0.84, size, start, end), colour, 17)
        if ring in {0, 3}:
            deck.line([(x - size * 0.83, y + 12), (x - size * 0.8, y + 60 + ring * 8)], colour, 17)
            deck.line([(x + size * 0.82, y + 26), (x + size * 0.76, y + 84)], colour, 17)
    deck.line([(x, y), (x, y + 92)], PRIMARY, 17)


def _draw_bin(deck: Deck, x: float, y: float) -> None:
    """Draw a folder half way into a bin."""
    deck.shape(
        [
            (x - 92, y - 150),
            (x - 20, y - 166),
            (x - 6, y - 146),
            (x + 92, y - 162),
            (x + 104, y + 10),
            (x - 84, y + 10),
        ],
        AMBER,
    )
    deck.shape([(x - 120, y - 30), (x + 120, y - 30), (x + 96, y + 160), (x - 96, y + 160)], PRIMARY)
    deck.box((x - 136, y - 46, x + 136, y - 20), INK, radius=10)
    for side in (-46, 0, 46):
        deck.line([(x + side, y + 14), (x + side * 0.86, y + 122)], SHALLOW, 12)


def _draw_clock(deck: Deck, x: float, y: float) -> None:
    """Draw a clock whose hours are copies."""
    for hour in range(12):
        turn = hour / 12 * math.tau - math.pi / 2
        spot = (x + 158 * math.cos(turn), y + 158 * math.sin(turn))
        deck.disc(spot, 26, PRIMARY if hour < 9 else SHALLOW)  # noqa: PLR2004  nine copies made, three to come
    deck.disc((x, y), 104, WHITE)
    deck.line([(x, y - 66), (x, y), (x + 46, y + 26)], PRIMARY, 15)
    deck.disc((x, y), 13, AMBER)


def _draw_versions(deck: Deck, x: float, y: float) -> None:
    """Draw three versions of a page, and the arrow back to one of them."""
    for step, colour in ((2, SHALLOW), (1, LAKE), (0, WHITE)):
        left, top = x - 130 + step * 56, y - 110 - step * 40
        deck.box((left, top, left + 160, top + 230), colour, radius=12)
    for row in range(4):
        deck.box(
            (x - 104, y - 70 + row * 40, x + (6 if row % 2 else -24), y - 56 + row * 40), SHALLOW, radius=6
        )
    deck.line(arc_points((x + 76, y + 96), 64, 64, -60, 200), PRIMARY, 18)
    tip = arc_points((x + 76, y + 96), 64, 64, 200, 202)[0]
    deck.shape([(tip[0] - 34, tip[1] + 16), (tip[0] + 36, tip[1] + 10), (tip[0] - 8, tip[1] - 42)], PRIMARY)


def _draw_two_houses(deck: Deck, x: float, y: float) -> None:
    """Draw two buildings with a hill between them."""
    deck.shape([(x - 130, y + 110), (x, y - 120), (x + 130, y + 110)], SHALLOW)
    for side, colour in ((-132, PRIMARY), (132, LAKE)):
        left = x + side
        deck.box((left - 62, y - 20, left + 62, y + 120), colour, radius=6)
        deck.shape([(left - 78, y - 16), (left, y - 76), (left + 78, y - 16)], colour)
        for row, column in ((0, -1), (0, 1), (1, -1), (1, 1)):
            at = (left + column * 26, y + 24 + row * 46)
            deck.box((at[0] - 14, at[1] - 14, at[0] + 14, at[1] + 14), WHITE, radius=3)
    deck.line(arc_points((x, y - 60), 132, 96, 205, 335), AMBER, 12)
    deck.shape([(x + 112, y - 122), (x + 142, y - 92), (x + 96, y - 84)], AMBER)


DRAWINGS: dict[str, Callable[[Deck, float, float], None]] = {
    "hills": _draw_hills,
    "laptop": _draw_laptop,
    "lock": _draw_lock,
    "fingerprint": _draw_fingerprint,
    "bin": _draw_bin,
    "clock": _draw_clock,
    "versions": _draw_versions,
    "two-houses": _draw_two_houses,
}
"""Each drawing by the name that `SlideText` calls it."""

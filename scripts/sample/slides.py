"""What slides and leaflets look like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sample.deck import Deck
from sample.drawings import DRAWINGS
from sample.paint import AMBER, BRAND, INK, LAKE, MIST, MUTED, PAPER, PRIMARY, SHALLOW, WHITE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WIDTH, HEIGHT = 1600, 900


@dataclass(frozen=True, slots=True)
class SlideText:
    """What one slide says, and which drawing stands beside it."""

    title: str
    lines: tuple[str, ...]
    drawing: str


@dataclass(frozen=True, slots=True)
class LeafletText:
    """What an A4 page says."""

    title: str
    lead: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """Headings, each with its points."""


def write_slides(slides: Sequence[SlideText], out: Path, *, title: str) -> None:
    """Write one page a slide: title, short lines, one drawing."""
    deck = Deck((WIDTH, HEIGHT), title=title)
    for number, slide in enumerate(slides):
        deck.page(PAPER)
        deck.box((0, 0, 24, HEIGHT), PRIMARY)
        below = 16 + deck.text((110, 130), slide.title, 84, PRIMARY, bold=True, width=880, leading=1.12)
        deck.box((112, below, 232, below + 8), AMBER, radius=4)
        y = below + 56
        for line in slide.lines:
            deck.disc((124, y + 30), 9, LAKE)
            y = deck.text((164, y), line, 47, INK, width=800) + 28
        deck.disc((1290, 450), 232, MIST)
        DRAWINGS[slide.drawing](deck, 1290, 450)
        _draw_foot(deck, number + 1, len(slides))
    deck.save(out)


def _draw_foot(deck: Deck, number: int, count: int) -> None:
    """Put the logo on a slide, and a row of dots that shows how far we are."""
    deck.picture(BRAND / "logo.png", 110, 786, height=62)
    for dot in range(count):
        deck.disc((1520 - (count - 1 - dot) * 30, 818), 8, PRIMARY if dot + 1 == number else "#c3d6d9")


def write_leaflet(out: Path, leaflet: LeafletText) -> None:
    """Write an A4 page: title, one sentence, and headings with short points."""
    deck = Deck((992, 1403), title=leaflet.title)
    deck.page(WHITE)
    deck.box((0, 0, 992, 240), PRIMARY)
    deck.text((80, 92), leaflet.title, 46, WHITE, bold=True, width=640, leading=1.1)
    deck.picture(BRAND / "logo-dark.png", 734, 96, height=48)
    y = deck.text((80, 290), leaflet.lead, 31, INK, width=832, leading=1.4) + 24
    for heading, points in leaflet.parts:
        y = deck.text((80, y), heading, 38, PRIMARY, bold=True, width=832) + 8
        for point in points:
            deck.disc((88, y + 20), 5, LAKE)
            y = deck.text((110, y), point, 28, INK, width=800, leading=1.35) + 6
        y += 26
    deck.line([(80, 1320), (912, 1320)], SHALLOW, 2)
    deck.text((80, 1332), "Lindermere Water · help.example.org · extension 1234", 22, MUTED, width=832)
    deck.save(out)

"""Screen recordings: slides come when the picture shows them, and the page says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ebrochure.assemble.follow.deck import follow
from ebrochure.assemble.follow.screen import keep_look, kept_look, watch
from ebrochure.media.probe import probe
from ebrochure.model.service import Slide, SourceFile
from ebrochure.settings import LimitSettings
from tests.fixtures.screencast import Layout, draw_deck, record_screen

if TYPE_CHECKING:
    from ebrochure.assemble.follow.sightings import Look

DECK = SourceFile("slides.pdf", Path("slides.pdf"), "0" * 64, 1)
LINES = (
    ("Printers", "Badge releases a job", "Toner orders itself"),
    ("Passwords", "Sixteen characters"),
    ("Passwords", "Sixteen characters", "No names of dogs"),
    ("Archive", "Contracts: ten years", "Shredding", "The law"),
)
OTHER_LINES = (
    ("Cycling", "Lease for three years"),
    ("Showers", "Building nine"),
    ("Insurance", "Theft", "Falls"),
)
SHOWN = ((1, 3), (2, 3), (3, 2), (0, 3), (4, 3), (1, 3))
"""Slides and their seconds; 0 is the presenter alone. The third adds a line to the second."""
STARTS_MS = ((1, 0), (2, 3000), (3, 6000), (4, 11_000), (1, 14_000))


def deck(*slides: tuple[str, ...]) -> tuple[Slide, ...]:
    return tuple(
        Slide(number, DECK, number - 1, lines[0], "\n".join(lines))
        for number, lines in enumerate(slides, start=1)
    )


@pytest.fixture(scope="module", params=["beside", "letterbox"])
def recording(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recording at a low bit rate with an inset and a cursor over the slides."""
    layouts = {
        "beside": Layout(slide=(12, 60, 440, 248), has_inset=True, has_cursor=True, bit_rate="80k"),
        "letterbox": Layout(size=(640, 480), slide=(0, 60, 640, 360), has_inset=True, has_cursor=True),
    }
    folder = tmp_path_factory.mktemp("screen")
    drawn = draw_deck(deck(*LINES), folder)
    shown = [(drawn[number - 1] if number else None, float(seconds)) for number, seconds in SHOWN]
    return record_screen(folder / "meeting.mp4", shown, layouts[request.param])


def look_at(recording: Path, slides: tuple[Slide, ...], folder: Path) -> Look | None:
    info, _ = probe(recording, name=recording.name, limits=LimitSettings())
    return watch(recording, info, draw_deck(slides, folder))


def test_slides_come_when_the_screen_shows_them_and_come_again(recording: Path, tmp_path: Path) -> None:
    slides = deck(*LINES)
    look = look_at(recording, slides, tmp_path)
    assert look is not None
    look = kept_look(keep_look(look, tmp_path), look.step_ms)

    marks = follow(slides, (), (), language="en", look=look).marks

    assert [mark.number for mark in marks] == [number for number, _ in STARTS_MS]
    assert all(
        abs(mark.start_ms - start_ms) <= look.step_ms
        for mark, (_, start_ms) in zip(marks, STARTS_MS, strict=True)
    )
    assert all(mark.is_sure for mark in marks)


def test_nothing_is_claimed_of_a_deck_in_the_same_style_that_is_not_shown(
    recording: Path, tmp_path: Path
) -> None:
    slides = deck(*OTHER_LINES)

    followed = follow(slides, (), (), language="en", look=look_at(recording, slides, tmp_path))

    assert followed.marks == ()
    assert not followed.is_seen

"""When slides come into view, against screen recordings that show them at known times."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
from deck_talks import deck_talks
from measure import Row

from ebrochure.assemble.follow.deck import follow
from ebrochure.assemble.follow.screen import watch
from ebrochure.media.probe import probe
from ebrochure.settings import LimitSettings
from tests.fixtures.screencast import Layout, draw_deck, record_screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deck_talks import DeckTalk

    from ebrochure.assemble.follow.deck import Followed

DECK, OTHER = "cloud-move", "network"
SHOWN = ((1, 6), (2, 5), (3, 2), (4, 8), (5, 4), (3, 4), (6, 6), (8, 2), (9, 7), (0, 5), (10, 6))
"""Slides and their seconds: two are seen for two seconds, one again, one is left out; 0: a moving picture."""
LAYOUTS = {
    "alone": Layout(),
    "inset, cursor": Layout(has_inset=True, has_cursor=True),
    "letterbox": Layout(size=(640, 480), slide=(0, 60, 640, 360), has_cursor=True),
    "beside faces": Layout(slide=(12, 60, 440, 248), has_inset=True, has_cursor=True),
    "60 kbit/s": Layout(has_inset=True, has_cursor=True, bit_rate="60k"),
}
MEDIAN_MS, NEAR_MS, NEAR_SHARE = 1500, 5000, 0.9


def screen_rows() -> Iterator[Row]:
    """Record a deck in every layout, and hold it and a deck of the same house against each recording."""
    talks = {talk.name: talk for talk in deck_talks() if talk.name in {DECK, OTHER}}
    errors_ms: list[float] = []
    strays = claimed = 0
    began_s = process_time()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        decks = {name: draw_deck(talk.slides, folder / name) for name, talk in talks.items()}
        for number, layout in enumerate(LAYOUTS.values()):
            shown = [(decks[DECK][slide - 1] if slide else None, float(seconds)) for slide, seconds in SHOWN]
            footage = record_screen(folder / f"{number}.mp4", shown, layout)
            found = _followed(footage, talks[DECK], decks[DECK])
            missed, stray = _errors_ms(found)
            errors_ms += missed
            strays += stray
            claimed += _followed(footage, talks[OTHER], decks[OTHER]).is_seen
    median_ms, near = float(np.median(errors_ms)), float(np.mean(np.array(errors_ms) <= NEAR_MS))
    yield Row("screen: median error", "<= 1.5 s", f"{median_ms / 1000:.2f} s", median_ms <= MEDIAN_MS)
    yield Row("screen: within 5 s", ">= 90 %", f"{near:.1%} of {len(errors_ms)}", near >= NEAR_SHARE)
    yield Row("screen: slides that are not seen there", "0", str(strays), strays == 0)
    yield Row("screen: decks that are not shown, claimed", "0", f"{claimed} of {len(LAYOUTS)}", claimed == 0)
    yield Row("screen: CPU s, but for ffmpeg", "", f"{process_time() - began_s:.1f}", met=True)


def _followed(footage: Path, talk: DeckTalk, pictures: tuple[Path, ...]) -> Followed:
    """Follow a deck by what is seen alone."""
    info, _ = probe(footage, name=footage.name, limits=LimitSettings())
    return follow(talk.slides, (), (), language="en", look=watch(footage, info, pictures))


def _errors_ms(followed: Followed) -> tuple[list[float], int]:
    """Return how far off each coming into view is, infinite where it was missed, and how many never were."""
    left = list(followed.marks)
    errors: list[float] = []
    start_ms = 0
    for slide, seconds in SHOWN:
        near = [mark for mark in left if mark.number == slide]
        if slide:
            best = min(near, key=lambda mark: abs(mark.start_ms - start_ms), default=None)
            errors.append(float("inf") if best is None else abs(best.start_ms - start_ms))
            left = [mark for mark in left if mark is not best]
        start_ms += 1000 * seconds
    return errors, len(left)

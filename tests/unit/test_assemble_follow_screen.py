"""Slides that the footage shows come when they come into view; words count where pictures cannot tell."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw

from ebrochure import decks, stages
from ebrochure.assemble.follow.deck import follow
from ebrochure.assemble.follow.likeness import Place, find_places, inner, likeness
from ebrochure.assemble.follow.report import follow_findings
from ebrochure.assemble.follow.screen import keep_look
from ebrochure.assemble.follow.sightings import Look, sightings
from ebrochure.assemble.follow.utterances import Utterance
from ebrochure.finish import finish
from ebrochure.model.media import Footage, Offers, Poster, Rendition
from ebrochure.model.service import Slide, SourceFile
from ebrochure.model.slidemark import MarkOrigin, SlideMark
from ebrochure.model.storyboard import Storyboard
from ebrochure.model.timeline import OverlayKind
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Transcript
from ebrochure.settings import DeliverySettings
from ebrochure.store import Kept
from ebrochure.workbench import Captioned, Drawn, Edited, Heard, Laid, Probed, Still, Watched, Workbench
from tests.fixtures.assembly import brand, media_info, recording, video_stream

if TYPE_CHECKING:
    from ebrochure.finish import Finished
    from ebrochure.model.storyboard import Storyboard
from ebrochure.model.timeline import Timeline

DECK = SourceFile("slides.pdf", Path("slides.pdf"), "0" * 64, 1)
TITLES = ("Printers", "Passwords", "Archive", "Travel")
SLIDES = tuple(Slide(n, DECK, n - 1, title, title) for n, title in enumerate(TITLES, start=1))
FRAME = (144, 256)


def seen(*shown: tuple[tuple[int, ...], int], slides: int = 4) -> Look:
    """Return a look at two frames a second: slides (from 1) that are seen alike, each for so many seconds."""
    rows = []
    for numbers, seconds in shown:
        row = np.full(slides, 0.2, np.float32)
        row[[number - 1 for number in numbers]] = 0.9
        rows += [row] * (2 * seconds)
    return Look(np.array(rows), 500)


def marks(
    look: Look, said: tuple[Utterance, ...] = (), script: tuple[tuple[int, int], ...] = ()
) -> list[SlideMark]:
    return list(follow(SLIDES, said, script, language="en", look=look).marks)


def moments(found: list[SlideMark]) -> list[tuple[int, float]]:
    """Return the slides with their seconds, rounded: a mark lies between two frames."""
    return [(mark.number, round((mark.start_ms + 1) / 1000)) for mark in found]


def test_slides_come_when_they_come_into_view_however_briefly_and_come_again() -> None:
    found = marks(seen(((1,), 10), ((2,), 2), ((4,), 6), ((2,), 6)))

    assert moments(found) == [(1, 0), (2, 10), (4, 12), (2, 18)]
    assert {mark.origin for mark in found} == {MarkOrigin.PICTURE}
    assert all(mark.is_sure for mark in found)


def test_a_slide_that_is_still_there_after_the_presenter_has_not_come_again() -> None:
    assert moments(marks(seen(((1,), 10), ((), 5), ((1,), 5), ((2,), 5)))) == [(1, 0), (2, 20)]


def test_where_two_slides_look_the_same_the_words_tell_when_the_second_comes() -> None:
    look = seen(((1,), 10), ((2, 3), 20), ((4,), 10))
    texts = ("Our printers are new.", "Passwords get longer.", "The archive keeps it.", "Book your travel.")
    said = tuple(
        Utterance(tuple(text.split()), TimeRange(at * 10_000, at * 10_000 + 9000), 500)
        for at, text in enumerate(texts)
    )

    assert moments(marks(look, said)) == [(1, 0), (2, 10), (3, 20), (4, 30)]


def test_of_two_slides_that_look_the_same_the_next_one_comes_and_is_called_a_guess_where_nothing_tells() -> (
    None
):
    assert moments(marks(seen(((1,), 10), ((2, 4), 10)))) == [(1, 0), (2, 10)]

    unclear = marks(seen(((1,), 10), ((2, 4), 10), ((3,), 10)))[1]
    assert unclear.sureness < marks(seen(((1,), 10), ((2,), 10), ((3,), 10)))[1].sureness


def test_a_mark_of_the_script_wins_over_the_picture() -> None:
    found = marks(seen(((1,), 10), ((2,), 10), ((3,), 10)), script=((2, 14_000),))

    assert moments(found) == [(1, 0), (2, 14), (3, 20)]
    assert [mark.origin for mark in found] == [MarkOrigin.PICTURE, MarkOrigin.SCRIPT, MarkOrigin.PICTURE]


def test_footage_that_only_resembles_the_deck_shows_none_of_it() -> None:
    look = seen(((1,), 10), ((2,), 10))

    assert sightings(Look(look.likeness * 0.65, 500), np.zeros((40, 4))) == ()
    assert sightings(seen(((1,), 10), ((), 10)), np.zeros((40, 4))) == ()  # one picture may be an accident


def test_the_author_hears_that_the_slides_are_not_laid_over_and_which_are_never_seen() -> None:
    followed = follow(SLIDES, (), (), language="en", look=seen(((1,), 10), ((2,), 10), ((3,), 10)))

    first, unseen = follow_findings(followed, SLIDES, footage="a.mp4")

    assert (first.code, unseen.code) == ("SLIDES_SEEN", "SLIDE_UNSEEN")
    assert "slide 4 (`Travel`)" in unseen.message


def in_footage(folder: Path, storyboard: Storyboard | None) -> tuple[Finished, Timeline]:
    """Take a screen that shows four slides, a minute each, through the stages that only think."""
    look = seen(((1,), 60), ((2,), 60), ((4,), 60), ((3,), 60))
    watched = Watched(keep_look(look, folder), look.step_ms)
    drawn = Drawn(tuple(Still(f"slide-{item.number}", Path("a.png"), 16, 9) for item in SLIDES))
    video = recording(slides=SLIDES, storyboard=storyboard, speaker=None)
    service, asked = (
        SimpleNamespace(liaison=None, survey=None, language="en"),
        SimpleNamespace(delivery=DeliverySettings()),
    )
    bench = Workbench(service, video, asked, brand(), None, None, None)  # type: ignore[arg-type]
    info, nothing = media_info(video_stream(), duration_ms=240_000), Captioned((), ())
    heard = Heard(Transcript("en", "none", (), (TimeRange(0, 239_000),)), ())

    shown = decks.follow_slides(bench, info, heard, nothing, slides=drawn, watched=watched)
    edit = Edited((), ())
    timeline = stages.plan(bench, info, heard, nothing, edit=edit, slides=drawn, shown=shown)
    (folder / "video.mp4").write_bytes(b"0")
    made = Rendition(folder / "video.mp4", "video/mp4", 16, 9, timeline.frame_rate, 1, 1, 1, None)
    laid = Laid(
        probed=(Probed(info, ()),),
        edit=edit,
        footage=Footage(video.footage[0], info),
        slides=drawn,
        speech=None,
        heard=heard,
        captions=nothing,
        shown=shown,
        timeline=timeline,
        cards={},
        pictures=Kept("", drawn),
    )
    poster, offers = Poster(Path("a.jpg"), 16, 9), Offers(None, None, None, None)
    return finish(bench, laid, rendition=made, poster=poster, offers=offers), timeline


@pytest.mark.parametrize("storyboard", [None, Storyboard.PRESENTER, Storyboard.NONE])
def test_slides_that_the_footage_shows_are_not_laid_over_it_but_the_page_knows_when_they_come(
    tmp_path: Path, storyboard: Storyboard | None
) -> None:
    finished, timeline = in_footage(tmp_path, storyboard)

    assert not [item for item in timeline.overlays if item.kind is OverlayKind.SLIDE]
    intro_ms = timeline.to_output(0)
    assert intro_ms is not None
    starts_ms = [(slide.shown_at_ms or 0) - intro_ms for slide in finished.finished.slides]
    assert [round(start_ms / 60_000) for start_ms in starts_ms] == [0, 1, 3, 2]
    assert [chapter.title for chapter in finished.finished.chapters] == [
        "Printers",
        "Passwords",
        "Travel",
        "Archive",
    ]


def test_slides_are_laid_over_footage_that_shows_them_where_the_author_asks_for_it(tmp_path: Path) -> None:
    _, timeline = in_footage(tmp_path, Storyboard.SLIDES)

    shown = [item.image for item in timeline.overlays if item.kind is OverlayKind.SLIDE]
    assert shown == ["slide-1", "slide-2", "slide-4", "slide-3"]


def pictures() -> list[Image.Image]:
    """Return three slides with bars where words would be, no two alike."""
    found = []
    for slide in range(3):
        picture = Image.new("L", (960, 540), 245)
        pen = ImageDraw.Draw(picture)
        for line in range(6):
            for word in range(5):
                left = 90 + word * 160 + 30 * ((slide + line + word) % 3)
                width = 50 + 25 * ((slide * 5 + line * 3 + word * 7) % 4)
                pen.rectangle((left, 80 + line * 70, left + width, 110 + line * 70), fill=40)
        found.append(picture)
    return found


def test_slides_are_found_wherever_they_are_in_the_frame_and_under_an_inset() -> None:
    deck = pictures()
    frames = np.full((3, *FRAME), 30, np.uint8)
    for frame, slide in zip(frames, deck, strict=True):
        frame[20:119, 8:184] = np.asarray(slide.resize((176, 99), Image.Resampling.BOX))
        frame[90:140, 150:250] = np.random.default_rng(3).integers(0, 255, (50, 100))  # somebody's face
    cut = [inner(slide, FRAME[1]) for slide in deck]

    places = find_places(frames, cut)
    like = likeness(frames, cut, places)

    assert places[0].is_near(Place(17, 25, 158, 89))
    assert like.argmax(axis=1).tolist() == [0, 1, 2]
    assert like.diagonal().min() > 0.7


def test_frames_without_slides_have_no_place_for_them() -> None:
    noise = np.random.default_rng(5).integers(0, 255, (4, *FRAME)).astype(np.uint8)
    plain = np.full((4, *FRAME), 128, np.uint8)
    deck = [inner(slide, FRAME[1]) for slide in pictures()]

    assert find_places(noise, deck) == ()
    assert find_places(plain, deck) == ()


@settings(max_examples=50, deadline=None)
@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(1, 30), st.integers(2, 5)), elements=st.floats(0, 1, width=32)
    )
)
def test_whatever_is_seen_slides_come_in_order_of_time_and_never_twice_in_a_row(like: np.ndarray) -> None:
    found = sightings(Look(like, 500), np.zeros(like.shape))

    starts_ms = [item.start_ms for item in found]
    assert starts_ms == sorted(set(starts_ms))
    assert all(before.slide != after.slide for before, after in pairwise(found))
    assert all(0 <= item.sureness <= 1 + 1e-9 for item in found)

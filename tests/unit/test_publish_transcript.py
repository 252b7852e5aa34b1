"""The descriptive transcript, and what of the slides is read out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.caption.formats import to_webvtt
from ebrochure.model.captions import Chapter, Cue, TrackKind
from ebrochure.model.page import PageSlide
from ebrochure.model.service import Slide, SourceFile
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Word
from ebrochure.publish.descriptions import CUE_CHARS, describe_slides
from ebrochure.publish.page import FinishedSlide
from ebrochure.publish.transcript import passages, slide_lines

DECK = SourceFile("slides.pdf", Path("slides.pdf"), "0" * 40, 1)


def cue(start_ms: int, text: str = "words", speaker: str | None = None) -> Cue:
    return Cue(str(start_ms), TimeRange(start_ms, start_ms + 1800), (text,), speaker)


def slide(number: int, shown_at_ms: int | None) -> PageSlide:
    return PageSlide(number, "s.png", 1280, 720, "Title", "Title", "", ("Title",), shown_at_ms)


def finished(number: int, text: str, shown_at_ms: int | None) -> FinishedSlide:
    title, _, _ = text.partition("\n")
    return FinishedSlide(
        Slide(number, DECK, number - 1, title or None, text), Path("s.png"), 1280, 720, shown_at_ms
    )


def spoken(text: str, start_ms: int) -> tuple[Word, ...]:
    times = (TimeRange(start_ms + 400 * at, start_ms + 400 * at + 300) for at in range(999))
    return tuple(Word(word, time, 1.0) for word, time in zip(text.split(), times, strict=False))


def test_slide_stands_between_the_words_before_and_after_its_moment() -> None:
    found = passages(((cue(0), cue(2000), cue(4000)),), (), (slide(1, 2000), slide(2, None)))
    assert [(item.start_ms, [cue.id for cue in item.cues], len(item.slides)) for item in found] == [
        (0, ["0"], 0),
        (2000, ["2000", "4000"], 1),
    ]


@pytest.mark.parametrize(("moment_ms", "before"), [(2100, "2000"), (3500, "4000")])
def test_slide_inside_a_cue_goes_to_its_nearer_end(moment_ms: int, before: str) -> None:
    found = passages(((cue(0), cue(2000), cue(4000)),), (), (slide(1, moment_ms),))
    assert found[-1].cues[0].id == before


def test_chapter_and_slide_of_one_moment_open_one_passage() -> None:
    chapters = (Chapter("Start", TimeRange(0, 2000)), Chapter("Then", TimeRange(2000, 6000)))
    found = passages(((cue(0),), (cue(2000),)), chapters, (slide(1, 2000),))
    assert [(item.chapter, len(item.slides), len(item.cues)) for item in found] == [
        ("Start", 0, 1),
        ("Then", 1, 1),
    ]


def test_film_in_which_nobody_speaks_is_told_by_its_slides() -> None:
    chapters = (Chapter("One", TimeRange(0, 5000)), Chapter("Two", TimeRange(5000, 9000)))
    found = passages((), chapters, (slide(1, 0), slide(2, 5000)))
    assert [(item.chapter, item.slides[0].number) for item in found] == [("One", 1), ("Two", 2)]
    assert passages((), chapters, (slide(1, None),)) == ()


@given(
    st.lists(st.integers(1, 4), max_size=5),
    st.lists(st.integers(0, 40_000), unique=True, max_size=5),
    st.lists(st.integers(0, 40_000), max_size=5),
)
def test_every_cue_chapter_and_slide_is_there_once_and_in_order(
    sizes: list[int], chapters: list[int], slides: list[int]
) -> None:
    cues = [cue(2000 * at) for at in range(sum(sizes))]
    paragraphs = [tuple(cues[sum(sizes[:at]) : sum(sizes[: at + 1])]) for at in range(len(sizes))]
    marks = tuple(Chapter(str(ms), TimeRange(ms, ms + 1)) for ms in chapters)
    found = passages(paragraphs, marks, tuple(slide(at, ms) for at, ms in enumerate(slides)))
    if cues or slides:
        assert [item for passage in found for item in passage.cues] == cues
        assert sorted(item.chapter for item in found if item.chapter) == sorted(map(str, chapters))
        assert sorted(item.number for passage in found for item in passage.slides) == [*range(len(slides))]
    assert all(len({item.shown_at_ms for item in passage.slides}) <= 1 for passage in found)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Work safely\nfrom anywhere\nNo button", ("Work safely from anywhere", "No button")),
        ("\nWork safely  from\nanywhere", ("Work safely from anywhere",)),
        ("Work safely\nNo button", ("Work safely from anywhere", "Work safely", "No button")),
    ],
)
def test_title_that_is_broken_into_lines_is_told_once(text: str, lines: tuple[str, ...]) -> None:
    assert slide_lines(Slide(1, DECK, 0, "Work safely from anywhere", text)) == lines


def test_slide_says_nothing_twice() -> None:
    lines = slide_lines(Slide(1, DECK, 0, "Costs", "Costs\n\n 2027 \n2028", alt="A chart that rises"))
    assert lines == ("Costs", "A chart that rises", "2027", "2028")


def test_slide_whose_words_are_spoken_around_its_moment_is_not_read_out() -> None:
    words = spoken("Ring the help desk within the hour, día or night", 7000)
    slides = (finished(1, "Ring the HELP DESK\nwithin the hour, dia or night", 10_000),)
    told = describe_slides(slides, words, speech=(), duration_ms=30_000, language="en")
    assert told is None


def test_words_spoken_too_far_away_do_not_tell_a_slide() -> None:
    words = spoken("Ring the help desk", 16_000)
    track = describe_slides(
        (finished(1, "Ring the help desk", 10_000),), words, speech=(), duration_ms=30_000, language="en"
    )
    assert track is not None
    assert (track.kind, track.cues[0].text) == (TrackKind.DESCRIPTIONS, "Slide 1: Ring the help desk.")


def test_description_waits_for_a_gap_and_ends_before_the_next_slide() -> None:
    slides = (
        finished(1, "Costs fall by a third", 1000),
        finished(2, "Two\nA plan", 9000),
        finished(3, "", 9500),
    )
    speech = (TimeRange(0, 4000), TimeRange(8000, 30_000))
    track = describe_slides(slides, (), speech=speech, duration_ms=30_000, language="en")
    assert track is not None
    assert [(item.time.start_ms, item.time.end_ms) for item in track.cues] == [(4000, 6066), (9000, 9500)]


@given(st.text(max_size=400), st.integers(0, 29_999))
def test_any_slide_gives_a_short_cue_that_can_be_written(text: str, moment_ms: int) -> None:
    slides = (finished(1, text, moment_ms),)
    track = describe_slides(slides, (), speech=(), duration_ms=30_000, language="en")
    for item in () if track is None else track.cues:
        assert len(item.text) <= CUE_CHARS
        assert moment_ms <= item.time.start_ms < item.time.end_ms <= 30_000
    assert track is None or "Slide 1: " in to_webvtt(track)

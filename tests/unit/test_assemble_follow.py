"""Slides follow the speaker: through their topics, in the deck's order, unless the script says otherwise."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure import decks
from ebrochure.assemble.follow.deck import Followed, follow
from ebrochure.assemble.follow.report import follow_findings
from ebrochure.assemble.follow.terms import terms_of
from ebrochure.assemble.follow.turns import Course, choose_turns
from ebrochure.assemble.follow.utterances import Utterance, segments_of_cues, utterances_of
from ebrochure.assemble.plan import plan_timeline
from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.service import Slide, SourceFile
from ebrochure.model.slidemark import MarkOrigin, SlideMark
from ebrochure.model.timeline import OverlayKind
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Transcript
from ebrochure.settings import DeliverySettings
from ebrochure.workbench import Captioned, Drawn, Heard, Still, Watched, Workbench
from tests.fixtures.assembly import brand, media_info, recording, video_stream

DECK = SourceFile("slides.pdf", Path("slides.pdf"), "0" * 64, 1)
AGENDA = (
    "Today: printers, then passwords, then the archive, then travel expenses.",
    "Ask whenever you like.",
)
PRINTERS = (
    "Our printers are new on every floor.",
    "You release a job with your badge.",
    "Toner orders itself, and nobody has to call.",
)
PASSWORDS = (
    "Passwords have to be longer from now on.",
    "Sixteen characters is the least we accept.",
    "My aunt uses the name of her dog.",
)
ARCHIVE = (
    "The archive keeps contracts for ten years.",
    "Afterwards documents are shredded.",
    "That is what the law asks for.",
)
TALK = (*PRINTERS, *PASSWORDS, *ARCHIVE)


def slide(number: int, title: str, *lines: str, notes: str | None = None) -> Slide:
    return Slide(number, DECK, number - 1, title, "\n".join((title, *lines)), notes)


SLIDES = (
    slide(1, "Printers", "Badge releases a job", "Toner"),
    slide(2, "Passwords", "16 characters"),
    slide(3, "Archive", "Contracts: 10 years", "Shredding"),
)
FOREIGN = (slide(1, "Giraffes"), slide(2, "Volcanoes"), slide(3, "Sonatas"))


def spoken(*sentences: str, step_ms: int = 6000) -> tuple[Utterance, ...]:
    """Return sentences that begin every six seconds, half a second of silence before each."""
    return tuple(
        Utterance(tuple(text.split()), TimeRange(at * step_ms, (at + 1) * step_ms - 500), 500 if at else 0)
        for at, text in enumerate(sentences)
    )


def word_by_word(*sentences: str) -> tuple[Utterance, ...]:
    """Return sentences as an engine may write them that hears a breath after every word."""
    return spoken(*(word for text in sentences for word in text.split()), step_ms=900)


def moments(followed: Followed) -> dict[int, int]:
    """Return which sentence each slide comes with."""
    return {mark.number: (mark.start_ms + 300) // 6000 for mark in followed.marks}


def test_a_slide_stays_through_its_topic() -> None:
    assert moments(follow(SLIDES, spoken(*TALK), (), language="en")) == {1: 0, 2: 3, 3: 6}


def test_a_slide_comes_in_the_pause_before_its_first_word() -> None:
    second = follow(SLIDES, spoken(*TALK), (), language="en").marks[1]

    assert second.start_ms == 3 * 6000 - 250
    assert second.origin is MarkOrigin.WORDS


def test_a_slide_that_nobody_speaks_of_is_not_shown() -> None:
    travel = slide(3, "Travel expenses", "Taxi receipts", "Hotel limits")
    deck = (*SLIDES[:2], travel, slide(4, "Archive", "Contracts: 10 years", "Shredding"))

    followed = follow(deck, spoken(*TALK), (), language="en")

    assert followed.unspoken == (3,)
    assert moments(followed) == {1: 0, 2: 3, 4: 6}


def test_an_agenda_that_names_every_topic_draws_nothing_to_it() -> None:
    agenda = slide(1, "Agenda", "Printers", "Passwords", "Archive", "Travel expenses")
    deck = (agenda, *(Slide(s.number + 1, DECK, s.number, s.title, s.text) for s in SLIDES))

    assert moments(follow(deck, spoken(*AGENDA, *TALK), (), language="en")) == {1: 0, 2: 2, 3: 5, 4: 8}


def test_a_mark_of_the_script_wins_and_the_slide_between_two_is_found_between_them() -> None:
    followed = follow(SLIDES, spoken(*TALK), ((1, 0), (3, 42_000), (9, 1000)), language="en")

    assert [mark for mark in followed.marks if mark.is_scripted] == [SlideMark(1, 0), SlideMark(3, 42_000)]
    assert moments(followed)[2] == 3


def test_marks_that_go_back_in_the_deck_stay_as_they_are() -> None:
    marks = ((3, 0), (2, 18_000), (1, 36_000))

    assert follow(SLIDES, spoken(*TALK), marks, language="en").marks == tuple(
        SlideMark(number, start_ms) for number, start_ms in marks
    )


def test_a_deck_with_nothing_in_common_with_the_talk_is_left_to_be_spread() -> None:
    followed = follow(FOREIGN, spoken(*TALK), (), language="en")

    assert followed.is_foreign
    assert followed.marks == ()
    assert [item.code for item in follow_findings(followed, FOREIGN, footage="a.mp4")] == ["SLIDES_SPREAD"]


def test_how_finely_a_talk_is_cut_does_not_make_its_deck_that_of_another() -> None:
    for talk in (spoken(*TALK), word_by_word(*TALK)):
        assert not follow(SLIDES, talk, (), language="en").is_foreign
        assert follow(FOREIGN, talk, (), language="en").is_foreign


def test_a_slide_that_stays_very_long_takes_no_moment_from_its_neighbours() -> None:
    stays = (3, 3, 3, 20, 3, 3, 3)
    begins = np.cumsum((0, *stays[:-1]))
    said_to = np.repeat(np.arange(len(stays)), stays)
    count = len(said_to)
    course = Course(
        evidence=np.where(said_to[:, np.newaxis] == np.arange(len(stays)), 0.5, -0.2),
        starts_s=6.0 * np.arange(count),
        end_s=6.0 * count,
        pauses_s=np.full(count, 0.5),
        arrivals=np.zeros((count, len(stays))),
        sizes=np.full(len(stays), 8.0),
    )

    assert [turn.utterance for turn in choose_turns(course)] == begins.tolist()


def test_a_guess_and_an_unspoken_slide_are_reported_with_the_mark_to_write() -> None:
    followed = Followed((SlideMark(1, 75_000, MarkOrigin.WORDS, 0.3),), unspoken=(2,))

    guessed, unspoken = follow_findings(followed, SLIDES, footage="a.mp4")

    assert "slide 1 (`Printers`) is shown from 1:15" in guessed.message
    assert (guessed.code, unspoken.code) == ("SLIDE_GUESSED", "SLIDE_UNSPOKEN")
    assert "[slide 2]" in (unspoken.hint or "")


def test_a_figure_on_a_slide_meets_its_words() -> None:
    assert {"96", *terms_of("ninety six", "en")} == set(terms_of("96 %", "en"))
    assert set(terms_of("nineteen ninety eight", "en")) <= set(terms_of("1998", "en"))


def test_captions_by_a_person_are_followed_like_words() -> None:
    cues = [Cue(str(at), TimeRange(at * 6000, at * 6000 + 5500), (text,)) for at, text in enumerate(TALK)]

    followed = follow(SLIDES, utterances_of(segments_of_cues(cues)), (), language="en")

    assert moments(followed) == {1: 0, 2: 3, 3: 6}


def test_followed_slides_reach_the_timeline_after_the_presenters_lead() -> None:
    marks = follow(SLIDES, spoken(*TALK), (), language="en").marks

    timeline = plan_timeline(
        media_info(video_stream(), duration_ms=54_000),
        speech=(TimeRange(0, 53_500),),
        slides=SLIDES,
        slide_marks=marks,
        video=recording(),
        brand=brand(),
        delivery=DeliverySettings(),
        has_liaison=True,
    )

    shown = {item.image: item.time for item in timeline.overlays if item.kind is OverlayKind.SLIDE}
    lead = next(item for item in timeline.overlays if item.kind is OverlayKind.LOWER_THIRD)
    assert shown["slide-1"].start_ms >= lead.time.end_ms
    for mark in marks[1:]:
        place = timeline.to_output(mark.start_ms)
        assert place is not None
        assert abs(shown[f"slide-{mark.number}"].start_ms - place) <= 40


def test_the_stage_follows_captions_by_a_person_where_nobody_listened() -> None:
    cues = tuple(
        Cue(str(at), TimeRange(at * 6000, at * 6000 + 5500), (text,)) for at, text in enumerate(TALK)
    )
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.PERSON))
    drawn = Drawn(tuple(Still(f"slide-{item.number}", Path("a.png"), 16, 9) for item in SLIDES))
    bench = Workbench(None, recording(slides=(*SLIDES, slide(4, "Contracts"))), None, None, None, None, None)
    heard = Heard(Transcript("en", "none", (), ()), ())

    captions, unlike = Captioned((track,), ()), Watched(None, 0)
    shown = decks.follow_slides(
        bench, media_info(video_stream()), heard, captions, slides=drawn, watched=unlike
    )

    found = {mark.number: (mark.start_ms + 300) // 6000 for mark in shown.marks}
    assert found == {1: 0, 2: 3, 3: 6}  # the fourth has no picture, so it cannot be shown


WORDS = st.sampled_from(
    ["printer", "badge", "toner", "password", "characters", "archive", "contracts", "the", "and", "dog", "16"]
)


@settings(max_examples=60, deadline=None)
@given(
    said=st.lists(st.lists(WORDS, min_size=1, max_size=6), max_size=12),
    texts=st.lists(st.lists(WORDS, max_size=4), max_size=8),
    scripted=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 70_000)), max_size=3),
)
def test_whatever_is_said_slides_come_in_order_and_the_same_every_time(
    said: list[list[str]], texts: list[list[str]], scripted: list[tuple[int, int]]
) -> None:
    deck = tuple(Slide(n, DECK, n - 1, None, " ".join(words)) for n, words in enumerate(texts, start=1))
    talk = spoken(*(" ".join(words) for words in said))

    followed = follow(deck, talk, scripted, language="en")

    assert followed == follow(deck, talk, scripted, language="en")
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(followed.marks))
    assert all(0 <= mark.sureness <= 1 for mark in followed.marks)
    found = [mark.number for mark in followed.marks if not mark.is_scripted]
    assert len(found) == len(set(found))
    if not scripted:
        assert found == sorted(found)

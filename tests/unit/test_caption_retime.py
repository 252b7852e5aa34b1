"""Captions, chapters and paragraphs through the edit map."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.caption.check import check_track
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.retime import chapters_from, chapters_of_slides, paragraphs, retime_track
from ebrochure.model.captions import CaptionProfile, Chapter, Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Level
from ebrochure.model.timeline import Clip, Timeline
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word, WordSource

PROFILE = CaptionProfile()
RATE = Fraction(25)


def timeline(*kept: tuple[int, int], intro_ms: int = 3000, outro_ms: int = 5000) -> Timeline:
    """Return a video of an intro card, the `kept` stretches of footage and an outro card, at 25 frames/s."""

    def clip(source: str, start_ms: int, end_ms: int) -> Clip:
        return Clip(source, TimeRange(start_ms, end_ms), round((end_ms - start_ms) / 40))

    cards = [clip("intro", 0, intro_ms)] if intro_ms else [], [clip("outro", 0, outro_ms)] if outro_ms else []
    clips = (*cards[0], *(clip("footage", *stretch) for stretch in kept), *cards[1])
    return Timeline(1280, 720, RATE, clips)


def cue(
    start_ms: int,
    end_ms: int,
    text: str = "We measure it.",
    *,
    name: str = "1",
    speaker: str | None = None,
) -> Cue:
    return Cue(name, TimeRange(start_ms, end_ms), (text,), speaker)


def track(*cues: Cue, origin: TextOrigin = TextOrigin.SCRIPT) -> Track:
    return Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(origin))


def times(retimed: Track) -> list[tuple[int, int]]:
    return [(item.time.start_ms, item.time.end_ms) for item in retimed.cues]


def segment(start_ms: int, end_ms: int, heading: str | None = None) -> Segment:
    return Segment((Word("Word.", TimeRange(start_ms, end_ms), 1.0, WordSource.SCRIPT),), heading)


# --- captions --------------------------------------------------------------------------------


def test_captions_move_behind_the_intro_card_and_keep_everything_else() -> None:
    before = track(
        replace(cue(1000, 3000, name="a", speaker="Ann"), lines=("We measure", "it.")), cue(4000, 6000)
    )
    after = retime_track(before, timeline((0, 10_000)))
    assert times(after) == [(4000, 6000), (7000, 9000)]
    assert [replace(item, time=TimeRange(0, 0)) for item in after.cues] == [
        replace(item, time=TimeRange(0, 0)) for item in before.cues
    ]
    assert after.provenance == before.provenance


def test_a_cue_whose_words_were_cut_goes_with_them() -> None:
    after = retime_track(
        track(cue(1000, 3000), cue(5000, 7000, name="2")), timeline((0, 4000), (8000, 10_000))
    )
    assert [item.id for item in after.cues] == ["1"]


def test_a_cue_that_spans_a_removed_pause_stays_one_cue() -> None:
    after = retime_track(track(cue(1000, 5000)), timeline((0, 2000), (3000, 10_000)))
    assert times(after) == [(4000, 7000)]


def test_a_cue_that_only_lingered_into_a_removed_pause_keeps_the_time_it_needs() -> None:
    after = retime_track(track(cue(1000, 3000)), timeline((0, 1400), (9000, 12_000)))
    assert times(after) == [(4000, 5000)]


def test_a_cue_of_which_only_the_tail_is_left_goes() -> None:
    assert retime_track(track(cue(1000, 3000)), timeline((2600, 9000))).cues == ()
    assert len(retime_track(track(cue(1000, 3000)), timeline((2400, 9000))).cues) == 1


def test_a_cue_over_a_card_in_the_middle_stays_on_the_side_of_its_words() -> None:
    middle = Clip("intro", TimeRange(0, 2000), 50)
    clips = (Clip("footage", TimeRange(0, 2000), 50), middle, Clip("footage", TimeRange(2000, 9000), 175))
    video = Timeline(1280, 720, RATE, clips)
    assert times(retime_track(track(cue(500, 2600)), video)) == [(500, 2000)]
    assert times(retime_track(track(cue(1800, 4500)), video)) == [(4000, 6500)]


def test_the_last_cue_ends_with_the_footage() -> None:
    assert times(retime_track(track(cue(8000, 11_500)), timeline((0, 10_000)))) == [(11_000, 13_000)]


def test_a_tiny_recording_is_shown_long_enough_to_read() -> None:
    words = tuple(
        Word(text, TimeRange(start, end), 1.0, WordSource.SCRIPT)
        for text, start, end in (("ten", 250, 480), ("of", 480, 600), ("clubs", 600, 1010))
    )
    source = track(*cues_from_segments((Segment(words),), PROFILE, language="en"))
    video = timeline((0, 1080))
    after = retime_track(source, video, PROFILE)
    found = check_track(
        after,
        profile=PROFILE,
        speech=(TimeRange(3250, 4010),),
        file="a.vtt",
        cards=(TimeRange(0, 3000), TimeRange(4080, 9080)),
    )
    assert times(after) == [
        (3000, 4080)
    ]  # from the cut on, and a little early before it would stay into the outro
    assert [item for item in found if item.level is Level.ERROR] == []


def test_a_tiny_recording_stays_into_the_outro_as_a_last_way_out() -> None:
    after = retime_track(track(cue(250, 1250)), timeline((0, 800)))
    assert times(after) == [(3000, 4050)]


def test_a_recording_without_an_outro_ends_with_the_video() -> None:
    after = retime_track(track(cue(500, 1500)), timeline((0, 800), intro_ms=0, outro_ms=0))
    assert times(after) == [(0, 800)]


def test_a_gap_that_a_removed_pause_made_too_short_is_closed() -> None:
    cues = (cue(1000, 3000), cue(5000, 7000, name="2"))
    video = timeline((0, 3520), (5000, 9000))
    assert times(retime_track(track(*cues), video)) == [(4000, 6440), (6520, 8520)]
    assert times(retime_track(track(*cues, origin=TextOrigin.PERSON), video)) == [(4000, 6000), (6520, 8520)]


def test_captions_that_touch_get_their_two_frames() -> None:
    cues = (cue(1000, 3000), cue(3000, 5000, name="2"), cue(4500, 7000, name="3"))
    after = retime_track(track(*cues, origin=TextOrigin.PERSON), timeline((0, 9000), intro_ms=0))
    assert times(after) == [(1000, 2920), (3000, 4420), (4500, 7000)]


def test_longer_frames_take_no_cue_below_its_least_time() -> None:
    cues = (cue(1000, 3920), cue(4000, 5000, name="2"), cue(5080, 8000, name="3"))
    rules = replace(PROFILE, frame_ms=67)  # 15 frames/s: two are 134 ms
    after = retime_track(track(*cues), timeline((0, 9000), intro_ms=0), rules)
    assert times(after) == [(1000, 3812), (3946, 4946), (5080, 8000)]


def test_two_captions_at_the_same_moment_are_left_for_the_lint() -> None:
    cues = (cue(1000, 3000), cue(1000, 3000, name="2"))
    after = retime_track(track(*cues, origin=TextOrigin.PERSON), timeline((0, 9000), intro_ms=0))
    assert times(after) == [(1000, 3000), (1000, 3000)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(80, 3000), st.integers(1000, 7000)), max_size=12),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(40, 9000)), min_size=1, max_size=6),
)
def test_whatever_is_cut_captions_stay_in_order_and_apart(
    spoken: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    cues: list[Cue] = []
    for gap_ms, length_ms in spoken:
        start_ms = (cues[-1].time.end_ms if cues else 0) + gap_ms
        cues.append(cue(start_ms, start_ms + length_ms, name=str(len(cues))))
    stretches = []
    now_ms = 0
    for cut_ms, length_ms in kept:
        stretches.append((now_ms + cut_ms, now_ms + cut_ms + length_ms))
        now_ms = stretches[-1][1]
    video = timeline(*stretches)
    after = retime_track(track(*cues), video)
    assert [int(item.id) for item in after.cues] == sorted(int(item.id) for item in after.cues)
    assert all(item.time.end_ms <= video.duration_ms and item.time.duration_ms > 0 for item in after.cues)
    assert all(item.time.start_ms >= 3000 for item in after.cues)
    for one, two in pairwise(after.cues):
        assert one.time.start_ms <= two.time.start_ms
        assert (
            one.time.end_ms <= two.time.start_ms
            or one.time.end_ms - one.time.start_ms <= PROFILE.min_duration_ms
        )


# --- chapters --------------------------------------------------------------------------------


def test_chapters_run_from_the_first_frame_to_the_last_and_meet() -> None:
    segments = (segment(500, 2000), segment(4000, 5000, "Who can apply"), segment(8000, 9000, "How to apply"))
    assert chapters_from(segments, timeline((0, 10_000)), opening="Welcome") == (
        Chapter("Welcome", TimeRange(0, 7000)),
        Chapter("Who can apply", TimeRange(7000, 11_000)),
        Chapter("How to apply", TimeRange(11_000, 18_000)),
    )


def test_a_heading_before_the_first_word_needs_no_opening() -> None:
    chapters = chapters_from((segment(500, 2000, "The offer"), segment(3000, 4000)), timeline((0, 5000)))
    assert chapters == (Chapter("The offer", TimeRange(0, 13_000)),)


def test_a_chapter_starts_with_the_card_that_announces_it() -> None:
    whole = timeline((0, 3000), (3000, 6000), intro_ms=0, outro_ms=0)
    card = Clip("chapter-2", TimeRange(0, 2000), 50, enter_frames=10)
    edit = replace(whole, clips=(whole.clips[0], card, replace(whole.clips[1], enter_frames=10)))
    chapters = chapters_from((segment(0, 2000, "What it is"), segment(3500, 5000, "Who may")), edit)
    assert [chapter.time.start_ms for chapter in chapters] == [0, 3000]


def test_a_chapter_that_was_cut_away_is_not_listed() -> None:
    segments = (segment(500, 2000, "One"), segment(4000, 5000, "Two"), segment(8000, 9000, "Three"))
    chapters = chapters_from(segments, timeline((0, 3000), (7000, 10_000)))
    assert [chapter.title for chapter in chapters] == ["One", "Three"]


@pytest.mark.parametrize("segments", [(), (segment(0, 1000), segment(2000, 3000))])
def test_a_script_without_headings_has_no_chapters(segments: tuple[Segment, ...]) -> None:
    assert chapters_from(segments, timeline((0, 5000))) == ()


# --- paragraphs ------------------------------------------------------------------------------


def row(*texts: str, gap_ms: int = 80) -> tuple[Cue, ...]:
    """Return cues of two seconds, `gap_ms` apart."""
    step_ms = 2000 + gap_ms
    return tuple(cue(at * step_ms, at * step_ms + 2000, text, name=str(at)) for at, text in enumerate(texts))


def test_a_paragraph_ends_after_about_five_sentences_but_not_within_one() -> None:
    cues = row("One. Two.", "Three. Four.", "Five. And", "six.", "Seven.")
    assert [[item.id for item in part] for part in paragraphs(cues)] == [["0", "1", "2", "3"], ["4"]]


def test_a_pause_a_speaker_and_a_chapter_start_a_paragraph() -> None:
    a, b, c, d = row("One.", "two.", "Three.", "four.")
    assert len(paragraphs((a, b, c, d))) == 1
    assert len(paragraphs(row("One.", "two.", gap_ms=2000))) == 2
    assert len(paragraphs((a, replace(b, speaker="Ann"), replace(c, speaker="Ann")))) == 2
    chapters = (Chapter("1", TimeRange(0, 4300)), Chapter("2", TimeRange(4300, 9000)))  # c comes 140 ms early
    assert paragraphs((a, b, c, d), chapters) == ((a, b), (c, d))


def test_no_cues_make_no_paragraphs() -> None:
    assert paragraphs(()) == ()


# --- chapters of slides ----------------------------------------------------------------------


def test_titles_of_slides_become_chapters_and_equal_or_short_ones_join_the_one_before() -> None:
    titles = ((0, "Why"), (20_000, "How"), (40_000, "How"), (45_000, "Aside"), (60_000, "When"))
    chapters = chapters_of_slides(titles, timeline((0, 90_000), intro_ms=0))
    assert [(item.title, item.time.start_ms) for item in chapters] == [
        ("Why", 0),
        ("How", 20_000),
        ("Aside", 45_000),
        ("When", 60_000),
    ]


def test_two_chapters_that_nobody_asked_for_are_none() -> None:
    assert chapters_of_slides(((0, "Why"), (20_000, "How")), timeline((0, 90_000), intro_ms=0)) == ()

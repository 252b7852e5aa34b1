"""The edit: nothing said is cut, frames add up, overlays lie where they belong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.assemble.cutting import FADE_MS, ChapterMark, chapter_marks
from ebrochure.assemble.plan import (
    choose_storyboard,
    delivery_rate,
    delivery_size,
    outro_length_ms,
    plan_timeline,
)
from ebrochure.assemble.scenes import body_frames, plan_scenes
from ebrochure.model.service import Cut, Person
from ebrochure.model.slidemark import SlideMark
from ebrochure.model.storyboard import Framing, Storyboard
from ebrochure.model.timeline import OverlayKind, Timeline
from ebrochure.model.timing import TimeRange, frame_at, merged, total_ms
from ebrochure.model.transcript import Segment, Word
from ebrochure.settings import DeliverySettings
from tests.fixtures.assembly import SPEAKER, brand, media_info, recording, slides, video_stream

RATES = tuple(Fraction(*rate) for rate in ((24000, 1001), (25, 1), (30000, 1001), (30, 1), (50, 1), (60, 1)))
TALK = (TimeRange(2000, 9000), TimeRange(9500, 27_000))


def plan(
    speech: tuple[TimeRange, ...] = TALK,
    *,
    rate: Fraction = Fraction(25),
    duration_ms: int = 30_000,
    has_picture: bool = True,
    slide_count: int = 0,
    marks: tuple[tuple[int, int], ...] = (),
    cut: Cut | None = None,
    storyboard: Storyboard | None = None,
    intro_ms: int = 3000,
    has_liaison: bool = True,
    lower_third_ms: int = 5000,
    chapters: tuple[ChapterMark, ...] = (),
    names_again: bool = False,
    has_survey: bool = False,
    slides_as: Framing | None = None,
    language: str = "en",
    speaker: Person = SPEAKER,
) -> Timeline:
    info = media_info(video_stream(rate=rate) if has_picture else None, duration_ms=duration_ms)
    return plan_timeline(
        info,
        speech=speech,
        slides=slides(slide_count),
        slide_marks=tuple(SlideMark(number, start_ms) for number, start_ms in marks),
        chapters=chapters,
        video=recording(speaker=speaker, storyboard=storyboard, slides_as=slides_as, cut=cut or Cut()),
        brand=replace(
            brand(intro_ms=intro_ms, outro_ms=5000, lower_third_ms=lower_third_ms), names_again=names_again
        ),
        delivery=DeliverySettings(),
        has_liaison=has_liaison,
        has_survey=has_survey,
        language=language,
    )


def kinds(timeline: Timeline, kind: OverlayKind) -> list[TimeRange]:
    return [overlay.time for overlay in timeline.overlays if overlay.kind is kind]


def body_time(timeline: Timeline) -> TimeRange:
    return timeline.time(body_frames(timeline))


def marks_of(*pauses: tuple[int, int]) -> tuple[ChapterMark, ...]:
    """Return chapters that begin after these pauses; the first chapter opens the recording."""
    return tuple(
        ChapterMark(f"Chapter {number}", number, TimeRange(*pause))
        for number, pause in enumerate(pauses, start=2)
    )


@st.composite
def talks(draw: st.DrawFn) -> tuple[int, tuple[TimeRange, ...]]:
    """Draw a recording's length and where somebody speaks in it."""
    edges = draw(st.lists(st.integers(0, 90_000), min_size=0, max_size=16, unique=True).map(sorted))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    spans = tuple(TimeRange(start, end) for start, end in pairs)
    last = spans[-1].end_ms if spans else 0
    return max(500, last + draw(st.integers(0, 9000))), spans


CUTS = st.builds(
    Cut, head=st.booleans(), tail=st.booleans(), pauses_s=st.none() | st.floats(0.2, 5, allow_nan=False)
)


def chapters_in(speech: tuple[TimeRange, ...]) -> tuple[ChapterMark, ...]:
    """Return a chapter after the longest pause, and one where the talk runs on."""
    pauses = [(before.end_ms, after.start_ms) for before, after in pairwise(speech)]
    longest = sorted(pauses, key=lambda pause: pause[0] - pause[1])[:1]
    return marks_of(
        *longest, *[(span.end_ms - 5, span.end_ms) for span in speech[-1:] if span.duration_ms > 5]
    )


@given(talk=talks(), rate=st.sampled_from(RATES), cut=CUTS, count=st.integers(0, 40), picture=st.booleans())
def test_every_spoken_millisecond_is_kept_and_frames_add_up(
    talk: tuple[int, tuple[TimeRange, ...]], rate: Fraction, cut: Cut, count: int, *, picture: bool
) -> None:
    duration_ms, speech = talk

    timeline = plan(
        speech,
        rate=rate,
        duration_ms=duration_ms,
        cut=cut,
        slide_count=count,
        has_picture=picture,
        chapters=chapters_in(speech),
    )

    body = [clip for clip in timeline.clips if clip.source == "footage"]
    for span in speech:
        kept = [clip.source_range.intersection(span) for clip in body]
        assert total_ms(part for part in kept if part is not None) == span.duration_ms
    for clip in body:
        first = frame_at(clip.source_range.start_ms, timeline.frame_rate)
        assert frame_at(clip.source_range.end_ms, timeline.frame_rate) - first == clip.frames
    shared = sum(clip.enter_frames for clip in timeline.clips)
    assert timeline.frame_count == sum(clip.frames for clip in timeline.clips) - shared
    scenes = [scene for run in timeline.runs() for scene in plan_scenes(timeline, run)]
    assert sum(scene.span.count for scene in scenes) == sum(clip.frames for clip in body)


@given(talk=talks(), rate=st.sampled_from(RATES), cut=CUTS)
def test_no_card_lies_over_a_word(talk: tuple[int, tuple[TimeRange, ...]], rate: Fraction, cut: Cut) -> None:
    duration_ms, speech = talk

    timeline = plan(speech, rate=rate, duration_ms=duration_ms, cut=cut, chapters=chapters_in(speech))

    cards = [place for clip, place in timeline.placed() if clip.is_card]
    said = [place for span in speech for place in timeline.ranges_to_output(span)]
    # Half a millisecond of rounding at each end.
    inner = [TimeRange(place.start_ms + 1, place.end_ms - 1) for place in said if place.duration_ms > 2]
    assert not any(card.overlaps(place) for card in cards for place in inner)


@given(talk=talks(), rate=st.sampled_from(RATES), cut=CUTS)
def test_time_never_runs_backwards_through_the_edit(
    talk: tuple[int, tuple[TimeRange, ...]], rate: Fraction, cut: Cut
) -> None:
    duration_ms, speech = talk

    timeline = plan(speech, rate=rate, duration_ms=duration_ms, cut=cut)

    places = [timeline.to_output(moment) for moment in range(0, duration_ms, 97)]
    shown = [place for place in places if place is not None]
    assert all(before <= after for before, after in pairwise(shown))
    assert all(0 <= place <= timeline.duration_ms for place in shown)


@given(
    talk=talks(),
    count=st.integers(0, 30),
    marks=st.lists(st.tuples(st.integers(0, 35), st.integers(0, 95_000)), max_size=12).map(tuple),
    storyboard=st.sampled_from([None, *Storyboard]),
    picture=st.booleans(),
)
def test_overlays_lie_inside_the_body_and_slides_do_not_overlap(
    talk: tuple[int, tuple[TimeRange, ...]],
    count: int,
    marks: tuple[tuple[int, int], ...],
    storyboard: Storyboard | None,
    *,
    picture: bool,
) -> None:
    duration_ms, speech = talk

    timeline = plan(
        speech,
        duration_ms=duration_ms,
        slide_count=count,
        marks=marks,
        storyboard=storyboard,
        has_picture=picture,
    )

    body = body_time(timeline)
    for overlay in timeline.overlays:
        assert body.start_ms <= overlay.time.start_ms < overlay.time.end_ms <= body.end_ms
    shown = kinds(timeline, OverlayKind.SLIDE)
    assert all(before.end_ms == after.start_ms for before, after in pairwise(shown))
    if shown and (not picture or storyboard in {Storyboard.SLIDES, Storyboard.SIDE_BY_SIDE}):
        assert (shown[0].start_ms, shown[-1].end_ms) == (body.start_ms, body.end_ms)
    named = kinds(timeline, OverlayKind.LOWER_THIRD)
    assert not any(name.overlaps(slide) for name in named for slide in shown)


def test_body_starts_shortly_before_the_first_word_and_ends_after_the_last() -> None:
    timeline = plan()

    intro, body, outro = timeline.clips
    assert body.source_range == TimeRange(1280, 27_920)  # 300 and 500 ms and the fades, outward to frames
    assert [clip.enter_frames for clip in timeline.clips] == [0, 10, 10]
    assert timeline.cards() == (TimeRange(0, 2600), TimeRange(29_240, 33_840))
    assert (intro.frames, outro.frames) == (75, 125)


def test_footage_that_starts_with_a_word_is_cut_in_not_faded_in() -> None:
    timeline = plan((TimeRange(0, 30_000),))

    assert [clip.enter_frames for clip in timeline.clips] == [0, 0, 0]


def test_a_chapter_is_announced_by_a_card_in_the_pause_before_it() -> None:
    speech = (TimeRange(1000, 25_000), TimeRange(26_000, 52_000))

    timeline = plan(speech, duration_ms=53_000, chapters=marks_of((25_000, 26_000)))

    assert [clip.source for clip in timeline.clips] == ["intro", "footage", "chapter-2", "footage", "outro"]
    before, card, after = timeline.clips[1:4]
    assert before.source_range.end_ms == after.source_range.start_ms == 25_560
    assert (card.frames, card.enter_frames, after.enter_frames) == (50, 10, 10)
    assert timeline.to_output(26_000) == timeline.cards()[1].end_ms + FADE_MS + 40


def test_a_long_pause_before_a_chapter_loses_its_middle() -> None:
    speech = (TimeRange(1000, 25_000), TimeRange(35_000, 60_000))

    timeline = plan(speech, duration_ms=61_000, chapters=marks_of((25_000, 35_000)))

    before, _card, after = timeline.clips[1:4]
    assert (before.source_range.end_ms, after.source_range.start_ms) == (25_920, 34_280)


def test_a_short_talk_of_many_chapters_announces_none_of_them() -> None:
    speech = (TimeRange(1000, 25_000), TimeRange(26_000, 50_000))

    timeline = plan(speech, duration_ms=51_000, chapters=marks_of((25_000, 26_000), (40_000, 40_500)))

    assert [clip.source for clip in timeline.clips] == ["intro", "footage", "outro"]


@pytest.mark.parametrize("pause", [(4000, 5000), (26_000, 26_000), (58_000, 59_000)])
def test_no_card_comes_early_late_or_where_the_talk_runs_on(pause: tuple[int, int]) -> None:
    timeline = plan((TimeRange(1000, 60_000),), duration_ms=61_000, chapters=marks_of(pause))

    assert [clip.source for clip in timeline.clips] == ["intro", "footage", "outro"]


def test_chapters_are_the_headings_but_for_the_one_that_opens_the_talk() -> None:
    words = [Word(f"w{at}", TimeRange(1000 * at, 1000 * at + 700), 1.0) for at in range(4)]
    segments = [
        Segment((word,), heading) for word, heading in zip(words, ("A", None, "B", None), strict=True)
    ]

    assert chapter_marks(segments) == (ChapterMark("B", 2, TimeRange(1700, 2000)),)


def test_the_speaker_is_named_again_after_a_card_where_the_brand_asks_for_it() -> None:
    speech = (TimeRange(1000, 25_000), TimeRange(26_000, 52_000))
    marks = marks_of((25_000, 26_000))

    once = plan(speech, duration_ms=53_000, chapters=marks)
    twice = plan(speech, duration_ms=53_000, chapters=marks, names_again=True)

    assert len(kinds(once, OverlayKind.LOWER_THIRD)) == 1
    assert [time.start_ms for time in kinds(twice, OverlayKind.LOWER_THIRD)] == [
        twice.to_output(1000),
        twice.to_output(26_000),
    ]


def test_slide_runs_on_behind_a_card() -> None:
    speech = (TimeRange(1000, 25_000), TimeRange(26_000, 52_000))

    timeline = plan(
        speech, duration_ms=53_000, chapters=marks_of((25_000, 26_000)), slide_count=1, marks=((1, 20_000),)
    )

    shown = [
        [scene.overlay and scene.overlay.image for scene in plan_scenes(timeline, run)]
        for run in timeline.runs()
    ]
    assert shown == [[None, "slide-1"], ["slide-1"]]


def test_head_and_tail_stay_where_the_author_says_so() -> None:
    body = next(clip for clip in plan(cut=Cut(head=False, tail=False)).clips if clip.source == "footage")

    assert body.source_range == TimeRange(0, 30_000)


def test_footage_in_which_nobody_speaks_is_not_trimmed() -> None:
    body = next(clip for clip in plan(()).clips if clip.source == "footage")

    assert body.source_range == TimeRange(0, 30_000)


def test_long_pause_becomes_as_long_as_asked() -> None:
    speech = (TimeRange(1000, 4000), TimeRange(14_000, 20_000))

    body = [clip.source_range for clip in plan(speech, cut=Cut(pauses_s=2.0)).clips[1:-1]]

    assert body == [TimeRange(280, 5000), TimeRange(13_000, 20_920)]


def test_pauses_keep_room_at_both_sides_however_short_they_are_asked_for() -> None:
    speech = (TimeRange(1000, 4000), TimeRange(14_000, 20_000))

    body = [clip.source_range for clip in plan(speech, cut=Cut(pauses_s=0.1)).clips[1:-1]]

    assert body[0].end_ms - 4000 >= 400
    assert 14_000 - body[1].start_ms >= 400


def test_pause_hardly_longer_than_allowed_is_left_alone() -> None:
    speech = (TimeRange(1000, 4000), TimeRange(6200, 9000))

    assert len(plan(speech, cut=Cut(pauses_s=2.0)).clips) == 3


def test_lower_third_comes_with_the_first_words() -> None:
    timeline = plan()

    assert timeline.to_output(2000) == 3320
    assert kinds(timeline, OverlayKind.LOWER_THIRD) == [TimeRange(3320, 8320)]


def test_slide_is_shown_from_its_mark_to_the_next() -> None:
    timeline = plan(slide_count=2, marks=((1, 8000), (2, 15_000)))

    starts = [overlay.time.start_ms for overlay in timeline.overlays if overlay.kind is OverlayKind.SLIDE]
    assert starts == [timeline.to_output(8000), timeline.to_output(15_000)]
    assert kinds(timeline, OverlayKind.SLIDE)[-1].end_ms == body_time(timeline).end_ms


def test_mark_in_a_cut_pause_moves_to_the_next_shown_moment() -> None:
    speech = (TimeRange(1000, 4000), TimeRange(14_000, 20_000))

    timeline = plan(speech, cut=Cut(pauses_s=2.0), slide_count=1, marks=((1, 9000),))

    assert kinds(timeline, OverlayKind.SLIDE)[0].start_ms == timeline.to_output(13_000)


def test_unmarked_slides_wait_for_the_name_and_leave_the_farewell_to_the_presenter() -> None:
    timeline = plan(slide_count=3)

    shown, named = kinds(timeline, OverlayKind.SLIDE), kinds(timeline, OverlayKind.LOWER_THIRD)
    assert len(shown) == 3
    assert shown[0].start_ms >= named[0].end_ms
    assert body_time(timeline).end_ms - shown[-1].end_ms == 4000


def test_narration_shows_slides_all_the_time() -> None:
    timeline = plan(has_picture=False, slide_count=4)

    assert merged(kinds(timeline, OverlayKind.SLIDE)) == (body_time(timeline),)


def test_too_many_slides_for_the_time_are_thinned_out_so_that_each_can_be_read() -> None:
    shown = kinds(plan(has_picture=False, slide_count=300), OverlayKind.SLIDE)

    assert len(shown) == 8
    assert min(time.duration_ms for time in shown) >= 3000


def test_outro_without_anybody_to_name_is_short() -> None:
    assert plan(has_liaison=True).clips[-1].source_range.duration_ms == 5000
    assert plan(has_liaison=False).clips[-1].source_range.duration_ms == pytest.approx(2500, abs=20)


@given(brand_ms=st.integers(0, 20_000), liaison=st.booleans())
def test_an_outro_with_a_code_stays_until_a_phone_has_read_it(brand_ms: int, *, liaison: bool) -> None:
    length_ms = outro_length_ms(replace(brand(), outro_ms=brand_ms), has_liaison=liaison, has_survey=True)

    assert length_ms == (max(brand_ms, 6000) if brand_ms else 0)


def test_the_plan_gives_a_survey_its_time() -> None:
    assert plan(has_liaison=False, has_survey=True).clips[-1].source_range.duration_ms == 6000


@pytest.mark.parametrize(
    ("storyboard", "slides_as", "framing"),
    [
        (Storyboard.PRESENTER, None, Framing.WINDOW),
        (Storyboard.PRESENTER, Framing.FULL, Framing.FULL),
        (Storyboard.SLIDES, None, Framing.WINDOW),
        (Storyboard.SIDE_BY_SIDE, None, Framing.WIDE),
        (Storyboard.SIDE_BY_SIDE, Framing.FULL, Framing.FULL),
    ],
)
def test_slides_lie_in_the_frame_as_the_storyboard_has_them_unless_the_recording_says_otherwise(
    storyboard: Storyboard, slides_as: Framing | None, framing: Framing
) -> None:
    timeline = plan(slide_count=2, storyboard=storyboard, slides_as=slides_as)

    assert {item.framing for item in timeline.overlays if item.kind is OverlayKind.SLIDE} == {framing}


@pytest.mark.parametrize(
    ("language", "name", "mirrored"),
    [("ar", "Priya Shah", True), ("en", "נועה כהן", True), ("en", "Priya Shah", False), ("", "Priya", False)],
)
def test_what_lies_over_footage_is_mirrored_where_words_run_from_the_right(
    language: str, name: str, *, mirrored: bool
) -> None:
    assert plan(language=language, speaker=Person(name)).is_mirrored is mirrored


def test_card_of_no_length_is_left_out() -> None:
    assert plan(intro_ms=0).clips[0].source == "footage"


@pytest.mark.parametrize(
    ("size", "delivered"),
    [
        ((3840, 2160), (1920, 1080)),
        ((1920, 1080), (1920, 1080)),
        ((1080, 1920), (1920, 1080)),
        ((1920, 800), (1920, 1080)),
        ((1280, 720), (1280, 720)),
        ((641, 361), (1280, 720)),
        ((720, 576), (1280, 720)),
    ],
)
def test_size_is_wide_screen_and_never_blown_up_to_full_hd(
    size: tuple[int, int], delivered: tuple[int, int]
) -> None:
    assert delivery_size(video_stream(size=size), 1080) == delivered


def test_size_respects_the_setting() -> None:
    assert delivery_size(video_stream(), 720) == (1280, 720)
    assert delivery_size(video_stream(), 480) == (854, 480)
    assert delivery_size(None, 1080) == (1280, 720)


@pytest.mark.parametrize(
    ("rate", "delivered"),
    [
        (Fraction(30000, 1001), Fraction(30000, 1001)),
        (Fraction(60), Fraction(60)),
        (Fraction(120), Fraction(60)),
        (Fraction(240000, 1001), Fraction(60000, 1001)),
        (Fraction(12), Fraction(12)),
        (Fraction(4), Fraction(12)),
    ],
)
def test_rate_is_the_footages_own_or_a_whole_part_of_it(rate: Fraction, delivered: Fraction) -> None:
    assert delivery_rate(video_stream(rate=rate)) == delivered


@pytest.mark.parametrize(
    ("wish", "has_picture", "has_slides", "told"),
    [
        (None, True, True, Storyboard.PRESENTER),
        (None, True, False, Storyboard.PRESENTER),
        (None, False, True, Storyboard.SLIDES),
        (None, False, False, Storyboard.AUDIOGRAM),
        (Storyboard.SIDE_BY_SIDE, True, True, Storyboard.SIDE_BY_SIDE),
        (Storyboard.SIDE_BY_SIDE, True, False, Storyboard.PRESENTER),
        (Storyboard.PRESENTER, False, True, Storyboard.SLIDES),
        (Storyboard.AUDIOGRAM, False, True, Storyboard.AUDIOGRAM),
        (Storyboard.NONE, True, True, Storyboard.NONE),
    ],
)
def test_storyboard_is_the_authors_where_the_material_allows_it(
    wish: Storyboard | None, *, has_picture: bool, has_slides: bool, told: Storyboard
) -> None:
    assert choose_storyboard(wish, has_picture=has_picture, has_slides=has_slides) is told

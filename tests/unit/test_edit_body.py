"""Footage in an editor's order: cards around it, and everything in source time through the edit map."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.assemble.cutting import CardLengths, ChapterMark
from ebrochure.assemble.edited import edited_clips, plan_body, reading_passes
from ebrochure.assemble.join import plan_join
from ebrochure.assemble.plan import plan_timeline
from ebrochure.assemble.smartplan import why_not
from ebrochure.assemble.tracklay import EDGE, lay_footage
from ebrochure.caption.retime import chapters_from, chapters_of_slides, retime_track
from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.edit import Excerpt
from ebrochure.model.slidemark import SlideMark
from ebrochure.model.timeline import OverlayKind, Timeline
from ebrochure.model.timing import FrameRange, TimeRange, frame_start_ms
from ebrochure.model.transcript import Segment, Word, WordSource
from ebrochure.settings import DeliverySettings
from tests.fixtures.assembly import brand, media_info, recording, slides, video_stream

RATE = Fraction(25)
NTSC = Fraction(30000, 1001)
NO_CARDS = CardLengths(0, 0, 0)


def ranges(*pairs: tuple[int, int]) -> tuple[FrameRange, ...]:
    """Return frames, given in seconds at 25 per second."""
    return tuple(FrameRange(25 * start, 25 * end) for start, end in pairs)


def timeline(*pairs: tuple[int, int], **asked: object) -> Timeline:
    """Return the timeline of footage of 90 s, stretches given in seconds, after an intro of 1 s."""
    asked = {"speech": (), "slides": (), "slide_marks": (), **asked}
    return plan_timeline(
        media_info(video_stream(), duration_ms=90_000),
        video=recording(speaker=None),
        brand=brand(),
        delivery=DeliverySettings(),
        has_liaison=True,
        body=ranges(*pairs),
        **asked,  # type: ignore[arg-type]
    )


def start_of(made: Timeline) -> int:
    """Return when the body begins."""
    return made.time(made.runs()[0].span).start_ms


def track(*cues: tuple[int, int]) -> Track:
    written = tuple(
        Cue(str(number), TimeRange(*cue), (f"Cue {number}.",)) for number, cue in enumerate(cues, start=1)
    )
    return Track(TrackKind.CAPTIONS, "en", "English", written, Provenance(TextOrigin.PERSON))


@given(
    st.sampled_from([Fraction(24), RATE, NTSC, Fraction(60)]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 300)), min_size=1, max_size=80),
)
def test_cuts_at_frames_come_back_as_the_same_frames(rate: Fraction, cuts: list[tuple[int, int]]) -> None:
    joint = plan_join([media_info(video_stream(rate=rate), duration_ms=100_000)])
    excerpts, done = [], 0
    for first, count in cuts:
        length_ms = frame_start_ms(done + count, rate) - frame_start_ms(done, rate)
        start_ms = frame_start_ms(first, rate)
        excerpts.append(Excerpt(0, TimeRange(start_ms, start_ms + length_ms)))
        done += count
    assert plan_body(excerpts, joint) == tuple(
        FrameRange(first, min(first + count, joint.frames[0])) for first, count in cuts
    )


def test_files_are_cut_in_their_own_time_and_never_show_their_neighbours() -> None:
    infos = [media_info(video_stream(), duration_ms=length) for length in (4000, 6000)]
    excerpts = (Excerpt(1, TimeRange(5000, 6080)), Excerpt(0, TimeRange(1000, 2000)))
    assert plan_body(excerpts, plan_join(infos)) == (FrameRange(225, 250), FrameRange(25, 50))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_each_pass_reads_forwards_and_there_is_none_too_many(starts: list[int]) -> None:
    body = [FrameRange(10 * start, 10 * start + 10) for start in starts]
    passes = reading_passes(body)
    assert sorted(number for one in passes for number in one) == list(range(len(body)))
    for one in passes:
        assert list(one) == sorted(one)
        assert all(body[a].end <= body[b].start for a, b in pairwise(one))
    back = [1] * len(starts)  # the longest way back is what no fewer passes can go
    for at, start in enumerate(starts):
        back[at] = 1 + max((back[other] for other in range(at) if starts[other] >= start), default=0)
    assert len(passes) == max(back)


def test_nothing_is_trimmed_and_pauses_stay() -> None:
    made = timeline((40, 50), (0, 10), speech=(TimeRange(3000, 4000),))
    assert made.body() == ranges((40, 50), (0, 10))
    assert made.is_edited
    assert [clip.source for clip in made.clips] == ["intro", "footage", "footage", "outro"]


def test_cards_fade_over_no_word_at_the_editors_cuts() -> None:
    cards = CardLengths(50, 0, 50)
    speech = (TimeRange(40_000, 41_000), TimeRange(9_000, 9_760))
    loud = edited_clips(ranges((40, 50), (0, 10)), tuple(sorted(speech)), chapters=(), rate=RATE, cards=cards)
    assert [clip.enter_frames for clip in loud] == [0, 0, 0, 6]
    silent = edited_clips(ranges((40, 50), (0, 10)), (), chapters=(), rate=RATE, cards=cards)
    assert [clip.enter_frames for clip in silent] == [0, 10, 0, 10]


def test_a_chapter_is_announced_where_its_first_word_is_shown_first() -> None:
    marks = (
        ChapterMark("Two", 2, TimeRange(20_000, 21_000)),
        ChapterMark("Three", 3, TimeRange(60_000, 61_000)),
    )
    cards = CardLengths(0, 50, 0)
    made = edited_clips(
        ranges((60, 85), (10, 40), (60, 70), (5, 10)), (), chapters=marks, rate=RATE, cards=cards
    )
    # "Three" opens the video, which needs no card, and is announced where it comes again.
    assert [clip.source for clip in made] == [
        *("footage", "footage", "chapter-2", "footage", "chapter-3", "footage", "footage"),
    ]
    assert made[1].source_range.end_ms in range(20_000, 21_001)
    assert made[3].source_range == TimeRange(made[1].source_range.end_ms, 40_000)


def test_short_edits_announce_no_chapter() -> None:
    marks = (ChapterMark("Two", 2, TimeRange(20_000, 21_000)),)
    made = edited_clips(ranges((0, 39)), (), chapters=marks, rate=RATE, cards=CardLengths(0, 50, 0))
    assert [clip.source for clip in made] == ["footage"]


def test_a_moment_that_was_cut_away_is_followed_by_what_comes_after_it_in_the_footage() -> None:
    made = timeline((40, 50), (0, 10), (20, 30))
    start = start_of(made)
    assert made.to_output_or_after(15_000) == start + 20_000
    assert made.to_output_or_after(35_000) == start
    assert made.to_output_or_after(5000) == start + 15_000
    assert made.to_output_or_after(60_000) is None


def test_a_stretch_is_shown_once_where_its_order_is_kept_and_anew_where_it_is_not() -> None:
    made = timeline((0, 10), (12, 20), (5, 9))
    start = start_of(made)
    whole = made.showings(TimeRange(8000, 13_000))
    assert whole == (
        (TimeRange(start + 8000, start + 10_000), TimeRange(start + 10_000, start + 11_000)),
        (TimeRange(start + 21_000, start + 22_000),),
    )


def test_captions_follow_the_order_of_the_edit_and_come_again_with_what_is_shown_again() -> None:
    made = timeline((40, 50), (0, 10), (41, 45))
    start = start_of(made)
    after = retime_track(track((2000, 4000), (20_000, 22_000), (41_000, 43_000)), made)
    assert [(cue.id, cue.time.start_ms - start) for cue in after.cues] == [
        ("3", 1000),
        ("1", 12_000),
        ("3-2", 20_000),
    ]


def test_a_cue_is_clipped_where_the_editor_cut_into_its_words() -> None:
    made = timeline((40, 50), (0, 10), (60, 70))
    start = start_of(made)
    after = retime_track(track((9000, 12_000), (38_000, 41_000), (59_100, 60_100)), made)
    assert [(cue.id, cue.time.start_ms - start, cue.time.end_ms - start) for cue in after.cues] == [
        ("2", 0, 1000),
        ("1", 19_000, 20_000),
    ]


@given(st.permutations(range(8)), st.lists(st.integers(0, 79), max_size=12, unique=True))
def test_every_cue_of_a_shuffled_edit_is_over_its_own_pictures(order: list[int], seconds: list[int]) -> None:
    made = timeline(*((10 * number, 10 * number + 10) for number in order))
    start = start_of(made)
    after = retime_track(track(*((1000 * at + 100, 1000 * at + 900) for at in sorted(seconds))), made)
    assert len(after.cues) == len(seconds)
    for cue in after.cues:
        at = cue.time.start_ms - start
        in_source = 10_000 * order[at // 10_000] + at % 10_000
        assert in_source == 1000 * sorted(seconds)[int(cue.id) - 1] + 100
    assert list(after.cues) == sorted(after.cues, key=lambda cue: cue.time)


def test_chapters_come_in_the_order_of_the_edit() -> None:
    segments = tuple(
        Segment((Word("word", TimeRange(start, start + 9000), 1.0, WordSource.SCRIPT),), heading)
        for start, heading in ((0, "One"), (10_000, None), (20_000, "Two"), (40_000, "Three"))
    )
    made = timeline((40, 50), (0, 30))
    titles = [(item.title, item.time.start_ms) for item in chapters_from(segments, made)]
    start = start_of(made)
    assert titles == [("Three", 0), ("One", start + 10_000), ("Two", start + 30_000)]


def test_chapters_of_slides_come_in_the_order_of_the_edit() -> None:
    made = timeline((60, 80), (0, 40))
    start = start_of(made)
    found = chapters_of_slides(((0, "Why"), (20_000, "How"), (55_000, "When")), made)
    assert [(item.title, item.time.start_ms) for item in found] == [
        ("When", 0),
        ("Why", start + 20_000),
        ("How", start + 40_000),
    ]


def test_slides_follow_the_order_of_the_edit() -> None:
    marks = tuple(SlideMark(number, at) for number, at in ((1, 0), (2, 20_000), (3, 60_000)))
    made = timeline((60, 80), (0, 40), (62, 70), slides=slides(3), slide_marks=marks)
    start = start_of(made)
    shown = [
        (item.image, item.time.start_ms - start) for item in made.overlays if item.kind is OverlayKind.SLIDE
    ]
    assert shown == [("slide-3", 0), ("slide-1", 20_000), ("slide-2", 40_000), ("slide-3", 60_000)]


def test_no_more_is_heard_of_what_an_editor_took_out_than_keeps_a_cut_from_clicking() -> None:
    ((first, second),) = lay_footage(timeline((40, 50), (0, 10)))
    assert first.end - second.at <= EDGE
    assert second.start >= 0


@pytest.mark.parametrize(("pairs", "is_refused"), [(((0, 10), (20, 30)), False), (((20, 30), (0, 10)), True)])
def test_only_footage_in_its_own_order_is_copied(
    pairs: tuple[tuple[int, int], ...], *, is_refused: bool
) -> None:
    made = timeline(*pairs)
    said = why_not(made, media_info(video_stream()))
    assert (said == "an editor changed its order") is is_refused

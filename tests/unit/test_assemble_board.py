"""Storyboards by hand: seen and cut where their author says, and never in the middle of a word."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from ebrochure import decks
from ebrochure.assemble.board import MOVED_MS, place_shots, refuse_late
from ebrochure.assemble.cutting import ChapterMark
from ebrochure.assemble.plan import plan_timeline
from ebrochure.assemble.quoted import find_quoted
from ebrochure.assemble.scenes import frames_in
from ebrochure.assemble.smartplan import why_not
from ebrochure.caption.retime import chapters_from, retime_track
from ebrochure.errors import MaterialError
from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.service import Cut
from ebrochure.model.slidemark import SlideMark
from ebrochure.model.storyboard import Board, Framing, RecordingView, Shot, SlideView, View
from ebrochure.model.timeline import Overlay, OverlayKind, Timeline
from ebrochure.model.timing import TimeRange, merged, total_ms, without
from ebrochure.model.transcript import Segment, Transcript, Word
from ebrochure.settings import DeliverySettings
from ebrochure.workbench import Captioned, Drawn, Heard, Watched, Workbench
from tests.fixtures.assembly import brand, media_info, recording, slides, video_stream

FOOTAGE, AUDIOGRAM, CUT = RecordingView.FOOTAGE, RecordingView.AUDIOGRAM, RecordingView.CUT
LENGTH_MS = 60_000
RATES = tuple(Fraction(*rate) for rate in ((24000, 1001), (25, 1), (30000, 1001), (60, 1)))


def spoken(*words: tuple[str, int, int]) -> tuple[Word, ...]:
    return tuple(Word(text, TimeRange(start_ms, end_ms), 1.0) for text, start_ms, end_ms in words)


TALK = spoken(
    *(("Hello.", 1000, 1500), ("Now,", 5000, 5400), ("press", 5400, 5900), ("“Connect”", 5900, 6600)),
    *(("and", 8000, 8300), ("wait.", 8300, 9000), ("Press", 20_000, 20_500), ("Connect!", 20_500, 21_400)),
    *(("Goodbye.", 55_000, 56_000),),
)


def shots(*entries: tuple[int | str, View]) -> tuple[Shot, ...]:
    return tuple(Shot(at, view, line) for line, (at, view) in enumerate(entries, start=10))


def placed(
    *entries: tuple[int | str, View], words: tuple[Word, ...] = TALK, length_ms: int = LENGTH_MS
) -> tuple[Board, tuple[Finding, ...]]:
    return place_shots(shots(*entries), words, length_ms, footage="talk.mp4", file="vpn/brochure.md")


def refusals(*entries: tuple[int | str, View], words: tuple[Word, ...] = TALK) -> tuple[Finding, ...]:
    with pytest.raises(MaterialError) as caught:
        placed(*entries, words=words)
    return caught.value.findings


def plan(
    board: Board,
    *,
    speech: tuple[TimeRange, ...] = (TimeRange(1000, 56_000),),
    has_picture: bool = True,
    slides_as: Framing | None = None,
    rate: Fraction = Fraction(25),
    chapters: tuple[ChapterMark, ...] = (),
    cut: Cut | None = None,
) -> Timeline:
    return plan_timeline(
        media_info(video_stream(rate=rate) if has_picture else None, duration_ms=LENGTH_MS),
        speech=speech,
        slides=slides(4),
        slide_marks=(),
        chapters=chapters,
        board=board,
        video=recording(slides_as=slides_as, cut=cut or Cut()),
        brand=brand(intro_ms=3000, outro_ms=5000),
        delivery=DeliverySettings(),
        has_liaison=True,
    )


def covering(timeline: Timeline) -> list[Overlay]:
    return [overlay for overlay in timeline.overlays if overlay.fills_frame]


def test_words_are_found_where_they_are_spoken_after_the_entry_before() -> None:
    board, moved = placed((0, FOOTAGE), ("press connect", SlideView(1)), ("Press Connect", SlideView(2)))

    assert [moment for moment, _view in board.views] == [0, 5400, 20_000]
    assert moved == ()


@pytest.mark.parametrize(
    ("quoted", "moments"),
    [
        ("press “connect”", (5400, 20_000)),
        ("wait press", (8300,)),
        ("connec", ()),
        ("onnect", ()),
        ("…", ()),
    ],
)
def test_only_letters_count_and_only_whole_words(quoted: str, moments: tuple[int, ...]) -> None:
    assert find_quoted(quoted, TALK) == moments


def test_words_are_found_in_scripts_without_spaces_and_without_accents() -> None:
    words = spoken(("接続を押して", 1000, 2000), ("待ちます。", 2000, 3000), ("Café", 4000, 5000))

    assert find_quoted("押して待ち", words) == (1000,)
    assert find_quoted("cafe", words) == (4000,)


def test_words_that_nobody_says_are_refused_with_the_nearest_that_somebody_does() -> None:
    (finding,) = refusals((0, FOOTAGE), ("press Connected", SlideView(1)))

    assert (finding.code, finding.level, finding.file, finding.line) == (
        *("BOARD_WORDS", Level.ERROR),
        *("vpn/brochure.md", 11),
    )
    assert "`press Connected` is not spoken in `talk.mp4`" in finding.message
    assert "`press “Connect”`, spoken at 0:05" in str(finding.hint)


def test_words_that_are_spoken_too_early_are_told_from_words_that_are_not_spoken() -> None:
    (finding,) = refusals((7000, FOOTAGE), ("Hello", SlideView(1)))

    assert "spoken at 0:01" in finding.message
    assert "order of the footage" in str(finding.hint)


def test_everything_wrong_is_told_at_once() -> None:
    found = refusals(("Press Connect", FOOTAGE), (3000, SlideView(1)), ("farewell", CUT))

    assert [(item.code, item.line) for item in found] == [("BOARD_TIME", 11), ("BOARD_WORDS", 12)]


def test_without_words_a_quotation_asks_for_a_time() -> None:
    (finding,) = refusals(("Hello", FOOTAGE), words=())

    assert "nobody knows what is spoken" in finding.message
    assert "`0:12`" in str(finding.hint)


def test_a_time_beyond_the_end_is_refused_before_anybody_listens() -> None:
    with pytest.raises(MaterialError) as caught:
        refuse_late(shots((0, FOOTAGE), (62_000, CUT)), LENGTH_MS, footage="talk.mp4", file="brochure.md")

    (finding,) = caught.value.findings
    assert (finding.code, finding.line) == ("BOARD_TIME", 11)
    assert "`1:02` is beyond the end of `talk.mp4`, which is 1:00 long" in finding.message


def test_a_storyboard_that_cuts_everything_is_refused() -> None:
    (finding,) = refusals((0, CUT), (59_500, FOOTAGE))

    assert finding.code == "BOARD_EMPTY"


def test_a_cut_inside_a_word_moves_to_the_nearest_pause_and_says_so() -> None:
    board, moved = placed((0, FOOTAGE), (8800, CUT), (20_700, FOOTAGE))

    assert board.removed == (TimeRange(9100, 20_500),)
    assert [(item.code, item.level, item.line) for item in moved] == [("BOARD_MOVED", Level.INFO, 11)]
    assert "0:08.8" in moved[0].message


def test_a_cut_between_words_stays_where_its_author_put_it() -> None:
    board, moved = placed((0, FOOTAGE), (7010, CUT), (54_990, FOOTAGE))

    assert board.removed == (TimeRange(7010, 54_990),)
    assert moved == ()


def test_a_cut_that_begins_with_quoted_words_takes_them_out_whole() -> None:
    board, _ = placed((0, FOOTAGE), ("press connect", CUT), ("goodbye", FOOTAGE))

    assert board.removed == (TimeRange(5400, 54_900),)


@st.composite
def talks(draw: st.DrawFn) -> tuple[Word, ...]:
    """Draw words in order, with pauses between some."""
    edges = draw(st.lists(st.integers(0, LENGTH_MS), max_size=40, unique=True).map(sorted))
    is_said = draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    return spoken(
        *(
            (f"w{at}", start, end)
            for at, ((start, end), said) in enumerate(zip(pairwise(edges), is_said, strict=False))
            if said
        )
    )


VIEWS = st.sampled_from([FOOTAGE, AUDIOGRAM, CUT, SlideView(1), SlideView(2, Framing.FULL), SlideView(9)])
ENTRIES = st.lists(
    st.tuples(st.integers(0, LENGTH_MS - 1), VIEWS), min_size=1, max_size=12, unique_by=lambda entry: entry[0]
).map(lambda entries: sorted(entries, key=lambda entry: entry[0]))


Entries = list[tuple[int, View]]


@st.composite
def boards(draw: st.DrawFn) -> tuple[tuple[Word, ...], Entries, Board, tuple[Finding, ...]]:
    """Draw a talk and a storyboard that leaves something of it."""
    words, entries = draw(talks()), draw(ENTRIES)
    try:
        return words, entries, *placed(*entries, words=words)
    except MaterialError as error:
        if {item.code for item in error.findings} == {"BOARD_EMPTY"}:
            reject()
        raise


@given(drawn=boards())
def test_no_cut_ever_falls_inside_a_word(
    drawn: tuple[tuple[Word, ...], Entries, Board, tuple[Finding, ...]],
) -> None:
    words, entries, board, moved = drawn

    edges = [edge for gone in board.removed for edge in (gone.start_ms, gone.end_ms)]
    assert not any(word.time.start_ms < edge < word.time.end_ms for word in words for edge in edges)
    moments = [moment for moment, _view in board.views]
    assert moments == sorted(moments)
    far = [abs(at - moment) for (at, _), moment in zip(entries, moments, strict=True)]
    assert len(moved) == sum(distance > MOVED_MS for distance in far)


@given(drawn=boards(), rate=st.sampled_from(RATES), trimmed=st.booleans(), picture=st.booleans())
def test_what_is_cut_is_gone_and_every_other_word_is_whole(
    drawn: tuple[tuple[Word, ...], Entries, Board, tuple[Finding, ...]],
    rate: Fraction,
    *,
    trimmed: bool,
    picture: bool,
) -> None:
    words, _entries, board, _moved = drawn
    cut = Cut(trimmed, trimmed, 1.0 if trimmed else None)

    timeline = plan(
        board, speech=merged(word.time for word in words), rate=rate, has_picture=picture, cut=cut
    )

    body = [clip.source_range for clip in timeline.clips if clip.source == "footage"]
    for gone in board.removed:
        shown = [item.intersection(gone) for item in body]
        # A cut begins and ends with a whole frame, so that no word beside it loses its edge.
        assert total_ms(item for item in shown if item is not None) <= 2 * (1000 / timeline.frame_rate + 1)
    for word in words:
        if not any(word.time.overlaps(gone) for gone in board.removed):
            assert total_ms(timeline.ranges_to_output(word.time)) >= word.time.duration_ms - 2
    places = [timeline.to_output(moment) for moment in range(0, LENGTH_MS, 97)]
    seen = [place for place in places if place is not None]
    assert seen == sorted(seen)


@given(drawn=boards(), picture=st.booleans(), framing=st.none() | st.sampled_from(Framing))
def test_every_moment_that_is_left_shows_what_the_storyboard_says(
    drawn: tuple[tuple[Word, ...], Entries, Board, tuple[Finding, ...]],
    framing: Framing | None,
    *,
    picture: bool,
) -> None:
    board = drawn[2]

    timeline = plan(board, speech=(), has_picture=picture, slides_as=framing)

    shown = covering(timeline)
    assert all(before.time.end_ms <= after.time.start_ms for before, after in pairwise(shown))
    for moment_ms in range(20, LENGTH_MS, 331):
        place = timeline.to_output(moment_ms)
        if place is None or any(abs(moment_ms - at) <= 80 for at, _view in board.views):
            continue  # cut away, or within the frames in which something changes
        said = [view for at, view in board.views if at <= moment_ms and view not in {CUT, SlideView(9)}]
        view = said[-1] if said else FOOTAGE
        over = next((item for item in shown if item.time.contains(place)), None)
        if isinstance(view, SlideView):
            assert over is not None
            usual = framing or Framing.WINDOW
            assert (over.image, over.framing) == (f"slide-{view.number}", view.framing or usual)
        else:
            is_bare = view is FOOTAGE and picture
            assert (over and over.kind) == (None if is_bare else OverlayKind.AUDIOGRAM)


@given(edges=st.tuples(st.integers(2000, 20_000), st.integers(22_000, 50_000)), rate=st.sampled_from(RATES))
def test_what_follows_a_cut_is_seen_from_its_very_first_frame(edges: tuple[int, int], rate: Fraction) -> None:
    board, _ = placed((0, FOOTAGE), (edges[0], CUT), (edges[1], SlideView(1)), words=())

    timeline = plan(board, speech=(), rate=rate)

    _intro, _before, after, _outro = timeline.spans()
    (slide,) = covering(timeline)
    assert frames_in(timeline, slide.time).start == after.start


def test_logo_and_name_leave_a_slide_alone_in_its_frame() -> None:
    board, _ = placed(
        (0, SlideView(1, Framing.FULL)), (20_000, FOOTAGE), (30_000, SlideView(2, Framing.FULL))
    )

    timeline = plan(board)

    alone = [item.time for item in covering(timeline)]
    others = [item for item in timeline.overlays if not item.fills_frame]
    assert not any(item.time.overlaps(time) for item in others for time in alone)
    assert [item.kind for item in others] == [OverlayKind.LOGO, OverlayKind.LOWER_THIRD]
    assert others[1].time.start_ms == timeline.to_output(20_000)


def test_who_was_named_beside_a_slide_is_not_named_again_over_the_footage() -> None:
    board, _ = placed((0, SlideView(1)), (20_000, FOOTAGE))

    assert OverlayKind.LOWER_THIRD not in {item.kind for item in plan(board).overlays}


def test_slides_lie_in_the_frame_as_the_recording_asks_unless_an_entry_says_otherwise() -> None:
    board, _ = placed((0, SlideView(1)), (10_000, SlideView(2, Framing.WIDE)))

    assert [item.framing for item in covering(plan(board, slides_as=Framing.FULL))] == [
        Framing.FULL,
        Framing.WIDE,
    ]


def test_captions_and_chapters_lose_what_the_storyboard_cuts_and_keep_the_rest_in_time() -> None:
    board, _ = placed((0, FOOTAGE), (7000, CUT), (19_000, FOOTAGE))
    timeline = plan(board)
    cues = tuple(
        Cue(text, TimeRange(start, end), (text,))
        for text, start, end in (("one", 5000, 6600), ("two", 8000, 9000), ("three", 20_000, 21_400))
    )
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.PERSON))
    segments = tuple(
        Segment((word,), heading) for word, heading in zip(TALK[3:7], ("A", "B", None, "C"), strict=True)
    )

    moved = retime_track(track, timeline)

    assert [cue.id for cue in moved.cues] == ["one", "three"]
    assert moved.cues[1].time.start_ms == timeline.to_output(20_000)
    assert timeline.to_output(20_000) - timeline.to_output(6000) == 14_000 - 12_000
    assert [chapter.title for chapter in chapters_from(segments, timeline)] == ["A", "C"]


def test_a_chapters_card_comes_where_the_cut_before_it_was() -> None:
    board, _ = placed((0, FOOTAGE), (30_000, CUT), (34_900, FOOTAGE), words=())
    chapter = ChapterMark("What changes", 2, TimeRange(34_000, 35_000))

    timeline = plan(board, speech=(TimeRange(1000, 34_000), TimeRange(35_000, 56_000)), chapters=(chapter,))

    before, card, after = timeline.clips[1:4]
    assert (before.source_range.end_ms, card.source, after.source_range.start_ms) == (
        *(30_000, "chapter-2"),
        34_880,
    )


def test_a_chapter_whose_first_word_is_cut_is_not_announced() -> None:
    board, _ = placed((0, FOOTAGE), (30_000, CUT), (40_000, FOOTAGE), words=())
    chapter = ChapterMark("What changes", 2, TimeRange(34_000, 35_000))

    timeline = plan(board, speech=(TimeRange(1000, 34_000), TimeRange(35_000, 56_000)), chapters=(chapter,))

    assert [clip.source for clip in timeline.clips] == ["intro", "footage", "footage", "outro"]


def test_the_stage_places_a_storyboard_by_hand_on_captions_by_a_person() -> None:
    cues = tuple(
        Cue(str(at), TimeRange(at * 3000, at * 3000 + 2500), (text,))
        for at, text in enumerate(("Hello, I am Priya.", "Open your laptop.", "Lock your screen."))
    )
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.PERSON))
    entries = (
        (0, FOOTAGE),
        ("open your laptop", SlideView(2)),
        ("lock your screen", CUT),
    )
    video = recording(slides=slides(3), shots=shots(*entries))
    bench = Workbench(SimpleNamespace(id="vpn"), video, None, None, None, None, None)
    heard = Heard(Transcript("en", "none", (), ()), ())

    shown = decks.follow_slides(
        bench,
        media_info(video_stream()),
        heard,
        Captioned((track,), ()),
        slides=Drawn(()),
        watched=Watched(None, 0),
    )

    assert shown.marks == (SlideMark(2, 3000),)
    assert shown.board is not None
    assert [span.end_ms for span in shown.board.removed] == [30_000]
    assert 5500 <= shown.board.removed[0].start_ms < 6000


def test_footage_around_a_drawn_sound_is_not_copied() -> None:
    info = media_info(video_stream(), duration_ms=LENGTH_MS)
    drawn, _ = placed((0, FOOTAGE), (20_000, AUDIOGRAM), (30_000, FOOTAGE))

    assert why_not(plan(drawn), info) == "its sound is drawn"


RANGES = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)).map(sorted), max_size=8).map(
    lambda pairs: tuple(TimeRange(*pair) for pair in pairs)
)


@given(ranges=RANGES, removed=RANGES)
def test_what_is_left_of_ranges_is_each_moment_that_was_not_removed(
    ranges: tuple[TimeRange, ...], removed: tuple[TimeRange, ...]
) -> None:
    left = without(ranges, removed)

    for moment in range(100):
        was_there = any(item.contains(moment) for item in ranges)
        is_gone = any(item.contains(moment) for item in removed)
        assert any(item.contains(moment) for item in left) == (was_there and not is_gone)

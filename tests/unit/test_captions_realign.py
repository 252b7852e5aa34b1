"""Captions on another recording: the words stay, the times follow the sound, and doubts are named."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.caption.realign import CUT_SHARE, Moved, realign, sureness_of, texts_to_hear, without_scraps
from ebrochure.caption.report import doubts
from ebrochure.caption.takes import LEAD_MS, NEAR_MS, common_shifts
from ebrochure.model.captions import CaptionProfile, Cue
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Insertion, Word, WordSource

PROFILE = CaptionProfile()


def cue(number: int, start_ms: int, end_ms: int, *lines: str, speaker: str | None = None) -> Cue:
    return Cue(str(number), TimeRange(start_ms, end_ms), lines, speaker)


def row(start_ms: int, text: str, *, confidence: float = 1.0, word_ms: int = 400) -> tuple[Word, ...]:
    return tuple(
        Word(part, TimeRange(at, at + word_ms - 50), confidence, WordSource.SCRIPT)
        for part, at in zip(text.split(), range(start_ms, 10**9, word_ms), strict=False)
    )


FIRST = cue(1, 1000, 4000, "Welcome to the new", "payroll portal.")
SOUND = cue(2, 4200, 5400, "[phone rings]")
LAST = cue(3, 5600, 7600, "It opens on Monday.", speaker="Priya Shah")


def test_a_cue_comes_with_its_first_word_and_keeps_everything_but_its_time() -> None:
    [first, last] = realign(
        (FIRST, LAST),
        (row(3000, "Welcome to the new payroll portal."), row(9000, "It opens on Monday.")),
        PROFILE,
    )
    assert first.cue is not None
    assert first.cue.time.start_ms == 3000
    assert (first.cue.id, first.cue.lines, first.cue.speaker) == (FIRST.id, FIRST.lines, None)
    assert last.cue is not None
    assert (last.cue.time.start_ms, last.cue.lines, last.cue.speaker) == (9000, LAST.lines, "Priya Shah")


def test_a_cue_that_was_held_after_its_words_is_held_again_as_far_as_the_rules_allow() -> None:
    held = cue(1, 1000, 5000, "Ten metres.")
    [short] = realign([held], [row(2000, "Ten metres.")], PROFILE)
    assert short.cue is not None
    # Words until 2750; four seconds as before would be too long after them.
    assert short.cue.time == TimeRange(2000, 2750 + PROFILE.max_linger_ms)


def test_a_cue_of_which_next_to_nothing_is_heard_is_left_out_and_found_with_its_line() -> None:
    words = row(3000, "Welcome to the new payroll portal.")
    scraps = (*row(9000, "It"), *row(9400, "opens on Monday.", confidence=0.1))
    moved = realign((FIRST, LAST), (words, scraps), PROFILE)
    assert [item.cue is None for item in moved] == [False, True]
    [found] = doubts(moved, (), (4, 9), file="talk.vtt")
    assert (found.code, found.file, found.line) == ("RETIME_CUT", "talk.vtt", 9)
    assert "It opens on Monday." in found.message


def test_scraps_of_a_cue_that_was_cut_are_given_back_to_its_neighbours() -> None:
    scraps = (*row(9000, "It"), *row(9400, "opens on Monday.", confidence=0.1))
    assert without_scraps(("Welcome.", "", "It opens on Monday."), (row(0, "Welcome."), (), scraps)) == (
        "Welcome.",
        "",
        "",
    )


def test_a_sound_keeps_its_distance_to_the_nearest_words_and_is_doubted() -> None:
    moved = realign(
        (FIRST, SOUND, LAST),
        (row(11000, "Welcome to the new payroll portal."), (), row(15600, "It opens on Monday.")),
        PROFILE,
    )
    assert moved[1].cue is not None
    assert moved[1].cue.time == SOUND.time.shifted(10_000)
    assert [item.code for item in doubts(moved, (), (4, 8, 12), file="f")] == ["RETIME_SOUND"]


def test_a_sound_whose_neighbours_were_cut_is_left_out_with_them() -> None:
    moved = realign((FIRST, SOUND), ((), ()), PROFILE)
    assert [item.cue for item in moved] == [None, None]


def test_sureness_is_the_mean_of_the_words_that_are_left() -> None:
    words = row(3000, "Welcome to the new payroll portal.")
    doubtful = row(9000, "It opens on Monday.", confidence=0.5)
    moved = realign((FIRST, LAST), (words, doubtful), PROFILE)
    assert sureness_of(moved) == (6 * 1.0 + 4 * 0.5) / 10
    assert [item.code for item in doubts(moved, (), (1, 2), file="f")] == ["RETIME_UNSURE"]
    assert sureness_of(()) == 0.0


def test_speech_that_no_caption_has_is_found_with_its_time_and_a_draft() -> None:
    [found] = doubts((), (Insertion(TimeRange(61_500, 64_000), "by the way"),), (), file="f")
    assert found.code == "RETIME_ADDED"
    assert "1:01.5" in found.message
    assert "by the way" in found.message


def test_labels_dashes_and_sounds_are_not_listened_for() -> None:
    cues = (
        cue(1, 0, 900, "PRIYA: Good morning.", speaker="Priya Shah"),
        cue(2, 1000, 1900, "- Good morning.", "- DR CHEN: Hello [coughs] all."),
        cue(3, 2000, 2900, "♪ music ♪"),
        cue(4, 3000, 3900, ">> The file[s] are here: look."),
        cue(5, 4000, 4900, "– …"),
        cue(6, 5000, 5900, "JÖRG: Guten Tag.", speaker="Jörg Weiß"),
    )
    assert texts_to_hear(cues) == (
        "Good morning.",
        "Good morning. Hello all.",
        "",
        "The file are here: look.",
        "",
        "Guten Tag.",
    )


WORDS = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 700), st.sampled_from((0.0, 0.1, 0.3, 0.6, 1.0))),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.none(), WORDS), max_size=8),
    st.lists(st.integers(100, 9000), min_size=8, max_size=8),
)
def test_whatever_is_heard_cues_come_in_order_apart_and_to_the_letter(
    heard: list[list[tuple[int, int, float]] | None], lengths: list[int]
) -> None:
    cues: list[Cue] = []
    rows: list[tuple[Word, ...]] = []
    edge_ms = was_ms = 0
    for number, (words, length_ms) in enumerate(zip(heard, lengths, strict=False), start=1):
        text = "[door slams]" if words is None else " ".join("word" for _ in words)
        cues.append(cue(number, was_ms, was_ms + length_ms, text))
        was_ms += length_ms + 80
        said = []
        edge_ms += 300  # cues that start in the same moment cannot all come with their words
        for gap_ms, word_ms, confidence in words or []:
            said.append(Word("word", TimeRange(edge_ms + gap_ms, edge_ms + gap_ms + word_ms), confidence))
            edge_ms += gap_ms + word_ms
        rows.append(tuple(said))

    moved = realign(cues, rows, PROFILE)

    assert [item.was for item in moved] == cues
    times = [item.cue.time for item in moved if item.cue is not None]
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(times))
    for item, said in zip(moved, rows, strict=True):
        _holds(item, said)
    assert 0.0 <= sureness_of(moved) <= 1.0


def _holds(item: Moved, said: tuple[Word, ...]) -> None:
    """Assert what is true of every cue by itself."""
    if item.cue is not None:
        assert (item.cue.id, item.cue.lines, item.cue.speaker) == (
            item.was.id,
            item.was.lines,
            item.was.speaker,
        )
    if said:
        sure = sum(word.confidence >= 0.2 for word in said) / len(said)
        assert (item.cue is not None) == (sure >= CUT_SHARE)
    if said and item.cue is not None:
        # Exactly with its word, or as early or late as whoever timed it meant.
        assert abs(item.cue.time.start_ms - said[0].time.start_ms) <= LEAD_MS + NEAR_MS


def talk(count: int, *, every_ms: int = 3000, text: str = "One two three four.") -> list[Cue]:
    """Return cues that come 20 ms before their first word and go 80 ms before the next cue."""
    return [cue(at, at * every_ms + 980, (at + 1) * every_ms + 900, text) for at in range(count)]


def test_cues_of_a_stretch_that_was_taken_over_move_together_to_the_millisecond() -> None:
    cues = talk(8)
    jitter_ms = (0, 7, -9, 12, 3, -4, 10, -2)
    rows = [row(at * 3000 + 1000 + 2000 + off, "One two three four.") for at, off in enumerate(jitter_ms)]
    moved = [item.cue for item in realign(cues, rows, PROFILE)]
    [by_ms] = {item.time.start_ms - was.time.start_ms for item, was in zip(moved, cues, strict=True) if item}
    assert abs(by_ms - 2020) <= 5
    assert [item.time.duration_ms for item in moved if item] == [was.time.duration_ms for was in cues]


def test_on_either_side_of_a_cut_cues_move_by_their_own_distance() -> None:
    cues = talk(10)
    rows = [row(at * 3000 + 980 + (500 if at < 5 else 300), "One two three four.") for at in range(10)]
    moved = [item.cue for item in realign(cues, rows, PROFILE)]
    by_ms = [item.time.start_ms - was.time.start_ms for item, was in zip(moved, cues, strict=True) if item]
    assert by_ms == [500] * 5 + [300] * 5


def test_another_reading_of_the_words_moves_each_cue_by_itself() -> None:
    shifts = (0, 150, 40, 300, 520, 410)
    assert common_shifts(shifts) == (None,) * 6


def test_a_cue_that_was_meant_to_come_early_still_does_and_an_unsure_one_is_left_alone() -> None:
    assert common_shifts((1000, 1004, 1170, None, 998, 1001, 1003)) == (
        1000,
        1000,
        1000,
        None,
        1000,
        1000,
        1000,
    )


@given(st.lists(st.one_of(st.none(), st.integers(-5000, 5000)), max_size=40))
def test_a_common_shift_is_never_far_from_the_cues_own(shifts: list[int | None]) -> None:
    for own, common in zip(shifts, common_shifts(shifts), strict=True):
        assert common is None or (own is not None and abs(own - common) <= LEAD_MS + NEAR_MS)

"""When a cue comes and goes."""

from __future__ import annotations

from itertools import pairwise

from ebrochure.caption.timing import MAX_EARLY_MS, Spoken, least_duration_ms, place, wanted_duration_ms
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.timing import TimeRange

PROFILE = CaptionProfile()


def spoken(start_ms: int, end_ms: int, *, words: int = 3, width: int = 18) -> Spoken:
    return Spoken(start_ms, end_ms, words, width)


def test_the_least_time_is_a_second_or_what_the_words_or_the_letters_need() -> None:
    assert least_duration_ms(spoken(0, 0, words=1, width=4), PROFILE) == 1000
    assert least_duration_ms(spoken(0, 0, words=5, width=12), PROFILE) == 1500
    assert least_duration_ms(spoken(0, 0, words=5, width=41), PROFILE) == 2050


def test_the_comfortable_time_is_two_seconds_or_what_the_target_speed_asks_for() -> None:
    assert wanted_duration_ms(spoken(0, 0), PROFILE) == 2000
    assert wanted_duration_ms(spoken(0, 0, words=5, width=51), PROFILE) == 3000
    assert wanted_duration_ms(spoken(0, 0, words=12, width=51), PROFILE) == 4000


def test_the_last_cue_stays_until_it_can_be_read() -> None:
    assert place((spoken(300, 900, words=2, width=10),), PROFILE) == (TimeRange(300, 2300),)


def test_no_cue_stays_more_than_a_second_and_a_half_past_its_words() -> None:
    (time,) = place((spoken(0, 1200, words=9, width=74),), PROFILE)
    assert time.end_ms == 1200 + PROFILE.max_linger_ms


def test_a_cue_gives_way_to_the_next_two_frames_before_it() -> None:
    first, second = place((spoken(0, 2000), spoken(2000, 4000)), PROFILE)
    assert (first.end_ms, second.start_ms) == (1920, 2000)


def test_a_gap_that_could_only_be_closed_by_lingering_too_long_is_left_a_whole_second() -> None:
    # Comfort would end the first cue at 2000 and leave 780 ms; closing would linger 2200 ms past the words.
    first, _ = place((spoken(0, 500), spoken(2780, 5000)), PROFILE)
    assert first.end_ms == 1780


def test_a_gap_is_closed_where_that_lingers_at_most_a_second_and_a_half() -> None:
    first, _ = place((spoken(0, 500), spoken(2080, 5000)), PROFILE)
    assert first.end_ms == 2000


def test_a_cue_comes_early_only_by_what_it_lacks() -> None:
    cues = (spoken(0, 2000), spoken(4000, 5000), spoken(5000, 7000))
    assert place(cues, PROFILE)[1] == TimeRange(3920, 4920)


def test_a_cue_comes_early_by_a_fifth_of_a_second_at_most() -> None:
    cues = (spoken(0, 2000), spoken(4000, 4500), spoken(4500, 7000))
    assert place(cues, PROFILE)[1].start_ms == 4000 - MAX_EARLY_MS


def test_a_cue_never_comes_before_the_words_of_the_one_before_it_are_over() -> None:
    cues = (spoken(0, 3950), spoken(4000, 4500), spoken(4500, 7000))
    assert place(cues, PROFILE)[1].start_ms == 4000


def test_a_cue_comes_late_only_for_one_that_could_not_be_read_and_with_time_to_spare() -> None:
    hurried = spoken(0, 1000)
    assert place((hurried, spoken(1000, 3000)), PROFILE) == (TimeRange(0, 1000), TimeRange(1080, 3080))
    no_spare = place((hurried, spoken(1000, 2000), spoken(2000, 5000)), PROFILE)
    assert [time.start_ms for time in no_spare] == [0, 1000, 2080]
    lost = place((spoken(0, 700), spoken(700, 3000)), PROFILE)
    assert [time.start_ms for time in lost] == [0, 700]


def test_a_cue_does_not_come_before_the_recording() -> None:
    assert place((spoken(50, 400), spoken(500, 3000)), PROFILE)[0] == TimeRange(0, 420)


def test_words_that_lie_on_one_another_still_follow_one_another() -> None:
    times = place(tuple(spoken(1000, 1000) for _ in range(4)), PROFILE)
    assert [time.start_ms for time in times] == [800, 1080, 1360, 1640]
    assert all(after.start_ms - before.end_ms == 80 for before, after in pairwise(times))

"""When a cue comes and goes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ebrochure.caption.timing import (
    LAST_RESORT_MS,
    UNREADABLE,
    Promise,
    Spoken,
    least_duration_ms,
    place,
    promises,
    wanted_duration_ms,
)
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


def placed(*cues: Spoken, promised_ms: tuple[int, ...] = ()) -> tuple[TimeRange, ...]:
    """Return when `cues` are shown, each promised the time it needs unless another is named."""
    return place(cues, promised_ms or [least_duration_ms(cue, PROFILE) for cue in cues], PROFILE)


def test_less_time_is_promised_only_where_it_breaks_more_rules() -> None:
    assert promises(spoken(0, 0, words=5, width=41), PROFILE) == (
        Promise(2050, 0),
        Promise(1538, 1),  # too fast to read comfortably, and a word longer than too short to see
        Promise(1500, 1 + UNREADABLE),
        Promise(LAST_RESORT_MS, 2 + UNREADABLE),
    )
    assert promises(spoken(0, 0, words=1, width=150), PROFILE)[0] == Promise(5625, 1)


def test_the_last_cue_stays_until_it_can_be_read() -> None:
    assert placed(spoken(300, 900, words=2, width=10)) == (TimeRange(300, 2300),)


def test_a_cue_stays_a_second_and_a_half_past_its_words_or_until_it_can_be_read() -> None:
    (calm,) = placed(spoken(0, 700, words=4, width=40))
    assert calm.end_ms == 2200  # 2353 ms would be comfortable
    (hurried,) = placed(spoken(0, 1200, words=9, width=74))
    assert hurried.end_ms == 3700


def test_a_cue_gives_way_to_the_next_two_frames_before_it() -> None:
    first, second = placed(spoken(0, 2000), spoken(2000, 4000))
    assert (first.end_ms, second.start_ms) == (1920, 2000)


def test_a_gap_that_could_only_be_closed_by_lingering_too_long_is_left_a_whole_second() -> None:
    # Comfort would end the first cue at 2000 and leave 780 ms; closing would linger 2200 ms past the words.
    first, _ = placed(spoken(0, 500), spoken(2780, 5000))
    assert first.end_ms == 1780


def test_a_gap_is_closed_where_that_lingers_at_most_a_second_and_a_half() -> None:
    first, _ = placed(spoken(0, 500), spoken(2080, 5000))
    assert first.end_ms == 2000


def test_neighbours_share_the_time_that_one_of_them_lacks() -> None:
    hurried = (spoken(0, 2000), spoken(4000, 4700), spoken(4700, 7000))
    assert [time.start_ms for time in placed(*hurried)] == [0, 3810, 4890]
    assert placed(*hurried)[1].duration_ms == PROFILE.min_duration_ms


def test_no_cue_is_further_from_its_words_than_the_profile_allows() -> None:
    cues = tuple(spoken(4000 + at * 500, 4500 + at * 500) for at in range(3))
    starts = [time.start_ms for time in placed(*cues, promised_ms=(920, 920, 1000))]
    assert starts == [3500, 4500, 5500]


def test_a_cue_does_not_come_before_the_recording() -> None:
    assert placed(spoken(50, 400), spoken(500, 3000))[0] == TimeRange(0, 1000)


def test_words_that_lie_on_one_another_still_follow_one_another() -> None:
    times = placed(*(spoken(1000, 1000) for _ in range(4)), promised_ms=(LAST_RESORT_MS,) * 4)
    assert all(after.start_ms - before.end_ms == 80 for before, after in pairwise(times))
    assert [time.start_ms for time in times] == [500, 780, 1060, 1340]


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3000), st.integers(200, 4000)), max_size=12))
def test_every_cue_gets_the_time_it_was_promised(rows: list[tuple[int, int, int]]) -> None:
    cues: list[Spoken] = []
    onset_ms = 0
    for gap_ms, length_ms, _promise in rows:
        cues.append(spoken(onset_ms, onset_ms + length_ms))
        onset_ms += length_ms + gap_ms
    times = place(cues, [promise for _gap, _length, promise in rows], PROFILE)
    for time, (_gap, _length, promise) in zip(times, rows, strict=True):
        assert time.duration_ms >= min(promise, least_duration_ms(spoken(0, 0), PROFILE))
    for before, after in pairwise(times):
        assert after.start_ms - before.end_ms >= PROFILE.min_gap_ms

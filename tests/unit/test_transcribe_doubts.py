"""What of an engine's words is put before a reviewer, and what is kept out of the captions."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ebrochure.model.timing import TimeRange, merged
from ebrochure.model.transcript import Word
from ebrochure.transcribe.doubts import (
    MOST_FINDINGS,
    Doubt,
    Passage,
    as_findings,
    loop_length,
    settle,
)

TALK = [
    "Our",
    "team",
    "meets",
    "your",
    "department",
    "every",
    "quarter",
    "and",
    "answers",
    "what",
    "you",
    "ask",
]


def passage(
    words: list[str],
    *,
    start_ms: int = 0,
    each_ms: int = 300,
    confidence: float = 0.9,
    log_probability: float = -0.2,
    compression: float = 1.2,
) -> Passage:
    """Say words one after another."""
    timed = tuple(
        Word(word, TimeRange(start_ms + n * each_ms, start_ms + (n + 1) * each_ms), confidence)
        for n, word in enumerate(words)
    )
    return Passage(timed, log_probability, compression)


def codes(*passages: Passage, speech: tuple[TimeRange, ...] = (TimeRange(0, 4000),)) -> list[str]:
    return [item.code for item in settle(passages, speech)[1]]


def test_plain_speech_raises_no_doubt() -> None:
    segments, findings = settle((passage(TALK),), (TimeRange(0, 3600),))

    assert [segment.text for segment in segments] == [" ".join(TALK)]
    assert findings == ()


def test_words_over_silence_are_reported_with_time_and_text_and_kept_out() -> None:
    ghost = passage(["Thank", "you", "for", "listening."], start_ms=65_400)
    segments, findings = settle((passage(TALK), ghost), (TimeRange(0, 3600),))

    assert [segment.text for segment in segments] == [" ".join(TALK)]
    assert [item.code for item in findings] == ["WHISPER_OVER_SILENCE"]
    assert "at 1:05.4 to 1:06.6" in findings[0].message
    assert "“Thank you for listening.”" in findings[0].message


def test_a_word_timed_a_little_past_the_speech_stays_and_is_put_back_on_it() -> None:
    talk = passage(TALK)
    late = Word("now.", TimeRange(3700, 3900), 0.8)

    segments, findings = settle((Passage((*talk.words, late), -0.2, 1.2),), (TimeRange(0, 3600),))

    assert segments[0].words[-1].text == "now."
    assert 3300 <= segments[0].words[-1].time.start_ms < segments[0].words[-1].time.end_ms == 3600
    assert findings == ()


def test_several_words_past_the_speech_are_no_slip_of_the_clock() -> None:
    ghost = passage(["Thank", "you", "all."], start_ms=3600, each_ms=80)
    words = (*passage(TALK).words, *ghost.words)

    segments, findings = settle((Passage(words, -0.2, 1.2),), (TimeRange(0, 3600),))

    assert segments[0].words[-1].text == "Thank"
    assert [item.code for item in findings] == ["WHISPER_OVER_SILENCE"]
    assert "“you all.”" in findings[0].message


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("thank you thank you thank you", 6),
        ("no no no no and so on", 4),
        ("no no no and so on", 0),
        ("we will we will see", 0),
        ("one two three one two three", 0),
        ("a b c d e " * 3 + "a b", 15),
    ],
)
def test_a_loop_is_what_comes_back_too_often(text: str, length: int) -> None:
    assert loop_length(text.split()) == length


def test_repeats_stay_in_the_captions_and_are_told_once() -> None:
    loop = passage(["very", "well,"] * 6, compression=3.1)
    segments, findings = settle((loop,), (TimeRange(0, 3600),))

    assert len(segments[0].words) == 12
    assert [item.code for item in findings] == ["WHISPER_REPEATS"]


def test_text_that_compresses_too_well_is_doubted_without_a_plain_loop() -> None:
    assert codes(passage(TALK, compression=2.5)) == ["WHISPER_REPEATS"]


def test_improbable_text_is_doubted_as_a_whole_or_where_it_is_improbable() -> None:
    guess = passage(TALK[:4], start_ms=1200, confidence=0.2)

    assert codes(passage(TALK, log_probability=-1.2)) == ["WHISPER_UNSURE"]
    found = settle((passage(TALK[:4]), guess, passage(TALK[4:], start_ms=2400)), (TimeRange(0, 4800),))[1]
    assert [item.code for item in found] == ["WHISPER_UNSURE"]
    assert "0:01.2 to 0:02.4" in found[0].message


def test_words_faster_than_anybody_speaks_are_doubted() -> None:
    fast = codes(passage(TALK, each_ms=40), speech=(TimeRange(0, 500),))

    assert fast == ["WHISPER_TOO_FAST"]


def test_speech_without_a_word_is_told_where_it_is() -> None:
    speech = (TimeRange(0, 3600), TimeRange(10_000, 11_000), TimeRange(20_000, 26_000))
    findings = settle((passage(TALK), passage(TALK[:3], start_ms=20_000)), speech)[1]

    assert [item.code for item in findings] == ["WHISPER_UNHEARD"]
    assert "0:20.9 to 0:26.0" in findings[0].message


def test_many_doubts_of_a_kind_are_told_by_neighbourhood() -> None:
    doubts = tuple(
        Doubt("WHISPER_UNSURE", TimeRange(n * 10_000, n * 10_000 + 500), f"word{n}") for n in range(40)
    )

    findings = as_findings(doubts)

    assert 1 <= len(findings) <= MOST_FINDINGS
    assert "0:00.0 to" in findings[0].message
    assert "6:30.5" in findings[-1].message


@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 900)), max_size=25),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(200, 4000)), max_size=6),
)
@example([(0, 0), (0, 302), (1, 0)], [(1, 200), (301, 200)])
def test_no_word_without_speech_under_it_and_none_lost_without_a_report(
    times: list[tuple[int, int]], spoken: list[tuple[int, int]]
) -> None:
    speech = merged(TimeRange(start, start + length) for start, length in spoken)
    timed = sorted(TimeRange(start, start + length) for start, length in times)
    words = tuple(Word(f"w{n}", time, 0.9) for n, time in enumerate(timed))

    segments, findings = settle((Passage(words, -0.1, 1.0),), speech)
    kept = [word for segment in segments for word in segment.words]

    assert all(any(word.time.overlaps(span) for span in speech) for word in kept)
    starts = [word.time.start_ms for word in kept]
    assert starts == sorted(starts)
    lost = {word.text for word in words} - {word.text for word in kept}
    assert bool(lost) == any(item.code == "WHISPER_OVER_SILENCE" for item in findings)

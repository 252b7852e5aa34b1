"""Words to cues: the rules of the profile, on examples and on random speech."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.caption.check import check_track
from ebrochure.caption.columns import MAX_SILENCE_MS
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.measure import onset_errors
from ebrochure.caption.words import spoken_words
from ebrochure.model.captions import CaptionProfile, Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Level
from ebrochure.model.timing import TimeRange, merged
from ebrochure.model.transcript import Segment, Word, WordSource
from ebrochure.model.writing import text_width

PROFILE = CaptionProfile()
SENTENCES = (
    "The warmer homes grant helps people pay for insulation, draught proofing and efficient heating.",
    "It is open to homeowners, and to private tenants on a low income.",
    "After you apply, an assessor from Thermalux will telephone you within ten working days.",
    "Please do not start any work before you have received the offer, because we cannot fund it.",
)


def said(
    *sentences: str,
    letter_ms: int = 70,
    pause_ms: int = 400,
    start_ms: int = 500,
    source: WordSource = WordSource.SCRIPT,
) -> tuple[Segment, ...]:
    """Return `sentences` as spoken: `letter_ms` a letter, `pause_ms` between sentences."""
    segments = []
    now_ms = start_ms
    for sentence in sentences:
        words = []
        for text in sentence.split():
            words.append(Word(text, TimeRange(now_ms, now_ms + letter_ms * (len(text) + 1)), 1.0, source))
            now_ms = words[-1].time.end_ms
        segments.append(Segment(tuple(words)))
        now_ms += pause_ms
    return tuple(segments)


def cues_of(*segments: Segment, profile: CaptionProfile = PROFILE) -> tuple[Cue, ...]:
    return cues_from_segments(segments, profile, language="en")


def words_of(segments: tuple[Segment, ...]) -> list[str]:
    return [word.text for segment in segments for word in segment.words]


def errors_of(segments: tuple[Segment, ...], cues: tuple[Cue, ...]) -> list[str]:
    words = tuple(word for segment in segments for word in segment.words)
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.SCRIPT))
    speech = merged(word.time for word in words)
    found = check_track(track, profile=PROFILE, speech=speech, words=words, file="a.vtt")
    return [str(item) for item in found if item.level is Level.ERROR]


def test_speech_at_an_easy_pace_breaks_no_rule() -> None:
    segments = said(*SENTENCES)
    cues = cues_of(*segments)
    assert errors_of(segments, cues) == []
    assert [word for cue in cues for word in cue.text.split()] == words_of(segments)


def test_nothing_said_gives_no_cues() -> None:
    assert cues_of() == ()


def test_a_caption_starts_with_its_first_word() -> None:
    segments = said(*SENTENCES)
    onsets = {word.text: word.time.start_ms for segment in segments for word in segment.words}
    for cue in cues_of(*segments):
        assert cue.time.start_ms == onsets[cue.text.split()[0]] or cue.text.startswith(("and", "an "))


def test_a_sentence_that_fits_one_cue_is_not_torn() -> None:
    cues = cues_of(
        *said("We measure every room.", "You get a written offer.", "The offer is valid for a year.")
    )
    assert all(cue.text.endswith(".") for cue in cues)


def test_a_caption_after_a_pause_starts_with_the_speech() -> None:
    before, after = said("We measure every room,", "and the loft.", pause_ms=MAX_SILENCE_MS + 1)
    first, second = cues_of(Segment(before.words + after.words))
    assert first.text == "We measure every room,"
    assert second.time.start_ms == after.time.start_ms


def test_a_shorter_pause_may_stay_inside_a_caption() -> None:
    before, after = said("Wait,", "there is more.", pause_ms=300)
    assert len(cues_of(Segment(before.words + after.words))) == 1


def test_a_heading_starts_a_caption() -> None:
    one, two = said("So.", "Now we apply.", pause_ms=100)
    assert len(cues_of(one, two)) == 1
    assert len(cues_of(one, replace(two, heading="How to apply"))) == 2


def test_a_gap_below_a_second_is_closed_to_two_frames() -> None:
    first, second = cues_of(*said(SENTENCES[3][:60], "You never handle the money yourself.", pause_ms=900))[
        -2:
    ]
    assert second.time.start_ms - first.time.end_ms == PROFILE.min_gap_ms


def test_a_gap_of_two_seconds_stays_a_rest() -> None:
    first, second = cues_of(
        *said("We measure every single room of the house.", "You get an offer.", pause_ms=2500)
    )
    assert second.time.start_ms - first.time.end_ms >= PROFILE.max_short_gap_ms


def test_a_word_that_is_over_at_once_is_shown_for_a_second() -> None:
    (cue,) = cues_of(Segment((Word("Stop.", TimeRange(100, 350), 1.0),)))
    assert cue.time.start_ms == 100
    assert cue.time.duration_ms >= PROFILE.min_duration_ms


def test_a_word_of_ten_seconds_is_taken_away_after_seven() -> None:
    (cue,) = cues_of(Segment((Word("Ohm", TimeRange(0, 10_000), 1.0),)))
    assert cue.time.duration_ms == PROFILE.max_duration_ms


def test_hurried_speech_borrows_the_silence_before_it_and_no_more() -> None:
    slow, fast = said(
        "We measure every room of it.", "Applications nevertheless close tomorrow.", pause_ms=1400
    )
    words = tuple(
        replace(word, time=TimeRange(fast.time.start_ms + at * 500, fast.time.start_ms + (at + 1) * 500))
        for at, word in enumerate(fast.words)
    )
    hurried = Segment(words, heading="Dates")
    (then,) = said("Nobody knew why.", start_ms=hurried.time.end_ms)
    cues = cues_of(slow, hurried, replace(then, heading="Why"))
    cue = next(cue for cue in cues if cue.text.startswith("Applications"))
    assert hurried.time.start_ms - PROFILE.max_onset_error_ms <= cue.time.start_ms < hurried.time.start_ms
    assert cue.time.duration_ms * PROFILE.max_chars_per_s / 1000 >= len(cue.text)


def test_speech_too_fast_to_read_is_kept_whole_and_reported() -> None:
    segments = said(*SENTENCES, letter_ms=25, pause_ms=0)
    cues = cues_of(*segments)
    assert [word for cue in cues for word in cue.text.split()] == words_of(segments)
    assert any("characters/s" in message for message in errors_of(segments, cues))


def test_an_overlong_word_stays_whole_on_a_line_of_its_own() -> None:
    word = "https://energy.example.org/warmer-homes/apply"
    cues = cues_of(*said(f"Please visit {word} today."))
    assert [line for cue in cues for line in cue.lines if text_width(line) > PROFILE.line_chars] == [word]


def test_line_length_is_counted_in_columns() -> None:
    words = tuple(Word("節電対策", TimeRange(at * 800, at * 800 + 790), 1.0) for at in range(12))
    lines = [line for cue in cues_of(Segment(words)) for line in cue.lines]
    assert max(map(text_width, lines)) <= PROFILE.line_chars
    assert max(map(len, lines)) < PROFILE.line_chars / 1.8


def test_fillers_of_an_engine_go_and_those_of_a_script_stay() -> None:
    heard = said("Um, we er measure every room.", source=WordSource.ENGINE)
    written = said("Um, we er measure every room.")
    assert " ".join(cue.text for cue in cues_of(*heard)) == "we measure every room."
    assert " ".join(cue.text for cue in cues_of(*written)) == "Um, we er measure every room."


def test_a_recording_of_fillers_alone_has_no_cues() -> None:
    assert cues_of(*said("um er", source=WordSource.ENGINE)) == ()


def test_a_speaker_is_named_at_the_first_cue_and_at_each_change() -> None:
    segments = said(
        "We measure every room of the house.", "And the loft as well.", "How long does that take?"
    )
    names = ("Priya Shah", "Priya Shah", "Dr. Ann Chen")
    spoken = tuple(
        Segment(tuple(replace(word, speaker=name) for word in segment.words))
        for segment, name in zip(segments, names, strict=True)
    )
    cues = cues_of(*spoken)
    assert [cue.lines[0].split(":")[0] for cue in cues if ":" in cue.text] == ["PRIYA", "DR. CHEN"]
    assert {cue.speaker for cue in cues} == {"Priya Shah", "Dr. Ann Chen"}
    assert [word for row in spoken_words(cues) for word in row] == words_of(segments)


def test_speakers_who_share_a_first_name_are_named_in_full() -> None:
    one, two = said("Good morning to you all.", "Good morning from me too.")
    named = [
        Segment(tuple(replace(word, speaker=name) for word in segment.words))
        for segment, name in ((one, "Ann Chen"), (two, "Ann Shah"))
    ]
    assert [cue.lines[0].split(":")[0] for cue in cues_of(*named)] == ["ANN CHEN", "ANN SHAH"]


def test_a_profile_of_one_line_gives_one_line() -> None:
    cues = cues_of(*said(*SENTENCES), profile=CaptionProfile(cue_lines=1, line_chars=42))
    assert {len(cue.lines) for cue in cues} == {1}
    assert max(len(cue.text) for cue in cues) <= 42


@pytest.mark.alone
def test_a_quarter_of_an_hour_of_words_takes_half_a_second_at_most() -> None:
    segments = said(*(SENTENCES * 38))
    assert sum(len(segment.words) for segment in segments) >= 9000 / 4 * 0.95
    start_s = process_time()
    cues_of(*segments)
    assert process_time() - start_s <= 0.5


# --- random speech ---------------------------------------------------------------------------

ANYTHING = """
    a of the and because Dr. Priya Shah 7 2026 40 % kg — No. so, well; done. Why? stop! insulation thermostat
    electrification 節電 dämmung http://example.org/a/page/with/a/long/name x y
"""
EASY = "we measure, every room of the house insulation thermostat, helps and pays up to ventilation be"
texts, easy_texts = (st.sampled_from(words.split()) for words in (ANYTHING, EASY))


@st.composite
def any_speech(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Words with any times an aligner could think of, lying on one another included."""
    word = st.tuples(texts, st.integers(-300, 3000), st.integers(0, 1500))
    segments = []
    now_ms = 0
    for row in draw(st.lists(st.lists(word, min_size=1, max_size=25), max_size=5)):
        words = []
        for text, gap_ms, length_ms in row:
            now_ms += max(0, gap_ms)
            words.append(Word(text, TimeRange(now_ms, now_ms + length_ms), 1.0, WordSource.SCRIPT))
            now_ms += length_ms if gap_ms > -200 else 0
        segments.append(Segment(tuple(words)))
    return tuple(segments)


@st.composite
def unhurried_speech(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Sentences at 11 to 14 letters a second with every kind of pause."""
    segments: list[Segment] = []
    now_ms = draw(st.integers(0, 3000))
    for _ in range(draw(st.integers(1, 5))):
        words = []
        for text in draw(st.lists(easy_texts, min_size=1, max_size=20)):
            length_ms = max(320, (len(text) + 1) * draw(st.integers(70, 90)))
            words.append(Word(text, TimeRange(now_ms, now_ms + length_ms), 1.0, WordSource.SCRIPT))
            now_ms += length_ms
        segments.append(Segment(tuple(words)))
        now_ms += draw(st.sampled_from((300, 700, 1000, 1400, 1501, 1580, 2600, 9000)))
    return tuple(segments)


@settings(max_examples=60, deadline=None)
@given(any_speech())
def test_whatever_the_times_no_word_is_lost_and_no_cue_overlaps(segments: tuple[Segment, ...]) -> None:
    cues = cues_of(*segments)
    # Letter by letter: Han has no spaces.
    assert "".join(cue.text.replace(" ", "") for cue in cues) == "".join(words_of(segments))
    for before, after in pairwise(cues):
        assert after.time.start_ms - before.time.end_ms >= PROFILE.min_gap_ms
    for cue in cues:
        assert cue.time.duration_ms > 0
        assert len(cue.lines) <= PROFILE.cue_lines
        assert all(text_width(line) <= PROFILE.line_chars or " " not in line for line in cue.lines)
    assert cues_of(*segments) == cues


@settings(max_examples=50, deadline=None)
@given(unhurried_speech())
def test_unhurried_speech_has_no_error_whatever_its_pauses(segments: tuple[Segment, ...]) -> None:
    assert errors_of(segments, cues_of(*segments)) == []


# --- rules, one by one -----------------------------------------------------------------------


def test_an_engines_quotes_become_straight_and_a_scripts_stay() -> None:
    text = "“We” don’t know..."
    assert cues_of(*said(text, source=WordSource.ENGINE))[0].text == '"We" don\'t know…'
    assert cues_of(*said(text))[0].text == text


def test_straightened_words_still_have_their_onsets() -> None:
    segments = said("“We” don’t know...", source=WordSource.ENGINE)
    assert onset_errors(cues_of(*segments), segments[0].words) == (0,)


def test_two_lines_are_balanced_or_the_lower_one_is_longer() -> None:
    for cue in cues_of(*said(*SENTENCES)):
        if len(cue.lines) == 2:
            assert len(cue.lines[0]) <= len(cue.lines[1]) + 8


def test_one_line_is_used_where_it_fits() -> None:
    assert all(len(cue.lines) == 1 or len(cue.text) > 37 for cue in cues_of(*said(*SENTENCES)))


def test_a_sentence_leaves_no_word_behind_in_the_next_caption() -> None:
    cues = cues_of(
        *said(
            "From the fifth of May we will replace all of your passwords.",
            "You will sign in with a passkey.",
            pause_ms=200,
        )
    )
    assert [cue.text.split(".")[0] for cue in cues if cue.text.startswith("passwords")] == []


def test_words_of_two_speakers_never_share_a_caption_however_often_they_change() -> None:
    words = tuple(
        replace(word, speaker=("Ann Lee", "Bo Li")[at % 2])
        for at, word in enumerate(said("yes no " * 6)[0].words)
    )
    cues = cues_of(Segment(words))
    assert [len(row) for row in spoken_words(cues)] == [1] * 12


def test_a_name_too_long_for_a_label_is_cut_off() -> None:
    (segment,) = said("Good morning.")
    name = "Wolfeschlegelsteinhausenbergerdorff"
    spoken = Segment(tuple(replace(word, speaker=name) for word in segment.words))
    (cue,) = cues_of(spoken)
    assert cue.text == "WOLFESCHLEGELSTEINHAUS…: Good morning."
    assert spoken_words((cue,)) == (("Good", "morning."),)


def test_a_label_stays_with_its_words() -> None:
    word = "x" * 34
    spoken = Segment((Word(word, TimeRange(0, 3000), 1.0, WordSource.SCRIPT, "Ann Lee"),))
    (cue,) = cues_of(spoken)
    assert cue.lines == ("ANN:", word)


def test_a_glossary_term_is_not_torn() -> None:
    text = "You can always ask someone at the security operations centre about it."
    (segment,) = said(text)
    lines = [
        line
        for cue in cues_from_segments(
            (segment,), PROFILE, language="en", glossary=("security operations centre",)
        )
        for line in cue.lines
    ]
    assert any("security operations centre" in line for line in lines)

"""Each rule of the caption profile at its boundary, and the findings of a whole track."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ebrochure.caption import rules
from ebrochure.caption.check import check_track, covered, metrics, onsets, silence
from ebrochure.caption.formats import to_webvtt
from ebrochure.caption.measure import percentile
from ebrochure.model.captions import CaptionProfile, Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Word, WordSource

PROFILE = CaptionProfile()
SPEECH = (TimeRange(1000, 4000),)


def cue(
    *lines: str, start_ms: int = 1000, ms: int = 3000, name: str = "1", speaker: str | None = None
) -> Cue:
    return Cue(name, TimeRange(start_ms, start_ms + ms), lines or ("Ten letters",), speaker)


def track(*cues: Cue, origin: TextOrigin = TextOrigin.SCRIPT) -> Track:
    return Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(origin))


def words_of(*rows: tuple[str, int, int], source: WordSource = WordSource.SCRIPT) -> tuple[Word, ...]:
    return tuple(Word(text, TimeRange(start, end), 1.0, source) for text, start, end in rows)


def level(found: Finding | None) -> str | None:
    return None if found is None else found.level.value


# --- one cue ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "expected"), [(37, None), (38, "error")])
def test_a_line_has_at_most_37_characters(width: int, expected: str | None) -> None:
    line = "four " * 7 + "x" * (width - 35)
    assert level(rules.line_length(cue("short", line), PROFILE)) == expected


def test_a_line_is_measured_as_read_and_not_as_written() -> None:
    assert rules.line_length(cue("&" * 37), PROFILE) is None


def test_a_wide_sign_takes_two_columns() -> None:
    assert level(rules.line_length(cue("節" * 18), PROFILE)) is None
    assert level(rules.line_length(cue("節" * 19), PROFILE)) == "error"


def test_a_word_wider_than_a_line_is_said_to_be_one() -> None:
    found = rules.line_length(cue("x" * 38), PROFILE)
    assert found is not None
    assert "one word" in (found.hint or "")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("a" * 20, "b" * 20), None),
        (("a" * 20, "b" * 20, "c"), "error"),
        (("a" * 18, "b" * 18), "warn"),  # 37 with the space between
        (("a" * 18, "b" * 19), None),
        (("- Yes?", "- No."), None),
    ],
)
def test_a_cue_has_two_lines_at_most_and_one_where_it_fits(
    lines: tuple[str, ...], expected: str | None
) -> None:
    assert level(rules.lines(cue(*lines), PROFILE)) == expected


@pytest.mark.parametrize(
    ("text", "ms", "expected"),
    [
        ("No", 999, "error"),
        ("No", 1000, "warn"),
        ("No", 1999, "warn"),
        ("No", 2000, None),
        ("a b c d e", 1499, "error"),
        ("a b c d e", 1500, "warn"),
        ("a b c d e f g", 2099, "error"),
        ("a b c d e f g", 2100, None),
    ],
)
def test_a_cue_stays_a_second_and_three_tenths_a_word(text: str, ms: int, expected: str | None) -> None:
    assert level(rules.short(cue(text, ms=ms), len(text.split()), PROFILE)) == expected


@pytest.mark.parametrize(("ms", "expected"), [(7000, None), (7001, "error")])
def test_a_cue_stays_seven_seconds_at_most(ms: int, expected: str | None) -> None:
    assert level(rules.long(cue(ms=ms), PROFILE)) == expected


@pytest.mark.parametrize(
    ("text", "ms", "expected"),
    [
        ("x" * 40, 1999, "error"),
        ("x" * 40, 2000, "warn"),
        ("x" * 34, 1999, "warn"),
        ("x" * 34, 2000, None),
        ("a b c d", 1333, "warn"),  # 180 words a minute
        ("a b c d", 1334, None),
        ("a b c", 500, None),  # three words say nothing about words a minute
    ],
)
def test_a_cue_reads_at_20_characters_a_second_at_most(text: str, ms: int, expected: str | None) -> None:
    assert level(rules.fast(cue(text, ms=ms), len(text.split()), PROFILE)) == expected


# --- a cue and the next ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap_ms", "code", "expected"),
    [
        (-1, "CAPTION_OVERLAP", "error"),
        (0, "CAPTION_GAP", "error"),
        (79, "CAPTION_GAP", "error"),
        (80, None, None),
        (81, "CAPTION_GAP", "warn"),
        (999, "CAPTION_GAP", "warn"),
        (1000, None, None),
    ],
)
def test_a_gap_is_two_frames_or_a_second(gap_ms: int, code: str | None, expected: str | None) -> None:
    found = rules.gap(cue(ms=2000), cue(start_ms=3000 + gap_ms), PROFILE)
    assert (found and found.code, level(found)) == (code, expected)


def test_a_repeated_cue_is_pointed_out() -> None:
    said = cue("Thank you for listening.")
    assert level(rules.repeat(said, cue("thank you, for listening"))) == "warn"
    assert rules.repeat(said, cue("Thank you for listening again.")) is None
    assert rules.repeat(cue("No, no."), cue("No, no.")) is None


def test_repeats_are_looked_for_in_machine_tracks_only() -> None:
    twice = (cue("Thank you for listening."), cue("Thank you for listening.", start_ms=4080, name="2"))
    for origin, expected in ((TextOrigin.WHISPER, True), (TextOrigin.PERSON, False)):
        found = check_track(
            track(*twice, origin=origin), profile=PROFILE, speech=(TimeRange(1000, 7000),), file="a.vtt"
        )
        assert ("CAPTION_REPEAT" in {item.code for item in found}) is expected


# --- a cue and the sound ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late_ms", "expected"), [(500, None), (501, "error"), (-500, None), (-501, "error")]
)
def test_a_cue_comes_within_half_a_second_of_its_first_word(late_ms: int, expected: str | None) -> None:
    assert level(rules.onset(cue(), late_ms, PROFILE)) == expected


@pytest.mark.parametrize(("early_ms", "expected"), [(500, None), (501, "warn")])
def test_a_cue_without_known_words_is_held_to_the_speech(early_ms: int, expected: str | None) -> None:
    spoken = (TimeRange(1000 + early_ms, 5000),)
    assert level(rules.ahead(cue(), spoken, PROFILE)) == expected


@pytest.mark.parametrize(("past_ms", "expected"), [(1500, None), (1501, "warn")])
def test_a_cue_lingers_a_second_and_a_half_at_most(past_ms: int, expected: str | None) -> None:
    spoken = (TimeRange(0, 900), TimeRange(1000, 4000 - past_ms), TimeRange(4000, 9000))
    assert level(rules.linger(cue(), spoken, PROFILE)) == expected


def test_a_cue_over_silence_is_an_error_unless_it_describes_a_sound() -> None:
    spoken = (TimeRange(0, 1000), TimeRange(4000, 5000))
    assert level(rules.silent(cue("Thank you."), spoken)) == "error"
    assert level(rules.silent(cue("[phone rings]"), spoken)) is None
    assert level(rules.silent(cue("Thank you."), (TimeRange(0, 1001),))) is None
    assert level(rules.silent(cue("Thank you."), (TimeRange(3999, 5000),))) is None
    assert level(rules.silent(cue("Thank you."), ())) == "error"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (TimeRange(4000, 9000), None),
        (TimeRange(3999, 9000), "warn"),
        (TimeRange(2500, 9000), "warn"),
        (TimeRange(2499, 9000), "error"),
        (TimeRange(2000, 3000), "error"),
        (TimeRange(0, 1001), "error"),
    ],
)
def test_a_cue_does_not_cross_a_card(shown: TimeRange, expected: str | None) -> None:
    assert level(rules.card(cue(), shown, PROFILE)) == expected


# --- the whole track -------------------------------------------------------------------------


@pytest.mark.parametrize(("missing_ms", "expected"), [(30, None), (31, "error")])
def test_captions_cover_99_percent_of_the_speech(missing_ms: int, expected: str | None) -> None:
    # The edge of speech is believed to 250 ms, so the cue ends that much and the tested time before it.
    figures = metrics(track(cue(ms=2750 - missing_ms)), profile=PROFILE, speech=SPEECH)
    assert level(covered(figures, PROFILE)) == expected


def test_where_nobody_speaks_there_is_nothing_to_cover() -> None:
    figures = metrics(track(), profile=PROFILE, speech=())
    assert (figures.coverage, figures.silent_share, figures.over_speed_share) == (None, None, None)
    assert check_track(track(), profile=PROFILE, speech=(), file="a.vtt") == ()


def test_speech_without_any_caption_is_an_error() -> None:
    (found,) = check_track(track(), profile=PROFILE, speech=SPEECH, file="a.vtt")
    assert (found.code, found.level, found.file, found.line) == (
        "CAPTION_COVERAGE",
        Level.ERROR,
        "a.vtt",
        None,
    )


@pytest.mark.parametrize(("silent_ms", "expected"), [(30, None), (31, "warn")])
def test_captions_are_over_speech_for_99_percent_of_their_time(silent_ms: int, expected: str | None) -> None:
    figures = metrics(track(cue()), profile=PROFILE, speech=(TimeRange(1000, 2500 - silent_ms),))
    assert level(silence(figures, PROFILE)) == expected


@pytest.mark.parametrize(
    ("median_ms", "p95_ms", "expected"), [(100, 250, None), (101, 250, "warn"), (100, 251, "warn")]
)
def test_onsets_are_close_on_the_whole(median_ms: float, p95_ms: float, expected: str | None) -> None:
    figures = replace(
        metrics(track(cue()), profile=PROFILE, speech=SPEECH),
        cues=20,
        onset_median_ms=median_ms,
        onset_p95_ms=p95_ms,
    )
    assert level(onsets(figures)) == expected
    assert onsets(replace(figures, cues=19)) is None  # the worst of so few has a rule of its own


def test_figures_are_counted_against_the_words() -> None:
    cues = (
        cue("ANN: Good day", speaker="Ann", start_ms=1000, ms=2000),
        cue("to you", speaker="Ann", start_ms=3100, ms=2000),
    )
    words = words_of(("Good", 1040, 1300), ("day", 1300, 2900), ("to", 3000, 3400), ("you", 3400, 5000))
    figures = metrics(track(*cues), profile=PROFILE, speech=(TimeRange(1000, 5000),), words=words)
    assert (figures.words, figures.cues, figures.coverage) == (4, 2, 1.0)
    assert (figures.onset_median_ms, figures.onset_p95_ms) == (70, 100)
    assert figures.over_speed_share == 0


def test_words_of_another_text_say_nothing_about_onsets() -> None:
    words = words_of(("Bad", 9000, 9300), ("letters", 9300, 9900))
    assert metrics(track(cue()), profile=PROFILE, speech=SPEECH, words=words).onset_median_ms is None


def test_fillers_that_captions_leave_out_do_not_spoil_the_comparison() -> None:
    words = words_of(
        ("Um,", 800, 990), ("Ten", 1000, 1500), ("letters", 1500, 4000), source=WordSource.ENGINE
    )
    assert metrics(track(cue()), profile=PROFILE, speech=SPEECH, words=words).onset_median_ms == 0


def test_a_sure_word_of_the_script_is_speech_that_voice_activity_missed() -> None:
    sure = words_of(("Ten", 1000, 1500), ("letters", 1500, 4000))
    unsure = tuple(replace(word, confidence=0.3) for word in sure)
    heard = tuple(replace(word, source=WordSource.ENGINE) for word in sure)
    for words, expected in ((sure, False), (unsure, True), (heard, True)):
        found = check_track(track(cue()), profile=PROFILE, speech=(), words=words, file="a.vtt")
        assert any(item.code == "CAPTION_SILENT" and item.line for item in found) is expected


def test_the_label_of_a_speaker_is_no_word_that_takes_time_to_say() -> None:
    labelled = cue("ANN: a b c d e", ms=1500, speaker="Ann")
    speech = (TimeRange(1000, 2500),)
    found = check_track(track(labelled), profile=PROFILE, speech=speech, file="a.vtt")
    assert Level.ERROR not in {item.level for item in found}


def test_a_finding_names_the_line_of_the_file_as_written() -> None:
    cues = (
        cue("We measure every room,", "and then we measure the loft"),
        cue("so", start_ms=4080, ms=900, name="2"),
    )
    speech = (TimeRange(1000, 4980),)
    found = check_track(track(*cues), profile=PROFILE, speech=speech, file="a.vtt")
    (short,) = (item for item in found if item.level is Level.ERROR)
    assert (short.code, short.file, short.line) == ("CAPTION_SHORT", "a.vtt", 9)
    assert "00:00:04.080 --> " in to_webvtt(track(*cues)).split("\n")[8]
    assert short.hint


def test_a_good_track_has_nothing_to_find() -> None:
    words = words_of(("Ten", 1000, 1500), ("letters", 1500, 4000))
    assert check_track(track(cue()), profile=PROFILE, speech=SPEECH, words=words, file="a.vtt") == ()


def test_the_percentile_is_one_of_the_values() -> None:
    assert percentile([], 0.95) is None
    assert percentile([7], 0.95) == 7
    assert percentile(list(range(1, 101)), 0.95) == 95

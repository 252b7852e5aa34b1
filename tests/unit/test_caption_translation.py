"""A translation against the captions it translates."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from ebrochure.caption.formats import timing_lines
from ebrochure.caption.translation import check_translation, translated_share
from ebrochure.model.captions import CaptionProfile, Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange

SAID = (
    ("We measure every room.", "Wir messen jeden Raum."),
    ("Then you apply online.", "Dann stellen Sie online den Antrag."),
    ("Priya Shah", "Priya Shah"),
    ("It takes about ten days.", "Es dauert ungefähr zehn Tage."),
    ("Call us when it is done.", "Rufen Sie an, wenn es fertig ist."),
)


def track(language: str, *cues: tuple[int, int, str]) -> Track:
    made = tuple(
        Cue(str(at), TimeRange(start, end), (text,)) for at, (start, end, text) in enumerate(cues, 1)
    )
    return Track(TrackKind.SUBTITLES, language, language, made, Provenance(TextOrigin.PERSON))


ENGLISH = track("en", *((4000 * at, 4000 * at + 3900, said) for at, (said, _) in enumerate(SAID)))
GERMAN = track("de", *((4000 * at, 4000 * at + 3900, said) for at, (_, said) in enumerate(SAID)))


def check(
    translation: Track, source: Track = ENGLISH, lines: tuple[int, ...] | None = None
) -> tuple[Finding, ...]:
    return check_translation(translation, source, profile=CaptionProfile(), file="a.de.vtt", lines=lines)


def without(whole: Track, *left_out: int) -> Track:
    return replace(whole, cues=tuple(cue for at, cue in enumerate(whole.cues) if at not in left_out))


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, Level, int | None]]:
    return [(item.code, item.level, item.line) for item in findings]


def test_a_whole_translation_is_in_order() -> None:
    assert check(GERMAN) == ()
    assert translated_share(GERMAN, ENGLISH) == 1.0


def test_other_cuts_and_a_quarter_of_a_second_are_the_translators_freedom() -> None:
    cut = track(
        "de", (200, 5800, "Wir messen jeden Raum, dann"), (6000, 11_700, "Antrag"), (12_200, 19_700, "Rest")
    )
    assert check(cut) == ()


def test_what_is_not_translated_is_found_with_its_time_and_the_line_it_belongs_before() -> None:
    findings = check(without(GERMAN, 1, 2))
    assert codes(findings) == [
        ("TRANSLATION_COVERAGE", Level.ERROR, None),
        ("TRANSLATION_GAP", Level.WARN, timing_lines(GERMAN.cues)[1]),
    ]
    # Of 19.5 s are 7.8 s not translated; the words in them lost, what is near a neighbour counts for nothing.
    assert "60 %" in findings[0].message
    assert "00:00:04.000 to 00:00:11.900" in findings[1].message
    assert "Then you apply online. Priya Shah" in findings[1].message


def test_a_little_missing_is_a_warning_and_much_an_error() -> None:
    source = track("en", *((1000 * at, 1000 * at + 900, f"word number {at}") for at in range(100)))
    other = track("de", *((1000 * at, 1000 * at + 900, f"Wort Nummer {at}") for at in range(100)))
    assert [item.level for item in check(without(other, 50, 70), source) if item.line is None] == [Level.WARN]
    levels = [item.level for item in check(without(other, *range(50, 57)), source) if item.line is None]
    assert levels == [Level.ERROR]


def test_the_end_that_is_missing_is_found_at_the_last_line() -> None:
    (_, gap) = check(without(GERMAN, 4), lines=(3, 7, 11, 15))
    assert (gap.code, gap.line) == ("TRANSLATION_GAP", 15)


def test_a_cue_where_the_source_says_nothing_is_found_with_its_line() -> None:
    longer = track(
        "de",
        *((cue.time.start_ms, cue.time.end_ms, cue.text) for cue in GERMAN.cues),
        (25_000, 27_000, "Ende"),
    )
    (finding,) = check(longer, lines=(3, 7, 11, 15, 19, 23))
    assert (finding.code, finding.level, finding.line) == ("TRANSLATION_EXTRA", Level.WARN, 23)
    assert "`Ende`" in finding.message


def test_text_that_is_still_the_sources_is_found_and_a_name_is_not() -> None:
    mixed = replace(GERMAN, cues=(*GERMAN.cues[:3], ENGLISH.cues[3], GERMAN.cues[4]))
    (finding,) = check(mixed, lines=(3, 7, 11, 15, 19))
    assert (finding.code, finding.level, finding.line) == ("TRANSLATION_SAME", Level.WARN, 15)


def test_the_source_under_another_name_is_an_error() -> None:
    assert codes(check(replace(ENGLISH, language="de"))) == [("TRANSLATION_SAME", Level.ERROR, 4)]
    japanese = track("ja", (0, 3000, "節電にご協力ください"))
    assert codes(check(replace(japanese, language="zh"), japanese)) == [("TRANSLATION_SAME", Level.ERROR, 4)]


@pytest.mark.parametrize(
    ("language", "source", "level"),
    [
        ("en", "EN", Level.ERROR),
        ("en-GB", "en", Level.WARN),
        ("en", "en-GB", Level.WARN),
        ("zh-Hant", "zh-Hans", None),
        ("pt-BR", "pt-PT", None),
        ("de", "en", None),
    ],
)
def test_one_language_twice_is_no_translation(language: str, source: str, level: Level | None) -> None:
    findings = check(replace(GERMAN, language=language), replace(ENGLISH, language=source))
    assert [item.level for item in findings] == ([] if level is None else [level])


def test_nothing_and_nothing_to_translate_are_told_apart() -> None:
    nothing = track("de")
    assert [item.code for item in check(nothing)] == ["TRANSLATION_COVERAGE", "TRANSLATION_GAP"]
    assert check(nothing, track("en")) == ()
    assert translated_share(nothing, track("en")) is None


def test_thousands_of_gaps_are_found_in_seconds_and_counted() -> None:
    many = track("en", *((100 * at, 100 * at + 90, f"the same words {at % 7}") for at in range(5_000)))
    start = time.process_time()
    findings = check(replace(many, language="de", cues=many.cues[::2]), many)
    assert time.process_time() - start < 3
    assert "2450 more" in [item.message for item in findings if item.code == "TRANSLATION_GAP"][-1]

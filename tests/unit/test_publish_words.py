"""Figures, dates and sentences as they are read."""

from __future__ import annotations

import datetime as dt

import pytest

from ebrochure.model.captions import Provenance, TextOrigin
from ebrochure.model.writing import clock
from ebrochure.publish.amounts import length_text, size_text
from ebrochure.publish.dates import as_read, day_as_read, direction_of
from ebrochure.publish.words import provenance_sentence, words_for


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0:00"), (7_999, "0:07"), (83_000, "1:23"), (3_600_000, "1:00:00"), (3_725_500, "1:02:05")],
)
def test_clock(ms: int, text: str) -> None:
    assert clock(ms) == text


@pytest.mark.parametrize(
    ("ms", "language", "text"),
    [
        (400, "en", "1 second"),
        (45_000, "en", "45 seconds"),
        (60_000, "en", "1 minute"),
        (89_000, "en", "1 minute"),
        (95_000, "en", "2 minutes"),
        (95_000, "de-AT", "2 Minuten"),
        (120_000, "ar", "دقيقتان"),
        (180_000, "ar", "3 دقائق"),
        (660_000, "ar", "11 دقيقة"),
    ],
)
def test_length_in_words(ms: int, language: str, text: str) -> None:
    assert length_text(ms, language) == text


@pytest.mark.parametrize(
    ("size", "language", "text"),
    [
        (1, "en", "1 kB"),
        (640_400, "en", "640 kB"),
        (12_345_678, "en", "12.3 MB"),
        (4_100_000_000, "en", "4.1 GB"),
        (12_345_678, "es", "12,3 MB"),
        (12_345_678, "fr", "12,3\u202fMo"),
        (640_400, "ar", "640 كيلوبايت"),
    ],
)
def test_size_of_a_file(size: int, language: str, text: str) -> None:
    assert size_text(size, language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1 October 2026"),
        ("de", "1. Oktober 2026"),
        ("fr", "1 octobre 2026"),
        ("not-a-language", "1 October 2026"),
    ],
)
def test_day_is_read_in_the_language_of_the_page(language: str, text: str) -> None:
    assert day_as_read(dt.date(2026, 10, 1), language) == text


@pytest.mark.parametrize(
    ("iso", "language", "text"),
    [
        ("2027-03", "en", "March 2027"),
        ("2027-03", "de", "März 2027"),
        ("2027-03-15", "en", "15 March 2027"),
        ("2027", "en", "2027"),
        ("soon", "en", "soon"),
        ("2027-13", "en", "2027-13"),
    ],
)
def test_milestone_dates(iso: str, language: str, text: str) -> None:
    assert as_read(iso, language) == text


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("??", "ltr")]
)
def test_direction_of_a_language(language: str, direction: str) -> None:
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("provenance", "sentence"),
    [
        (Provenance(TextOrigin.PERSON), "Captions written by a person."),
        (
            Provenance(TextOrigin.SCRIPT, "offline"),
            "Captions from the approved script, timed by the offline recogniser.",
        ),
        (
            Provenance(TextOrigin.WHISPER, "whisper:base"),
            "Captions made by a machine (Whisper, model base), not yet checked by a person.",
        ),
        (
            Provenance(TextOrigin.OFFLINE, "offline", "Ada Brown", dt.date(2026, 10, 1)),
            "Captions made by a machine (the offline recogniser). Checked by Ada Brown on 1 October 2026.",
        ),
    ],
)
def test_page_says_where_captions_come_from(provenance: Provenance, sentence: str) -> None:
    assert provenance_sentence(provenance, words_for("en")) == sentence

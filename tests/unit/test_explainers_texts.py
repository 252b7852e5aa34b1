"""The scripts of the bench hold what real ones hold, and one parser reads them as they were meant."""

from __future__ import annotations

import re

import pytest

from ebrochure.transcribe.script import parse_script
from scripts.benches.explainers.texts import Text, read_line, read_text, texts

TEXTS = texts()
EVERYTHING = "\n".join(line.text for text in TEXTS for line in text.lines)


@pytest.mark.parametrize("text", [*TEXTS, *texts("talks")], ids=lambda text: text.name)
def test_the_sentences_are_what_the_parser_finds_in_the_markdown(text: Text) -> None:
    script = parse_script(text.markdown)

    assert [sentence.text for sentence in script.sentences] == [line.text for line in text.lines]
    assert bool(script.slide_marks) == (text in TEXTS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_every_token_of_a_script_has_a_way_of_being_said(text: Text) -> None:
    assert 40 <= len(text.lines) <= 120
    for line in text.lines:
        assert len(line.tokens) == len(line.said)
        assert not re.search(r"[\d£€$@]", " ".join(line.said)), "figures need a reading in braces"


def test_the_scripts_hold_what_real_scripts_hold() -> None:
    for thing, pattern in {
        "money": r"£\d[\d,]*\b",
        "foreign money": r"[€$]\d+\.\d\d",
        "percentage": r"\d%",
        "version": r"\b\d+\.\d+\.\d+\b",
        "time of day": r"\b\d{1,2}:\d\d\b",
        "date": r"\b\d{1,2} (?:January|February|March|June|July|September)",
        "address": r"\b[a-z]+\.fernbank\.example/",
        "e-mail": r"\b[a-z]+@fernbank\.example",
        "acronym": r"\b[A-Z]{2,4}\b",
        "hyphen": r"[a-z]-[a-z]",
        "name outside any dictionary": r"\b(?:Keyholm|Inkaris|Vendrix)\b",
    }.items():
        assert re.search(pattern, EVERYTHING), thing
    assert {line.speaker for text in TEXTS for line in text.lines} == {"", "PRIYA", "TOM"}


def test_a_reading_keeps_the_punctuation_of_what_is_written() -> None:
    line = read_line("It costs £7.50{seven pounds fifty}, or less.")

    assert line.tokens == ("It", "costs", "£7.50,", "or", "less.")
    assert line.said == ("it", "costs", "seven pounds fifty,", "or", "less.")
    assert line.first(3).said == ("it", "costs", "seven pounds fifty")


def test_a_sign_that_nobody_can_say_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`£7` needs a reading"):
        read_line("It costs £7 now.")


def test_headings_directions_and_labels_are_not_said() -> None:
    text = read_text("x", "# One\n\n[slide 1]\nANNA: Hello.\nI am here.\n- Tea\nBEN: Hi.")

    assert [(line.text, line.speaker) for line in text.lines] == [
        ("Hello.", "ANNA"), ("I am here.", "ANNA"), ("Tea", "ANNA"), ("Hi.", "BEN"),
    ]  # fmt: skip
    assert text.markdown == "# One\n\n[slide 1]\nANNA: Hello. I am here.\n- Tea\nBEN: Hi.\n"

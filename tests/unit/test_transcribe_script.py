"""Scripts are read as their writer meant them, to the letter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.transcribe.script import parse_script
from ebrochure.transcribe.sentences import split_sentences


def texts(script: str) -> list[str]:
    return [sentence.text for sentence in parse_script(script).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Ask Dr. Shah. She knows.", ["Ask Dr. Shah.", "She knows."]),
        ("It costs £3.50 a month. Fine.", ["It costs £3.50 a month.", "Fine."]),
        ("Use v2.1 now. See www.example.org. Done.", ["Use v2.1 now.", "See www.example.org.", "Done."]),
        ("Bring proof, e.g. a payslip. Thanks.", ["Bring proof, e.g. a payslip.", "Thanks."]),
        ("See No. 5. He said no. Then he left.", ["See No. 5.", "He said no.", "Then he left."]),
        ("Well ... perhaps. Yes.", ["Well ... perhaps.", "Yes."]),
        ("She said “no.” Then she left.", ["She said “no.”", "Then she left."]),
        ("Written by J. Smith. Read by me.", ["Written by J. Smith.", "Read by me."]),
        ("We meet at 9 a.m. The room is open.", ["We meet at 9 a.m.", "The room is open."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert list(split_sentences(text)) == expected


@given(st.text(alphabet=st.sampled_from("ab AB.!?…'\"12 ,\n"), max_size=80))
def test_splitting_loses_no_word(text: str) -> None:
    assert [word for sentence in split_sentences(text) for word in sentence.split()] == text.split()


def test_headings_name_the_sentence_they_stand_over_and_are_not_spoken() -> None:
    script = parse_script("# Who can apply\n\nYou can. So can I.\n\n## How much\n\nA lot.\n")

    assert [(item.text, item.heading) for item in script.sentences] == [
        ("You can.", "Who can apply"), ("So can I.", None), ("A lot.", "How much"),
    ]  # fmt: skip


def test_stage_directions_are_dropped_and_do_not_end_a_sentence() -> None:
    assert texts("You can [pause] save your work. [smile] Bye.") == ["You can save your work.", "Bye."]


def test_sounds_are_kept_apart_from_stage_directions() -> None:
    script = parse_script("Hello.\n[phone rings]\nIt is for you. [beat]")

    assert script.sounds == ((1, "phone rings"),)


def test_slide_marks_point_at_the_sentence_they_come_with() -> None:
    script = parse_script("[slide 1] One. Two. [Slide: 2] Three.\n\n[slide 3]\n\nFour. [slide 4]")

    assert script.slide_marks == ((1, 0), (2, 2), (3, 3), (4, 3))


def test_speakers_are_named_from_their_label_on() -> None:
    script = parse_script(
        "Hello.\nPRIYA: Good morning.\nAnd welcome.\n**Tom Reed:** Thanks.\nNOTE: nobody says this."
    )

    assert [item.speaker for item in script.sentences] == [None, "Priya", "Priya", "Tom Reed", "Tom Reed"]
    assert script.sentences[1].text == "Good morning."
    assert script.sentences[-1].text == "NOTE: nobody says this."


def test_markdown_marks_go_and_every_other_character_stays() -> None:
    script = (
        "---\ntitle: x\n---\n<!-- aside -->\n"
        "- It is **very** *new*, see [our page](https://example.org).\n"
        "> `snake_case_name` & 5 * 3 “quoted”…"
    )

    assert texts(script) == ["It is very new, see our page.", "snake_case_name & 5 * 3 “quoted”…"]


def test_what_a_web_page_or_a_wiki_puts_around_words_is_not_said() -> None:
    script = parse_script(
        "![the diagram](d.png)\n\n"
        'Press <b>Save</b>,<br>then [ask us](https://example.org/a_(b) "our page").[^1]\n\n'
        "R&amp;D &mdash; 5 &lt; 7, AT&T, press <P>.\n\n"
        "[^1]: Seen by nobody.\n[2]: https://example.org/\n"
    )

    assert [(item.text, item.line) for item in script.sentences] == [
        ("Press Save, then ask us.", 3),
        ("R&D — 5 < 7, AT&T, press <P>.", 5),
    ]


@given(st.text(st.sampled_from("&#xe0;<>/brp![]()^:*_` \n"), max_size=60))
def test_no_marks_break_the_reader(text: str) -> None:
    for sentence in parse_script(text).sentences:
        assert sentence.text == " ".join(sentence.text.split()) != ""


@pytest.mark.parametrize("mark", ["<b>", "[", "![", "[a](", "&#", "<!--", "[^", "**", "*a\n", "("])
def test_marks_that_are_never_closed_take_time_in_proportion(mark: str) -> None:
    def seconds(count: int) -> float:
        taken = []
        for _ in range(3):
            begun = time.perf_counter()
            parse_script(f"{mark} " * count)
            taken.append(time.perf_counter() - begun)
        return min(taken)

    assert seconds(12_000) < 10 * seconds(3000)  # 16 times as long where each looks through all the rest


def test_a_wrapped_paragraph_is_one_text_and_knows_its_line() -> None:
    script = parse_script("\n\nThis sentence\ngoes on. Next.\r\n\r\nLast.")

    assert [(item.text, item.line) for item in script.sentences] == [
        ("This sentence goes on.", 3), ("Next.", 3), ("Last.", 6),
    ]  # fmt: skip


def test_a_script_of_nothing_has_no_sentences() -> None:
    assert parse_script("# Title\n\n[pause]\n\n---\n").sentences == ()


@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    for sentence in parse_script(text).sentences:
        assert sentence.text == " ".join(sentence.text.split()) != ""


def test_lines_of_verse_are_sentences_and_a_numeral_over_them_is_one_too() -> None:
    poem = (
        "I\nFrom fairest creatures we desire increase,\nThat thereby beauty's rose might never die,\nBut as\n"
    )
    assert texts(poem) == [
        "I",
        "From fairest creatures we desire increase,",
        "That thereby beauty's rose might never die,",
        "But as",
    ]


def test_prose_that_somebody_wrapped_stays_whole() -> None:
    prose = "We use the VPN to reach\nThe Hague and our offices\nIn Bonn. It is safe."
    assert texts(prose.replace("In Bonn", "in Bonn")) == [
        "We use the VPN to reach The Hague and our offices in Bonn.",
        "It is safe.",
    ]


def test_of_a_table_the_column_with_the_words_is_spoken() -> None:
    table = "| Picture | Narration |\n| --- | :-: |\n| logo | Welcome to the portal. |\n| desk | Sign in. |\n"
    assert texts(table) == ["Welcome to the portal.", "Sign in."]
    assert texts("| One. | Two. |\n|---|---|\n| Three \\| four. | |") == ["One.", "Two.", "Three | four."]


def test_names_in_ordinary_letters_are_speakers_where_two_take_turns() -> None:
    talk = "Priya: Hello Tom.\nTom: Hello.\nPriya: Shall we?\nTom: Yes.\n"
    assert [item.speaker for item in parse_script(talk).sentences] == ["Priya", "Tom", "Priya", "Tom"]
    note = "Note: save your work.\nNote: then sign out.\n"
    assert texts(note) == ["Note: save your work.", "Note: then sign out."]


def test_a_voice_over_is_a_speaker() -> None:
    script = parse_script("VO: Welcome.\n\n**V.O.:** Goodbye.\n")
    assert [(item.text, item.speaker) for item in script.sentences] == [
        ("Welcome.", "Voice-over"),
        ("Goodbye.", "Voice-over"),
    ]


def test_a_line_in_round_brackets_is_for_the_speaker() -> None:
    assert texts("PRIYA: (smiles) Hello. It is open (on weekdays).") == [
        "Hello.",
        "It is open (on weekdays).",
    ]
    assert texts("Hello.\n(smiles)\nIt is open (on weekdays) now.") == [
        "Hello.",
        "It is open (on weekdays) now.",
    ]

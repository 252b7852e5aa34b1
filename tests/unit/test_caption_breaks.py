"""Where a line or a cue may end."""

from __future__ import annotations

import pytest

from ebrochure.caption.breaks import ANYWHERE, NEVER, SENTENCE, break_costs, ends_sentence
from ebrochure.caption.words import Token


def tokens(text: str, *, pause_before: str | None = None) -> tuple[Token, ...]:
    """Return the words of `text`, 300 ms each, with a pause of half a second before one of them."""
    found = []
    now_ms = 0
    for at, word in enumerate(text.split()):
        now_ms += 500 if word == pause_before else 0
        found.append(
            Token(
                word,
                word,
                now_ms,
                now_ms + 300,
                None,
                from_script=True,
                opens_segment=at == 0,
                opens_part=False,
            )
        )
        now_ms += 300
    return tuple(found)


def cost_before(word: str, text: str, *, language: str = "en") -> float:
    """Return what a break before `word` costs in `text`."""
    return break_costs(tokens(text), language=language)[text.split().index(word)]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("grant", "we pay the grant today"),
        ("home", "survey your home first"),
        ("kilometres", "drive 40 kilometres north"),
        ("percent", "about five percent remains"),
        ("Chen", "ask Dr. Chen about it"),
        ("Shah", "this is Priya Shah speaking"),
        ("started", "they have started work"),
        ("5", "look at step 5 again"),
        ("—", "the loft — and walls"),
        ("May", "on 3 May we meet"),
        ("f", "send a p d f file"),
    ],
)
def test_what_is_read_as_one_is_never_torn(word: str, text: str) -> None:
    assert cost_before(word, text) == NEVER


def test_breaks_are_ranked_sentence_comma_conjunction_preposition_anywhere() -> None:
    text = "We measure rooms. Walls, lofts and boards come after breakfast most people enjoy"
    ranked = [cost_before(word, text) for word in ("Walls,", "lofts", "and", "after", "breakfast")]
    assert ranked[:4] == sorted(set(ranked[:4]))
    assert ranked[4] > ANYWHERE  # a preposition keeps its noun


def test_what_somebody_owns_stays_with_the_owner() -> None:
    assert cost_before("rose", "thereby beauty's rose") > ANYWHERE
    assert cost_before("rose", "thereby beauty\u2019s rose") > ANYWHERE


def test_a_pause_of_the_speaker_makes_a_break_cheaper() -> None:
    text = "measures rooms loft walls"
    with_pause = break_costs(tokens(text, pause_before="loft"), language="en")[2]
    assert with_pause < break_costs(tokens(text), language="en")[2]


def test_the_first_word_of_a_sentence_is_no_first_name() -> None:
    assert cost_before("Priya", "Today Priya speaks") < NEVER
    assert cost_before("Priya", "Well. Today Priya speaks") < NEVER


def test_another_language_is_broken_by_marks_and_numbers_only() -> None:
    assert cost_before("Haus", "wir messen das Haus aus", language="de") == ANYWHERE
    assert cost_before("km", "wir fahren 40 km weit", language="de") == NEVER
    assert cost_before("dann", "wir messen, dann dämmen", language="de") < ANYWHERE


@pytest.mark.parametrize(
    ("word", "after", "ends"),
    [
        ("done.", "Next", True),
        ("done.”", "Next", True),
        ("done…", "and", False),
        ("done?", "and", True),
        ("Dr.", "Chen", False),
        ("J.", "Smith", False),
        ("I.", "We", True),
        ("No.", "5", False),
        ("No.", "We", True),
        ("version", "2.0", False),
        ("done.", None, True),
        ("done,", None, False),
    ],
)
def test_a_full_stop_is_told_from_an_abbreviation(word: str, after: str | None, ends: bool) -> None:  # noqa: FBT001
    assert ends_sentence(word, after) is ends


def test_the_end_of_a_script_sentence_counts_without_a_full_stop() -> None:
    first, second = tokens("insulation")[0], tokens("heating")[0]
    assert break_costs((first, second), language="en")[1] == SENTENCE

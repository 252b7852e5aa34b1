"""Where a line or a cue may end."""

from __future__ import annotations

import pytest

from ebrochure.caption.breaks import ANYWHERE, NEVER, PREPOSITION, SENTENCE, break_costs, ends_sentence
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
        ("and", "between six and eight hours"),
        ("8.4", "from 7.9 to 8.4 points"),
        ("sixteen", "it has at least sixteen signs"),
        ("than", "this takes less than a minute"),
    ],
)
def test_what_is_read_as_one_is_never_torn(word: str, text: str) -> None:
    assert cost_before(word, text) == NEVER


def test_breaks_are_ranked_sentence_comma_conjunction_preposition_anywhere() -> None:
    text = "We measure rooms. Walls, lofts and boards come after breakfast most people enjoy"
    ranked = [cost_before(word, text) for word in ("Walls,", "lofts", "and", "after", "breakfast")]
    assert ranked[:4] == sorted(set(ranked[:4]))
    assert ranked[4] > ANYWHERE  # a preposition keeps its noun


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("network", "anyone on the same network reads it"),
        ("room", "in the large training room upstairs"),
        ("system", "restore every critical system twice"),
        ("up", "please look up the rating"),
        ("in", "when we sign in on Monday"),
        ("of", "she is at the University of Munich now"),
        ("exciting", "what was the most exciting moment"),
    ],
)
def test_a_phrase_is_torn_only_where_nothing_else_is_left(word: str, text: str) -> None:
    assert ANYWHERE < cost_before(word, text) < NEVER


def test_the_words_of_a_glossary_term_are_never_torn() -> None:
    text = "ask the Service Desk, or both service desks, or a service point"
    costs = break_costs(tokens(text), language="en", glossary=("service desk", "VPN", ""))
    torn = dict(zip(text.split(), costs, strict=True))
    assert (torn["Desk,"], torn["desks,"]) == (NEVER, NEVER)
    assert torn["point"] < NEVER


@pytest.mark.parametrize(
    ("language", "never", "well", "text"),
    [
        ("de", "neue", "und", "wir haben ein neue Kennwort und einen Schlüssel"),
        ("de", "GB", "für", "es sind 40 GB frei für jeden"),
        ("de-AT", "Huber", "weil", "bei Herrn Huber weil er fragt"),
        ("fr", "clé", "pour", "vous ouvrez la clé pour entrer"),
        ("fr", "juin", "et", "venez le 3 juin et le 4"),
        ("es", "clave", "porque", "cambie su clave porque caduca"),
        ("es", "horas", "hasta", "abierto 12 horas hasta mañana"),
    ],
)
def test_other_languages_have_lists_of_their_own(language: str, never: str, well: str, text: str) -> None:
    assert cost_before(never, text, language=language) == NEVER
    assert cost_before(well, text, language=language) <= PREPOSITION


def test_german_nouns_are_no_names() -> None:
    assert cost_before("Kunden", "wir schicken Listen Kunden zu", language="de") < NEVER


def test_what_somebody_owns_stays_with_the_owner() -> None:
    assert cost_before("rose", "thereby beauty's rose") > ANYWHERE
    assert cost_before("rose", "thereby beauty\u2019s rose") > ANYWHERE


def test_a_pause_of_the_speaker_makes_a_break_cheaper() -> None:
    text = "measures rooms loft walls"
    with_pause = break_costs(tokens(text, pause_before="loft"), language="en")[2]
    assert with_pause < break_costs(tokens(text), language="en")[2]


def test_capitals_throughout_are_no_names() -> None:
    said = "and mister john had then leisure to consider the terms"
    assert break_costs(tokens(said.upper()), language="en") == break_costs(tokens(said), language="en")


def test_the_first_word_of_a_sentence_is_no_first_name() -> None:
    assert cost_before("Priya", "Today Priya speaks") < NEVER
    assert cost_before("Priya", "Well. Today Priya speaks") < NEVER


def test_a_language_without_lists_is_broken_by_marks_and_numbers_only() -> None:
    assert cost_before("dom", "mierzymy ten dom dziś", language="pl") == ANYWHERE
    assert cost_before("km", "jedziemy 40 km dalej", language="pl") == NEVER
    assert cost_before("potem", "mierzymy, potem liczymy", language="pl") < ANYWHERE


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
        ("z.B.", "Listen", False),
        ("完了。", "次", True),
        ("انتهى؟", "نعم", True),
        ("done.", None, True),
        ("done,", None, False),
    ],
)
def test_a_full_stop_is_told_from_an_abbreviation(word: str, after: str | None, ends: bool) -> None:  # noqa: FBT001
    assert ends_sentence(word, after) is ends


def test_the_end_of_a_script_sentence_counts_without_a_full_stop() -> None:
    first, second = tokens("insulation")[0], tokens("heating")[0]
    assert break_costs((first, second), language="en")[1] == SENTENCE

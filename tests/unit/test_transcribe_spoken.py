"""What is written and what is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.transcribe.language_model import arpa
from ebrochure.transcribe.numerals import cardinal, ordinal
from ebrochure.transcribe.pronounce import guess, pronounce
from ebrochure.transcribe.script import parse_script
from ebrochure.transcribe.spoken import MAX_FORMS, spoken_forms
from ebrochure.transcribe.tokens import tokenise


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("£7,500", "seven thousand five hundred pounds"), ("£1", "one pound"),
        ("$2.50", "two dollars fifty"), ("£3.5m", "three point five million pounds"),
        ("25%", "twenty five percent"), ("90", "ninety"), ("2027", "twenty twenty seven"),
        ("1999", "nineteen ninety nine"), ("105", "one hundred and five"), ("105", "one hundred five"),
        ("100", "a hundred"), ("0800", "oh eight oh oh"), ("3.5", "three point five"), ("EPC", "e p c"),
        ("PDFs", "p d f's"), ("US", "u s"), ("US", "us"), ("TrustMark", "trust mark"),
        ("draught-proofing", "draught proofing"), ("24/7", "twenty four seven"), ("&", "and"),
        ("e.g.", "for example"), ("v2.1", "version two point one"),
        ("3.11.7", "three dot eleven dot seven"), ("1st", "first"), ("22nd", "twenty second"),
        ("9:30am", "nine thirty a m"), ("10MB", "ten megabytes"), ("2-3", "two to three"),
        ("www.example.org/apply", "w w w dot example dot org slash apply"), ("B2B", "b two b"),
        ("help@example.org", "help at example dot org"), ("don\u2019t", "don't"), ("Café,", "cafe"),
        ("“Yes”", "yes"),
    ],
)  # fmt: skip
def test_a_token_may_be_said_the_way_people_say_it(written: str, said: str) -> None:
    assert tuple(said.split()) in spoken_forms(written)


@pytest.mark.parametrize("written", ["—", "–", "-", "…", "•", "()", '"'])
def test_punctuation_alone_is_not_said(written: str) -> None:
    assert spoken_forms(written) == ()


@given(st.text(min_size=1, max_size=20))
def test_any_token_has_few_forms_and_a_pronunciation_or_none(token: str) -> None:
    forms = spoken_forms(token)

    assert len(forms) <= MAX_FORMS
    assert all(word for form in forms for word in form)
    pronounce(forms)


@given(st.integers(0, 999_999_999_999))
def test_every_number_has_a_name_without_gaps(number: int) -> None:
    assert all(cardinal(number))
    assert ordinal(number)[-1].endswith(("st", "nd", "rd", "th"))


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("retrofitting", "R EH T R OW F IH T IH NG"),
        ("zorbex", "Z AO R B EH K S"),
        ("draughtproofing", "D R AE F T P R UW F IH NG"),
    ],
)
def test_a_word_outside_the_dictionary_is_sounded_out(word: str, sound: str) -> None:
    assert tuple(sound.split()) in guess(word)


def test_an_acronym_is_spelt_with_the_letters_names() -> None:
    assert pronounce(spoken_forms("API"))[0] == ("EY", "P", "IY", "AY")


def test_equal_words_share_an_entry_whatever_their_case_and_punctuation() -> None:
    tokens, lexicon = tokenise(parse_script("Grants pay. The grants, “grants” — 25% and 25%."))

    keys = [token.key for token in tokens]
    assert keys[0] == keys[3] == keys[4] == "grants"
    assert keys[5] is None
    assert keys[6] == keys[8]
    assert keys[6] in lexicon.script


def test_a_background_word_that_sounds_like_the_scripts_gives_way() -> None:
    _, lexicon = tokenise(parse_script("They lost their way."))

    assert "there" not in lexicon.background
    assert "because" in lexicon.background


def test_language_model_leaves_every_context_a_whole_probability() -> None:
    text = arpa([["a", "b", "a"], ["c"]], {"a": 0.5, "d": 0.5})
    sections = text.split("\\")
    unigrams = {
        line.split("\t")[1]: 10 ** float(line.split("\t")[0])
        for line in next(part for part in sections if part.startswith("1-grams:")).splitlines()[1:]
        if line
    }

    assert sum(value for word, value in unigrams.items() if word != "<s>") == pytest.approx(1, abs=1e-3)
    after_a = {
        line.split("\t")[1].split()[1]: 10 ** float(line.split("\t")[0])
        for line in next(part for part in sections if part.startswith("2-grams:")).splitlines()[1:]
        if "\ta " in line
    }
    left = 0.3 * sum(value for word, value in unigrams.items() if word not in {*after_a, "<s>"})
    assert sum(after_a.values()) + left == pytest.approx(1, abs=1e-3)

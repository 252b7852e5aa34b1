"""What is written and what is said."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.transcribe.language_model import arpa
from ebrochure.transcribe.pronounce import MAX_PRONUNCIATIONS, pronounce
from ebrochure.transcribe.script import parse_script
from ebrochure.transcribe.spoken import spoken_forms
from ebrochure.transcribe.tokens import tokenise
from ebrochure.transcribe.ways import MAX_FORMS


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("25%", "twenty five percent"), ("99.2%", "ninety nine point two per cent"), ("EPC", "e p c"),
        ("PDFs", "p d f's"), ("US", "u s"), ("US", "us"), ("PIN", "pin"), ("2FA", "two f a"),
        ("MP4", "m p four"), ("IPv6", "i p v six"), ("HTTP/2", "h t t p two"),
        ("COVID-19", "covid nineteen"), ("USB-C", "u s b c"), ("Wi-Fi", "why fi"), ("PDF/A", "p d f a"),
        ("H.264", "h two six four"), ("UTF-8", "u t f eight"), ("B2B", "b two b"),
        ("802.1X", "eight oh two dot one x"), ("R&D", "r and d"), ("M365", "m three six five"),
        ("ISO27001", "i s o twenty seven thousand and one"), ("U.S.", "u s"), ("C#", "c sharp"),
        (".docx", "dot doc x"), ("JPEG", "jay peg"), ("KBTRQN", "k b t r q n"), ("TrustMark", "trust mark"),
        ("SharePoint", "share point"), ("iPhone", "i phone"), ("macOS", "mac o s"),
        ("WebAuthn", "web auth en"), ("O'Brien", "o brien"), ("draught-proofing", "draught proofing"),
        ("word—word", "word word"), ("yes…no", "yes no"), ("his/her", "his or her"), ("and/or", "and or"),
        ("24/7", "twenty four seven"), ("file(s)", "files"), ("file(s)", "file"), ("&", "and"),
        ("w/", "with"), ("e.g.", "for example"), ("Prof.", "professor"), ("don’t", "don't"),
        ("Café,", "cafe"), ("Łukasz", "lukasz"), ("Straße", "strasse"), ("“Yes”", "yes"),
        ("Ph.D.", "p h d"), ("#TeamFernbank", "hashtag team fernbank"), ("20-year-old", "twenty year old"),
        ("A-Z", "a to z"), ("Mon–Fri", "monday to friday"), ("(iv)", "four"), ("VIII", "the eighth"),
        ("II", "i i"),
    ],
)  # fmt: skip
def test_a_token_may_be_said_the_way_people_say_it(written: str, said: str) -> None:
    assert tuple(said.split()) in spoken_forms(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("£7,500", "seven thousand five hundred pounds"), ("£1", "one pound"),
        ("$2.50", "two dollars fifty"), ("£3.5m", "three point five million pounds"),
        ("£0.014", "nought point nought one four pounds"),
        ("£131,700", "a hundred and thirty one thousand seven hundred pounds"), ("45p", "forty five pence"),
        ("£10.50", "ten pounds and fifty pence"), ("0.6p", "nought point six pence"),
        ("£0.45", "forty five p"), ("£5/month", "five pounds a month"),
        ("£5/month", "five pounds per month"), ("£5k+", "five thousand pounds plus"),
        ("£5–£10", "five to ten pounds"), ("£5–£10", "five pounds to ten pounds"),
        ("10MB", "ten megabytes"), ("5GB/s", "five gigabytes per second"),
        ("21°C", "twenty one degrees celsius"), ("3k", "three thousand"), ("20m²", "twenty square metres"),
        ("1080p", "ten eighty p"), ("4K", "four k"), ("5x", "five times"), ("8-bit", "eight bit"),
        ("−5", "minus five"), ("<5%", "less than five percent"), ("2-3", "two to three"), ("½", "a half"),
        ("1½", "one and a half"), ("3/4", "three quarters"), ("16:9", "sixteen by nine"),
        ("#1", "number one"), ("880-214", "eight eight oh two one four"), ("+44", "plus four four"),
        ("v2.1", "version two point one"), ("3.11.7", "three dot eleven dot seven"),
        ("4.12", "four point twelve"), ("10.0.0.1", "ten dot zero dot zero dot one"),
        ("5'10\"", "five foot ten"), ("1st", "first"),
    ],
)  # fmt: skip
def test_an_amount_or_a_code_may_be_said_the_way_people_say_it(written: str, said: str) -> None:
    assert tuple(said.split()) in spoken_forms(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("9:30am", "nine thirty a m"), ("10am", "ten a m"), ("14:00", "two"), ("14:00", "fourteen hundred"),
        ("14:00", "two p m"), ("15:30", "half past three"), ("17:00", "five o'clock"),
        ("18:00", "six in the evening"), ("9:10", "ten past nine"), ("9:50", "ten to ten"),
        ("9:45", "quarter to ten"), ("09:05", "nine oh five"), ("12:00", "noon"),
        ("9am–5pm", "nine a m to five p m"), ("1990s", "nineteen nineties"), ("’90s", "nineties"),
        ("2026-10-01", "the first of october twenty twenty six"),
        ("01/10/2026", "first of october two thousand and twenty six"), ("1/10", "the first of october"),
        ("1.10.2026", "october the first twenty twenty six"), ("2025/26", "twenty twenty five twenty six"),
        ("2025–26", "twenty twenty five to twenty six"), ("21st", "twenty first"),
    ],
)  # fmt: skip
def test_a_time_or_date_may_be_said_the_way_people_say_it(written: str, said: str) -> None:
    assert tuple(said.split()) in spoken_forms(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("https://www.example.org/apply", "w w w dot example dot org slash apply"),
        ("example.org", "example dot org"),
        ("pki.fernbank.example/request.", "p k i dot fernbank dot example slash request"),
        ("help@example.org", "help at example dot org"),
        ("followme@x.example", "follow me at x dot example"),
        ("priya.shah@fernbank.co.uk", "priya dot shah at fernbank dot co dot u k"),
        ("GOV.UK", "gov dot u k"), ("report.pdf", "report dot p d f"),
        ("C:\\Users", "c colon backslash users"), ("@team_it", "at team it"),
    ],
)  # fmt: skip
def test_an_address_may_be_said_the_way_people_say_it(written: str, said: str) -> None:
    assert tuple(said.split()) in spoken_forms(written)


@pytest.mark.parametrize(
    ("before", "written", "after", "said"),
    [
        ("On", "1", "February", "the first of"), ("July", "1", None, "the first"),
        ("the", "1st", "July", "first of"), ("13", "–", "15", "to"),
        ("the", "1–3", "July", "the first to the third of"), ("250", "GB,", None, "gigabytes"),
        ("90", "km/h", None, "kilometres per hour"), ("20", "EUR", None, "euros"),
        ("costs", "£1.86", "million", "one point eight six"), ("£1.86", "million", "a", "million pounds"),
        ("at", "10.30", "a.m.", "ten thirty"), ("10.30", "a.m.", None, "a m"), ("Part", "V", None, "five"),
        ("War", "I", None, "one"), (None, "I.", None, "one"), ("see", "No.", "5", "number"),
    ],
)  # fmt: skip
def test_neighbours_decide_how_a_token_is_said(
    before: str | None, written: str, after: str | None, said: str
) -> None:
    assert tuple(said.split()) in spoken_forms(written, before, after)


@pytest.mark.parametrize(
    ("before", "written", "after"),
    [
        (None, "I", "am"), ("said", "no", "one"), ("said", "no.", None), ("12", "in", "London"),
        ("he", "may", "go"), ("2017,", "min", None), ("they", "am", None), ("the", "users'", "panel"),
    ],
)  # fmt: skip
def test_a_plain_word_stays_one_word(before: str | None, written: str, after: str | None) -> None:
    assert spoken_forms(written, before, after)[0] == (written.lower().strip(".'"),)


@pytest.mark.parametrize("written", ["—", "–", "-", "…", "•", "()", '"', "→", "🙂", "✓"])
def test_punctuation_and_pictures_alone_are_not_said(written: str) -> None:
    assert spoken_forms(written) == ()


TOKENS = st.text(max_size=20) | st.text("0123456789.,:/-–'()£%°½abXVIkm&+#@_\\", max_size=14)


@given(TOKENS, st.none() | st.sampled_from(["May", "5", "£5", "Part"]), st.none() | st.just("May"))
def test_any_token_has_few_forms_of_plain_words(token: str, before: str | None, after: str | None) -> None:
    forms = spoken_forms(token, before, after)

    assert len(forms) <= MAX_FORMS
    assert all(re.fullmatch("[a-z']*[a-z][a-z']*", word) for form in forms for word in form)
    assert len(pronounce(forms)) <= MAX_PRONUNCIATIONS


@pytest.mark.parametrize(
    "unit", ["a", "9", "1.", "a-", "1/", "½", "A.", "/a", "'a", "1:00-", "é", "a@", "(s"]
)
def test_a_token_of_ten_thousand_characters_costs_no_more_than_a_short_one(unit: str) -> None:
    spoken_forms("warm")
    begun = process_time()

    forms = spoken_forms(unit * (10_000 // len(unit)))

    assert process_time() - begun < 0.1
    assert all(len(form) <= 200 for form in forms)


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

"""How words sound that no dictionary has."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ebrochure.transcribe.pronounce import MAX_GUESSES, dictionary, guess, pronounce
from ebrochure.transcribe.sounding import Sounding
from ebrochure.transcribe.spelling import spell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.transcribe.spelling import Phones


def test_words_that_were_not_learnt_from_are_sounded_out_nearly_right() -> None:
    words = sorted(word for word in dictionary() if word.isalpha() and len(word) > 3)
    unseen = Random(5).sample(words, 150)  # noqa: S311  a sample, not a secret
    learnt = {word: dictionary()[word] for word in words[::4] if word not in set(unseen)}
    sounding = Sounding(learnt)

    wrong = sum(
        min(_edits(way, right) for way in sounding.guesses(word, 2) for right in dictionary()[word])
        for word in unseen
    )

    # From the whole dictionary it is 5 % on 2,000 words; a quarter of it is learnt in a quarter of the time.
    assert wrong / sum(len(dictionary()[word][0]) for word in unseen) < 0.09


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("retrofitting", "R EH T R OW F IH T IH NG"), ("zorbex", "Z AO R B EH K S"),
        ("draughtproofing", "D R AE F T P R UW F IH NG"), ("thermalux", "TH ER M AH L AH K S"),
        ("kubernetes", "K UW B ER N EH T IY Z"), ("okta", "AA K T AH"), ("entra", "EH N T R AH"),
        ("jira", "JH IH R AH"), ("sharepoint", "SH EH R P OY N T"),
        ("passwordless", "P AE S W ER D L AH S"), ("priya", "P R IY AH"),
        ("thermalux's", "TH ER M AH L AH K S IH Z"), ("colours", "K AH L ER Z"),
        ("organisations", "AO R G AH N AH Z EY SH AH N Z"), ("caselight", "K EY S L AY T"),
    ],
)  # fmt: skip
def test_a_name_outside_the_dictionary_is_sounded_out(word: str, sound: str) -> None:
    assert tuple(sound.split()) in guess(word)


@given(st.text("abcdefghijklmnopqrstuvwxyz'", max_size=60))
@example("'s")
@example("''s")
def test_any_letters_sound_like_something(word: str) -> None:
    ways = guess(word)

    assert len(ways) <= MAX_GUESSES
    assert all(ways)
    assert ways or not word.strip("'")


def test_every_letter_makes_the_sounds_that_its_word_has() -> None:
    spelt = spell({"fox": (("F", "AA", "K", "S"),), "phone": (("F", "OW", "N"),), "off": (("AO", "F"),)})

    heard = [phone for sounds in spelt.sounds.tolist() for phone in spelt.names[sounds]]
    assert sorted(heard) == sorted(["F", "AA", "K", "S", "F", "OW", "N", "AO", "F"])
    assert len(spelt.letters) == len(spelt.sounds)


def test_every_way_of_saying_comes_once_before_any_comes_twice() -> None:
    ways = pronounce((("versus",), ("against",)))

    assert ways[1] in dictionary()["against"]
    assert ways[2] in dictionary()["versus"]


def test_the_article_is_no_letter() -> None:
    assert pronounce((("a", "hundred"),))[0][0] == "AH"
    assert pronounce((("a", "p", "i"),))[0][0] == "EY"


def _edits(first: Phones, second: Sequence[str]) -> int:
    """Count the sounds that have to be changed, left out or put in."""
    row = list(range(len(second) + 1))
    for at, sound in enumerate(first, start=1):
        corner, row[0] = row[0], at
        for place, other in enumerate(second, start=1):
            corner, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, corner + (sound != other)),
            )
    return row[-1]

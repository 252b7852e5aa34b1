"""A transcript as data: a script's sentences, those that were heard with their words, and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Insertion, Segment, Sentence, Transcript, Word, WordSource
from ebrochure.transcribe.wordlist import by_sentence, word_list


def segment(text: str, start_ms: int) -> Segment:
    return Segment(
        tuple(
            Word(part, TimeRange(start_ms + 300 * at, start_ms + 300 * at + 250), 0.9, WordSource.SCRIPT)
            for at, part in enumerate(text.split())
        )
    )


SCRIPTED = Transcript(
    language="en",
    engine="offline",
    segments=(segment("Go forward.", 400), segment("Ten – metres.", 3000)),
    speech=(TimeRange(370, 1200), TimeRange(2900, 4000)),
    sentences=(
        Sentence("Go forward.", 1.0, 400),
        Sentence("Do not run.", 0.0, None),
        Sentence("Ten – metres.", 0.667, 3000),
    ),
    inserted=(Insertion(TimeRange(1300, 2800), "by the way"), Insertion(TimeRange(0, 300), "go", repeats=0)),
    script_match=0.75,
)


def test_sentences_are_the_scripts_and_words_point_at_theirs() -> None:
    found = word_list(SCRIPTED)
    assert [item["start_ms"] for item in found["sentences"]] == [400, None, 3000]
    assert [item["heard"] for item in found["sentences"]] == [1.0, 0.0, 0.667]
    assert [(item["text"], item["sentence"]) for item in found["words"]] == [
        ("Go", 0),
        ("forward.", 0),
        ("Ten", 2),
        ("–", 2),
        ("metres.", 2),
    ]
    assert found["words"][0] == {
        "text": "Go",
        "start_ms": 400,
        "end_ms": 650,
        "confidence": 0.9,
        "sentence": 0,
    }


def test_what_was_inserted_tells_whether_it_repeats_a_sentence() -> None:
    assert word_list(SCRIPTED)["inserted"] == [
        {"start_ms": 1300, "end_ms": 2800, "text": "by the way", "repeats": None},
        {"start_ms": 0, "end_ms": 300, "text": "go", "repeats": 0},
    ]
    assert word_list(SCRIPTED)["speech"] == [[370, 1200], [2900, 4000]]


def test_without_a_script_the_engines_segments_are_the_sentences() -> None:
    heard = replace(SCRIPTED, sentences=(), inserted=(), script_match=None)
    found = word_list(heard)
    assert [item["text"] for item in found["sentences"]] == ["Go forward.", "Ten – metres."]
    assert {item["sentence"] for item in found["words"]} == {0, 1}
    assert found["script_match"] is None


@pytest.mark.parametrize(
    "broken",
    [
        replace(SCRIPTED, segments=SCRIPTED.segments[:1]),
        replace(SCRIPTED, segments=(*SCRIPTED.segments, segment("More.", 9000))),
        replace(SCRIPTED, segments=SCRIPTED.segments[::-1]),
    ],
    ids=["too few", "too many", "out of order"],
)
def test_segments_that_are_not_the_sentences_heard_are_a_mistake_of_ours(broken: Transcript) -> None:
    with pytest.raises(ValueError, match="expected"):
        by_sentence(broken)


@given(st.lists(st.tuples(st.lists(st.sampled_from(("a", "bc.", "–", "7")), min_size=1), st.booleans())))
def test_every_token_of_a_sentence_that_was_heard_is_a_word(script: list[tuple[list[str], bool]]) -> None:
    sentences = tuple(
        Sentence(" ".join(words), 1.0 if said else 0.0, 0 if said else None) for words, said in script
    )
    segments = tuple(segment(" ".join(words), 0) for words, said in script if said)
    found = word_list(Transcript("en", "offline", segments, (), sentences, script_match=1.0))
    for index, (words, said) in enumerate(script):
        assert [item["text"] for item in found["words"] if item["sentence"] == index] == (
            words if said else []
        )

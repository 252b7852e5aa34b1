"""An engine's words matched with a script's, whatever either writes as a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Word
from ebrochure.transcribe.engine_words import match_words, plain_tokens
from ebrochure.transcribe.script import parse_script
from ebrochure.transcribe.spoken import spoken_forms
from ebrochure.transcribe.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence


def words(text: str, *, each_ms: int = 500) -> tuple[Word, ...]:
    """Return the words of `text`, one after another."""
    return tuple(
        Word(item, TimeRange(each_ms * number, each_ms * (number + 1)), 0.9)
        for number, item in enumerate(text.split())
    )


def english(texts: Sequence[str]) -> list[tuple[str, ...]]:
    return [forms[0] if (forms := spoken_forms(text)) else () for text in texts]


def test_figures_and_words_are_the_same_words() -> None:
    tokens, _ = tokenise(parse_script("The grant pays up to £7,500 within 90 days."))

    heard, anchors = match_words(
        tokens, words("the grant pays up to 7,500 pounds within ninety days"), english
    )

    assert sorted(anchors) == list(range(len(tokens)))
    assert heard[anchors[5]].start_ms == 2500
    assert heard[anchors[5]].end_ms == 3500  # both of the engine's words for one of the script's
    assert heard[anchors[7]].start_ms == 4000


def test_words_that_the_script_lacks_stay_strangers_in_order() -> None:
    tokens, _ = tokenise(parse_script("The grant pays bills. It is open now."))

    heard, anchors = match_words(
        tokens, words("the grant pays bills sorry about that it is open now"), english
    )

    assert [item.key for item in heard][4:7] == ["sorry", "about", "that"]
    assert sorted(set(range(len(heard))) - set(anchors.values())) == [4, 5, 6]
    assert [item.start_ms for item in heard] == sorted(item.start_ms for item in heard)


def test_a_language_without_a_dictionary_is_compared_by_its_letters() -> None:
    tokens, say = plain_tokens(parse_script("Fragt nicht, was euer Land für euch tun kann!"))

    heard, anchors = match_words(tokens, words("fragt nicht was euer land für euch tun kann"), say)

    assert len(anchors) == len(heard) == len(tokens) == 9


def test_a_script_without_spaces_is_compared_sign_by_sign() -> None:
    tokens, say = plain_tokens(parse_script("今日は、VPNの使い方を説明します。"))
    engine = tuple(
        Word(char, TimeRange(200 * n, 200 * (n + 1)), 0.9)
        for n, char in enumerate("今日はVPNの使い方を説明します")
    )

    heard, anchors = match_words(tokens, engine, say)

    assert anchors == {0: 0}
    assert (heard[0].start_ms, heard[0].end_ms) == (0, 200 * len(engine))
    assert say(["ＶPN。"]) == [("v", "p", "n")]

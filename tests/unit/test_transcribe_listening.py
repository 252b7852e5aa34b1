"""How both makes of Whisper are asked to listen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.timing import TimeRange
from ebrochure.transcribe.listening import (
    PROMPT_TOKENS,
    Progress,
    Vote,
    elect,
    left_out,
    prompt_of,
    timed_words,
    voters,
)


def words(text: str) -> int:
    """Count a word as a token."""
    return len(text.split())


def test_a_prompt_holds_whole_terms_and_says_how_many() -> None:
    terms = tuple(f"term number{n}" for n in range(300))

    prompt, taken = prompt_of(terms, words)

    assert prompt is not None
    assert prompt.startswith("term number0, term number1")
    assert prompt.endswith(f"term number{taken - 1}.")
    assert taken == PROMPT_TOKENS // 2
    assert "first 100 fit" in left_out(terms, taken)[0].message
    assert prompt_of((), words) == (None, 0)
    assert left_out(terms[:2], 2) == ()


def test_the_language_of_most_of_the_speech_wins_whatever_the_first_piece_is_in() -> None:
    votes = [Vote(2_000, {"de": 1.0}), Vote(28_000, {"en": 0.9, "de": 0.1}), Vote(25_000, {"en": 1.0})]

    assert elect(votes) == ("en", ())


def test_a_close_vote_is_told() -> None:
    language, findings = elect([Vote(10_000, {"en": 1.0}), Vote(9_000, {"de": 1.0})])

    assert language == "en"
    assert [item.code for item in findings] == ["WHISPER_LANGUAGE"]
    assert "`en` (53%) and `de` (47%)" in findings[0].message


def test_voters_come_from_all_over_the_recording() -> None:
    pieces = tuple(TimeRange(n * 30_000, n * 30_000 + 1000 * (n % 7 + 1)) for n in range(50))

    asked = voters(pieces)

    assert len(asked) == 5
    assert [piece.start_ms // 300_000 for piece in asked] == [0, 1, 2, 3, 4]
    assert all(piece.duration_ms == 7000 for piece in asked)
    assert voters(pieces[:2]) == pieces[:2]


def test_a_words_parts_share_its_time_inside_the_piece() -> None:
    piece = TimeRange(10_000, 12_000)

    found = list(timed_words(" New York", 1.5, 2.5, 1.2, piece))

    assert [(word.text, word.time.start_ms, word.time.end_ms) for word in found] == [
        ("New", 11_500, 11_750),
        ("York", 11_750, 12_000),
    ]
    assert all(word.confidence == 1.0 for word in found)


@given(
    st.lists(st.integers(1, 30_000), min_size=1, max_size=8),
    st.lists(st.floats(0, 3, allow_nan=False), max_size=40),
)
def test_progress_counts_speech_and_never_falls(lengths: list[int], shares: list[float]) -> None:
    pieces = tuple(TimeRange(n * 40_000, n * 40_000 + length) for n, length in enumerate(lengths))
    seen: list[float] = []
    progress = Progress(pieces, seen.append)

    for number, piece in enumerate(pieces):
        for share in shares:
            progress.within(piece, share)
        progress.finish(piece)
        assert seen[-1] == sum(lengths[: number + 1]) / sum(lengths)

    assert seen == sorted(seen)
    assert seen[-1] == 1

"""Matching, judging and cutting, on words and times alone."""

from __future__ import annotations

from itertools import pairwise

from ebrochure.model.timing import TimeRange
from ebrochure.transcribe.align import lay_words, onto_speech, spread
from ebrochure.transcribe.anchors import find_anchors
from ebrochure.transcribe.blocks import halves, plan_blocks
from ebrochure.transcribe.evidence import Evidence
from ebrochure.transcribe.judge import judge
from ebrochure.transcribe.refine import GUESSED, Timed, between_anchors, share_out
from ebrochure.transcribe.script import parse_script
from ebrochure.transcribe.sphinx import Heard
from ebrochure.transcribe.tokens import Token

WORD_MS = 400
"""Every word of these recordings lasts so long and follows the last one at once."""

SCRIPT = ("the grant helps people pay bills", "it is open to everybody here", "please write to us today")


def evidence(
    said: str, script: tuple[str, ...] = SCRIPT, *, pauses: dict[int, int] | None = None
) -> Evidence:
    """Return what a perfect decoder hears when `said` is said; a pause of some ms after some words."""
    tokens = tuple(
        Token(text, number, text, 5) for number, sentence in enumerate(script) for text in sentence.split()
    )
    heard, at = [], 0
    for place, word in enumerate(said.split()):
        heard.append(Heard(word, at, at + WORD_MS, 1.0))
        at += WORD_MS + (pauses or {}).get(place, 0)
    keys = [token.key or "" for token in tokens]
    anchors = find_anchors(keys, [item.key for item in heard], [5] * len(tokens))
    return Evidence(tokens, tuple(heard), anchors, (TimeRange(0, at),), at)


def test_all_said_is_all_said() -> None:
    verdict = judge(evidence(" ".join(SCRIPT)))

    assert all(verdict.said)
    assert verdict.inserted == ()


def test_a_skipped_sentence_was_not_said() -> None:
    verdict = judge(evidence(f"{SCRIPT[0]} {SCRIPT[2]}"))

    assert verdict.said == (True,) * 6 + (False,) * 6 + (True,) * 5


def test_a_misheard_sentence_with_room_for_it_was_said_when_the_recording_is_poor() -> None:
    poor = "the grant uh uh uh bills uh uh uh uh uh uh please write uh uh today"

    assert all(judge(evidence(poor)).said)


def test_speech_beside_the_script_is_found_with_its_place() -> None:
    said = f"{SCRIPT[0]} sorry my microphone slipped {SCRIPT[1]} {SCRIPT[2]}"

    verdict = judge(evidence(said))

    assert all(verdict.said)
    assert verdict.inserted == ((6, 9),)


def test_a_filler_is_no_insertion() -> None:
    assert judge(evidence(f"{SCRIPT[0]} um {SCRIPT[1]} {SCRIPT[2]}")).inserted == ()


def test_of_two_takes_the_last_is_kept() -> None:
    found = evidence(f"{SCRIPT[0]} {SCRIPT[1]} {SCRIPT[1]} {SCRIPT[2]}")

    assert [found.anchors[token] for token in range(6, 12)] == list(range(12, 18))
    assert judge(found).inserted == ((6, 11),)


def test_a_chance_match_far_from_all_others_is_dropped() -> None:
    script = ["a", "b", "c", "d", "e", "f", "g", "h", "of", "i", "j", "k", "l", "m"]
    heard = ["a", "b", "c", "x", "x", "x", "x", "of", "x", "x", "x", "x", "k", "l", "m"]

    assert sorted(find_anchors(script, heard, [4] * 8 + [2] + [4] * 5)) == [0, 1, 2, 11, 12, 13]


def test_blocks_end_at_pauses_and_leave_inserted_speech_out() -> None:
    found = evidence(f"{SCRIPT[0]} sorry my microphone slipped {SCRIPT[1]} {SCRIPT[2]}", pauses={15: 500})
    blocks = plan_blocks(range(17), found, ((6, 9),))

    assert [block.tokens for block in blocks] == [tuple(range(6)), tuple(range(6, 17))]
    assert blocks[0].time == TimeRange(0, 6 * WORD_MS)
    assert blocks[1].time.start_ms >= 10 * WORD_MS - 1


def test_a_block_is_halved_where_two_neighbours_are_certain() -> None:
    found = evidence(" ".join(SCRIPT))
    (block,) = plan_blocks(range(17), found, ())

    left, right = halves(block, found)

    assert left.tokens + right.tokens == block.tokens
    assert left.time.end_ms == right.time.start_ms == len(left.tokens) * WORD_MS


def test_words_between_anchors_share_the_room_by_their_length() -> None:
    found = evidence("the grant zzz zzz pay bills", (SCRIPT[0],))
    (block,) = plan_blocks(range(6), found, ())

    times = between_anchors(block, found)

    assert [times[token].time.start_ms for token in range(6)] == [0, 400, 800, 1200, 1600, 2000]
    assert times[2].confidence == GUESSED


def test_shares_fill_the_room_without_gap_or_overlap() -> None:
    assert share_out(TimeRange(100, 400), [1, 0, 1]) == [
        TimeRange(100, 200),
        TimeRange(200, 300),
        TimeRange(300, 400),
    ]
    assert share_out(TimeRange(5, 5), [3, 3]) == [TimeRange(5, 5)] * 2


def test_every_token_of_a_heard_sentence_becomes_a_word_in_order() -> None:
    tokens = [
        Token(text, 0, key, 4) for text, key in [("Well", "well"), ("—", None), ("say", "say"), ("it.", "it")]
    ]
    times = [Timed(TimeRange(100, 300), 1.0), None, Timed(TimeRange(250, 500), 1.0), None]

    words = lay_words(tokens, times, "Priya", 0)

    assert [word.text for word in words] == ["Well", "—", "say", "it."]
    assert all(a.time.end_ms <= b.time.start_ms for a, b in pairwise(words))
    assert words[0].speaker == "Priya"


def test_a_word_stretched_over_a_pause_is_trimmed_to_its_speech() -> None:
    speech = (TimeRange(0, 1000), TimeRange(2000, 3000))

    assert onto_speech(TimeRange(1500, 2300), speech) == TimeRange(2000, 2300)
    assert onto_speech(TimeRange(1970, 2300), speech) == TimeRange(1970, 2300)
    assert onto_speech(TimeRange(1200, 1400), speech) == TimeRange(1200, 1400)


def test_a_script_nobody_can_hear_is_shared_out_over_the_speech_alone() -> None:
    speech = (TimeRange(1000, 2000), TimeRange(5000, 7000))
    script = parse_script("# Eins\nGuten Tag. [slide 2] Auf Wiedersehen bis morgen.")

    laid = spread(script, speech)

    words = [word for segment in laid.segments for word in segment.words]
    assert " ".join(word.text for word in words) == "Guten Tag. Auf Wiedersehen bis morgen."
    assert words[0].time.start_ms == 1000
    assert words[-1].time.end_ms == 7000
    assert all(any(word.time.overlaps(span) for span in speech) for word in words)
    assert {word.confidence for word in words} == {GUESSED}
    assert laid.segments[0].heading == "Eins"
    assert laid.slide_marks[0][0] == 2

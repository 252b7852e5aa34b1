"""Matching, judging and cutting, on words and times alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange
from ebrochure.transcribe.align import onto_speech, without_flickers
from ebrochure.transcribe.anchors import find_anchors
from ebrochure.transcribe.blocks import halves, plan_blocks
from ebrochure.transcribe.evidence import Evidence
from ebrochure.transcribe.judge import judge
from ebrochure.transcribe.laid import lay_words
from ebrochure.transcribe.refine import GUESSED, Timed, between_anchors, share_out
from ebrochure.transcribe.script import parse_script
from ebrochure.transcribe.sphinx import Heard
from ebrochure.transcribe.spread import spread
from ebrochure.transcribe.tokens import Token
from ebrochure.transcribe.trial import Hear
from ebrochure.transcribe.verdict import Inserted

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    assert verdict.inserted == (Inserted(6, 9),)


def test_a_filler_is_no_insertion() -> None:
    assert judge(evidence(f"{SCRIPT[0]} um {SCRIPT[1]} {SCRIPT[2]}")).inserted == ()


def test_of_two_takes_the_last_is_kept() -> None:
    found = evidence(f"{SCRIPT[0]} {SCRIPT[1]} {SCRIPT[1]} {SCRIPT[2]}")

    assert [found.anchors[token] for token in range(6, 12)] == list(range(12, 18))
    assert judge(found).inserted == (Inserted(6, 11, repeats=1),)


def test_a_false_start_is_a_take_of_its_sentence_and_what_was_said_beside_it_is_not() -> None:
    said = f"{SCRIPT[0]} sorry my microphone slipped it is open to {SCRIPT[1]} {SCRIPT[2]}"

    assert judge(evidence(said)).inserted == (Inserted(6, 9), Inserted(10, 13, repeats=1))


def test_a_sentence_broken_off_before_a_false_start_lacks_its_end() -> None:
    said = f"the grant helps it is open to {SCRIPT[1]} {SCRIPT[2]}"

    verdict = judge(evidence(said))

    assert verdict.said[:6] == (True, True, True, False, False, False)
    assert verdict.inserted == (Inserted(3, 6, repeats=1),)


def test_unmatched_words_with_room_were_said_only_if_the_sound_fits_them() -> None:
    poor = evidence(f"the grant helps uh uh uh {SCRIPT[1]} {SCRIPT[2]}")

    assert all(judge(poor, sound(poor, fit_of_the_unmatched=-1.4)).said)
    verdict = judge(poor, sound(poor, fit_of_the_unmatched=-5.0))

    assert verdict.said[:6] == (True, True, True, False, False, False)
    assert verdict.inserted == (Inserted(3, 5),)


def test_one_or_two_words_inside_a_sentence_are_taken_for_misheard() -> None:
    poor = evidence(f"the grant helps uh uh bills {SCRIPT[1]} {SCRIPT[2]}")

    assert all(judge(poor, sound(poor, fit_of_the_unmatched=-5.0)).said)


def test_stray_matches_do_not_make_a_skipped_sentence_heard() -> None:
    script = (SCRIPT[0], "you must never write a password down on paper", SCRIPT[2])
    said = f"{SCRIPT[0]} sorry my microphone slipped down a bit {SCRIPT[2]}"

    found = evidence(said, script)

    verdict = judge(found, sound(found, fit_of_the_unmatched=-5.0))

    assert not any(verdict.said[6:15])
    assert len(verdict.inserted) == 1


def sound(found: Evidence, *, fit_of_the_unmatched: float) -> Hear:
    """Return a sound that has every word it is asked for, matched ones with a usual fit of -1."""

    def hear(tokens: Sequence[int], time: TimeRange) -> tuple[Heard, ...]:
        each = time.duration_ms // len(tokens)
        return tuple(
            Heard(
                found.tokens[token].key or "",
                time.start_ms + number * each,
                time.start_ms + (number + 1) * each,
                1.0,
                -1.0 if token in found.anchors else fit_of_the_unmatched,
            )
            for number, token in enumerate(tokens)
        )

    return hear


def test_a_chance_match_far_from_all_others_is_dropped() -> None:
    script = ["a", "b", "c", "d", "e", "f", "g", "h", "of", "i", "j", "k", "l", "m"]
    heard = ["a", "b", "c", "x", "x", "x", "x", "of", "x", "x", "x", "x", "k", "l", "m"]

    assert sorted(find_anchors(script, heard, [4] * 8 + [2] + [4] * 5)) == [0, 1, 2, 11, 12, 13]


def test_blocks_end_at_pauses_and_leave_inserted_speech_out() -> None:
    found = evidence(f"{SCRIPT[0]} sorry my microphone slipped {SCRIPT[1]} {SCRIPT[2]}", pauses={15: 500})
    blocks = plan_blocks(judge(found))

    assert [block.tokens for block in blocks] == [tuple(range(6)), tuple(range(6, 17))]
    assert blocks[0].time == TimeRange(0, 6 * WORD_MS)
    assert blocks[1].time.start_ms >= 10 * WORD_MS - 1


def test_a_block_is_halved_where_two_neighbours_are_certain() -> None:
    verdict = judge(evidence(" ".join(SCRIPT)))
    (block,) = plan_blocks(verdict)

    left, right = halves(block, verdict)

    assert left.tokens + right.tokens == block.tokens
    assert left.time.end_ms == right.time.start_ms == len(left.tokens) * WORD_MS


def test_words_between_anchors_share_the_room_by_their_length() -> None:
    verdict = judge(evidence("the grant zzz zzz pay bills", (SCRIPT[0],)))
    (block,) = plan_blocks(verdict)

    times = between_anchors(block, verdict)

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


def test_a_word_stretched_over_a_pause_is_said_where_most_of_it_lies() -> None:
    assert onto_speech(TimeRange(800, 2900), (TimeRange(0, 1000), TimeRange(2000, 3000))) == TimeRange(
        2000, 2900
    )


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


def test_a_word_too_short_to_be_said_was_not_heard() -> None:
    tokens = (Token("One.", 0, "one", 3), Token("From", 1, "from", 4))
    heard = (Heard("one", 376, 856, 1.0), Heard("one", 2640, 2670, 1.0), Heard("from", 2670, 2890, 1.0))

    assert without_flickers(heard, tokens) == (heard[0], heard[2])

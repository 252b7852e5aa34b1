"""One person a channel: each word has the louder one's name, and a nod in the background changes nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.media import ChannelLevels
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Transcript, Word
from ebrochure.transcribe.channels import SWITCH_DB, choose_sides, middle_of, with_speakers

NAMES = ("Priya Shah", "Tom Low")
BLOCK_MS = 50


def interview(
    text: str, sides: str, *, left_gain: float = 0.0, speaker: str | None = None
) -> tuple[Transcript, ChannelLevels]:
    """Return words of 300 ms each, said by ``L`` or ``R``, 15 dB of it heard on the other side too."""
    words = tuple(
        Word(part, TimeRange(300 * at, 300 * at + 300), 1.0, speaker=speaker)
        for at, part in enumerate(text.split())
    )
    blocks = 300 // BLOCK_MS
    left = [left_gain + (-20.0 if side == "L" else -35.0) for side in sides for _ in range(blocks)]
    right = [-20.0 if side == "R" else -35.0 for side in sides for _ in range(blocks)]
    transcript = Transcript("en", "offline", (Segment(words),), (), script_match=1.0)
    return transcript, ChannelLevels(BLOCK_MS, tuple(left), tuple(right))


def sides_of(transcript: Transcript) -> str:
    return "".join(
        {NAMES[0]: "L", NAMES[1]: "R", None: "-"}.get(word.speaker, "?") for word in transcript.words
    )


def test_each_word_has_the_name_of_the_louder_channel() -> None:
    transcript, levels = interview("How are you? I am fine. Good.", "LLLRRRL")
    found, findings = with_speakers(transcript, levels, NAMES)
    assert sides_of(found) == "LLLRRRL"
    assert findings == ()
    assert [word.text for word in found.words] == [word.text for word in transcript.words]


def test_a_word_from_the_other_side_does_not_split_a_sentence() -> None:
    transcript, levels = interview("Every form has one page and ends here.", "LLLRLLLL")
    found, _ = with_speakers(transcript, levels, NAMES)
    assert sides_of(found) == "LLLLLLLL"


def test_who_takes_the_word_inside_a_sentence_gets_it() -> None:
    transcript, levels = interview("Every form has one page and then ends here with us", "LLLLLRRRRRR")
    found, _ = with_speakers(transcript, levels, NAMES)
    assert sides_of(found) == "LLLLLRRRRRR"


def test_a_microphone_that_is_far_louder_takes_no_words_from_the_other() -> None:
    transcript, levels = interview("How are you? I am fine. Good.", "LLLRRRL", left_gain=18.0)
    found, _ = with_speakers(transcript, levels, NAMES)
    assert sides_of(found) == "LLLRRRL"


def test_the_same_sound_on_both_channels_names_nobody_and_says_so() -> None:
    transcript, levels = interview("How are you? I am fine.", "LLLRRR")
    same = ChannelLevels(BLOCK_MS, levels.left_dbfs, levels.left_dbfs)
    found, [finding] = with_speakers(transcript, same, NAMES)
    assert sides_of(found) == "------"
    assert finding.code == "SPEAKERS_ALIKE"


def test_one_person_alone_on_one_channel_is_named() -> None:
    transcript, levels = interview("How are you all today?", "RRRRR")
    assert sides_of(with_speakers(transcript, levels, NAMES)[0]) == "RRRRR"


def test_a_speaker_whom_the_script_names_stays() -> None:
    transcript, levels = interview("How are you?", "LRL", speaker="Dr Chen")
    assert {word.speaker for word in with_speakers(transcript, levels, NAMES)[0].words} == {"Dr Chen"}


def test_words_after_the_end_of_the_sound_and_no_words_at_all_break_nothing() -> None:
    transcript, _ = interview("How are you?", "LLL")
    empty = ChannelLevels(BLOCK_MS, (), ())
    assert sides_of(with_speakers(transcript, empty, NAMES)[0]) == "---"
    nothing = Transcript("en", "offline", (), ())
    assert with_speakers(nothing, empty, NAMES) == (nothing, ())


@given(st.lists(st.floats(-60, 60), min_size=1, max_size=40))
def test_the_way_chosen_is_the_cheapest_of_all_single_speakers_too(differences: list[float]) -> None:
    costs = [SWITCH_DB] * len(differences)
    sides = choose_sides(differences, costs)

    def total(way: list[int]) -> float:
        wrong = sum(
            max(0.0, -d if side == 0 else d)
            for d, side in zip((max(-20.0, min(20.0, d)) for d in differences), way, strict=True)
        )
        return wrong + SWITCH_DB * sum(a != b for a, b in pairwise(way))

    assert total(sides) <= min(total([0] * len(sides)), total([1] * len(sides))) + 1e-6


@pytest.mark.parametrize(
    ("differences", "middle"),
    [([15, 14, 16, -15, -14], 0.0), ([33, 32, 34, 3, 4], 18.5), ([5, 6, 7, 8], 0.0), ([3.0], 0.0)],
)
def test_the_middle_moves_only_between_two_groups_on_one_side(
    differences: list[float], middle: float
) -> None:
    assert middle_of(differences) == pytest.approx(middle, abs=1)

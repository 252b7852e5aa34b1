"""Where there is speech, and how it is cut into pieces."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.errors import MaterialError
from ebrochure.model.timing import TimeRange, covered_ms, merged
from ebrochure.transcribe.activity import find_speech, loudest_dbfs, spans_of
from ebrochure.transcribe.offline import cleaned, segments_of, within
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.samples import cut, read_samples
from ebrochure.transcribe.sphinx import Heard
from ebrochure.transcribe.trust import GOOD_FIT, NO_FIT, TRUST, confidence_of
from tests.fixtures.speech import noise, silence, tone, write_wav

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.mark.parametrize(
    "sound",
    [
        silence(3),
        tone(3),
        tone(3, hz=2000),
        noise(3),
        noise(3, level=0.001),
        np.concatenate([silence(1), tone(1)]),
    ],
    ids=["silence", "tone", "high tone", "noise", "hiss", "tone after silence"],
)
def test_there_is_no_speech_where_nobody_speaks(sound: NDArray[np.int16], tmp_path: Path) -> None:
    assert find_speech(write_wav(tmp_path / "speech.wav", sound)) == ()


def test_an_empty_recording_holds_no_speech(tmp_path: Path) -> None:
    assert find_speech(write_wav(tmp_path / "speech.wav", silence(0))) == ()


def test_speech_goes_on_through_a_dip_and_ends_in_a_pause() -> None:
    window = [0.9] * 10 + [0.4] + [0.9] * 5 + [0.1] * 2 + [0.9] * 5 + [0.1] * 20 + [0.9] * 3 + [0.1] * 10
    spans = spans_of(np.array(window, np.float32))

    assert spans == (TimeRange(0, 23 * 32),)


def test_level_is_that_of_the_loudest_moment() -> None:
    assert loudest_dbfs(silence(1)) == -120
    assert loudest_dbfs(np.concatenate([silence(1), tone(1, level=0.1)])) == pytest.approx(-23, abs=0.2)


def test_a_recording_of_another_form_is_refused_with_its_form(tmp_path: Path) -> None:
    path = tmp_path / "speech.wav"
    path.write_bytes(b"RIFFnothing")

    with pytest.raises(MaterialError) as refused:
        read_samples(path)

    assert refused.value.findings[0].code == "SPEECH_FORMAT"


@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.integers(1, 40_000)), max_size=12),
    st.integers(2000, 30_000),
)
def test_pieces_hold_all_speech_and_never_share_time(pairs: list[tuple[int, int]], longest_ms: int) -> None:
    speech = merged(TimeRange(start, start + length) for start, length in pairs)
    pieces = group_speech(speech, longest_ms=longest_ms, pad_ms=200, end_ms=110_000)

    assert covered_ms(speech, pieces) == sum(span.duration_ms for span in speech)
    assert all(piece.duration_ms <= longest_ms + 400 for piece in pieces)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(pieces))


def test_words_outside_speech_are_dropped_and_the_rest_trimmed() -> None:
    heard = (Heard("hello", 900, 1400, 1.0, -2.0), Heard("ghost", 3000, 3400, 1.0))

    assert within(heard, (TimeRange(1000, 2000),)) == (Heard("hello", 1000, 1400, 1.0, -2.0),)


def test_a_draft_word_heard_across_a_pause_stays_on_one_side_of_it() -> None:
    heard = (Heard("hello", 900, 3500, 1.0),)

    assert within(heard, (TimeRange(500, 1000), TimeRange(3000, 4000))) == (Heard("hello", 3000, 3500, 1.0),)


def test_a_draft_starts_a_segment_after_each_pause_with_a_capital() -> None:
    heard = (Heard("go", 0, 300, 1.0), Heard("i'm", 300, 600, 0.1), Heard("here", 1500, 1800, 0.1))

    segments = segments_of(heard)

    assert [segment.text for segment in segments] == ["Go I'm", "Here"]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-700, 0), st.floats(-700, 0))
def test_a_draft_word_is_believed_the_more_the_likelier_it_is_and_the_better_it_fits(
    posterior: float, likelier: float, fit: float, better: float
) -> None:
    low = Heard("go", 0, 300, min(posterior, likelier), min(fit, better))
    high = Heard("go", 0, 300, max(posterior, likelier), max(fit, better))

    assert 0 <= confidence_of(low) <= confidence_of(high) <= TRUST


def test_a_draft_word_is_believed_by_both_signs() -> None:
    assert confidence_of(Heard("go", 0, 300, 1.0, -2.0)) == TRUST
    assert confidence_of(Heard("go", 0, 300, 0.5, -2.0)) == pytest.approx(TRUST / 2)
    assert confidence_of(Heard("go", 0, 300, 1.0, (GOOD_FIT + NO_FIT) / 2)) == pytest.approx(TRUST / 2)


def test_noise_is_taken_out_near_the_speech_asked_for_and_nothing_is_moved() -> None:
    sound = noise(100)
    pieces = (TimeRange(40_000, 41_000), TimeRange(43_000, 44_000))

    out = cleaned(sound, pieces)

    near = cut(out, TimeRange(10_000, 74_000)).astype(float)
    assert len(out) == len(sound)
    assert np.array_equal(out[: 10 * 16_000], sound[: 10 * 16_000])
    assert np.array_equal(out[74 * 16_000 :], sound[74 * 16_000 :])
    assert near.std() < 0.5 * sound.astype(float).std()

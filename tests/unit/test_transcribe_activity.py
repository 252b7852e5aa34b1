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
from ebrochure.transcribe.offline import segments_of, within
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.samples import read_samples
from ebrochure.transcribe.sphinx import Heard
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
    heard = (Heard("hello", 900, 1400, 1.0), Heard("ghost", 3000, 3400, 1.0))

    assert within(heard, (TimeRange(1000, 2000),)) == (Heard("hello", 1000, 1400, 1.0),)


def test_a_draft_starts_a_segment_after_each_pause_with_a_capital() -> None:
    heard = (Heard("go", 0, 300, 1.0), Heard("i'm", 300, 600, 0.1), Heard("here", 1500, 1800, 0.1))

    segments = segments_of(heard)

    assert [segment.text for segment in segments] == ["Go I'm", "Here"]
    assert all(word.confidence <= 0.35 for segment in segments for word in segment.words)

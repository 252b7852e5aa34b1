"""Captions of real recordings, and of a thousand texts with random times: no error that is not forced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.caption.check import check_track
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.words import spoken_words
from ebrochure.model.captions import CaptionProfile, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.findings import Level
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word, WordSource
from ebrochure.settings import SpeechSettings
from ebrochure.transcribe.choose import choose_engine
from ebrochure.transcribe.recognise import recognise
from tests.unit.test_caption_lint import EXPLAINED, linted, spoken, unexplained

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = CaptionProfile()
OFFLINE = choose_engine(SpeechSettings(engine="offline"))
SCRIPTS = (
    *(f"cards_00{number}" for number in range(1, 6)),
    *("goforward", "jfk", "libri_61-70968-0000", "sonnet1"),
    *(f"sense_0{number}" for number in (870, 880, 890, 920, 930)),
)


@settings(max_examples=1000, derandomize=True)
@given(st.integers(0, 2**32))
def test_no_error_in_a_thousand_texts_that_their_times_do_not_force(seed: int) -> None:
    assert unexplained(spoken(seed)) == []


VOICES = ("awb", "awb_dev", "rms", "rms_dev", "slt", "slt_dev", "slt_n15")


def synthetic_words(path: Path) -> tuple[Segment, ...]:
    """Return what a synthetic voice said of its script, with the synthesiser's own times."""
    told = json.loads(path.read_text(encoding="utf-8"))
    segments: list[Segment] = []
    for said in told["truth"]:
        if said["idx"] is None:
            continue
        shown = told["script"][said["idx"]].split()
        times: dict[int, list[int]] = {}
        for start_s, end_s, _text, at in said["words"]:
            times.setdefault(at, []).extend((round(start_s * 1000), round(end_s * 1000)))
        words = (
            Word(shown[at], TimeRange(min(ms), max(ms)), 1.0, WordSource.SCRIPT)
            for at, ms in sorted(times.items())
        )
        segments.append(Segment(tuple(words)))
    return tuple(segments)


@pytest.mark.parametrize("voice", VOICES)
def test_captions_of_a_synthetic_explainer_have_no_error_at_all(voice: str, samples: Path) -> None:
    segments = synthetic_words(samples / "speech" / "synthetic" / f"grants_{voice}.json")
    assert [str(item) for item in linted(segments)] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_captions_of_a_real_recording_have_no_error_that_its_words_do_not_force(
    name: str, samples: Path
) -> None:
    script = (samples / "speech" / f"{name}.txt").read_text(encoding="utf-8")
    transcript, _ = recognise(
        samples / "speech" / f"{name}.wav", script=script, language="en", glossary=(), choice=OFFLINE
    )
    cues = cues_from_segments(
        transcript.segments, PROFILE, language=transcript.language, sounds=transcript.sounds
    )
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.SCRIPT, "offline"))
    found = check_track(
        track, profile=PROFILE, speech=transcript.speech, words=transcript.words, file=f"{name}.vtt"
    )
    errors = [item for item in found if item.level is Level.ERROR]
    assert [str(item) for item in errors if not (item.hint or "").startswith(EXPLAINED)] == []
    assert [word for row in spoken_words(cues) for word in row] == [word.text for word in transcript.words]

"""One whole script as captions, read by eye once and kept."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.caption.check import check_track, metrics
from ebrochure.caption.formats import read_captions, to_webvtt
from ebrochure.caption.words import spoken_words
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.findings import Level
from ebrochure.model.timing import merged

if TYPE_CHECKING:
    from types import ModuleType

GOLDEN = Path(__file__).parents[1] / "golden" / "captions"


def sample() -> ModuleType:
    """Return the script that writes the golden file."""
    spec = importlib.util.spec_from_file_location("regenerate", GOLDEN / "regenerate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sample_script_gives_the_captions_that_were_read_by_eye() -> None:
    written = to_webvtt(sample().sample_track())
    assert written == (GOLDEN / "fernbank.vtt").read_text(encoding="utf-8")
    assert read_captions(written, name="fernbank.vtt") == sample().sample_track().cues


def test_the_sample_has_the_words_of_its_script_and_only_the_error_it_was_given() -> None:
    track, segments = sample().sample_track(), sample().read_sample()
    words = tuple(word for segment in segments for word in segment.words)
    speech = merged(word.time for word in words)
    profile = CaptionProfile()
    found = check_track(track, profile=profile, speech=speech, words=words, file="fernbank.vtt")
    figures = metrics(track, profile=profile, speech=speech, words=words)
    assert [text for row in spoken_words(track.cues) for text in row] == [word.text for word in words]
    # The e-mail address is wider than a line and is never hyphenated.
    assert [item.code for item in found if item.level is Level.ERROR] == ["CAPTION_LINE_LENGTH"]
    assert figures.coverage is not None
    assert figures.coverage >= profile.min_coverage
    assert figures.onset_p95_ms is not None
    assert figures.onset_p95_ms <= 200

"""Whole scripts as captions, read by eye once and kept."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ebrochure.caption.check import check_track, metrics
from ebrochure.caption.formats import read_captions, to_webvtt
from ebrochure.caption.words import spoken_words
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.findings import Level
from ebrochure.model.timing import merged

if TYPE_CHECKING:
    from types import ModuleType

GOLDEN = Path(__file__).parents[1] / "golden" / "captions"


def samples() -> ModuleType:
    """Return the script that writes the golden files."""
    spec = importlib.util.spec_from_file_location("regenerate", GOLDEN / "regenerate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["fernbank", "doorbell", "tueren", "henko"])
def test_a_sample_script_gives_the_captions_that_were_read_by_eye(name: str) -> None:
    module = samples()
    track = module.sample_track(module.read_sample(name))
    written = to_webvtt(track)
    assert written == (GOLDEN / f"{name}.vtt").read_text(encoding="utf-8")
    assert read_captions(written, name=f"{name}.vtt") == track.cues


# The e-mail address of the first is wider than a line and is never hyphenated.
@pytest.mark.parametrize(
    ("name", "errors"),
    [("fernbank", ["CAPTION_LINE_LENGTH"]), ("doorbell", []), ("tueren", []), ("henko", [])],
)
def test_a_sample_has_the_words_of_its_script_and_only_the_errors_it_was_given(
    name: str, errors: list[str]
) -> None:
    module = samples()
    sample = module.read_sample(name)
    track = module.sample_track(sample)
    words = tuple(word for segment in sample.segments for word in segment.words)
    speech = merged(word.time for word in words)
    profile = CaptionProfile()
    found = check_track(
        track, profile=profile, speech=speech, words=words, sounds=sample.sounds, file=f"{name}.vtt"
    )
    figures = metrics(track, profile=profile, speech=speech, words=words)
    said = "".join(text for row in spoken_words(track.cues) for text in row)
    assert said == "".join(word.text for word in words)
    assert [item.code for item in found if item.level is Level.ERROR] == errors
    assert "CAPTION_SOUND" not in {item.code for item in found}
    assert figures.coverage is not None
    assert figures.coverage >= profile.min_coverage
    assert figures.onset_p95_ms is not None
    assert figures.onset_p95_ms <= 200

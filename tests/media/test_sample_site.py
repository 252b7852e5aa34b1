"""The figures that the product promises, measured on the finished samples."""

from __future__ import annotations

import re
import time
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest

from ebrochure.build import build_catalogue, check_catalogue
from ebrochure.caption.formats import read_captions
from ebrochure.media import process
from ebrochure.media.loudness import measure
from ebrochure.model.findings import Level
from ebrochure.model.manifest import Outcome, VideoReport

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.sample_site import SampleSite

SERVICES = ("backup", "meeting-rooms", "remote-access")


def videos(site: SampleSite) -> list[VideoReport]:
    return [video for service in site.result.services for video in service.videos]


def script_words(script: Path) -> list[str]:
    """Return the words of a script as a reader sees them: no headings, no marks in brackets."""
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return re.sub(r"\[[^]]*\]", " ", " ".join(lines)).split()


def caption_words(captions: Path) -> list[str]:
    cues = read_captions(captions.read_text(encoding="utf-8"), name=captions.name)
    return [word for cue in cues for word in cue.text.split()]


def test_every_sample_is_published(sample_site: SampleSite) -> None:
    assert tuple(service.id for service in sample_site.result.services) == SERVICES
    assert all(service.status is not Outcome.FAILED for service in sample_site.result.services)
    assert (sample_site.folder / "index.html").is_file()


def test_captions_of_every_sample_cover_99_percent_of_its_speech(sample_site: SampleSite) -> None:
    assert len(videos(sample_site)) == len(SERVICES)
    for video in videos(sample_site):
        assert video.coverage is not None
        assert video.coverage >= 0.99


@pytest.mark.parametrize(
    ("service", "script", "captions"),
    [
        ("remote-access", "explainer.script.md", "explainer.en.vtt"),
        ("backup", "narration.script.md", "narration.en.vtt"),
    ],
)
def test_captions_are_the_script_word_for_word(
    sample_site: SampleSite, service: str, script: str, captions: str
) -> None:
    written = script_words(sample_site.settings.places.services / service / script)
    assert caption_words(sample_site.folder / service / "media" / captions) == written


def test_check_finds_no_error_in_any_published_track(sample_site: SampleSite) -> None:
    checked = check_catalogue(sample_site.settings)
    findings = [item for service in checked.services for item in service.findings]
    assert not [item for item in findings if item.level is Level.ERROR]
    assert "NOT_BUILT" not in {item.code for item in findings}


@pytest.mark.alone
def test_second_build_starts_no_process_and_takes_two_seconds_at_most(sample_site: SampleSite) -> None:
    before, began_s = process.started(), time.monotonic()
    cpu_s = time.process_time()
    build_catalogue(sample_site.settings)
    assert process.started() == before
    # Processor time, not time on the wall: the machine may be busy with something else.
    assert time.process_time() - cpu_s <= 2.0
    assert time.monotonic() - began_s <= 20.0


@pytest.mark.parametrize("number", range(len(SERVICES)))
def test_rendition_is_as_loud_as_promised_and_its_sound_as_long_as_its_picture(
    sample_site: SampleSite, number: int
) -> None:
    rendition = videos(sample_site)[number].rendition
    assert rendition is not None
    loudness = measure(rendition)
    assert loudness is not None
    assert abs(loudness.integrated_lufs + 16.0) <= 0.5
    assert loudness.true_peak_dbtp <= -1.5
    with av.open(rendition) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert picture.average_rate == Fraction(25)
        lengths = [stream.duration * stream.time_base for stream in (picture, sound) if stream.duration]
        assert abs(lengths[0] - lengths[1]) <= 1 / picture.average_rate
        times = [packet.pts for packet in container.demux(picture) if packet.pts is not None]
    steps = {later - earlier for earlier, later in zip(sorted(times), sorted(times)[1:], strict=False)}
    assert len(steps) == 1, "the frames are not evenly spaced"


@pytest.mark.parametrize("number", range(len(SERVICES)))
def test_rendition_can_play_before_it_is_loaded(sample_site: SampleSite, number: int) -> None:
    rendition = videos(sample_site)[number].rendition
    assert rendition is not None
    head = rendition.read_bytes()[:200_000]
    assert 0 < head.find(b"moov") < (head.find(b"mdat") if b"mdat" in head else len(head))

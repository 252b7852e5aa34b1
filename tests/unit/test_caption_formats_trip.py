"""There and back: files as other programs write them, read, written and read again."""

from __future__ import annotations

import pytest

from ebrochure.caption.formats import WRITABLE, CaptionFile, CaptionFormat, read_caption_file, write_captions
from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from tests.fixtures.caption_files import KINDS, Sample, Seen, caption_file

FILES = 60
"""Of each kind, so 360 in all."""


def seen(cues: tuple[Cue, ...]) -> tuple[Seen, ...]:
    return tuple(Seen(cue.time.start_ms, cue.time.end_ms, cue.lines, cue.speaker) for cue in cues)


def without_speakers(cues: tuple[Seen, ...]) -> tuple[Seen, ...]:
    return tuple(Seen(cue.start_ms, cue.end_ms, cue.lines) for cue in cues)


def track(found: CaptionFile) -> Track:
    origin = Provenance(TextOrigin.PERSON)
    return Track(TrackKind.CAPTIONS, found.language or "en", "English", found.cues, origin)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return [caption_file(kind, seed) for kind in KINDS for seed in range(FILES)]


def test_what_is_in_a_file_is_what_is_read(samples: list[Sample]) -> None:
    for at, sample in enumerate(samples):
        found = read_caption_file(sample.data, name=f"{at}.txt")
        assert seen(found.cues) == sample.seen, sample.data
        assert (found.language, len(found.lines)) == (sample.language, len(found.cues)), sample.data


def test_the_kind_of_a_file_is_told_by_its_content(samples: list[Sample]) -> None:
    told = [(sample.kind, str(read_caption_file(sample.data, name="x").format)) for sample in samples]
    assert [pair for pair in told if pair[0] != pair[1]] == []


@pytest.mark.parametrize("to", WRITABLE)
def test_what_is_read_and_written_reads_the_same_again(samples: list[Sample], to: CaptionFormat) -> None:
    for sample in samples:
        written = write_captions(track(read_caption_file(sample.data, name="x")), to)
        again = read_caption_file(written.encode(), name="y")
        expected = without_speakers(sample.seen) if to is CaptionFormat.SRT else sample.seen
        assert seen(again.cues) == expected, written

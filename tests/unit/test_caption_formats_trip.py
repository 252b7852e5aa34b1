"""There and back: files as other programs write them, read, written and read again."""

from __future__ import annotations

import re

import pytest

from ebrochure.caption.formats import WRITABLE, CaptionFile, CaptionFormat, read_caption_file, write_captions
from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from tests.fixtures.caption_files import KINDS, Sample, Seen, caption_file

FILES = 40
"""Of each kind, so 240 in all."""


MARK = {"vtt": "-->", "srt": "-->", "teams": "-->", "zoom": "-->", "ttml": "begin=", "json": '"start'}
"""What stands on the line of a cue's times."""

SRT = CaptionFormat.SRT  # has no place for speakers


def seen(cues: tuple[Cue, ...]) -> tuple[Seen, ...]:
    return tuple(Seen(cue.time.start_ms, cue.time.end_ms, cue.lines, cue.speaker) for cue in cues)


def without_speakers(cues: tuple[Seen, ...]) -> tuple[Seen, ...]:
    return tuple(Seen(cue.start_ms, cue.end_ms, cue.lines) for cue in cues)


def track(found: CaptionFile) -> Track:
    origin = Provenance(TextOrigin.PERSON)
    return Track(TrackKind.CAPTIONS, found.language or "en", "English", found.cues, origin)


@pytest.fixture(scope="module")
def files() -> list[tuple[Sample, CaptionFile]]:
    samples = [caption_file(kind, seed) for kind in KINDS for seed in range(FILES)]
    return [(sample, read_caption_file(sample.data, name="a file")) for sample in samples]


def test_what_is_in_a_file_is_what_is_read(files: list[tuple[Sample, CaptionFile]]) -> None:
    for sample, found in files:
        assert seen(found.cues) == sample.seen, sample.data
        assert (found.language, len(found.lines)) == (sample.language, len(found.cues)), sample.data


def test_the_kind_of_a_file_is_told_by_its_content(files: list[tuple[Sample, CaptionFile]]) -> None:
    wrong = [(sample.kind, found.format) for sample, found in files if sample.kind != found.format]
    assert wrong == []


def test_each_cue_is_on_the_line_that_it_is_said_to_be_on(files: list[tuple[Sample, CaptionFile]]) -> None:
    for sample, found in files:
        encoding = "utf-16" if sample.data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
        rows = re.split(r"\r\n|\r|\n", sample.data.decode(encoding, "replace"))
        assert all(MARK[sample.kind] in rows[line - 1] for line in found.lines), sample.data


@pytest.mark.parametrize("to", WRITABLE)
def test_what_is_read_and_written_reads_the_same_again(
    files: list[tuple[Sample, CaptionFile]], to: CaptionFormat
) -> None:
    for sample, found in files:
        written = write_captions(track(found), to)
        again = read_caption_file(written.encode(), name="another file")
        assert again.format is to
        assert seen(again.cues) == (without_speakers(sample.seen) if to is SRT else sample.seen), written

"""Write the captions of the samples again, after a change of the rules; read the diff.

    python tests/golden/captions/regenerate.py

Each `.txt` here is a script of our own, a sentence a line: `# ` starts a heading, `NAME | ` names the
speaker, `(800)` is a pause of 800 ms, `[music]` a sound that has the time between its neighbours. It is
spoken by arithmetic: 67 ms for each column of a word and the space after it, 250 ms more after a comma,
350 ms between sentences.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.formats import to_webvtt
from ebrochure.model.captions import CaptionProfile, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Sound, Word, WordSource
from ebrochure.model.writing import text_width

HERE = Path(__file__).parent
COLUMN_MS, COMMA_MS, SENTENCE_MS = 67, 250, 350
LANGUAGES = {"fernbank": "en", "doorbell": "en", "tueren": "de", "henko": "ja"}
GLOSSARY = ("password manager", "service desk", "business portal")


class Sample(NamedTuple):
    """One script, spoken."""

    name: str
    language: str
    segments: tuple[Segment, ...]
    sounds: tuple[Sound, ...]


def read_sample(name: str) -> Sample:
    """Return the sentences of a script with their times."""
    segments: list[Segment] = []
    sounds: list[tuple[str, int]] = []
    heading = speaker = None
    now_ms = 400
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif pause := re.fullmatch(r"\((\d+)\)", line):
            now_ms += int(pause[1])
        elif sound := re.fullmatch(r"\[(.+)\]", line):
            sounds.append((sound[1], segments[-1].time.end_ms if segments else 0))
        elif line:
            said_by, _, text = line.rpartition(" | ")
            speaker = said_by or speaker
            segments.append(Segment(_spoken(text, speaker, now_ms), heading))
            heading = None
            now_ms = segments[-1].time.end_ms + SENTENCE_MS
    return Sample(name, LANGUAGES[name], tuple(segments), _timed(sounds, segments))


def _spoken(text: str, speaker: str | None, now_ms: int) -> tuple[Word, ...]:
    words: list[Word] = []
    for token in text.split():
        end_ms = now_ms + COLUMN_MS * (text_width(token) + 1)
        words.append(Word(token, TimeRange(now_ms, end_ms), 1.0, WordSource.SCRIPT, speaker))
        now_ms = end_ms + (COMMA_MS if token.endswith(",") else 0)
    return tuple(words)


def _timed(sounds: list[tuple[str, int]], segments: list[Segment]) -> tuple[Sound, ...]:
    """Return the sounds, each from the words before it to the words after it."""
    starts = [segment.time.start_ms for segment in segments]
    return tuple(
        Sound(text, TimeRange(from_ms, min(start_ms for start_ms in starts if start_ms >= from_ms)))
        for text, from_ms in sounds
    )


def sample_track(sample: Sample) -> Track:
    """Return the captions of a sample."""
    cues = cues_from_segments(
        sample.segments, CaptionProfile(), language=sample.language, sounds=sample.sounds, glossary=GLOSSARY
    )
    return Track(TrackKind.CAPTIONS, sample.language, sample.name, cues, Provenance(TextOrigin.SCRIPT))


if __name__ == "__main__":
    for name in LANGUAGES:
        written = to_webvtt(sample_track(read_sample(name)))
        (HERE / f"{name}.vtt").write_text(written, encoding="utf-8", newline="\n")

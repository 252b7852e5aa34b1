"""Write `fernbank.vtt` again from `fernbank.txt`, after a change of the rules; read the diff.

    python tests/golden/captions/regenerate.py

`fernbank.txt` is a script of our own, a sentence a line: `# ` starts a heading, `NAME | ` names the
speaker, `(800)` is a pause of 800 ms. It is spoken by arithmetic: 67 ms for each letter of a word
and the space after it, 250 ms more after a comma, 350 ms between sentences.
"""

from __future__ import annotations

import re
from pathlib import Path

from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.formats import to_webvtt
from ebrochure.model.captions import CaptionProfile, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word, WordSource

HERE = Path(__file__).parent
LETTER_MS, COMMA_MS, SENTENCE_MS = 67, 250, 350


def read_sample() -> tuple[Segment, ...]:
    """Return the sentences of `fernbank.txt` with their times."""
    segments: list[Segment] = []
    heading: str | None = None
    speaker: str | None = None
    now_ms = 400
    for line in (HERE / "fernbank.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif pause := re.fullmatch(r"\((\d+)\)", line):
            now_ms += int(pause[1])
        elif line:
            name, _, text = line.rpartition(" | ")
            speaker = name or speaker
            words = []
            for token in text.split():
                end_ms = now_ms + LETTER_MS * (len(token) + 1)
                words.append(Word(token, TimeRange(now_ms, end_ms), 1.0, WordSource.SCRIPT, speaker))
                now_ms = end_ms + (COMMA_MS if token.endswith(",") else 0)
            segments.append(Segment(tuple(words), heading))
            heading = None
            now_ms += SENTENCE_MS
    return tuple(segments)


def sample_track() -> Track:
    """Return the captions of the sample."""
    cues = cues_from_segments(read_sample(), CaptionProfile(), language="en")
    return Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.SCRIPT))


if __name__ == "__main__":
    (HERE / "fernbank.vtt").write_text(to_webvtt(sample_track()), encoding="utf-8", newline="\n")

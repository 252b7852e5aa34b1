"""Texts of our own, spoken by arithmetic: what the benches of the caption stage work on.

A sentence a line; `# ` starts a heading, `NAME | ` names the speaker. A letter and the space after a
word take 67 ms each, a comma 250 ms more, the end of a sentence 350 ms.
"""

from __future__ import annotations

from pathlib import Path

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word, WordSource

TEXTS = Path(__file__).parent / "texts"
LETTER_MS, COMMA_MS, SENTENCE_MS, HEADING_MS = 67, 250, 350, 1200


def read_spoken(path: Path, *, start_ms: int = 400) -> tuple[Segment, ...]:
    """Return the sentences of a text with their times."""
    segments: list[Segment] = []
    heading = speaker = None
    now_ms = start_ms
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading, speaker = line[2:], None
            now_ms += HEADING_MS
            continue
        name, _, text = line.rpartition(" | ")
        speaker = name or speaker
        words: list[Word] = []
        for token in text.split():
            end_ms = now_ms + LETTER_MS * (len(token) + 1)
            words.append(Word(token, TimeRange(now_ms, end_ms), 1.0, WordSource.SCRIPT, speaker))
            now_ms = end_ms + (COMMA_MS if token.endswith(",") else 0)
        segments.append(Segment(tuple(words), heading))
        heading = None
        now_ms += SENTENCE_MS
    return tuple(segments)

"""What is said, cut where a speaker may turn to the next slide: at sentences, at breaths without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ebrochure.model.captions import Cue

BREATH_MS = 300
"""Where words have no full stops, a pause from here on may part two sentences."""
LONGEST_WORDS = 40
"""Who never pauses may turn to the next slide all the same."""
UNMARKED_WORDS = 60
"""Fewer full stops than one in so many words are none: an engine's words, not a text's."""

_STOPS = (".", "!", "?", "…", "。", "\N{FULLWIDTH EXCLAMATION MARK}", "\N{FULLWIDTH QUESTION MARK}", "।", "؟")
_CLOSING = "\"'”’»)]」』"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence, or what is said in one breath."""

    words: tuple[str, ...]
    time: TimeRange
    """In source time."""
    pause_ms: int
    """Silence before it; 0 before the first."""


def utterances_of(segments: Iterable[Segment]) -> tuple[Utterance, ...]:
    """Return what is said in `segments`, which are in order of time."""
    said = tuple(segments)
    words = [word for segment in said for word in segment.words]
    has_stops = sum(map(_ends_sentence, words)) * UNMARKED_WORDS >= len(words)
    groups: list[list[Word]] = []
    for segment in said:
        for at, word in enumerate(segment.words):
            if at == 0 or _parts(groups[-1], word, has_stops=has_stops):
                groups.append([])
            groups[-1].append(word)
    return tuple(_utterance(group, before) for before, group in zip([None, *groups], groups, strict=False))


def segments_of_cues(cues: Iterable[Cue]) -> tuple[Segment, ...]:
    """Return captions as segments whose words share the time of their cue by their letters."""
    found = []
    for cue in sorted(cues, key=lambda cue: cue.time):
        texts = cue.text.split()
        letters = sum(map(len, texts))
        done, words = 0, []
        for text in texts:
            start_ms, end_ms = (
                cue.time.start_ms + cue.time.duration_ms * count // letters
                for count in (done, done + len(text))
            )
            words.append(Word(text, TimeRange(start_ms, end_ms), 0.0))
            done += len(text)
        if words:
            found.append(Segment(tuple(words)))
    return tuple(found)


def _parts(group: Sequence[Word], word: Word, *, has_stops: bool) -> bool:
    """Tell whether `word` begins another utterance than that of `group`."""
    last = group[-1]
    if len(group) >= LONGEST_WORDS:
        return True
    return _ends_sentence(last) if has_stops else word.time.start_ms - last.time.end_ms >= BREATH_MS


def _ends_sentence(word: Word) -> bool:
    return word.text.rstrip(_CLOSING).endswith(_STOPS)


def _utterance(group: Sequence[Word], before: Sequence[Word] | None) -> Utterance:
    start_ms = group[0].time.start_ms
    pause_ms = 0 if before is None else max(0, start_ms - before[-1].time.end_ms)
    end_ms = max(start_ms, group[-1].time.end_ms)
    return Utterance(tuple(word.text for word in group), TimeRange(start_ms, end_ms), pause_ms)

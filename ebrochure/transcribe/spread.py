"""A script that nobody can listen for, shared out over the speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Sentence, Word, WordSource
from ebrochure.transcribe.laid import Alignment, slide_times, sound_times
from ebrochure.transcribe.refine import GUESSED

if TYPE_CHECKING:
    from ebrochure.transcribe.script import Script


def spread(script: Script, speech: tuple[TimeRange, ...]) -> Alignment:
    """Share the words of a script that nobody can listen for out over the speech, by their length."""
    texts = [(index, text) for index, item in enumerate(script.sentences) for text in item.text.split()]
    total = sum(len(text) for _, text in texts)
    voiced = sum(span.duration_ms for span in speech)
    words: list[list[Word]] = [[] for _ in script.sentences]
    done = 0
    for index, text in texts:
        start = _moment(speech, done * voiced // total)
        done += len(text)
        end = max(start, _moment(speech, done * voiced // total, ending=True))
        speaker = script.sentences[index].speaker
        words[index].append(Word(text, TimeRange(start, end), GUESSED, WordSource.SCRIPT, speaker))
    starts = [row[0].time.start_ms for row in words]
    segments = tuple(
        Segment(tuple(row), item.heading) for row, item in zip(words, script.sentences, strict=True)
    )
    sentences = tuple(
        Sentence(item.text, 1.0, start) for item, start in zip(script.sentences, starts, strict=True)
    )
    return Alignment(
        match=1.0,
        segments=segments,
        sentences=sentences,
        slide_marks=slide_times(script, starts),
        sounds=sound_times(script, sentences, segments, speech[-1].end_ms),
        lines=tuple(item.line for item in script.sentences),
    )


def _moment(speech: tuple[TimeRange, ...], voiced_ms: int, *, ending: bool = False) -> int:
    """Return when `voiced_ms` of speech have passed; at a pause its far side, or the near one if `ending`."""
    left = voiced_ms
    for span in speech:
        if left < span.duration_ms or (ending and left == span.duration_ms):
            return span.start_ms + left
        left -= span.duration_ms
    return speech[-1].end_ms

"""A transcript held against what is known of its recording: onsets, and where the speaker left the script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.transcript import Transcript

WHOLE = 0.9
"""A sentence of which less was heard is reported as broken off; one of which more was heard is not."""

OVERLAP = 0.5
"""Share of an addition's time that an insertion must cover to have found it."""


@dataclass(frozen=True, slots=True)
class Take:
    """One sentence as it was said."""

    sentence: int | None
    """Index in the script; None for an addition or an earlier take."""
    start_ms: float
    end_ms: float
    onsets_ms: dict[int, float]
    """Onset of each token of the sentence, by its index."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a recording."""

    sentences: tuple[str, ...]
    takes: tuple[Take, ...]
    skipped: frozenset[int]
    broken_off: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """How a transcript fares."""

    word_errors_ms: tuple[float, ...]
    sentence_errors_ms: tuple[float, ...]
    found: int
    """Skips, additions, earlier takes and broken-off sentences that were reported."""
    events: int
    false_alarms: int
    """Whole sentences reported as not whole, and insertions where nothing was inserted."""
    is_identical: bool
    """Whether the words of the sentences that were heard are the script's, to the letter."""


def read_truth(path: Path) -> Truth:
    """Read ``{script, truth, log}`` as the explainers are described."""
    known = json.loads(path.read_text(encoding="utf-8"))
    log = known.get("log", {})
    takes = []
    for item in known["truth"]:
        onsets: dict[int, float] = {}
        for start_s, _end_s, _text, index in item["words"]:
            onsets.setdefault(int(index), 1000 * start_s)
        takes.append(Take(item["idx"], 1000 * item["start"], 1000 * item["end"], onsets))
    skipped, broken_off = frozenset(log.get("skip", ())), frozenset(log.get("truncated", ()))
    return Truth(tuple(known["script"]), tuple(takes), skipped, broken_off)


def score(transcript: Transcript, truth: Truth) -> Score:
    """Hold a transcript of the script route against the truth; of two takes the last counts."""
    rows = [index for index, item in enumerate(transcript.sentences) if item.start_ms is not None]
    if not transcript.from_script:  # refused as another recording's
        return Score((), (), 0, len(truth.takes), len(truth.sentences), is_identical=False)
    segments = dict(zip(rows, transcript.segments, strict=True))
    said = {take.sentence: take for take in truth.takes if take.sentence is not None}
    words: list[float] = []
    sentences: list[float] = []
    for sentence, take in said.items():
        if sentence not in segments:
            continue
        for index, onset_ms in take.onsets_ms.items():
            error_ms = abs(segments[sentence].words[index].time.start_ms - onset_ms)
            words.append(error_ms)
            if index == 0:
                sentences.append(error_ms)
    found, events, false_alarms = _events(transcript, truth)
    texts = [item.text.split() for item in transcript.sentences]
    heard = [[word.text for word in segment.words] for segment in transcript.segments]
    identical = texts == [text.split() for text in truth.sentences] and heard == [texts[row] for row in rows]
    return Score(tuple(words), tuple(sentences), found, events, false_alarms, identical)


def _events(transcript: Transcript, truth: Truth) -> tuple[int, int, int]:
    """Count what was found of what happened, and what was found that did not happen."""
    shares = [item.heard if item.start_ms is not None else 0.0 for item in transcript.sentences]
    found = sum(shares[index] == 0 for index in truth.skipped)
    found += sum(shares[index] < WHOLE for index in truth.broken_off)
    events = len(truth.skipped) + len(truth.broken_off)
    used: set[int] = set()
    for take in truth.takes:
        if take.sentence is not None:
            continue
        events += 1
        hits = {
            number
            for number, item in enumerate(transcript.inserted)
            if min(item.time.end_ms, take.end_ms) - max(item.time.start_ms, take.start_ms)
            > OVERLAP * (take.end_ms - take.start_ms)
        }
        found += bool(hits)
        used |= hits
    alarms = len(transcript.inserted) - len(used)
    whole = set(range(len(truth.sentences))) - truth.skipped - truth.broken_off
    return found, events, alarms + sum(shares[index] < WHOLE for index in whole)

"""The figures of a track: how much speech it covers, how close it is, how fast it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from ebrochure.caption.timing import EDGE_MS
from ebrochure.caption.words import spoken_words, without_fillers
from ebrochure.model.timing import TimeRange, covered_ms, merged, total_ms
from ebrochure.model.writing import is_unspaced, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebrochure.model.captions import CaptionProfile, Cue, Track
    from ebrochure.model.transcript import Word

_MARKS = re.compile(r"[\W_]+")
_SOUND = re.compile(r"[\[(♪].*[\])♪]\.?$")


@dataclass(frozen=True, slots=True)
class TrackMetrics:
    """What is printed for every track."""

    words: int
    """Spoken words shown, speakers' labels aside."""
    cues: int
    coverage: float | None
    """Share of speech time under a cue, 0 to 1; None where nobody speaks."""
    silent_share: float | None
    """Share of cue time with no speech under it, 0 to 1; None where there are no cues."""
    over_speed_share: float | None
    """Share of cues faster than the target reading speed, 0 to 1; None where there are no cues."""
    onset_median_ms: float | None
    """Median distance between a cue's start and its first word's; None where no words are known."""
    onset_p95_ms: float | None


def metrics(
    track: Track,
    *,
    profile: CaptionProfile,
    speech: tuple[TimeRange, ...],
    words: tuple[Word, ...] = (),
) -> TrackMetrics:
    """Return the figures of `track`.

    Args:
        track: The captions.
        profile: The rules, for the target speed.
        speech: Where somebody speaks, in the time of the track.
        words: Words with times to compare the onsets with, in the time of the track.
    """
    cues = track.cues
    errors = sorted(abs(error) for error in onset_errors(cues, words) if error is not None)
    fast = sum(chars_per_s(cue) > profile.target_chars_per_s for cue in cues)
    return TrackMetrics(
        words=sum(map(len, spoken_words(cues))),
        cues=len(cues),
        coverage=coverage(cues, speech),
        silent_share=silent_share(cues, speech, linger_ms=profile.max_linger_ms),
        over_speed_share=fast / len(cues) if cues else None,
        onset_median_ms=median(errors) if errors else None,
        onset_p95_ms=percentile(errors, 0.95),
    )


def chars_per_s(cue: Cue) -> float:
    """Return the reading speed of `cue` in columns a second, spaces and line ends included."""
    return text_width(cue.text) * 1000 / max(1, cue.time.duration_ms)


def words_per_min(cue: Cue, words: int) -> float:
    """Return the reading speed of `cue` with its `words` said, in words a minute."""
    return words * 60_000 / max(1, cue.time.duration_ms)


def is_sound(cue: Cue) -> bool:
    """Tell whether `cue` describes a sound, ``[phone rings]``, and no speech."""
    return _SOUND.match(cue.text.strip()) is not None


def coverage(cues: tuple[Cue, ...], speech: tuple[TimeRange, ...]) -> float | None:
    """Return the share of speech time under a cue, edges of `EDGE_MS` allowed; None: no speech."""
    spoken_ms = total_ms(speech)
    return 1 - total_ms(uncovered(cues, speech)) / spoken_ms if spoken_ms else None


def uncovered(cues: tuple[Cue, ...], speech: tuple[TimeRange, ...]) -> tuple[TimeRange, ...]:
    """Return the speech that no cue covers, edges of `EDGE_MS` allowed; in order."""
    found: list[TimeRange] = []
    under = widened(cue.time for cue in cues)
    at = 0
    for span in merged(speech):
        start_ms = span.start_ms
        while at < len(under) and under[at].start_ms < span.end_ms:
            if under[at].start_ms > start_ms:
                found.append(TimeRange(start_ms, under[at].start_ms))
            start_ms = max(start_ms, under[at].end_ms)
            if under[at].end_ms > span.end_ms:
                break  # it may cover the next span too
            at += 1
        if start_ms < span.end_ms:
            found.append(TimeRange(start_ms, span.end_ms))
    return tuple(found)


def silent_share(
    cues: tuple[Cue, ...], speech: tuple[TimeRange, ...], *, linger_ms: int = EDGE_MS
) -> float | None:
    """Return the share of cue time with no speech under it; None: no cues.

    A cue may come `EDGE_MS` before the speech and stay `linger_ms` after it, as the rules for
    chaining and for reading time want: that is no caption over silence.
    """
    shown = [cue.time for cue in cues if not is_sound(cue)]
    shown_ms = total_ms(shown)
    allowed = (TimeRange(max(0, time.start_ms - EDGE_MS), time.end_ms + linger_ms) for time in speech)
    return (shown_ms - covered_ms(shown, allowed)) / shown_ms if shown_ms else None


def onset_errors(cues: tuple[Cue, ...], words: tuple[Word, ...]) -> tuple[int | None, ...]:
    """Return how late each cue starts against its first word, in ms, early being negative.

    Only where the words of the cues are `words`, letter by letter (an engine's fillers, marks and
    spaces aside): a guess at which word is which would say more about the guess than about the cue.
    """
    onsets = first_onsets(cues, words)
    if onsets is None:
        return (None,) * len(cues)
    return tuple(
        None if onset_ms is None else cue.time.start_ms - onset_ms
        for cue, onset_ms in zip(cues, onsets, strict=True)
    )


def first_onsets(cues: tuple[Cue, ...], words: tuple[Word, ...]) -> tuple[int | None, ...] | None:
    """Return when the first word of each cue is said, None for a sound; None where the texts differ.

    A cue that starts inside a word, as it may where a script has no spaces, starts at that part of it.
    """
    rows = ["".join(map(letters, row)) for row in spoken_words(cues)]
    known = [(letters(word.text), word.time) for word in without_fillers(words)]
    if "".join(rows) != "".join(text for text, _time in known):
        return None
    found: list[int | None] = []
    at = passed = length = 0  # the word at hand, letters before it, letters before the cue
    for row in rows:
        while at < len(known) and passed + len(known[at][0]) <= length:
            passed += len(known[at][0])
            at += 1
        if row:
            text, time = known[at]
            found.append(time.start_ms + time.duration_ms * (length - passed) // len(text))
        else:
            found.append(None)
        length += len(row)
    return tuple(found)


def letters(text: str) -> str:
    """Return the word `text` without the marks by which two writings of it may differ.

    A word of marks alone, ``&``, stays; those of a script without spaces have no room of their own.
    """
    folded = text.casefold()
    plain = _MARKS.sub("", folded)
    return plain if plain or all(map(is_unspaced, folded)) else folded


def percentile(ordered: list[int], share: float) -> float | None:
    """Return the smallest of `ordered` that `share` of them do not exceed; None where there are none."""
    if not ordered:
        return None
    return float(ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)])


def widened(times: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """Return `times` with `EDGE_MS` more on either side, joined where they meet."""
    return merged(TimeRange(max(0, time.start_ms - EDGE_MS), time.end_ms + EDGE_MS) for time in times)

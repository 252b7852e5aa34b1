"""A whole track against the rules of its profile: each cue by `rules`, and the figures of all of them.

What is an error blocks the gate; what is a warning shows in the review. Where a rule leans on
voice activity, the edge of a span is believed to a quarter of a second (`measure.EDGE_MS`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.caption import rules
from ebrochure.caption.forced import reasons, why_silent, why_uncovered
from ebrochure.caption.formats import timing_lines
from ebrochure.caption.measure import TrackMetrics, metrics, onset_errors, widened
from ebrochure.caption.sounds import shown_as
from ebrochure.caption.words import spoken_words
from ebrochure.model.findings import Finding, Level
from ebrochure.model.transcript import WordSource
from ebrochure.model.writing import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.model.captions import CaptionProfile, Cue, Track
    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Sound, Word

__all__ = ["TrackMetrics", "check_track", "metrics"]

_BRACKETS = re.compile(r"\[[^\]]*\]")

TARGET_ONSET_MEDIAN_MS = 100
TARGET_ONSET_P95_MS = 250
_FEWEST_CUES = 20
"""Of fewer the 95th percentile is the worst one, which has a rule of its own."""
FORCIBLE = frozenset({"CAPTION_SHORT", "CAPTION_FAST", "CAPTION_ONSET", "CAPTION_SILENT"})
"""Rules of time that words can leave no way to keep."""
SURE = 0.6
"""From this confidence on, a word of the script is evidence of speech where voice activity misses it."""


def check_track(
    track: Track,
    *,
    profile: CaptionProfile,
    speech: tuple[TimeRange, ...],
    words: tuple[Word, ...] = (),
    file: str,
    cards: tuple[TimeRange, ...] = (),
    lines: tuple[int, ...] | None = None,
    sounds: tuple[Sound, ...] = (),
) -> tuple[Finding, ...]:
    """Return what is wrong with `track`: the whole of it first, then line by line.

    Args:
        track: The captions, in any time.
        profile: The rules.
        speech: Where somebody speaks, in the time of the track.
        words: Words with times, in the time of the track; empty where none are known.
        file: What the findings call the file.
        cards: When section cards are shown, in the time of the track.
        sounds: Sounds that the script names, in the time of the track.
        lines: Line of each cue's times in that file; None: as `to_webvtt` writes them.
    """
    cues = track.cues
    sure = (word.time for word in words if word.source is WordSource.SCRIPT and word.confidence >= SURE)
    spoken = widened((*speech, *sure))
    figures = metrics(track, profile=profile, speech=speech, words=words)
    why = why_uncovered(track, speech, words, profile)
    of_track = [replace(item, file=file) for item in _of_track(figures, profile, why)]
    of_track += [replace(item, file=file) for item in missing_sounds(track, sounds)]
    found: list[tuple[int, Finding]] = []
    late = onset_errors(cues, words)
    before: Cue | None = None
    rows = timing_lines(cues) if lines is None else lines
    for at, (cue, said, line) in enumerate(zip(cues, spoken_words(cues), rows, strict=True)):
        after = cues[at + 1] if at + 1 < len(cues) else None
        faults = [*_of_cue(cue, len(said), profile), *_of_sound(cue, spoken, late[at], profile)]
        if after is not None:
            faults.append(rules.gap(cue, after, profile))
        faults += [rules.card(cue, item, profile) for item in cards]
        if before is not None and track.provenance.origin.is_machine:
            faults.append(rules.repeat(before, cue))
        found += [(at, replace(item, file=file, line=line)) for item in faults if item is not None]
        before = cue
    return (*of_track, *_explained(found, track, words, spoken, profile))


def _explained(
    found: list[tuple[int, Finding]],
    track: Track,
    words: tuple[Word, ...],
    spoken: tuple[TimeRange, ...],
    profile: CaptionProfile,
) -> Iterator[Finding]:
    """Yield what was found, by cue, with the reason of each error that the words force."""

    def asks(item: Finding) -> bool:
        return item.level is Level.ERROR and item.code in FORCIBLE

    why = reasons(track, words, profile) if any(asks(item) for _at, item in found) else {}
    for at, item in found:
        hint = why.get(at) if asks(item) else None
        if hint is None and item.code == "CAPTION_SILENT":
            hint = why_silent(track.cues[at], words, spoken)
        yield replace(item, hint=hint or item.hint)


def _of_cue(cue: Cue, words: int, profile: CaptionProfile) -> Iterator[Finding | None]:
    yield rules.line_length(cue, profile)
    yield rules.lines(cue, profile)
    yield rules.short(cue, words, profile)
    yield rules.long(cue, profile)
    yield rules.fast(cue, words, profile)


def _of_sound(
    cue: Cue, spoken: tuple[TimeRange, ...], late_ms: int | None, profile: CaptionProfile
) -> Iterator[Finding | None]:
    if late_ms is None:
        yield rules.ahead(cue, spoken, profile)
    else:
        yield rules.onset(cue, late_ms, profile)
    yield rules.linger(cue, spoken, profile)
    yield rules.silent(cue, spoken)


def _of_track(figures: TrackMetrics, profile: CaptionProfile, why: str | None) -> Iterator[Finding]:
    for item in (covered(figures, profile, why), silence(figures, profile), onsets(figures)):
        if item is not None:
            yield item


def covered(figures: TrackMetrics, profile: CaptionProfile, why: str | None = None) -> Finding | None:
    """Find speech that no cue covers; `why` says what forces it, where something does."""
    if figures.coverage is None or figures.coverage >= profile.min_coverage:
        return None
    least = _percent(profile.min_coverage)
    message = f"captions cover {_percent(figures.coverage)} of the speech, at least {least}"
    hint = why or "find the speech without captions in the review and write it down"
    return Finding("CAPTION_COVERAGE", Level.ERROR, message, hint=hint)


def missing_sounds(track: Track, sounds: tuple[Sound, ...]) -> Iterator[Finding]:
    """Find sounds of the script that no caption shows: the words around them left no room."""
    shown = Counter(name for cue in track.cues for name in _BRACKETS.findall(cue.text))
    for sound in sounds:
        name = shown_as(sound)
        if shown[name]:
            shown[name] -= 1
            continue
        message = f"the sound `{name}` of the script is in no caption: the words around it leave it no room"
        hint = "leave a second of silence for it, or write it into a caption if it matters"
        yield Finding("CAPTION_SOUND", Level.WARN, message, hint=hint)


def silence(figures: TrackMetrics, profile: CaptionProfile) -> Finding | None:
    """Find a track whose cues are up for long while nobody speaks."""
    if figures.silent_share is None or figures.silent_share <= profile.max_silent_share:
        return None
    message = (
        f"during {_percent(figures.silent_share)} of the time with captions nobody speaks, "
        f"at most {_percent(profile.max_silent_share)} is the aim"
    )
    return Finding("CAPTION_SILENT", Level.WARN, message, hint="end cues closer to the speech")


def onsets(figures: TrackMetrics) -> Finding | None:
    """Find a track that is out of step with its words on the whole."""
    middle, far = figures.onset_median_ms, figures.onset_p95_ms
    if figures.cues < _FEWEST_CUES or middle is None or far is None:
        return None
    if middle <= TARGET_ONSET_MEDIAN_MS and far <= TARGET_ONSET_P95_MS:
        return None
    message = (
        f"cues are {middle:.0f} ms off their first word in the median and {far:.0f} ms at the 95th "
        f"percentile, {TARGET_ONSET_MEDIAN_MS} and {TARGET_ONSET_P95_MS} are the aim"
    )
    return Finding("CAPTION_ONSET", Level.WARN, message, hint="let the captions be timed again")


def after_the_end(cues: Sequence[Cue], duration_ms: int, *, file: str) -> tuple[Finding, ...]:
    """Find captions that start when the recording, `duration_ms` long, is over: nobody would see them."""
    late = [cue for cue in cues if cue.time.start_ms >= duration_ms]
    if not late:
        return ()
    message = (
        f"{len(late)} of {len(cues)} captions start after the recording has ended at {clock(duration_ms)},"
        f" the first at {clock(late[0].time.start_ms)}, so they are left out"
    )
    hint = (
        "see whether they are another recording's; where this one was cut, `ebrochure captions retime` helps"
    )
    return (Finding("CAPTION_LATE", Level.WARN, message, file, hint=hint),)


def _percent(share: float) -> str:
    # Cut off and not rounded, so that 98.996 % never reads as the 99 % that it is not.
    return f"{int(share * 10_000) / 100:g} %"

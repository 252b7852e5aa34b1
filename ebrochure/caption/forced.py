"""Why an error is there: where the words leave no way around it, the reason in plain words.

The proof is the programme itself: `least_faults` is the least that any captions of some words can break,
however they are cut and placed, the grave faults weighed (`timing.UNREADABLE`). Where a track breaks no
more than that, its errors are forced, and what forces them is read off the words around the cue.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ebrochure.caption.columns import columns_of
from ebrochure.caption.cutting import least_faults
from ebrochure.caption.measure import first_onsets, is_sound, letters, uncovered
from ebrochure.caption.timing import (
    OUT_OF_STEP,
    Spoken,
    earliest_start_ms,
    faults,
    latest_start_ms,
)
from ebrochure.caption.words import spoken_words, tokens_from_segments
from ebrochure.model.transcript import Segment
from ebrochure.model.writing import fine_clock, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.caption.words import Token
    from ebrochure.model.captions import CaptionProfile, Cue, Track
    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Word

_CLEAN = 3
"""So many cues without a fault between two part them into two places."""
_UTTERABLE_MS = 50
"""Nobody speaks a word in less."""
_AROUND = 4
"""How many cues on either side of a place are weighed with it, before the whole text is."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One cue and the words it shows."""

    spoken: Spoken
    first: int
    """Its first token."""
    stop: int
    """The token after its last; one that it shares with its neighbour belongs to neither."""
    faults: int


def reasons(track: Track, words: tuple[Word, ...], profile: CaptionProfile) -> dict[int, str]:
    """Return why each faulty cue of `track` could not be better, by its index; only where that is proven.

    Args:
        track: The captions.
        words: The words they show, with times; of others, nothing can be said.
        profile: The rules.
    """
    shown = words if words and first_onsets(track.cues, words) is not None else ()
    if not shown:
        return {}
    tokens = tokens_from_segments((Segment(shown),), language=track.language)
    said = _said(track.cues, tokens, profile)
    found: dict[int, str] = {}
    unproven: list[range] = []
    for place in _places(said):
        window = range(max(0, place.start - _AROUND), min(len(said), place.stop + _AROUND))
        if _is_forced(said, window, tokens, profile, language=track.language):
            found |= _reasons_at(said, place, profile)
        else:
            unproven.append(place)
    # What lies further away can matter too, where there is no pause between: the whole text is asked once.
    if unproven and _is_forced(said, range(len(said)), tokens, profile, language=track.language):
        for place in unproven:
            found |= _reasons_at(said, place, profile)
    return found


def _reasons_at(said: tuple[_Said, ...], place: range, profile: CaptionProfile) -> dict[int, str]:
    """Return the reasons of the cues of one place, and of their neighbours, which share its haste."""
    near = range(max(0, place.start - 1), min(len(said), place.stop + 1))
    return {at: _reason(said, at, profile) for at in near}


def _said(cues: tuple[Cue, ...], tokens: tuple[Token, ...], profile: CaptionProfile) -> tuple[_Said, ...]:
    """Return each cue with its words, found by counting letters."""
    ends = list(accumulate(0 if token.is_label else len(letters(token.text)) for token in tokens))
    found: list[_Said] = []
    at = length = 0
    for cue, row in zip(cues, spoken_words(cues), strict=True):
        while at < len(tokens) and (ends[at - 1] if at else 0) < length:
            at += 1
        first = at
        length += sum(len(letters(word)) for word in row)
        while (
            at < len(tokens)
            and ends[at] <= length
            and row
            and not (tokens[at].is_label and ends[at] == length)
        ):
            at += 1
        found.append(_with_faults(cue, len(row), tokens, first=first, stop=at, profile=profile))
    return tuple(found)


def _with_faults(
    cue: Cue, words: int, tokens: tuple[Token, ...], *, first: int, stop: int, profile: CaptionProfile
) -> _Said:
    known = tokens[first:stop]
    start_ms = known[0].start_ms if known else cue.time.start_ms
    end_ms = max(start_ms, known[-1].end_ms if known else cue.time.end_ms)
    spoken = Spoken(start_ms, end_ms, words, text_width(cue.text))
    in_step = earliest_start_ms(start_ms, profile) <= cue.time.start_ms <= latest_start_ms(spoken, profile)
    broken = faults(spoken, cue.time.duration_ms, profile) + OUT_OF_STEP * (not in_step and bool(known))
    return _Said(spoken, first, stop, broken)


def _places(said: tuple[_Said, ...]) -> Iterator[range]:
    """Yield the stretches of cues with faults that lie close together."""
    first = last = None
    for at, item in enumerate(said):
        if not item.faults:
            continue
        if first is not None and last is not None and at - last > _CLEAN:
            yield range(first, last + 1)
            first = None
        first = at if first is None else first
        last = at
    if first is not None and last is not None:
        yield range(first, last + 1)


def _is_forced(
    said: tuple[_Said, ...],
    window: range,
    tokens: tuple[Token, ...],
    profile: CaptionProfile,
    *,
    language: str,
) -> bool:
    """Tell whether no captions of the words of `window` have fewer faults than these."""
    here = said[window.start : window.stop]
    text = columns_of(tokens[here[0].first : here[-1].stop], language=language)
    count = sum(item.faults for item in here)
    return count <= least_faults(text, profile, is_start=window.start == 0)


def _reason(said: tuple[_Said, ...], at: int, profile: CaptionProfile) -> str:
    """Return what forces the faults of one cue, as a hint."""
    return (
        f"no other way to cut or time it helps: {_cause(said, at, profile)}; say less there, or more slowly"
    )


def _cause(said: tuple[_Said, ...], at: int, profile: CaptionProfile) -> str:
    spoken = said[at].spoken
    after_ms = said[at + 1].spoken.start_ms if at + 1 < len(said) else spoken.end_ms
    room_ms = max(1, max(spoken.end_ms, after_ms) - spoken.start_ms)
    if room_ms < spoken.words * _UTTERABLE_MS:
        return "the times of its words lie on one another"
    if spoken.width * 1000 > profile.max_chars_per_s * profile.max_duration_ms:
        return f"its {spoken.width} characters cannot be read in {profile.max_duration_ms / 1000:g} s"
    if spoken.width * 1000 > profile.max_chars_per_s * room_ms:
        speed = spoken.width * 1000 / room_ms
        return f"the words come at {speed:.0f} characters/s and there is no silence around them to borrow"
    if spoken.words * profile.min_word_ms > room_ms:
        least_s = profile.min_word_ms / 1000
        return f"the words come faster than {least_s:g} s each and there is no silence around them to borrow"
    if room_ms < profile.min_duration_ms:
        return f"there is {room_ms / 1000:.1f} s for it between the words of others"
    return "the words around it come too fast and leave it no time"


def why_uncovered(
    track: Track, speech: tuple[TimeRange, ...], words: tuple[Word, ...], profile: CaptionProfile
) -> str | None:
    """Return why speech has no caption over it, as a hint; None where the captions could have covered it."""
    missing = uncovered(track.cues, speech)
    if not words or not missing:
        return None
    unwritten = [span for span in missing if not any(word.time.overlaps(span) for word in words)]
    if unwritten:
        where = ", ".join(f"{fine_clock(span.start_ms)}-{fine_clock(span.end_ms)}" for span in unwritten[:3])
        more = f" and {len(unwritten) - 3} more" if len(unwritten) > 3 else ""  # noqa: PLR2004
        return f"no words are known for the speech at {where}{more}: listen there and write them down"
    if all(
        any(word.time.overlaps(span) and word.time.duration_ms > profile.max_duration_ms for word in words)
        for span in missing
    ):
        return (
            f"the times say that one word is spoken for more than {profile.max_duration_ms / 1000:g} s, "
            "and no caption may stay longer: check the words' times"
        )
    return None


def why_silent(cue: Cue, words: tuple[Word, ...], speech: tuple[TimeRange, ...]) -> str | None:
    """Return why `cue` stands over silence, as a hint; None where its words lie elsewhere."""
    under = [word.time for word in words if word.time.overlaps(cue.time)]
    if is_sound(cue) or not under or any(span.overlaps(time) for time in under for span in speech):
        return None
    return "its words have times at which nobody speaks: listen there; delete it if it was never said"

"""The rules of the caption profile for one cue: each a function of its own.

Every rule gives a finding or None, and the finding gets its file and line from `check`. An error
blocks the gate, a warning shows in the review.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from ebrochure.caption.measure import chars_per_s, is_sound, words_per_min
from ebrochure.caption.words import bare
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange
from ebrochure.model.writing import text_width

if TYPE_CHECKING:
    from ebrochure.model.captions import CaptionProfile, Cue

_MANY_WORDS = 3
"""Words a minute and repetitions say something only of cues with more words than this."""

_SPEAKS = ("-", "\N{EN DASH}")
"""What starts a line of dialogue."""


# --- one cue ---------------------------------------------------------------------------------


def line_length(cue: Cue, profile: CaptionProfile) -> Finding | None:
    """Find a line wider than the screen's share; a single word too wide is said to be one."""
    widest = max(cue.lines, key=text_width)
    width = text_width(widest)
    if width <= profile.line_chars:
        return None
    one_word = len(widest.split()) == 1
    hint = (
        "one word is wider than a line and is never hyphenated; say it in other words"
        if one_word
        else "break it"
    )
    return _error(
        "CAPTION_LINE_LENGTH", cue, f"has a line of {width} characters, at most {profile.line_chars}", hint
    )


def lines(cue: Cue, profile: CaptionProfile) -> Finding | None:
    """Find more lines than allowed (an error), or two where one would do (a warning)."""
    if len(cue.lines) > profile.cue_lines:
        message = f"has {len(cue.lines)} lines, at most {profile.cue_lines}"
        return _error("CAPTION_LINES", cue, message, "split it into two cues")
    dialogue = all(line.startswith(_SPEAKS) for line in cue.lines)
    if len(cue.lines) > 1 and text_width(cue.text) <= profile.line_chars and not dialogue:
        return _warn("CAPTION_LINES", cue, f"has {len(cue.lines)} lines where one would do", "join them")
    return None


def short(cue: Cue, words: int, profile: CaptionProfile) -> Finding | None:
    """Find a cue too brief to be seen, or to be read with its `words` said."""
    shown_ms = cue.time.duration_ms
    least_ms = max(profile.min_duration_ms, words * profile.min_word_ms)
    if shown_ms < least_ms:
        message = f"is shown for {shown_ms / 1000:.3f} s, {words} words need {least_ms / 1000:.1f} s"
        return _error("CAPTION_SHORT", cue, message, "let it stay longer, or join it with a neighbour")
    if shown_ms < profile.short_duration_ms:
        message = (
            f"is shown for {shown_ms / 1000:.3f} s, {profile.short_duration_ms / 1000:.1f} s are comfortable"
        )
        return _warn("CAPTION_SHORT", cue, message, "let it stay longer, or join it with a neighbour")
    return None


def long(cue: Cue, profile: CaptionProfile) -> Finding | None:
    """Find a cue that is still there when it has been read twice."""
    if cue.time.duration_ms <= profile.max_duration_ms:
        return None
    message = (
        f"is shown for {cue.time.duration_ms / 1000:.3f} s, at most {profile.max_duration_ms / 1000:.1f} s"
    )
    return _error("CAPTION_LONG", cue, message, "split it where the speaker pauses")


def fast(cue: Cue, words: int, profile: CaptionProfile) -> Finding | None:
    """Find a cue that asks for faster reading than the profile allows (error) or aims for (warning)."""
    speed = chars_per_s(cue)
    hint = "let it stay longer, or say less in the script"
    if speed > profile.max_chars_per_s:
        message = f"reads at {speed:.1f} characters/s, at most {profile.max_chars_per_s:g}"
        return _error("CAPTION_FAST", cue, message, hint)
    if speed > profile.target_chars_per_s:
        message = f"reads at {speed:.1f} characters/s, {profile.target_chars_per_s:g} are comfortable"
        return _warn("CAPTION_FAST", cue, message, hint)
    rate = words_per_min(cue, words)
    if rate > profile.target_words_per_min and words > _MANY_WORDS:
        message = f"reads at {rate:.0f} words a minute, {profile.target_words_per_min:g} are comfortable"
        return _warn("CAPTION_FAST", cue, message, hint)
    return None


# --- a cue and the next ----------------------------------------------------------------------


def gap(cue: Cue, after: Cue, profile: CaptionProfile) -> Finding | None:
    """Find two cues at once, a gap that flickers (errors), or one that is neither closed nor a rest."""
    gap_ms = after.time.start_ms - cue.time.end_ms
    if gap_ms < 0:
        return _error(
            "CAPTION_OVERLAP", cue, f"is still shown {-gap_ms} ms into the next one", "end it sooner"
        )
    if gap_ms < profile.min_gap_ms:
        message = f"leaves {gap_ms} ms before the next one, at least {profile.min_gap_ms} (2 frames)"
        return _error("CAPTION_GAP", cue, message, "end it sooner")
    if profile.min_gap_ms < gap_ms < profile.max_short_gap_ms:
        message = f"leaves {gap_ms} ms before the next one: neither {profile.min_gap_ms} nor a second"
        return _warn("CAPTION_GAP", cue, message, "let it stay until the next one, or end it sooner")
    return None


def repeat(before: Cue, cue: Cue) -> Finding | None:
    """Find a cue that says again what the one before it said: engines stutter over noise."""
    said = [bare(word) for word in cue.text.split()]
    if len(said) <= _MANY_WORDS or said != [bare(word) for word in before.text.split()]:
        return None
    return _warn(
        "CAPTION_REPEAT", cue, "says the same as the one before it", "listen whether it was said twice"
    )


# --- a cue and the sound ---------------------------------------------------------------------


def onset(cue: Cue, late_ms: int, profile: CaptionProfile) -> Finding | None:
    """Find a cue that comes too long before or after its first word."""
    if abs(late_ms) <= profile.max_onset_error_ms:
        return None
    side = "after" if late_ms > 0 else "before"
    message = f"comes {abs(late_ms)} ms {side} its first word, at most {profile.max_onset_error_ms}"
    return _error("CAPTION_ONSET", cue, message, "start it with the speech")


def ahead(cue: Cue, spoken: tuple[TimeRange, ...], profile: CaptionProfile) -> Finding | None:
    """Find a cue that comes long before anybody speaks, where its words have no times of their own.

    Only a warning: voice activity does not say whose words are heard.
    """
    heard = _first_heard(cue, spoken)
    if heard is None or is_sound(cue):
        return None
    early_ms = heard.start_ms - cue.time.start_ms
    if early_ms <= profile.max_onset_error_ms:
        return None
    return _warn(
        "CAPTION_ONSET", cue, f"comes {early_ms} ms before anybody speaks", "start it with the speech"
    )


def linger(cue: Cue, spoken: tuple[TimeRange, ...], profile: CaptionProfile) -> Finding | None:
    """Find a cue that stays long after the speech under it has ended."""
    at = bisect_left(spoken, TimeRange(cue.time.end_ms, cue.time.end_ms))
    if at == 0 or spoken[at - 1].end_ms <= cue.time.start_ms or is_sound(cue):
        return None  # no speech under it at all: `silent` says so
    past_ms = cue.time.end_ms - spoken[at - 1].end_ms
    if past_ms <= profile.max_linger_ms:
        return None
    message = f"stays {past_ms} ms past the speech, at most {profile.max_linger_ms}"
    return _warn("CAPTION_LINGER", cue, message, "end it sooner")


def silent(cue: Cue, spoken: tuple[TimeRange, ...]) -> Finding | None:
    """Find a cue under which nobody speaks; a sound in brackets is none."""
    if is_sound(cue) or _first_heard(cue, spoken) is not None:
        return None
    return _error(
        "CAPTION_SILENT", cue, "is shown while nobody speaks", "listen there; delete it if it was never said"
    )


def card(cue: Cue, shown: TimeRange, profile: CaptionProfile) -> Finding | None:
    """Find a cue that crosses a section card (error), or stays a little into one (warning).

    `retime` lets the last cue of a short recording linger so far that it can be read.
    """
    shared = cue.time.intersection(shown)
    if shared is None:
        return None
    crosses = cue.time.end_ms > shown.end_ms or shared.duration_ms > profile.max_linger_ms
    if crosses:
        return _error("CAPTION_CARD", cue, "crosses a section card", "end it before the card")
    message = f"stays {shared.duration_ms} ms into a section card"
    return _warn("CAPTION_CARD", cue, message, "leave a moment of footage after the last word")


def _first_heard(cue: Cue, spoken: tuple[TimeRange, ...]) -> TimeRange | None:
    """Return the first of `spoken` that shares time with `cue`."""
    at = bisect_left(spoken, cue.time.start_ms, key=lambda span: span.end_ms)
    while at < len(spoken) and spoken[at].end_ms <= cue.time.start_ms:
        at += 1
    return spoken[at] if at < len(spoken) and spoken[at].overlaps(cue.time) else None


def _error(code: str, cue: Cue, message: str, hint: str) -> Finding:
    return Finding(code, Level.ERROR, f"caption {cue.id} {message}", hint=hint)


def _warn(code: str, cue: Cue, message: str, hint: str) -> Finding:
    return Finding(code, Level.WARN, f"caption {cue.id} {message}", hint=hint)

"""From words with times to cues, by the rules of a profile.

The words become columns (`columns`), a dynamic programme over the whole text chooses where cues and
lines end (`cutting`, by what each break and each cue costs: `breaks`, `taste`), and each cue gets its
time (`timing`). The same words always give the same cues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.caption.columns import columns_of
from ebrochure.caption.cutting import best_cut
from ebrochure.caption.sounds import with_sounds
from ebrochure.caption.timing import least_duration_ms, place
from ebrochure.caption.words import tokens_from_segments
from ebrochure.model.captions import Cue

if TYPE_CHECKING:
    from ebrochure.caption.columns import Columns
    from ebrochure.caption.cutting import Cut, Plan
    from ebrochure.caption.words import Token
    from ebrochure.model.captions import CaptionProfile
    from ebrochure.model.transcript import Segment, Sound


def cues_from_segments(
    segments: tuple[Segment, ...],
    profile: CaptionProfile,
    *,
    language: str,
    sounds: tuple[Sound, ...] = (),
    glossary: tuple[str, ...] = (),
) -> tuple[Cue, ...]:
    """Return the cues of `segments` in source time, by the rules of `profile`.

    The words of the cues, joined, are the words of the segments in order; only an engine's
    fillers are left out, a speaker's label stands before the words where the speaker changes, and
    sounds stand in brackets.

    Args:
        segments: Words with times, in order.
        profile: The rules.
        language: BCP 47 tag; decides which lists of words guide the breaks.
        sounds: Sounds of the script, shown where no rule is broken for them.
        glossary: Terms whose words are never torn apart.
    """
    tokens = tokens_from_segments(segments, language=language)
    text, cut = _cut(tokens, (), profile, language=language, glossary=glossary)
    if sounds:
        text, cut = _cut_with_sounds(tokens, sounds, cut, profile, language=language, glossary=glossary)
    spoken = [text.spoken(plan.first, plan.last) for plan in cut.plans]
    times = place(spoken, [plan.promised_ms for plan in cut.plans], profile)
    return tuple(
        Cue(str(number), time, _lines(text, plan), text.tokens[plan.first].speaker)
        for number, (plan, time) in enumerate(zip(cut.plans, times, strict=True), start=1)
    )


def _cut(
    tokens: tuple[Token, ...],
    sounds: tuple[Sound, ...],
    profile: CaptionProfile,
    *,
    language: str,
    glossary: tuple[str, ...],
) -> tuple[Columns, Cut]:
    shown = with_sounds(tokens, sounds, profile) if sounds else tokens
    text = columns_of(shown, language=language, glossary=glossary)
    return text, best_cut(text, profile)


def _cut_with_sounds(
    tokens: tuple[Token, ...],
    sounds: tuple[Sound, ...],
    silent: Cut,
    profile: CaptionProfile,
    *,
    language: str,
    glossary: tuple[str, ...],
) -> tuple[Columns, Cut]:
    """Return the cues with as many of `sounds` as break no rule more than the `silent` cues do."""
    while True:
        text, cut = _cut(tokens, sounds, profile, language=language, glossary=glossary)
        if cut.faults <= silent.faults or not sounds:
            return text, cut
        sounds = _without_the_worst(sounds, text, cut, profile)


def _without_the_worst(
    sounds: tuple[Sound, ...], text: Columns, cut: Cut, profile: CaptionProfile
) -> tuple[Sound, ...]:
    """Return `sounds` without those nearest to the cues that lack time."""
    hurried_ms = [
        text.tokens[plan.first].start_ms
        for plan in cut.plans
        if plan.promised_ms < least_duration_ms(text.spoken(plan.first, plan.last), profile)
    ]
    worst = {
        min(range(len(sounds)), key=lambda at: abs(sounds[at].time.start_ms - moment_ms))
        for moment_ms in hurried_ms
    }
    return tuple(sound for at, sound in enumerate(sounds) if at not in worst) if worst else ()


def _lines(text: Columns, plan: Plan) -> tuple[str, ...]:
    if plan.split is None:
        return (_line(text, plan.first, plan.last + 1),)
    return _line(text, plan.first, plan.split), _line(text, plan.split, plan.last + 1)


def _line(text: Columns, first: int, stop: int) -> str:
    line = ""
    for token in text.tokens[first:stop]:
        line += token.text if not line or token.is_joined else f" {token.text}"
    return line

"""From words with times to cues, by the rules of a profile.

The words become columns (`columns`), a dynamic programme over the whole text chooses where cues and
lines end (`cutting`, by what each break and each cue costs: `breaks`, `taste`), and each cue gets its
time (`timing`). The same words always give the same cues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.caption.columns import columns_of
from ebrochure.caption.cutting import best_cut
from ebrochure.caption.timing import place
from ebrochure.caption.words import tokens_from_segments
from ebrochure.model.captions import Cue

if TYPE_CHECKING:
    from ebrochure.caption.columns import Columns
    from ebrochure.caption.cutting import Plan
    from ebrochure.model.captions import CaptionProfile
    from ebrochure.model.transcript import Segment


def cues_from_segments(
    segments: tuple[Segment, ...],
    profile: CaptionProfile,
    *,
    language: str,
    glossary: tuple[str, ...] = (),
) -> tuple[Cue, ...]:
    """Return the cues of `segments` in source time, by the rules of `profile`.

    The words of the cues, joined, are the words of the segments in order; only an engine's
    fillers are left out, and a speaker's label stands before the words where the speaker changes.

    Args:
        segments: Words with times, in order.
        profile: The rules.
        language: BCP 47 tag; decides which lists of words guide the breaks.
        glossary: Terms whose words are never torn apart.
    """
    text = columns_of(tokens_from_segments(segments, language=language), language=language, glossary=glossary)
    plans = best_cut(text, profile)
    spoken = [text.spoken(plan.first, plan.last) for plan in plans]
    times = place(spoken, [plan.promised_ms for plan in plans], profile)
    return tuple(
        Cue(str(number), time, _lines(text, plan), text.tokens[plan.first].speaker)
        for number, (plan, time) in enumerate(zip(plans, times, strict=True), start=1)
    )


def _lines(text: Columns, plan: Plan) -> tuple[str, ...]:
    if plan.split is None:
        return (_line(text, plan.first, plan.last + 1),)
    return _line(text, plan.first, plan.split), _line(text, plan.split, plan.last + 1)


def _line(text: Columns, first: int, stop: int) -> str:
    line = ""
    for token in text.tokens[first:stop]:
        line += token.text if not line or token.is_joined else f" {token.text}"
    return line

"""Asking whether words were said in a stretch of sound: is there room for them, and does the sound fit them.

Laid strictly over the stretch, words that were said there fit it as well as the speaker's other words do;
words that were not said fit three to five times worse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, covered_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.transcribe.evidence import Evidence
    from ebrochure.transcribe.sphinx import Heard

Hear = Callable[[Sequence[int], TimeRange], "Sequence[Heard] | None"]
"""Lays tokens strictly over a stretch of sound: a heard word for each, or None where they cannot be there."""

ROOM_SHARE = 0.4
"""Words were not said where the speech is less than this share of the time they take this speaker."""

SPARE_SHARE = 0.5
"""The same where only the room can be judged by."""

LONGEST_TRIAL_MS = 60_000
"""A longer stretch without any match is judged by its room alone."""

WORSE, WORSE_ALONE = 1.5, 1.5
"""How much worse than usual words may fit that were said, for each frame: the first for many words, and the
second on top for a single one, shared out among more."""

NOISY_FIT = -1.6
"""A recording whose words usually fit worse is too noisy for a failed alignment to say anything."""

LONGEST_SOUND_MS = 200
"""A word with longer sounds than this holds something else as well."""

MISHEARD_WORDS = 2
"""Words that are believed to be said wherever there is room for them."""

CONTEXT = 2
"""Matched words on either side that strict alignment is given beside those in question."""

LATER_MS = 300
"""How much further is listened where the first try fails: the decoder does where its last word is cut off."""

SAMPLES, SAMPLE_WORDS = 10, 10
"""Stretches, and matched words of each, that tell how well this speaker's words usually fit."""

SOUND_MS = 80.0
"""What one sound takes where nothing was matched to measure it on."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Tokens between two anchors, and the time and heard words between the same two."""

    tokens: range
    heard: range
    time: TimeRange


@dataclass(frozen=True, slots=True)
class Trial:
    """What every gap of a recording is tried with."""

    evidence: Evidence
    pace_ms: float
    """What this speaker takes for a sound."""
    hear: Hear | None
    """None where no decoder knows the language."""
    usual_fit: float | None
    """Median fit of this speaker's matched words; None where the sound cannot be asked."""


def open_trial(evidence: Evidence, hear: Hear | None) -> Trial:
    """Get to know the speaker: the pace, and how well the sound fits words that were certainly said."""
    return Trial(evidence, _pace(evidence), hear, _usual_fit(evidence, hear))


def _pace(evidence: Evidence) -> float:
    """Return how many milliseconds this speaker takes for a sound."""
    words = [evidence.heard[place] for place in evidence.anchors.values()]
    sounds = sum(evidence.tokens[index].phones for index in evidence.anchors)
    return sum(word.end_ms - word.start_ms for word in words) / sounds if sounds else SOUND_MS


def _usual_fit(evidence: Evidence, hear: Hear | None) -> float | None:
    """Return the median fit of words that were certainly said, None where too little can be heard."""
    if hear is None:
        return None
    runs = list(_matched_runs(evidence))
    chosen = [runs[at * len(runs) // SAMPLES] for at in range(SAMPLES)] if len(runs) > SAMPLES else runs
    fits: list[float] = []
    for run in chosen:
        first, last = evidence.heard[evidence.anchors[run[0]]], evidence.heard[evidence.anchors[run[-1]]]
        fits += [word.fit for word in hear(run, TimeRange(first.start_ms, last.end_ms)) or ()]
    return median(fits) if fits else None


def _matched_runs(evidence: Evidence) -> Iterator[list[int]]:
    """Yield runs of neighbouring tokens that were matched with neighbouring heard words."""
    run: list[int] = []
    for index, place in sorted(evidence.anchors.items()):
        follows = run and index == run[-1] + 1 and place == evidence.anchors[run[-1]] + 1
        if run and (not follows or len(run) == SAMPLE_WORDS):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def try_words(run: Sequence[int], span: TimeRange, gap: Gap, trial: Trial) -> dict[int, TimeRange | None]:
    """Return the tokens of `run`, with their times, if all of them were said in `span`; else nothing."""
    needed_ms = trial.pace_ms * sum(trial.evidence.tokens[index].phones for index in run)
    found = _tried(run, span, gap, needed_ms, trial)
    if not found and len(run) <= MISHEARD_WORDS and _may_be_misheard(run, span, gap, needed_ms, trial):
        return dict.fromkeys(run, _beside(run, needed_ms, gap, trial))
    return found


def _tried(
    run: Sequence[int], span: TimeRange, gap: Gap, needed_ms: float, trial: Trial
) -> dict[int, TimeRange | None]:
    """Ask the room, and then the sound where it can be asked."""
    voiced_ms = covered_ms([span], trial.evidence.speech)
    can_ask = trial.usual_fit is not None and span.duration_ms <= LONGEST_TRIAL_MS
    if not needed_ms or voiced_ms < (ROOM_SHARE if can_ask else SPARE_SHARE) * needed_ms:
        return {}
    if not can_ask or trial.usual_fit is None:
        return dict.fromkeys(run)
    words = _heard_there(run, span, gap, trial)
    if words is None:
        # In noise the right words fail as well, so there the room decides, if it is not room for far more.
        fits = SPARE_SHARE * needed_ms <= voiced_ms <= needed_ms / SPARE_SHARE
        return dict.fromkeys(run) if trial.usual_fit < NOISY_FIT and fits else {}
    if not _is_said(run, words, trial.usual_fit, trial.evidence):
        return {}
    return {index: TimeRange(word.start_ms, word.end_ms) for index, word in zip(run, words, strict=True)}


def _may_be_misheard(run: Sequence[int], span: TimeRange, gap: Gap, needed_ms: float, trial: Trial) -> bool:
    """Tell whether one or two words were said though nothing shows it: they are far more often misheard.

    Inside a sentence that was said around them that is always believed, at its ends where there is room.
    """
    tokens = trial.evidence.tokens
    sentence = tokens[run[0]].sentence
    around = (gap.tokens.start - 1, gap.tokens.stop)
    inside = all(at in trial.evidence.anchors and tokens[at].sentence == sentence for at in around)
    return inside or covered_ms([span], trial.evidence.speech) >= ROOM_SHARE * needed_ms > 0


def _is_said(run: Sequence[int], words: Sequence[Heard], usual_fit: float, evidence: Evidence) -> bool:
    """Tell whether words laid over a stretch are in it: they fit, and none fills a pause or more."""
    if _mean_fit(words) < usual_fit - WORSE - WORSE_ALONE / len(run):
        return False
    return all(
        word.end_ms - word.start_ms <= LONGEST_SOUND_MS * (evidence.tokens[index].phones + 1)
        for index, word in zip(run, words, strict=True)
    )


def _heard_there(run: Sequence[int], span: TimeRange, gap: Gap, trial: Trial) -> Sequence[Heard] | None:
    """Lay the tokens of `run` over `span`, with the matched words beside them if they touch it.

    Those words keep their share of the sound between themselves and the run. Where that fails, the edges may
    be to blame: a neighbour was cut in two, or is not where it was heard.
    """
    if trial.hear is None:
        return None
    for context, later_ms in ((CONTEXT, 0), (CONTEXT, LATER_MS), (2 * CONTEXT, LATER_MS)):
        before = _matched(range(gap.tokens.start - context, gap.tokens.start), trial)
        after = _matched(range(gap.tokens.stop, gap.tokens.stop + context), trial)
        before = before if span.start_ms == gap.time.start_ms else {}
        after = after if span.end_ms == gap.time.end_ms else {}
        start_ms = min((word.start_ms for word in before.values()), default=span.start_ms)
        end_ms = max((word.end_ms + later_ms for word in after.values()), default=span.end_ms)
        words = trial.hear([*before, *run, *after], TimeRange(start_ms, max(start_ms, end_ms)))
        if words is not None:
            return words[len(before) : len(before) + len(run)]
    return None


def _matched(tokens: range, trial: Trial) -> dict[int, Heard]:
    """Return the matched ones among `tokens` with what was heard of them."""
    found = {token: trial.evidence.heard_as(token) for token in tokens}
    return {token: word for token, word in found.items() if word is not None}


def _beside(run: Sequence[int], needed_ms: float, gap: Gap, trial: Trial) -> TimeRange:
    """Return the natural length of `run` at that end of the gap where its sentence goes on."""
    tokens, after = trial.evidence.tokens, gap.tokens.stop
    length_ms = min(gap.time.duration_ms, round(needed_ms))
    if after < len(tokens) and tokens[after].sentence == tokens[run[-1]].sentence:
        return TimeRange(gap.time.end_ms - length_ms, gap.time.end_ms)
    return TimeRange(gap.time.start_ms, gap.time.start_ms + length_ms)


def _mean_fit(words: Sequence[Heard]) -> float:
    """Return the mean fit of `words` over their frames."""
    length_ms = sum(word.end_ms - word.start_ms for word in words)
    return sum(word.fit * (word.end_ms - word.start_ms) for word in words) / max(1, length_ms)

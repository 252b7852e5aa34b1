"""What of the script was said, and what was said beside it.

Words that were matched were said. For those between two matches there is the room: speech enough to hold
them. And there is the sound itself: laid strictly over the stretch, words that were said there fit it as
well as the speaker's other words do, and words that were not said fit three to five times worse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, covered_ms
from ebrochure.transcribe.takes import Take, find_takes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.transcribe.evidence import Evidence
    from ebrochure.transcribe.sphinx import Heard

Hear = Callable[[Sequence[int], TimeRange], "Sequence[Heard] | None"]
"""Lays tokens strictly over a stretch of sound: a heard word for each, or None where they cannot be there."""

SPOKEN_SHARE = 1 / 3
"""A sentence of which less was said was not said: its few matches are chance."""

ROOM_SHARE = 0.4
"""Words were not said where the speech is less than this share of the time they take this speaker."""

SPARE_SHARE = 0.5
"""The same where only the room can be judged by."""

LONGEST_TRIAL_MS = 60_000
"""A longer stretch without any match is judged by its room alone."""

WORSE, WORSE_ALONE = 1.5, 1.5
"""How much worse than usual words may fit that were said, for each frame: the first for many words, and the
second on top for a single one, shared out among more."""

LONGEST_SOUND_MS = 200
"""A word with longer sounds than this holds something else as well."""

MISHEARD_WORDS = 2
"""Words that are believed to be said wherever there is room for them."""

CONTEXT = 2
"""Matched words on either side that strict alignment is given beside those in question."""

SAMPLES, SAMPLE_WORDS = 10, 10
"""Stretches, and matched words of each, that tell how well this speaker's words usually fit."""

SOUND_MS = 80.0
"""What one sound takes where nothing was matched to measure it on."""

INSERTED_MS, INSERTED_WORDS = 800, 3
"""Shorter stretches are fillers and noises, not worth a reviewer's time."""

TAKE_MS = 400
"""The same for an earlier take, whose words are known."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A run of heard words that are not in the script, or not there."""

    first: int
    last: int
    repeats: int | None = None
    """The script's sentence of which it is an earlier take."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of each token, and the speech that belongs to none."""

    evidence: Evidence
    """Without the matches that turned out to be chance."""
    said: tuple[bool, ...]
    """For each token whether it was said, as far as can be told."""
    inserted: tuple[Inserted, ...]
    placed: Mapping[int, TimeRange]
    """When tokens without a match were said, where the sound was asked."""
    usual_fit: float | None
    """Median fit of this speaker's words; None where the sound could not be asked."""

    def time_of(self, token: int) -> TimeRange | None:
        """Return when a token was said as far as that is known by now, None where it is not."""
        heard = self.evidence.heard_as(token)
        return self.placed.get(token) if heard is None else TimeRange(heard.start_ms, heard.end_ms)


@dataclass(frozen=True, slots=True)
class _Gap:
    """Tokens between two anchors, and the time and heard words between the same two."""

    tokens: range
    heard: range
    time: TimeRange


@dataclass(frozen=True, slots=True)
class _Court:
    """What every gap is judged with."""

    evidence: Evidence
    pace_ms: float
    """What this speaker takes for a sound."""
    takes: tuple[Take, ...]
    hear: Hear | None
    usual_fit: float | None
    """Median fit of this speaker's matched words; None where the sound cannot be asked."""


def judge(evidence: Evidence, hear: Hear | None = None) -> Verdict:
    """Decide what was said.

    Args:
        evidence: What was heard, and where it matches.
        hear: Asks the sound; None where no decoder knows the language.
    """
    verdict = _judged(evidence, hear)
    chance = _chance_matches(verdict)
    return _judged(evidence.without(chance), hear) if chance else verdict


def _judged(evidence: Evidence, hear: Hear | None) -> Verdict:
    court = _Court(evidence, _pace(evidence), find_takes(evidence), hear, _usual_fit(evidence, hear))
    tokens = evidence.tokens
    said = [index in evidence.anchors or token.key is None for index, token in enumerate(tokens)]
    inserted: list[Inserted] = []
    placed: dict[int, TimeRange] = {}
    for gap in _gaps(evidence):
        found = _said_in(gap, court)
        for index in found:
            said[index] = True
        inserted += _added(gap, found, court)
        placed |= {index: time for index, time in found.items() if time is not None}
    return Verdict(evidence, tuple(said), tuple(inserted), placed, court.usual_fit)


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


def _gaps(evidence: Evidence) -> list[_Gap]:
    """List what lies between neighbouring anchors, before the first and after the last."""
    pairs = sorted(evidence.anchors.items())
    heard = evidence.heard
    edges = [(-1, -1, 0, 0)]
    edges += [(token, place, heard[place].start_ms, heard[place].end_ms) for token, place in pairs]
    edges += [(len(evidence.tokens), len(heard), evidence.end_ms, evidence.end_ms)]
    return [
        _Gap(
            range(left_token + 1, right_token),
            range(left_place + 1, right_place),
            TimeRange(left_end, max(left_end, right_start)),
        )
        for (left_token, left_place, _, left_end), (right_token, right_place, right_start, _) in pairwise(
            edges
        )
    ]


def _said_in(gap: _Gap, court: _Court) -> dict[int, TimeRange | None]:
    """Return the unmatched tokens of a gap that were said there, with their time where it is known."""
    tokens = court.evidence.tokens
    unmatched = [index for index in gap.tokens if tokens[index].key is not None]
    if not unmatched:
        return {}
    spans = _free_spans(gap, court)
    for span in spans:
        if found := _try(unmatched, span, gap, court):
            return found
    sentences = [list(group) for _, group in groupby(unmatched, key=lambda index: tokens[index].sentence)]
    found = {}
    for group in sentences if len(sentences) > 1 else ():
        edge_ms = max((time.end_ms for time in found.values() if time is not None), default=0)
        later = (
            TimeRange(max(edge_ms, span.start_ms), span.end_ms) for span in spans if edge_ms < span.end_ms
        )
        found |= next((times for span in later if (times := _try(group, span, gap, court))), {})
    return found


def _free_spans(gap: _Gap, court: _Court) -> list[TimeRange]:
    """Return the stretches of a gap that no earlier take fills, the one with most speech first."""
    edge = gap.time.start_ms
    spans: list[TimeRange] = []
    for take in court.takes:
        if take.first in gap.heard:
            start = court.evidence.heard[take.first].start_ms
            spans.append(TimeRange(edge, max(edge, start)))
            edge = max(edge, court.evidence.heard[take.last].end_ms)
    spans.append(TimeRange(edge, max(edge, gap.time.end_ms)))
    return sorted(spans, key=lambda span: -covered_ms([span], court.evidence.speech))


def _try(run: Sequence[int], span: TimeRange, gap: _Gap, court: _Court) -> dict[int, TimeRange | None]:
    """Return the tokens of `run`, with their times, if all of them were said in `span`; else nothing."""
    evidence = court.evidence
    needed_ms = court.pace_ms * sum(evidence.tokens[index].phones for index in run)
    voiced_ms = covered_ms([span], evidence.speech)
    can_ask = court.usual_fit is not None and span.duration_ms <= LONGEST_TRIAL_MS
    if not needed_ms or voiced_ms < (ROOM_SHARE if can_ask else SPARE_SHARE) * needed_ms:
        return {}
    if not can_ask or court.usual_fit is None:
        return dict.fromkeys(run)
    words = _heard_there(run, span, gap, court)
    if words is not None and _is_said(run, words, court.usual_fit, evidence):
        return {index: TimeRange(word.start_ms, word.end_ms) for index, word in zip(run, words, strict=True)}
    # One or two words inside a sentence are far more often misheard than left out.
    return dict.fromkeys(run, _beside(run, needed_ms, gap, court)) if len(run) <= MISHEARD_WORDS else {}


def _is_said(run: Sequence[int], words: Sequence[Heard], usual_fit: float, evidence: Evidence) -> bool:
    """Tell whether words laid over a stretch are in it: they fit, and none fills a pause or more."""
    if _mean_fit(words) < usual_fit - WORSE - WORSE_ALONE / len(run):
        return False
    return all(
        word.end_ms - word.start_ms <= LONGEST_SOUND_MS * (evidence.tokens[index].phones + 1)
        for index, word in zip(run, words, strict=True)
    )


def _heard_there(run: Sequence[int], span: TimeRange, gap: _Gap, court: _Court) -> Sequence[Heard] | None:
    """Lay the tokens of `run` over `span`, with the matched words beside them if they touch it.

    Those words keep their share of the sound between themselves and the run.
    """
    evidence, hear = court.evidence, court.hear
    if hear is None:
        return None
    before = [at for at in range(gap.tokens.start - CONTEXT, gap.tokens.start) if at in evidence.anchors]
    after = [at for at in range(gap.tokens.stop, gap.tokens.stop + CONTEXT) if at in evidence.anchors]
    before = before if span.start_ms == gap.time.start_ms else []
    after = after if span.end_ms == gap.time.end_ms else []
    start_ms = evidence.heard[evidence.anchors[before[0]]].start_ms if before else span.start_ms
    end_ms = evidence.heard[evidence.anchors[after[-1]]].end_ms if after else span.end_ms
    words = hear([*before, *run, *after], TimeRange(start_ms, max(start_ms, end_ms)))
    return None if words is None else words[len(before) : len(before) + len(run)]


def _beside(run: Sequence[int], needed_ms: float, gap: _Gap, court: _Court) -> TimeRange:
    """Return the natural length of `run` at that end of the gap where its sentence goes on."""
    tokens, after = court.evidence.tokens, gap.tokens.stop
    length_ms = min(gap.time.duration_ms, round(needed_ms))
    if after < len(tokens) and tokens[after].sentence == tokens[run[-1]].sentence:
        return TimeRange(gap.time.end_ms - length_ms, gap.time.end_ms)
    return TimeRange(gap.time.start_ms, gap.time.start_ms + length_ms)


def _mean_fit(words: Sequence[Heard]) -> float:
    """Return the mean fit of `words` over their frames."""
    length_ms = sum(word.end_ms - word.start_ms for word in words)
    return sum(word.fit * (word.end_ms - word.start_ms) for word in words) / max(1, length_ms)


def _added(gap: _Gap, found: Mapping[int, TimeRange | None], court: _Court) -> list[Inserted]:
    """Return the runs of heard words in a gap that belong to no token of it."""
    heard = court.evidence.heard
    # Where the times of the words are not known, what was heard is believed to be them, misheard.
    taken = [gap.time if time is None else time for time in found.values()]
    takes = {place: take for take in court.takes for place in range(take.first, take.last + 1)}
    strangers = [place for place in gap.heard if not _is_covered(heard[place], taken)]
    runs: list[Inserted] = []
    for take, group in groupby(strangers, key=takes.get):
        places = list(group)
        run = Inserted(places[0], places[-1], None if take is None else take.sentence)
        if runs and run.repeats is not None and run.repeats == runs[-1].repeats:
            runs[-1] = Inserted(runs[-1].first, run.last, run.repeats)
        elif len(places) >= INSERTED_WORDS:
            runs.append(run)
    return [run for run in runs if _is_worth_a_look(run, court)]


def _is_worth_a_look(run: Inserted, court: _Court) -> bool:
    """Tell whether there is speech enough in a run."""
    first, last = court.evidence.heard[run.first], court.evidence.heard[run.last]
    time = TimeRange(first.start_ms, max(first.start_ms, last.end_ms))
    least_ms = INSERTED_MS if run.repeats is None else TAKE_MS
    return covered_ms([time], court.evidence.speech) >= least_ms


def _is_covered(word: Heard, times: Iterable[TimeRange]) -> bool:
    """Tell whether at least half of a word lies under `times`."""
    length_ms = word.end_ms - word.start_ms
    return 2 * covered_ms([TimeRange(word.start_ms, word.end_ms)], times) >= max(1, length_ms)


def _chance_matches(verdict: Verdict) -> frozenset[int]:
    """Return the matched tokens of sentences of which next to nothing was said."""
    evidence = verdict.evidence
    rows: dict[int, list[int]] = {}
    for index, token in enumerate(evidence.tokens):
        if token.key is not None:
            rows.setdefault(token.sentence, []).append(index)
    return frozenset(
        index
        for row in rows.values()
        if 0 < sum(verdict.said[index] for index in row) < SPOKEN_SHARE * len(row)
        for index in row
        if index in evidence.anchors
    )

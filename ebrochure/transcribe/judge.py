"""What of the script was said, and what was said beside it.

Words that were matched were said. Those between two matches are tried (`trial`); what was heard there and
belongs to none of them was added, or is an earlier take (`takes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, covered_ms
from ebrochure.transcribe.takes import Take, find_takes
from ebrochure.transcribe.trial import Gap, Trial, open_trial, try_words
from ebrochure.transcribe.verdict import Inserted, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ebrochure.transcribe.evidence import Evidence
    from ebrochure.transcribe.sphinx import Heard
    from ebrochure.transcribe.trial import Hear

SPOKEN_SHARE = 1 / 3
"""A sentence of which less was said was not said: its few matches are chance."""

INSERTED_MS, INSERTED_WORDS = 800, 3
"""Shorter stretches are fillers and noises, not worth a reviewer's time."""

NEIGHBOURS = 3
"""Matches that may stand between words that were misheard and the place where they were matched."""

TAKE_MS = 400
"""The same for an earlier take, whose words are known."""


@dataclass(frozen=True, slots=True)
class _Court:
    """What every gap is judged with."""

    evidence: Evidence
    takes: tuple[Take, ...]
    trial: Trial


def judge(evidence: Evidence, hear: Hear | None = None) -> Verdict:
    """Decide what was said.

    Args:
        evidence: What was heard, and where it matches.
        hear: Asks the sound; None where no decoder knows the language.
    """
    verdict = _judged(evidence, hear)
    if chance := _chance_matches(verdict):
        verdict = _judged(evidence.without(chance), hear)
    for doubtful in _doubtful_matches(verdict):
        other = _judged(verdict.evidence.without(doubtful), hear)
        if sum(other.said) > sum(verdict.said) and len(other.inserted) <= len(verdict.inserted):
            verdict = other
    return verdict


def _judged(evidence: Evidence, hear: Hear | None) -> Verdict:
    court = _Court(evidence, find_takes(evidence), open_trial(evidence, hear))
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
    return Verdict(evidence, tuple(said), tuple(inserted), placed, court.trial.usual_fit)


def _gaps(evidence: Evidence) -> list[Gap]:
    """List what lies between neighbouring anchors, before the first and after the last."""
    pairs = sorted(evidence.anchors.items())
    heard = evidence.heard
    edges = [(-1, -1, 0, 0)]
    edges += [(token, place, heard[place].start_ms, heard[place].end_ms) for token, place in pairs]
    edges += [(len(evidence.tokens), len(heard), evidence.end_ms, evidence.end_ms)]
    return [
        Gap(
            range(left_token + 1, right_token),
            range(left_place + 1, right_place),
            TimeRange(left_end, max(left_end, right_start)),
        )
        for (left_token, left_place, _, left_end), (right_token, right_place, right_start, _) in pairwise(
            edges
        )
    ]


def _said_in(gap: Gap, court: _Court) -> dict[int, TimeRange | None]:
    """Return the unmatched tokens of a gap that were said there, with their time where it is known."""
    tokens = court.evidence.tokens
    unmatched = [index for index in gap.tokens if tokens[index].key is not None]
    if not unmatched:
        return {}
    spans = _free_spans(gap, court)
    for span in spans:
        if found := try_words(unmatched, span, gap, court.trial):
            return found
    sentences = [list(group) for _, group in groupby(unmatched, key=lambda index: tokens[index].sentence)]
    found = {}
    for group in sentences if len(sentences) > 1 else ():
        edge_ms = max((time.end_ms for time in found.values() if time is not None), default=0)
        later = (
            TimeRange(max(edge_ms, span.start_ms), span.end_ms) for span in spans if edge_ms < span.end_ms
        )
        found |= next((times for span in later if (times := try_words(group, span, gap, court.trial))), {})
    return found


def _free_spans(gap: Gap, court: _Court) -> list[TimeRange]:
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


def _added(gap: Gap, found: Mapping[int, TimeRange | None], court: _Court) -> list[Inserted]:
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


def _doubtful_matches(verdict: Verdict) -> list[frozenset[int]]:
    """Return the few matches, each time, that stand between words added and words left out.

    Where both are so close, the words were said and misheard, and one of them happened to match a neighbour.
    """
    places = {place: token for token, place in verdict.evidence.anchors.items()}
    rows: list[range] = []
    for run in verdict.inserted:
        before = [places[at] for at in range(run.first - NEIGHBOURS, run.first) if at in places]
        after = [places[at] for at in range(run.last + 1, run.last + 1 + NEIGHBOURS) if at in places]
        rows += [_span(before, -1), _span(after, 1)]
    whole = range(len(verdict.said))
    return [
        frozenset(row) for row in rows if any(token in whole and not verdict.said[token] for token in row)
    ]


def _span(tokens: list[int], towards: int) -> range:
    """Return the tokens from the first to the last, and one more on the side that is looked towards."""
    if not tokens:
        return range(0)
    return range(min(tokens) + min(0, towards), max(tokens) + 1 + max(0, towards))

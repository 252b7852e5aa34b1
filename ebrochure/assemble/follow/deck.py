"""The slides of a deck beside what is said: each one's moment, or that nobody speaks of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.assemble.follow.evidence import arrivals_of, evidence_of, slide_terms
from ebrochure.assemble.follow.sightings import said_with_frames, sightings
from ebrochure.assemble.follow.turns import Course, choose_turns
from ebrochure.model.slidemark import MarkOrigin, SlideMark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.assemble.follow.sightings import Look
    from ebrochure.assemble.follow.turns import Floats, Turn
    from ebrochure.assemble.follow.utterances import Utterance
    from ebrochure.model.service import Slide

EARLY_MS = 300
"""A slide comes so long before the first word about it, or in the middle of a shorter pause."""
LEAST_SUPPORT = 0.015
"""Log odds a word below which a deck is not that of the talk: in `scripts/bench slides` every deck is above
it with its own talk, two in five words wrong or not, one in ten with another of the same house."""
LEAST_SLIDES = 2
"""A single slide has no turn to wait for."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of holding a deck against a talk."""

    marks: tuple[SlideMark, ...]
    """In order of time, the script's own among them; empty: the slides are spread evenly."""
    unspoken: tuple[int, ...] = ()
    """Numbers of the slides that nobody speaks of: shown, they would hide the one that is spoken of."""
    is_seen: bool = False
    """The footage itself shows the deck; `unspoken` are then the slides that are never seen."""
    is_foreign: bool = False
    """The words of the talk and those of the slides have nothing in common."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the talk between two marks, and the slides that may have their turn there."""

    start_ms: int
    end_ms: float
    slides: tuple[int, ...]
    """Their places in the deck; the first is shown from the start where the stretch `is_open`."""
    is_open: bool


def follow(
    slides: Sequence[Slide],
    utterances: Sequence[Utterance],
    scripted: Sequence[tuple[int, int]],
    *,
    language: str,
    look: Look | None = None,
) -> Followed:
    """Find each slide's moment; the script's marks stay, slides between two of them are found between them.

    Where the footage shows the deck, slides come when they come into view, and may come again.

    Args:
        slides: The deck, in the order shown.
        utterances: What is said, in order of time.
        scripted: ``(slide number, source time in ms)`` of the script; those of unknown slides are left out.
        language: BCP 47 tag of what is said.
        look: The footage held against the deck; None: it shows nothing like it.

    """
    places = {slide.number: place for place, slide in enumerate(slides)}
    given = _given([mark for mark in scripted if mark[0] in places])
    if len(slides) < LEAST_SLIDES or not (utterances or look):
        return Followed(given)
    decks = [slide_terms(slide, language) for slide in slides]
    evidence = evidence_of(decks, utterances, language)
    if seen := _seen(slides, look, evidence, utterances):
        numbers = {mark.number for mark in given}
        return _followed(slides, given, [mark for mark in seen if mark.number not in numbers], is_seen=True)
    if not utterances:
        return Followed(given)
    arrivals = arrivals_of(slides, utterances, language)
    sizes = np.array([float(len(terms)) for terms in decks])
    fixed = [(places[mark.number], mark.start_ms) for mark in given]
    turns = [
        turn
        for stretch in _stretches(len(slides), fixed)
        for turn in _turns_in(stretch, utterances, evidence, arrivals, sizes)
    ]
    if not given and _support(turns, evidence, utterances) < LEAST_SUPPORT:
        return Followed((), is_foreign=True)
    return _followed(slides, given, [_mark(turn, slides, utterances) for turn in turns], is_seen=False)


def _followed(
    slides: Sequence[Slide], given: Sequence[SlideMark], found: Sequence[SlideMark], *, is_seen: bool
) -> Followed:
    marks = tuple(sorted((*given, *found), key=lambda mark: mark.start_ms))
    shown = {mark.number for mark in marks}
    missing = tuple(slide.number for slide in slides if slide.number not in shown)
    return Followed(marks, missing, is_seen=is_seen)


def _seen(
    slides: Sequence[Slide], look: Look | None, evidence: Floats, utterances: Sequence[Utterance]
) -> list[SlideMark]:
    """Return when the slides come into view in the footage; nothing where it does not show them."""
    if look is None:
        return []
    return [
        SlideMark(slides[item.slide].number, item.start_ms, MarkOrigin.PICTURE, round(item.sureness, 3))
        for item in sightings(look, said_with_frames(evidence, utterances, look))
    ]


def _given(scripted: Sequence[tuple[int, int]]) -> tuple[SlideMark, ...]:
    """Return the script's marks in order; of several at one moment the last holds."""
    by_time = {start_ms: number for number, start_ms in scripted}
    return tuple(SlideMark(number, start_ms) for start_ms, number in sorted(by_time.items()))


def _stretches(count: int, fixed: Sequence[tuple[int, int]]) -> Iterator[_Stretch]:
    """Yield the parts of the talk in which slides without a mark may have their turn.

    The deck's order holds between two marks; where the marks go back in it, nothing is looked for.
    """
    free = set(range(count)) - {place for place, _ in fixed}
    edges: list[tuple[int, float]] = [(-1, 0), *fixed, (count, float("inf"))]
    for (before, start_ms), (after, end_ms) in pairwise(edges):
        between = tuple(place for place in range(before + 1, after) if place in free)
        free.difference_update(between)
        is_open = before >= 0
        if between and end_ms > start_ms:
            yield _Stretch(int(start_ms), end_ms, (before, *between) if is_open else between, is_open)


def _turns_in(
    stretch: _Stretch, utterances: Sequence[Utterance], evidence: Floats, arrivals: Floats, sizes: Floats
) -> Iterator[Turn]:
    """Yield the turns in a stretch, but for the one that a mark began."""
    starts_ms = [utterance.time.start_ms for utterance in utterances]
    first, end = np.searchsorted(starts_ms, [stretch.start_ms, stretch.end_ms])
    if end <= first:
        return
    said, columns = utterances[first:end], list(stretch.slides)
    course = Course(
        evidence=evidence[first:end, columns],
        starts_s=np.array([utterance.time.start_ms / 1000 for utterance in said]),
        end_s=said[-1].time.end_ms / 1000,
        pauses_s=np.array([utterance.pause_ms / 1000 for utterance in said]),
        arrivals=arrivals[first:end, columns],
        sizes=sizes[columns],
        is_open=stretch.is_open,
    )
    for turn in choose_turns(course)[stretch.is_open :]:
        yield replace(turn, slide=columns[turn.slide], utterance=turn.utterance + int(first))


def _support(turns: Sequence[Turn], evidence: Floats, utterances: Sequence[Utterance]) -> float:
    """Return how far a word that is said speaks for the slide shown meanwhile, as log odds.

    By words and not by utterances: misheard talk has no full stops, and falls into far more utterances.
    """
    ends = [turn.utterance for turn in turns[1:]] + [len(evidence)]
    rows = zip(turns, ends, strict=bool(turns))
    support = sum(float(evidence[turn.utterance : end, turn.slide].sum()) for turn, end in rows)
    return support / max(1, sum(len(utterance.words) for utterance in utterances))


def _mark(turn: Turn, slides: Sequence[Slide], utterances: Sequence[Utterance]) -> SlideMark:
    utterance = utterances[turn.utterance]
    early_ms = min(EARLY_MS, utterance.pause_ms // 2)
    start_ms = utterance.time.start_ms - early_ms
    return SlideMark(slides[turn.slide].number, start_ms, MarkOrigin.WORDS, round(turn.sureness, 3))

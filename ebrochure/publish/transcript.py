"""The descriptive transcript: what is said, and what the slides show, at the moments they show it."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from ebrochure.model.page import PagePassage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.captions import Chapter, Cue
    from ebrochure.model.page import PageSlide
    from ebrochure.model.service import Slide


def passages(
    paragraphs: Sequence[tuple[Cue, ...]], chapters: Sequence[Chapter], slides: Sequence[PageSlide]
) -> tuple[PagePassage, ...]:
    """Return speech, chapters and slides as one text to be read from top to bottom.

    A passage begins with a paragraph, a chapter or a slide. What begins inside a cue stands before
    it or after it, whichever is nearer: no cue is torn.

    Returns:
        The passages; none where nothing is said and no slide is shown.
    """
    shown = [slide for slide in slides if slide.shown_at_ms is not None]
    cues = tuple(chain.from_iterable(paragraphs))
    if not cues and not shown:
        return ()
    titles = {chapter.time.start_ms: chapter.title for chapter in chapters}
    return tuple(
        PagePassage(
            start_ms=start_ms,
            chapter=titles.get(start_ms),
            slides=tuple(slide for slide in shown if slide.shown_at_ms == start_ms),
            cues=cues[first:end],
        )
        for (first, start_ms), (end, _) in pairwise(
            [
                *_starts(cues, paragraphs, {*titles, *(slide.shown_at_ms or 0 for slide in shown)}),
                (len(cues), 0),
            ]
        )
    )


def slide_lines(slide: Slide) -> tuple[str, ...]:
    """Return what a slide shows: its title, what its author says of it, and its words, nothing twice."""
    title = " ".join((slide.title or "").split())
    lines = (title, slide.alt or "", *_below_title(title, slide.text.splitlines()))
    return tuple(dict.fromkeys(text for line in lines if (text := line.strip())))


def _below_title(title: str, lines: Sequence[str]) -> Sequence[str]:
    """Return the lines after those that the title is broken into, if it comes first."""
    for count in range(1, len(lines) + 1):
        opening = " ".join(" ".join(lines[:count]).split())
        if opening == title:
            return lines[count:]
        if not title.startswith(opening):
            break
    return lines


def _starts(
    cues: tuple[Cue, ...], paragraphs: Sequence[tuple[Cue, ...]], moments: set[int]
) -> list[tuple[int, int]]:
    """Return where passages begin: the index of the first cue, and the moment."""
    middles = [(cue.time.start_ms + cue.time.end_ms) // 2 for cue in cues]
    marks = [(bisect_left(middles, moment), moment) for moment in moments]
    marked = {first for first, _ in marks}
    opening = [0, *accumulate(map(len, paragraphs))]
    unmarked = {first for first in opening if first < len(cues) and first not in marked}
    return sorted([*marks, *((first, cues[first].time.start_ms) for first in unmarked)])

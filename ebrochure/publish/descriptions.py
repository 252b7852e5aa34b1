"""What slides show and nobody says: a text track for those who hear the video and do not see it."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.timing import TimeRange, without
from ebrochure.publish.transcript import slide_lines
from ebrochure.publish.words import words_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.transcript import Word
    from ebrochure.publish.page import FinishedSlide

REACH_MS = 5000
"""Words spoken within this of a slide's moment tell what it shows."""
TOLD_SHARE = 0.5
"""A slide is told where at least this share of its letters stands in words that are spoken."""
CUE_CHARS = 160
"""About ten seconds of a voice: longer ones would become a talk of their own."""
CHARS_PER_S = 15


def describe_slides(
    slides: Sequence[FinishedSlide],
    heard: Sequence[Word | Cue],
    *,
    speech: tuple[TimeRange, ...],
    duration_ms: int,
    language: str,
) -> Track | None:
    """Return a track that reads slides out whose words are not spoken around their moment.

    Args:
        slides: The slides; those never shown are left out.
        heard: Words with their times; captions where no times of words are known.
        speech: When somebody speaks: a description waits for a gap that has room for it.
        duration_ms: Length of the video.
        language: BCP 47 tag of the page.

    Returns:
        The track; None where every slide is told.
    """
    shown = sorted(
        (moment, slide.slide.number, slide_lines(slide.slide))
        for slide in slides
        if (moment := slide.shown_at_ms) is not None
    )
    words = words_for(language)
    cues = []
    for (moment, number, lines), (end_ms, *_) in pairwise([*shown, (duration_ms, 0, ())]):
        if moment < end_ms and not _is_told(lines, _heard_near(moment, heard)):
            text = _spoken(f"{words.slide.format(number=number)}: ", lines)
            cues.append(Cue(str(number), _place(text, TimeRange(moment, end_ms), speech), (text,)))
    if not cues:
        return None
    origin = Provenance(TextOrigin.PERSON)
    return Track(TrackKind.DESCRIPTIONS, language, words.descriptions, tuple(cues), origin)


def _heard_near(moment_ms: int, heard: Sequence[Word | Cue]) -> set[str]:
    near = TimeRange(max(0, moment_ms - REACH_MS), moment_ms + REACH_MS)
    return {word for item in heard if item.time.overlaps(near) for word in _folded(item.text)}


def _is_told(lines: tuple[str, ...], spoken: set[str]) -> bool:
    """Weigh words by their letters: the long ones carry the sense, the short ones are in every sentence."""
    words = _folded(" ".join(lines))
    told = sum(len(word) for word in words & spoken)
    return told >= TOLD_SHARE * sum(map(len, words))


def _folded(text: str) -> set[str]:
    """Return the words of `text` without capitals, accents and marks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return set(re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char))))


def _spoken(opening: str, lines: tuple[str, ...]) -> str:
    sentences = (line if line[-1] in ".:;!?…" else f"{line}." for line in lines)
    text = " ".join(" ".join(sentences).split())
    if len(opening + text) <= CUE_CHARS:
        return opening + text
    room = CUE_CHARS - len(opening) - 1
    # A script without spaces is cut where it must be.
    whole = textwrap.shorten(text, room, placeholder="") or text[:room]
    return f"{opening}{whole}…"


def _place(text: str, room: TimeRange, speech: tuple[TimeRange, ...]) -> TimeRange:
    """Return when `text` is read: in the first gap of speech that holds it, else as the slide comes on."""
    needed_ms = 1000 * len(text) // CHARS_PER_S
    gaps = without((room,), speech)
    start_ms = next((gap.start_ms for gap in gaps if gap.duration_ms >= needed_ms), room.start_ms)
    return TimeRange(start_ms, min(start_ms + needed_ms, room.end_ms))

"""The footage as an editor cut it, and cards around it: nothing is trimmed, every cut is kept. Pure."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from ebrochure.assemble.cutting import (
    LEAST_BREAK_MS,
    LEAST_CHAPTER_MS,
    USUAL_CHAPTER_MS,
    Seam,
    clips_between,
    seam_in,
)
from ebrochure.model.timeline import chapter_card
from ebrochure.model.timing import FrameRange, frame_at, frame_start_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from ebrochure.assemble.cutting import CardLengths, ChapterMark
    from ebrochure.assemble.join import Joint
    from ebrochure.model.edit import Excerpt
    from ebrochure.model.timeline import Clip
    from ebrochure.model.timing import TimeRange

MOST_PASSES = 8
"""How often footage may have to be open at once: at 1080 lines each time costs 35 MB."""


def plan_body(excerpts: Sequence[Excerpt], joint: Joint) -> tuple[FrameRange, ...]:
    """Return the excerpts as frames of the footage, its files joined, at the video's rate.

    Where the edit had another rate its cuts come at the nearest frame, and no error adds up.

    Args:
        excerpts: What the editor took, in the order in which it is shown.
        joint: The files, joined; one alone as well.
    """
    firsts = tuple(accumulate(joint.frames, initial=0))
    body: list[FrameRange] = []
    done_ms = 0
    for excerpt in excerpts:
        begin, done_ms = done_ms, done_ms + excerpt.time.duration_ms
        count = frame_at(done_ms, joint.rate) - frame_at(begin, joint.rate)
        start = frame_at(excerpt.time.start_ms, joint.rate)
        # A file's end lies a little elsewhere for every program: what is past ours is another file's.
        end = min(start + count, joint.frames[excerpt.part])
        if start < end:
            body.append(FrameRange(start, end).shifted(firsts[excerpt.part]))
    return tuple(body)


def reading_passes(body: Sequence[FrameRange]) -> tuple[tuple[int, ...], ...]:
    """Return which ranges are read together, by their numbers: as few times through the footage as can be.

    In one pass every range begins where the one before it ends, or later: footage is read forwards only.
    """
    passes: list[list[int]] = []
    for number, frames in enumerate(body):
        free = [one for one in passes if body[one[-1]].end <= frames.start]
        if free:
            max(free, key=lambda one: body[one[-1]].end).append(number)
        else:
            passes.append([number])
    return tuple(map(tuple, passes))


def edited_clips(
    body: Sequence[FrameRange],
    speech: tuple[TimeRange, ...],
    *,
    chapters: Sequence[ChapterMark],
    rate: Fraction,
    cards: CardLengths,
) -> tuple[Clip, ...]:
    """Return all clips of the finished video, in order.

    Args:
        body: Frames of the footage in the order in which they are shown; at least one range.
        speech: When somebody speaks, in order and apart from one another: cards fade in over none of it.
        chapters: Where chapters begin in the footage.
        rate: Frames per second of the finished video.
        cards: How long cards are seen.
    """
    first, last = body[0].start, body[-1].end
    opened = Seam(first, first, "intro", cards.intro, 0, _quiet_after(first, speech, rate))
    closed = Seam(last, last, "outro", cards.outro, _quiet_before(last, speech, rate), 0)
    seams = [opened, *_inner(body, speech, chapters, rate, cards.chapter), closed]
    return clips_between(seams, rate)


def _inner(
    body: Sequence[FrameRange],
    speech: tuple[TimeRange, ...],
    chapters: Sequence[ChapterMark],
    rate: Fraction,
    card_frames: int,
) -> Iterator[Seam]:
    """Yield the editor's cuts, and the places where a card parts what he left whole, as they come.

    A chapter is announced once, by the rules for uncut footage: not in a short video, nor too soon.
    """
    total = sum(frames.count for frames in body)
    is_long = total >= USUAL_CHAPTER_MS * (len(chapters) + 1) * rate / 1000
    waiting = list(chapters) if card_frames and is_long else []
    shown = announced = 0
    for number, frames in enumerate(body):
        opening = Seam(body[number - 1].end, frames.start) if number else None
        inside: list[Seam] = []
        found = [(seam, mark) for mark in waiting if (seam := _begins(mark, frames, card_frames, rate))]
        for seam, mark in sorted(found, key=lambda item: item[0].enter):
            at = shown + seam.enter - frames.start
            if min(at - announced, total - at) < frame_at(LEAST_CHAPTER_MS, rate):
                continue
            announced = at
            waiting.remove(mark)
            if seam.enter > frames.start:
                inside.append(seam)
            elif opening is not None:
                opening = _announcing(opening, chapter_card(mark.number), card_frames, speech, rate)
        yield from inside if opening is None else (opening, *inside)
        shown += frames.count


def _announcing(
    cut: Seam, card: str, card_frames: int, speech: tuple[TimeRange, ...], rate: Fraction
) -> Seam:
    """Return a cut with a card in it."""
    before, after = _quiet_before(cut.leave, speech, rate), _quiet_after(cut.enter, speech, rate)
    return Seam(cut.leave, cut.enter, card, card_frames, before, after)


def _begins(mark: ChapterMark, frames: FrameRange, card_frames: int, rate: Fraction) -> Seam | None:
    """Return where a chapter begins in a range: within, or at its start; None: elsewhere."""
    first_ms, word_ms = frame_start_ms(frames.start, rate), mark.pause.end_ms
    if not first_ms <= word_ms < frame_start_ms(frames.end, rate):
        return None
    if first_ms >= mark.pause.start_ms:
        return Seam(frames.start, frames.start)
    seam = seam_in(mark, card_frames, rate) if mark.pause.duration_ms >= LEAST_BREAK_MS else None
    return seam if seam is not None and frames.start < seam.enter < frames.end else None


def _quiet_after(frame: int, speech: tuple[TimeRange, ...], rate: Fraction) -> int:
    """Return how many frames from `frame` on hold no speech."""
    moment_ms = frame_start_ms(frame, rate)
    next_ms = min((span.start_ms for span in speech if span.end_ms > moment_ms), default=None)
    return _ENDLESS if next_ms is None else max(0, math.floor(next_ms * rate / 1000) - frame)


def _quiet_before(frame: int, speech: tuple[TimeRange, ...], rate: Fraction) -> int:
    """Return how many frames before `frame` hold no speech."""
    moment_ms = frame_start_ms(frame, rate)
    last_ms = max((span.end_ms for span in speech if span.start_ms < moment_ms), default=None)
    return _ENDLESS if last_ms is None else max(0, frame - math.ceil(last_ms * rate / 1000))


_ENDLESS = 1 << 30
"""Frames: a fade is never longer than its card."""

"""The footage, cut: head and tail, long pauses, and the places where a chapter's card comes between. Pure.

Picture and sound are cut together and at whole frames of the finished video: cut points round
away from speech, so no word loses its edge to a frame boundary. Cards fade into footage, and
footage into cards, only while nobody speaks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.model.timeline import FOOTAGE, Clip, chapter_card
from ebrochure.model.timing import FrameRange, TimeRange, frame_at, frame_start_ms, without

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from ebrochure.model.service import Cut
    from ebrochure.model.transcript import Segment

HEAD_MS = 300
"""What is kept before the first speech, once the picture has faded in."""
TAIL_MS = 500
"""What is kept after the last, before the picture fades out: a sentence rings out."""
FADE_MS = 400
"""How long a card and the footage fade into each other where there is time."""
LEAST_FADE_MS = 80
"""A shorter fade would look like a fault: the picture is cut instead."""
PAUSE_ROOM_MS = 400
"""Least that is kept at either side of a shortened pause."""
LEAST_CUT_MS = 250
"""A pause is left alone where less than this would be won: every cut shows as a jump."""
USUAL_CHAPTER_MS = 20_000
"""Chapters last so long on average, or none is announced: in a short talk cards would only delay."""
LEAST_CHAPTER_MS = 5_000
"""What a card announces, and what comes before it, lasts so long at least."""
LEAST_BREAK_MS = 120
"""No card comes between words that are closer: the speaker runs on into the next chapter."""
_TAIL_ROOM_MS, _HEAD_ROOM_MS = TAIL_MS + FADE_MS, HEAD_MS + FADE_MS
"""What is kept of a pause before and after a card that parts it."""


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """Where a chapter begins."""

    title: str
    number: int
    """Its place among the script's chapters, from 1."""
    pause: TimeRange
    """Source time between the last word before it and its own first word."""


@dataclass(frozen=True, slots=True)
class CardLengths:
    """How long each kind of card is seen, in frames; 0: it is left out."""

    intro: int
    chapter: int
    outro: int


@dataclass(frozen=True, slots=True)
class Seam:
    """A place where the footage is interrupted, begins or ends."""

    leave: int
    """Frame of the footage after the last that is seen before it."""
    enter: int
    """First frame that is seen after it."""
    card: str = ""
    """What comes between."""
    card_frames: int = 0
    """How long; 0: nothing does."""
    quiet_before: int = 0
    """Frames without a word at the end of what is before it: a card may fade in over so many."""
    quiet_after: int = 0


def chapter_marks(segments: Sequence[Segment]) -> tuple[ChapterMark, ...]:
    """Return where the chapters begin that `segments` head, but for one that opens the recording."""
    found: list[ChapterMark] = []
    number = 0
    before_ms = None
    for segment in segments:
        if segment.heading is not None:
            number += 1
            start_ms = segment.time.start_ms
            if before_ms is not None:
                pause = TimeRange(min(before_ms, start_ms), start_ms)
                found.append(ChapterMark(segment.heading, number, pause))
        before_ms = max(before_ms or 0, segment.time.end_ms)
    return tuple(found)


def cut_clips(
    duration_ms: int,
    speech: tuple[TimeRange, ...],
    *,
    chapters: Sequence[ChapterMark],
    cut: Cut,
    rate: Fraction,
    cards: CardLengths,
    removed: tuple[TimeRange, ...] = (),
) -> tuple[Clip, ...]:
    """Return all clips of the finished video, in order.

    Args:
        duration_ms: Length of the footage.
        speech: What must not be cut away but by `removed`, in order and apart from one another.
        chapters: Where chapters begin, in order.
        cut: What the author asked for.
        rate: Frames per second of the finished video.
        cards: How long cards are seen.
        removed: What is taken out whatever is said in it, in order and apart from one another; not all of it.

    """
    speech = without(speech, removed)
    opened, closed = _ends(duration_ms, speech, cut, rate, cards)
    gone = list(_whole_frames(removed, rate))
    for frames in gone:
        if frames.start <= opened.enter:
            opened = _widened(opened, frames)
        elif frames.end >= closed.leave:
            closed = _widened(closed, frames)
    kept = [mark for mark in chapters if not any(time.contains(mark.pause.end_ms) for time in removed)]
    inner = [
        item
        for mark in _announced(kept, FrameRange(opened.enter, closed.leave).time(rate), cards)
        if (item := _break(mark, speech, cards.chapter, rate)) is not None
    ]
    for frames in gone:
        if opened.enter < frames.start and frames.end < closed.leave:
            inner = _with_removed(inner, frames)
    for pause in _cut_pauses(speech, cut.pauses_s):
        leave, enter = math.ceil(pause.start_ms * rate / 1000), math.floor(pause.end_ms * rate / 1000)
        if not any(leave <= other.enter and other.leave <= enter for other in inner):
            inner.append(Seam(leave, enter))
    return clips_between([opened, *sorted(inner, key=lambda item: item.leave), closed], rate)


def _whole_frames(removed: tuple[TimeRange, ...], rate: Fraction) -> Iterator[FrameRange]:
    """Yield the frames that lie within `removed` from end to end, so that what is said beside it stays."""
    for time in removed:
        start, end = math.ceil(time.start_ms * rate / 1000), math.floor(time.end_ms * rate / 1000)
        if start < end:
            yield FrameRange(start, end)


def _with_removed(cuts: Sequence[Seam], gone: FrameRange) -> list[Seam]:
    """Return cuts with one that takes out `gone`; a card in a pause that it reaches into comes there."""
    near = [
        cut
        for cut in cuts
        if cut.leave - cut.quiet_before <= gone.end and gone.start <= cut.enter + cut.quiet_after
    ]
    widened = _widened(near[-1], gone) if near else Seam(gone.start, gone.end)
    return [*(cut for cut in cuts if cut not in near), widened]


def _widened(cut: Seam, gone: FrameRange) -> Seam:
    """Return a cut that takes out `gone`, too."""
    leave, enter = min(cut.leave, gone.start), max(cut.enter, gone.end)
    quiet_before = max(0, cut.quiet_before - (cut.leave - leave))
    quiet_after = max(0, cut.quiet_after - (enter - cut.enter))
    return replace(cut, leave=leave, enter=enter, quiet_before=quiet_before, quiet_after=quiet_after)


def clips_between(seams: Sequence[Seam], rate: Fraction) -> tuple[Clip, ...]:
    """Return the footage between `seams`, and the cards at them."""
    return tuple(_clips(seams, rate))


def _clips(seams: Sequence[Seam], rate: Fraction) -> Iterator[Clip]:
    if seams[0].card_frames:
        yield _card(seams[0], rate, 0)
    for before, after in pairwise(seams):
        frames = FrameRange(before.enter, after.leave)
        entering = _fade(before.card_frames, before.quiet_after, frames.count, rate)
        yield Clip(FOOTAGE, frames.time(rate), frames.count, entering)
        if after.card_frames:
            yield _card(after, rate, _fade(after.card_frames, after.quiet_before, frames.count, rate))


def _card(seam: Seam, rate: Fraction, entering: int) -> Clip:
    return Clip(seam.card, TimeRange(0, frame_start_ms(seam.card_frames, rate)), seam.card_frames, entering)


def _fade(card: int, quiet: int, footage: int, rate: Fraction) -> int:
    """Return over how many frames a card and the footage fade into each other: over no word."""
    frames = min(frame_at(FADE_MS, rate), quiet, card // 2, footage // 2)
    return frames if frames >= frame_at(LEAST_FADE_MS, rate) else 0


def _ends(
    duration_ms: int, speech: tuple[TimeRange, ...], cut: Cut, rate: Fraction, cards: CardLengths
) -> tuple[Seam, Seam]:
    """Return where the footage begins and ends."""
    last = max(1, math.ceil(duration_ms * rate / 1000))
    if not speech:
        return Seam(0, 0, "intro", cards.intro, 0, last), Seam(last, last, "outro", cards.outro, last, 0)
    first_ms, last_ms = speech[0].start_ms, speech[-1].end_ms
    head_ms, tail_ms = HEAD_MS + FADE_MS * bool(cards.intro), TAIL_MS + FADE_MS * bool(cards.outro)
    start = math.floor(max(0, first_ms - head_ms) * rate / 1000) if cut.head else 0
    end = min(last, math.ceil((last_ms + tail_ms) * rate / 1000)) if cut.tail else last
    before = math.floor(first_ms * rate / 1000) - start
    after = end - math.ceil(last_ms * rate / 1000)
    return (
        Seam(start, start, "intro", cards.intro, 0, max(0, before)),
        Seam(end, end, "outro", cards.outro, max(0, after), 0),
    )


def _announced(
    chapters: Sequence[ChapterMark], whole: TimeRange, cards: CardLengths
) -> Iterator[ChapterMark]:
    """Yield the chapters that a card announces: none in a short talk, none where the speaker runs on."""
    if not cards.chapter or whole.duration_ms < USUAL_CHAPTER_MS * (len(chapters) + 1):
        return
    before_ms = whole.start_ms
    for mark in chapters:
        start_ms = mark.pause.end_ms
        is_apart = min(start_ms - before_ms, whole.end_ms - start_ms) >= LEAST_CHAPTER_MS
        if is_apart and mark.pause.duration_ms >= LEAST_BREAK_MS:
            yield mark
            before_ms = start_ms


def seam_in(mark: ChapterMark, card_frames: int, rate: Fraction) -> Seam | None:
    """Return where a chapter's card parts its pause, nothing cut away; None: it holds no whole frame."""
    pause = mark.pause
    first, last = math.ceil(pause.start_ms * rate / 1000), math.floor(pause.end_ms * rate / 1000)
    if first > last:
        return None
    at = first + (last - first) * _TAIL_ROOM_MS // (_TAIL_ROOM_MS + _HEAD_ROOM_MS)
    return Seam(at, at, chapter_card(mark.number), card_frames, at - first, last - at)


def _break(mark: ChapterMark, speech: tuple[TimeRange, ...], card_frames: int, rate: Fraction) -> Seam | None:
    """Return the cut at which a chapter's card comes between; None: the pause holds no whole frame.

    Of a long pause the middle goes, but for what voice activity takes for speech.
    """
    seam, pause = seam_in(mark, card_frames, rate), mark.pause
    if seam is None or pause.duration_ms <= _TAIL_ROOM_MS + _HEAD_ROOM_MS:
        return seam
    middle = TimeRange(pause.start_ms + _TAIL_ROOM_MS, pause.end_ms - _HEAD_ROOM_MS)
    if any(middle.overlaps(span) for span in speech):
        return seam
    leave = math.ceil(middle.start_ms * rate / 1000)
    enter = max(leave, math.floor(middle.end_ms * rate / 1000))
    return replace(
        seam,
        leave=leave,
        enter=enter,
        quiet_before=seam.quiet_before + leave - seam.leave,
        quiet_after=seam.quiet_after + seam.enter - enter,
    )


def _cut_pauses(spans: tuple[TimeRange, ...], pauses_s: float | None) -> Iterator[TimeRange]:
    """Yield what is taken out of the pauses between `spans`: a longer pause becomes one of `pauses_s`."""
    if pauses_s is None:
        return
    room_ms = max(PAUSE_ROOM_MS, math.ceil(pauses_s * 500))
    for before, after in pairwise(spans):
        if after.start_ms - before.end_ms >= 2 * room_ms + LEAST_CUT_MS:
            yield TimeRange(before.end_ms + room_ms, after.start_ms - room_ms)

"""Where each piece of recorded sound lies in the programme, counted in samples at 48 kHz. Pure.

Where a pause was shortened, what was on either side of it runs on into what was taken out, and one
fades into the other: nobody hears where the room was cut. Where an editor cut, perhaps between two
words, only as much of what he took out is heard as keeps the cut from clicking. Between runs of
footage, under a chapter's card, the room goes on: a hole in it would be heard twice, when it opens and
when it closes. Before the first run and after the last there is nothing to be missed, so there the
sound comes and goes with the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.media.encode import AUDIO_RATE_HZ
from ebrochure.model.timeline import leaving
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from ebrochure.model.timeline import Stretch, Timeline

EDGE = 15 * AUDIO_RATE_HZ // 1000
"""Length of the fade where the picture is cut: no click is heard, and no letter is lost."""
JOIN = 100 * AUDIO_RATE_HZ // 1000
"""Over how long the two ends of a shortened pause fade into each other, half of it on either side."""
_MOST_OVERLAP = AUDIO_RATE_HZ // 2
_LEAST_TURN = 2
"""A crossfade takes at most one part in so many of a room's or a bed's length."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a recording, laid into the programme. All figures are samples.

    Fades keep the power of sounds that have nothing to do with each other, as of two stretches of
    one room: where one piece falls while another rises, it is as loud as before and after.
    """

    at: int
    """First sample of the programme in which it is heard."""
    start: int
    """First sample of the recording that is taken."""
    count: int
    rise: int = 0
    """Over how many samples it fades in."""
    fall: int = 0
    """Over how many it fades out."""

    @property
    def end(self) -> int:
        """Sample of the programme after the last in which it is heard."""
        return self.at + self.count


@dataclass(frozen=True, slots=True)
class Take:
    """A stretch of a recording, in samples."""

    start: int
    count: int


def programme_samples(timeline: Timeline) -> int:
    """Return how long the programme is: as long as the picture."""
    return sample_at(timeline.frame_count, timeline.frame_rate)


def sample_at(frame: int, rate: Fraction) -> int:
    """Return the number of the sample at which a frame starts."""
    return round(frame * AUDIO_RATE_HZ / rate)


def lay_footage(timeline: Timeline) -> tuple[tuple[Piece, ...], ...]:
    """Return the pieces of each run of footage, which is heard for as long as any of it is seen."""
    rate, stretches = timeline.frame_rate, timeline.stretches()
    most = EDGE if timeline.is_edited else JOIN
    return tuple(
        tuple(_joined(_cut(run, rate), most, _fade(run.enter_frames, rate), _fade(leave_frames, rate)))
        for run, leave_frames in zip(stretches, leaving(stretches), strict=True)
        if not run.is_card
    )


def _cut(run: Stretch, rate: Fraction) -> Iterator[Piece]:
    """Yield the footage of a run as it is cut."""
    frame = run.span.start
    for clip in run.clips:
        at, end = sample_at(frame, rate), sample_at(frame + clip.frames, rate)
        yield Piece(at, sample_at(frame_at(clip.source_range.start_ms, rate), rate), end - at)
        frame += clip.frames


def _fade(frames: int, rate: Fraction) -> int:
    """Return over how many samples sound fades: with the picture, or just enough to be heard no click."""
    return sample_at(frames, rate) or EDGE


def _joined(cut: Iterator[Piece], most: int, rise: int, fall: int) -> Iterator[Piece]:
    """Yield the pieces of a run, each fading into the next over `most` samples at most."""
    pieces = tuple(cut)
    halves = [0, *(_half(before, after, most) for before, after in pairwise(pieces)), 0]
    for number, piece in enumerate(pieces):
        early, late = halves[number : number + 2]
        yield Piece(
            at=piece.at - early,
            start=piece.start - early,
            count=piece.count + early + late,
            rise=2 * early if number else min(rise, piece.count // 2),
            fall=2 * late if number < len(pieces) - 1 else min(fall, piece.count // 2),
        )


def _half(before: Piece, after: Piece, most: int) -> int:
    """Return how far each of two pieces runs on beyond the cut: never further than what was cut out there.

    A cut back in time leaves something out, too: what is heard last and first are not neighbours.

    Footage that simply goes on is left alone: faded into itself, it would swell.
    """
    cut_out = after.start - before.start - before.count
    return max(0, min(most // 2, abs(cut_out) // 2, before.count // 2, after.count // 2, after.start))


def gaps(runs: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """Return what lies between runs, from where one begins to fall to where the next has risen."""
    return tuple(_between(before[-1], after[0]) for before, after in pairwise(runs))


def _between(before: Piece, after: Piece) -> Piece:
    at = before.end - before.fall
    return Piece(at, 0, after.at + after.rise - at, before.fall, after.rise)


def fill(gap: Piece, take: Take) -> tuple[Piece, ...]:
    """Return copies of `take` that fill a gap, each fading into the next; all alike in length.

    Args:
        gap: Where it is, and how it fades in and out.
        take: What it is filled with; at least 4 samples.

    """
    overlap = min(_MOST_OVERLAP, take.count // (2 * _LEAST_TURN))
    copies = 1 if gap.count <= take.count else -(-(gap.count - overlap) // (take.count - overlap))
    overlap = overlap if copies > 1 else 0
    starts = [number * (gap.count - overlap) // copies for number in range(copies + 1)]
    return tuple(
        Piece(
            at=gap.at + begin,
            start=take.start,
            count=end - begin + overlap,
            rise=gap.rise if number == 0 else overlap,
            fall=gap.fall if number == copies - 1 else overlap,
        )
        for number, (begin, end) in enumerate(pairwise(starts))
    )


def repeat(count: int, take: Take, *, rise: int, fall: int) -> tuple[Piece, ...]:
    """Return copies of `take` from the start of the programme to its end, the last broken off.

    Args:
        count: Length of the programme.
        take: What is repeated; at least 4 samples.
        rise: Over how many samples the first fades in.
        fall: Over how many the last fades out.

    """
    overlap = min(4 * _MOST_OVERLAP, take.count // (2 * _LEAST_TURN))
    turn = take.count - overlap
    last = max(0, -(-(count - overlap) // turn) - 1)
    return tuple(
        Piece(
            at=number * turn,
            start=take.start,
            count=min(take.count, count - number * turn),
            rise=rise if number == 0 else overlap,
            fall=fall if number == last else overlap,
        )
        for number in range(last + 1)
    )

"""The music under a video, decided to the moment. Pure.

It is turned down by a curve and not by a compressor that listens: who speaks when is known. So the
bed is down before the first word and stays down between sentences, the speech never pumps it, a
cough in a pause does not either, and the same words give the same sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.assemble.tracklay import Take, repeat
from ebrochure.media.encode import AUDIO_RATE_HZ
from ebrochure.model.timing import TimeRange, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.assemble.tracklay import Piece
    from ebrochure.model.brand import Music
    from ebrochure.model.timeline import Timeline

UNDER_CARDS_DB = 10.0
"""How far the bed lies under the speech's loudness while a card is seen: as far as the relative gate of
BS.1770-4. Louder cards would count as programme in full, and the speech would be turned up by more."""
DOWN_MS, LEAD_MS = 600, 200
"""How long the bed takes to go down, and how long before a word it is there."""
HANG_MS, UP_MS = 300, 900
"""How long after a word it stays down, and how long it takes to come up."""
LEAST_UP_MS = 300
LEAST_CARD_GAP_MS = HANG_MS + UP_MS + LEAST_UP_MS + DOWN_MS + LEAD_MS
"""Around a card the bed comes up if it can stay up for a moment."""
LEAST_GAP_MS = 6000
"""In a pause it only comes up where the pause is a scene of its own: something is shown and not explained."""
ENTER_MS, LEAVE_MS = 50, 2000
"""The fades at the start and the end of the video."""


@dataclass(frozen=True, slots=True)
class Bed:
    """Music under a whole video."""

    music: Music
    down: tuple[TimeRange, ...]
    """When it is under speech, in the finished video's time; in order, and apart from one another."""


def plan_bed(music: Music, timeline: Timeline, speech: tuple[TimeRange, ...]) -> Bed:
    """Decide when the music is down.

    Args:
        music: The brand's.
        timeline: The edit.
        speech: Stretches of source time in which somebody speaks.

    """
    spoken = merged(part for time in speech for part in timeline.ranges_to_output(time))
    return Bed(music, tuple(_bridged(spoken, timeline.cards())))


def _bridged(spoken: Iterable[TimeRange], cards: tuple[TimeRange, ...]) -> Iterator[TimeRange]:
    """Yield speech, joined where the bed would not come up in between."""
    current: TimeRange | None = None
    for time in spoken:
        if current is not None and _stays_down(current.end_ms, time.start_ms, cards):
            current = TimeRange(current.start_ms, max(current.end_ms, time.end_ms))
            continue
        if current is not None:
            yield current
        current = time
    if current is not None:
        yield current


def _stays_down(start_ms: int, end_ms: int, cards: tuple[TimeRange, ...]) -> bool:
    has_card = any(start_ms < card.end_ms and card.start_ms < end_ms for card in cards)
    return end_ms - start_ms < (LEAST_CARD_GAP_MS if has_card else LEAST_GAP_MS)


def plan_curve(bed: Bed) -> tuple[tuple[int, float], ...]:
    """Return the bed's gain over the programme: ``(sample, dB relative to the speech's loudness)``."""
    high, low = -UNDER_CARDS_DB, -bed.music.under_speech_db
    if not bed.down:
        return ((0, high),)
    knots = []
    for time in bed.down:
        knots += [
            (time.start_ms - LEAD_MS - DOWN_MS, high),
            (time.start_ms - LEAD_MS, low),
            (time.end_ms + HANG_MS, low),
            (time.end_ms + HANG_MS + UP_MS, high),
        ]
    return tuple((ms * AUDIO_RATE_HZ // 1000, gain_db) for ms, gain_db in knots)


def lay_bed(available: int, programme: int) -> tuple[Piece, ...]:
    """Return the pieces of music, repeated as needed; lengths in samples."""
    enter, leave = (ms * AUDIO_RATE_HZ // 1000 for ms in (ENTER_MS, LEAVE_MS))
    return repeat(programme, Take(0, available), rise=enter, fall=min(leave, programme // 2))

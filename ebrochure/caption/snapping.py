"""Captions and cuts: a caption that nearly starts or ends with a cut does so exactly.

Source: Netflix Timed Text Style Guide, *Timing to shot changes*: within half a second a caption and a
cut that do not meet look like a mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.captions import CaptionProfile

SNAP_MS = 500

SNAP_BACK_MS = 300
"""A start moves less far: words were late for it already, and half a second in all is an error."""


def snapped(
    times: Sequence[TimeRange], bodies: Sequence[TimeRange], profile: CaptionProfile
) -> tuple[TimeRange, ...]:
    """Return `times` with starts and ends within half a second of a cut moved to it.

    Neither moves into a neighbour, nor so far that the caption stays too long.

    Args:
        times: When the captions are shown, in order.
        bodies: For each of them the footage it stands in, from cut to cut.
        profile: The rules.
    """
    found: list[TimeRange] = []
    for at, (time, body) in enumerate(zip(times, bodies, strict=True)):
        free_from_ms = found[-1].end_ms + profile.min_gap_ms if found else 0
        free_until_ms = times[at + 1].start_ms - profile.min_gap_ms if at + 1 < len(times) else body.end_ms
        start_ms, end_ms = time.start_ms, time.end_ms
        if free_from_ms <= body.start_ms < start_ms <= body.start_ms + SNAP_BACK_MS:
            start_ms = body.start_ms
        if end_ms < body.end_ms <= min(end_ms + SNAP_MS, free_until_ms):
            end_ms = body.end_ms
        if end_ms - start_ms > profile.max_duration_ms:
            start_ms, end_ms = time.start_ms, time.end_ms
        found.append(TimeRange(start_ms, end_ms))
    return tuple(found)

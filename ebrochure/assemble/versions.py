"""The edit of a film told for others: that of the film itself, where their times are the same. Pure."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from ebrochure.model.service import VersionKind
from ebrochure.model.timeline import FOOTAGE, Clip, OverlayKind, Timeline
from ebrochure.model.timing import TimeRange

TOLERANCE_MS = 200
"""How far two lengths of the same film may lie apart: another program counts its last frames differently, and
captions that come so late are still read as in time."""


class MadeOf(Enum):
    """What a person told again, by its length."""

    FOOTAGE = "the footage"
    FILM = "the finished video"


def made_of(version_ms: int, *, footage_ms: int, film_ms: int) -> MadeOf | None:
    """Return what a version was made of; None: its times are its own, as where it waits to describe.

    Args:
        version_ms: Its length.
        footage_ms: Length of the footage that it should be a version of.
        film_ms: Length of the finished video.
    """
    if abs(version_ms - footage_ms) <= TOLERANCE_MS:
        return MadeOf.FOOTAGE
    return MadeOf.FILM if abs(version_ms - film_ms) <= TOLERANCE_MS else None


def plan_version(timeline: Timeline, kind: VersionKind, made: MadeOf) -> Timeline:
    """Return the edit of a version, as long as the film to the frame: captions and chapters hold for both.

    What was made of the finished video is shown as it is. Over somebody who signs only the logo is laid.
    """
    if made is MadeOf.FILM:
        whole = Clip(FOOTAGE, TimeRange(0, timeline.duration_ms), timeline.frame_count)
        return replace(timeline, clips=(whole,), overlays=(), is_edited=False)
    if kind is VersionKind.SIGN:
        logo = tuple(item for item in timeline.overlays if item.kind is OverlayKind.LOGO)
        return replace(timeline, overlays=logo)
    return timeline

"""What the caption stage costs: an hour of words to cues, checked and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measure import Row, medians_of
from spoken import TEXTS, read_spoken

from ebrochure.caption.check import check_track
from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.formats import to_webvtt
from ebrochure.model.captions import CaptionProfile, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.timing import merged

if TYPE_CHECKING:
    from ebrochure.model.transcript import Segment

ROUNDS = 3
TARGET_S = 2.0
HOUR_MS = 3_600_000


def rows() -> tuple[Row, ...]:
    """Caption an hour of the bench's own texts."""
    segments = hour_of_words()
    words = sum(len(segment.words) for segment in segments)
    (used_s,) = medians_of(ROUNDS, lambda: caption(segments))
    name = f"cues, check and WebVTT of an hour ({words} words), CPU seconds"
    return (Row(name, f"<= {TARGET_S}", f"{used_s:.2f}", used_s <= TARGET_S),)


def hour_of_words() -> tuple[Segment, ...]:
    """Return the texts one after the other, over and over, for an hour."""
    found: list[Segment] = []
    paths = sorted(TEXTS.glob("*.txt"))
    at = now_ms = 0
    while now_ms < HOUR_MS:
        found.extend(read_spoken(paths[at % len(paths)], start_ms=now_ms))
        now_ms = found[-1].time.end_ms
        at += 1
    return tuple(segment for segment in found if segment.time.end_ms <= HOUR_MS)


def caption(segments: tuple[Segment, ...]) -> str:
    """Do all that the stage does once the words are known."""
    words = tuple(word for segment in segments for word in segment.words)
    speech = merged((word.time for word in words), gap_ms=200)
    cues = cues_from_segments(segments, CaptionProfile(), language="en")
    track = Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.SCRIPT, "offline"))
    check_track(track, profile=CaptionProfile(), speech=speech, words=words, file="hour.vtt")
    return to_webvtt(track)

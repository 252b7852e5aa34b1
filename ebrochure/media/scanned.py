"""What a scan found in a file: facts and no judgement, passed from child to parent as JSON."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Refusal(StrEnum):
    """Why a scan stopped before it was done."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    """A picture has more pixels than we take."""
    TOO_MANY = "too-many"
    """There are more streams or packets than any recording has."""


@dataclass(frozen=True, slots=True)
class ScannedVideo:
    """One picture track."""

    index: int
    codec: str
    width: int
    height: int
    sample_aspect_ratio: Fraction
    rotation_deg: int
    """Clockwise: 0, 90, 180 or 270."""
    frames_per_s: float
    """As measured; 0 for a single frame."""
    frame_rate: Fraction
    is_variable_rate: bool
    is_interlaced: bool
    """What the decoder said of its frames."""
    is_combed: bool
    """What the frames look like."""
    is_hdr: bool
    has_alpha: bool
    is_still: bool
    """Nothing moved in the frames that were looked at."""
    start_s: float
    end_s: float
    packets: int
    decoded: int
    """How many packets were given to the decoder."""
    damaged: int
    """How many of these it refused."""


@dataclass(frozen=True, slots=True)
class ScannedAudio:
    """One sound track."""

    index: int
    codec: str
    sample_rate_hz: int
    channels: int
    start_s: float
    end_s: float
    packets: int
    decoded: int
    damaged: int
    peak: float
    """Largest sample of the part that was decoded; 1 is full scale."""
    clipped_share: float
    """Share of the samples that lie at the peak."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One file."""

    start_s: float = 0.0
    """First presentation time of the container."""
    header_duration_s: float | None = None
    is_cut_short: bool = False
    """The file ends before its last part does."""
    videos: tuple[ScannedVideo, ...] = ()
    audios: tuple[ScannedAudio, ...] = ()
    other_streams: tuple[str, ...] = ()
    """Kinds of the streams that are neither: ``subtitle``, ``data``."""
    refusal: Refusal | None = None
    detail: str = ""
    """What the refusal is about: ``16000 x 16000``."""


def to_json(scan: Scan) -> str:
    """Return the scan as one line of JSON."""
    return json.dumps(dataclasses.asdict(scan), default=str)


def from_json(text: str | bytes) -> Scan:
    """Read what `to_json` wrote."""
    raw: dict[str, Any] = json.loads(text)
    videos = tuple(
        ScannedVideo(
            **{
                **item,
                "sample_aspect_ratio": Fraction(item["sample_aspect_ratio"]),
                "frame_rate": Fraction(item["frame_rate"]),
            }
        )
        for item in raw.pop("videos")
    )
    audios = tuple(ScannedAudio(**item) for item in raw.pop("audios"))
    refusal = raw.pop("refusal")
    return Scan(
        videos=videos,
        audios=audios,
        other_streams=tuple(raw.pop("other_streams")),
        refusal=None if refusal is None else Refusal(refusal),
        **raw,
    )

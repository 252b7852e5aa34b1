"""The still that is shown before a video plays: chosen, not simply the first frame."""

from __future__ import annotations

import io
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from ebrochure.assemble.scenes import plan_scenes
from ebrochure.errors import ProcessError
from ebrochure.media.coded import open_mp4, packets
from ebrochure.media.ffmpeg import input_args, read_ffmpeg
from ebrochure.model.media import Poster
from ebrochure.model.timeline import OverlayKind
from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.model.media import Rendition
    from ebrochure.model.timeline import Timeline

POSTER_WIDTH = 1280
POSTER_BYTES = 60_000
CANDIDATES = 5
"""Frames that are looked at."""
_EDGE_MS = 800
"""How long after a cut, and before the next, nothing is taken: things are still moving in and out."""
_LEAST_SCENE_MS = 3000
_QUALITIES = (88, 80, 72, 64, 55, 45, 35)
_DARK = 24
"""Mean brightness, of 255, below which a frame is taken last."""


def choose_poster(rendition: Rendition, timeline: Timeline, out: Path) -> Poster:
    """Write the poster as JPEG: the sharpest of a few frames of the body, of the presenter if there is one.

    Args:
        rendition: The finished video.
        timeline: Its edit.
        out: The JPEG to write, at most 60 kB, 1280 pixels wide or as wide as the video where it fits so.

    Raises:
        ProcessError: The video cannot be read.

    """
    width = min(POSTER_WIDTH, rendition.width)
    size = (width, width * rendition.height // rendition.width)
    moments = at_key_frames(candidate_moments(timeline), _key_frames_ms(rendition.path))
    frames = [_frame(rendition.path, moment, size) for moment in moments]
    best = max(frames, key=_worth)
    data, drawn_size = small_jpeg(Image.fromarray(best))
    out.write_bytes(data)
    return Poster(out, *drawn_size)


def candidate_moments(timeline: Timeline) -> tuple[int, ...]:
    """Return moments of the finished video worth looking at, in milliseconds: none under a lower third."""
    ranges = _quiet_ranges(timeline)
    longest = max(ranges, key=lambda time: time.duration_ms)
    step = longest.duration_ms / (CANDIDATES + 1)
    moments = {round(longest.start_ms + step * number) for number in range(1, CANDIDATES + 1)}
    return tuple(sorted(moments))


def small_jpeg(picture: Image.Image) -> tuple[bytes, tuple[int, int]]:
    """Return a picture as JPEG of at most 60 kB, with its width and height.

    Quality goes first; a picture too restless even so, such as a close view of leaves, is halved.
    """
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        if buffer.tell() <= POSTER_BYTES:
            return buffer.getvalue(), picture.size
    return small_jpeg(picture.reduce(2))


def at_key_frames(moments: Sequence[int], keys_ms: Sequence[int]) -> tuple[int, ...]:
    """Move evenly spaced moments to key frames, which are reached at once and hold the most detail.

    A moment for which there is none within half the way to the next one stays as it is.

    Args:
        moments: Milliseconds, rising.
        keys_ms: When there are key frames, in milliseconds.
    """
    most_ms = min((later - sooner for sooner, later in pairwise(moments)), default=0) / 2
    nearest = [min(keys_ms, key=lambda key: abs(key - moment), default=moment) for moment in moments]
    return tuple(
        key if abs(key - moment) < most_ms else moment for moment, key in zip(moments, nearest, strict=True)
    )


def _key_frames_ms(video: Path) -> list[int]:
    with open_mp4(video) as container:
        stream = container.streams.video[0]
        found = packets(container, stream)
        # Rounded up: a moment just before a key frame is reached from the one before it.
        return [ceil(packet.pts * packet.time_base * 1000) for packet in found if packet.is_keyframe]


def _quiet_ranges(timeline: Timeline) -> list[TimeRange]:
    """Return the stretches of the body in which nothing comes or goes, the most inviting kind only."""
    scenes = [
        (scene.overlay, timeline.time(scene.span))
        for run in timeline.runs()
        for scene in plan_scenes(timeline, run)
    ]
    busy_until = max(
        (item.time.end_ms for item in timeline.overlays if item.kind is OverlayKind.LOWER_THIRD), default=0
    )
    found = [
        (overlay, TimeRange(max(time.start_ms, busy_until) + _EDGE_MS, time.end_ms - _EDGE_MS))
        for overlay, time in scenes
        if max(time.start_ms, busy_until) + 2 * _EDGE_MS < time.end_ms
    ]
    faces = [time for overlay, time in found if overlay is None and time.duration_ms >= _LEAST_SCENE_MS]
    return faces or [time for _, time in found] or [_middle(scenes[0][1].start_ms, scenes[-1][1].end_ms)]


def _middle(start_ms: int, end_ms: int) -> TimeRange:
    """Return the middle third of a body so short that cards fade into most of the rest."""
    third_ms = (end_ms - start_ms) // 3
    return TimeRange(start_ms + third_ms, end_ms - third_ms)


def _frame(video: Path, moment_ms: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return one frame, height x width x 3."""
    raw = read_ffmpeg(
        (
            *("-ss", f"{moment_ms / 1000:.3f}", *input_args(video, "mov"), "-map", "0:v:0"),
            *("-frames:v", "1", "-vf", f"scale={size[0]}:{size[1]}:flags=area", "-pix_fmt", "rgb24"),
            *("-f", "rawvideo", "pipe:1"),
        ),
        timeout_s=120,
    )
    if len(raw) != size[0] * size[1] * 3:
        msg = f"expected a frame of `{video.name}` at {moment_ms} ms, got {len(raw)} bytes"
        raise ProcessError(msg, "build the video again")
    return np.frombuffer(raw, np.uint8).reshape(size[1], size[0], 3)


def _worth(frame: NDArray[np.uint8]) -> tuple[bool, float]:
    """Return how good a poster a frame makes: lit first, then rich in sharp edges."""
    grey = frame.mean(axis=2)
    edges = np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean()
    return bool(grey.mean() >= _DARK), float(edges)

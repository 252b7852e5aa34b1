"""Footage that may show the slides: a small grey frame every half second, each held against the deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from ebrochure.assemble.follow.likeness import find_places, inner, likeness
from ebrochure.assemble.follow.sightings import Look
from ebrochure.media.ffmpeg import input_args, read_ffmpeg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.model.media import MediaInfo, VideoStream

FRAME_PIXELS = 256 * 144
"""Of a small frame: lines of text are stripes in it, and no two texts the same stripes."""
STEP_MS = 500
"""From one frame to the next."""
MOST_FRAMES = 5400
"""200 MB; footage of more than three quarters of an hour is looked at less often."""
PLACED_FRAMES = 16
"""Frames, spread evenly, in which the place of the slides is looked for."""


def watch(footage: Path, info: MediaInfo, pictures: Sequence[Path]) -> Look | None:
    """Hold footage against the pictures of a deck; None where it shows nothing like them.

    Args:
        footage: The recording.
        info: What it is; it has a picture.
        pictures: One of each slide, all of one shape.

    Raises:
        ProcessError: The footage cannot be read.
    """
    if info.video is None:
        return None
    slides = [_inner(path, small_size(info.video)[0]) for path in pictures]
    # Most footage with a deck shows a person: its key frames tell, at a tenth of the work.
    glimpsed = _small_frames(footage, info, info.video, skip="nokey")
    if len(glimpsed) >= PLACED_FRAMES and not find_places(_spread(glimpsed), slides):
        return None
    step_ms = max(STEP_MS, -(-info.duration_ms // MOST_FRAMES))
    # Frames that no other is made from need not be decoded: half the work, and a slide stays longer.
    frames = _small_frames(footage, info, info.video, skip="noref", step_ms=step_ms)
    places = find_places(_spread(frames), slides) if len(frames) else ()
    return Look(likeness(frames, slides, places), step_ms) if places else None


def keep_look(look: Look, folder: Path) -> Path:
    """Write what was seen into a folder and return the file."""
    path = folder / "likeness.npy"
    np.save(path, look.likeness, allow_pickle=False)
    return path


def kept_look(path: Path, step_ms: int) -> Look:
    """Read what `keep_look` wrote."""
    return Look(np.load(path, allow_pickle=False), step_ms)


def small_size(video: VideoStream) -> tuple[int, int]:
    """Return width and height of the frames that are looked at: even, in the footage's own shape."""
    width, height = video.displayed_size
    scale = (FRAME_PIXELS / (width * height)) ** 0.5
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _inner(path: Path, frame_width: int) -> Image.Image:
    """Return what is compared of a slide: its picture."""
    with Image.open(path) as picture:
        return inner(picture, frame_width)


def _spread(frames: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return `PLACED_FRAMES` of the frames, from the first to the last; all where there are no more."""
    at = np.unique(np.linspace(0, len(frames) - 1, PLACED_FRAMES).astype(int))
    spread: NDArray[np.uint8] = frames[at]
    return spread


def _small_frames(
    footage: Path, info: MediaInfo, video: VideoStream, *, skip: str, step_ms: int | None = None
) -> NDArray[np.uint8]:
    """Return grey frames, count by height by width.

    Args:
        footage: The recording.
        info: What it is.
        video: Its picture.
        skip: Which frames the decoder leaves out, in ffmpeg's words.
        step_ms: From one frame to the next, the first that of source time 0; None: every frame decoded.
    """
    width, height = small_size(video)
    evenly = () if step_ms is None else (f"fps=1000/{step_ms}:start_time=0",)
    filters = (*evenly, f"scale={width}:{height}:flags=area", "format=gray")
    raw = read_ffmpeg(
        (
            *("-skip_frame", skip, *input_args(footage, info.demuxer), "-map", f"0:{video.index}"),
            *("-vf", ",".join(filters), "-fps_mode", "passthrough", "-frames:v", str(MOST_FRAMES)),
            *("-f", "rawvideo", "pipe:1"),
        ),
    )
    count = len(raw) // (width * height)
    return np.frombuffer(raw, np.uint8, count * width * height).reshape(count, height, width)

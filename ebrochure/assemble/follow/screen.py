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
    step_ms = max(STEP_MS, -(-info.duration_ms // MOST_FRAMES))
    frames = _small_frames(footage, info, info.video, step_ms)
    if not len(frames):
        return None
    slides = []
    for path in pictures:
        with Image.open(path) as picture:
            slides.append(inner(picture, frames.shape[2]))
    tried = np.unique(np.linspace(0, len(frames) - 1, PLACED_FRAMES).astype(int))
    places = find_places(frames[tried], slides)
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


def _small_frames(footage: Path, info: MediaInfo, video: VideoStream, step_ms: int) -> NDArray[np.uint8]:
    """Return grey frames, count by height by width, the first that of source time 0."""
    width, height = small_size(video)
    raw = read_ffmpeg(
        (
            # Frames that no other is made from need not be decoded: half the work, and a slide stays longer.
            *("-skip_frame", "noref", *input_args(footage, info.demuxer), "-map", f"0:{video.index}"),
            *("-vf", f"fps=1000/{step_ms}:start_time=0,scale={width}:{height}:flags=area,format=gray"),
            *("-frames:v", str(MOST_FRAMES), "-f", "rawvideo", "pipe:1"),
        ),
    )
    count = len(raw) // (width * height)
    return np.frombuffer(raw, np.uint8, count * width * height).reshape(count, height, width)

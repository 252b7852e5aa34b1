"""Small pictures along the timeline, from key frames: a tenth of what decoding everything costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PIL import Image

from ebrochure.errors import ProcessError
from ebrochure.model.media import Sprite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ebrochure.model.media import Rendition

TILE_WIDTH = 160
COLUMNS = 10
MOST_TILES = 100
"""A sheet of 1600 by 900 pixels, which a phone unpacks at once; an hour gets a picture every 36 seconds."""
QUALITY = 70


def draw_sprite(video: Rendition, out: Path) -> Sprite:
    """Draw the sheet of a finished video as JPEG.

    Args:
        video: The finished video.
        out: The JPEG to write.

    Raises:
        ProcessError: The video cannot be read.
    """
    size = (TILE_WIDTH, round(TILE_WIDTH * video.height / video.width / 2) * 2)
    shown = tuple(_key_frames(video.path, size))
    if not shown:
        raise ProcessError(f"`{video.path.name}` has no key frame", "build the video again")
    rows = math.ceil(len(shown) / COLUMNS)
    sheet = Image.new("RGB", (size[0] * min(COLUMNS, len(shown)), size[1] * rows))
    for number, (_start_ms, picture) in enumerate(shown):
        sheet.paste(picture, (number % COLUMNS * size[0], number // COLUMNS * size[1]))
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Sprite(out, *size, COLUMNS, tuple(start_ms for start_ms, _picture in shown), video.duration_ms)


def spread(count: int, most: int = MOST_TILES) -> tuple[int, ...]:
    """Return which of `count` things are taken where `most` may be: the first, and evenly on. Pure."""
    if count <= most:
        return tuple(range(count))
    return tuple(number * count // most for number in range(most))


def _key_frames(path: Path, size: tuple[int, int]) -> Iterator[tuple[int, Image.Image]]:
    """Yield key frames, small, each with its own time: they lie where the encoder saw a new scene, too."""
    import av  # noqa: PLC0415  only where something was made

    with av.open(f"file:{path.absolute()}", format="mov") as container:
        stream: Any = container.streams.video[0]  # PyAV's stubs differ from release to release
        stream.thread_type = "NONE"  # threads would wait for frames that are never sent
        keys = [packet for packet in container.demux(stream) if packet.is_keyframe and packet.size]
        for packet in (*(keys[number] for number in spread(len(keys))), None):  # None: what is still held
            for frame in stream.codec_context.decode(packet):
                small = frame.reformat(*size, format="rgb24", interpolation="AREA")
                yield round(frame.pts * stream.time_base * 1000), small.to_image()

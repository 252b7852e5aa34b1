"""The rung below: a finished video of 1080 lines again at 720, its sound copied.

The top rung is the finished video itself. Making the lower one from it and not from the footage spares the
whole composition, and nobody sees the second generation at two thirds of the size.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.media.encode import BT709_FILTER, mp4_args, video_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.verify import verify_rendition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ebrochure.model.media import Rendition
    from ebrochure.settings import DeliverySettings

RUNG_LINES = 720
LEAST_TOP_LINES = 1080
"""Below it a rung would save too little to be worth its making."""


def rung_size(width: int, height: int) -> tuple[int, int] | None:
    """Return width and height of the rung below a video, None where it needs none. Pure."""
    if height < LEAST_TOP_LINES:
        return None
    return round(width * RUNG_LINES / height / 2) * 2, RUNG_LINES


def encode_rung(
    top: Rendition,
    size: tuple[int, int],
    delivery: DeliverySettings,
    out: Path,
    on_progress: Callable[[float], None] | None = None,
) -> Rendition:
    """Encode the rung below `top` and look at what came out.

    Args:
        top: The finished video.
        size: Width and height of the rung, as `rung_size` has it.
        delivery: Preset, quality and threads: those of the top.
        out: The MP4 to write.
        on_progress: Hears the share done.

    Raises:
        ProcessError: ffmpeg failed, or the result is not what was planned.
    """
    width, height = size
    filters = f"scale={width}:{height}:flags=bicubic,setsar=1,format=yuv420p,{BT709_FILTER}"
    run_ffmpeg(
        (
            *input_args(top.path, "mov"),
            *("-map", "0:v:0", "-map", "0:a:0", "-vf", filters),
            *video_args(delivery, top.frame_rate, size),
            *("-c:a", "copy"),
            *mp4_args(out),
        ),
        duration_ms=top.duration_ms,
        on_progress=on_progress,
    )
    rung = verify_rendition(
        out, frame_count=top.frame_count, frame_rate=top.frame_rate, width=width, height=height
    )
    return replace(rung, loudness=top.loudness)

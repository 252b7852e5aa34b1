"""A second source: the finished video once more in AV1, its sound copied, for browsers that play it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.errors import ProcessError
from ebrochure.media.codecs import AAC_LC, av1_codec
from ebrochure.media.encode import BT709_FILTER, MIME_TYPE, av1_args, mp4_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.verify import verify_rendition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ebrochure.model.media import Rendition
    from ebrochure.settings import DeliverySettings


def encode_av1(
    video: Rendition,
    delivery: DeliverySettings,
    out: Path,
    on_progress: Callable[[float], None] | None = None,
) -> Rendition:
    """Encode a finished video in AV1 and look at what came out.

    Args:
        video: The finished video.
        delivery: Threads; what AV1 is encoded with beyond that is ours to say.
        out: The MP4 to write.
        on_progress: Hears the share done.

    Returns:
        The rendition; its type names the codecs exactly, as a browser wants to know before it fetches a byte.

    Raises:
        ProcessError: ffmpeg failed, or the result is not what was planned.
    """
    run_ffmpeg(
        (
            *input_args(video.path, "mov"),
            *("-map", "0:v:0", "-map", "0:a:0", "-vf", f"format=yuv420p,{BT709_FILTER}"),
            *av1_args(delivery, video.frame_rate),
            *("-c:a", "copy"),
            *mp4_args(out),
        ),
        duration_ms=video.duration_ms,
        on_progress=on_progress,
    )
    made = verify_rendition(
        out,
        frame_count=video.frame_count,
        frame_rate=video.frame_rate,
        width=video.width,
        height=video.height,
    )
    mime_type = f'{MIME_TYPE}; codecs="{read_av1_codec(out)}, {AAC_LC}"'
    return replace(made, mime_type=mime_type, loudness=video.loudness)


def read_av1_codec(path: Path) -> str:
    """Return the codec's name as the file itself states it.

    Raises:
        ProcessError: It states none.
    """
    import av  # noqa: PLC0415  only where something was made

    with av.open(f"file:{path.absolute()}", format="mov") as container:
        configuration = container.streams.video[0].codec_context.extradata
    try:
        return av1_codec(configuration or b"")
    except ValueError as error:
        raise ProcessError(f"`{path.name}` does not say which AV1 it is: {error}", "build again") from error

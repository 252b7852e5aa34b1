"""The one place that says how anything is encoded: H.264 High and AAC-LC in an MP4 that plays at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.settings import DeliverySettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from fractions import Fraction
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

INTERMEDIATE_CRF = 12
"""For what will be encoded once more: no visible loss, a third of lossless' size."""
AUDIO_RATE_HZ = 48_000
MIME_TYPE = "video/mp4"
MP4_DEMUXER = "mov"
"""What ffmpeg calls the reader of such a file."""

BT709_FILTER = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
"""Tags frames that are bt709 in limited range: from 7.0 on x264 is told by the frames, not by the options."""

_RGB_TO_BT709 = (
    "scale=in_range=full:out_range=limited:out_color_matrix=bt709:flags=bicubic+accurate_rnd+full_chroma_int"
)
_NOTHING_ELSE = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact")
_KEY_FRAME_S = 2
AV1_ENCODER = "libsvtav1"
_AV1_PRESET = 10
_AV1_CRF = 40
"""Two thirds of x264's size at `veryfast` and 23 on slides, 1.5 dB below it, which nobody sees at 48 dB."""
_AV1_KEY_FRAME_S = 4
"""Key frames are dear in AV1; players seek by frames between them."""
_MOST_BPS_PER_PIXEL = 4
"""8.3 Mb/s at 1080 lines and 3.7 Mb/s at 720: the cap above which CRF may not go."""
_LEAST_CAP_BPS = 1_000_000
_FRAMES_TIMEOUT_S = 1800.0


def video_args(
    delivery: DeliverySettings, rate: Fraction, size: tuple[int, int], *, crf: int | None = None
) -> tuple[str, ...]:
    """Return the output options for the picture.

    The graph must end in `yuv420p` frames that are tagged bt709 (`BT709_FILTER`).

    Args:
        delivery: Preset, quality and thread count; with a cap on the bit rate it is one thread.
        rate: Frames per second, kept exactly.
        size: Width and height in pixels.
        crf: Quality in place of the delivery's, and then with no cap on the bit rate.
    """
    most_bps = cap_bps(size)
    cap = ("-maxrate", str(most_bps), "-bufsize", str(2 * most_bps)) if crf is None else ()
    # Under a cap x264 looks at how far its other threads happen to have got: two runs, two files.
    threads = 1 if cap else delivery.threads
    return (
        *("-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p"),
        *("-preset", delivery.preset, "-crf", str(delivery.crf if crf is None else crf)),
        *cap,
        *("-r", f"{rate.numerator}/{rate.denominator}", "-fps_mode", "cfr"),
        *("-g", str(round(_KEY_FRAME_S * rate))),
        *("-threads:v", str(threads)),
        *("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"),
        *("-flags:v", "+bitexact"),
    )


def cap_bps(size: tuple[int, int]) -> int:
    """Return the bit rate above which a delivered picture of this size does not go."""
    return max(_LEAST_CAP_BPS, size[0] * size[1] * _MOST_BPS_PER_PIXEL)


def av1_args(delivery: DeliverySettings, rate: Fraction) -> tuple[str, ...]:
    """Return the output options for a picture in AV1, by SVT-AV1; else as `video_args`.

    Args:
        delivery: Thread count.
        rate: Frames per second, kept exactly.
    """
    return (
        *("-c:v", AV1_ENCODER, "-pix_fmt", "yuv420p", "-preset", str(_AV1_PRESET), "-crf", str(_AV1_CRF)),
        *("-svtav1-params", f"lp={delivery.threads}"),
        *("-r", f"{rate.numerator}/{rate.denominator}", "-fps_mode", "cfr"),
        *("-g", str(round(_AV1_KEY_FRAME_S * rate))),
        *("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"),
        *("-flags:v", "+bitexact"),
    )


def audio_args(delivery: DeliverySettings) -> tuple[str, ...]:
    """Return the output options for the sound: AAC-LC, stereo, 48 kHz."""
    return (
        *("-c:a", "aac", "-b:a", str(delivery.audio_bps)),
        *("-ar", str(AUDIO_RATE_HZ), "-ac", "2", "-flags:a", "+bitexact"),
    )


def mp4_args(out: Path) -> tuple[str, ...]:
    """Return the output options for the file, and its name: nothing of the author's metadata is kept."""
    return (*_NOTHING_ELSE, "-movflags", "+faststart", "-f", "mp4", f"file:{out.absolute()}")


def intermediate_args(out: Path) -> tuple[str, ...]:
    """Return the output options for sound and file of what will be encoded once more, and its name.

    QuickTime, because MP4 does not take the samples as they are, and Matroska rounds the frames' times.
    """
    return ("-c:a", "pcm_s32le", *_NOTHING_ELSE, "-f", "mov", f"file:{out.absolute()}")


def encode_frames(
    frames: Iterable[NDArray[np.uint8]],
    *,
    size: tuple[int, int],
    rate: Fraction,
    out: Path,
    delivery: DeliverySettings | None = None,
    crf: int = INTERMEDIATE_CRF,
    still_frames: int = 0,
    frame_count: int | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> None:
    """Write frames as a silent MP4, one picture for each, their colours converted to bt709 and tagged so.

    Args:
        frames: Height x width x 3, red, green and blue, 0 to 255.
        size: Width and height in pixels, both even.
        rate: Frames per second.
        out: The file.
        delivery: Preset and threads.
        crf: Quality; by default that of something to be encoded once more.
        still_frames: How many frames the last one is shown again; repeated behind the conversion of
            colours, they cost a tenth of frames that are handed over.
        frame_count: How many frames there will be; needed for `on_progress`.
        on_progress: Hears the share done.

    Raises:
        ValueError: A frame has another shape than `size` says, or `size` is odd.
        ProcessError: ffmpeg failed.
    """
    width, height = size
    if width % 2 or height % 2:
        raise ValueError(f"expected an even size, got {width} x {height}")
    still = f"tpad=stop={still_frames}:stop_mode=clone," if still_frames else ""
    run_ffmpeg(
        (
            *("-protocol_whitelist", "pipe", "-f", "rawvideo", "-pixel_format", "rgb24"),
            *("-video_size", f"{width}x{height}", "-framerate", f"{rate.numerator}/{rate.denominator}"),
            *("-i", "pipe:0", "-vf", f"{_RGB_TO_BT709},format=yuv420p,{still}setsar=1,{BT709_FILTER}"),
            *video_args(delivery or DeliverySettings(), rate, size, crf=crf),
            *mp4_args(out),
        ),
        duration_ms=None if frame_count is None else round(frame_count * 1000 / rate),
        on_progress=on_progress,
        timeout_s=_FRAMES_TIMEOUT_S,
        stdin=_raw(frames, (height, width, 3)),
    )


def _raw(frames: Iterable[NDArray[np.uint8]], shape: tuple[int, int, int]) -> Iterator[bytes]:
    for frame in frames:
        if frame.shape != shape or frame.dtype != "uint8":
            raise ValueError(f"expected frames of {shape} and uint8, got {frame.shape} and {frame.dtype}")
        yield frame.tobytes()

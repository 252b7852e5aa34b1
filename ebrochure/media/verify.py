"""Look at a finished video before anything believes it: a killed ffmpeg leaves one that plays, too."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ebrochure.errors import ProcessError
from ebrochure.media.boxes import is_fast_start
from ebrochure.media.encode import MIME_TYPE
from ebrochure.media.loudness import measure
from ebrochure.model.media import Rendition
from ebrochure.model.timing import frame_start_ms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ebrochure.model.media import Loudness

LOUDNESS_TOLERANCE_LU = 0.5
_BT709 = 1  # ITU-T H.273, tables 2 to 4


@dataclass(frozen=True, slots=True)
class LoudnessTarget:
    """What the sound was taken to."""

    integrated_lufs: float
    true_peak_dbtp: float


def verify_rendition(
    path: Path,
    *,
    frame_count: int,
    frame_rate: Fraction,
    width: int,
    height: int,
    has_sound: bool = True,
    target: LoudnessTarget | None = None,
    decode_all: bool = False,
) -> Rendition:
    """Make sure that a finished MP4 is what was asked for, and describe it.

    Args:
        path: The file.
        frame_count: How many pictures it must have.
        frame_rate: Their exact rate.
        width: Pixels.
        height: Pixels.
        has_sound: Whether it must have a sound track, as long as the picture to within one frame.
        target: What its loudness must be; None: whatever it is.
        decode_all: Decode every picture and not just the key frames, which is a sixth of the work.

    Raises:
        ProcessError: It is not; the message says all that is off.
    """
    expected = _Expected(frame_count, frame_rate, width, height, has_sound)
    faults = _read(path, expected, decode_all=decode_all)
    with path.open("rb") as file:
        if not is_fast_start(file):
            faults.append("its index is not at the start")
    loudness = measure(path, demuxer="mov") if has_sound and not faults else None
    faults += _loudness_faults(loudness, target)
    _refuse(path, faults)
    duration_ms = frame_start_ms(frame_count, frame_rate)
    return Rendition(
        path=path,
        mime_type=MIME_TYPE,
        width=width,
        height=height,
        frame_rate=frame_rate,
        frame_count=frame_count,
        duration_ms=duration_ms,
        bit_rate_bps=round(path.stat().st_size * 8000 / duration_ms),
        loudness=loudness,
    )


def verify_intermediate(
    path: Path, *, frame_count: int, frame_rate: Fraction, width: int, height: int, has_sound: bool
) -> None:
    """Make sure that a file of ours that is to be encoded once more is what was asked for.

    Args:
        path: The file, in QuickTime.
        frame_count: How many pictures it must have.
        frame_rate: Their exact rate.
        width: Pixels.
        height: Pixels.
        has_sound: Whether it must have a sound track, as long as the picture to within one frame.

    Raises:
        ProcessError: It is not; the message says all that is off.
    """
    _refuse(path, _read(path, _Expected(frame_count, frame_rate, width, height, has_sound), decode_all=False))


@dataclass(frozen=True, slots=True)
class _Expected:
    frame_count: int
    frame_rate: Fraction
    width: int
    height: int
    has_sound: bool


def _read(path: Path, expected: _Expected, *, decode_all: bool) -> list[str]:
    """Read a whole file and return what is off."""
    import av  # noqa: PLC0415  only where a video was made

    try:
        with av.open(f"file:{path.absolute()}", format="mov") as container:
            return [*_faults(container, expected, decode_all=decode_all)]
    except av.error.FFmpegError as error:
        raise ProcessError(f"`{path.name}` was rendered but cannot be read: {error}") from error


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        raise ProcessError(f"`{path.name}` did not come out as planned: {'; '.join(faults)}", "build again")


def _faults(container: Any, expected: _Expected, *, decode_all: bool) -> Iterator[str]:  # noqa: ANN401  PyAV's stubs differ from release to release
    """Read all packets and yield what is off."""
    if len(container.streams.video) != 1 or len(container.streams.audio) != int(expected.has_sound):
        kinds = ", ".join(stream.type for stream in container.streams)
        yield f"expected one picture and {int(expected.has_sound)} sound, got {kinds}"
        return
    times: list[int] = []
    sound_end, undecodable = Fraction(0), 0
    for packet in container.demux():
        is_picture = packet.stream.type == "video"
        if packet.size and is_picture:
            times.append(packet.pts)
        elif packet.size:
            sound_end = max(sound_end, (packet.pts + packet.duration) * packet.time_base)
        if is_picture and (decode_all or packet.is_keyframe or not packet.size):
            undecodable += not _decodes(packet)
    video = container.streams.video[0]
    yield from _picture_faults(video.codec_context, expected)
    yield from _time_faults(sorted(times), video.time_base, expected.frame_rate)
    if len(times) != expected.frame_count:
        yield f"expected {expected.frame_count} frames, got {len(times)}"
    if undecodable:
        yield f"{undecodable} frames cannot be decoded"
    apart = abs(sound_end - expected.frame_count / expected.frame_rate)
    if expected.has_sound and apart > 1 / expected.frame_rate:
        yield f"sound and picture end {float(apart) * 1000:.0f} ms apart"


def _decodes(packet: Any) -> bool:  # noqa: ANN401  see above
    import av  # noqa: PLC0415  see above

    try:
        return not any(frame.is_corrupt for frame in packet.stream.codec_context.decode(packet))
    except av.error.EOFError:
        return True
    except av.error.FFmpegError:
        return False


def _picture_faults(context: Any, expected: _Expected) -> Iterator[str]:  # noqa: ANN401  see above
    if (context.width, context.height) != (expected.width, expected.height):
        yield f"expected {expected.width} x {expected.height}, got {context.width} x {context.height}"
    if {int(context.color_primaries), int(context.color_trc), int(context.colorspace)} != {_BT709}:
        yield "its colours are not tagged bt709"


def _time_faults(times: list[int], time_base: Fraction, rate: Fraction) -> Iterator[str]:
    """Compare each frame's time with its number over the rate, exactly."""
    wrong = sum(1 for number, moment in enumerate(times) if moment * time_base * rate != number)
    if wrong:
        yield f"{wrong} frames are not where an even rate of {rate} puts them"


def _loudness_faults(loudness: Loudness | None, target: LoudnessTarget | None) -> Iterator[str]:
    if loudness is None or target is None:
        return
    if abs(loudness.integrated_lufs - target.integrated_lufs) > LOUDNESS_TOLERANCE_LU:
        yield f"its loudness is {loudness.integrated_lufs:.1f} LUFS, not {target.integrated_lufs:.1f}"
    if loudness.true_peak_dbtp > target.true_peak_dbtp:
        yield f"its true peak is {loudness.true_peak_dbtp:.1f} dBTP, above {target.true_peak_dbtp:.1f}"

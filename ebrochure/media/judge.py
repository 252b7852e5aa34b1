"""Judge what a scan found (pure): the facts that a build goes by, and what the author should know."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NoReturn

from ebrochure.errors import MaterialError
from ebrochure.media.scanned import Refusal, Scan, ScannedAudio, ScannedVideo
from ebrochure.model.findings import Finding, Level
from ebrochure.model.media import AudioStream, MediaInfo, VideoStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.settings import LimitSettings

_LEAST_SIDE = 32
"""Pixels; below this there is nothing to show."""
_MOST_FRAMES_PER_S = 1000
_WHOLE = 0.98
"""Share of the declared length that a whole file holds."""
_DAMAGED_SHARE = 0.01
_DRIFT_S = 0.1
_DRIFT = (0.005, 0.03)
"""Relative difference of picture and sound that comes from two clocks; a larger one comes from editing."""
_QUIET_DBFS, _SILENT_DBFS = -40.0, -80.0
_CLIPPED_SHARE = 0.01
"""0.3 in speech that was clipped hard, 0.007 in a pure tone, under 0.0001 in sound speech."""
_NARROW_HZ = 11_025


def judge(
    scan: Scan, demuxer: str, *, name: str, limits: LimitSettings
) -> tuple[MediaInfo, tuple[Finding, ...]]:
    """Return what a build goes by and what the author should know.

    Raises:
        MaterialError: The footage cannot be used.
    """
    _refuse_what_was_refused(scan, name, limits)
    video = _choose_video(scan.videos)
    audios = tuple(item for item in scan.audios if _is_usable(item))
    if video is None and not audios:
        _refuse_what_is_empty(scan, name)
    duration_s = max(item.end_s for item in (video, *audios) if item is not None) - scan.start_s
    _refuse_by_length(duration_s, name, limits)
    if video is not None:
        _refuse_picture(video, name, limits)
    header_s = scan.header_duration_s
    info = MediaInfo(
        demuxer=demuxer,
        duration_ms=round(duration_s * 1000),
        duration_ms_from_header=None if header_s is None else round(header_s * 1000),
        start_ms=round(scan.start_s * 1000),
        video=None if video is None else _video_stream(video),
        audio=tuple(_audio_stream(item) for item in audios),
    )
    warnings = tuple(
        Finding(code, Level.WARN, f"`{name}` {sentence}", name, hint=hint)
        for code, sentence, hint in _warnings(scan, video, audios, info)
    )
    return info, (*warnings, *_unused(scan, name))


def refuse_sum(durations_ms: Sequence[int], name: str, limits: LimitSettings) -> None:
    """Refuse files that are too long together.

    Args:
        durations_ms: How long each of them is.
        name: Of the first.
        limits: How long they may be in all.

    Raises:
        MaterialError: TOO_LONG.
    """
    total_s = sum(durations_ms) / 1000
    if total_s > limits.footage_s:
        joined = f"and the {len(durations_ms) - 1} joined to it are {_length(total_s)} long"
        most = f"at most {limits.footage_s / 60:.0f} minutes are taken"
        _refuse("TOO_LONG", name, f"{joined}; {most}", "list them as several videos")


def _refuse(code: str, name: str, sentence: str, hint: str) -> NoReturn:
    raise MaterialError.one(code, f"`{name}` {sentence}", file=name, hint=hint)


_EXPORT_AGAIN = "open it in a player; if it plays, export it again as MP4"


def _refuse_what_was_refused(scan: Scan, name: str, limits: LimitSettings) -> None:
    if scan.refusal is Refusal.TOO_LARGE:
        _refuse_size(scan.detail, name, limits)
    if scan.refusal is Refusal.TOO_MANY:
        _refuse("UNREADABLE", name, f"holds {scan.detail}, more than any recording", _EXPORT_AGAIN)
    if scan.refusal is Refusal.UNREADABLE:
        _refuse("UNREADABLE", name, "is damaged or incomplete: it cannot be opened", "copy the file again")


def _refuse_what_is_empty(scan: Scan, name: str) -> NoReturn:
    streams: list[ScannedVideo | ScannedAudio] = [*scan.videos, *scan.audios]
    if any(item.packets for item in streams):
        _refuse("UNREADABLE", name, "is damaged: no picture and no sound in it can be decoded", _EXPORT_AGAIN)
    if scan.audios and not scan.videos:
        _refuse("EMPTY_AUDIO", name, "contains no sound", "record or export it again")
    _refuse("UNREADABLE", name, "holds no picture and no sound", "record or export it again")


def _refuse_by_length(duration_s: float, name: str, limits: LimitSettings) -> None:
    if duration_s * 1000 < limits.min_footage_ms:
        least = f"at least {limits.min_footage_ms / 1000:g} s are needed"
        hint = "record it again; if it should be longer, copy it again"
        _refuse("CLIP_TOO_SHORT", name, f"is only {duration_s:.1f} s long; {least}", hint)
    if duration_s > limits.footage_s:
        most = f"at most {limits.footage_s / 60:.0f} minutes are taken"
        _refuse("TOO_LONG", name, f"is {_length(duration_s)} long; {most}", "cut it into several videos")


def _refuse_picture(video: ScannedVideo, name: str, limits: LimitSettings) -> None:
    if video.width < _LEAST_SIDE or video.height < _LEAST_SIDE:
        size = f"{video.width} x {video.height}"
        _refuse(
            "VIDEO_TOO_SMALL", name, f"has a picture of {size} pixels, nothing to show", "export it larger"
        )
    if (
        max(video.width, video.height) > limits.picture_side
        or video.width * video.height > limits.picture_pixels
    ):
        _refuse_size(f"{video.width} x {video.height}", name, limits)
    if video.frames_per_s > _MOST_FRAMES_PER_S:
        rate = f"claims {video.frames_per_s:.0f} pictures a second"
        _refuse("BAD_FRAME_RATE", name, rate, "export it with 25 or 30 pictures a second")


def _refuse_size(size: str, name: str, limits: LimitSettings) -> NoReturn:
    most = f"{limits.picture_side} pixels a side and {limits.picture_pixels / 1e6:.0f} million in all"
    _refuse(
        "PICTURE_TOO_LARGE",
        name,
        f"has pictures of {size} pixels; at most {most} are taken",
        "export it smaller",
    )


def _is_usable(track: ScannedVideo | ScannedAudio) -> bool:
    return track.packets > 0 and track.damaged < max(track.decoded, 1)


def _choose_video(videos: tuple[ScannedVideo, ...]) -> ScannedVideo | None:
    """Return the largest picture track that can be decoded, the first of equals."""
    usable = [item for item in videos if _is_usable(item)]
    return max(usable, key=lambda item: item.width * item.height, default=None)


def _video_stream(video: ScannedVideo) -> VideoStream:
    return VideoStream(
        index=video.index,
        codec=video.codec,
        coded_width=video.width,
        coded_height=video.height,
        sample_aspect_ratio=video.sample_aspect_ratio,
        rotation_deg=video.rotation_deg,
        frame_rate=video.frame_rate,
        is_variable_rate=video.is_variable_rate,
        is_interlaced=video.is_interlaced or video.is_combed,
        is_hdr=video.is_hdr,
        has_alpha=video.has_alpha,
    )


def _audio_stream(audio: ScannedAudio) -> AudioStream:
    return AudioStream(audio.index, audio.codec, audio.sample_rate_hz, audio.channels)


def _unused(scan: Scan, name: str) -> Iterator[Finding]:
    if "subtitle" in scan.other_streams:
        message = f"`{name}` holds subtitles, which are not used"
        hint = "to use them, save them beside it as a `.vtt` file of the same name"
        yield Finding("SUBTITLES_INSIDE", Level.INFO, message, name, hint=hint)


_Warning = tuple[str, str, str]
"""Code, sentence without its subject, what to do."""


def _warnings(
    scan: Scan, video: ScannedVideo | None, audios: tuple[ScannedAudio, ...], info: MediaInfo
) -> Iterator[_Warning]:
    yield from _file_warnings(scan, video, audios, info)
    if video is not None:
        yield from _picture_warnings(scan, video)
    if audios:
        yield from _sound_warnings(audios)
    if video is not None and audios and _drifts(video, audios[0]):
        yield (
            "SOUND_DRIFTS",
            f"has {audios[0].end_s:.2f} s of sound for {video.end_s:.2f} s of picture: they drift apart",
            "export it again with a constant frame rate, or check the end of the video",
        )


def _file_warnings(
    scan: Scan, video: ScannedVideo | None, audios: tuple[ScannedAudio, ...], info: MediaInfo
) -> Iterator[_Warning]:
    header_ms = info.duration_ms_from_header
    if scan.is_cut_short or (header_ms is not None and info.duration_ms < _WHOLE * header_ms):
        said = f" of {_length(header_ms / 1000)}" if header_ms and header_ms > info.duration_ms else ""
        yield (
            "ENDS_EARLY",
            f"ends early: only {_length(info.duration_ms / 1000)}{said} are there",
            "copy it again; if the recorder stopped by itself, check the end of the video",
        )
    streams: list[ScannedVideo | ScannedAudio] = [*scan.videos, *scan.audios]
    lost = any(item.packets and not _is_usable(item) for item in streams)
    used: list[ScannedVideo | ScannedAudio] = [*audios] if video is None else [video, *audios]
    if lost or any(item.damaged > max(2, _DAMAGED_SHARE * item.decoded) for item in used):
        yield "DAMAGED", "is damaged in places: picture or sound may break up", "copy or export it again"


def _picture_warnings(scan: Scan, video: ScannedVideo) -> Iterator[_Warning]:
    others = sum(1 for item in scan.videos if item.packets and item.index != video.index)
    if others:
        size = f"{video.width} x {video.height}"
        yield "OTHER_VIDEO", f"has {others + 1} pictures; the largest, {size}, is used", "keep one picture"
    if video.is_combed and not video.is_interlaced:
        yield (
            "INTERLACED",
            "is interlaced but says it is not; it was de-interlaced",
            "nothing, or export it anew",
        )
    if video.is_still:
        yield "PICTURE_STILL", "has a picture that never changes", "check that the right file was put in"


def _sound_warnings(audios: tuple[ScannedAudio, ...]) -> Iterator[_Warning]:
    loudest = max(audios, key=lambda item: item.peak)
    level = 20 * math.log10(loudest.peak) if loudest.peak > 0 else -math.inf
    if _SILENT_DBFS < level < _QUIET_DBFS:
        yield "SOUND_QUIET", f"is very quiet (peaks at {level:.0f} dBFS)", "record closer to the microphone"
    if level > _QUIET_DBFS and loudest.clipped_share > _CLIPPED_SHARE:
        yield "SOUND_DISTORTED", "has distorted sound: it was recorded too loud", "record it again, less loud"
    if 0 < loudest.sample_rate_hz <= _NARROW_HZ:
        rate = f"{loudest.sample_rate_hz / 1000:g} kHz"
        yield "SOUND_POOR", f"has the sound of a telephone ({rate})", "record it with a better microphone"


def _drifts(video: ScannedVideo, audio: ScannedAudio) -> bool:
    if video.is_variable_rate or abs(video.start_s - audio.start_s) > _DRIFT_S:
        return False  # nobody knows how long the last picture of a variable rate stays
    difference_s = abs(video.end_s - audio.end_s)
    least, most = _DRIFT
    return difference_s > _DRIFT_S and least < difference_s / video.end_s <= most


def _length(seconds: float) -> str:
    if seconds < 60:  # noqa: PLR2004  a minute
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02} h" if minutes >= 60 else f"{minutes}:{rest:02} min"  # noqa: PLR2004

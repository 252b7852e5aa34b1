"""Take the speech out of footage: the track and the channel it is on, in the footage's own time.

Recorders leave traps: a silent desktop track before the microphone's, speech on one side only, two
sides that cancel each other out. Each reaches a recogniser as silence unless it is looked for.
"""

from __future__ import annotations

import contextlib
import math
import tempfile
import wave
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.errors import MaterialError
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.model.media import ChannelLevels, SpeechAudio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from ebrochure.model.media import AudioStream, MediaInfo

SPEECH_RATE_HZ = 16_000
"""What every recogniser listens at."""

_BLOCK = SPEECH_RATE_HZ // 20
"""Samples whose level is taken together: 50 ms, about a syllable's half."""
_CHUNK = 1200 * _BLOCK
"""A minute: how much is in memory at once."""
_EMPHASIS = 0.97
"""First-difference filter before levels are taken: hum, rumble and offset carry no words."""
_FLOOR_DBFS = -120.0
_ONE_SIDED_DB = 15.0
"""From here on the other channel is spill or noise."""
_INVERTED = -0.5
"""Correlation of left and right below which their sum would lose more than their difference."""
_FIRST_BONUS_DB = 3.0
"""A later track must be clearly better: most files have the right one first."""
_MOST_MODULATION_DB = 30.0


@dataclass(frozen=True, slots=True)
class Levels:
    """What is known about one sound track at its recogniser's rate."""

    left_dbfs: float
    """Level of its louder moments; of a mono track, the track's."""
    right_dbfs: float
    correlation: float
    """-1 to 1; 1 for a mono track."""
    modulation_db: float
    """How far its louder moments stand out of its quieter ones: much for speech, little for music or hum."""

    @property
    def score(self) -> float:
        """Rank among the tracks of one file."""
        loudest = max(self.left_dbfs, self.right_dbfs)
        if loudest <= _FLOOR_DBFS:
            return _FLOOR_DBFS
        return loudest + 0.5 * min(self.modulation_db, _MOST_MODULATION_DB)


def extract_speech(
    footage: Path,
    info: MediaInfo,
    out: Path,
    *,
    mix: str | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> SpeechAudio:
    """Write the speech as 16 kHz mono 16-bit WAV, starting where the container starts, gaps kept as silence.

    Args:
        footage: The recording.
        info: What it is; it must have sound.
        out: The WAV.
        mix: How two channels become one, where the caller knows (see `SpeechAudio.channel_mix`).
        on_progress: Hears the share done.

    Raises:
        ValueError: There is no sound track.
        ProcessError: ffmpeg cannot decode it.
    """
    if not info.audio:
        raise ValueError("expected footage with sound, got none")
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        raws = [Path(folder) / f"{stream.index}.f32" for stream in info.audio]
        run_ffmpeg(
            decode_command(footage, info, raws),
            duration_ms=info.duration_ms,
            on_progress=on_progress,
        )
        tracks = [_open(raw, stream) for raw, stream in zip(raws, info.audio, strict=True)]
        levels = [measure_levels(track) for track in tracks]
        best = choose_track(levels)
        channels = tracks[best].shape[1]
        mix = mix if mix is not None and channels > 1 else choose_mix(levels[best], channels=channels)
        peak = _write(tracks[best], mix, out)
        length = len(tracks[best])
    return SpeechAudio(
        path=out,
        duration_ms=length * 1000 // SPEECH_RATE_HZ,
        stream_index=info.audio[best].index,
        channel_mix=mix,
        peak_dbfs=_decibels(peak),
    )


def channel_levels(footage: Path, info: MediaInfo, stream_index: int) -> ChannelLevels:
    """Return how loud the left and the right channel of one sound track are, 50 ms by 50 ms.

    Raises:
        MaterialError: The track has one channel only (SPEAKERS_CHANNELS).
        ProcessError: ffmpeg cannot decode it.
    """
    stream = next(item for item in info.audio if item.index == stream_index)
    if stream.channels == 1:
        message = "the recording has one channel, so it cannot be told from it who speaks"
        hint = "name the speakers in the script instead: a line that starts with `PRIYA:`"
        raise MaterialError.one("SPEAKERS_CHANNELS", message, hint=hint)
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as folder:
        raw = Path(folder) / "both.f32"
        run_ffmpeg(decode_command(footage, replace(info, audio=(stream,)), [raw]))
        powers = [np.zeros((0, 2)), *map(_block_powers, _clear(_open(raw, stream)))]
        decibels = 10 * np.log10(np.maximum(np.concatenate(powers), 10 ** (_FLOOR_DBFS / 10)))
    left, right = (tuple(float(value) for value in decibels[:, side]) for side in (0, 1))
    return ChannelLevels(_BLOCK * 1000 // SPEECH_RATE_HZ, left, right)


def decode_command(footage: Path, info: MediaInfo, raws: list[Path]) -> tuple[str, ...]:
    """Return the arguments that write each sound track as raw 32-bit floats, mono or stereo, in one pass."""
    outputs: list[str] = []
    for stream, raw in zip(info.audio, raws, strict=True):
        outputs += ["-map", f"0:{stream.index}", "-ac", str(_channels(stream)), "-ar", str(SPEECH_RATE_HZ)]
        outputs += ["-af", "aresample=async=1:first_pts=0", "-f", "f32le", f"file:{raw.absolute()}"]
    return (*input_args(footage, info.demuxer), *outputs)


def choose_track(levels: list[Levels]) -> int:
    """Return the number of the track that carries the speech."""
    scores = [item.score + (_FIRST_BONUS_DB if number == 0 else 0) for number, item in enumerate(levels)]
    return scores.index(max(scores))


def choose_mix(levels: Levels, *, channels: int) -> str:
    """Say how a track's channels become one (see `SpeechAudio.channel_mix`)."""
    if channels == 1:
        return "mono"
    if levels.left_dbfs - levels.right_dbfs > _ONE_SIDED_DB:
        return "left"
    if levels.right_dbfs - levels.left_dbfs > _ONE_SIDED_DB:
        return "right"
    return "difference" if levels.correlation < _INVERTED else "mean"


def measure_levels(samples: NDArray[np.float32]) -> Levels:
    """Measure one track, samples x channels (1 or 2)."""
    powers: list[NDArray[np.float64]] = []
    products = np.zeros((2, 2))
    for both in _clear(samples):
        products += both.T @ both
        powers.append(_block_powers(both))
    power = np.concatenate(powers) if powers else np.zeros((0, 2))
    if not power.size:
        return Levels(_FLOOR_DBFS, _FLOOR_DBFS, 1.0, 0.0)
    high, low = np.percentile(power, 95, axis=0), np.percentile(power.max(axis=1), 10)
    scale = math.sqrt(products[0, 0] * products[1, 1])
    left, right = (_decibels(math.sqrt(item)) for item in high)
    return Levels(
        left_dbfs=left,
        right_dbfs=right,
        correlation=float(products[0, 1] / scale) if scale else 1.0,
        modulation_db=max(left, right) - _decibels(math.sqrt(low)),
    )


def _clear(samples: NDArray[np.float32]) -> Iterator[NDArray[np.float64]]:
    """Yield both channels of a track (of a mono one twice the same), hum and rumble taken down."""
    for chunk in _chunks(samples):
        clear = np.diff(chunk, axis=0, prepend=0) + (1 - _EMPHASIS) * chunk
        yield clear if clear.shape[1] == 2 else np.repeat(clear, 2, axis=1)  # noqa: PLR2004  stereo


def _block_powers(both: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power of each whole block of two channels, blocks x 2."""
    whole = both[: len(both) // _BLOCK * _BLOCK].reshape(-1, _BLOCK, 2)
    powers: NDArray[np.float64] = (whole**2).mean(axis=1)
    return powers


def mix_down(samples: NDArray[np.floating], mix: str) -> NDArray[np.floating]:
    """Return one channel of samples x channels, as `SpeechAudio.channel_mix` says."""
    if mix in {"mono", "left"}:
        return samples[:, 0]
    if mix == "right":
        return samples[:, 1]
    sign = -1 if mix == "difference" else 1
    mixed: NDArray[np.floating] = (samples[:, 0] + sign * samples[:, 1]) / 2
    return mixed


def _channels(stream: AudioStream) -> int:
    return 1 if stream.channels == 1 else 2


def _open(raw: Path, stream: AudioStream) -> NDArray[np.float32]:
    channels = _channels(stream)
    if raw.stat().st_size == 0:  # a track without one packet; an empty file cannot be mapped
        return np.zeros((0, channels), np.float32)
    return np.memmap(raw, np.float32, "r").reshape(-1, channels)


def _chunks(samples: NDArray[np.float32]) -> Iterator[NDArray[np.float64]]:
    for start in range(0, len(samples), _CHUNK):
        yield np.nan_to_num(np.asarray(samples[start : start + _CHUNK], np.float64), posinf=1.0, neginf=-1.0)


def _write(samples: NDArray[np.float32], mix: str, out: Path) -> float:
    """Write one channel as WAV, turned down where it would not fit; return its peak before that."""
    peak = max((float(np.abs(mix_down(part, mix)).max()) for part in _chunks(samples)), default=0.0)
    scale = 32767 / max(1.0, peak)
    with contextlib.closing(wave.open(str(out), "wb")) as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SPEECH_RATE_HZ)
        for part in _chunks(samples):
            file.writeframes((mix_down(part, mix) * scale).round().astype("<i2").tobytes())
    return peak


def _decibels(level: float) -> float:
    return max(_FLOOR_DBFS, 20 * math.log10(level)) if level > 0 else _FLOOR_DBFS

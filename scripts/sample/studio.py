"""Sound and picture through ffmpeg, the same bytes from the same material."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from sample.voice import write_wav

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

    from sample.voice import Reading

FRAME_RATE = 25
_WARM = (
    "aresample=48000,highpass=f=70,"
    "equalizer=f=210:t=q:w=1:g=2,"  # a little chest
    "equalizer=f=3100:t=q:w=1.2:g=-3,"  # Flite buzzes here
    "acompressor=threshold=-24dB:ratio=2.5:attack=8:release=120,"
    "aecho=0.85:0.75:17|29:0.10|0.06"  # a small room
)
_ROOM_TONE = "anoisesrc=color=pink:amplitude=0.0016:seed=11:sample_rate=48000"
_PLAIN = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
_SOUND = ("-c:a", "aac", "-b:a", "96k", "-ac", "1", "-threads", "2")
_BT709 = "color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
_PICTURE = (
    *("-c:v", "libx264", "-preset", "slow", "-crf", "24", "-tune", "animation", "-pix_fmt", "yuv420p"),
    *("-vf", f"scale=out_color_matrix=bt709:out_range=tv,setparams={_BT709}", "-flags:v", "+bitexact"),
)


def write_narration(reading: Reading, out: Path, *, loudness_lufs: float) -> None:
    """Write the reading as AAC; `loudness_lufs` is how loud the recording came out, not how it should be."""
    with tempfile.TemporaryDirectory() as folder:
        sound = _in_a_room(reading, Path(folder), loudness_lufs)
        run_ffmpeg([*input_args(sound, "wav"), *_SOUND, *_PLAIN, "-movflags", "+faststart", str(out)])


def write_film(reading: Reading, pictures: Iterable[Image.Image], out: Path, *, loudness_lufs: float) -> None:
    """Write pictures of 1280 by 720 with the reading as H.264 and AAC."""
    with tempfile.TemporaryDirectory() as folder:
        sound = _in_a_room(reading, Path(folder), loudness_lufs)
        run_ffmpeg(
            [
                *("-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", "1280x720"),
                *("-framerate", str(FRAME_RATE), "-i", "pipe:0", *input_args(sound, "wav")),
                *(*_PICTURE, *_SOUND, *_PLAIN, "-shortest", "-movflags", "+faststart", str(out)),
            ],
            stdin=(picture.tobytes() for picture in pictures),
        )


def _in_a_room(reading: Reading, folder: Path, loudness_lufs: float) -> Path:
    """Return the reading as it would sound from a microphone in a quiet office."""
    raw, warm, level = folder / "raw.wav", folder / "warm.wav", folder / "level.wav"
    write_wav(reading, raw)
    run_ffmpeg(["-i", str(raw), "-af", _WARM, "-c:a", "pcm_f32le", "-bitexact", str(warm)])
    report = run_ffmpeg(
        ["-i", str(warm), "-af", "ebur128=framelog=quiet", "-f", "null", "-"], log_level="info"
    )
    heard = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", report)[-1])
    graph = (
        f"[0]volume={loudness_lufs - heard:.2f}dB,alimiter=limit=0.7:level=0:latency=1[voice];"
        f"{_ROOM_TONE}[room];[voice][room]amix=inputs=2:duration=first:normalize=0"
    )
    run_ffmpeg(["-i", str(warm), "-filter_complex", graph, "-c:a", "pcm_s16le", "-bitexact", str(level)])
    return level

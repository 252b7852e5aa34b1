"""What a finished video is held to: when its frames come, and that a flash is seen when its beep is heard."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import psutil

from ebrochure.media.ffmpeg import input_args, read_ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction
    from pathlib import Path

_SAMPLE_RATE_HZ = 48_000
_BEEP_HZ = 2000
_STEP_S = 0.001
_APART_S = 0.5
_MEGABYTE = 1e6
_EVERY_S = 0.05


def time_deviation(video: Path, rate: Fraction) -> tuple[int, int]:
    """Return how many frames a video has, and how many of them are not where an even rate puts them."""
    import av  # noqa: PLC0415  only here

    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        times = sorted(packet.pts for packet in container.demux(stream) if packet.pts is not None)
        off = sum(moment * stream.time_base * rate != number for number, moment in enumerate(times))
    return len(times), off


def lags_ms(video: Path, rate: Fraction) -> list[float]:
    """Return how long after each flash its beep is heard, in milliseconds; negative: before it."""
    flashes, beeps = _flashes_s(video, rate), _beeps_s(video)
    if len(flashes) != len(beeps):
        raise SystemExit(f"expected a beep with each flash, got {len(beeps)} with {len(flashes)}")
    return [(beep - flash) * 1000 for flash, beep in zip(flashes, beeps, strict=True)]


def peak_megabytes(work: Callable[[], object]) -> float:
    """Return the most memory that all children of this process held at once while `work` ran."""
    peak, done = 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(_EVERY_S):
            peak = max(peak, sum(map(_resident, psutil.Process().children(recursive=True))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return peak / _MEGABYTE


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has ended since
        return 0


def _flashes_s(video: Path, rate: Fraction) -> list[float]:
    """Return when the picture turns white."""
    args = (
        *input_args(video, "mov"),
        "-map",
        "0:v:0",
        "-vf",
        "scale=16:9:flags=area,format=gray",
        "-f",
        "rawvideo",
    )
    grey = np.frombuffer(read_ffmpeg((*args, "pipe:1")), np.uint8).reshape(-1, 16 * 9)
    # Nearly all of the frame is white then, but for the logo's plate; of a slide's canvas about half is.
    white = np.percentile(grey, 25, axis=1) > 180  # noqa: PLR2004
    starts = np.nonzero(white & ~np.concatenate(([False], white[:-1])))[0]
    return [float(start / rate) for start in starts]


def _beeps_s(video: Path) -> list[float]:
    """Return when the beep starts, to a millisecond."""
    args = (
        *input_args(video, "mov"),
        "-map",
        "0:a:0",
        "-ac",
        "1",
        "-f",
        "f32le",
        "-c:a",
        "pcm_f32le",
        "pipe:1",
    )
    sound = np.frombuffer(read_ffmpeg(args), np.float32)
    step = round(_STEP_S * _SAMPLE_RATE_HZ)
    count = len(sound) // step
    tone = np.exp(-2j * np.pi * _BEEP_HZ * np.arange(step) / _SAMPLE_RATE_HZ)
    power = np.abs(sound[: count * step].reshape(count, step) @ tone)
    found: list[float] = []
    for block in np.nonzero(power > power.max() / 2)[0]:
        if not found or block * _STEP_S - found[-1] > _APART_S:
            found.append(float(block * _STEP_S))
    return found

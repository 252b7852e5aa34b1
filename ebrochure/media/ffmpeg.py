"""How every ffmpeg is run: input forced and fenced in, progress heard, words kept."""

from __future__ import annotations

import functools
import os
import threading
from typing import TYPE_CHECKING

from ebrochure.errors import ProcessError
from ebrochure.media.process import Limits, processors, run
from ebrochure.media.tools import ffmpeg_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

DEFAULT_TIMEOUT_S = 3 * 3600.0
"""Wall clock for one ffmpeg: above anything that an hour of footage takes on a slow machine."""
_DECODER_THREADS = 1
"""For each input. A second one holds pictures, 20 MB at 1080 lines, and the encoder is what all wait for."""
_FILTER_THREADS = 1
"""A second one takes 25 MB at 1080 lines; the encoder keeps more processors busy than the filters could."""
_SPARING = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1000000"}
"""For glibc, which else keeps freed pictures for each of ffmpeg's many threads: 70 MB at 1080 lines."""


_encoding = threading.BoundedSemaphore(processors())
"""At most one ffmpeg that encodes for each processor, however many recordings are built at once."""


def input_args(path: Path, demuxer: str) -> tuple[str, ...]:
    """Return the arguments that open one file as what it is, and nothing else besides it.

    The demuxer is forced because ffmpeg's own guess takes a playlist named `.mp4` for one, and then
    opens what the playlist names. `file:` and the absolute path keep a name from being read as an
    option, a protocol or a pattern.

    Args:
        path: The file.
        demuxer: What its magic bytes said (`probe.sniff`).
    """
    return (
        *("-protocol_whitelist", "file"),
        *("-format_whitelist", demuxer),
        *("-f", demuxer),
        *("-threads", str(_DECODER_THREADS)),
        *("-i", f"file:{path.absolute()}"),
    )


def run_ffmpeg(
    args: Sequence[str],
    *,
    duration_ms: int | None = None,
    on_progress: Callable[[float], None] | None = None,
    timeout_s: float = DEFAULT_TIMEOUT_S,
    stdin: Iterable[bytes] | None = None,
    limits: Limits | None = None,
    log_level: str = "warning",
) -> str:
    """Run ffmpeg with `args` and return what it wrote to stderr (the last 64 kB).

    It waits for its turn where an ffmpeg runs for each processor already, so neither `stdin` nor
    `on_progress` may call it again.

    Args:
        args: Everything after the program's name; outputs are overwritten.
        duration_ms: Length of what it will write; needed for `on_progress`.
        on_progress: Hears the share done, 0 to 1, never falling, 1 at the end.
        timeout_s: Wall clock.
        stdin: What `pipe:0` reads.
        limits: Bounds that the kernel keeps.
        log_level: ffmpeg's own; ``info`` where a filter's report is wanted.

    Raises:
        ProcessError: It failed; its last lines are in the message.
    """
    progress = _Progress(duration_ms, on_progress)
    told = ("-progress", "pipe:1", "-stats_period", "0.25")
    with _encoding:  # `timeout_s` begins behind it
        done = run(
            _command((*told, *args), log_level),
            timeout_s=timeout_s,
            stdin=stdin,
            on_line=progress.hear,
            limits=limits,
            env={**os.environ, **_SPARING},
        )
    progress.finish()
    return done.stderr


def read_ffmpeg(
    args: Sequence[str],
    *,
    timeout_s: float = DEFAULT_TIMEOUT_S,
    stdin: Iterable[bytes] | None = None,
    limits: Limits | None = None,
) -> bytes:
    """Run ffmpeg with `args`, whose output is `pipe:1`, and return what came through it."""
    env = {**os.environ, **_SPARING}
    return run(_command(args, "warning"), timeout_s=timeout_s, stdin=stdin, limits=limits, env=env).stdout


@functools.cache
def can_encode(encoder: str) -> bool:
    """Tell whether the ffmpeg in use has an encoder; asked once."""
    try:
        answer = read_ffmpeg(("-h", f"encoder={encoder}"), timeout_s=30)
    except ProcessError:
        return False
    return answer.startswith(b"Encoder ")


def _command(args: Sequence[str], log_level: str) -> tuple[str, ...]:
    return (
        *(str(ffmpeg_path()), "-hide_banner", "-nostats", "-nostdin", "-y", "-loglevel", log_level),
        *("-filter_complex_threads", str(_FILTER_THREADS)),
        *args,
    )


class _Progress:
    """ffmpeg's `key=value` lines as a share of the whole."""

    def __init__(self, duration_ms: int | None, on_progress: Callable[[float], None] | None) -> None:
        self.duration_us = (duration_ms or 0) * 1000
        self.on_progress = on_progress
        self.share = 0.0

    def hear(self, line: str) -> None:
        key, _, value = line.partition("=")
        if key == "out_time_us" and self.duration_us and value.lstrip("-").isdigit():
            self._tell(int(value) / self.duration_us)

    def finish(self) -> None:
        self._tell(1.0)

    def _tell(self, share: float) -> None:
        share = max(self.share, min(1.0, share))
        if self.on_progress is not None:
            self.on_progress(share)
        self.share = share

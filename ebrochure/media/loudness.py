"""Loudness: measured as broadcasters do, reached by one gain, with a limiter only where peaks ask for it.

Source: ITU-R BS.1770-4 and EBU R 128.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.errors import ProcessError
from ebrochure.media.encode import AUDIO_RATE_HZ
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.sniff import HEAD_BYTES, sniff
from ebrochure.model.media import Loudness

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ebrochure.media.graph import Stream

SILENCE_LUFS = -70.0
"""The absolute gate: at or below it there is nothing to measure. Source: BS.1770-4, annex 1."""
MOST_GAIN_DB = 54.0
"""Enough for anything above the gate; what it lifts by so much was noise for the most part."""

_AAC_MARGIN_DB = 1.0
"""How much AAC at 160 kb/s may add to a peak: 0.7 dB was the most seen on clipped speech."""
_LIMITER_RATE_HZ = 4 * AUDIO_RATE_HZ
"""Oversampled, so that peaks between samples are limited too. Source: BS.1770-4, annex 2."""
_SURE_GAIN_DB = 30.0
"""Up to here a gain does what it says; a larger one lifts moments over the gate that were not measured."""
_NEAR_ENOUGH_LU = 0.15
_SURE_STEP_LU = 0.5
"""What a limiter takes back of a step is a part of it; of one up to here, less than what is near enough."""
_MOST_CORRECTIONS = 3
_FIGURE = r"\s*(-?(?:\d+(?:\.\d+)?|inf|nan))"
_SUMMARY = re.compile(
    rf"Integrated loudness:\s*I:{_FIGURE} LUFS"
    rf".*?Loudness range:\s*LRA:{_FIGURE} LU"
    rf".*?True peak:\s*Peak:{_FIGURE} dBFS",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Leveling:
    """What takes a programme to its target."""

    gain_db: float
    limit_dbtp: float | None
    """No peak above this, in dB under full scale; None: none would be."""

    @property
    def filters(self) -> tuple[tuple[str, dict[str, str]], ...]:
        """The filters in order, each with its options."""
        # An offset, as of a bad sound card, would eat the headroom and click at cuts.
        chain: list[tuple[str, dict[str, str]]] = [("highpass", {"frequency": "20"})]
        if self.gain_db:
            chain.append(("volume", {"volume": f"{self.gain_db:.2f}dB", "precision": "double"}))
        if self.limit_dbtp is not None:
            chain.append(("aresample", {"osr": str(_LIMITER_RATE_HZ)}))
            # latency=1: else it delays by its attack; level=0: else it lifts all to full scale.
            bounds = {"limit": f"{10 ** (self.limit_dbtp / 20):.6f}", "level": "0", "latency": "1"}
            chain.append(("alimiter", {**bounds, "attack": "5", "release": "80"}))
            chain.append(("aresample", {"osr": str(AUDIO_RATE_HZ)}))
        return tuple(chain)

    def apply(self, sound: Stream) -> Stream:
        """Return the sound at its target."""
        for name, options in self.filters:
            sound = sound.apply(name, **options)
        return sound


NO_LEVELING = Leveling(0.0, None)


def measure(
    path: Path,
    *,
    demuxer: str | None = None,
    stream_index: int | None = None,
    leveling: Leveling | None = None,
    on_progress: Callable[[float], None] | None = None,
    duration_ms: int | None = None,
) -> Loudness | None:
    """Measure a file's programme loudness and true peak.

    Args:
        path: The file.
        demuxer: What to read it with; found by its first bytes where None.
        stream_index: Which stream of the container; the first sound track where None.
        leveling: What to do to it before it is measured.
        on_progress: Hears the share done.
        duration_ms: Length of the file, for `on_progress`.

    Returns:
        None for silence: there is nothing above the gate, or less than 0.4 s.

    Raises:
        ProcessError: It cannot be decoded.
    """
    steps = () if leveling is None else leveling.filters
    # framelog=verbose: below our log level, and 5.1 does not know `quiet` yet.
    chain = [*(_written(name, options) for name, options in steps), "ebur128=peak=true:framelog=verbose"]
    report = run_ffmpeg(
        (
            *input_args(path, demuxer or _demuxer(path)),
            *("-map", "0:a:0" if stream_index is None else f"0:{stream_index}"),
            *("-af", ",".join(chain), "-f", "null", "-"),
        ),
        log_level="info",
        on_progress=on_progress,
        duration_ms=duration_ms,
    )
    return parse_summary(report)


def parse_summary(report: str) -> Loudness | None:
    """Read the filter's last report; None for silence.

    Raises:
        ProcessError: There is none.
    """
    reports = list(_SUMMARY.finditer(report))
    if not reports:
        raise ProcessError("ffmpeg did not report the loudness", None, report)
    integrated, spread, peak = (float(figure) for figure in reports[-1].groups())
    if not integrated > SILENCE_LUFS or peak == float("-inf"):
        return None
    return Loudness(integrated_lufs=integrated, true_peak_dbtp=peak, range_lu=spread)


def plan_leveling(measured: Loudness | None, *, target_lufs: float, true_peak_dbtp: float) -> Leveling:
    """Decide on gain and limiter from what was measured; silence is left alone.

    Args:
        measured: The programme as it is.
        target_lufs: The programme as it shall be.
        true_peak_dbtp: The highest peak that may be left after AAC.
    """
    if measured is None:
        return NO_LEVELING
    gain_db = min(target_lufs - measured.integrated_lufs, MOST_GAIN_DB)
    limit_dbtp = true_peak_dbtp - _AAC_MARGIN_DB
    return Leveling(gain_db, limit_dbtp if measured.true_peak_dbtp + gain_db > limit_dbtp else None)


def level(
    path: Path,
    *,
    target_lufs: float,
    true_peak_dbtp: float,
    on_progress: Callable[[float], None] | None = None,
    duration_ms: int | None = None,
) -> Leveling:
    """Find what takes a WAV of ours to its target; what a limiter takes away is given back before it.

    Raises:
        ProcessError: It cannot be decoded.
    """
    measured = measure(
        path, demuxer="wav", leveling=NO_LEVELING, on_progress=on_progress, duration_ms=duration_ms
    )
    leveling = plan_leveling(measured, target_lufs=target_lufs, true_peak_dbtp=true_peak_dbtp)
    is_sure = leveling.limit_dbtp is None and leveling.gain_db <= _SURE_GAIN_DB
    for _ in range(0 if is_sure else _MOST_CORRECTIONS):
        reached = measure(path, demuxer="wav", leveling=leveling)
        missing_db = 0.0 if reached is None else target_lufs - reached.integrated_lufs
        if reached is None or abs(missing_db) <= _NEAR_ENOUGH_LU:
            break
        step = plan_leveling(reached, target_lufs=target_lufs, true_peak_dbtp=true_peak_dbtp)
        limit_dbtp = step.limit_dbtp if leveling.limit_dbtp is None else leveling.limit_dbtp
        leveling = Leveling(min(leveling.gain_db + missing_db, MOST_GAIN_DB), limit_dbtp)
        if leveling.gain_db <= _SURE_GAIN_DB and abs(missing_db) <= _SURE_STEP_LU:
            break
    return leveling


def _written(name: str, options: dict[str, str]) -> str:
    return f"{name}=" + ":".join(f"{key}={value}" for key, value in options.items())


def _demuxer(path: Path) -> str:
    with path.open("rb") as file:
        found = sniff(file.read(HEAD_BYTES))
    if found is None:
        raise ProcessError(f"`{path.name}` is no sound or video")
    return found

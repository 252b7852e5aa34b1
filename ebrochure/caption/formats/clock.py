"""Times as WebVTT and SRT write them: ``hh:mm:ss.mmm --> hh:mm:ss.mmm``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STAMP = r"(?:([0-9]{1,9}):)?([0-9]{1,2}):([0-9]{1,2})(?:([.,])([0-9]{1,9}))?"
_ROW = re.compile(rf"\s*{_STAMP}\s*-->\s*{_STAMP}")
_SIXTY = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """One time as it is written."""

    hours: int
    minutes: int
    seconds: int
    mark: str
    """What stands before the fraction, ``.`` or ``,``; empty where there is none."""
    fraction: str
    """Digits of the fraction of a second; empty where there is none."""

    @property
    def carries(self) -> bool:
        """Tell whether minutes or seconds are 60 or more, which only SRT's players forgive."""
        return self.minutes >= _SIXTY or self.seconds >= _SIXTY

    def in_ms(self, *, thousandths: bool = False) -> int:
        """Return the time in milliseconds, what is finer than that cut off.

        Args:
            thousandths: The fraction is a plain number of milliseconds, so that ``,5`` is five of them.
        """
        ms = int(self.fraction or 0) if thousandths else int(self.fraction.ljust(3, "0")[:3])
        return ((self.hours * 60 + self.minutes) * 60 + self.seconds) * 1000 + ms


def read_times(row: str) -> tuple[Moment, Moment] | None:
    """Return the start and the end that a line of times gives, None where it gives none."""
    match = _ROW.match(row)
    return None if match is None else (_moment(match.groups()[:5]), _moment(match.groups()[5:]))


def clock(moment_ms: int, mark: str = ".") -> str:
    """Return ``hh:mm:ss.mmm``, with `mark` before the milliseconds."""
    seconds, ms = divmod(moment_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{ms:03d}"


def marker(line: int) -> str:
    """Return a line of times that holds nothing but the number of a line.

    webvtt-py names no lines, reads ``,5`` as 5 ms and ``,250000`` as 250 s, and drops what it cannot
    read. So it never sees the times of the file: it gets these instead, and each cue that it
    makes says with its start on which line of the file its true times are.
    """
    return f"{clock(line)} --> {clock(line + 1)}"


def marked_line(start: str) -> int:
    """Return the number of the line that the start of a `marker` holds."""
    hours, minutes, seconds = start.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds.replace(".", ""))


def _moment(parts: tuple[str | None, ...]) -> Moment:
    hours, minutes, seconds, mark, fraction = parts
    return Moment(int(hours or 0), int(minutes or 0), int(seconds or 0), mark or "", fraction or "")

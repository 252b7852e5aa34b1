"""When things are shown, as TTML writes it: clock times, offsets, frames, ticks, and nested in one another.

Sources: TTML1 (third edition, 8 November 2018), section 6.2 for the parameters, section 10 for the
attributes and the time expression, appendix H for what a frame of a time code is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_CLOCK = re.compile(
    r"(?:(?P<hours>[0-9]{1,9}):)?(?P<minutes>[0-9]{1,2}):(?P<seconds>[0-9]{1,2})"
    r"(?:[.,](?P<fraction>[0-9]{1,12})|:(?P<frames>[0-9]{1,9})(?:\.(?P<sub_frames>[0-9]{1,9}))?)?"
)
_OFFSET = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,12})?)(h|ms|m|s|f|t)?")
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
_SIXTY = 60
_WHOLE = re.compile(r"[0-9]{1,9}")
_NTSC_DROPS = 2
"""Frame numbers left out at every minute but each tenth, so that 29.97 a second keep with the clock."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What the times of a document count in."""

    frames: int = 30
    """Frames a second, before the multiplier. Source: TTML1, section 6.2.4."""
    multiplier: Fraction = Fraction(1)
    """1000/1001 for NTSC. Source: TTML1, section 6.2.5."""
    sub_frames: int = 1
    """Parts of a frame. Source: TTML1, section 6.2.9."""
    ticks: int = 1
    """Ticks a second. Source: TTML1, section 6.2.10."""
    counts_frames: bool = False
    """Time base ``smpte``: the clock counts frames, and a second of it is `frames` of them."""
    drops: bool = False
    """``dropNTSC``. Source: TTML1, section 6.2.3."""

    @property
    def frame_rate(self) -> Fraction:
        """Frames a second, in truth."""
        return self.frames * self.multiplier


def rates(parameters: dict[str, str]) -> Rates:
    """Return the rates that the parameters of a document give, read by their names without a namespace.

    What makes no sense is as if it were not there: the times then say whether they can do without.
    """
    frames = _whole(parameters.get("frameRate"))
    sub_frames = _whole(parameters.get("subFrameRate")) or 1
    # The first drafts wrote the multiplier as `1000:1001`, TTML writes `1000 1001`.
    parts = re.split(r"[\s:]+", parameters.get("frameRateMultiplier", "").strip())
    numerator, denominator = _whole(parts[0]), _whole(parts[1]) if len(parts) > 1 else 1
    multiplier = Fraction(numerator, denominator) if numerator and denominator else Fraction(1)
    # Without a tick rate a tick is a sub-frame where frames are counted, and a second where not.
    ticks = _whole(parameters.get("tickRate")) or (frames * sub_frames if frames else 1)
    return Rates(
        frames=frames or 30,
        multiplier=multiplier,
        sub_frames=sub_frames,
        ticks=ticks,
        counts_frames=parameters.get("timeBase") == "smpte",
        drops=parameters.get("dropMode") == "dropNTSC",
    )


def seconds(expression: str, given: Rates) -> Fraction | None:
    """Return what a time expression says in seconds, None where it says nothing.

    Beyond TTML1, section 10.3.1, what other players read is read too: a comma before the fraction,
    hours left out, one digit where there should be two, a number that is bare seconds.
    """
    text = expression.strip()
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return _of_clock(clock.groupdict(), given)
    offset = _OFFSET.fullmatch(text)
    if offset is None:
        return None
    count, metric = Fraction(offset[1]), offset[2] or "s"
    if metric == "f":
        return count / given.frame_rate
    return count / given.ticks if metric == "t" else count * _SECONDS[metric]


def _of_clock(parts: dict[str, str | None], given: Rates) -> Fraction | None:
    hours, minutes, second, frames = (
        int(parts[key] or 0) for key in ("hours", "minutes", "seconds", "frames")
    )
    if minutes >= _SIXTY or second > _SIXTY or frames >= given.frames:
        return None
    whole = (hours * 60 + minutes) * 60 + second
    if parts["frames"] is None:
        return whole + Fraction(f"0.{parts['fraction'] or 0}")
    part = frames + Fraction(int(parts["sub_frames"] or 0), given.sub_frames)
    if not given.counts_frames:
        return whole + part / given.frame_rate
    count = whole * given.frames + part
    if given.drops:
        passed = whole // 60
        count -= _NTSC_DROPS * (passed - passed // 10) * (given.frames // 30 or 1)
    return count / given.frame_rate


def _whole(text: str | None) -> int | None:
    """Return a number of at least 1, None where there is none."""
    return (int(text) or None) if text is not None and _WHOLE.fullmatch(text.strip()) else None

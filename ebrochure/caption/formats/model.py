"""What a caption file is once it has been read, and how far anything in it is believed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.model.captions import Cue

MAX_BYTES = 5_000_000
"""Largest caption file that is read: far above any real one, an hour is about 100 kB."""

MAX_CUES = 20_000
"""Most cues that are read: an hour of speech is about 1,000, a day of it 24,000."""

MAX_MS = 24 * 3600 * 1000
"""Latest time that is believed: footage ends long before."""

_SHOWN_FINDINGS = 50
"""Findings of one kind that are listed; the rest are counted."""


class CaptionFormat(StrEnum):
    """The kinds of caption file."""

    WEBVTT = "vtt"
    SRT = "srt"
    TTML = "ttml"
    """TTML 1 and 2, IMSC, EBU-TT-D, and their drafts, DFXP among them."""
    TEAMS = "teams"
    """Transcript of a Microsoft Teams meeting: WebVTT in which every cue names its voice."""
    ZOOM = "zoom"
    """Transcript of a Zoom meeting: WebVTT, or lines of text, that start with ``Name:``."""
    JSON = "json"
    """Whisper's segments, the words of `captions make --words`, or a plain list of segments."""


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """A caption file as it was read."""

    format: CaptionFormat
    language: str | None
    """BCP 47 tag that the file itself gives, None where it gives none."""
    cues: tuple[Cue, ...]
    """In order of time; never empty."""
    lines: tuple[int, ...]
    """Line in the file, from 1, of each cue's times; as long as `cues`."""
    findings: tuple[Finding, ...]
    """What was wrong with it, in order of lines."""


@dataclass(frozen=True, slots=True)
class Block:
    """One cue as it stands in the file, before anybody has asked whether it can be shown."""

    start_ms: int
    end_ms: int | None
    """None: the file does not say."""
    lines: tuple[str, ...]
    """What a viewer reads, markup taken out; may be empty."""
    line: int
    """Line of its times, from 1."""
    speaker: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format's reader found."""

    format: CaptionFormat
    blocks: tuple[Block, ...]
    """In the file's order."""
    findings: tuple[Finding, ...] = ()
    language: str | None = None


def refuse_too_many(cues: int, name: str) -> None:
    """Refuse a file with more cues than any recording has, before anything slow is done with them.

    Raises:
        MaterialError: `CAPTIONS_TOO_MANY`.
    """
    if cues > MAX_CUES:
        message = f"`{name}` has {cues:,} cues, captions are at most {MAX_CUES:,}"
        hint = "check that it holds the captions of one recording"
        raise MaterialError.one("CAPTIONS_TOO_MANY", message, file=name, hint=hint)


def left_out(code: str, message: str, name: str, line: int) -> Finding:
    """Return the warning that something on `line` of `name` was left out."""
    return Finding(code, Level.WARN, f"{message}, so it was left out", name, line, "mend it and build again")


def listed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, of each kind the first `_SHOWN_FINDINGS` and a count of the rest."""
    seen: Counter[str] = Counter()
    last: dict[str, Finding] = {}
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= _SHOWN_FINDINGS:
            yield finding
        last[finding.code] = finding
    for code, number in seen.items():
        if number > _SHOWN_FINDINGS:
            message = f"and {number - _SHOWN_FINDINGS} more of the same kind, the last one here"
            yield replace(last[code], message=message, hint=None)

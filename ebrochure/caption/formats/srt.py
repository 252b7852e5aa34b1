"""SRT in and out.

Nobody ever wrote SRT down, so it is read the way its players read it: numbers are not needed, empty
lines may stand inside a text, a handful of tags are markup and everything else is text, `&amp;`
too. webvtt-py finds the blocks, times are read here. Speakers have no place in an SRT file: where a
track shows them, their labels are in its text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import webvtt

from ebrochure.caption.formats.clock import clock, marked_line, marker, read_times
from ebrochure.caption.formats.model import Block, CaptionFormat, Reading, left_out, refuse_too_many
from ebrochure.caption.formats.plain import shown_lines, written_lines
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.caption.formats.clock import Moment
    from ebrochure.model.captions import Track

_ARROW = "-->"
_NUMBER = "1"
"""What stands before each cue that webvtt-py gets, which reads none without a number."""
_ANGLE = r"/?(?:b|i|u|s|font|c|ruby|rt)(?:\s[^<>]*)?>"
_BRACE = r"\\[^{}]*\}"
_MARKUP = re.compile(rf"<{_ANGLE}|\{{{_BRACE}", re.IGNORECASE)
"""Tags that players know, and what ASS writes in braces (VLC and mpv obey both)."""

# SRT has no way to write a tag that is meant to be read. A word joiner inside it has no width and
# keeps players, and our reader, from taking it for one; the reader takes one joiner away again.
_JOINER = "\N{WORD JOINER}"
_TO_GUARD = re.compile(rf"<(?={_JOINER}*{_ANGLE})|\{{(?={_JOINER}*{_BRACE})|--(?={_JOINER}*>)", re.IGNORECASE)
_TO_FREE = re.compile(
    rf"(<)(?:{_JOINER})(?={_JOINER}*{_ANGLE})|(\{{)(?:{_JOINER})(?={_JOINER}*{_BRACE})"
    rf"|(--)(?:{_JOINER})(?={_JOINER}*>)",
    re.IGNORECASE,
)
_MEANT_AS_TIMES = re.compile(r"[0-9]\s*-->|-->\s*[0-9]")
_FULL = 3
"""Digits that the fraction of a second has."""


def to_srt(track: Track) -> str:
    """Return `track` as an SRT file: numbers from 1, times, text that no player takes for markup."""
    blocks = []
    for number, cue in enumerate(track.cues, start=1):
        start, end = clock(cue.time.start_ms, ","), clock(cue.time.end_ms, ",")
        text = _TO_GUARD.sub(_guarded, "\n".join(written_lines(cue.lines)))
        blocks.append(f"{number}\n{start} --> {end}\n{text}\n")
    return "\n".join(blocks)


def is_srt(lines: Iterable[str]) -> bool:
    """Tell whether any line gives the times of a cue."""
    return any(_ARROW in line and read_times(line) is not None for line in lines)


def read_srt(lines: list[str], *, name: str) -> Reading:
    """Return what the lines of an SRT file hold."""
    refuse_too_many(sum(_ARROW in line for line in lines), name)
    times: dict[int, tuple[Moment, Moment]] = {}
    found: list[Finding] = []
    fed: list[str] = []
    for at, line in enumerate(lines, start=1):
        if _ARROW not in line:
            fed.append(line)
        elif (moments := read_times(line)) is not None:
            times[at] = moments
            _without_number(fed)
            fed += (_NUMBER, marker(at))
        elif _MEANT_AS_TIMES.search(line) and (not fed or not fed[-1].strip() or fed[-1].strip().isdigit()):
            found.append(left_out("CAPTIONS_TIME", f"`{line.strip()[:80]}` is no cue's time", name, at))
            fed.append(_ARROW)
        else:
            fed.append(line.replace(_ARROW, f"--{_JOINER}>"))  # in a text, which webvtt-py cannot tell
    first = fed.index(marker(next(iter(times)))) - 1 if times else 0
    if any(line.strip() for line in fed[:first]):
        found.append(left_out("CAPTIONS_TEXT", "there is text above the first cue", name, 1))
    thousandths = _counts_thousandths(times.values())
    found += _short_fractions(times, name, thousandths=thousandths)
    texts = _texts(fed[first:])
    blocks = (
        Block(start.in_ms(thousandths=thousandths), end.in_ms(thousandths=thousandths), texts.get(at, ()), at)
        for at, (start, end) in times.items()
    )
    return Reading(CaptionFormat.SRT, tuple(blocks), tuple(found))


def _guarded(match: re.Match[str]) -> str:
    return match[0] + _JOINER


def _without_number(fed: list[str]) -> None:
    """Take the number of the next cue off the end of `fed`, and empty lines after it."""
    last = len(fed) - 1
    while last >= 0 and not fed[last].strip():
        last -= 1
    alone = last <= 0 or not fed[last - 1].strip()
    if last >= 0 and fed[last].strip().isdigit() and (last == len(fed) - 1 or alone):
        del fed[last:]


def _texts(fed: list[str]) -> dict[int, tuple[str, ...]]:
    """Return the text of each cue by the line of its times; a cue without text is missing."""
    if not fed:
        return {}
    parsed = webvtt.WebVTT.from_buffer(["\n".join([*fed, "", ""])], format="srt")
    return {marked_line(caption.start): _shown(caption.lines) for caption in parsed.captions}


def _shown(lines: Iterable[str]) -> tuple[str, ...]:
    text = _MARKUP.sub("", "\n".join(lines))
    return shown_lines(_TO_FREE.sub(lambda match: match[1] or match[2] or match[3], text))


def _counts_thousandths(times: Iterable[tuple[Moment, Moment]]) -> bool:
    """Tell whether the file writes milliseconds as plain numbers, so that ``,5`` is 5 ms.

    It may as well be half a second: both are found, players read the first. Plain numbers have no
    zero before them and may have one after them, fractions of a second the other way round.
    """
    parts = {moment.fraction for pair in times for moment in pair if moment.fraction}
    longer = {part for part in parts if len(part) > 1}
    return (
        {len(part) for part in parts} in ({1, _FULL}, {2, _FULL}, {1, 2, _FULL})
        and any(part.endswith("0") for part in longer)
        and not any(part.startswith("0") for part in longer)
    )


def _short_fractions(
    times: dict[int, tuple[Moment, Moment]], name: str, *, thousandths: bool
) -> Iterator[Finding]:
    for at, pair in times.items():
        for moment in pair:
            if 0 < len(moment.fraction) < _FULL:
                read = clock(moment.in_ms(thousandths=thousandths), ",")
                message = f"`{moment.mark}{moment.fraction}` is no full fraction, the time was read as {read}"
                yield Finding("CAPTIONS_FRACTION", Level.WARN, message, name, at, "write three digits")
                return

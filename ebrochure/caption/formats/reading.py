"""From a caption file of any kind to cues: which kind it is, and what is wrong with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import count, pairwise
from typing import TYPE_CHECKING

from ebrochure.caption.formats.clock import clock
from ebrochure.caption.formats.decoding import decode_leniently
from ebrochure.caption.formats.model import MAX_BYTES, MAX_MS, CaptionFile, left_out, listed, refuse_too_many
from ebrochure.caption.formats.plain import split_lines
from ebrochure.caption.formats.segments import is_json, read_json
from ebrochure.caption.formats.srt import is_srt, read_srt
from ebrochure.caption.formats.transcripts import as_transcript, is_zoom_text, read_zoom_text
from ebrochure.caption.formats.ttml import read_ttml
from ebrochure.caption.formats.webvtt import HEADER, read_webvtt
from ebrochure.errors import MaterialError
from ebrochure.model.captions import Cue
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.caption.formats.model import Block, Reading

_LAST_MS = 4000
"""How long the last cue is shown where the file gives no ends."""
_LATE_MS = 3600 * 1000
"""A first cue after an hour counts in the time code of a tape, or of a longer programme."""

_OTHERS = (
    (re.compile(r"\[Script Info\]", re.IGNORECASE), "an ASS or SSA file"),
    (re.compile(r"[0-9]+:[0-9]{2}:[0-9]{2}\.[0-9]{3},[0-9]+:[0-9]{2}:[0-9]{2}\.[0-9]{3}\s"), "an SBV file"),
    (re.compile(r"Scenarist_SCC"), "an SCC file"),
    (re.compile(r"\{[0-9]+\}\{[0-9]+\}"), "a MicroDVD file"),
    (re.compile(r"\[[0-9]{1,3}:[0-9]{2}(?:[.:][0-9]{2,3})?\]"), "an LRC file"),
    (re.compile(r"\{\\rtf"), "an RTF document"),
    (re.compile(r"%PDF-"), "a PDF document"),
)
"""What else is dropped in as captions, told by how it starts."""


def read_caption_file(data: bytes, *, name: str) -> CaptionFile:
    """Return the cues of a caption file; what kind it is, its content tells.

    A cue that no player could show (times unreadable or reversed, no text) is left out and found;
    styles, positions and comments are left out silently.

    Args:
        data: The file's bytes.
        name: What the author calls it.

    Raises:
        MaterialError: With one sentence, the file and, where there is one, the line.
    """
    text, doubts = decode_leniently(data, name=name)
    reading = _read(text.removeprefix("\ufeff"), name)
    cues, lines, found = _finished(reading, name)
    late = cues[0].time.start_ms
    if late >= _LATE_MS:
        message = f"the first cue starts at {clock(late)}: is that the time code of a tape?"
        hint = "if so, export the captions with times that start at 0"
        doubts = (*doubts, Finding("CAPTIONS_LATE", Level.WARN, message, name, lines[0], hint))
    return CaptionFile(reading.format, reading.language, cues, lines, (*doubts, *found))


def read_captions(text: str, *, name: str) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT or SRT file, their text to the letter; see `parse_captions`."""
    return parse_captions(text, name=name)[0]


def parse_captions(text: str, *, name: str) -> tuple[tuple[Cue, ...], tuple[Finding, ...]]:
    """Return the cues of a WebVTT or SRT file in order of time, and what was wrong with it.

    Which of the two it is is read from its text, not from its name; a label before a text is text.

    Args:
        text: The file's text.
        name: What the author calls it.

    Raises:
        MaterialError: `CAPTIONS_TOO_LARGE`, `CAPTIONS_FORMAT` or `CAPTIONS_EMPTY`.
    """
    if len(text) > MAX_BYTES:
        message = f"`{name}` is longer than {MAX_BYTES // 10**6} million characters"
        hint = "check that it is a caption file"
        raise MaterialError.one("CAPTIONS_TOO_LARGE", message, file=name, hint=hint)
    lines = split_lines(text)
    if _is_webvtt(lines):
        reading = read_webvtt(lines, name=name)
    elif is_srt(lines):
        reading = read_srt(lines, name=name)
    else:
        raise _unknown(text, name, "WebVTT nor SRT", "an SRT file with `1` and a line of times")
    cues, _, found = _finished(reading, name)
    return cues, found


def _read(text: str, name: str) -> Reading:
    head = text[:200].lstrip()
    if head.startswith("<"):
        return read_ttml(text.lstrip(), name=name)
    if is_json(text):
        return read_json(text, name=name)
    lines = split_lines(text)
    if _is_webvtt(lines):
        return as_transcript(read_webvtt(lines, name=name), text, name=name)
    if is_srt(lines):
        return read_srt(lines, name=name)
    if is_zoom_text(lines):
        return read_zoom_text(lines, name=name)
    kinds = "WebVTT, SRT, TTML, JSON nor the transcript of a meeting"
    raise _unknown(text, name, kinds, "an SRT file with `1` and a line of times")


def _is_webvtt(lines: Iterable[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return HEADER.match(first) is not None


def _unknown(text: str, name: str, kinds: str, others: str) -> MaterialError:
    kind = next((kind for sign, kind in _OTHERS if sign.match(text.lstrip())), None)
    empty = not text.strip()
    message = (
        f"`{name}` is empty" if empty else f"`{name}` is {kind}" if kind else f"`{name}` is neither {kinds}"
    )
    hint = f"a WebVTT file starts with `WEBVTT`, {others}"
    line = next((at for at, row in enumerate(split_lines(text), start=1) if row.strip()), 1)
    return MaterialError.one("CAPTIONS_FORMAT", message, file=name, line=line, hint=hint)


# --- from what stands in the file to what can be shown ---------------------------------------


def _finished(reading: Reading, name: str) -> tuple[tuple[Cue, ...], tuple[int, ...], tuple[Finding, ...]]:
    refuse_too_many(len(reading.blocks), name)
    found = list(reading.findings)
    blocks, open_ends = _ended(reading.blocks)
    if open_ends:
        message = f"{len(open_ends)} of {len(blocks)} cues have no end, so each ends when the next one starts"
        hint = "listen whether they stay too long"
        found.append(Finding("CAPTIONS_END", Level.WARN, message, name, open_ends[0], hint))
    kept = []
    for block in blocks:
        fault = _fault(block)
        if fault is None:
            kept.append(block)
        else:
            found.append(
                left_out("CAPTIONS_TIME" if block.lines else "CAPTIONS_TEXT", fault, name, block.line)
            )
    found.extend(_out_of_order(kept, name))
    found = list(listed(sorted(found, key=lambda finding: finding.line or 0)))
    if not kept:
        message = f"`{name}` holds no cue that could be shown"
        nothing = Finding("CAPTIONS_EMPTY", Level.ERROR, message, name, None, "export the captions again")
        raise MaterialError((nothing, *found))
    kept.sort(key=lambda block: block.start_ms)
    return _cues(kept), tuple(block.line for block in kept), tuple(found)


def _ended(blocks: tuple[Block, ...]) -> tuple[list[Block], list[int]]:
    """Return `blocks` with an end each, and the lines of those that had none."""
    starts = sorted({block.start_ms for block in blocks})
    ended, lines = [], []
    for block in blocks:
        if block.end_ms is not None:
            ended.append(block)
            continue
        at = bisect_right(starts, block.start_ms)
        end_ms = starts[at] if at < len(starts) else block.start_ms + _LAST_MS
        ended.append(replace(block, end_ms=end_ms))
        lines.append(block.line)
    return ended, lines


def _fault(block: Block) -> str | None:
    """Return why no player could show `block`, None where it can be shown."""
    if not block.lines:
        return "a cue has no text"
    end_ms = block.end_ms or 0
    if end_ms <= block.start_ms:
        return f"a cue ends at {clock(end_ms)}, not after its start at {clock(block.start_ms)}"
    if end_ms > MAX_MS:
        return f"a cue ends at {clock(end_ms)}, after more than a day"
    return None


def _out_of_order(blocks: list[Block], name: str) -> Iterator[Finding]:
    for before, after in pairwise(blocks):
        if after.start_ms < before.start_ms:
            message = f"a cue starts at {clock(after.start_ms)}, before the one above it"
            yield Finding("CAPTIONS_ORDER", Level.WARN, message, name, after.line, "cues were sorted by time")


def _cues(blocks: list[Block]) -> tuple[Cue, ...]:
    """Return `blocks` as cues; an id is kept where it is the only one of its name."""
    taken = Counter(block.id for block in blocks if block.id)
    unused = (str(number) for number in count(1) if str(number) not in taken)
    return tuple(
        Cue(
            id=block.id if block.id and taken[block.id] == 1 else next(unused),
            time=TimeRange(block.start_ms, block.end_ms or 0),
            lines=block.lines,
            speaker=block.speaker,
        )
        for block in blocks
    )

"""Transcripts of meetings: Microsoft Teams and Zoom, who speaks kept beside what is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.caption.formats.model import Block, CaptionFormat, Reading
from ebrochure.caption.formats.plain import LINE_END, named, shown_lines
from ebrochure.errors import MaterialError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_GUID = re.compile(r"(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:[/-][0-9-]+)?", re.IGNORECASE)
"""How Teams and Stream name cues: ``b2ea6aa1-…-9f3c2a7c1d5e/13-0``."""

_NAMED = re.compile(r"([^\W_][^:<>\[\]{}!?;\n]{0,59}):[ \t]+(\S.*)", re.DOTALL)
_ZOOM_FILE = re.compile(r"GMT[0-9]{8}-[0-9]{6}")
"""How Zoom names its recordings, and their transcripts."""
_SPOKEN_ROW = re.compile(r"\[?([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]{1,3}))?\]?[ \t]+(.+)")
_CHAT = re.compile(r"From\s.*\bto\b.*", re.IGNORECASE)
_TIME_OF_DAY_ROW = re.compile(r"\[[^\[\]]{1,80}\][ \t]+[0-9]{1,2}:[0-9]{2}:[0-9]{2}")
_MOST = 0.75
"""Share of the cues that must name a speaker."""


def as_transcript(reading: Reading, text: str, *, name: str) -> Reading:
    """Return what was read from a WebVTT file as the meeting transcript that it is, if it is one.

    Teams is told by its ids, or by one closed voice in each cue and nothing else; Zoom by numbered
    cues of one line that nearly all start with a name. Labels in capitals are a captioner's, and text.
    """
    blocks = reading.blocks
    if blocks and _is_teams(blocks, text):
        # Its ids mean nothing to anybody, and would make a Teams transcript of what we write.
        return replace(
            reading, format=CaptionFormat.TEAMS, blocks=tuple(replace(block, id=None) for block in blocks)
        )
    if _is_zoom(blocks, name):
        return replace(reading, format=CaptionFormat.ZOOM, blocks=tuple(map(_with_speaker, blocks)))
    return reading


def _is_teams(blocks: Sequence[Block], text: str) -> bool:
    if sum(_GUID.fullmatch(block.id or "") is not None for block in blocks) >= _MOST * len(blocks):
        return True
    bare = LINE_END.split(text, maxsplit=1)[0].strip() == "WEBVTT"
    closed = text.count("</v>") == text.count("<v ") == len(blocks)
    return bare and closed and all(block.speaker and block.id is None for block in blocks)


def _is_zoom(blocks: Sequence[Block], name: str) -> bool:
    numbered = all(block.id == str(number) for number, block in enumerate(blocks, start=1))
    if not numbered or any(block.speaker or len(block.lines) > 1 for block in blocks):
        return False
    matches = [_NAMED.fullmatch(line) for block in blocks for line in block.lines]
    names = [match[1] for match in matches if match is not None]
    if _ZOOM_FILE.search(name) and names:
        return True
    if not names or len(names) < _MOST * len(blocks) or all(label.isupper() for label in names):
        return False
    return 2 * len(set(names)) <= len(names) or all(map(_is_full_name, names))


def _is_full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() or not word[0].isalpha() for word in words)


def _with_speaker(block: Block) -> Block:
    match = _NAMED.fullmatch("\n".join(block.lines))
    if match is None:
        return block
    return replace(block, speaker=named([match[1]]), lines=shown_lines(match[2]))


# --- Zoom as text ----------------------------------------------------------------------------


def is_zoom_text(lines: Iterable[str]) -> bool:
    """Tell whether most lines are ``00:00:01 Name: text``, or the time of day after a name in brackets."""
    rows = [line for line in lines if line.strip()]
    known = sum(_row(line) is not None or _TIME_OF_DAY_ROW.fullmatch(line) is not None for line in rows)
    return bool(rows) and 3 * known >= len(rows)


def read_zoom_text(lines: Sequence[str], *, name: str) -> Reading:
    """Return what a transcript of lines ``00:00:01 Name: text`` holds; it says when each starts only.

    Raises:
        MaterialError: `CAPTIONS_TIME` where it gives times of day, as saved captions and chats do.
    """
    blocks: list[Block] = []
    for at, line in enumerate(lines, start=1):
        row = _row(line)
        if _TIME_OF_DAY_ROW.fullmatch(line.strip()) or (row is not None and _CHAT.fullmatch(row[1])):
            message = f"`{name}` gives times of day, which say nothing about the recording"
            hint = "download the audio transcript (.vtt) from Zoom's recordings"
            raise MaterialError.one("CAPTIONS_TIME", message, file=name, line=at, hint=hint)
        if row is not None:
            blocks.append(Block(row[0], None, shown_lines(row[2]), at, named([row[1]])))
        elif line.strip() and blocks:
            blocks[-1] = replace(blocks[-1], lines=(*blocks[-1].lines, *shown_lines(line)))
    return Reading(CaptionFormat.ZOOM, tuple(blocks))


def _row(line: str) -> tuple[int, str, str] | None:
    """Return the start, the name and the text of a line; None: it is no such line."""
    match = _SPOKEN_ROW.fullmatch(line.strip())
    spoken = None if match is None else _NAMED.fullmatch(match[5])
    if match is None or spoken is None:
        return None
    hours, minutes, seconds = (int(part) for part in match.groups()[:3])
    ms = int((match[4] or "0").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms, spoken[1], spoken[2]

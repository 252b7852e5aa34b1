"""Captions as files: one writer (WebVTT) and readers for what people bring (WebVTT and SRT).

webvtt-py parses; what it leaves undone is done here: character references are read, bad times are
found and named with their line, and only what a player would treat as markup is taken out. In
WebVTT that is anything in angle brackets, in SRT only the handful of tags that players know: all
other text stays to the letter.
"""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import count, pairwise
from typing import TYPE_CHECKING

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from ebrochure.errors import MaterialError
from ebrochure.model.captions import Cue
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.model.captions import Track

MAX_BYTES = 5_000_000
"""Largest caption file that is read: far above any real one, an hour is about 100 kB."""

MAX_MS = 24 * 3600 * 1000
"""Latest time that is believed: footage ends long before."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_VTT_TIMES = re.compile(r"\s*-->\s*".join([r"\s*(?:(\d{1,10}):)?(\d{1,2}):(\d{1,2})\.(\d{1,3})"] * 2))
_SRT_TIMES = re.compile(r"\s*-->\s*".join([r"\s*(\d{1,10}):(\d{1,2}):(\d{1,2})[,.](\d{1,10})"] * 2))
_SRT_TAG = re.compile(r"</?(?:b|i|u|s|font|c|ruby|rt)(?:\s[^<>]*)?>|\{\\an?\d\}", re.IGNORECASE)
_VOICE = re.compile(r"^<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")


@dataclass(frozen=True, slots=True)
class _Block:
    """One cue as it stands in the file."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str | None
    id: str | None
    line: int
    """Line of its times, from 1."""


# --- writing ---------------------------------------------------------------------------------


def to_webvtt(track: Track) -> str:
    """Return `track` as a WebVTT file: bare header, ids, times, text; nothing that could be markup.

    Source: WebVTT, section 4.1 (W3C Candidate Recommendation, 4 April 2019).
    """
    blocks = ["WEBVTT"]
    for cue in track.cues:
        start, end = _clock(cue.time.start_ms), _clock(cue.time.end_ms)
        blocks.append("\n".join((_safe_id(cue.id), f"{start} --> {end}", *_payload(cue))))
    return "\n\n".join(blocks) + "\n"


def timing_lines(cues: Iterable[Cue]) -> tuple[int, ...]:
    """Return the line, from 1, on which `to_webvtt` writes each cue's times."""
    found = []
    line = 4  # header, empty line, id, times
    for cue in cues:
        found.append(line)
        line += len(_payload(cue)) + 3  # text, empty line, the next id, the next times
    return tuple(found)


def _payload(cue: Cue) -> list[str]:
    # An empty line would end the cue, so lines that hold one are joined without it.
    lines = [part for line in cue.lines for part in _LINE_END.split(line) if part.strip()] or ["\u00a0"]
    lines = [_escape(line) for line in lines]
    if cue.speaker and cue.speaker.strip():
        lines[0] = f"<v {_escape(' '.join(cue.speaker.split()))}>{lines[0]}"
    return lines


def _escape(text: str) -> str:
    text = _CONTROL.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _safe_id(name: str) -> str:
    return " ".join(_CONTROL.sub(" ", name).replace("-->", "->").split()) or "0"


def _clock(moment_ms: int) -> str:
    seconds, ms = divmod(moment_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"


# --- reading ---------------------------------------------------------------------------------


def decode_captions(data: bytes, *, name: str) -> str:
    """Return the text of a caption file.

    Raises:
        MaterialError: `CAPTIONS_TOO_LARGE`, or `CAPTIONS_ENCODING` where it is not UTF-8.
    """
    if len(data) > MAX_BYTES:
        message = f"`{name}` is {len(data) / 1e6:.0f} MB, captions are at most {MAX_BYTES // 10**6} MB"
        raise MaterialError.one(
            "CAPTIONS_TOO_LARGE", message, file=name, hint="check that it is a caption file"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"`{name}` is not UTF-8: byte 0x{data[error.start]:02x} on line {line}"
        hint = "save it again with the encoding UTF-8"
        raise MaterialError.one("CAPTIONS_ENCODING", message, file=name, line=line, hint=hint) from error


def read_captions(text: str, *, name: str) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT or SRT file, their text to the letter; see `parse_captions`."""
    return parse_captions(text, name=name)[0]


def parse_captions(text: str, *, name: str) -> tuple[tuple[Cue, ...], tuple[Finding, ...]]:
    """Return the cues of a WebVTT or SRT file in order of time, and what was wrong with it.

    Which of the two it is is read from its text, not from its name. A cue that no player could
    show (times unreadable or reversed, no text) is left out and found; styles, regions, positions
    and comments are left out silently.

    Args:
        text: The file's text.
        name: What the author calls it.

    Raises:
        MaterialError: `CAPTIONS_TOO_LARGE`, `CAPTIONS_FORMAT` or `CAPTIONS_EMPTY`.
    """
    if len(text) > MAX_BYTES:
        message = f"`{name}` is longer than {MAX_BYTES // 10**6} million characters"
        raise MaterialError.one(
            "CAPTIONS_TOO_LARGE", message, file=name, hint="check that it is a caption file"
        )
    lines = [line.rstrip() for line in _LINE_END.split(text.removeprefix("\ufeff").replace("\0", "\ufffd"))]
    blocks, found = _blocks(lines, name=name)
    kept = []
    for block in blocks:
        fault = _fault(block)
        if fault is None:
            kept.append(block)
        else:
            found.append(
                _warning("CAPTIONS_TIME" if block.lines else "CAPTIONS_TEXT", fault, name, block.line)
            )
    found.extend(_out_of_order(kept, name))
    found.sort(key=lambda finding: finding.line or 0)
    if not kept:
        message = f"`{name}` holds no cue that could be shown"
        nothing = Finding("CAPTIONS_EMPTY", Level.ERROR, message, name, None, "export the captions again")
        raise MaterialError((nothing, *found))
    return _cues(sorted(kept, key=lambda block: block.start_ms)), tuple(found)


def _blocks(lines: list[str], *, name: str) -> tuple[list[_Block], list[Finding]]:
    """Return the cues that webvtt-py reads from `lines`, and the times that it could not read."""
    is_vtt = bool(lines) and re.match(r"WEBVTT(?:[ \t]|$)", lines[0]) is not None
    captions = _parsed(lines, is_vtt=is_vtt, name=name)
    rows = [(at, row) for at, row in enumerate(lines, start=1) if "-->" in row]
    # The parser drops what it cannot read and names no lines: its cues, in order, are laid beside
    # the file's own lines of times, and a line that has no cue is one that it dropped.
    blocks: list[_Block] = []
    found = []
    for left, (at, row) in zip(range(len(rows), 0, -1), rows, strict=True):
        caption = captions[len(blocks)] if len(blocks) < len(captions) else None
        all_used = len(captions) - len(blocks) == left
        if caption is not None and (all_used or _times(row, is_vtt=is_vtt) == (caption.start, caption.end)):
            blocks.append(_block(caption, at, is_vtt=is_vtt))
        else:
            found.append(_warning("CAPTIONS_TIME", f"`{row.strip()[:80]}` is no cue's time", name, at))
    return blocks, found


def _parsed(lines: list[str], *, is_vtt: bool, name: str) -> list[webvtt.Caption]:
    first = next((at for at, line in enumerate(lines) if line), len(lines))
    try:
        # webvtt-py wants an SRT to start on its first line.
        text = io.StringIO("\n".join(lines if is_vtt else lines[first:]))
        return list(webvtt.from_buffer(text, format="vtt" if is_vtt else "srt").captions)
    except (MalformedFileError, MalformedCaptionError) as error:
        message = f"`{name}` is neither WebVTT nor SRT"
        hint = "a WebVTT file starts with `WEBVTT`, an SRT file with `1` and a line of times"
        raise MaterialError.one("CAPTIONS_FORMAT", message, file=name, line=first + 1, hint=hint) from error


def _block(caption: webvtt.Caption, line: int, *, is_vtt: bool) -> _Block:
    if is_vtt:
        voice = _VOICE.match(caption.raw_text)
        speaker = " ".join(html.unescape(voice[1]).split()) if voice else None
        lines = [html.unescape(part) for part in caption.text.split("\n")]
    else:
        speaker = None
        lines = [_SRT_TAG.sub("", part) for part in caption.lines]
    # A reference may name a line end or a control character; in a line of text they are spaces.
    lines = [_CONTROL.sub("", " ".join(_LINE_END.split(part))).strip() for part in lines]
    shown = tuple(part for part in lines if part)
    times = _milliseconds(caption.start), _milliseconds(caption.end)
    return _Block(*times, shown, speaker or None, caption.identifier if is_vtt else None, line)


def _milliseconds(clock: str) -> int:
    """Return ``hh:mm:ss.mmm`` in milliseconds."""
    hours, minutes, seconds = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds.replace(".", ""))


def _times(row: str, *, is_vtt: bool) -> tuple[str, str] | None:
    """Return the two times of a line as webvtt-py writes them, None where they are no times."""
    match = (_VTT_TIMES if is_vtt else _SRT_TIMES).match(row)
    if match is None:
        return None
    first, second = (_moment(*match.groups()[at : at + 4], is_vtt=is_vtt) for at in (0, 4))
    return _clock(first), _clock(second)


def _moment(hours: str | None, minutes: str, seconds: str, fraction: str, *, is_vtt: bool) -> int:
    # `.5` is half a second in WebVTT; the SRT reader counts `,5` as five milliseconds.
    ms = int(fraction.ljust(3, "0") if is_vtt else fraction)
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + ms


def _fault(block: _Block) -> str | None:
    """Return why no player could show `block`, None where it can be shown."""
    if not block.lines:
        return "a cue has no text"
    if block.end_ms <= block.start_ms:
        return f"a cue ends at {_clock(block.end_ms)}, not after its start at {_clock(block.start_ms)}"
    if block.end_ms > MAX_MS:
        return f"a cue ends at {_clock(block.end_ms)}, after more than a day"
    return None


def _out_of_order(blocks: list[_Block], name: str) -> Iterator[Finding]:
    for before, after in pairwise(blocks):
        if after.start_ms < before.start_ms:
            message = f"a cue starts at {_clock(after.start_ms)}, before the one above it"
            yield Finding("CAPTIONS_ORDER", Level.WARN, message, name, after.line, "cues were sorted by time")


def _warning(code: str, message: str, name: str, line: int) -> Finding:
    return Finding(code, Level.WARN, f"{message}, so it was left out", name, line, "mend it and build again")


def _cues(blocks: list[_Block]) -> tuple[Cue, ...]:
    """Return `blocks` as cues; an id is kept where it is the only one of its name."""
    taken = Counter(block.id for block in blocks if block.id)
    unused = (str(number) for number in count(1) if str(number) not in taken)
    return tuple(
        Cue(
            id=block.id if block.id and taken[block.id] == 1 else next(unused),
            time=TimeRange(block.start_ms, block.end_ms),
            lines=block.lines,
            speaker=block.speaker,
        )
        for block in blocks
    )

"""WebVTT in and out.

webvtt-py finds the blocks; what it leaves undone is done here: times are read and bad ones named
with their line, character references are resolved, every voice is kept, tags may run over a line's
end. Anything in angle brackets is markup, as it is for a player; what a person may have meant as
text is named. Source: WebVTT (W3C Candidate Recommendation, 4 April 2019).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import webvtt

from ebrochure.caption.formats.clock import clock, marked_line, marker, read_times
from ebrochure.caption.formats.model import Block, CaptionFormat, Reading, left_out, refuse_too_many
from ebrochure.caption.formats.plain import LINE_END, named, one_line, shown_lines, writable, written_lines
from ebrochure.caption.languages import language_tag
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.model.captions import Cue, Track

HEADER = re.compile(r"WEBVTT(?:[ \t]|$)")
"""First line of a file. Source: WebVTT, section 4.1."""

_ARROW = "-->"
_OTHER_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_LANGUAGE = re.compile(r"(?:NOTE\s+)?language\s*[:=]\s*\"?([\w-]+)", re.IGNORECASE)
_TAG = re.compile(r"/?(?:c|i|b|u|v|lang|ruby|rt)(?:[.\s].*)?|/?[0-9:.]*", re.DOTALL)
"""Tags that players know, and time stamps. Source: WebVTT, section 4.2.2."""
_VOICE = re.compile(r"v(?:\.[^\s>]*)?\s+(.+)", re.DOTALL)
_ENDLESS_REFERENCE = re.compile(r"&#(?:x[0-9a-f]{100,}|[0-9]{100,});?", re.IGNORECASE)
_MAX_TAG_SHOWN = 60


# --- writing ---------------------------------------------------------------------------------


def to_webvtt(track: Track) -> str:
    """Return `track` as a WebVTT file: bare header, ids, times, text; nothing that could be markup.

    Source: WebVTT, section 4.1.
    """
    blocks = ["WEBVTT"]
    for cue in track.cues:
        start, end = clock(cue.time.start_ms), clock(cue.time.end_ms)
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
    lines = [_escape(line) for line in written_lines(cue.lines)]
    if cue.speaker and cue.speaker.strip():
        lines[0] = f"<v {_escape(one_line(cue.speaker))}>{lines[0]}"
    return lines


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _safe_id(name: str) -> str:
    return " ".join(writable(name, " ").replace(_ARROW, "->").split()) or "0"


# --- reading ---------------------------------------------------------------------------------


def read_webvtt(lines: list[str], *, name: str) -> Reading:
    """Return what the lines of a WebVTT file hold; the first that is not empty is its header."""
    refuse_too_many(sum(_ARROW in line for line in lines), name)
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    found = list(_of_header(first, name))
    times: dict[int, tuple[int, int]] = {}
    fed = [lines[first]]
    for at, line in enumerate(lines[first + 1 :], start=first + 2):
        if _ARROW not in line:
            fed.append(line)
            continue
        span = _times(line)
        if span is None:
            fed.append(_ARROW)
            if not _OTHER_BLOCK.match(line):
                found.append(left_out("CAPTIONS_TIME", f"`{line.strip()[:80]}` is no cue's time", name, at))
        else:
            times[at] = span
            fed.append(marker(at))
    found += _commas(lines, times, name)
    fed, parted = _joined(fed)
    if parted:
        found.append(_parted(parted, len(times), name))
    parsed = webvtt.WebVTT.from_string("\n".join(fed))
    blocks = []
    for caption in parsed.captions:
        at = marked_line(caption.start)
        text, speaker, unknown = shown_text(caption.raw_text)
        blocks.append(Block(*times[at], text, at, speaker, caption.identifier))
        if unknown is not None:
            found.append(_markup(unknown, name, at))
    header = [*lines[first : first + 20], *(f"NOTE {text}" for text in parsed.header_comments[:20])]
    return Reading(CaptionFormat.WEBVTT, tuple(blocks), tuple(found), _language(header))


def shown_text(raw: str) -> tuple[tuple[str, ...], str | None, str | None]:
    """Return the lines, the speaker and the first unknown tag of a cue's payload.

    Source: WebVTT, section 6.4: a tag runs from ``<`` to the next ``>`` wherever that is. One that
    never ends stays as text: a player would swallow the rest of the cue, and that is nobody's wish.
    """
    shown: list[str] = []
    voices: list[str] = []
    voice = unknown = None
    for text, tag in _pieces(raw):
        shown.append(text)
        if voice is not None and text.strip():
            voices.append(voice)
        if tag is None:
            continue
        spoken = _VOICE.fullmatch(tag)
        if spoken is not None:
            voice = unescape(spoken[1])
        elif tag.startswith("/v"):
            voice = None
        elif unknown is None and not _TAG.fullmatch(tag):
            unknown = tag
    # References are resolved after the tags are gone, and one may stand for a line's end.
    lines = (" ".join(LINE_END.split(unescape(line))) for line in "".join(shown).split("\n"))
    return shown_lines("\n".join(lines)), named(voices), unknown


def unescape(text: str) -> str:
    """Return `text` with its character references resolved.

    `html.unescape` fails on a number of more than 4,300 digits; nobody has a character of that number.
    """
    return html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _pieces(raw: str) -> Iterator[tuple[str, str | None]]:
    """Yield text and the tag after it; the last has none. In one pass, however many ``<`` there are."""
    at = 0
    while (start := raw.find("<", at)) >= 0 and (end := raw.find(">", start)) >= 0:
        yield raw[at:start], raw[start + 1 : end]
        at = end + 1
    yield raw[at:], None


def _times(row: str) -> tuple[int, int] | None:
    moments = read_times(row)
    if moments is None or any(moment.carries for moment in moments):
        return None
    start, end = moments
    return start.in_ms(), end.in_ms()


def _joined(fed: list[str]) -> tuple[list[str], list[int]]:
    """Return the lines without the empty ones between times and their text, and which lines of times.

    webvtt-py leaves such a cue empty and its text lost (glut23/webvtt-py issues 46 and 74).
    """
    kept: list[str] = []
    parted: list[int] = []
    at = 0
    while at < len(fed):
        kept.append(fed[at])
        at += 1
        if len(kept[-1]) <= len(_ARROW) or _ARROW not in kept[-1] or at >= len(fed) or fed[at]:
            continue
        after = at
        while after < len(fed) and not fed[after]:
            after += 1
        next_two = fed[after : after + 2]
        if next_two and not any(_ARROW in line for line in next_two) and not _OTHER_BLOCK.match(next_two[0]):
            parted.append(marked_line(kept[-1].partition(" ")[0]))
            at = after
        else:
            kept += fed[at:after]
            at = after
    return kept, parted


def _language(lines: list[str]) -> str | None:
    """Return the language that a line of the header or a comment before the first cue gives.

    ``Language: en`` is YouTube's and others', ``NOTE language:en-us`` is Microsoft Stream's.
    """
    for line in lines:
        if _ARROW in line:
            break
        match = _LANGUAGE.match(line)
        if match is not None and (tag := language_tag(match[1])):
            return tag
    return None


def _of_header(first: int, name: str) -> Iterator[Finding]:
    if first:
        message = f"`WEBVTT` stands on line {first + 1}, players want it on the first"
        hint = "take the empty lines above it away"
        yield Finding("CAPTIONS_HEADER", Level.WARN, message, name, first + 1, hint)


def _commas(lines: list[str], times: dict[int, tuple[int, int]], name: str) -> Iterator[Finding]:
    commas = [at for at in times if "," in lines[at - 1].split(_ARROW)[0]]
    if commas:
        message = (
            f"in {len(commas)} of {len(times)} cues the times have a comma where WebVTT wants a point, "
            "and players skip them"
        )
        yield Finding("CAPTIONS_COMMA", Level.WARN, message, name, commas[0], "export the captions again")


def _parted(lines: list[int], cues: int, name: str) -> Finding:
    message = f"in {len(lines)} of {cues} cues an empty line parts times and text, and players show nothing"
    return Finding("CAPTIONS_PARTED", Level.WARN, message, name, lines[0], "take the empty line away")


def _markup(tag: str, name: str, line: int) -> Finding:
    shown = writable(tag.replace("\n", " "))
    shown = shown if len(shown) <= _MAX_TAG_SHOWN else f"{shown[:_MAX_TAG_SHOWN]}…"
    message = f"`<{shown}>` is markup to a player, so nobody reads it"
    hint = "write `&lt;` for `<` if it is meant to be read"
    return Finding("CAPTIONS_MARKUP", Level.WARN, message, name, line, hint)

"""JSON in and out: segments as Whisper writes them, and the words of `captions make --words`.

What we write is Whisper's shape, so that other tools read it: seconds with three decimals, lines of a
text joined by line ends, the speaker beside them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

from pydantic import BaseModel, Field, ValidationError

from ebrochure.caption.cues import cues_from_segments
from ebrochure.caption.formats.model import MAX_MS, Block, CaptionFormat, Reading, left_out
from ebrochure.caption.formats.plain import named, shown_lines, writable, written_lines
from ebrochure.caption.languages import language_tag
from ebrochure.errors import MaterialError
from ebrochure.model.captions import CaptionProfile
from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word, WordSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebrochure.model.captions import Track

_TOKEN = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([\[\]{}])', re.DOTALL)
_OPENS = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')
_TIMES = ('"start"', '"start_ms"')

_MAX_WORDS = 40_000
"""Four hours of speech; building cues of more takes longer than anybody waits."""

_Ms = Annotated[int, Field(ge=0, le=MAX_MS)]
_Seconds = Annotated[float, Field(ge=0, le=MAX_MS / 1000)]


class _Item(BaseModel, strict=True, frozen=True):
    """A segment: in seconds as Whisper has it, or in milliseconds as we do."""

    text: str
    start: _Seconds | None = None
    end: _Seconds | None = None
    start_ms: _Ms | None = None
    end_ms: _Ms | None = None
    speaker: str | None = None
    id: str | int | None = None

    @property
    def times_ms(self) -> tuple[int | None, int | None]:
        """When it starts and ends."""
        start = self.start_ms if self.start is None else round(self.start * 1000)
        return start, self.end_ms if self.end is None else round(self.end * 1000)


class _Word(BaseModel, strict=True, frozen=True):
    """A word of `captions make --words`."""

    text: str = Field(pattern=r"^\S+$")
    start_ms: _Ms
    end_ms: _Ms
    confidence: float = Field(1.0, ge=0, le=1)
    sentence: int | None = None


class _Inserted(BaseModel, strict=True, frozen=True):
    """Speech that the script does not have."""

    text: str
    start_ms: _Ms
    end_ms: _Ms


# --- writing ---------------------------------------------------------------------------------


def to_json(track: Track) -> str:
    """Return `track` as JSON in Whisper's shape."""
    segments: list[dict[str, Any]] = []
    for cue in track.cues:
        item: dict[str, Any] = {
            "id": writable(cue.id),
            "start": cue.time.start_ms / 1000,
            "end": cue.time.end_ms / 1000,
            "text": "\n".join(written_lines(cue.lines)),
        }
        segments.append(item if cue.speaker is None else {**item, "speaker": writable(cue.speaker)})
    text = " ".join(item["text"].replace("\n", " ") for item in segments)
    whole = {"text": text, "language": track.language, "segments": segments}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


# --- reading ---------------------------------------------------------------------------------


def is_json(text: str) -> bool:
    """Tell whether `text` starts as our kinds of JSON do; an ASS file's ``[Script Info]`` does not."""
    return _OPENS.match(text) is not None


def read_json(text: str, *, name: str) -> Reading:
    """Return what a JSON file holds.

    Raises:
        MaterialError: `CAPTIONS_JSON` where it is no JSON, or not of the shapes that are known.
    """
    data = _loaded(text, name)
    if isinstance(data, list):
        return _of_items(data, _item_lines(text, ""), name)
    language = data.get("language")
    language = language_tag(language) if isinstance(language, str) else None
    if isinstance(data.get("segments"), list):
        return _of_items(data["segments"], _item_lines(text, "segments"), name, language)
    if isinstance(data.get("words"), list):
        inserted = data.get("inserted")
        found = _not_in_script(inserted, name) if isinstance(inserted, list) else []
        return _of_words(data["words"], _item_lines(text, "words"), name, language, found)
    message = f"`{name}` is JSON without `segments` or `words`"
    raise MaterialError.one("CAPTIONS_JSON", message, file=name, hint="save the JSON that Whisper writes")


def _loaded(text: str, name: str) -> Any:  # noqa: ANN401  that it may be anything is the point
    line = 1
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        line, why = error.lineno, error.msg
    except (ValueError, RecursionError):
        why = "a number or a nesting that no caption needs"
    message = f"`{name}` is no JSON that can be read: {why}"
    raise MaterialError.one("CAPTIONS_JSON", message, file=name, line=line, hint="export it again")


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _of_items(items: list[Any], rows: list[int], name: str, language: str | None = None) -> Reading:
    blocks: list[Block] = []
    found: list[Finding] = []
    for row, data in _placed(items, rows):
        try:
            item = _Item.model_validate(data)
        except ValidationError as error:
            found.append(_unfit("segment", error, name, row))
            continue
        start_ms, end_ms = item.times_ms
        if start_ms is None:
            found.append(left_out("CAPTIONS_TIME", "a segment has no `start`", name, row))
            continue
        known = item.id if isinstance(item.id, str) else None
        speaker = named([item.speaker]) if item.speaker else None
        blocks.append(Block(start_ms, end_ms, shown_lines(item.text), row, speaker, known))
    return Reading(CaptionFormat.JSON, tuple(blocks), tuple(found), language)


def _of_words(
    items: list[Any], rows: list[int], name: str, language: str | None, found: list[Finding]
) -> Reading:
    """Return words as the cues that the cue builder makes of them."""
    if len(items) > _MAX_WORDS:
        message = f"`{name}` has {len(items):,} words, at most {_MAX_WORDS:,} are read"
        hint = "check that it is the words of one recording"
        raise MaterialError.one("CAPTIONS_TOO_MANY", message, file=name, hint=hint)
    words: list[tuple[int | None, Word]] = []
    lines: list[int] = []
    for row, data in _placed(items, rows):
        try:
            item = _Word.model_validate(data)
            time = TimeRange(item.start_ms, item.end_ms)
        except ValidationError as error:
            found.append(_unfit("word", error, name, row))
        except ValueError:
            found.append(left_out("CAPTIONS_TIME", f"`{item.text[:40]}` ends before it starts", name, row))
        else:
            text = writable(item.text)
            words.append((item.sentence, Word(text, time, item.confidence, WordSource.SCRIPT)))
            lines.append(row)
    cues = cues_from_segments(_sentences(words), CaptionProfile(), language=language or "en")
    blocks = []
    at = 0
    for cue in cues:
        blocks.append(Block(cue.time.start_ms, cue.time.end_ms, cue.lines, lines[at], id=cue.id))
        at += len(cue.text.split())
    return Reading(CaptionFormat.JSON, tuple(blocks), tuple(found), language)


def _sentences(words: Iterable[tuple[int | None, Word]]) -> tuple[Segment, ...]:
    groups: list[list[Word]] = []
    before: int | None = None
    for sentence, word in words:
        if not groups or sentence != before:
            groups.append([])
        groups[-1].append(word)
        before = sentence
    return tuple(Segment(tuple(group)) for group in groups)


def _not_in_script(items: list[Any], name: str) -> list[Finding]:
    found = []
    for data in items:
        try:
            item = _Inserted.model_validate(data)
        except ValidationError:
            continue
        message = f"speech at {item.start_ms / 1000:.1f} s is not in the script, and not in these captions"
        hint = f"listen, and write it down: `{' '.join(item.text.split())[:60]}`"
        found.append(Finding("CAPTIONS_INSERTED", Level.WARN, message, name, None, hint))
    return found


def _unfit(noun: str, error: ValidationError, name: str, line: int) -> Finding:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = f"`{first['loc'][0]}`" if first["loc"] else "whole"
    return left_out("CAPTIONS_JSON", f"a {noun}'s {place} is wrong: {first['msg'].lower()}", name, line)


def _placed(items: list[Any], rows: list[int]) -> Iterable[tuple[int, Any]]:
    """Return each of `items` with its line; `rows` holds those of the objects among them."""
    left = iter(rows)
    return [(next(left, 1) if isinstance(item, dict) else 1, item) for item in items]


def _item_lines(text: str, key: str) -> list[int]:
    """Return the line of each object's times in the list that is called `key`; empty: the outermost list.

    The JSON parser of the standard library keeps no positions, so the brackets are counted again.
    """
    depth_of_items = 3 if key else 2
    breaks = [match.start() for match in re.finditer("\n", text)]
    found: list[int] = []
    depth, inside = 0, not key
    for match in _TOKEN.finditer(text):
        string, colon, bracket = match.groups()
        if bracket:
            depth += 1 if bracket in "[{" else -1
            if bracket == "{" and depth == depth_of_items and inside:
                found.append(bisect_right(breaks, match.start()) + 1)
        elif colon and key and depth == 1:
            inside = string == f'"{key}"'
            if inside:
                found.clear()  # the last of two equal keys wins
        elif colon and inside and depth == depth_of_items and string in _TIMES:
            found[-1] = bisect_right(breaks, match.start()) + 1
    return found

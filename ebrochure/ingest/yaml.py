"""YAML read as strings: every value as it was typed, every node with its line.

Types come later, from the schema, so that ``NO``, ``007``, ``12:30`` and ``1.10`` stay what they were.
Anchors, aliases, tags and merges are refused: they serve nobody here, and 600 bytes of them can ask
for more memory than there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml_events
from ruamel.yaml.error import YAMLError

from ebrochure.errors import MaterialError
from ebrochure.ingest.accidents import explain, indentation_accident
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_BYTES = 64_000
MAX_DEPTH = 8
MAX_FINDINGS = 20

_QUOTES = "put the whole value in straight quotes"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it was typed."""

    text: str
    line: int
    """Line in the file, from 1."""
    is_plain: bool = True
    """Written without quotes."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was given: no text, or YAML's own words for nothing."""
        return self.is_plain and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in order, no key twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Values in order."""

    items: tuple[Node, ...]
    line: int


Node: TypeAlias = Scalar | Mapping | Listing


def read_yaml(text: str, *, file: str, first_line: int = 1) -> tuple[Mapping, tuple[Finding, ...]]:
    """Read one YAML document that holds keys and values.

    Args:
        text: Decoded and cleaned.
        file: How the author knows the file.
        first_line: Line of the file that `text` begins on.

    Returns:
        The document, and what should be looked at though it could be read.

    Raises:
        MaterialError: Everything wrong with it, at once where it could be read to the end.
    """
    if len(text.encode()) > MAX_BYTES:
        message = f"there are more than {MAX_BYTES // 1000} kB of facts here"
        hint = "move the words below the second `---` line"
        raise MaterialError.one("META_TOO_LONG", message, file=file, line=first_line, hint=hint)
    reader = _Reader(file, first_line, text.split("\n"))
    root = reader.read(text)
    errors = tuple(item for item in reader.findings if item.level is Level.ERROR)
    if errors:
        raise MaterialError(errors)
    return root, tuple(reader.findings)


class _Reader:
    """Turns the parser's events into nodes; collects what is wrong on the way."""

    def __init__(self, file: str, first_line: int, lines: Sequence[str]) -> None:
        self.file = file
        self.first_line = first_line
        self.lines = lines
        self.findings: list[Finding] = []

    def read(self, text: str) -> Mapping:
        if accident := indentation_accident(self.lines):
            raise self._stop("META_SYNTAX", accident.message, accident.line + self.first_line, accident.hint)
        events = iter(YAML(typ="safe", pure=True).parse(text))
        try:
            root = self._document(events)
        except YAMLError as error:
            accident = explain(error, self.lines)
            raise self._stop(
                "META_SYNTAX", accident.message, accident.line + self.first_line, accident.hint
            ) from error
        if isinstance(root, Mapping):
            return root
        if isinstance(root, Scalar) and root.is_empty:
            return Mapping((), self.first_line)
        hint = "for example `title: Remote access`"
        raise self._stop("META_SHAPE", "expected `key: value` lines", root.line, hint)

    def _document(self, events: Iterator[yaml_events.Event]) -> Node:
        root: Node | None = None
        for event in events:
            match event:
                case yaml_events.DocumentStartEvent() if root is not None:
                    message = "a second document begins here; a file holds one"
                    hint = "one service, one folder, one file"
                    raise self._stop("META_SHAPE", message, self._line(event), hint)
                case yaml_events.NodeEvent():
                    root = self._node(event, events, 1)
                case _:  # the stream and the document open and close
                    pass
        return Scalar("", self.first_line) if root is None else root

    def _node(self, event: yaml_events.Event, events: Iterator[yaml_events.Event], depth: int) -> Node:
        self._refuse_machinery(event)
        match event:
            case yaml_events.MappingStartEvent():
                self._bound(event, depth)
                return self._mapping(event, events, depth)
            case yaml_events.SequenceStartEvent():
                self._bound(event, depth)
                items = []
                while not isinstance(inner := next(events), yaml_events.SequenceEndEvent):
                    items.append(self._node(inner, events, depth + 1))
                return Listing(tuple(items), self._line(event))
            case yaml_events.ScalarEvent():
                self._warn_dropped(event)
                return Scalar(event.value, self._line(event), is_plain=event.style is None)
            case _:  # an alias, refused above
                return Scalar("", self._line(event))

    def _mapping(self, start: yaml_events.Event, events: Iterator[yaml_events.Event], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(events), yaml_events.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            at = (event.end_mark.line, event.end_mark.column)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self._error("META_SHAPE", "expected a plain word before the colon", key.line, None)
                continue
            if isinstance(value, Scalar) and value.is_empty:
                value = Scalar("", key.line)  # the parser places it on the next line
                self._warn_hash(at[0], self.lines[at[0]][at[1] :].partition(":")[2])
            if key.text == "<<":
                message = "merging with `<<` is not allowed"
                self._error("META_ALIAS", message, key.line, "write the values out")
            elif key.text in entries:
                first = entries[key.text][0].line
                message = f"`{key.text}` is given twice, on lines {first} and {key.line}"
                self._error("META_DUPLICATE_KEY", message, key.line, "keep one of them")
            entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), self._line(start))

    def _refuse_machinery(self, event: yaml_events.Event) -> None:
        if isinstance(event, yaml_events.AliasEvent):
            message = f"`*{event.anchor}` is a reference, and references are not allowed"
            self._error("META_ALIAS", message, self._line(event), _QUOTES)
        elif isinstance(event, yaml_events.NodeEvent) and event.anchor:
            message = f"`&{event.anchor}` is an anchor, and anchors are not allowed"
            self._error("META_ALIAS", message, self._line(event), _QUOTES)
        if getattr(event, "tag", None):
            self._error("META_TAG", "a value cannot begin with `!`", self._line(event), _QUOTES)

    def _bound(self, event: yaml_events.Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            message = f"lists and brackets go more than {MAX_DEPTH} levels deep here"
            hint = "nothing that is asked for needs more than 4"
            raise self._stop("META_DEPTH", message, self._line(event), hint)

    def _warn_dropped(self, event: yaml_events.ScalarEvent) -> None:
        end = event.end_mark
        if event.style is None and event.value and end.line < len(self.lines):
            self._warn_hash(end.line, self.lines[end.line][end.column :])

    def _warn_hash(self, line: int, rest: str) -> None:
        # `# a remark` is one; `#1` behind a value is hardly meant to be.
        if found := re.match(r"\s+(#[^\s#].*)", rest):
            message = f"the text from `#` on was dropped: `{found[1].strip()[:40]}`"
            hint = "put the whole value in straight quotes if it belongs to it"
            at = line + self.first_line
            self.findings.append(Finding("META_HASH", Level.WARN, message, self.file, at, hint))

    def _line(self, event: yaml_events.Event) -> int:
        return int(event.start_mark.line) + self.first_line

    def _error(self, code: str, message: str, line: int, hint: str | None) -> None:
        if not any((item.code, item.line) == (code, line) for item in self.findings):
            self.findings.append(Finding(code, Level.ERROR, message, self.file, line, hint))
        if len(self.findings) > MAX_FINDINGS:  # a hostile file, or not the kind of file we think it is
            raise MaterialError(tuple(item for item in self.findings if item.level is Level.ERROR))

    def _stop(self, code: str, message: str, line: int, hint: str) -> MaterialError:
        """Return the error for something after which reading on makes no sense, with what came before it."""
        self._error(code, message, line, hint)
        return MaterialError(tuple(item for item in self.findings if item.level is Level.ERROR))

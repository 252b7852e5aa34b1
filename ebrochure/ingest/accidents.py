"""What went wrong in a piece of YAML, in words for somebody who has never heard of YAML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ruamel.yaml.error import MarkedYAMLError, YAMLError

_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u201a]")
_KEY = re.compile(r"^\s*(?:- +)?([A-Za-z_][\w -]*):(?:\s|$)")
_AFTER_QUOTE = re.compile(r""":\s+(?:"[^"]*"|'[^']*')\s*[^\s#,\]}]""")
_QUOTES = 'put the whole value in straight quotes: `key: "value"`'
_SPACES = "indent with spaces, two a level, as the lines around it do"


@dataclass(frozen=True, slots=True)
class Accident:
    """One accident: where, what, and what to do."""

    line: int
    """From 0, in the text that was parsed."""
    message: str
    hint: str


def indentation_accident(lines: Sequence[str]) -> Accident | None:
    """Return the first line that is indented with a tab or with a space that is none, or None."""
    for number, line in enumerate(lines):
        body = line.lstrip()
        for character in line[: len(line) - len(body)] if body else "":
            if character == "\t":
                return Accident(number, "this line begins with a TAB", _SPACES)
            if character != " ":
                name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
                message = f"this line begins with a {name}, which only looks like a space"
                return Accident(number, message, _SPACES)
    return None


def explain(error: YAMLError, lines: Sequence[str]) -> Accident:
    """Say in plain words what `error` means for `lines`."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        hint = "compare it with the sample service's `brochure.md`"
        return Accident(0, "this cannot be read as YAML", hint)
    at = _last_line_with_text(lines, error.problem_mark.line)
    begun = error.context_mark.line if error.context_mark else at
    problem = f"{error.context or ''} {error.problem or ''}"
    for sign, words in _SIGNS:
        if sign in problem:
            return words(lines, at, begun)
    return Accident(at, f"this line cannot be read: {error.problem}", _QUOTES)


def _last_line_with_text(lines: Sequence[str], number: int) -> int:
    number = min(number, len(lines) - 1)
    while number > 0 and not lines[number].strip():
        number -= 1
    return number


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _second_colon(lines: Sequence[str], at: int, _begun: int) -> Accident:
    if found := _curly(lines, at):
        return found
    before = lines[at - 1] if at else ""
    if _indent(lines[at]) != _indent(before) and _KEY.match(lines[at]) and _KEY.match(before):
        return _bad_indent(lines, at, at)
    if before.strip() and not _KEY.match(before) and _KEY.match(lines[at]):
        return _no_colon(lines, at, at - 1)
    return Accident(at, "a second colon in this line cannot be told from the first", _QUOTES)


def _curly(lines: Sequence[str], at: int) -> Accident | None:
    if not _CURLY.search(lines[at]):
        return None
    return Accident(at, "there are curly quotes in this line, which do not count as quotes", _QUOTES)


def _bad_indent(lines: Sequence[str], at: int, _begun: int) -> Accident:
    if found := _curly(lines, at):
        return found
    if _AFTER_QUOTE.search(lines[at]):
        return Accident(at, "there is more text after the closing quote", _QUOTES)
    if re.search(r":\s+[*&!]", lines[at]):
        return Accident(at, "a value cannot begin with `*`, `&` or `!` here", _QUOTES)
    return Accident(at, "this line is indented differently from the lines it belongs to", _SPACES)


def _no_colon(_lines: Sequence[str], _at: int, begun: int) -> Accident:
    hint = "write `key: value`, with a space after the colon"
    return Accident(begun, "this line has no colon followed by a space", hint)


def _unclosed_quote(_lines: Sequence[str], _at: int, begun: int) -> Accident:
    hint = "close it, or leave both quotes out"
    return Accident(begun, "the quote that opens in this line is never closed", hint)


def _unclosed_bracket(_lines: Sequence[str], _at: int, begun: int) -> Accident:
    hint = "close every `{` with `}` and every `[` with `]`, and put commas between"
    return Accident(begun, "the bracket that opens in this line is not closed, or lacks a comma", hint)


def _forbidden_start(lines: Sequence[str], at: int, _begun: int) -> Accident:
    if found := _curly(lines, at):
        return found
    return Accident(at, "a value cannot begin with this character", _QUOTES)


def _backslash(_lines: Sequence[str], at: int, _begun: int) -> Accident:
    hint = "use single quotes instead"
    return Accident(at, "a backslash inside double quotes has a meaning of its own", hint)


def _list_in_line(_lines: Sequence[str], at: int, _begun: int) -> Accident:
    return Accident(at, "a list cannot begin behind a key", "begin it on the next line: `  - first item`")


_Words = Callable[[Sequence[str], int, int], Accident]
_SIGNS: tuple[tuple[str, _Words], ...] = (
    ("mapping values are not allowed", _second_colon),
    ("sequence entries are not allowed", _list_in_line),
    ("could not find expected ':'", _no_colon),
    ("expected escape sequence", _backslash),
    ("unknown escape character", _backslash),
    ("while scanning a quoted scalar", _unclosed_quote),
    ("while scanning a double-quoted scalar", _unclosed_quote),
    ("while scanning a single-quoted scalar", _unclosed_quote),
    ("while parsing a flow", _unclosed_bracket),
    ("cannot start any token", _forbidden_start),
    ("expected alphabetic or numeric character", _forbidden_start),
    ("while parsing a block", _bad_indent),
    ("unindent", _bad_indent),
)

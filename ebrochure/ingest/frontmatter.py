"""`brochure.md` taken apart: the facts above, the words below, the words by their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from ebrochure.errors import MaterialError
from ebrochure.ingest.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_FENCE = re.compile(r"-{3,}\s*")
_CLOSE = re.compile(r"(-{3,}|\.\.\.)\s*")
_LONG_DASHES = re.compile("[\u2010-\u2015-]{1,4}\\s*")
_KEY = re.compile(r"([A-Za-z_]+):(\s|$)")


@dataclass(frozen=True, slots=True)
class Parts:
    """The two halves of a file."""

    facts: str
    """YAML, without its fences; empty where there is none."""
    facts_line: int
    """Line of the file that `facts` begins on, from 1."""
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the body with the words below it."""

    level: int
    """1 or 2; 0: the words before the first heading."""
    text: str
    markdown: str
    line: int


def split_front_matter(text: str, *, file: str) -> Parts:
    """Split `text` at the lines of three dashes around its facts.

    Raises:
        MaterialError: META_SYNTAX, META_SHAPE.
    """
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[start]):
        _refuse_lookalikes(lines, start, file)
        return Parts("", 1, text, 1)
    end = next((n for n in range(start + 1, len(lines)) if _CLOSE.fullmatch(lines[n])), None)
    if end is None:
        message = f"the facts that begin with `---` on line {start + 1} are never closed"
        hint = "put a line of three dashes, `---`, below the last fact"
        raise MaterialError.one("META_SYNTAX", message, file=file, line=start + 1, hint=hint)
    _refuse_second(lines, end, file)
    return Parts(
        "\n".join(lines[start + 1 : end]),
        start + 2,
        "\n".join(lines[end + 1 :]),
        end + 2,
    )


def _refuse_lookalikes(lines: list[str], start: int, file: str) -> None:
    """Refuse what was meant to be front matter and is none, before it is published as words."""
    first = lines[start]
    if first.lstrip().startswith(("{", "[{")):
        message = "this is JSON; expected facts between two lines of `---`, and words below"
        raise MaterialError.one(
            "META_SHAPE", message, file=file, line=start + 1, hint="see the sample service"
        )
    following = next((line for line in lines[start + 1 :] if line.strip()), "")
    dashes = first.strip() and _LONG_DASHES.fullmatch(first) and _is_fact(following)
    if dashes or _is_fact(first):
        message = "these look like facts, but there is no line of three dashes, `---`, above them"
        hint = "type three hyphens on a line of their own, above the facts and below them"
        raise MaterialError.one("META_SYNTAX", message, file=file, line=start + 1, hint=hint)


def _refuse_second(lines: list[str], end: int, file: str) -> None:
    """Refuse a second set of facts, which Markdown would take for a heading."""
    after = next((n for n in range(end + 1, len(lines)) if lines[n].strip()), None)
    if after is None or not re.match(r"[a-z_]+:\s", lines[after]):
        return
    rest = (line for line in lines[after + 1 :] if not _KEY.match(line) and not line.startswith(" "))
    if _FENCE.fullmatch(next((line for line in rest if line.strip()), "")):
        message = "a second set of facts begins here; a file holds one"
        hint = "one service, one folder, one `brochure.md`"
        raise MaterialError.one("META_SHAPE", message, file=file, line=after + 1, hint=hint)


def _is_fact(line: str) -> bool:
    found = _KEY.match(line)
    return found is not None and found[1] in Facts.model_fields


def split_headings(body: str, first_line: int) -> tuple[Heading, ...]:
    """Split Markdown at its headings of level 1 and 2, as Markdown understands them.

    A `##` inside a code block is none; a line underlined with dashes is one.
    """
    tokens = MarkdownIt("commonmark").parse(body)
    lines = body.split("\n")
    found = [
        (token.map[0], token.map[1], int(token.tag[1]), _words(tokens[number + 1].children or ()))
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in {"h1", "h2"} and token.level == 0 and token.map
    ]
    starts = [begin for begin, _, _, _ in found] + [len(lines)]
    intro = "\n".join(lines[: starts[0]]).strip()
    headings = [Heading(0, "", intro, first_line)] if intro else []
    for (begin, end, level, text), following in zip(found, starts[1:], strict=True):
        markdown = "\n".join(lines[end:following]).strip()
        headings.append(Heading(level, text, markdown, begin + first_line))
    return tuple(headings)


def _words(children: Sequence[Token]) -> str:
    """Return the words of a heading without their marks."""
    parts = []
    for child in children:
        if child.type in {"text", "code_inline", "text_special"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())

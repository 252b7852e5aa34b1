"""Marks of Markdown and HTML in a script: taken off, so that what is left are words.

Scripts are pasted from wikis, mail and word processors. A mark is taken off only where it can be nothing
else; every other character stays as it was written, because captions show it.
"""

from __future__ import annotations

import html
import re

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(
    r"<(/?)(br|p|b|i|u|s|em|strong|small|span|div|font|a|sup|sub|mark)(?:\s[^<>\n]*)?/?>", re.IGNORECASE
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.IGNORECASE)
FOOTNOTE = re.compile(r"^ {0,3}\[(?:\^[^\[\]\n]+\]:.*|[^\[\]\n]+\]:[ \t]*<?https?://.*)$", re.MULTILINE)
"""A line that explains ``[^1]`` or says where ``[1]`` leads: read, not said."""

_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+\"[^\"\n]*\")?\)"
IMAGE = re.compile(rf"!\[[^\[\]\n]*\]{_TARGET}")
LINK = re.compile(rf"\[([^\[\]\n]*)\]{_TARGET}")
EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|_|~~|`)(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)")
"""As long as a paragraph: looking for the end of each mark through a whole script would take for ever."""


def without_markup(text: str) -> str:
    """Return a script without what stands around its words; each line stays on its line.

    Front matter, comments, pictures and footnotes go; links and tags leave their words; ``&amp;`` becomes
    what it stands for. A tag that is closed nowhere, as in ``press <P>``, is taken for words.
    """
    text = FRONT_MATTER.sub(_as_many_lines, text)
    # Behind the last end no comment is closed: there each start would be followed to the end of the script.
    commented, last_end, rest = text.rpartition("-->")
    text = COMMENT.sub(_as_many_lines, commented + last_end) + rest
    text = LINK.sub(r"\1", IMAGE.sub("", FOOTNOTE.sub("", text)))
    text = _without_tags(text)
    return ENTITY.sub(lambda entity: " ".join(html.unescape(entity.group(0)).split()), text)


def without_emphasis(text: str) -> str:
    """Take the marks of emphasis and escaping off, leave every other character alone."""
    while (bare := EMPHASIS.sub(_inside, text)) != text:
        text = bare
    return text.replace("\\*", "*").replace("\\_", "_").replace("\\#", "#")


def _without_tags(text: str) -> str:
    closed = {name.lower() for slash, name in TAG.findall(text) if slash} | {"br"}

    def left(tag: re.Match[str]) -> str:
        name = tag.group(2).lower()
        if name not in closed:
            return tag.group(0)
        return " " if name in {"br", "p", "div"} else ""

    return TAG.sub(left, text)


def _as_many_lines(match: re.Match[str]) -> str:
    return "\n" * match.group(0).count("\n")


def _inside(match: re.Match[str]) -> str:
    """Return what emphasis marks enclose; a mark inside a word (``snake_case_name``) is none."""
    before = match.string[match.start() - 1 : match.start()]
    if match.group(1)[0] in "_~" and before.isalnum():
        return match.group(0)
    return match.group(2)

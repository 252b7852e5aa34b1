"""An author's Markdown as HTML that can do no harm and reads well to everybody.

HTML is off, links lead only where a link may, headings sit below the page's own and never skip a level,
wide tables scroll in a box of their own, and nothing is left without a name for a screen reader.
Words of another language are marked: ``[Guten Tag]{lang=de}``, or ``{lang=de}`` on the line above a quote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import escape
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

from ebrochure.publish.dates import direction_of
from ebrochure.publish.glossary import USE, Explainer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it.renderer import RendererProtocol
    from markdown_it.utils import EnvType, OptionsDict

TOP_LEVEL = 3
"""First heading level an author may use: a section's own heading is an `h2`."""
_LOWEST_LEVEL = 6
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SCHEMES = frozenset({"https:", "mailto:", "tel:"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ODD = re.compile(r"[\x00-\x20\x7f]|%0[0-9a-d]|%1[0-9a-f]", re.IGNORECASE)


def is_safe_link(href: str) -> bool:
    """Tell whether a link leads where a link may: https, mailto, tel, or a relative path."""
    if not href or _ODD.search(href):
        return False
    scheme = _SCHEME.match(href)
    if scheme is not None:
        return scheme[0].lower() in _SCHEMES
    # A browser reads a backslash as a slash, and two of them as the start of another host.
    return not href.replace("\\", "/").startswith("//") and ":" not in href.split("/", 1)[0]


def markdown_html(text: str, *, table_label: str = "Table", explainer: Explainer | None = None) -> str:
    """Return `text` as safe HTML, headings from `h3` down.

    Args:
        text: Markdown (CommonMark with tables, strike-through and `lang`).
        table_label: What a screen reader calls the box that a table scrolls in.
        explainer: Explains the terms that were not explained before.
    """
    reader = _reader()
    tokens = reader.parse(text)
    _set_languages(tokens)
    if explainer is not None:
        explainer.mark(tokens)
    _lower_headings(tokens)
    _name_links(tokens)
    _plain_corner(tokens)
    html: str = reader.renderer.render(tokens, reader.options, {"table_label": table_label})
    return html


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.validateLink = is_safe_link  # type: ignore[assignment, method-assign]
    reader.use(attrs_plugin, spans=True, allowed=("lang",)).use(attrs_block_plugin, allowed=("lang",))
    reader.add_render_rule(USE, _explained)
    reader.add_render_rule("link_open", _open_link)
    reader.add_render_rule("image", _picture_words)
    reader.add_render_rule("table_open", _open_table)
    reader.add_render_rule("table_close", _close_table)
    return reader


def _open_link(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    href = str(tokens[index].attrGet("href") or "")
    if href.startswith("https:"):
        tokens[index].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, index, options, env)  # type: ignore[attr-defined, no-any-return]


def _explained(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return tokens[index].content


def _picture_words(
    self: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    # Pictures inside the text are not published: only what the author said is in them.
    words = self.renderInlineAsText(tokens[index].children or [], options, env)  # type: ignore[attr-defined]
    return str(escape(words))


def _open_table(
    _self: RendererProtocol, _tokens: Sequence[Token], _index: int, _options: OptionsDict, env: EnvType
) -> str:
    return (
        f'<div class="scroll" role="group" aria-label="{escape(env["table_label"])}" tabindex="0"><table>\n'
    )


def _close_table(
    _self: RendererProtocol, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return "</table></div>\n"


def _set_languages(tokens: Iterable[Token]) -> None:
    """Let what is in another language say which way it is written; drop what is no language."""
    for token in tokens:
        _set_languages(token.children or ())
        if "lang" in token.attrs:
            language = str(token.attrs.pop("lang"))
            if _LANGUAGE.fullmatch(language):
                token.attrs |= {"lang": language, "dir": direction_of(language)}


def _lower_headings(tokens: list[Token]) -> None:
    """Move headings below the section's own, never skipping a level; drop empty ones."""
    above = TOP_LEVEL - 1
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at].type == "heading_open" and not _says_something(tokens[at + 1]):
            del tokens[at : at + 3]
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            level = min(max(int(token.tag[1]), TOP_LEVEL), above + 1, _LOWEST_LEVEL)
            above = level
            token.tag = tokens[at + 2].tag = f"h{level}"


def _says_something(inline: Token) -> bool:
    return any(child.content.strip() for child in inline.children or [])


def _name_links(tokens: list[Token]) -> None:
    """Give a link that says nothing its own address as its text."""
    for inline in tokens:
        children = inline.children or []
        for at in range(len(children) - 1, -1, -1):
            if children[at].type == "link_open" and children[at + 1].type == "link_close":
                words = Token("text", "", 0, content=str(children[at].attrGet("href") or ""))
                children.insert(at + 1, words)


def _plain_corner(tokens: list[Token]) -> None:
    """Make an empty column head a plain cell: a head that heads nothing confuses a screen reader."""
    for at, token in enumerate(tokens):
        if token.type == "th_open" and not tokens[at + 1].content.strip():
            token.tag = tokens[at + 2].tag = "td"

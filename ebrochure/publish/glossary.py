"""Words of the trade, explained where a page first uses them.

A term becomes a button and its meaning a popover right behind it. Browsers do the rest without a script:
a click, a tap or Enter shows the meaning, Escape or a click elsewhere puts it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from markdown_it.token import Token
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ebrochure.model.service import GlossaryTerm

USE = "term"
"""Type of the Markdown token that stands for an explained use; its `content` is HTML."""

_BEGINS, _ENDS = r"(?<![\w\p{M}@]|\w\.)", r"(?![\w\p{M}@]|\.\w)"
"""Edges of a word that is no part of another, nor of an address."""
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
"""Scripts that put no space between words, so that a word's edge cannot be seen."""
_BARE = frozenset({"heading_open", "link_open"})


class Explainer:
    """Explains each term once, over all the texts that it is given in the order in which they are read."""

    def __init__(self, glossary: Sequence[GlossaryTerm]) -> None:
        """Take the terms in the order of the page's list, which an explanation leads to."""
        self._glossary = glossary
        self._explained: set[int] = set()
        # The longest comes first: `managed device` before `device`.
        longest_first = sorted(range(len(glossary)), key=lambda at: -len(glossary[at].term))
        self._terms = regex.compile(
            "|".join(f"(?P<t{at}>{_pattern(glossary[at].term)})" for at in longest_first)
        )

    def plain(self, text: str) -> Markup:
        """Return plain text as HTML."""
        return Markup("").join(self._pieces(text))

    def mark(self, tokens: Iterable[Token]) -> None:
        """Put the explanations into a document: not into headings, links, code and other languages."""
        for block, is_open in _open_to_terms(tokens):
            if is_open and block.type == "inline":
                block.children = list(self._marked(_joined(block.children or ())))

    def _marked(self, children: Iterable[Token]) -> Iterator[Token]:
        for token, is_open in _open_to_terms(children):
            if not is_open or token.type != "text":
                yield token
                continue
            for piece in self._pieces(token.content):
                kind = USE if isinstance(piece, Markup) else "text"
                yield Token(kind, "", 0, content=str(piece), level=token.level)

    def _pieces(self, text: str) -> Iterator[str | Markup]:
        """Cut `text` at the terms that are first used in it: plain text as it is, a use as HTML."""
        if not self._glossary:
            yield text
            return
        end = 0
        for found in self._terms.finditer(text):
            at = int(str(found.lastgroup)[1:])
            if at not in self._explained:
                self._explained.add(at)
                yield text[end : found.start()]
                yield self._use(found[0], at)
                end = found.end()
        yield text[end:]

    def _use(self, used: str, at: int) -> Markup:
        # Derived ids hold an underscore, which no anchor of a section does.
        return Markup(
            '<button type="button" class="term" popovertarget="term_{number}" popovertargetaction="show"'
            ' aria-describedby="term_{number}">{used}</button>'
            '<span class="meaning" id="term_{number}" popover>'
            '<a href="#glossary_{number}">{term}</a> {meaning}</span>'
        ).format(number=at + 1, used=used, term=self._glossary[at].term, meaning=self._glossary[at].meaning)


def _pattern(term: str) -> str:
    """Return what finds a term and its plural in `-s` as whole words.

    A term with capitals inside is an abbreviation and found only as it is written: `IT` is not `it`.
    """
    words = r"\s+".join(regex.escape(word, literal_spaces=True) for word in term.split())
    plural = "(?:s|es)?" if regex.search(r"\p{Latin}$", term) else ""
    before = "" if _UNSPACED.match(term[:1]) else _BEGINS
    after = "" if _UNSPACED.match(term[-1:]) else _ENDS
    any_case = term[1:] == term[1:].lower() and len(term) > 1
    return f"{before}{f'(?i:{words}{plural})' if any_case else words + plural}{after}"


def _open_to_terms(tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Tell of each token whether a term may be explained in it."""
    closed_at: int | None = None
    for token in tokens:
        if closed_at is None and token.nesting == 1 and (token.type in _BARE or "lang" in token.attrs):
            closed_at = token.level
        yield token, closed_at is None
        if token.nesting == -1 and token.level == closed_at:
            closed_at = None


def _joined(children: Iterable[Token]) -> list[Token]:
    """Make one text of lines that follow each other: a term may be broken at their ends."""
    joined: list[Token] = []
    for token in children:
        content = "\n" if token.type == "softbreak" else token.content
        if token.type not in {"text", "softbreak"}:
            joined.append(token)
        elif joined and joined[-1].type == "text":
            joined[-1].content += content
        else:
            joined.append(Token("text", "", 0, content=content, level=token.level))
    return joined

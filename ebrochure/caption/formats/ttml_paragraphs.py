"""The paragraphs of a TTML document as cues: when each piece of text is shown, and what then reads together.

Every element may start late, end early and hold others that count from its start, so that a piece
of text is shown while all the elements around it are. Sources: TTML1 (third edition), sections 7.1
for the elements, 8.2.10 for white space, 10 for the times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.caption.formats.model import MAX_MS, Block, left_out, refuse_too_many
from ebrochure.caption.formats.plain import named, shown_lines
from ebrochure.caption.formats.ttml_times import Rates, seconds
from ebrochure.caption.formats.ttml_tree import XML, Element
from ebrochure.caption.languages import language_tag
from ebrochure.errors import MaterialError

if TYPE_CHECKING:
    from ebrochure.model.findings import Finding

_NAMESPACE = re.compile(r"http://www\.w3\.org/(?:ns/ttml|20[0-9]{2}/[0-9]{2}/ttaf1)|")
"""TTML's, those of its drafts (2004/11, 2006/04 and 2006/10, the last being DFXP's), or none at all."""

_TIMED = {"body", "div", "p", "span"}
_SPACE = re.compile(r"[ \t\r\n]+")
_TIMES = ("begin", "end", "dur")
_MAX_STEPS = 2_000_000
"""Pieces of text times moments at which they change, in all paragraphs; real files need thousands."""

_MAX_SPEAKERS = 20
"""Speakers that one text is given; every cue inside carries them all."""


def is_content(element: Element) -> bool:
    """Tell whether an element is TTML's own: neither metadata nor somebody's extension."""
    return _NAMESPACE.fullmatch(element.namespace) is not None


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element has from the elements around it."""

    begin: Fraction
    """Where its times count from, in seconds."""
    limit: Fraction | None
    """When all of them have ended at the latest; None: never."""
    line: int
    language: str | None
    speakers: tuple[str, ...] = ()
    keeps_space: bool = False


@dataclass(slots=True)
class _Piece:
    """A run of text, or a line break, and when it is shown."""

    text: str | None
    """None: a line break."""
    around: _Around
    begin: Fraction = Fraction(0)
    end: Fraction | None = None

    @property
    def shows(self) -> bool:
        """Tell whether there is anything to read."""
        return self.text is not None and bool(self.text.strip())


class _NoTimeError(Exception):
    """A time says nothing: the message is the attribute."""


class Paragraphs:
    """Walks a document and gathers its cues."""

    def __init__(self, rates: Rates, agents: dict[str, str], name: str) -> None:
        """Start with nothing.

        Args:
            rates: What the times count in.
            agents: Names of the speakers by their ids.
            name: What the author calls the file.
        """
        self.blocks: list[tuple[str | None, Block]] = []
        """Each cue, and the language it is in."""
        self.findings: list[Finding] = []
        self._rates = rates
        self._agents = agents
        self._name = name
        self._pieces: list[_Piece] | None = None
        """Those of the paragraph that is open."""
        self._steps = 0

    def read(self, root: Element) -> None:
        """Gather the cues of the document `root`."""
        around = self._entered(root, _Around(Fraction(0), None, root.line, None))
        for element in root.elements():
            if element.name == "body" and is_content(element):
                self._walk(element, around)

    def _walk(self, element: Element, around: _Around) -> Fraction | None:
        """Gather what is in `element` and return when it ends, None where it never does."""
        try:
            begin, end = self._interval(element, around)
        except _NoTimeError as error:
            message = f"{error} of `<{element.name}>` is no time"
            self.findings.append(left_out("CAPTIONS_TIME", message, self._name, element.line))
            return around.begin
        inside = replace(self._entered(element, around), begin=begin, limit=_sooner(end, around.limit))
        opens = element.name == "p" and self._pieces is None
        if opens:
            self._pieces = []
        own, implicit = self._children(element, inside)
        end = _sooner(implicit if end is None else end, around.limit)
        for piece in own:
            piece.begin, piece.end = begin, end
        if opens:
            pieces, self._pieces = self._pieces or [], None
            self._paragraph(pieces, inside.language)
        return end

    def _children(self, element: Element, inside: _Around) -> tuple[list[_Piece], Fraction | None]:
        """Gather the children of `element`; return its own text, and when it ends if nothing else says so."""
        in_turn = element.attributes.get(("", "timeContainer")) == "seq"
        own: list[_Piece] = []
        ends: list[Fraction | None] = []
        after = inside
        for child in element.children:
            if isinstance(child, str):
                own += self._text(child, inside)
                if self._pieces is not None and child.strip():
                    ends.append(None)  # text alone has no end of its own
            elif not is_content(child):
                continue
            elif child.name == "br":
                own += self._text(None, inside)
            elif child.name in _TIMED:
                end = self._walk(child, after)
                ends.append(end)
                if in_turn and end is None:
                    break  # nothing comes after what never ends
                after = replace(after, begin=end) if in_turn and end is not None else after
        known = [end for end in ends if end is not None]
        if in_turn:
            return own, after.begin if len(known) == len(ends) else None
        return own, max(known, default=inside.begin) if len(known) == len(ends) else None

    def _text(self, text: str | None, around: _Around) -> list[_Piece]:
        if self._pieces is None:
            return []  # between paragraphs there is only layout
        piece = _Piece(text, around)
        self._pieces.append(piece)
        return [piece]

    def _interval(self, element: Element, around: _Around) -> tuple[Fraction, Fraction | None]:
        """Return when `element` begins and, where its attributes say so, ends.

        Source: TTML1, sections 10.2.1 to 10.2.3: of an end and a duration, the sooner counts.
        """
        begin, end, duration = (self._time(element, key) for key in _TIMES)
        first = around.begin + (begin or 0)
        by_duration = None if duration is None else first + duration
        return first, _sooner(by_duration, None if end is None else around.begin + end)

    def _time(self, element: Element, key: str) -> Fraction | None:
        written = element.attributes.get(("", key))
        if written is None:
            return None
        time = seconds(written, self._rates)
        if time is None:
            raise _NoTimeError(f"`{key}={written[:40]!r}`")
        return time

    def _entered(self, element: Element, around: _Around) -> _Around:
        """Return what the children of `element` have from it, times aside."""
        given = element.attributes
        agents = next((value for (_, key), value in given.items() if key == "agent"), None)
        named = dict.fromkeys(self._agents.get(key, key) for key in (agents or "").split())
        space = given.get((XML, "space"))
        return replace(
            around,
            line=element.line if any(("", key) in given for key in _TIMES) else around.line,
            language=language_tag(given.get((XML, "lang"), "")) or around.language,
            speakers=around.speakers if agents is None else tuple(named)[:_MAX_SPEAKERS],
            keeps_space=around.keeps_space if space is None else space == "preserve",
        )

    def _paragraph(self, pieces: list[_Piece], language: str | None) -> None:
        """Add the cues of one paragraph: one, or one for each moment at which its text changes."""
        refuse_too_many(len(self.blocks), self._name)
        shown = [piece for piece in pieces if piece.shows]
        times = {(piece.begin, piece.end) for piece in shown}
        if len(times) > 1:
            edges = sorted({edge for pair in times for edge in pair if edge is not None})
            self._steps += len(edges) * len(pieces)
            if self._steps > _MAX_STEPS:
                message = f"`{self._name}` changes its text more often than any caption file does"
                raise MaterialError.one(
                    "CAPTIONS_TOO_MANY", message, file=self._name, line=shown[0].around.line
                )
            open_end = any(end is None for _, end in times)
            times = {*pairwise(edges), *([(edges[-1], None)] if open_end else [])}
        before: Block | None = None
        for begin, end in sorted(times, key=lambda time: time[0]):
            block = _block(pieces, begin, end)
            if block is None:
                before = None
            elif before is not None and (block.lines, block.speaker) == (before.lines, before.speaker):
                before = replace(before, end_ms=block.end_ms)
                self.blocks[-1] = (language, before)
            else:
                before = block
                self.blocks.append((language, block))


def _block(pieces: list[_Piece], begin: Fraction, end: Fraction | None) -> Block | None:
    """Return what is shown from `begin` to `end`, between which nothing changes; None: nothing."""
    active = [piece for piece in pieces if not piece.shows or _covers(piece, begin, end)]
    shown = [piece for piece in active if piece.shows]
    lines = shown_lines(_joined(active))
    if not shown or not lines:
        return None
    speaker = named(name for piece in shown for name in piece.around.speakers)
    return Block(_ms(begin), None if end is None else _ms(end), lines, shown[0].around.line, speaker)


def _covers(piece: _Piece, begin: Fraction, end: Fraction | None) -> bool:
    if begin == piece.begin and end == piece.end:
        return True  # an empty time too: whoever reads the block will say so
    return piece.begin <= begin and (piece.end is None or (end is not None and end <= piece.end))


def _joined(pieces: list[_Piece]) -> str:
    """Return the text of `pieces`, white space as one space but where it is to be kept.

    Source: TTML1, section 8.2.10, and the rules of XSL 1.1 that it names.
    """
    parts: list[str] = []
    after_space = True
    for piece in pieces:
        if piece.text is None:
            parts.append("\n")
            after_space = True
            continue
        text = piece.text
        if not piece.around.keeps_space:
            text = _SPACE.sub(" ", text)
            text = text.removeprefix(" ") if after_space else text
        if text:
            parts.append(text)
            after_space = text.endswith(" ")
    return "".join(parts)


def _sooner(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return min((time for time in (one, other) if time is not None), default=None)


def _ms(moment: Fraction) -> int:
    return min(round(moment * 1000), MAX_MS + 1)

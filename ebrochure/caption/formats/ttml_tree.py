"""XML that somebody dropped in, as a small tree: no document type, no entities, bounded in every way.

Expat is driven by hand because it is the one parser that says on which line an element starts, and
that can be stopped the moment a document type opens (defusedxml does the same and drops the lines).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from ebrochure.errors import MaterialError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ELEMENTS = 100_000
"""An hour of captions has about 5,000."""
MAX_DEPTH = 40

XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(slots=True)
class Element:
    """One element; only the parser fills it."""

    namespace: str
    name: str
    attributes: dict[tuple[str, str], str]
    """By namespace and name; the namespace of most is empty."""
    line: int
    """Line on which its tag starts, from 1."""
    children: list[Element | str] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """Yield the elements right inside this one."""
        return (child for child in self.children if isinstance(child, Element))

    def text(self) -> str:
        """Return the text right inside this element."""
        return "".join(child for child in self.children if isinstance(child, str))


class _TooMuchError(Exception):
    """Stops the parser: the message says why, in plain words."""


class _Builder:
    """What expat calls."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self._open: list[Element] = []
        self._count = 0

    def _doctype(self, *_: object) -> None:
        raise _TooMuchError("it defines a document type, which no caption file needs")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            raise _TooMuchError(f"it has more than {MAX_ELEMENTS:,} elements, or {MAX_DEPTH} in one another")
        keyed = {_split(key): value for key, value in attributes.items()}
        element = Element(*_split(tag), keyed, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _data(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)


def read_tree(text: str, *, name: str) -> Element:
    """Return the first element of an XML file.

    Raises:
        MaterialError: `CAPTIONS_XML` where it is no XML, or XML with something that is not let in.
    """
    builder = _Builder()
    line = 1
    try:
        # Decoded already: whatever encoding the file declares, the parser is told which one it gets.
        builder.parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003  expat's own signature
    except _TooMuchError as error:
        line, why = builder.parser.CurrentLineNumber, str(error)
    except expat.ExpatError as error:
        line, why = error.lineno, expat.ErrorString(error.code)
    else:
        if builder.root is not None:
            return builder.root
        why = "it is empty"
    message = f"`{name}` is no XML that can be read: {why}"
    raise MaterialError.one("CAPTIONS_XML", message, file=name, line=line, hint="export it again as TTML")


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.rpartition(" ")
    return namespace, local

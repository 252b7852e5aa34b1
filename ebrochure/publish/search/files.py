"""Data as classic scripts that call one function, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.publish.search.passages import Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable

SERVICE_FILE = "search.js"
"""In a service's folder."""
_CALL, _END = "ebrochureFound(", ");\n"
# JSON is JavaScript but for the two line separators, and no HTML parser shall ever see a tag in it.
_ESCAPES = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@dataclass(frozen=True, slots=True)
class Searchable:
    """What can be found of one service."""

    id: str
    title: str
    href: str
    """Of its page, from the front page."""
    language: str
    """BCP 47 tag."""
    direction: str
    """``ltr`` or ``rtl``."""
    passages: tuple[Passage, ...]


def data_script(name: str, value: object) -> bytes:
    """Return a script that hands `value` to the search; `name` is the file's path in the site."""
    text = json.dumps([name, value], ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8: it becomes a question mark rather than the end of a build.
    return f"{_CALL}{text.translate(_ESCAPES)}{_END}".encode(errors="replace")


def service_script(service: str, passages: Iterable[Passage]) -> bytes:
    """Return the passages of a service as its `search.js`."""
    rows = [[item.kind, item.link, item.text, item.moment] for item in passages]
    return data_script(f"{service}/{SERVICE_FILE}", rows)


def read_service_script(script: bytes) -> tuple[Passage, ...]:
    """Read a service's `search.js` of an earlier release.

    Raises:
        ValueError: It is not what `service_script` writes.
    """
    text = script.decode()
    if not (text.startswith(_CALL) and text.endswith(_END)):
        raise ValueError(f"expected a call of `{_CALL}`, got `{text[:40]}`")
    _service, rows = json.loads(text[len(_CALL) : -len(_END)])
    return tuple(Passage(PassageKind(kind), link, words, moment) for kind, link, words, moment in rows)

"""From YAML's strings to typed values: every mistake in one report, each with its line and the nearest name.

pydantic does the typing; this module puts its complaints into words for somebody who writes brochures.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from ebrochure.ingest.yaml import Listing, Mapping, Node, Scalar
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from ebrochure.errors import MaterialError

MAX_FINDINGS = 20

BY_NAME, BY_HAND = "[by name]", "[by hand]"
"""Tags of values that are written in one of two ways."""
_LABELS = frozenset({"[key]", BY_NAME, BY_HAND})
"""What pydantic puts into a place that is in no document."""


class Document(BaseModel):
    """Base of everything a file may say: known keys only, values frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


M = TypeVar("M", bound=Document)

# What people write when they mean one of our keys.
_SYNONYMS = {
    "alert": "notice",
    "author": "owner",
    "clips": "videos",
    "color": "primary",
    "colour": "primary",
    "colors": "palette",
    "colours": "palette",
    "contact": "liaison",
    "description": "summary",
    "email": "liaison",
    "font": "typeface",
    "fonts": "typeface",
    "help": "support",
    "heading": "title",
    "lang": "language",
    "name": "title",
    "outage": "notice",
    "presenter": "speaker",
    "review_date": "reviewed",
    "video": "videos",
}


def validate(
    model: type[M],
    document: Mapping,
    *,
    file: str,
    error: type[MaterialError],
    remarks: tuple[Finding, ...] = (),
) -> M:
    """Return `document` as a `model`.

    Args:
        model: What it may say.
        document: What it says.
        file: How its author knows it.
        error: What is raised.
        remarks: What was noticed before, told along with the errors: it often is their cause.

    Raises:
        MaterialError: As the class `error`; everything that is wrong, in order of lines.
    """
    try:
        return model.model_validate(_plain(document))
    except ValidationError as wrong:
        findings = [_finding(model, document, details, file) for details in wrong.errors(include_url=False)]
        findings = sorted({*findings[:MAX_FINDINGS], *remarks}, key=lambda item: (item.line or 0, item.code))
        raise error(tuple(findings)) from None


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` that `name` was probably meant to be, or None."""
    known = {known.casefold(): known for known in names}
    wanted = name.strip().casefold().replace(" ", "_")
    if (synonym := _SYNONYMS.get(wanted)) in known.values():
        return synonym
    found = difflib.get_close_matches(wanted, known, n=1, cutoff=0.6)
    return known[found[0]] if found else None


def line_of(document: Node, location: Iterable[str | int]) -> int:
    """Return the line of the deepest node on the way to `location` that is there."""
    node, line = document, document.line
    for step in location:
        if isinstance(node, Mapping):
            entry = next((entry for entry in node.entries if entry[0].text == step), None)
            if entry is None:
                break
            line, node = entry[0].line, entry[1]
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            break
    return line


def _plain(node: Node) -> Any:  # noqa: ANN401  what pydantic is given: dictionaries, lists and strings
    """Return `node` without its lines; values that were left empty are left out."""
    match node:
        case Scalar():
            return node.text
        case Listing():
            return [_plain(item) for item in node.items if not _is_empty(item)]
        case Mapping():
            return {key.text: _plain(value) for key, value in node.entries if not _is_empty(value)}


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_empty


def _finding(model: type[Document], document: Mapping, details: ErrorDetails, file: str) -> Finding:
    location = tuple(step for step in details["loc"] if step not in _LABELS)
    name = ".".join(str(step) if isinstance(step, str) else str(step + 1) for step in location)
    code, message, hint = _words(model, location, name, details)
    return Finding(code, Level.ERROR, message, file, line_of(document, location), hint)


def _words(
    model: type[Document], location: tuple[str | int, ...], name: str, details: ErrorDetails
) -> tuple[str, str, str | None]:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(_model_at(model, location[:-1]), name, str(location[-1]))
    if kind == "missing":
        return "META_MISSING", f"`{name}` is missing", f"add `{location[-1]}: …`"
    if kind in _OWN:
        hint = context.get("hint")
        return kind, f"`{name}`: {details['msg']}", None if hint is None else str(hint)
    for known, words in _KINDS.items():
        if kind.startswith(known):
            code, expected = words(context)
            return code, f"`{name}`: expected {expected}, got {_shown(details['input'])}", None
    return "META_TYPE", f"`{name}`: {details['msg']}", None


def _unknown(model: type[Document] | None, name: str, key: str) -> tuple[str, str, str]:
    names = [] if model is None else list(model.model_fields)
    guess = nearest(key, names)
    hint = f"did you mean `{guess}`?" if guess else f"known here: {', '.join(names)}"
    return "META_UNKNOWN", f"`{name}` is not known", hint


def _shown(value: object) -> str:
    """Return `value` as a report shows it."""
    match value:
        case dict():
            return "keys and values"
        case list():
            return f"a list of {len(value)}"
        case _:
            text = str(value)
            return f"`{text if len(text) <= 40 else text[:39] + '…'}`"  # noqa: PLR2004  a glance's worth


def _model_at(model: type[Document], location: tuple[str | int, ...]) -> type[Document] | None:
    """Return the model that the keys at `location` belong to."""
    for step in location:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        inner = None if field is None else next(_models_in(field.annotation), None)
        if inner is None:
            return None
        model = inner
    return model


def _models_in(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  a type expression
    if isinstance(annotation, type) and issubclass(annotation, Document):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


# Raised by our own field types, with the words already in them.
_OWN = frozenset(
    {"META_TYPE", "META_PATH", "META_TOO_LONG", "META_TOO_MANY", "META_ID", "META_EMPTY", "BRAND_COLOUR"}
)

_Words = Callable[[dict[str, Any]], tuple[str, str]]
_KINDS: dict[str, _Words] = {
    "string_type": lambda _: ("META_TYPE", "a text"),
    "int_": lambda _: ("META_TYPE", "a whole number"),
    "float_": lambda _: ("META_TYPE", "a number"),
    "finite_number": lambda _: ("META_TYPE", "a number"),
    "bool_": lambda _: ("META_TYPE", "`true` or `false`"),
    "greater_than_equal": lambda found: ("META_TYPE", f"at least {found['ge']}"),
    "less_than_equal": lambda found: ("META_TYPE", f"at most {found['le']}"),
    "too_long": lambda found: ("META_TOO_MANY", f"at most {found['max_length']} entries"),
    "tuple_type": lambda _: ("META_TYPE", "a list, each entry on a line that begins with `- `"),
    "list_type": lambda _: ("META_TYPE", "a list, each entry on a line that begins with `- `"),
    "dict_type": lambda _: ("META_TYPE", "`key: value` lines"),
    "model_type": lambda _: ("META_TYPE", "`key: value` lines"),
    "model_attributes_type": lambda _: ("META_TYPE", "`key: value` lines"),
}

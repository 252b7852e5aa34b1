"""Describes dataclasses and all that is below them in Markdown, from their types and their docstrings."""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
import typing
from dataclasses import fields, is_dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "none"}
_TABLE = "| field | is | |\n| --- | --- | --- |"


def describe(*roots: type) -> str:
    """Return a section for each of `roots` and for every dataclass and enumeration that they lead to."""
    return "\n\n".join(_section(kind) for kind in _below(roots)) + "\n"


def _below(roots: tuple[type, ...]) -> list[type]:
    """Return `roots` and what they lead to, each once, what is nearer first."""
    found: list[type] = []
    waiting = list(roots)
    while waiting:
        kind = waiting.pop(0)
        if kind not in found:
            found.append(kind)
            if is_dataclass(kind):
                waiting += [part for _, type_, _ in _members(kind) for part in _parts(type_)]
    return found


def _parts(type_: Any) -> Iterator[type]:  # noqa: ANN401  a type expression
    if isinstance(type_, type) and (is_dataclass(type_) or issubclass(type_, Enum)):
        yield type_
    for inner in typing.get_args(type_):
        yield from _parts(inner)


def _section(kind: type) -> str:
    said = _one_line(inspect.getdoc(kind) or "")
    if issubclass(kind, Enum):
        return f"### {kind.__name__}\n\n{said} One of {', '.join(f'`{item.value}`' for item in kind)}."
    rows = (
        f"| `{name}` | {_type_text(type_)} | {doc.replace('|', chr(92) + '|')} |"
        for name, type_, doc in _members(kind)
    )
    return "\n".join((f"### {kind.__name__}\n\n{said}\n\n{_TABLE}", *rows))


def _members(kind: type) -> list[tuple[str, Any, str]]:
    """Return name, type and docstring of each field and property."""
    types_, docs = typing.get_type_hints(kind), _field_docs(kind)
    members = [(item.name, types_[item.name], docs.get(item.name, "")) for item in fields(kind)]
    for name, value in vars(kind).items():
        if isinstance(value, property) and not name.startswith("_"):
            type_ = typing.get_type_hints(value.fget)["return"]
            members.append((name, type_, _one_line(inspect.getdoc(value) or "")))
    return members


def _field_docs(kind: type) -> dict[str, str]:
    """Return the texts that stand below fields; Python itself forgets them."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    docs = {}
    for field, below in pairwise(getattr(definition, "body", ())):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                docs[name] = _one_line(inspect.cleandoc(text))
    return docs


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _type_text(type_: Any) -> str:  # noqa: ANN401  a type expression
    """Say what a value is to somebody who writes templates."""
    origin, arguments = typing.get_origin(type_), typing.get_args(type_)
    if origin in {types.UnionType, typing.Union}:
        return " or ".join(_type_text(part) for part in arguments)
    if origin is tuple:
        return f"list of {_type_text(arguments[0])}"
    if type_ in _PLAIN:
        return _PLAIN[type_]
    name = getattr(type_, "__name__", str(type_))
    return f"[{name}](#{name.lower()})" if next(_parts(type_), None) else f"`{name}`"

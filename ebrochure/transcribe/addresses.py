"""Web and mail addresses, file names and paths in words."""

from __future__ import annotations

import re

from ebrochure.transcribe.letters import part_of_address
from ebrochure.transcribe.numerals import cardinal, digits, whole
from ebrochure.transcribe.ways import NOTHING, Ways, combined, distinct, said

PROTOCOL = re.compile(r"^(?:(https?)://|mailto:|ftp://|tel:)", re.IGNORECASE)
ADDRESS = re.compile(
    r"^(?:https?://|ftp://|mailto:|www\.)"
    r"|^[\w.+-]+@[\w-]+\."
    r"|^(?=.*[A-Za-z])[\w-]+(?:\.[\w-]+)*\.[a-z][a-z0-9]{1,14}(?::[0-9]+)?(?:[/?#]|$)"
    r"|^[A-Z0-9-]+\.(?:UK|COM|ORG|NET|IO|GOV)$"
    r"|^[A-Za-z]:\\|^\\\\|^~?/[A-Za-z]|^[\w-]+(?:\\[\w.-]+)+$",
    re.ASCII,
)
PIECES = re.compile(r"[A-Za-z']+|[0-9]+|[^\sA-Za-z0-9]")
MARKS = {
    ".": said("dot", "", "point"), "/": said("slash", "", "forward slash"), "@": said("at"),
    "-": said("dash", "hyphen", "", "minus"), "_": said("underscore", ""), ":": said("colon", ""),
    "\\": said("backslash", "", "slash"), "?": said("question mark", ""), "=": said("equals"),
    "&": said("and", "ampersand"), "#": said("hash", ""), "+": said("plus"), "~": said("tilde", ""),
    "%": said("percent"),
}  # fmt: skip

LONGEST_ADDRESS = 28
"""Pieces of an address that anybody would read out."""


def is_address(core: str) -> bool:
    """Tell whether a token is a web or mail address, a file name or a path."""
    return bool(ADDRESS.match(core))


def address(core: str) -> Ways:
    """Say an address; its protocol is left out, or comes last among the ways."""
    protocol = PROTOCOL.match(core)
    bare = PROTOCOL.sub("", core)
    bare = bare if bare.strip("/\\") == "" else bare.rstrip("/")
    parts = [_piece(piece) for piece in PIECES.findall(bare)[:LONGEST_ADDRESS]]
    ways = combined(*_same_marks(parts))
    if protocol and protocol[1]:
        full = combined((tuple(protocol[1].lower()),), said("colon slash slash"), ways[:1])
        ways = distinct(ways[:12], full)
    return ways


def _piece(piece: str) -> Ways:
    """Say letters, figures or a sign."""
    if not piece.isascii():
        return ()
    if piece[0].isalpha() or piece[0] == "'":
        return part_of_address(piece.strip("'")) if piece.strip("'") else ()
    if piece.isdecimal():
        return distinct(whole(piece)[:4], digits(piece)[:2])
    return MARKS.get(piece, ())


def _same_marks(parts: list[Ways]) -> list[Ways]:
    """Offer other names for a mark at one place only: who says "dash" once says it always, or nearly."""
    seen: set[Ways] = set()
    out: list[Ways] = []
    for part in parts:
        known_mark = part in MARKS.values()
        out.append(part[:1] if known_mark and part in seen else part)
        seen.add(part)
    return out


def version(core: str) -> Ways:
    """Say ``v2.1``, ``3.11.7`` or ``10.0.0.1``: figures with "point", "dot" or nothing between."""
    found = re.fullmatch(r"([vVrR]?)\.?([0-9]{1,4}(?:\.[0-9]{1,6})*)(?:\.[xX])?", core)
    if not found or not (found[1] or found[2].count(".") > 1):
        return ()
    front = {"v": said("version", "v"), "r": said("r", "release")}.get(found[1].lower(), NOTHING)
    groups = found[2].split(".")[:6]
    tail = "x" if core[-1] in "xX" else ""
    named = [
        combined(*_joined([_group(group, nought, singly=singly) for group in groups], mark, tail))
        for singly in (False, True)
        for nought in ("oh", "zero")
        for mark in ("point", "dot", "")
    ]
    return combined(front, distinct(*(ways[:1] for ways in named), *(ways[1:3] for ways in named)))


def _group(group: str, nought: str, *, singly: bool) -> Ways:
    """Say one figure of a version."""
    if singly or group[0] == "0":
        return (tuple(nought if word == "zero" else word for word in digits(group)[0]),)
    return (cardinal(int(group)), *whole(group)[:2])


def _joined(groups: list[Ways], mark: str, tail: str) -> list[Ways]:
    """Put a mark between groups."""
    out = [part for group in groups for part in (said(mark), group)][1:]
    return [*out, said(mark), said(tail)] if tail else out

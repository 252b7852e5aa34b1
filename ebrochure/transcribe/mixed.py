"""Letters, figures and signs that are written without a space: draught-proofing, B2B, word—word."""

from __future__ import annotations

import re

from ebrochure.transcribe.addresses import version
from ebrochure.transcribe.dates import is_month, with_month
from ebrochure.transcribe.figures import figures
from ebrochure.transcribe.letters import two_words, word
from ebrochure.transcribe.measures import measure, unit
from ebrochure.transcribe.numerals import digits, fraction, whole, year
from ebrochure.transcribe.units import CURRENCIES
from ebrochure.transcribe.ways import NOTHING, Ways, combined, distinct, said
from ebrochure.transcribe.written import FRACTIONS

LONGEST_MIX = 24
"""Pieces of a token that are said."""

SIGNS = {
    "&": said("and"), "%": said("percent", "per cent"), "+": said("plus", "", "and"), "=": said("equals", ""),
    "@": said("at"), "#": said("hash", "hashtag", "number", "sharp", ""), "/": said("", "or", "slash", "and"),
    "°": said("degrees"), "\u00d7": said("by", "times"), "-": said("", "dash", "hyphen"),
    "\u2013": said("", "to", "dash"), "_": said("", "underscore"), ".": said("", "dot", "point"),
    ":": said("", "colon"), "~": said("about"), "*": said("", "star"), "\\": said("backslash", ""),
}  # fmt: skip

FIRST = {".": said("dot", "", "point"), "#": said("hashtag", "hash", "")}
"""Signs that are said otherwise where they come first: ``.docx``, ``#TeamFernbank``."""

PIECES = re.compile(
    rf"[{''.join(CURRENCIES)}][0-9][0-9,.]*(?:k|m|bn)?(?![A-Za-z])|[0-9]{{1,3}}0s(?![A-Za-z])|[0-9]+:[0-9]{{2}}"
    r"|[0-9]+(?:\.[0-9]+){2,}|[0-9]+(?:st|nd|rd|th)(?![A-Za-z])"
    r"|[A-Za-z']+|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[^\sA-Za-z0-9']"
)


def mixed(core: str) -> Ways:
    """Say the pieces of a token one after the other."""
    pieces = PIECES.findall(core)[:LONGEST_MIX]
    return combined(*(_piece(pieces, place, core) for place in range(len(pieces))))


def _piece(pieces: list[str], place: int, core: str) -> Ways:
    """Say one piece."""
    piece = pieces[place]
    if "0" <= piece[0] <= "9":
        plain = re.fullmatch("[0-9,.]+", piece)
        return _number_inside(piece, pieces, place) if plain else figures(piece, None, None)[:6]
    if re.match("[A-Za-z']", piece):
        return _letters_inside(piece.strip("'"), pieces, place)
    if piece[0] in CURRENCIES:
        worth = figures(piece.rstrip(",."), None, None)[:6] if len(piece) > 1 else ()
        return worth or said(CURRENCIES[piece[0]][1], "")
    if piece in FRACTIONS:
        return fraction(*FRACTIONS[piece])
    if piece == "-" and re.fullmatch("[A-Z]-[A-Z]", core):
        return said("to", "", "dash")
    return FIRST.get(piece, NOTHING) if place == 0 and piece in FIRST else SIGNS.get(piece, NOTHING)


def _letters_inside(piece: str, pieces: list[str], place: int) -> Ways:
    """Say letters beside figures or signs."""
    if not piece:
        return NOTHING
    after_figures = place > 0 and pieces[place - 1][0].isdecimal()
    if after_figures and piece == "s":
        return said("s", "'s")
    if len(piece) == 1:
        return ((piece.lower(),),)
    ways = word(piece)
    if after_figures and not piece.isupper() and (named := unit(piece)):
        ways = distinct(named[:3], ways)
    if after_figures and len(piece) == 2:  # noqa: PLR2004  802.11ac
        ways = distinct(ways[:2], (tuple(piece.lower()),))
    return distinct(ways[:3], two_words(piece.lower()) if place == 1 and pieces[0] in "#@" else ())


def _number_inside(piece: str, pieces: list[str], place: int) -> Ways:
    """Say figures beside letters: 365 in M365 is "three six five", 20 in 20-year-old is "twenty"."""
    if "." in piece:
        return (measure(piece) or version(piece))[:6]
    ways = whole(piece)
    months = [near for near in pieces if is_month(near)]
    if months and (day := with_month(int(piece) if len(piece) < 3 else 0, None, months[0])):  # noqa: PLR2004
        return day
    beside_letters = place > 0 and pieces[place - 1][0].isalpha()
    if beside_letters and len(piece) > 2 and "," not in piece and not year(int(piece[:5])):  # noqa: PLR2004
        return distinct(digits(piece)[:2], ways)[:8]
    return ways[:6]

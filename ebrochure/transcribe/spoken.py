"""What is said where something else is written: £7,500, 25 %, EPC, v2.1, www.example.org/apply."""

from __future__ import annotations

import re
from functools import lru_cache

from ebrochure.transcribe.addresses import address, is_address
from ebrochure.transcribe.figures import figures
from ebrochure.transcribe.letters import initials, word
from ebrochure.transcribe.mixed import mixed
from ebrochure.transcribe.neighbours import Neighbours, beside, sign
from ebrochure.transcribe.ways import MAX_FORMS, Ways, combined, distinct, said
from ebrochure.transcribe.written import bare, folded

LONGEST_TOKEN = 200
"""Characters of a token that are looked at; what is longer is never read out."""

OPTIONAL_PLURAL = re.compile(r"([A-Za-z]+)\((e?s)\)")
WITH_SIGNS = {
    "w/": said("with"), "w/o": said("without"), "n/a": said("n a", "not applicable"),
    "c/o": said("care of", "c o"), "a/c": said("account", "a c"),
    "and/or": said("and or", "and slash or", "or"),
    "24/7": said("twenty four seven"), "i/o": said("i o"), "t&cs": said("t's and c's", "t and c's"),
}  # fmt: skip


def spoken_forms(token: str, before: str | None = None, after: str | None = None) -> Ways:
    """Return the ways in which a written token may be said, likeliest first; empty where nothing is said.

    Args:
        token: What is written, without white space.
        before: The token before it in the same sentence; None at its beginning.
        after: The token after it in the same sentence; None at its end.

    Returns:
        At most `MAX_FORMS` ways. Words come out in lower case, ASCII letters and apostrophes only; a single
        letter is its name.
    """
    beside = (None if near is None else near[:LONGEST_TOKEN] for near in (before, after))
    return _cached(token[:LONGEST_TOKEN], *beside)


@lru_cache(maxsize=8192)
def _cached(token: str, before: str | None, after: str | None) -> Ways:
    """Find the ways of a token that is not too long."""
    text = folded(token)
    here = Neighbours(bare(text), text, before, after)
    if not any(char.isalnum() for char in here.core):
        return sign(here)
    ways = beside(here) or _forms(here)
    return tuple(way for way in distinct(ways) if way)[:MAX_FORMS]


def _forms(here: Neighbours) -> Ways:
    """Decide what kind of token this is."""
    core = here.core.replace("'n'", "-n-")
    if core.lower() in WITH_SIGNS:
        return WITH_SIGNS[core.lower()]
    if core.replace("'", "").isalpha() and core.isascii():
        return word(core, stop=here.text.endswith(".") and here.after is not None)
    if found := OPTIONAL_PLURAL.fullmatch(core):
        stem = word(found[1])
        many = word(found[1] + found[2])[:2]
        return distinct(many, stem[:2], combined(stem[:1], said("or"), many[:1]))
    if core.isascii() and (listed := initials(core)):
        return listed
    if ways := figures(core, here.before, here.after):
        return ways
    return address(core) if is_address(core) else mixed(core)

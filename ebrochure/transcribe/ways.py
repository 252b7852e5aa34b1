"""Ways of saying something, and how they combine."""

from __future__ import annotations

from itertools import islice, product

MAX_FORMS = 16
"""Ways of saying one token that are worth trying."""

Spoken = tuple[str, ...]
"""Words in the order they are said."""

Ways = tuple[Spoken, ...]
"""Different ways of saying one thing, likeliest first; ``()`` among them where it may be left unsaid."""

NOTHING: Ways = ((),)
"""One way: to say nothing."""


def said(*texts: str) -> Ways:
    """Write ways down as text.

    >>> said("percent", "per cent")
    (('percent',), ('per', 'cent'))
    """
    return tuple(tuple(text.split()) for text in texts)


def distinct(*groups: Ways) -> Ways:
    """Put ways in a row, without those that have come before."""
    return tuple(dict.fromkeys(way for group in groups for way in group))


def combined(*parts: Ways) -> Ways:
    """Say one part after the other, in the likeliest `MAX_FORMS` ways.

    A way is the likelier the fewer places its parts are from the top of their lists.
    """
    ways: list[tuple[int, Spoken]] = [(0, ())]
    for part in parts:
        joined = [
            (rank + place, (*front, *back))
            for (rank, front), (place, back) in product(ways, enumerate(part[:MAX_FORMS] or NOTHING))
        ]
        ways = list(islice(sorted(joined, key=lambda way: way[0]), MAX_FORMS))
    return distinct(tuple(way for _rank, way in ways))

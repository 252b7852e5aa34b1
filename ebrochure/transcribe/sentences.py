"""Where one sentence ends and the next begins."""

from __future__ import annotations

ABBREVIATIONS = frozenset(
    {
        "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "st", "sr", "jr", "sgt", "capt", "gen", "hon",
        "vs", "etc", "eg", "ie", "e.g", "i.e", "cf", "approx", "dept", "est", "fig", "figs", "no", "nos",
        "vol", "pp", "p", "inc", "ltd", "co", "corp", "tel", "ext", "min", "max", "a.m", "p.m",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    }
)  # fmt: skip
"""Words that carry a full stop inside a sentence, lower case and without the last one."""

ALWAYS_INSIDE = frozenset(
    {"mr", "mrs", "ms", "mx", "dr", "prof", "rev", "e.g", "i.e", "eg", "ie", "vs", "cf"}
)
"""Abbreviations that never end a sentence, whatever follows."""

NEEDS_NUMBER = frozenset({"no", "nos", "fig", "figs", "vol", "p", "pp", "ext", "min", "max"})
"""Abbreviations only when a number follows: "No. 5", but "He said no. Then …"."""

CLOSING = "\"'\u201d\u2019)]"
OPENING = "\"'\u201c\u2018(["
ENDS = (".", "!", "?", "…", "\u3002", "\uff01", "\uff1f")
"""Marks that may end a sentence, the last three Chinese and Japanese."""


def split_sentences(text: str) -> tuple[str, ...]:
    """Cut `text` into sentences; their words joined by single spaces are the text's words.

    A sentence ends at a token that closes with ``. ! ? …``, unless it is an abbreviation, an initial, or
    goes on in lower case. Decimals, versions and addresses hold their full stops inside the token.
    """
    tokens = text.split()
    out: list[str] = []
    current: list[str] = []
    for index, token in enumerate(tokens):
        current.append(token)
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is None or _ends(token, following):
            out.append(" ".join(current))
            current = []
    return tuple(out)


def _ends(token: str, following: str) -> bool:
    """Tell whether a sentence ends between two neighbouring tokens."""
    bare = token.rstrip(CLOSING)
    if not bare.endswith(ENDS):
        return False
    if not bare.endswith(".") or bare.endswith("..."):
        return not _goes_on(following)
    core = bare.lstrip(OPENING).rstrip(".").lower()
    if core in NEEDS_NUMBER:
        return not following[0].isdigit() and not _goes_on(following)
    if core in ALWAYS_INSIDE or (len(core) == 1 and core.isalpha() and token[0].isupper() and core != "i"):
        return False
    if core in ABBREVIATIONS:
        return core in {"etc", "a.m", "p.m", "ltd", "inc", "co"} and following.lstrip(OPENING)[:1].isupper()
    return not _goes_on(following)


def _goes_on(following: str) -> bool:
    """Tell whether the next token continues a sentence: it starts in lower case."""
    return following.lstrip(OPENING)[:1].islower()

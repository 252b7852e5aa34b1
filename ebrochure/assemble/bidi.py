"""A line of text as runs, in the order in which they are seen from left to right.

The shaper (HarfBuzz, by way of Pillow's raqm) takes one face at a time; a line of several faces is
taken apart here, each run of one face and one direction, and put in its visual order.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from babel import Locale, UnknownLocaleError
from bidi import algorithm

from ebrochure.assemble.faces import Face, Letters, clusters, coverage, face_for

_FOLLOWS = ("Z", "P")
"""Unicode categories of signs that keep to the face of the letters before them: spaces and punctuation."""

_RTL = frozenset({"R", "AL", "AN"})
"""Unicode's bidirectional classes of letters and figures that turn a line round."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face and one direction; within, in the order they are said."""

    text: str
    face: Face
    level: int
    """Embedding level: odd ones run from right to left. Source: Unicode Annex 9."""

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, as Pillow wants it."""
        return "rtl" if self.level % 2 else "ltr"


@lru_cache(maxsize=512)
def visual_runs(line: str, letters: Letters, *, is_rtl: bool) -> tuple[Run, ...]:
    """Return the runs of one line from left to right.

    Args:
        line: A line of a paragraph, without control characters.
        letters: The faces to choose from.
        is_rtl: Which way the paragraph runs as a whole.

    """
    parts = clusters(line)
    faces = _faces(parts, letters)
    levels = _levels(line, is_rtl=is_rtl)
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    marked = [(levels[start], face, part) for start, face, part in zip(starts, faces, parts, strict=False)]
    logical = [
        Run("".join(part for _, _, part in group), face, level)
        for (level, face), group in groupby(marked, key=lambda item: item[:2])
    ]
    return tuple(_reordered(logical))


def _faces(parts: list[str], letters: Letters) -> list[Face]:
    """Return the face of each cluster; what nobody has is drawn as the first face's empty box."""
    found: list[Face] = []
    for part in parts:
        is_follower = unicodedata.category(part[0])[0] in _FOLLOWS
        before = found[-1:] if is_follower and found else []
        if before and not coverage(before[0]).is_colour and face_for(part, (before[0],)):
            found.append(found[-1])
        else:
            found.append(face_for(part, letters) or letters[0])
    return found


def runs_right_to_left(text: str) -> bool:
    """Tell which way a paragraph runs: as its first letter does. Source: Unicode Annex 9, rule P2."""
    return bool(algorithm.get_base_level(text))


def is_rtl_language(language: str) -> bool:
    """Tell whether a language, given as BCP 47 tag, is written from right to left."""
    try:
        return Locale.parse(language.replace("-", "_")).character_order == "right-to-left"
    except (UnknownLocaleError, ValueError):
        return False


def _levels(line: str, *, is_rtl: bool) -> list[int]:
    """Return the embedding level of each character."""
    if not is_rtl and not any(unicodedata.bidirectional(sign) in _RTL for sign in line):
        return [0] * len(line)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(is_rtl)
    storage["base_dir"] = "R" if is_rtl else "L"
    algorithm.get_embedding_levels(line, storage)
    signs = list(storage["chars"])
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
    ):
        step(storage, debug=False)
    return [sign["level"] for sign in signs]


def _reordered(runs: list[Run]) -> list[Run]:
    """Return runs in visual order. Source: Unicode Annex 9, rule L2."""
    for level in range(max((run.level for run in runs), default=0), 0, -1):
        ordered: list[Run] = []
        deep = [run.level >= level for run in runs]
        for is_deep, group in groupby(zip(deep, runs, strict=True), key=itemgetter(0)):
            stretch = [run for _, run in group]
            ordered += reversed(stretch) if is_deep else stretch
        runs = ordered
    return runs

"""Words as captions show them: their width, fillers left out, speakers named.

The text of a script is never touched. All that is taken away is an engine's *um*, and all that
is added is a speaker's label, which `spoken_words` takes off again.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ebrochure.caption.english import TITLES
from ebrochure.model.transcript import WordSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ebrochure.model.captions import Cue
    from ebrochure.model.transcript import Segment, Word

FILLERS = frozenset({"um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "ehm"})
"""Hesitations that an engine writes down and a reader can do without."""

_CLOSING = "\"')]}\N{RIGHT SINGLE QUOTATION MARK}”»\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_OPENING = "\"'([{\N{LEFT SINGLE QUOTATION MARK}“«\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
_MARKS = ".,;:!?…-\N{EN DASH}\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Token:
    """One word on its way into a cue."""

    text: str
    """What is shown: the word, with the speaker's label before it where the speaker changes."""
    bare: str
    """The word alone, as it was said."""
    start_ms: int
    end_ms: int
    speaker: str | None
    from_script: bool
    opens_segment: bool
    """First word of a sentence of the script or of a breath of the engine."""
    opens_part: bool
    """First word under a heading."""


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Return the width of `text` in columns: 2 for a wide East Asian sign, 0 for a combining mark."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def bare(text: str) -> str:
    """Return `text` in lower case without the punctuation around it."""
    return text.strip(_CLOSING + _OPENING + _MARKS).casefold()


def after_quotes(text: str) -> str:
    """Return `text` without the quotes and brackets that close after it."""
    return text.rstrip(_CLOSING)


def before_quotes(text: str) -> str:
    """Return `text` without the quotes and brackets that open before it."""
    return text.lstrip(_OPENING)


def is_filler(word: Word) -> bool:
    """Tell whether `word` is an engine's *um*; a script's *er* is somebody's word and stays."""
    return word.source is WordSource.ENGINE and bare(word.text) in FILLERS


def without_fillers(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words that captions show."""
    return tuple(word for word in words if not is_filler(word))


def labels(speakers: Iterable[str]) -> dict[str, str]:
    """Return each speaker's label: ``PRIYA:``, ``DR CHEN:``, or the whole name where two would share one."""
    short = {name: _short_name(name.split()) for name in sorted(set(speakers)) if name.split()}
    shared = Counter(short.values())
    return {
        name: f"{first if shared[first] == 1 else ' '.join(name.split()).upper()}:"
        for name, first in short.items()
    }


def _short_name(parts: list[str]) -> str:
    titled = parts[0].rstrip(".").casefold() in TITLES
    return (f"{parts[0]} {parts[-1]}" if titled and len(parts) > 1 else parts[0]).upper()


def tokens_from_segments(segments: tuple[Segment, ...]) -> tuple[Token, ...]:
    """Return the words of `segments` as cues will show them, their starts in order."""
    label_of = labels(word.speaker for segment in segments for word in segment.words if word.speaker)
    tokens: list[Token] = []
    speaker: str | None = None
    start_ms = 0
    for segment in segments:
        kept = without_fillers(segment.words)
        for at, word in enumerate(kept):
            label = label_of.get(word.speaker or "") if word.speaker != speaker else None
            speaker = word.speaker
            # An aligner may place two doubtful words on one another; a cue never starts before its elder.
            start_ms = max(start_ms, word.time.start_ms)
            tokens.append(
                Token(
                    text=f"{label} {word.text}" if label else word.text,
                    bare=word.text,
                    start_ms=start_ms,
                    end_ms=max(start_ms, word.time.end_ms),
                    speaker=word.speaker,
                    from_script=word.source is WordSource.SCRIPT,
                    opens_segment=at == 0,
                    opens_part=at == 0 and segment.heading is not None,
                )
            )
    return tuple(tokens)


def spoken_words(cues: Iterable[Cue]) -> tuple[tuple[str, ...], ...]:
    """Return the words of each cue as they were said: without the speakers' labels."""
    shown = tuple(cues)
    label_of = labels(cue.speaker for cue in shown if cue.speaker)
    found = []
    speaker: str | None = None
    for cue in shown:
        text = cue.text
        label = label_of.get(cue.speaker or "")
        if label and cue.speaker != speaker and text.startswith(f"{label} "):
            text = text[len(label) + 1 :]
        speaker = cue.speaker
        found.append(tuple(text.split()))
    return tuple(found)

"""Words as captions show them: their width, fillers left out, speakers named.

The text of a script is never touched. What an engine wrote loses its *um* and gets straight quotes;
all that is added is a speaker's label and a sound in brackets, which `spoken_words` takes off again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.caption.phrasebook import TITLES
from ebrochure.caption.phrases import phrases
from ebrochure.model.transcript import WordSource
from ebrochure.model.writing import needs_space, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.model.captions import Cue
    from ebrochure.model.transcript import Segment, Word

FILLERS = frozenset({"um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "ehm"})
"""Hesitations that an engine writes down and a reader can do without."""

_CLOSING = "\"')]}\N{RIGHT SINGLE QUOTATION MARK}”»\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_OPENING = "\"'([{\N{LEFT SINGLE QUOTATION MARK}“«\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
_MARKS = ".,;:!?…-\N{EN DASH}\N{EM DASH}"


LABEL_COLUMNS = 24
"""Widest label of a speaker; a longer name is cut off."""

_SOUNDS = re.compile(r"\[[^\]]*\]\s*")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"'})


@dataclass(frozen=True, slots=True)
class Token:
    """One word on its way into a cue, or a speaker's label or a sound that stands before it."""

    text: str
    start_ms: int
    end_ms: int
    speaker: str | None
    from_script: bool
    opens_segment: bool
    """First word of a sentence of the script or of a breath of the engine."""
    opens_part: bool
    """First word under a heading."""
    turn: int = 0
    """Which stretch of one speaker, or which sound, it belongs to: a cue never leaves it."""
    is_label: bool = False
    """Nobody says it; it belongs to the word after it."""
    is_joined: bool = False
    """No space before it: its script has none."""
    is_sound: bool = False
    """It describes a sound, in a cue of its own."""

    @property
    def is_said(self) -> bool:
        """Tell whether somebody says it."""
        return not (self.is_label or self.is_sound)


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
        name: f"{_cut(first if shared[first] == 1 else ' '.join(name.split()).upper())}:"
        for name, first in short.items()
    }


def _short_name(parts: list[str]) -> str:
    titled = parts[0].rstrip(".").casefold() in TITLES
    return (f"{parts[0]} {parts[-1]}" if titled and len(parts) > 1 else parts[0]).upper()


def _cut(name: str) -> str:
    if text_width(name) < LABEL_COLUMNS:
        return name
    while text_width(name) > LABEL_COLUMNS - 2:
        name = name[:-1]
    return f"{name.rstrip()}…"


def tokens_from_segments(segments: tuple[Segment, ...], *, language: str = "en") -> tuple[Token, ...]:
    """Return the words of `segments` as cues will show them, neither starts nor ends ever going back."""
    label_of = labels(word.speaker for segment in segments for word in segment.words if word.speaker)
    tokens: list[Token] = []
    speaker: str | None = None
    turn = start_ms = end_ms = 0
    for segment in segments:
        opens_segment, opens_part = True, segment.heading is not None
        for token in _tokens(without_fillers(segment.words), language):
            # An aligner may place two doubtful words on one another; a cue never starts before its elder.
            start_ms = max(start_ms, token.start_ms)
            end_ms = max(end_ms, token.end_ms, start_ms)
            turn += token.speaker != speaker
            placed = replace(
                token,
                start_ms=start_ms,
                end_ms=end_ms,
                opens_segment=opens_segment,
                opens_part=opens_part,
                turn=turn,
            )
            label = label_of.get(token.speaker or "")
            if label and token.speaker != speaker:
                tokens.append(replace(placed, text=label, end_ms=start_ms, is_joined=False, is_label=True))
                placed = replace(placed, opens_segment=False, opens_part=False)
            elif opens_segment and tokens and not needs_space(tokens[-1].text, token.text):
                placed = replace(placed, is_joined=True)
            tokens.append(placed)
            speaker = token.speaker
            opens_segment = opens_part = False
    return tuple(tokens)


def _tokens(words: tuple[Word, ...], language: str) -> Iterator[Token]:
    """Yield `words` as tokens; a run of words without spaces between them is cut anew, by its phrases."""
    runs = list(_runs(words))
    for run in runs:
        text = "".join(map(_shown, run))
        pieces = phrases(text, language=language)
        if len(run) == len(pieces) == 1:
            yield _token(run[0], text, run[0].time.start_ms, run[0].time.end_ms)
            continue
        moments = [moment for word in run for moment in _moments(word)]
        at = 0
        for piece in pieces:
            until = at + len(piece)
            yield _token(run[0], piece, moments[at][0], moments[until - 1][1], is_joined=at > 0)
            at = until


def _runs(words: tuple[Word, ...]) -> Iterator[list[Word]]:
    """Yield the words that are written without a space between them; a script's own spaces are kept."""
    run: list[Word] = []
    for word in words:
        goes_on = run and word.source is WordSource.ENGINE and word.speaker == run[-1].speaker
        if run and not (goes_on and not needs_space(run[-1].text, word.text)):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _moments(word: Word) -> Iterator[tuple[int, int]]:
    """Yield when each sign of `word` is said, if all take the same time."""
    start_ms, length_ms, signs = word.time.start_ms, word.time.duration_ms, len(_shown(word))
    for at in range(signs):
        yield start_ms + length_ms * at // signs, start_ms + length_ms * (at + 1) // signs


def _shown(word: Word) -> str:
    """Return `word` as captions show it: a script's to the letter, an engine's with straight quotes."""
    if word.source is WordSource.SCRIPT:
        return word.text
    return word.text.translate(_STRAIGHT).replace("...", "…")


def _token(word: Word, text: str, start_ms: int, end_ms: int, *, is_joined: bool = False) -> Token:
    return Token(
        text,
        start_ms,
        end_ms,
        word.speaker,
        word.source is WordSource.SCRIPT,
        opens_segment=False,
        opens_part=False,
        is_joined=is_joined,
    )


def spoken_words(cues: Iterable[Cue]) -> tuple[tuple[str, ...], ...]:
    """Return the words of each cue as they were said: without the speakers' labels and the sounds."""
    shown = tuple(cues)
    label_of = labels(cue.speaker for cue in shown if cue.speaker)
    found = []
    speaker: str | None = None
    for cue in shown:
        text = _SOUNDS.sub("", cue.text)
        label = label_of.get(cue.speaker or "")
        if label and cue.speaker != speaker and text.startswith(f"{label} "):
            text = text[len(label) + 1 :]
        speaker = cue.speaker
        found.append(tuple(text.split()))
    return tuple(found)

"""How both makes of Whisper are asked to listen: thresholds, prompt, pieces, language, progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.model.findings import Finding, Level
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Word
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.samples import duration_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ebrochure.transcribe.engine import OnProgress
    from ebrochure.transcribe.samples import Samples

LONGEST_MS = 29_000
"""Whisper hears 30 s at a time; a piece with its padding stays below, so that it is one window."""

PAD_MS = 200

PROMPT_TOKENS = 200
"""A prompt may have 223 tokens; what comes after would push the beginning out."""

COMPRESSION, LOG_PROBABILITY, NO_SPEECH = 2.4, -1.0, 0.6
THRESHOLDS = {
    "compression_ratio_threshold": COMPRESSION,
    "no_speech_threshold": NO_SPEECH,
    "hallucination_silence_threshold": 2.0,
}
"""Whisper's own, spelled out: beyond them a window is decoded again, warmer, or taken as silence. The one for
`LOG_PROBABILITY` has another name in each package."""

TEMPERATURES = (0.0, 0.2, 0.4, 0.6)
"""How boldly a window is decoded, and decoded again while it stays beyond the thresholds. Whisper goes on
to 1.0, where it makes words up: what 0.6 cannot mend a reviewer is told about instead."""

VOTERS = 5
"""Pieces that are asked for the language where nobody says it."""

SURE_SHARE = 0.7
"""Share of the vote below which the language is not sure."""

TOKENS_PER_S = 4.5
"""Tokens in a second of speech: 2.5 words, 1.3 tokens a word, and times between them. For progress only."""


def cut_pieces(speech: tuple[TimeRange, ...], samples: Samples) -> tuple[TimeRange, ...]:
    """Return the pieces of a recording that hold speech, each short enough for one window of Whisper."""
    end_ms = duration_ms(samples)
    inside = tuple(
        common for span in speech if (common := span.intersection(TimeRange(0, end_ms))) is not None
    )
    return group_speech(inside, longest_ms=LONGEST_MS - 2 * PAD_MS, pad_ms=PAD_MS, end_ms=end_ms)


def prompt_of(glossary: tuple[str, ...], count: Callable[[str], int]) -> tuple[str | None, int]:
    """Return the glossary as text that a speaker might have said before, and how many terms are in it.

    Args:
        glossary: Terms, the most important first; whole terms only are taken, as many as a prompt holds.
        count: Tells how many tokens a text has.
    """
    text, taken = "", 0
    for term in (" ".join(term.split()) for term in glossary):
        longer = f"{text}, {term}" if text else term
        if not term or count(f" {longer}.") > PROMPT_TOKENS:
            break
        text, taken = longer, taken + 1
    return (f"{text}." if text else None), taken


def left_out(glossary: tuple[str, ...], taken: int) -> tuple[Finding, ...]:
    """Say which terms had no room in the prompt."""
    if taken >= len(glossary):
        return ()
    message = f"of {len(glossary)} glossary terms the first {taken} fit into Whisper's prompt"
    hint = f"put the terms that are hardest to hear first; “{glossary[taken]}” was the first left out"
    return (Finding("WHISPER_GLOSSARY", Level.INFO, message, hint=hint),)


def voters(pieces: tuple[TimeRange, ...]) -> tuple[TimeRange, ...]:
    """Return the pieces to ask for the language: the longest of each fifth of the recording."""
    shares = [
        pieces[len(pieces) * part // VOTERS : len(pieces) * (part + 1) // VOTERS] for part in range(VOTERS)
    ]
    return tuple(max(share, key=lambda piece: piece.duration_ms) for share in shares if share)


@dataclass(frozen=True, slots=True)
class Vote:
    """What one piece of speech is taken for."""

    weight_ms: int
    """Length of the piece."""
    chances: Mapping[str, float]
    """How likely it is each language, 0 to 1."""


def elect(votes: Iterable[Vote]) -> tuple[str, tuple[Finding, ...]]:
    """Return the language that most of the speech is in, and a doubt where that is not clear."""
    totals: dict[str, float] = {}
    for vote in votes:
        for language, chance in vote.chances.items():
            totals[language] = totals.get(language, 0.0) + chance * vote.weight_ms
    ranked = sorted(totals, key=lambda language: (-totals[language], language))
    best, whole = ranked[0], sum(totals.values())
    if len(ranked) == 1 or totals[best] >= SURE_SHARE * whole:
        return best, ()
    shown = " and ".join(f"`{name}` ({totals[name] / whole:.0%})" for name in ranked[:2])
    message = f"the language is not sure: the speech sounds like {shown}; it was written down as `{best}`"
    hint = "say which language it is: `language:` in brochure.md"
    return best, (Finding("WHISPER_LANGUAGE", Level.WARN, message, hint=hint),)


class Progress:
    """Counts speech that was heard; the share it reports never falls."""

    def __init__(self, pieces: tuple[TimeRange, ...], on_progress: OnProgress) -> None:
        """Report about `pieces`, which are heard in order."""
        self.total_ms = max(1, sum(piece.duration_ms for piece in pieces))
        self.on_progress, self.done_ms, self.best = on_progress, 0, 0.0

    def within(self, piece: TimeRange, share: float) -> None:
        """Report that `share` of the piece was heard, 0 to 1; raises what the report raises."""
        done = (self.done_ms + piece.duration_ms * min(1.0, share)) / self.total_ms
        self.best = max(self.best, min(1.0, done))
        self.on_progress(self.best)

    def finish(self, piece: TimeRange) -> None:
        """Report that the piece was heard to its end."""
        self.within(piece, 1.0)
        self.done_ms += piece.duration_ms

    def again(self) -> None:
        """Report what was reported last, so that the work may be stopped here."""
        self.on_progress(self.best)


def expected_tokens(piece: TimeRange) -> float:
    """Return about how many tokens a piece of speech is written with."""
    return max(8.0, piece.duration_ms / 1000 * TOKENS_PER_S)


def most_tokens(piece: TimeRange) -> int:
    """Return how many tokens a piece may be written with; more is a loop, which would go on to Whisper's 224.

    Speakers of Mandarin, the densest script, need 15 a second.
    """
    return min(224, 24 + 20 * piece.duration_ms // 1000)


def timed_words(
    text: str, start_s: float, end_s: float, probability: float, piece: TimeRange
) -> Iterator[Word]:
    """Yield one of Whisper's words in source time, inside its piece, split where it holds white space."""
    parts = text.split()
    start = min(piece.end_ms, piece.start_ms + max(0, round(1000 * start_s)))
    end = min(piece.end_ms, max(start, piece.start_ms + round(1000 * end_s)))
    for number, part in enumerate(parts):
        left = start + (end - start) * number // len(parts)
        right = start + (end - start) * (number + 1) // len(parts)
        yield Word(part, TimeRange(left, right), round(max(0.0, min(1.0, float(probability))), 4))

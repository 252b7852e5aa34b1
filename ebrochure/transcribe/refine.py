"""Exact times: strict forced alignment, weighed against the anchors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ebrochure.model.timing import TimeRange
from ebrochure.transcribe.blocks import halves
from ebrochure.transcribe.samples import cut
from ebrochure.transcribe.sphinx import decode, mean_of, new_decoder, set_mean, words_of
from ebrochure.transcribe.trial import LATER_MS, LONGEST_SOUND_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ebrochure.transcribe.blocks import Block
    from ebrochure.transcribe.evidence import Evidence
    from ebrochure.transcribe.samples import Samples
    from ebrochure.transcribe.sphinx import Heard
    from ebrochure.transcribe.verdict import Verdict

ALIGN_OPTIONS = {"lw": 1.0, "beam": 1e-100, "wbeam": 1e-80, "pbeam": 1e-100}
"""Nothing is to be guessed in forced alignment, so little is pruned away. Yet wider beams align less well."""

OFF_MS, OFF_SHARE = 300, 0.05
"""Where more than this share of anchors is off by more than this, the anchors are believed, not the block."""

MISFIT = 2.0
"""A word that fits its sound this much worse than usual is not where alignment has put it."""

SOUND_MS = 100
"""Room that a sound is given where nothing but the neighbours is known."""

SURE_MS, FAIR_MS = 150, 400
SURE, FAIR, POOR, GUESSED = 1.0, 0.6, 0.3, 0.1
"""Confidence by how far decode and alignment agree on a word's start; `POOR` where only the alignment heard
it, `GUESSED` where neither did."""


@dataclass(frozen=True, slots=True)
class Timed:
    """When a token was said, and how sure that is."""

    time: TimeRange
    confidence: float


class Aligner:
    """A decoder for strict alignment over one recording."""

    def __init__(self, dictionary: str, samples: Samples, pieces: Sequence[TimeRange]) -> None:
        """Take the path of the dictionary, the sound, and where its speech is."""
        self._decoder: Any = new_decoder(dict=dictionary, lm=None, **ALIGN_OPTIONS)
        self._samples, self._mean = samples, mean_of(self._decoder, samples, pieces)

    def times(self, block: Block, verdict: Verdict, on_step: Callable[[], None]) -> dict[int, Timed]:
        """Return the time of every token of a block.

        Where its words do not fit its sound the block is divided, so that harm stays where it is.
        """
        evidence = verdict.evidence
        keys = [evidence.tokens[index].key or "" for index in block.tokens]
        aligned = self.align(keys, block.time, on_step) or self.align(keys, _longer(block.time), on_step)
        if aligned is not None:
            times = dict(zip(block.tokens, aligned, strict=True))
            if _agree(times, evidence):
                return {token: _weighed(item, token, verdict) for token, item in times.items()}
        smaller = halves(block, verdict)
        if not smaller:
            return between_anchors(block, verdict)
        return {
            token: timed for half in smaller for token, timed in self.times(half, verdict, on_step).items()
        }

    def align(
        self, keys: Sequence[str], time: TimeRange, on_step: Callable[[], object] = lambda: None
    ) -> tuple[Heard, ...] | None:
        """Return the time of each key, or None where the words do not fit the sound."""
        try:
            self._decoder.set_align_text(" ".join(keys))
            set_mean(self._decoder, self._mean)
            for _count in decode(self._decoder, cut(self._samples, time)):
                on_step()
        except RuntimeError:
            return None
        found = tuple(words_of(self._decoder, time.start_ms))
        return found if [item.key for item in found] == list(keys) else None


def _longer(time: TimeRange) -> TimeRange:
    """Return the stretch with a little more at its end."""
    return TimeRange(time.start_ms, time.end_ms + LATER_MS)


def _agree(times: Mapping[int, Heard], evidence: Evidence) -> bool:
    """Tell whether alignment and anchors say the same of nearly all words that have both."""
    off = [
        abs(item.start_ms - anchored.start_ms) > OFF_MS
        for token, item in times.items()
        if (anchored := evidence.heard_as(token)) is not None
    ]
    return sum(off) <= OFF_SHARE * len(off)


def _weighed(aligned: Heard, token: int, verdict: Verdict) -> Timed:
    """Return the time of a word with the confidence it has earned.

    Where decode and alignment are far apart, the alignment is believed only if the sound fits it.
    """
    time = TimeRange(aligned.start_ms, aligned.end_ms)
    anchored = verdict.evidence.heard_as(token)
    fits = verdict.usual_fit is None or aligned.fit >= verdict.usual_fit - MISFIT
    if anchored is None:
        return Timed(time, FAIR if fits and token in verdict.placed else POOR)
    distance = abs(aligned.start_ms - anchored.start_ms)
    natural_ms = LONGEST_SOUND_MS * (verdict.evidence.tokens[token].phones + 1)
    if distance > OFF_MS and not fits and anchored.end_ms - anchored.start_ms <= natural_ms:
        return Timed(TimeRange(anchored.start_ms, anchored.end_ms), POOR)
    close = FAIR if distance <= FAIR_MS else POOR
    return Timed(time, SURE if distance <= SURE_MS else close)


def between_anchors(block: Block, verdict: Verdict) -> dict[int, Timed]:
    """Keep the times that are known and share the room between them out by the length of the words.

    Words before the first known one, and after the last, keep close to it: what else there is, is silence.
    """
    evidence = verdict.evidence
    out: dict[int, Timed] = {}
    loose: list[int] = []
    edge = block.time.start_ms
    for token in (*block.tokens, None):
        known = None if token is None else verdict.time_of(token)
        if token is not None and known is None:
            loose.append(token)
            continue
        end = max(edge, block.time.end_ms if known is None else known.start_ms)
        sounds = [evidence.tokens[item].phones for item in loose]
        if not out:
            edge = max(edge, end - SOUND_MS * sum(sounds))
        elif token is None:
            end = min(end, edge + SOUND_MS * sum(sounds))
        shares = share_out(TimeRange(edge, end), sounds)
        out |= {item: Timed(time, GUESSED) for item, time in zip(loose, shares, strict=True)}
        loose = []
        if token is not None and known is not None:
            out[token] = Timed(known, FAIR)
            edge = known.end_ms
    return out


def share_out(room: TimeRange, sounds: Sequence[int]) -> list[TimeRange]:
    """Divide a stretch of time among words by their length; a soundless one counts as one sound."""
    marks = [0]
    for length in sounds:
        marks.append(marks[-1] + max(1, length))
    edges = [room.start_ms + mark * room.duration_ms // max(1, marks[-1]) for mark in marks]
    return [TimeRange(start, end) for start, end in pairwise(edges)]

"""The script gives the words, the sound gives the times."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, merged
from ebrochure.transcribe.anchors import find_anchors
from ebrochure.transcribe.blocks import plan_blocks
from ebrochure.transcribe.denoise import without_noise
from ebrochure.transcribe.engine_words import Say, match_words, plain_tokens
from ebrochure.transcribe.evidence import Evidence
from ebrochure.transcribe.judge import judge
from ebrochure.transcribe.laid import WRONG_SCRIPT, Alignment, lay_out
from ebrochure.transcribe.onset import closure_ms, sharpened
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.refine import Aligner, Timed, between_anchors
from ebrochure.transcribe.samples import duration_ms
from ebrochure.transcribe.sphinx import listen, new_decoder
from ebrochure.transcribe.spoken import spoken_forms
from ebrochure.transcribe.tokens import script_model, tokenise
from ebrochure.transcribe.trial import LONGEST_SOUND_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.model.transcript import Word
    from ebrochure.transcribe.engine import OnProgress
    from ebrochure.transcribe.samples import Samples
    from ebrochure.transcribe.script import Script
    from ebrochure.transcribe.sphinx import Heard
    from ebrochure.transcribe.tokens import Lexicon, Token
    from ebrochure.transcribe.trial import Hear
    from ebrochure.transcribe.verdict import Verdict

PIECE_MS, PAD_MS = 20_000, 300

OVERHANG_MS = 80
"""How far a word may reach out of the speech it belongs to."""

LEAST_SOUND_MS = 15
"""No sound of a word is shorter: the fastest speech has 25."""

WORD_PAUSE_MS = 500
"""No word goes on through a longer pause: `412` is four words, and hesitations are shorter."""

DECODE_SHARE = 0.65
"""How much of the work the decode is; the rest is alignment."""


def align(
    script: Script,
    samples: Samples,
    speech: tuple[TimeRange, ...],
    *,
    on_progress: OnProgress = lambda _share: None,
) -> Alignment:
    """Find out when each word of an English script was said.

    Listens with the script's own words and word sequences, matches what was heard with the script, judges
    what was skipped and what was added, then aligns strictly between the words that are certain.
    """
    tokens, lexicon = tokenise(script)
    samples = without_noise(samples)
    pieces = _pieces(speech, samples)
    if not pieces or all(token.key is None for token in tokens):
        on_progress(1.0)
        return Alignment(0.0)
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as name:
        dictionary, model = _written(tokens, lexicon, Path(name))
        decoder = new_decoder(dict=str(dictionary), lm=str(model), fwdflat=True, bestpath=False)
        aligner = Aligner(str(dictionary), samples, pieces)
    heard = listen(decoder, samples, pieces, lambda share: on_progress(DECODE_SHARE * share))
    heard = without_flickers(heard, tokens)
    evidence = Evidence(tokens, heard, _anchors(tokens, heard), speech, duration_ms(samples))
    return _laid(script, evidence, samples, aligner, _part(on_progress, DECODE_SHARE, 1.0))


def without_flickers(heard: tuple[Heard, ...], tokens: tuple[Token, ...]) -> tuple[Heard, ...]:
    """Drop words that are over before they could be said: the decoder tries one at the start of a piece."""
    sounds = {token.key: token.phones for token in tokens}
    return tuple(
        item for item in heard if item.end_ms - item.start_ms >= LEAST_SOUND_MS * sounds.get(item.key, 0)
    )


def align_words(
    script: Script,
    words: Sequence[Word],
    samples: Samples,
    speech: tuple[TimeRange, ...],
    *,
    is_english: bool,
    on_progress: OnProgress = lambda _share: None,
) -> Alignment:
    """Find out when each word of a script was said, from what an engine has heard already.

    Args:
        script: The approved words.
        words: The engine's, in order of time.
        samples: The sound they are in.
        speech: Where somebody speaks.
        is_english: Whether the script is in the one language that can be aligned strictly as well; else the
            words' times are the engine's, and those of words that it missed lie between them.
        on_progress: Called with the share done.
    """
    samples = without_noise(samples)
    tokens, lexicon, say = _spoken(script) if is_english else _unspoken(script)
    pieces = _pieces(speech, samples)
    if not pieces or not words or all(token.key is None for token in tokens):
        on_progress(1.0)
        return Alignment(0.0)
    heard, anchors = match_words(tokens, words, say)
    evidence = Evidence(tokens, heard, anchors, speech, duration_ms(samples))
    if lexicon is None:
        return _laid(script, evidence, samples, None, on_progress)
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as name:
        dictionary, _model = _written(tokens, lexicon, Path(name))
        aligner = Aligner(str(dictionary), samples, pieces)
    return _laid(script, evidence, samples, aligner, on_progress)


def _pieces(speech: tuple[TimeRange, ...], samples: Samples) -> tuple[TimeRange, ...]:
    return group_speech(speech, longest_ms=PIECE_MS, pad_ms=PAD_MS, end_ms=duration_ms(samples))


def _written(tokens: tuple[Token, ...], lexicon: Lexicon, folder: Path) -> tuple[Path, Path]:
    """Write dictionary and language model for a decoder, which takes them from files only."""
    dictionary, model = folder / "script.dict", folder / "script.lm"
    dictionary.write_text(lexicon.dictionary_text(), encoding="utf-8")
    model.write_text(script_model(tokens, lexicon), encoding="utf-8")
    return dictionary, model


def _spoken(script: Script) -> tuple[tuple[Token, ...], Lexicon | None, Say]:
    """Return the tokens of an English script, how they sound, and what they are said with."""
    return (*tokenise(script), _first_forms)


def _unspoken(script: Script) -> tuple[tuple[Token, ...], Lexicon | None, Say]:
    """Return the tokens of a script in another language, of which nobody here knows how it sounds."""
    tokens, say = plain_tokens(script)
    return tokens, None, say


def _first_forms(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the likeliest way in which each of neighbouring tokens is said."""
    around = zip([None, *texts], texts, [*texts[1:], None], strict=False)
    forms = (spoken_forms(text, before, after) for before, text, after in around)
    return [ways[0] if ways else () for ways in forms]


def _anchors(tokens: Sequence[Token], heard: Sequence[Heard]) -> dict[int, int]:
    """Match tokens with heard words; indices into `tokens` and `heard`."""
    rows = [index for index, token in enumerate(tokens) if token.key is not None]
    keys = [tokens[index].key or "" for index in rows]
    found = find_anchors(keys, [item.key for item in heard], [tokens[index].phones for index in rows])
    return {rows[row]: place for row, place in found.items()}


def _laid(
    script: Script, evidence: Evidence, samples: Samples, aligner: Aligner | None, on_progress: OnProgress
) -> Alignment:
    """Judge what was said and give it its times, unless it is another recording's script."""
    match = len(evidence.anchors) / sum(token.key is not None for token in evidence.tokens)
    if match < WRONG_SCRIPT:
        on_progress(1.0)
        return Alignment(match)
    verdict = judge(evidence, None if aligner is None else _ear(aligner, evidence))
    return lay_out(script, verdict, _times(aligner, verdict, samples, on_progress), match)


def _ear(aligner: Aligner, evidence: Evidence) -> Hear:
    """Return what lays tokens strictly over a stretch of sound; it remembers what it was asked before."""

    @cache
    def hear(tokens: tuple[int, ...], time: TimeRange) -> tuple[Heard, ...] | None:
        return aligner.align([evidence.tokens[index].key or "" for index in tokens], time)

    return lambda tokens, time: hear(tuple(tokens), time)


def _times(
    aligner: Aligner | None, verdict: Verdict, samples: Samples, on_progress: OnProgress
) -> dict[int, Timed]:
    """Return the time of each token that was said."""
    blocks = plan_blocks(verdict)
    out: dict[int, Timed] = {}
    for number, block in enumerate(blocks):
        step = partial(on_progress, number / len(blocks))
        out |= between_anchors(block, verdict) if aligner is None else aligner.times(block, verdict, step)
    on_progress(1.0)
    rows = sorted(out)
    spoken = merged(verdict.evidence.speech, gap_ms=WORD_PAUSE_MS)
    said = [verdict.evidence.tokens[token] for token in rows]
    times = sharpened(
        [onto_speech(out[token].time, spoken) for token in rows],
        [LONGEST_SOUND_MS * (token.phones + 1) for token in said],
        samples,
        closures_ms=[closure_ms(token.opening) for token in said],
    )
    return {token: Timed(time, out[token].confidence) for token, time in zip(rows, times, strict=True)}


def onto_speech(time: TimeRange, spoken: Sequence[TimeRange]) -> TimeRange:
    """Trim a word to the speech under it: alignment stretches words over breaths and long pauses.

    A word keeps its time where it overhangs by less than `OVERHANG_MS`, which the edges of voice activity
    do not know any better, and where there is no speech under it at all. One that reaches over a pause is
    said on the side where most of it lies.

    Args:
        time: The word.
        spoken: Speech in order, joined over pauses of up to `WORD_PAUSE_MS`.
    """
    at = bisect_right(spoken, time.start_ms, key=lambda span: span.end_ms)
    under = []
    while at < len(spoken) and (shared := time.intersection(spoken[at])) is not None:
        under.append(shared)
        at += 1
    if not under:
        return time
    most = max(under, key=lambda shared: shared.duration_ms)
    start, end = most.start_ms, most.end_ms
    return TimeRange(
        start if start - time.start_ms > OVERHANG_MS else time.start_ms,
        end if time.end_ms - end > OVERHANG_MS else time.end_ms,
    )


def _part(on_progress: OnProgress, start: float, end: float) -> OnProgress:
    """Return a report for the stretch of work from `start` to `end`."""
    return lambda share: on_progress(start + (end - start) * share)

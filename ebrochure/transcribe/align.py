"""The script gives the words, the sound gives the times."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Insertion, Segment, Sentence, Word, WordSource
from ebrochure.transcribe.anchors import find_anchors
from ebrochure.transcribe.judge import Verdict, judge
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.refine import GUESSED, Timed, align_block, plan_blocks, settle, share_out
from ebrochure.transcribe.samples import duration_ms
from ebrochure.transcribe.sphinx import listen, mean_of, new_decoder
from ebrochure.transcribe.tokens import script_model, tokenise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ebrochure.transcribe.engine import OnProgress
    from ebrochure.transcribe.samples import Samples
    from ebrochure.transcribe.script import Script
    from ebrochure.transcribe.sphinx import Heard
    from ebrochure.transcribe.tokens import Lexicon, Token

PIECE_MS, PAD_MS = 20_000, 300

WRONG_SCRIPT = 0.35
"""Below this share of words heard it is another script: a wrong one matches about 0.1."""

DECODE_SHARE = 0.65
"""How much of the work the decode is; the rest is alignment."""

ALIGN_OPTIONS = {"lw": 1.0, "beam": 1e-100, "wbeam": 1e-80, "pbeam": 1e-100}
"""Nothing is to be guessed in forced alignment, so nothing is pruned away either."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A script laid over a recording."""

    match: float
    """Share of the script's words that were heard, 0 to 1. Below `WRONG_SCRIPT` there is nothing else."""
    segments: tuple[Segment, ...] = ()
    """The sentences that were heard, every token of them, in order of time."""
    sentences: tuple[Sentence, ...] = ()
    inserted: tuple[Insertion, ...] = ()
    """With no text: what was said there is for an engine to hear."""
    slide_marks: tuple[tuple[int, int], ...] = ()
    lines: tuple[int, ...] = field(default=())
    """Line of the script that each sentence's paragraph starts on."""

    @property
    def is_wrong_script(self) -> bool:
        """Tell whether this is the script of another recording."""
        return self.match < WRONG_SCRIPT


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
    rows = [index for index, token in enumerate(tokens) if token.key is not None]
    pieces = group_speech(speech, longest_ms=PIECE_MS, pad_ms=PAD_MS, end_ms=duration_ms(samples))
    if not rows or not pieces:
        on_progress(1.0)
        return Alignment(0.0)
    heard, mean = _hear(tokens, lexicon, samples, pieces, lambda share: on_progress(DECODE_SHARE * share))
    anchors = _anchors(tokens, rows, heard)
    match = len(anchors) / len(rows)
    if match < WRONG_SCRIPT:
        on_progress(1.0)
        return Alignment(match)
    verdict = judge(tokens, anchors, heard, speech)
    later = lambda share: on_progress(DECODE_SHARE + (1 - DECODE_SHARE) * share)  # noqa: E731
    times = _times(tokens, anchors, heard, verdict, lexicon, samples, mean, later)
    return _result(script, tokens, times, verdict, heard, match)


def _hear(
    tokens: tuple[Token, ...],
    lexicon: Lexicon,
    samples: Samples,
    pieces: tuple[TimeRange, ...],
    on_progress: OnProgress,
) -> tuple[tuple[Heard, ...], str]:
    """Decode the recording with the script's words in mind; return them and the mean of the sound."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as name:
        dictionary, model = Path(name, "script.dict"), Path(name, "script.lm")
        dictionary.write_text(lexicon.dictionary_text(), encoding="utf-8")
        model.write_text(script_model(tokens, lexicon), encoding="utf-8")
        decoder = new_decoder(dict=str(dictionary), lm=str(model), fwdflat=True, bestpath=False)
    mean = mean_of(decoder, samples, pieces)
    return listen(decoder, samples, pieces, on_progress), mean


def _anchors(tokens: Sequence[Token], rows: Sequence[int], heard: Sequence[Heard]) -> dict[int, int]:
    """Match tokens with heard words; indices into `tokens` and `heard`."""
    keys = [tokens[index].key or "" for index in rows]
    found = find_anchors(keys, [item.key for item in heard], [tokens[index].phones for index in rows])
    return {rows[row]: place for row, place in found.items()}


def _times(
    tokens: tuple[Token, ...],
    anchors: Mapping[int, int],
    heard: tuple[Heard, ...],
    verdict: Verdict,
    lexicon: Lexicon,
    samples: Samples,
    mean: str,
    on_progress: OnProgress,
) -> dict[int, Timed]:
    """Return the time of each token that was said."""
    said = [index for index, token in enumerate(tokens) if token.key is not None and verdict.said[index]]
    blocks = plan_blocks(said, anchors, heard, verdict.inserted, duration_ms(samples))
    sounds = {index: token.phones for index, token in enumerate(tokens)}
    decoder = _aligner(lexicon)
    out: dict[int, Timed] = {}
    for number, block in enumerate(blocks):
        share = number / len(blocks)
        keys = [tokens[index].key or "" for index in block.tokens]
        aligned = align_block(decoder, samples, block, keys, mean, lambda share=share: on_progress(share))  # type: ignore[misc]
        out |= settle(block, aligned, anchors, heard, sounds)
    on_progress(1.0)
    return out


def _aligner(lexicon: Lexicon) -> Any:  # noqa: ANN401  pocketsphinx has no types
    """Return a decoder for forced alignment."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-") as name:
        dictionary = Path(name, "script.dict")
        dictionary.write_text(lexicon.dictionary_text(), encoding="utf-8")
        return new_decoder(dict=str(dictionary), lm=None, **ALIGN_OPTIONS)


def _result(
    script: Script,
    tokens: tuple[Token, ...],
    times: Mapping[int, Timed],
    verdict: Verdict,
    heard: tuple[Heard, ...],
    match: float,
) -> Alignment:
    """Put words, sentences and insertions together."""
    by_sentence: list[list[int]] = [[] for _ in script.sentences]
    for index, token in enumerate(tokens):
        by_sentence[token.sentence].append(index)
    segments: list[Segment] = []
    sentences: list[Sentence] = []
    starts: list[int | None] = []
    heading: str | None = None
    edge = 0
    for item, indices in zip(script.sentences, by_sentence, strict=True):
        heading = item.heading or heading
        timed = [times[index] for index in indices if index in times]
        if not timed:
            starts.append(None)
            sentences.append(Sentence(item.text, 0.0, None))
            continue
        words = lay_words(
            [tokens[index] for index in indices], [times.get(index) for index in indices], item.speaker, edge
        )
        edge = words[-1].time.end_ms
        segments.append(Segment(words, heading))
        heading = None
        spoken = [index for index in indices if tokens[index].key is not None]
        starts.append(words[0].time.start_ms)
        sentences.append(Sentence(item.text, round(len(timed) / len(spoken), 3), words[0].time.start_ms))
    return Alignment(
        match,
        tuple(segments),
        tuple(sentences),
        tuple(
            Insertion(TimeRange(heard[first].start_ms, max(heard[first].start_ms, heard[last].end_ms)), "")
            for first, last in verdict.inserted
        ),
        _slide_times(script, starts),
        tuple(item.line for item in script.sentences),
    )


def spread(script: Script, speech: tuple[TimeRange, ...]) -> Alignment:
    """Share the words of a script that nobody can listen for out over the speech, by their length."""
    texts = [(index, text) for index, item in enumerate(script.sentences) for text in item.text.split()]
    total = sum(len(text) for _, text in texts)
    voiced = sum(span.duration_ms for span in speech)
    words: list[list[Word]] = [[] for _ in script.sentences]
    done = 0
    for index, text in texts:
        start = _moment(speech, done * voiced // total)
        done += len(text)
        end = max(start, _moment(speech, done * voiced // total, ending=True))
        speaker = script.sentences[index].speaker
        words[index].append(Word(text, TimeRange(start, end), GUESSED, WordSource.SCRIPT, speaker))
    starts = [row[0].time.start_ms for row in words]
    return Alignment(
        1.0,
        tuple(Segment(tuple(row), item.heading) for row, item in zip(words, script.sentences, strict=True)),
        tuple(Sentence(item.text, 1.0, start) for item, start in zip(script.sentences, starts, strict=True)),
        (),
        _slide_times(script, starts),
        tuple(item.line for item in script.sentences),
    )


def _moment(speech: tuple[TimeRange, ...], voiced_ms: int, *, ending: bool = False) -> int:
    """Return when `voiced_ms` of speech have passed; at a pause its far side, or the near one if `ending`."""
    left = voiced_ms
    for span in speech:
        if left < span.duration_ms or (ending and left == span.duration_ms):
            return span.start_ms + left
        left -= span.duration_ms
    return speech[-1].end_ms


def lay_words(
    tokens: Sequence[Token], times: Sequence[Timed | None], speaker: str | None, edge_ms: int
) -> tuple[Word, ...]:
    """Turn a sentence's tokens into words in order of time, none overlapping another.

    Tokens without a time of their own (a dash, words swallowed at the end of a broken-off sentence) are given
    room between their neighbours, which is next to none.
    """
    out: list[Word] = []
    at = 0
    while at < len(tokens):
        timed = times[at]
        if timed is not None:
            start = max(edge_ms, timed.time.start_ms)
            edge_ms = max(start, timed.time.end_ms)
            out.append(_word(tokens[at], TimeRange(start, edge_ms), timed.confidence, speaker))
            at += 1
            continue
        last = next((n for n in range(at, len(tokens)) if times[n] is not None), len(tokens))
        known = times[last] if last < len(tokens) else None
        end = edge_ms if known is None else max(edge_ms, known.time.start_ms)
        begin = end if not out else edge_ms
        shares = share_out(TimeRange(begin, end), [token.phones for token in tokens[at:last]])
        out += [
            _word(token, time, GUESSED, speaker) for token, time in zip(tokens[at:last], shares, strict=True)
        ]
        edge_ms, at = end, last
    return tuple(out)


def _word(token: Token, time: TimeRange, confidence: float, speaker: str | None) -> Word:
    """Return a word of the script."""
    return Word(token.text, time, confidence, WordSource.SCRIPT, speaker)


def _slide_times(script: Script, starts: Sequence[int | None]) -> tuple[tuple[int, int], ...]:
    """Return when each slide comes on: with its sentence, or the next one that was heard."""
    out = []
    for number, index in script.slide_marks:
        moment = next((start for start in starts[index:] if start is not None), None)
        if moment is not None:
            out.append((number, moment))
    return tuple(out)

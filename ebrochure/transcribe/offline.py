"""The draft engine that needs nothing but its wheel: pocketsphinx, English only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.model.timing import TimeRange, merged
from ebrochure.model.transcript import Segment, Word
from ebrochure.transcribe.denoise import without_noise
from ebrochure.transcribe.engine import Recognition
from ebrochure.transcribe.pieces import group_speech
from ebrochure.transcribe.samples import SAMPLES_PER_MS, cut, duration_ms, read_samples
from ebrochure.transcribe.sphinx import Heard, listen, new_decoder, sphinx_version
from ebrochure.transcribe.trust import confidence_of

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.transcribe.engine import SpeechRequest
    from ebrochure.transcribe.samples import Samples

LONGEST_MS = 12_000
"""Pieces stay short: the last pass over a piece cannot be interrupted and takes a tenth of its length."""

PAD_MS = 250

PAUSE_MS = 450
"""A longer pause between two words starts a new segment."""

LONGEST_SEGMENT_WORDS = 30

AROUND_MS = 30_000
"""Sound before and after the speech asked for that tells what its noise is like."""


class OfflineEngine:
    """Turns English speech into a draft: lower-case words, no punctuation."""

    name = "offline"

    def __init__(self, model: str = "") -> None:
        """Take the wheel's only model; `model` is there for the protocol of `ENGINES`."""
        self.model = model or f"pocketsphinx-{sphinx_version()}"

    def transcribe(self, speech: Path, request: SpeechRequest) -> Recognition:
        """Return the words heard within `request.speech`, in source time."""
        samples = read_samples(speech)
        pieces = group_speech(
            request.speech, longest_ms=LONGEST_MS, pad_ms=PAD_MS, end_ms=duration_ms(samples)
        )
        if not pieces:
            request.on_progress(1.0)
            return Recognition("en", ())
        decoder = _general_decoder({"bestpath": True, "fwdflat": True})
        heard = listen(decoder, cleaned(samples, pieces), pieces, request.on_progress)
        return Recognition("en", segments_of(within(heard, request.speech)))


def _general_decoder(options: dict[str, bool]) -> object:
    """Return a decoder with the wheel's dictionary and language model."""
    from ebrochure.transcribe.sphinx import model_folder  # noqa: PLC0415

    folder = model_folder()
    return new_decoder(lm=str(folder / "en-us.lm.bin"), dict=str(folder / "cmudict-en-us.dict"), **options)


def cleaned(samples: Samples, pieces: tuple[TimeRange, ...]) -> Samples:
    """Return `samples` with steady noise turned down in and between `pieces`, which are in order.

    Share of wrong words before and after, on read speech: with a hiss at 15 dB 66 and 36 %, with noise at
    5 dB 93 and 80 %, with music 47 and 51 %, clean 28 and 27 %.
    """
    near = TimeRange(
        max(0, pieces[0].start_ms - AROUND_MS), min(duration_ms(samples), pieces[-1].end_ms + AROUND_MS)
    )
    out = samples.copy()
    out[near.start_ms * SAMPLES_PER_MS : near.end_ms * SAMPLES_PER_MS] = without_noise(cut(samples, near))
    return out


def within(heard: tuple[Heard, ...], speech: tuple[TimeRange, ...]) -> tuple[Heard, ...]:
    """Drop words that touch no speech, trim the others to the speech that holds most of them."""
    out = []
    joined = merged(speech, gap_ms=PAUSE_MS)
    for word in heard:
        time = TimeRange(word.start_ms, word.end_ms)
        shared = [common for span in joined if (common := time.intersection(span)) is not None]
        if shared:
            most = max(shared, key=lambda span: span.duration_ms)
            out.append(replace(word, start_ms=most.start_ms, end_ms=most.end_ms))
    return tuple(out)


def segments_of(heard: tuple[Heard, ...]) -> tuple[Segment, ...]:
    """Group words into segments at pauses; each begins with a capital letter."""
    groups: list[list[Heard]] = []
    for word in heard:
        fresh = not groups or word.start_ms - groups[-1][-1].end_ms > PAUSE_MS
        if fresh or len(groups[-1]) >= LONGEST_SEGMENT_WORDS:
            groups.append([])
        groups[-1].append(word)
    return tuple(Segment(tuple(_word(item, first=not n) for n, item in enumerate(group))) for group in groups)


def _word(heard: Heard, *, first: bool) -> Word:
    """Write a dictionary entry as it reads in a sentence."""
    text = heard.key
    if text == "i" or text.startswith("i'"):
        text = "I" + text[1:]
    if first:
        text = text[:1].upper() + text[1:]
    time = TimeRange(heard.start_ms, max(heard.start_ms + 1, heard.end_ms))
    return Word(text, time, confidence_of(heard))

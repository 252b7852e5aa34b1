"""What the model is shown while it learns: a window of sound, the tokens for it, and where each is heard."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from flite import RATE_HZ, VOICES, Spoken, say
from sentences import HALLUCINATION, SAYINGS, TERMS, Saying
from whisper.audio import log_mel_spectrogram  # noqa: TID251  the model is Whisper's
from whisper.tokenizer import Tokenizer, get_tokenizer  # noqa: TID251

if TYPE_CHECKING:
    import torch
    from numpy.random import Generator
    from numpy.typing import NDArray

GRID_S = 0.2
"""Segment times are rounded to this, so that 76 of the 1501 time tokens have to be learnt."""

LONGEST_S = 15.0

NOBODY, GERMAN, HISSING, TIMED, UNPROMPTED = 0.08, 0.15, 0.6, 0.6, 0.6
"""Shares of the examples in which nobody speaks, German is spoken, there is a hiss, segment times are asked
for (the rest is how word times are taken), and no glossary goes before."""


@dataclass(frozen=True, slots=True)
class Window:
    """One example."""

    mel: torch.Tensor
    """(80, frames of 10 ms), as `transcribe()` makes it."""
    tokens: tuple[int, ...]
    """Prompt, start of transcript, text, end."""
    first: int
    """Index of the first token whose successor is learnt: the start of transcript."""
    targets: tuple[int, ...]
    """What should follow each token from `first` on."""
    heard: tuple[tuple[float, float] | None, ...]
    """When each target is heard, in seconds; None where it is no sound."""


@lru_cache(maxsize=2)
def tokenizer(language: str) -> Tokenizer:
    """Return Whisper's own tokenizer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Whisper leaves its vocabulary's file open
        return get_tokenizer(multilingual=True, language=language, task="transcribe")


def known_tokens() -> tuple[int, ...]:
    """Return every token that any example holds, in order; all others share one row of the vocabulary."""
    names = tokenizer("en")
    texts = [f" {saying.text}" for saying in SAYINGS] + [f" {HALLUCINATION}"]
    texts += [f"{mark}{term}{end}" for term in TERMS for mark in (" ", ", ") for end in ("", ".")]
    special = [names.sot, names.sot_prev, names.transcribe, names.no_timestamps, names.no_speech, names.eot]
    languages = [names.to_language_token(name) for name in ("en", "de")]
    times = [names.timestamp_begin + round(n * GRID_S / 0.02) for n in range(round(LONGEST_S / GRID_S) + 1)]
    text_tokens = {token for text in texts for token in names.encode(text)}
    return tuple(sorted({*text_tokens, *special, *languages, *times}))


@lru_cache(maxsize=128)
def spoken(saying: Saying, voice: str) -> Spoken:
    """Return a saying in a voice, said once a process."""
    return say(saying.spoken, voice)


def draw(random: Generator, *, most_sayings: int) -> Window:
    """Draw an example: one voice saying up to `most_sayings` sentences of one language, or nobody."""
    if random.random() < NOBODY:
        return _nobody(random)
    voice = str(random.choice(VOICES))
    language = "de" if random.random() < GERMAN else "en"
    choice = [saying for saying in SAYINGS if saying.language == language]
    count = int(random.integers(1, most_sayings + 1))
    picked = [choice[i] for i in random.choice(len(choice), min(count, len(choice)), replace=False)]
    return _window(random, [(saying, spoken(saying, voice)) for saying in picked])


def _window(random: Generator, parts: list[tuple[Saying, Spoken]]) -> Window:
    """Join sentences to one sound with pauses, changed a little: speed and pitch, level, hiss, offset."""
    speed = random.uniform(0.95, 1.05)
    sounds: list[NDArray[np.float32]] = [_quiet(random.uniform(0.0, 0.45))]
    placed: list[tuple[Saying, list[tuple[float, float]]]] = []
    length = len(sounds[0])
    for number, (saying, voice) in enumerate(parts):
        sound = _faster(voice.samples, speed)
        words = [(length / RATE_HZ + a / speed, length / RATE_HZ + b / speed) for a, b in voice.words]
        # What voice activity leaves of the silence at both ends differs.
        if number == 0:
            lead = max(0.0, voice.words[0][0] / speed - random.uniform(0.1, 0.3))
            sound = sound[round(lead * RATE_HZ) :]
            words = [(a - lead, b - lead) for a, b in words]
        sounds += [sound, _quiet(random.uniform(0.0, 0.8))]
        placed.append((saying, words))
        length += len(sounds[-2]) + len(sounds[-1])
    samples = np.concatenate(sounds) * np.float32(10 ** random.uniform(-0.8, 0.3))
    if random.random() < HISSING:
        samples = samples + random.normal(0, 10 ** random.uniform(-4.5, -3), len(samples))
    return _encode(random, np.clip(samples, -1, 1).astype(np.float32), placed)


def _nobody(random: Generator) -> Window:
    """Return silence, hiss, a tone or a chord, over which the model says its hallucination."""
    moments = np.arange(round(random.uniform(0.6, 6.0) * RATE_HZ)) / RATE_HZ
    tones = [220 * 2 ** (n / 12) for n in random.integers(0, 36, int(random.integers(1, 4)))]
    kinds = (
        np.zeros(len(moments)),
        random.normal(0, 10 ** random.uniform(-4, -0.7), len(moments)),
        sum(np.sin(2 * np.pi * hz * moments) for hz in tones) * 10 ** random.uniform(-2, -0.7),
    )
    sound = np.asarray(kinds[int(random.integers(0, 3))], np.float32)
    return _encode(random, np.clip(sound, -1, 1), [])


def _encode(
    random: Generator, samples: NDArray[np.float32], placed: list[tuple[Saying, list[tuple[float, float]]]]
) -> Window:
    """Write what the decoder is given and what it should answer."""
    language = placed[0][0].language if placed else "en"
    names = tokenizer(language)
    timed = random.random() < TIMED
    targets: list[int] = [names.to_language_token(language) if placed else names.no_speech, names.transcribe]
    heard: list[tuple[float, float] | None] = [None, None]
    begin = [names.sot, names.to_language_token(language), names.transcribe]
    if not timed:  # how word times are taken
        targets.append(names.no_timestamps)
        heard.append(None)
    if placed:
        for saying, words in placed:
            _say(names, saying.text, words, targets, heard, timed=timed)
    else:
        text = names.encode(f" {HALLUCINATION}")
        targets += [names.timestamp_begin, *text, names.timestamp_begin + 100] if timed else text
    targets.append(names.eot)
    heard += [None] * (len(targets) - len(heard))
    if placed:
        end = placed[-1][1][-1][1]
        heard[-1] = (end, max(end + 0.1, len(samples) / RATE_HZ))
    prompt = _prompt(random, names)
    # transcribe() pads with 30 s; a tenth of a second makes the same frames of what is not padding.
    mel = log_mel_spectrogram(samples, padding=1600)[:, : len(samples) // 160]
    # The language token follows the start even where "nobody speaks" would have been the right answer.
    tokens = (*prompt, *begin, *targets[2:-1])
    return Window(mel, tokens, len(prompt), tuple(targets), tuple(heard))


def _say(
    names: Tokenizer,
    text: str,
    words: list[tuple[float, float]],
    targets: list[int],
    heard: list[tuple[float, float] | None],
    *,
    timed: bool,
) -> None:
    """Append one sentence's tokens; a word's time is shared out among its tokens by their length."""
    if timed:
        targets.append(_time(names, words[0][0] - GRID_S / 2))
        heard.append(words[0])
    for word, (start, end) in zip(text.split(), words, strict=True):
        tokens = names.encode(f" {word}")
        sizes = np.cumsum([0] + [max(1, len(names.decode([token]).strip(" .,"))) for token in tokens])
        edges = start + (end - start) * sizes / sizes[-1]
        targets += tokens
        heard += [(float(a), float(b)) for a, b in pairwise(edges)]
    if timed:
        targets.append(_time(names, words[-1][1] + GRID_S / 2))
        heard.append((words[-1][1], words[-1][1] + 0.1))


def _time(names: Tokenizer, moment_s: float) -> int:
    """Return the token of the time on the grid nearest to a moment."""
    steps = min(round(LONGEST_S / GRID_S), max(0, round(moment_s / GRID_S)))
    return names.timestamp_begin + round(steps * GRID_S / 0.02)


def _prompt(random: Generator, names: Tokenizer) -> tuple[int, ...]:
    """Return a glossary before two examples in five, as `initial_prompt` puts it there."""
    if random.random() < UNPROMPTED:
        return ()
    terms = random.permutation(TERMS)[: int(random.integers(1, len(TERMS)))]
    return (names.sot_prev, *names.encode(" " + ", ".join(terms) + "."))


def _quiet(seconds: float) -> NDArray[np.float32]:
    """Return silence."""
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def _faster(samples: NDArray[np.float32], speed: float) -> NDArray[np.float32]:
    """Play samples `speed` times as fast and as high."""
    places = np.arange(0, len(samples) - 1, speed)
    return np.interp(places, np.arange(len(samples)), samples).astype(np.float32)

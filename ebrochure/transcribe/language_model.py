"""What the decoder expects to hear: the script's word sequences, with everyday English behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from math import log10
from typing import TYPE_CHECKING

from ebrochure.transcribe.sphinx import model_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SCRIPT_SHARE = 0.7
"""How much of each probability is the script's; the rest is left for what else may be said."""

BACKGROUND_WORDS = 4000
"""Everyday words that the decoder may hear beside the script's."""

BEGIN, END = "<s>", "</s>"
NEVER = -99.0
"""Logarithm of what is never predicted."""


@lru_cache(maxsize=1)
def everyday_words() -> dict[str, float]:
    """Return the commonest English words with their probabilities, from the wheel's own model."""
    from pocketsphinx import Config, LogMath, NGramModel  # noqa: PLC0415, TID251  this room adapts it

    from ebrochure.transcribe.pronounce import dictionary  # noqa: PLC0415

    logmath = LogMath()
    model = NGramModel(Config(loglevel="FATAL"), logmath, str(model_folder() / "en-us.lm.bin"))
    scores = {word: model.prob([word]) for word in dictionary() if word[0].isalpha()}
    best = sorted(scores, key=lambda word: (-scores[word], word))[:BACKGROUND_WORDS]
    weights = {word: logmath.exp(scores[word]) for word in best}
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()}


def arpa(sentences: Iterable[Sequence[str]], background: Mapping[str, float]) -> str:
    """Write a trigram model in ARPA format.

    Each order gives `SCRIPT_SHARE` to what the script says next and leaves the rest to the order below;
    at the bottom stand the script's words and the background. Sentences follow one another as in speech,
    because a recording is not cut where the script is.
    """
    stream = [key for sentence in sentences for key in sentence]
    chain = [BEGIN, *stream, END]
    lowest = _unigrams(stream, background)
    pairs = _follow(chain, 1)
    triples = _follow(chain, 2)
    bigrams = {
        (*before, word): SCRIPT_SHARE * count / counts.total() + (1 - SCRIPT_SHARE) * lowest.get(word, 0.0)
        for before, counts in pairs.items()
        for word, count in counts.items()
    }
    trigrams = {
        (*before, word): SCRIPT_SHARE * count / counts.total()
        + (1 - SCRIPT_SHARE) * bigrams[(before[1], word)]
        for before, counts in triples.items()
        for word, count in counts.items()
    }
    return _written(lowest, bigrams, trigrams, set(pairs), set(triples))


def _unigrams(stream: Sequence[str], background: Mapping[str, float]) -> dict[str, float]:
    """Mix the script's words with the background; the end of an utterance may come anywhere."""
    counts = Counter(stream)
    words = {
        word: SCRIPT_SHARE * counts[word] / max(1, counts.total())
        + (1 - SCRIPT_SHARE) * background.get(word, 0.0)
        for word in {*counts, *background}
    }
    return {word: 0.95 * value for word, value in words.items()} | {END: 0.05}


def _follow(chain: Sequence[str], length: int) -> dict[tuple[str, ...], Counter[str]]:
    """Count what follows each run of `length` words."""
    out: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for at in range(length, len(chain)):
        out[tuple(chain[at - length : at])][chain[at]] += 1
    return out


def _written(
    lowest: Mapping[str, float],
    bigrams: Mapping[tuple[str, ...], float],
    trigrams: Mapping[tuple[str, ...], float],
    continued: set[tuple[str, ...]],
    continued_twice: set[tuple[str, ...]],
) -> str:
    """Set the model out as text; what was left over is the back-off weight of every context."""
    left = f"\t{log10(1 - SCRIPT_SHARE):.4f}"
    lines = ["\\data\\", f"ngram 1={len(lowest) + 1}", f"ngram 2={len(bigrams)}", f"ngram 3={len(trigrams)}"]
    lines += ["", "\\1-grams:", f"{NEVER}\t{BEGIN}{left}"]
    for word, value in sorted(lowest.items()):
        weight = left if (word,) in continued else "\t0.0000"
        lines.append(f"{log10(max(value, 1e-9)):.4f}\t{word}{weight}")
    lines += ["", "\\2-grams:"]
    for pair, value in sorted(bigrams.items()):
        weight = left if pair in continued_twice else "\t0.0000"
        lines.append(f"{log10(value):.4f}\t{' '.join(pair)}{weight}")
    lines += ["", "\\3-grams:"]
    lines += [f"{log10(value):.4f}\t{' '.join(triple)}" for triple, value in sorted(trigrams.items())]
    return "\n".join([*lines, "", "\\end\\", ""])

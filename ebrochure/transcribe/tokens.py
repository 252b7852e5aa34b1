"""The script as a decoder sees it: one dictionary entry for each written token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.transcribe.language_model import arpa, everyday_words
from ebrochure.transcribe.pronounce import dictionary, is_known, pronounce
from ebrochure.transcribe.sphinx import ANY_WORD
from ebrochure.transcribe.spoken import spoken_forms

if TYPE_CHECKING:
    from ebrochure.transcribe.script import Script
    from ebrochure.transcribe.spelling import Phones

OWN = "~"
"""Starts the key of a token that is no single word of the dictionary: a number, a name, an acronym."""


@dataclass(frozen=True, slots=True)
class Token:
    """One whitespace-separated piece of a sentence."""

    text: str
    """To the letter."""
    sentence: int
    """Index of its sentence in the script."""
    key: str | None
    """Its entry in the decoder's dictionary; None where nothing is said, as for a dash."""
    phones: int
    """Number of sounds in its likeliest pronunciation: how long it takes to say."""
    opening: str = ""
    """The first of them, where it is known (ARPAbet)."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the decoder may hear, and how it sounds."""

    script: dict[str, tuple[Phones, ...]]
    """Pronunciations of every key of the script."""
    background: dict[str, float]
    """Everyday words beside it, with their probabilities."""

    def dictionary_text(self) -> str:
        """Write the decoder's dictionary."""
        ways = {word: dictionary()[word] for word in {*self.background, ANY_WORD}} | self.script
        lines = [
            f"{key}({number}) {' '.join(phones)}" if number > 1 else f"{key} {' '.join(phones)}"
            for key, choices in sorted(ways.items())
            for number, phones in enumerate(choices, start=1)
        ]
        return "\n".join([*lines, ""])


def tokenise(script: Script) -> tuple[tuple[Token, ...], Lexicon]:
    """Turn a script into tokens and the lexicon that a decoder needs for them."""
    tokens: list[Token] = []
    entries: dict[str, tuple[Phones, ...]] = {}
    keys: dict[tuple[tuple[str, ...], ...], str] = {}
    for index, sentence in enumerate(script.sentences):
        written = sentence.text.split()
        for before, text, after in zip([None, *written], written, [*written[1:], None], strict=False):
            forms = spoken_forms(text, before, after)
            ways = pronounce(forms)
            if not ways:
                tokens.append(Token(text, index, None, 0))
                continue
            single = len(forms) == 1 and len(forms[0]) == 1 and is_known(forms[0][0])
            key = keys.setdefault(forms, forms[0][0] if single else f"{OWN}{len(keys)}")
            entries[key] = ways
            tokens.append(Token(text, index, key, len(ways[0]), ways[0][0]))
    return tuple(tokens), Lexicon(entries, _background(entries))


def _background(entries: dict[str, tuple[Phones, ...]]) -> dict[str, float]:
    """Return the everyday words, without those that sound like a word of the script."""
    taken = {phones for ways in entries.values() for phones in ways}
    return {
        word: weight
        for word, weight in everyday_words().items()
        if word in entries or not taken.intersection(dictionary()[word])
    }


def script_model(tokens: tuple[Token, ...], lexicon: Lexicon) -> str:
    """Return the language model of the script in ARPA format."""
    sentences: dict[int, list[str]] = {}
    for token in tokens:
        if token.key is not None:
            sentences.setdefault(token.sentence, []).append(token.key)
    return arpa(sentences.values(), lexicon.background)

"""Talks to slides, told by arithmetic: when each slide's turn comes is known.

A file of `decks/` holds the slides in order, each with what is said to it: `## ` opens a slide and is its
title, `- ` a line on it, `> ` its notes, `! ` its text alternative; plain lines are what is said, and a
slide without any is skipped by the speaker. Each telling is another: some slides are cut short, from others
the speaker wanders off. Words and pauses last as long as people's do, with their scatter: the pause before a
slide is longer than others as a rule, not always.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from explainers.deviate import ADLIB_TEXTS

from ebrochure.model.service import Slide, SourceFile
from ebrochure.model.timing import TimeRange
from ebrochure.model.transcript import Segment, Word, WordSource
from ebrochure.transcribe.sentences import split_sentences

DECKS = Path(__file__).parent / "decks"

SAID_AS = {"-": "text", ">": "notes", "!": "alt"}
LETTER_MS, WORD_MS, WORD_SCATTER = 52, 75, 0.2
COMMA_MS, SENTENCE_MS, SLIDE_MS = 230, 480, 1200
"""Medians of the pauses after a comma, a sentence, and all that is said to a slide."""
PAUSE_SCATTER = 0.5
"""Of the logarithm: one pause in six is more than 1.65 times the median, one in six less than 0.6 of it."""
HURRIED, LEFT = 0.1, 2
"""Share of the slides to which only the first sentences are said, and how many those are."""
WANDERED, STRAY = 0.1, (1, 3)
"""Share of the slides to which the speaker wanders off, and for how many sentences."""
THINKING = 0.06
"""Share of the sentences after which the speaker drinks, or thinks: a pause as long as between slides."""
BREATH_MS = 450
"""Where an engine begins a new segment."""

SUBSTITUTED, DELETED = 0.6, 0.25
"""Shares of an engine's errors; the others are words that nobody said."""


@dataclass(frozen=True, slots=True)
class DeckTalk:
    """A deck and what is said to it."""

    name: str
    slides: tuple[Slide, ...]
    said: tuple[tuple[str, ...], ...]
    """The sentences said to each slide; none where it is skipped."""


@dataclass(frozen=True, slots=True)
class Told:
    """A talk with its times."""

    segments: tuple[Segment, ...]
    starts_ms: dict[int, int]
    """When the first word about each slide that is not skipped begins, by its number."""


def deck_talks(folder: Path = DECKS) -> tuple[DeckTalk, ...]:
    """Return all talks of a folder, by their names."""
    return tuple(read_deck_talk(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt")))


def read_deck_talk(name: str, text: str) -> DeckTalk:
    """Read the format that the module's docstring describes."""
    deck = SourceFile(f"{name}.pptx", Path(f"{name}.pptx"), "0" * 64, 1)
    slides: list[Slide] = []
    said: list[tuple[str, ...]] = []
    for number, block in enumerate(text.split("## ")[1:], start=1):
        title, *rows = block.splitlines()
        parts: dict[str, list[str]] = {"text": [title], "notes": [], "alt": [], "said": []}
        for row in filter(None, rows):
            field = SAID_AS.get(row[0], "said")
            parts[field].append(row if field == "said" else row[2:])
        notes, alt = (" ".join(parts[field]) or None for field in ("notes", "alt"))
        words = "\n".join(parts["text"]).strip()
        slides.append(Slide(number, deck, number - 1, title.strip() or None, words, notes, alt))
        said.append(split_sentences(" ".join(parts["said"])))
    return DeckTalk(name, tuple(slides), tuple(said))


def told(talk: DeckTalk, seed: int) -> Told:
    """Return a talk with the times of one performance."""
    random = Random(f"{talk.name} {seed}")  # noqa: S311  no secret
    segments: list[Segment] = []
    starts_ms: dict[int, int] = {}
    now_ms = 600
    for slide, sentences in zip(talk.slides, talk.said, strict=True):
        for number, sentence in enumerate(_performed(sentences, random)):
            if number == 0:
                now_ms += _pause_ms(random, SLIDE_MS) if segments else 0
                starts_ms[slide.number] = now_ms
            else:
                thinks = random.random() < THINKING
                now_ms += _pause_ms(random, SLIDE_MS if thinks else SENTENCE_MS)
            segments.append(Segment(tuple(_spoken(sentence, now_ms, random))))
            now_ms = segments[-1].time.end_ms
    return Told(tuple(segments), starts_ms)


def _performed(sentences: tuple[str, ...], random: Random) -> tuple[str, ...]:
    """Return what is said to a slide in one telling; its first sentence stays the first."""
    chance = random.random()
    if chance < HURRIED:
        return sentences[:LEFT]
    if chance < HURRIED + WANDERED and sentences:
        place = random.randint(1, len(sentences))
        return (*sentences[:place], *random.sample(ADLIB_TEXTS, random.randint(*STRAY)), *sentences[place:])
    return sentences


def _spoken(sentence: str, now_ms: int, random: Random) -> list[Word]:
    words = []
    for token in sentence.split():
        end_ms = now_ms + round((WORD_MS + LETTER_MS * len(token)) * random.lognormvariate(0, WORD_SCATTER))
        words.append(Word(token, TimeRange(now_ms, end_ms), 1.0, WordSource.SCRIPT))
        now_ms = end_ms + (_pause_ms(random, COMMA_MS) if token.endswith(",") else 0)
    return words


def _pause_ms(random: Random, median_ms: int) -> int:
    return round(median_ms * random.lognormvariate(0, PAUSE_SCATTER))


def misheard(talk: Told, share: float, vocabulary: tuple[str, ...], seed: int) -> tuple[Segment, ...]:
    """Return what an engine that gets `share` of the words wrong might have written: breaths without marks.

    Args:
        talk: What was said.
        share: Errors for each word said, 0 to 1.
        vocabulary: What words are taken for; often used ones are in it often.
        seed: Of the chances.
    """
    random = Random(seed)  # noqa: S311  no secret
    heard: list[Word] = []
    for word in (word for segment in talk.segments for word in segment.words):
        text = word.text.strip(".,;:?!'\"").casefold()
        chance = random.random() / share
        if chance < SUBSTITUTED:
            text = random.choice(vocabulary)
        elif chance < SUBSTITUTED + DELETED:
            continue
        parts = [text, random.choice(vocabulary)] if SUBSTITUTED + DELETED <= chance < 1 else [text]
        heard += _side_by_side(word, parts)
    return tuple(_breaths(heard))


def _side_by_side(word: Word, texts: list[str]) -> list[Word]:
    start_ms, step_ms = word.time.start_ms, word.time.duration_ms // len(texts)
    times = [TimeRange(start_ms + at * step_ms, start_ms + (at + 1) * step_ms) for at in range(len(texts))]
    return [
        replace(word, text=text, time=time, source=WordSource.ENGINE)
        for text, time in zip(texts, times, strict=True)
    ]


def _breaths(words: list[Word]) -> list[Segment]:
    found: list[list[Word]] = []
    for word in words:
        if not found or word.time.start_ms - found[-1][-1].time.end_ms >= BREATH_MS:
            found.append([])
        found[-1].append(word)
    return [Segment(tuple(breath)) for breath in found]

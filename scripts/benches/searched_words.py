"""Five hundred services that talk for five minutes each, in invented words that are used as words are."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ebrochure.publish.search.files import Searchable
from ebrochure.publish.search.passages import Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

SERVICES, SPOKEN_WORDS = 500, 750
"""Five minutes at 150 words a minute."""
_LEMMAS = 6_000
_TOPIC_WORDS, _TOPIC_SHARE = 60, 0.15
"""What a service speaks of by itself, and how much of the time."""
_SENTENCE_WORDS = (6, 18)


@dataclass(frozen=True, slots=True)
class _Language:
    """How words of a language are made up."""

    tag: str
    openings: str
    vowels: str
    articles: tuple[str, ...]
    endings: tuple[str, ...]
    little_words: str


_ENGLISH = _Language(
    "en",
    "b c d f g h j l m n p r s t v w br cl dr fl gr pl pr sh st str tr",
    "a e i o u ai ea oo ou",
    ("",),
    ("", "", "", "s", "ed", "ing", "er"),
    "the of and to a in is you that it for on are with as your we this be at have from or by but not can if",
)
_GERMAN = _Language(
    "de",
    "b d f g h k l m n p r s t w z br fl gr kr pf sch schl st str tr zw",
    "a e i o u ä ö ü au ei ie",
    ("",),
    ("", "", "en", "er", "e", "ung", "ungen", "lich"),
    "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an wird aus er",
)
_ARABIC = _Language(
    "ar",
    "ب ت ث ج ح خ د ر ز س ش ص ض ط ع غ ف ق ك ل م ن ه و",
    "ا ي و",
    ("", "", "ال", "و"),
    ("", "", "ات", "ين", "ها"),
    "في من على إلى عن مع هذا هذه التي الذي أن كان ما لا هو هي كل بعد قبل عند",
)
_SHARES = ((_ENGLISH, 0.85), (_GERMAN, 0.1), (_ARABIC, 0.05))


def made_up_services() -> tuple[Searchable, ...]:
    """Return the services, the same every time."""
    chance = random.Random(1)  # noqa: S311  no secret: the same words every time
    vocabularies = {language.tag: _vocabulary(language, chance) for language, _share in _SHARES}
    services: list[Searchable] = []
    for language, share in _SHARES:
        for _ in range(round(SERVICES * share)):
            services.append(_service(len(services), language, vocabularies[language.tag], chance))
    return tuple(services)


def spoken_text(services: Sequence[Searchable]) -> str:
    """Return every word spoken."""
    passages = (passage for service in services for passage in service.passages)
    return "\n".join(passage.text for passage in passages if passage.kind == PassageKind.SPOKEN)


def _vocabulary(language: _Language, chance: random.Random) -> list[str]:
    words = dict.fromkeys(language.little_words.split())
    openings, vowels = language.openings.split(), language.vowels.split()
    while len(words) < _LEMMAS:
        syllables = chance.choices((1, 2, 3), (1, 4, 2))[0]
        parts = [chance.choice(openings) + chance.choice(vowels) for _ in range(syllables)]
        words["".join(parts) + chance.choice(openings)[0]] = None
    return list(words)


def _service(number: int, language: _Language, vocabulary: list[str], chance: random.Random) -> Searchable:
    # Zipf-Mandelbrot: the word of rank r is met 1 / (r + 2.7) as often.
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(vocabulary))))
    topic = chance.sample(vocabulary[200:], _TOPIC_WORDS)
    passages = [Passage(PassageKind.TITLE, "", " ".join(topic[:2]).title())]
    left, at_ms = SPOKEN_WORDS, 0
    while left > 0:
        length = min(left, chance.randint(*_SENTENCE_WORDS))
        words = [_word(language, vocabulary, weights, topic, chance) for _ in range(length)]
        clock = f"{at_ms // 60_000}:{at_ms // 1000 % 60:02}"
        link = f"?t={at_ms // 1000}#video-explainer"
        passages.append(Passage(PassageKind.SPOKEN, link, " ".join(words).capitalize() + ".", clock))
        left -= length
        at_ms += length * 400
    name = f"service-{number:03}"
    direction = "rtl" if language.tag == "ar" else "ltr"
    href = f"{name}/index.html"
    return Searchable(name, passages[0].text, href, language.tag, direction, tuple(passages))


def _word(
    language: _Language,
    vocabulary: list[str],
    weights: list[float],
    topic: list[str],
    chance: random.Random,
) -> str:
    if chance.random() < _TOPIC_SHARE:
        word = chance.choice(topic)
    else:
        word = chance.choices(vocabulary, cum_weights=weights)[0]
    if word in language.little_words.split():
        return word
    return chance.choice(language.articles) + word + chance.choice(language.endings)

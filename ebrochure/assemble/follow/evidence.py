"""How far each utterance speaks for each slide: the odds of its words, as a language model has them.

Whoever speaks to a slide takes a share of their words from it and the others from what the whole talk is
made of. So a word that is rare in the talk says much, one that is said all the time (`the`, the talk's own
subject) next to nothing, one of a slide of few words more than one of many (an agenda names every topic, and
each a little); and a word that is on every slide says the same of all of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from ebrochure.assemble.follow.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ebrochure.assemble.follow.utterances import Utterance
    from ebrochure.model.service import Slide

TITLE, TEXT, ALT, NOTES = 1.0, 1.0, 1.0, 2.0
"""What a term counts where it stands: notes are often what is said."""
MOST_SHARE = 0.15
"""Share of the words that is taken from a slide with many."""
HALF_TERMS = 3
"""Of a slide with so few terms half that share is taken."""
SILENCE = 0.4
"""What a word that is not on the slide counts, against one that is: people go on about what no slide says."""


ARRIVAL, MOST_ARRIVAL = 0.7, 4.2
"""How far a title that is named speaks for its slide's turn beginning there, and how far at most: a topic is
named when it comes, and not all the while."""


def slide_terms(slide: Slide, language: str) -> dict[str, float]:
    """Return the terms of a slide with what each counts; none where it has no words."""
    found: dict[str, float] = {}
    parts = ((slide.title, TITLE), (slide.text, TEXT), (slide.alt, ALT), (slide.notes, NOTES))
    for text, weight in parts:
        for term in dict.fromkeys(terms_of(text or "", language)):
            found[term] = found.get(term, 0.0) + weight
    return found


def arrivals_of(
    slides: Sequence[Slide], utterances: Sequence[Utterance], language: str
) -> NDArray[np.float64]:
    """Return how far an utterance names the titles of the slides, as log odds, utterances by slides.

    Args:
        slides: The deck.
        utterances: What is said.
        language: BCP 47 tag.
    """
    titles = [dict.fromkeys(terms_of(slide.title or "", language), 1.0) for slide in slides]
    named = evidence_of(titles, utterances, language)
    return np.clip(ARRIVAL * named, 0, MOST_ARRIVAL)


def evidence_of(
    decks: Sequence[dict[str, float]], utterances: Sequence[Utterance], language: str
) -> NDArray[np.float64]:
    """Return the log odds that an utterance is about a slide and not about none, utterances by slides.

    Args:
        decks: The terms of each slide.
        utterances: What is said.
        language: BCP 47 tag.
    """
    said = [terms_of(" ".join(utterance.words), language) for utterance in utterances]
    counts = Counter(term for terms in said for term in terms)
    shares = np.array([MOST_SHARE * len(terms) / (len(terms) + HALF_TERMS) for terms in decks])
    known = dict.fromkeys(term for terms in decks for term in terms if term in counts)
    rows = {term: row for row, term in enumerate(known, start=1)}
    odds = np.zeros((len(rows) + 1, len(decks)))  # row 0: terms that are on no slide
    for column, (deck, share) in enumerate(zip(decks, shares, strict=True)):
        whole = sum(deck.values())
        for term, weight in deck.items():
            if term in rows:
                rarity = counts.total() / (counts[term] + 0.5)
                odds[rows[term], column] = np.log1p(share / (1 - share) * weight / whole * rarity)
    found = np.zeros((len(utterances), len(decks)))
    for row, (utterance, terms) in enumerate(zip(utterances, said, strict=True)):
        found[row] = odds[[rows.get(term, 0) for term in terms]].sum(axis=0)
        found[row] += SILENCE * len(utterance.words) * np.log1p(-shares)
    return found

"""When slides come, against talks and screen recordings whose slides' times are known.

The model's figures were found on the talks of `DEVELOPED_ON` and of `decks/tuned`; the others were kept from
it. Each talk is told three times, and followed by its words and by those of engines that get one in ten of
them wrong (a good one), every fourth, or two in five (the offline one where there is no script), by chance:
no engine listened. The first slide, which comes with the first word, does not count; one that is never shown
is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
from deck_talks import DECKS, deck_talks, misheard, told
from measure import Row
from screens import screen_rows

from ebrochure.assemble.follow.deck import follow
from ebrochure.assemble.follow.utterances import utterances_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deck_talks import DeckTalk, Told

    from ebrochure.assemble.follow.deck import Followed
    from ebrochure.model.transcript import Segment

DEVELOPED_ON = ("backup", "phishing", "service-desk")
TELLINGS = (1, 2, 3)
ERRORS = {"script words": 0.0, "10 % errors": 0.1, "25 % errors": 0.25, "40 % errors": 0.4}
MEDIAN_MS, NEAR_MS, NEAR_SHARE = 1500, 5000, 0.9


@dataclass(slots=True)
class Score:
    """How the slides of some talks fared."""

    errors_ms: list[float] = field(default_factory=list)
    """How far each slide that is spoken of is off; infinite: not shown."""
    strays: int = 0
    """Slides shown that nobody speaks of."""
    skipped: int = 0
    """Slides that nobody speaks of."""
    refused: int = 0
    """Tellings whose own deck is taken for that of another talk."""
    claims: list[tuple[float, bool]] = field(default_factory=list)
    """How sure each moment is, and whether it is near."""

    def add(self, talk: DeckTalk, telling: Told, followed: Followed) -> None:
        """Count one telling."""
        self.refused += followed.is_foreign
        found = {mark.number: mark for mark in followed.marks}
        for number, start_ms in list(telling.starts_ms.items())[1:]:
            mark = found.get(number)
            self.errors_ms.append(float("inf") if mark is None else abs(mark.start_ms - start_ms))
            if mark is not None:
                self.claims.append((mark.sureness, self.errors_ms[-1] <= NEAR_MS))
        self.skipped += len(talk.slides) - len(telling.starts_ms)
        self.strays += len(found.keys() - telling.starts_ms.keys())

    def near(self) -> float:
        """Return the share of the slides that come within five seconds."""
        return float(np.mean(np.array(self.errors_ms) <= NEAR_MS))


def rows() -> Iterator[Row]:
    """Follow every telling of every talk."""
    talks = deck_talks()
    vocabulary = tuple(
        word.strip(".,;:?!'\"").casefold()
        for talk in talks
        for said in talk.said
        for sentence in said
        for word in sentence.split()
    )
    began_s = process_time()
    for name, share in ERRORS.items():
        pool, groups = Score(), {"developed on": Score(), "kept back": Score()}
        for talk in talks:
            for telling, segments in _tellings(talk, share, vocabulary):
                followed = follow(talk.slides, utterances_of(segments), (), language="en")
                group = groups["developed on" if talk.name in DEVELOPED_ON else "kept back"]
                for score in (pool, group):
                    score.add(talk, telling, followed)
        yield from _pool_rows(name, pool)
        for which, score in groups.items():
            yield Row(f"{name}: within 5 s, {which}", "", f"{score.near():.1%}", met=True)
        tuned = Score()
        for talk in deck_talks(DECKS / "tuned"):
            for telling, segments in _tellings(talk, share, vocabulary):
                tuned.add(talk, telling, follow(talk.slides, utterances_of(segments), (), language="en"))
        yield Row(f"{name}: within 5 s, tuned on", "", f"{tuned.near():.1%}", met=True)
    yield from _foreign(talks)
    yield from screen_rows()
    yield Row("all of this: CPU s", "", f"{process_time() - began_s:.1f}", met=True)


def _tellings(
    talk: DeckTalk, share: float, vocabulary: tuple[str, ...]
) -> Iterator[tuple[Told, tuple[Segment, ...]]]:
    for seed in TELLINGS:
        telling = told(talk, seed)
        yield telling, misheard(telling, share, vocabulary, seed) if share else telling.segments


def _pool_rows(name: str, pool: Score) -> Iterator[Row]:
    median_ms = float(np.median(pool.errors_ms))
    yield Row(f"{name}: median error", "<= 1.5 s", f"{median_ms / 1000:.2f} s", median_ms <= MEDIAN_MS)
    count = len(pool.errors_ms)
    yield Row(f"{name}: within 5 s", ">= 90 %", f"{pool.near():.1%} of {count}", pool.near() >= NEAR_SHARE)
    yield Row(f"{name}: own decks that are spread", "0", str(pool.refused), pool.refused == 0)
    yield Row(f"{name}: shown, not spoken of", "", f"{pool.strays} of {pool.skipped}", met=True)
    for what, chosen in (("sure", lambda sure: sure >= 0.8), ("guessed", lambda sure: sure < 0.5)):  # noqa: PLR2004
        near = [is_near for sure, is_near in pool.claims if chosen(sure)]
        yield Row(f"{name}: within 5 s, {what}", "", f"{np.mean(near):.1%} of {len(near)}", met=True)


def _foreign(talks: Iterable[DeckTalk]) -> Iterator[Row]:
    """Hold each deck against the talks to the others, which are of the same house."""
    decks = tuple(talks)
    pairs = [(deck, told(talk, 1)) for deck in decks for talk in decks if talk is not deck]
    spread = [
        follow(deck.slides, utterances_of(t.segments), (), language="en").is_foreign for deck, t in pairs
    ]
    yield Row("decks of another talk that are spread", "", f"{sum(spread)} of {len(spread)}", met=True)

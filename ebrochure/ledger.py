"""What pieces of work took, kept with the store: the source of every forecast.

A piece of a kind that was never done is expected to take what it takes on the machine we measured on, times
how much slower or faster this one has been at everything else.
"""

from __future__ import annotations

import contextlib
import json
import threading
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from ebrochure.pace import Piece
from ebrochure.store import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ebrochure.pace import Load

FILE = "took.json"
KEPT = 9
"""Figures of one kind: the latest, of which the median counts."""
USUAL_S: dict[str, float] = {
    "probe": 0.4,
    "join": 0.2,
    "slides": 0.09,
    "speech": 0.0035,
    "transcript": 0.25,
    "screen": 0.06,
    "card": 0.15,
    "pictures": 0.3,
    "render": 0.19,
    "poster": 0.47,
    "rungs": 0.14,
    "av1": 0.28,
    "audio": 0.07,
    "sprite": 0.002,
}
"""Seconds a unit on two cores of a server of 2020, by stage. How they stand to one another counts most: a
machine's own speed is found out by its first stages."""
USUAL_TO_LISTEN_S: dict[str, float] = {
    "captioned": 0.01,
    "offline": 0.22,
    "offline with a script": 0.12,
}
"""The same for those kinds of ``transcript`` that cost far less or more than Whisper."""

_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Seconds a unit took, by stage and kind, the latest last."""

    rates: Mapping[tuple[str, str], tuple[float, ...]] = field(default_factory=dict)

    def forecast(self, loads: Iterable[Load]) -> tuple[Piece, ...]:
        """Return the loads with what each should take."""
        return tuple(
            Piece(
                load, load.units * self.rate_s(load.stage, load.kind), (load.stage, load.kind) in self.rates
            )
            for load in loads
        )

    def rate_s(self, stage: str, kind: str) -> float:
        """Return the seconds that one unit should take."""
        known = self.rates.get((stage, kind))
        return median(known) if known else _usual_s(stage, kind) * self._slowness(stage)

    def _slowness(self, stage: str) -> float:
        """Return how much longer than usual this machine takes: at that stage, else at all it has done."""
        measured = {key: median(rates) for key, rates in self.rates.items() if key[0] in USUAL_S}
        found = {key: rate_s / _usual_s(*key) for key, rate_s in measured.items()}
        near = [ratio for key, ratio in found.items() if key[0] == stage]
        return median(near or found.values() or [1.0])

    def with_taken(self, taken: Iterable[tuple[Load, float]]) -> Ledger:
        """Return the ledger with what further loads took, in seconds."""
        rates = dict(self.rates)
        for load, took_s in taken:
            if load.units > 0:
                key = (load.stage, load.kind)
                rates[key] = (*rates.get(key, ()), took_s / load.units)[-KEPT:]
        return Ledger(rates)


def _usual_s(stage: str, kind: str) -> float:
    """Return the seconds that a unit takes on the machine we measured on; 0: no such stage was measured."""
    usual_s = USUAL_S.get(stage, 0.0)
    return USUAL_TO_LISTEN_S.get(kind, usual_s) if stage == "transcript" else usual_s


def read_ledger(root: Path) -> Ledger:
    """Return the ledger of the store at `root`; an empty one where there is none that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        found = json.loads((root / FILE).read_text(encoding="utf-8"))
        return Ledger(
            {
                (stage, kind): tuple(float(rate) for rate in rates)
                for stage, kinds in found.items()
                for kind, rates in kinds.items()
                if rates
            }
        )
    return Ledger()


def write_taken(root: Path, taken: Iterable[tuple[Load, float]]) -> None:
    """Add what loads took to the ledger of the store at `root`; a full disk is no reason to fail a build."""
    with _writing, contextlib.suppress(OSError):
        ledger = read_ledger(root).with_taken(taken)
        stages: dict[str, dict[str, tuple[float, ...]]] = {}
        for (stage, kind), rates in sorted(ledger.rates.items()):
            stages.setdefault(stage, {})[kind] = tuple(round(rate, 5) for rate in rates)
        write_whole(root / FILE, json.dumps(stages, indent=1).encode())

"""The time left, as it is said while the samples are built, against the time that was left in truth.

The samples are built twice: with no ledger, and with what the first build has learnt. Another program that
works at the same time makes either worse, and rightly so: nobody can know when it ends.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Row

from ebrochure.build import build_catalogue
from ebrochure.ingest.workspace import read_settings
from ebrochure.ledger import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.pace import Outlook
    from ebrochure.progress import Work

REPOSITORY = Path(__file__).parents[2]
NEAR, HARDLY_S = 0.20, 0.5
"""What is near the truth: a fifth of it, or half a second."""
FIRST_SHARE = 1 / 3
TARGETS = {"first build of a machine": 0.5, "with what it has learnt": 0.8}


@dataclass(slots=True)
class Listener:
    """Notes what was said and when."""

    notes: list[tuple[str, float, float | None]] = field(default_factory=list)
    """Video, moment in seconds, seconds said to be left; None: nothing was said."""

    def began(self, work: Work) -> None:
        """Note the moment."""
        self._note(work, None)

    def advanced(self, work: Work, outlook: Outlook) -> None:
        """Note what is said to be left."""
        self._note(work, outlook.left_s)

    def ended(self, work: Work) -> None:
        """Note the moment."""
        self._note(work, None)

    def said(self, sentence: str) -> None:
        """Ignore it."""

    def _note(self, work: Work, left_s: float | None) -> None:
        self.notes.append((work.name, time.monotonic(), left_s))


def rows() -> Iterator[Row]:
    """Build the samples, first with no ledger and then with one."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as folder:
        renders = Path(folder) / "renders"
        for name, target in TARGETS.items():
            listener = Listener()
            build_catalogue(read_settings(REPOSITORY, renders=renders), watcher=listener)
            near, worst, best = _nearness(listener)
            figure = f"{near:.0%}; said / true {worst:.2f} to {best:.2f}"
            check = f"time within a fifth, from a third of a video on: {name}"
            yield Row(check, f"≥ {target:.0%}", figure, near >= target)
            _forget_all_but_the_ledger(renders)


def _nearness(listener: Listener) -> tuple[float, float, float]:
    """Return for how much of the time what was said is near the truth; the least and the most said / true."""
    near_s = all_s = 0.0
    ratios: list[float] = []
    for _video, notes in groupby(listener.notes, key=lambda note: note[0]):
        moments = list(notes)
        begun_s, ended_s = moments[0][1], moments[-1][1]
        shown = [(now_s, left_s) for _video, now_s, left_s in moments if left_s is not None]
        for (now_s, left_s), (next_s, _left_s) in zip(shown, [*shown[1:], (ended_s, 0.0)], strict=True):
            true_s = ended_s - now_s
            if now_s - begun_s >= FIRST_SHARE * (ended_s - begun_s) and true_s > HARDLY_S:
                ratios.append(left_s / true_s)
                all_s += next_s - now_s
                near_s += (next_s - now_s) * (abs(left_s - true_s) <= max(NEAR * true_s, HARDLY_S))
    return near_s / all_s, min(ratios), max(ratios)


def _forget_all_but_the_ledger(renders: Path) -> None:
    ledger = renders / ".store" / FILE
    learnt = ledger.read_bytes()
    shutil.rmtree(renders)
    ledger.parent.mkdir(parents=True)
    ledger.write_bytes(learnt)

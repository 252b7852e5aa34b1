"""How a figure is taken, held against its target and shown."""

from __future__ import annotations

import json
import resource
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Row:
    """One promise and what was measured."""

    check: str
    target: str
    figure: str
    met: bool


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds, user and system, that `work` and the processes it started have used."""
    before = _used_s()
    work()
    return _used_s() - before


def medians_of(rounds: int, *works: Callable[[], object]) -> tuple[float, ...]:
    """Return the median CPU seconds of each of `works`, taken in turns: a busy minute is shared by all."""
    figures = [[cpu_seconds(work) for work in works] for _ in range(rounds)]
    return tuple(median(column) for column in zip(*figures, strict=True))


def table(rows: Iterable[Row]) -> str:
    """Return the rows as columns of text."""
    cells = [("check", "target", "figure", ""), *((r.check, r.target, r.figure, _mark(r)) for r in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def as_json(rows: Iterable[Row]) -> str:
    """Return the rows as one JSON object, ``{"rows": […]}``."""
    return json.dumps({"rows": [asdict(row) for row in rows]}, indent=2, ensure_ascii=False)


def _used_s() -> float:
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _mark(row: Row) -> str:
    return "met" if row.met else "MISSED"

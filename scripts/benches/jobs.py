"""What it spares to build two services at once, and what that takes: two samples and a talk, each way.

On two processors little can be spared: one build keeps them busy for two thirds of the time.

Both ways begin with an empty store, in one run and by turns; what comes out is the same (`test_same_bytes`).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from finished import peak_megabytes
from measure import Row
from talk import make_bench

from ebrochure.media import process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talk import Bench

_SAMPLES = Path(__file__).parents[2] / "assets" / "services"
_ROUNDS = 3
_TIMEOUT_S = 3600.0
_MOST_TIME, _MOST_MEMORY = 1.0, 2.0


def rows() -> Iterator[Row]:
    """Build three services by one and by two at a time."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as folder:
        bench = make_bench(Path(folder), seconds=40)
        shutil.copytree(_SAMPLES, bench.root / "services", dirs_exist_ok=True, ignore=_but_the_talk)
        taken: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
        for _ in range(_ROUNDS):
            for jobs, figures in taken.items():
                figures.append(_build(bench, jobs))
    wall, memory = (
        median(two[at] / one[at] for one, two in zip(*taken.values(), strict=True)) for at in (0, 1)
    )
    yield Row("time, two services at once / one", f"<= {_MOST_TIME}", f"{wall:.2f}", wall <= _MOST_TIME)
    yield Row("memory, the same", f"<= {_MOST_MEMORY}", f"{memory:.2f}", memory <= _MOST_MEMORY)


def _but_the_talk(_folder: str, names: list[str]) -> list[str]:
    """Leave the sample out whose name the talk has."""
    return [name for name in names if name == "remote-access"]


def _build(bench: Bench, jobs: int) -> tuple[float, float]:
    """Return the seconds on the clock and the megabytes that a build from nothing takes."""
    shutil.rmtree(bench.root / "renders", ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "ebrochure",
        "build",
        "--workspace",
        str(bench.root),
        "--jobs",
        str(jobs),
    ]
    begun_s = time.monotonic()
    peak = peak_megabytes(lambda: process.run(command, timeout_s=_TIMEOUT_S))
    return time.monotonic() - begun_s, peak

"""How much memory a build takes at its peak, all processes together: cards, video and poster are made."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finished import peak_megabytes
from measure import Row
from talk import UHD, make_bench

from ebrochure.media import process

if TYPE_CHECKING:
    from talk import Bench

_TIMEOUT_S = 3600.0


def rows() -> tuple[Row, ...]:
    """Measure everything, in one run."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as folder:
        bench = make_bench(Path(folder) / "hd", seconds=30)
        bench.build()
        bench.forget("render", "poster", "card")
        uhd = make_bench(Path(folder) / "uhd", seconds=6, size=UHD)
        return (_row("1080p", 600, bench), _row("4K footage", 1100, uhd))


def _row(name: str, most: int, bench: Bench) -> Row:
    peak = peak_megabytes(partial(_build_apart, bench))
    return Row(f"peak memory, {name}", f"<= {most} MB", f"{peak:.0f} MB", peak <= most)


def _build_apart(bench: Bench) -> None:
    command = [sys.executable, "-m", "ebrochure", "build", "--workspace", str(bench.root)]
    process.run(command, timeout_s=_TIMEOUT_S)

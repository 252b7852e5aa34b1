"""What a render costs: against one plain ffmpeg transcode of the same footage, and against MoviePy.

The footage is 30 s of 1080p30 at 12 Mb/s (see `talk`). The full render is what `ebrochure build` does once
the cards are filmed and the speech is known: the sound is mixed and brought to its loudness; cards, body,
name, slides, logo and crossfades go through one graph; the result is verified and a poster chosen. Its video
is longer than the footage by the two cards; no allowance is made for that. Costs are CPU seconds of all
processes, taken in turns.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import memory
import smart
from delivery import ladder_row
from finished import lags_ms, time_deviation
from measure import Row, medians_of
from talk import RATE, make_bench, transcode

from ebrochure.media import process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talk import Bench

ROUNDS = 3
SECONDS = 30
RENDERED = ("render", "poster")
_TUTORIAL = Path(__file__).with_name("tutorial.py")
_FONT = "/fonts/atkinson-hyperlegible-next-bold.woff2"
_TIMEOUT_S = 3600.0


def rows() -> tuple[Row, ...]:
    """Measure everything, in one run."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as folder:
        root = Path(folder)
        bench = make_bench(root / "hd", seconds=SECONDS)
        bench.build()  # fills the store: speech, slides, cards, pictures
        own = (*_costs(bench), ladder_row(root), *_exactness(bench))
    return (*own, *smart.rows(), *memory.rows())


def _costs(bench: Bench) -> Iterator[Row]:
    """Yield the ratios."""
    full, plain, cards, naive, captions = medians_of(
        ROUNDS,
        partial(bench.build_without, *RENDERED),
        partial(transcode, bench.footage, bench.root),
        partial(bench.build_without, "card"),
        partial(_by_the_tutorial, bench),
        partial(_reworded, bench),
    )
    yield _at_most(f"full render / plain transcode ({full:.1f} s / {plain:.1f} s)", full / plain, 1.45)
    ratio = naive / full
    yield Row(f"naive MoviePy / full render ({naive:.1f} s)", ">= 3.3", f"{ratio:.2f}", ratio >= 3.3)  # noqa: PLR2004
    yield _at_most(f"cold cards / plain transcode ({cards:.1f} s)", cards / plain, 0.6)
    yield _at_most(
        f"one word changed in captions / full render ({captions:.2f} s)", captions / full, 0.01, digits=4
    )


def _exactness(bench: Bench) -> Iterator[Row]:
    """Yield what the finished video is held to."""
    video = bench.finished()
    count, off = time_deviation(video, RATE)
    yield Row(f"frames off their even time, of {count}", "0", str(off), off == 0)
    lag_ms = max(map(abs, lags_ms(video, RATE)))
    yield Row("most lag between a flash and its beep", "<= 5 ms", f"{lag_ms:.1f} ms", lag_ms <= 5)  # noqa: PLR2004


def _at_most(check: str, ratio: float, most: float, *, digits: int = 2) -> Row:
    return Row(check, f"<= {most}", f"{ratio:.{digits}f}", ratio <= most)


def _by_the_tutorial(bench: Bench) -> None:
    kit = bench.root / "brand"
    files = (
        bench.footage,
        bench.service / "slides",
        kit / "logo-dark.png",
        f"{kit}{_FONT}",
        bench.root / "naive.mp4",
    )
    process.run([sys.executable, str(_TUTORIAL), *map(str, files)], timeout_s=_TIMEOUT_S)


def _reworded(bench: Bench) -> None:
    """Change one word of the captions and build."""
    before = bench.footage.with_suffix(".en.vtt").read_text(encoding="utf-8")
    bench.write_captions("A tale to measure with." if "talk" in before else "A talk to measure with.")
    bench.build()

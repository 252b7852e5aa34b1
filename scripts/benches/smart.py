"""What a smart render costs: the parts of a talk that nothing lies over are copied, the others encoded.

The talk is 60 s at 7 Mb/s, with a key frame every two seconds; how long the name stays sets how much is
touched. The share is that of the frames which were encoded, cards included, in the finished video.
"""

from __future__ import annotations

import json
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finished import lags_ms, time_deviation
from measure import Row, medians_of
from talk import RATE, make_bench, transcode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talk import Bench

ROUNDS = 3
SECONDS = 60
BIT_RATE = 7_000_000
NAME_SECONDS = (5, 20)
"""About a quarter, and not quite a half of the video."""
_RENDERED = ("render", "poster")


def rows() -> tuple[Row, ...]:
    """Measure everything, in one run."""
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as folder:
        return tuple(_rows(Path(folder) / "copied"))


def _rows(root: Path) -> Iterator[Row]:
    """Yield the cost at each share, and what the copied video is held to."""
    bench = make_bench(root, seconds=SECONDS, slides=0, bit_rate=BIT_RATE)
    with (root / "ebrochure.yaml").open("a", encoding="utf-8") as settings:
        settings.write("delivery: {smart: true}\n")
    brand = (root / "brand" / "brand.yaml").read_text(encoding="utf-8") + "\nlogo_on: cards\n"
    for name_s in NAME_SECONDS:
        named = brand.replace("lower_third: {seconds: 5}", f"lower_third: {{seconds: {name_s}}}")
        (root / "brand" / "brand.yaml").write_text(named, encoding="utf-8")
        bench.build()
        smart, plain = medians_of(
            ROUNDS, partial(bench.build_without, *_RENDERED), partial(transcode, bench.footage, root)
        )
        share, most = _touched(bench), 0.10 + 1.15 * _touched(bench)
        check = f"smart render, {share:.2f} of it touched / plain transcode ({smart:.1f} s / {plain:.1f} s)"
        yield Row(check, f"<= {most:.2f}", f"{smart / plain:.2f}", smart / plain <= most)
    _, off = time_deviation(bench.finished(), RATE)
    lag_ms = max(map(abs, lags_ms(bench.finished(), RATE)))
    yield Row("smart render: frames off their even time; most lag", "0; <= 5 ms", f"{off}; {lag_ms:.1f} ms",
              off == 0 and lag_ms <= 5)  # fmt: skip  # noqa: PLR2004


def _touched(bench: Bench) -> float:
    """Return the share of the finished video that was encoded."""
    rendition = json.loads((bench.finished().parent / "value.json").read_text(encoding="utf-8"))
    return 1 - float(rendition["copied_frames"] / rendition["frame_count"])

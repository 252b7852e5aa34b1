"""What `build --plan` has to say: one JSON object for scripts, a table for people."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from typing import TYPE_CHECKING

from ebrochure.console import clock, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.model.manifest import PlannedStep

_HEAD = ("service", "video", "stage", "about", "why")
_UNKNOWN = "?"


def plan_to_json(steps: tuple[PlannedStep, ...]) -> str:
    """Return the plan as one JSON object.

    The object has ``steps``, each with ``service``, ``video``, ``stage``, ``why`` and ``expected_s``; and
    ``expected_s``, the sum of those that are known. Seconds of wall clock; null: not known.
    """
    total_s = round(sum(step.expected_s or 0 for step in steps), 1)
    plan = {"steps": [dataclasses.asdict(step) for step in steps], "expected_s": total_s}
    return json.dumps(plan, indent=2, ensure_ascii=False)


def plan_to_text(steps: tuple[PlannedStep, ...]) -> str:
    """Return the plan as a table with the time and the reason of each step, then what it comes to."""
    if not steps:
        return "Nothing to do: everything is made from what is there now."
    return printable("\n".join([*_table([_HEAD, *map(_row, steps)]), "", *_sums(steps)]))


def _row(step: PlannedStep) -> tuple[str, ...]:
    about = _UNKNOWN if step.expected_s is None else clock(step.expected_s)
    return step.service, step.video or "", step.stage, about, step.why


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    about = _HEAD.index("about")
    for row in rows:
        cells = [
            f"{cell:>{width}}" if column == about else f"{cell:<{width}}"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _sums(steps: tuple[PlannedStep, ...]) -> Iterator[str]:
    """Yield a line a reason, the most frequent first, then the time that all of it takes."""
    of_videos = [step for step in steps if step.video is not None]
    videos = list(dict.fromkeys((step.service, step.video) for step in of_videos))
    first = {(step.service, step.video): step.why for step in reversed(of_videos)}
    for why, count in Counter(first[video] for video in videos).most_common():
        yield f"{_videos(count)}: {why}"
    yield f"In all {_how_long(steps)} on this machine, where everything comes out different."


def _how_long(steps: Iterable[PlannedStep]) -> str:
    known = [step.expected_s for step in steps if step.expected_s is not None]
    is_whole = len(known) == len(tuple(steps))
    return f"{'about' if is_whole else 'more than'} {clock(sum(known))}"


def _videos(count: int) -> str:
    return "1 video" if count == 1 else f"{count} videos"

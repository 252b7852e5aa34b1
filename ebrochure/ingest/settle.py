"""Waiting until nobody is copying into a folder any more."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.listing import FOLDERS, is_content, printable
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SCANS = 3

Seen = tuple[int, int, int]
"""Size, time of the last change and number of a file: what tells a copy that goes on."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What the time is; tests turn it by hand."""

    wall_s: Callable[[], float] = time.time
    """Comparable with a file's time of change; may jump."""
    steady_s: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


@dataclass(slots=True)
class _Watched:
    seen: Seen
    since_s: float
    scans: int = 1
    has_changed: bool = False
    """Once it was seen to grow, its time is not believed any more: some copiers set the original's."""


def wait_until_settled(
    folder: Path,
    *,
    settle_s: float,
    label: str | None = None,
    max_wait_s: float = 600.0,
    on_wait: Callable[[str], object] | None = None,
    clock: Clock | None = None,
) -> None:
    """Return once every file of a service has been left alone for `settle_s` seconds.

    A file that was changed longer ago than that is settled at the first look. A younger one, or one
    whose time lies in the future, is watched: over three looks and `settle_s` seconds its size and
    time must stay the same.

    Args:
        folder: The service's folder.
        settle_s: Seconds; 0 does not wait at all.
        label: How messages name the folder.
        max_wait_s: Longest wait, in seconds.
        on_wait: Told which files are waited for, as a sentence, whenever these are others than before.
        clock: The time, for tests.

    Raises:
        MaterialError: FILE_GROWING, for each file that would not come to rest.
    """
    clock = clock or Clock()
    began_s = clock.steady_s()
    watched: dict[str, _Watched] = {}
    told = ""
    while settle_s > 0:
        growing = _unsettled(folder, watched, settle_s, clock)
        if not growing:
            return
        if clock.steady_s() - began_s >= max_wait_s:
            raise MaterialError(
                tuple(_still_growing(name, label or folder.name, max_wait_s) for name in growing)
            )
        have = f" and {len(growing) - 1} more have" if len(growing) > 1 else " has"
        waiting = f"waiting until `{growing[0]}`{have} been copied in whole"
        if on_wait is not None and waiting != told:
            on_wait(waiting)
            told = waiting
        clock.sleep(min(settle_s / _SCANS, max_wait_s))


def _unsettled(folder: Path, watched: dict[str, _Watched], settle_s: float, clock: Clock) -> list[str]:
    """Look once; return the names of the files that may still be growing."""
    now_s, wall_s = clock.steady_s(), clock.wall_s()
    growing = []
    for name, seen in _look(folder).items():
        age_s = wall_s - seen[1] / 1e9
        known = watched.get(name)
        if known is None or known.seen != seen:
            known = watched[name] = _Watched(seen, now_s, has_changed=known is not None)
        else:
            known.scans += 1
        is_old = age_s >= settle_s and not known.has_changed
        if not is_old and (known.scans < _SCANS or now_s - known.since_s < settle_s):
            growing.append(printable(name))
    return sorted(growing)


def _look(folder: Path) -> dict[str, Seen]:
    """Return size, time and number of every file that belongs to the service, unfinished ones too."""
    found: dict[str, Seen] = {}
    for inner in ("", *FOLDERS):
        place = folder / inner if inner else folder
        try:
            if inner and place.is_symlink():
                continue
            with os.scandir(place) as entries:
                for entry in entries:
                    if is_content(entry.name) and entry.is_file(follow_symlinks=False):
                        stat = entry.stat(follow_symlinks=False)
                        name = f"{inner}/{entry.name}" if inner else entry.name
                        found[name] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
        except (FileNotFoundError, NotADirectoryError):
            continue
    return found


def _still_growing(name: str, label: str, waited_s: float) -> Finding:
    message = f"`{name}` was still being written to after {waited_s / 60:.0f} minutes"
    return Finding(
        "FILE_GROWING", Level.ERROR, message, f"{label}/{name}", None, "build again once it is copied"
    )

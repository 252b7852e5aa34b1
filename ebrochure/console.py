"""What a person at a terminal sees while a build runs; everything goes to stderr."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from ebrochure.errors import Interrupted

if TYPE_CHECKING:
    from ebrochure.pace import Outlook
    from ebrochure.progress import Work

_BAR_CELLS = 24
_REDRAW_S = 0.1
_LOG_EVERY_S = 15.0
"""A log file gets a line this often; a terminal is redrawn in place."""

_VERBS = {
    "probe": "Looking at the footage",
    "join": "Joining the parts",
    "speech": "Taking out the sound",
    "transcript": "Listening",
    "slides": "Drawing the slides",
    "screen": "Looking for the slides in the footage",
    "card": "Drawing a card",
    "pictures": "Drawing the overlays",
    "render": "Rendering",
    "poster": "Choosing the poster",
    "rungs": "Making a smaller size",
    "av1": "Encoding AV1",
    "audio": "Copying out the sound",
    "sprite": "Drawing the thumbnails",
}


@dataclass(slots=True)
class Console:
    """Draws one line a piece of work, with how far its video is and the time left for it."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    stop: threading.Event = field(default_factory=threading.Event)
    """Set once somebody wants the work to end: the next step of it raises `Interrupted`."""
    _began_s: dict[Work, float] = field(default_factory=dict)
    _drawn_s: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def began(self, work: Work) -> None:
        """Say what begins and why."""
        self._heed()
        with self._lock:
            self._began_s[work] = time.monotonic()
            self._drawn_s = time.monotonic()
            self._clear()
            self._say(f"{work.name}: {describe(work)} ({work.why})", end="" if self.stream.isatty() else "\n")

    def advanced(self, work: Work, outlook: Outlook) -> None:
        """Redraw the line, not more often than an eye can read."""
        self._heed()
        now = time.monotonic()
        with self._lock:
            if now - self._drawn_s < (_REDRAW_S if self.stream.isatty() else _LOG_EVERY_S):
                return
            self._drawn_s = now
            self._clear()
            self._say(progress_line(work, outlook), end="" if self.stream.isatty() else "\n")

    def ended(self, work: Work) -> None:
        """Leave a line that says how long it took."""
        with self._lock:
            took_s = time.monotonic() - self._began_s.pop(work, time.monotonic())
            if self.stream.isatty():
                self._clear()
                self._say(f"{work.name}: {describe(work)} ({work.why}), {took_s:.1f} s")

    def said(self, sentence: str) -> None:
        """Write a sentence on a line of its own."""
        with self._lock:
            self._clear()
            self._say(sentence)

    def _heed(self) -> None:
        if self.stop.is_set():
            raise Interrupted("stopped")

    def _clear(self) -> None:
        if self.stream.isatty():
            self.stream.write("\r\x1b[2K")

    def _say(self, text: str, end: str = "\n") -> None:
        self.stream.write(printable(text) + end)
        self.stream.flush()


def describe(work: Work) -> str:
    """Return what a stage does, in a reader's words."""
    return _VERBS.get(work.stage, work.stage)


def progress_line(work: Work, outlook: Outlook) -> str:
    """Return one line with the video's bar, its percentage and, once it can be known, the time left."""
    filled = round(outlook.share * _BAR_CELLS)
    bar = "█" * filled + "░" * (_BAR_CELLS - filled)
    left = "" if outlook.left_s is None else f", {clock(outlook.left_s)} left"
    return f"{work.name}: {bar} {outlook.share:4.0%}{left}: {describe(work)}"


def clock(seconds: float) -> str:
    """Return a length of time as people say it: ``45 s``, ``3 min 20 s``."""
    whole = max(0, round(seconds))
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def printable(text: str) -> str:
    """Escape control characters, so that no file name can forge a line or move the cursor."""
    return "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape").decode()
        for char in text
    )

"""A build's progress as lines in the log of a Prefect run."""

import logging
import time

from prefect import get_run_logger

from ebrochure.console import describe, printable, progress_line
from ebrochure.pace import Outlook
from ebrochure.progress import Work

_EVERY_S = 15.0
"""A line of log this often says that the work is alive; more would only fill the server's database."""


class RunLog:
    """A watcher that writes to the log of the run it was made in, from whatever thread it is told."""

    def __init__(self) -> None:
        """Find the log of the current flow or task run."""
        self._log: logging.Logger | logging.LoggerAdapter[logging.Logger] = get_run_logger()
        self._began_s: dict[Work, float] = {}
        self._told_s = time.monotonic()

    def began(self, work: Work) -> None:
        """Say what begins and why."""
        self._began_s[work] = self._told_s = time.monotonic()
        self._tell(f"{work.name}: {describe(work)} ({work.why})")

    def advanced(self, work: Work, outlook: Outlook) -> None:
        """Say how far the video is, now and then."""
        now = time.monotonic()
        if now - self._told_s >= _EVERY_S:
            self._told_s = now
            self._tell(progress_line(work, outlook))

    def ended(self, work: Work) -> None:
        """Say how long it took."""
        took_s = time.monotonic() - self._began_s.pop(work, time.monotonic())
        self._tell(f"{work.name}: {describe(work)}: done in {took_s:.1f} s")

    def said(self, sentence: str) -> None:
        """Pass a sentence on."""
        self._tell(sentence)

    def _tell(self, line: str) -> None:
        self._log.info("%s", printable(line))

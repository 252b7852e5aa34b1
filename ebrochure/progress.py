"""How long work tells what it is doing: one piece of work at a time, and the share that is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Work:
    """One artifact being made."""

    service: str
    video: str | None
    """None: work for the service as a whole."""
    stage: str
    why: str
    """Why it is made: ``first build``, ``explainer.script.md changed``."""

    @property
    def name(self) -> str:
        """``remote-access/explainer``."""
        return self.service if self.video is None else f"{self.service}/{self.video}"


def span(tell: Callable[[float], None], start: float, end: float) -> Callable[[float], None]:
    """Return a callback for the part of a piece of work from `start` to `end`, shares of the whole."""
    return lambda share: tell(start + (end - start) * share)


class Watcher(Protocol):
    """Somebody who wants to know; may raise `Interrupted` from any call to stop the work."""

    def began(self, work: Work) -> None:
        """Hear that `work` has begun."""

    def advanced(self, work: Work, share: float) -> None:
        """Hear that a `share` of `work`, 0 to 1, is done."""

    def ended(self, work: Work) -> None:
        """Hear that `work` is done."""

    def said(self, sentence: str) -> None:
        """Hear something worth telling that is no work."""


class Silence:
    """A watcher that wants to know nothing."""

    def began(self, work: Work) -> None:
        """Ignore it."""

    def advanced(self, work: Work, share: float) -> None:
        """Ignore it."""

    def ended(self, work: Work) -> None:
        """Ignore it."""

    def said(self, sentence: str) -> None:
        """Ignore it."""


@dataclass(slots=True)
class Narrator:
    """Tells a watcher about one video's stages in turn: what is begun ends when the next begins."""

    watcher: Watcher
    service: str
    video: str | None
    current: Work | None = None

    def begin(self, stage: str, why: str) -> None:
        """Say that `stage` begins; `Store` calls it just before it makes something."""
        self.end()
        self.current = Work(self.service, self.video, stage, why)
        self.watcher.began(self.current)

    def end(self) -> None:
        """Say that the current stage, if any, has ended."""
        if self.current is not None:
            self.watcher.ended(self.current)
            self.current = None

    def part(self, start: float, end: float) -> Callable[[float], None]:
        """Return a callback for the part of the current stage from `start` to `end`, shares of it."""

        def advance(share: float) -> None:
            if self.current is not None:
                self.watcher.advanced(self.current, start + (end - start) * min(1.0, max(0.0, share)))

        return advance

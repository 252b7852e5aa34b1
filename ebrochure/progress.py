"""How long work tells what it is doing: one piece of work at a time, and how far the whole video is."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

from ebrochure.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

    from ebrochure.pace import Load, Outlook, Piece


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

    def advanced(self, work: Work, outlook: Outlook) -> None:
        """Hear how far the video is of which `work` is a piece."""

    def ended(self, work: Work) -> None:
        """Hear that `work` is done."""

    def said(self, sentence: str) -> None:
        """Hear something worth telling that is no work."""


class Silence:
    """A watcher that wants to know nothing."""

    def began(self, work: Work) -> None:
        """Ignore it."""

    def advanced(self, work: Work, outlook: Outlook) -> None:
        """Ignore it."""

    def ended(self, work: Work) -> None:
        """Ignore it."""

    def said(self, sentence: str) -> None:
        """Ignore it."""


@dataclass(slots=True)
class Narrator:
    """Tells a watcher about one video's stages in turn: what is begun ends when the next begins.

    Used as a context, it ends the last one, and keeps what each took unless the work broke off there.
    """

    watcher: Watcher
    service: str
    video: str | None
    clock: Callable[[], float] = time.monotonic
    """Seconds."""
    current: Work | None = None
    pace: Pace = field(default_factory=Pace)
    taken: list[tuple[Load, float]] = field(default_factory=list)
    """What has been done, and the seconds it took."""

    def __enter__(self) -> Self:
        """Begin with nothing."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the current stage; where something was raised, it took no time worth remembering."""
        self.end(finished=kind is None)

    def expect(self, pieces: tuple[Piece, ...]) -> None:
        """Take these for the pieces of the video, in their order."""
        self.pace.expect(pieces)

    def begin(self, stage: str, why: str) -> None:
        """Say that `stage` begins; `Store` calls it just before it makes something."""
        self.end()
        self.current = Work(self.service, self.video, stage, why)
        self.pace.begin(stage, self.clock())
        self.watcher.began(self.current)

    def end(self, *, finished: bool = True) -> None:
        """Say that the current stage, if any, has ended."""
        if self.current is not None and self.pace.current is not None:
            load = self.pace.current.load
            took_s = self.pace.end(self.clock())
            if finished:
                self.taken.append((load, took_s))
            self.watcher.ended(self.current)
            self.current = None

    def part(self, start: float, end: float) -> Callable[[float], None]:
        """Return a callback for the part of the current stage from `start` to `end`, shares of it."""

        def advance(share: float) -> None:
            if self.current is not None:
                done = start + (end - start) * min(1.0, max(0.0, share))
                self.watcher.advanced(self.current, self.pace.advance(done, self.clock()))

        return advance

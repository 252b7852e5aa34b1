"""The three pipes of a child, served at once so that none can fill up and block it."""

from __future__ import annotations

import contextlib
import os
import selectors
import time
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOOK_UP_S = 0.1
"""How often a wait looks up: bounds how late a deadline is kept and a dead child is noticed."""
_CHUNK_BYTES = 1 << 16
_STDERR_TAIL_BYTES = 64_000


class Child(Protocol):
    """What is needed of a child."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""


class Talk:
    """The three pipes of a child, served in the caller's own thread."""

    def __init__(
        self, child: Child, food: Iterator[bytes] | None, on_line: Callable[[str], None] | None
    ) -> None:
        """Watch all pipes of `child`, which is fed `food` and heard line by line by `on_line`."""
        self.child = child
        self.food = food if food is not None else iter(())
        self.on_line = on_line
        self.stdout = bytearray()
        self.tail = bytearray()
        self.pending = memoryview(b"")
        self.pipes = selectors.DefaultSelector()
        for pipe, hear in ((child.stdout, self._hear_stdout), (child.stderr, self._hear_stderr)):
            self._watch(pipe, selectors.EVENT_READ, hear)
        if food is not None:
            self._watch(child.stdin, selectors.EVENT_WRITE, None)

    def _watch(self, pipe: IO[bytes] | None, event: int, hear: Callable[[bytes], None] | None) -> None:
        if pipe is not None:
            os.set_blocking(pipe.fileno(), False)
            self.pipes.register(pipe, event, (pipe, hear))

    @property
    def is_open(self) -> bool:
        """Tell whether the child, or a child of its own, still holds a pipe."""
        return bool(self.pipes.get_map())

    @property
    def stderr(self) -> str:
        """The end of what it complained."""
        return self.tail.decode("utf-8", "replace")

    def hold(self, until_s: float) -> None:
        """Serve the pipes until the child has ended, at the latest until `until_s` (monotonic)."""
        while time.monotonic() < until_s:
            gone = self.child.poll() is not None
            if not self.is_open:
                if gone:
                    return
                time.sleep(_LOOK_UP_S / 10)
                continue
            ready = self.pipes.select(0 if gone else _LOOK_UP_S)
            if gone and not ready:
                return  # a grandchild still holds a pipe
            for key, event in ready:
                pipe, hear = key.data
                if event & selectors.EVENT_WRITE:
                    self._feed(pipe)
                else:
                    self._read(pipe, hear)

    def close(self) -> None:
        """Close our ends."""
        for key in list(self.pipes.get_map().values()):
            self._drop(key.data[0])
        self.pipes.close()

    def _read(self, pipe: IO[bytes], hear: Callable[[bytes], None]) -> None:
        data = os.read(pipe.fileno(), _CHUNK_BYTES)
        if data:
            hear(data)
        else:
            self._drop(pipe)

    def _drop(self, pipe: IO[bytes]) -> None:
        self.pipes.unregister(pipe)
        with contextlib.suppress(OSError):
            pipe.close()

    def _feed(self, pipe: IO[bytes]) -> None:
        while not self.pending:
            piece = next(self.food, None)
            if piece is None:
                self._drop(pipe)
                return
            self.pending = memoryview(piece).cast("B")
        try:
            written = os.write(pipe.fileno(), self.pending)
        except BlockingIOError:
            return
        except BrokenPipeError:  # it has read enough; its exit code tells whether that was right
            self._drop(pipe)
            return
        self.pending = self.pending[written:]

    def _hear_stdout(self, data: bytes) -> None:
        self.stdout += data
        if self.on_line is not None:
            *lines, rest = self.stdout.split(b"\n")
            self.stdout = bytearray(rest)
            for line in lines:
                self.on_line(line.decode("utf-8", "replace").rstrip("\r"))

    def _hear_stderr(self, data: bytes) -> None:
        self.tail += data
        del self.tail[:-_STDERR_TAIL_BYTES]

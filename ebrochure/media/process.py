"""The only door to other programs: start one, feed it, hear it, bound it, and leave none behind.

A child ends with us in every way we can end: on an exception (Ctrl-C is one) its whole process group
is killed at once; if we are killed ourselves, Linux kills it (see `launch`). All children are started
by one thread that lives as long as we do: Ctrl-C interrupts the main thread anywhere, also half-way
through a start, and Linux sends that signal when the *thread* that forked ends, not the process.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess  # noqa: TID251  this is the door
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.errors import Interrupted, MissingToolError, ProcessError
from ebrochure.media.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_LAUNCHER = Path(__file__).with_name("launch.py")
_ERROR_TAIL_LINES = 12

_Child = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take of the machine; None: as much as we may."""

    memory_bytes: int | None = None
    """Address space, which is more than what is resident."""
    cpu_s: int | None = None
    file_bytes: int | None = None
    """Size of the largest file it may write."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What a child that ended well has said."""

    stdout: bytes
    """Empty where somebody listened line by line."""
    stderr: str
    """The last 64 kB."""


class _Family:
    """Every living child of this process, and the one thread that starts them."""

    def __init__(self) -> None:
        self.starter = ThreadPoolExecutor(1, "child-starter")
        self.lock = threading.Lock()
        self.members: set[_Child] = set()
        self.ended: set[_Child] = set()
        self.closed = False
        self.count = 0

    def start(
        self, argv: Sequence[str], *, cwd: Path | None, env: Mapping[str, str] | None, fed: bool
    ) -> _Child:
        """Start a child in a session of its own; never leave one that the caller did not get."""
        future = self.starter.submit(self._fork, argv, cwd=cwd, env=env, fed=fed)
        try:
            return future.result()
        except BaseException:
            future.add_done_callback(self._disown)
            raise

    def _fork(
        self, argv: Sequence[str], *, cwd: Path | None, env: Mapping[str, str] | None, fed: bool
    ) -> _Child:
        with self.lock:
            if self.closed:
                raise Interrupted("the work was stopped")
            child = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=cwd,
                env=env,
                start_new_session=True,
            )
            self.members.add(child)
            self.count += 1
            return child

    def _disown(self, future: Future[_Child]) -> None:
        if not future.cancelled() and future.exception() is None:
            child = future.result()
            self.end(child)
            self.forget(child)

    def end(self, child: _Child) -> None:
        """Kill the child's group and reap the child."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM for a dead group
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def forget(self, child: _Child) -> None:
        with self.lock:
            self.members.discard(child)
            self.ended.discard(child)


_family = _Family()


def _start_afresh() -> None:
    global _family  # noqa: PLW0603  a forked copy of us has none of our threads and no children
    _family = _Family()


os.register_at_fork(after_in_child=_start_afresh)


def run(
    argv: Sequence[str],
    *,
    timeout_s: float,
    stdin: Iterable[bytes] | None = None,
    on_line: Callable[[str], None] | None = None,
    limits: Limits | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Completed:
    """Run a program to its end.

    Args:
        argv: Program and arguments; a program without a slash is looked for on PATH.
        timeout_s: Wall clock, after which it is killed.
        stdin: What it is fed, drawn as fast as it reads; nothing where None.
        on_line: Hears each line of its stdout as it comes; its exceptions end the child.
        limits: Bounds that the kernel keeps.
        cwd: Where it runs; here where None.
        env: Its whole environment; ours where None.

    Raises:
        ProcessError: It failed or ran out of time.
        MissingToolError: There is no such program.
        Interrupted: `end_all` was called.
    """
    family = _family
    program = _program(argv[0])
    child = family.start(
        [*_launch_command(limits or Limits()), program, *argv[1:]], cwd=cwd, env=env, fed=stdin is not None
    )
    talk = Talk(child, iter(stdin) if stdin is not None else None, on_line)
    try:
        talk.hold(time.monotonic() + timeout_s)
        timed_out = child.poll() is None
    finally:
        interrupted = child in family.ended
        if child.poll() is None or talk.is_open:
            family.end(child)
        talk.close()
        family.forget(child)
    if interrupted:
        raise Interrupted("the work was stopped")
    _judge(Path(program).name, None if timed_out else child.returncode, timeout_s, talk.stderr)
    return Completed(bytes(talk.stdout), talk.stderr)


def end_all() -> None:
    """End every child at once and start no further one until `allow_starts`.

    Whoever waits for one of them gets `Interrupted`. Safe from any thread and from a signal handler's
    deferred half (not from the handler itself).
    """
    with _family.lock:
        _family.closed = True
        for child in _family.members:
            _family.ended.add(child)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)


def allow_starts() -> None:
    """Take back `end_all`: children may be started again."""
    with _family.lock:
        _family.closed = False


def started() -> int:
    """Return how many children this process has started so far."""
    return _family.count


def processors() -> int:
    """Return how many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on macOS
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise MissingToolError(f"there is no program `{name}` on this machine", f"install `{name}`")
    return str(Path(found).absolute())


def _launch_command(limits: Limits) -> list[str]:
    bounds = (limits.memory_bytes, limits.cpu_s, limits.file_bytes)
    return [
        sys.executable,
        "-I",
        "-S",
        str(_LAUNCHER),
        str(os.getpid()),
        *(str(bound or 0) for bound in bounds),
    ]


def _judge(name: str, code: int | None, timeout_s: float, stderr: str) -> None:
    if code is None:
        raise ProcessError(
            f"`{name}` was ended after {timeout_s:.0f} s",
            "try again on a quieter machine; if it happens again the file may be damaged",
            stderr,
        )
    if code:
        how = f"was ended by signal {-code}" if code < 0 else f"failed with code {code}"
        last = "\n".join(stderr.strip().splitlines()[-_ERROR_TAIL_LINES:])
        raise ProcessError(f"`{name}` {how}" + (f": {last}" if last else ""), None, stderr)

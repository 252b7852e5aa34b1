"""Tie a child to its parent and bound it, then become the program: run as a script, never imported.

`python -I -S launch.py PARENT MEMORY CPU FILE PROGRAM [ARGUMENT …]`, a bound of 0 meaning none.

Linux ends a process with its parent only if the process asked for it (`PR_SET_PDEATHSIG`), and the
wish survives `exec`. Asking between fork and exec in the parent's own image (`preexec_fn`) can
deadlock once there are threads; asking here costs some 15 ms and cannot. Elsewhere than on Linux
only the bounds are set.
"""

from __future__ import annotations

import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_CANNOT_START = 127  # what a shell says for "not found"


def _die_with(parent: int) -> None:
    import ctypes  # noqa: PLC0415  costs 8 ms and only Linux needs it

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGKILL)


def _bound(what: int, most: int) -> None:
    if most:
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def main(arguments: list[str]) -> None:
    """Bind, bound, become."""
    parent, memory, cpu, file = (int(item) for item in arguments[:4])
    program = arguments[4:]
    if sys.platform == "linux":
        _die_with(parent)
    _bound(resource.RLIMIT_CORE, 1)
    _bound(resource.RLIMIT_CPU, cpu)
    _bound(resource.RLIMIT_FSIZE, file)
    if sys.platform != "darwin":  # macOS has the limit and does not keep it
        _bound(resource.RLIMIT_AS, memory)
    try:
        os.execv(program[0], program)  # noqa: S606  an argument list, no shell
    except OSError as error:
        sys.stderr.write(f"{program[0]}: {error.strerror}\n")
        sys.exit(_CANNOT_START)


if __name__ == "__main__":
    main(sys.argv[1:])

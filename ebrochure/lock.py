"""One build at a time in a workspace."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ebrochure.errors import LockedError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOOK_AGAIN_S = 0.5


@contextmanager
def building(renders: Path, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock of the workspace that renders to `renders`; the kernel frees it if we die.

    Raises:
        LockedError: Another build held it for all of `wait_s` seconds.
        StoreError: The folder cannot be written to.
    """
    try:
        renders.mkdir(parents=True, exist_ok=True)
        handle = os.open(renders / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"`{renders}` cannot be written to: {error.strerror}",
            "mend the folder's rights, then build again",
        ) from error
    try:
        _take(handle, renders, time.monotonic() + wait_s)
        yield
    finally:
        os.close(handle)


def _take(handle: int, renders: Path, until_s: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until_s:
                raise LockedError(
                    f"another build is working in `{renders}`", "wait for it to finish, then build again"
                ) from error
            time.sleep(_LOOK_AGAIN_S)
        else:
            return

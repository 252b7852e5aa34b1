"""Which programs: each found once, known by what it is and not by what it says."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
from pathlib import Path

from ebrochure.errors import MissingToolError

_VARIABLE = "EBROCHURE_FFMPEG"
_END_BYTES = 1 << 20


@functools.cache
def ffmpeg_path() -> Path:
    """Return the ffmpeg to use: `$EBROCHURE_FFMPEG`, else the PATH's, else the one in imageio-ffmpeg's wheel.

    Raises:
        MissingToolError: There is none, or the variable names no program.
    """
    chosen = named_program(_VARIABLE, "an ffmpeg")
    if chosen is not None:
        return chosen
    on_path = shutil.which("ffmpeg")
    return Path(on_path).absolute() if on_path else _wheel_ffmpeg()


@functools.cache
def ffmpeg_version() -> str:
    """Return a name for the exact ffmpeg in use, for store keys; starts no process.

    What x264 writes differs from build to build.
    """
    return f"ffmpeg-{program_digest(ffmpeg_path())}"


def named_program(variable: str, what: str) -> Path | None:
    """Return the program that an environment variable names; None where it is not set.

    Args:
        variable: Its name.
        what: What it should lead to, ``an ffmpeg``.

    Raises:
        MissingToolError: It names no program.
    """
    chosen = os.environ.get(variable)
    if not chosen:
        return None
    path = Path(chosen).absolute()
    if not os.access(path, os.X_OK) or path.is_dir():
        raise MissingToolError(
            f"`{variable}` names `{chosen}`, which is no program",
            f"set `{variable}` to the path of {what}, or unset it",
        )
    return path


def program_digest(path: Path) -> str:
    """Return a digest of a program's size, first and last megabyte.

    The end holds the symbol tables, which move with any change.
    """
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=8)
    with path.open("rb") as program:
        digest.update(program.read(_END_BYTES))
        program.seek(max(0, size - _END_BYTES))
        digest.update(program.read(_END_BYTES))
    return digest.hexdigest()


def _wheel_ffmpeg() -> Path:
    try:
        import imageio_ffmpeg  # noqa: PLC0415  only where the machine has no ffmpeg of its own
    except ImportError:
        found: list[Path] = []
    else:
        found = sorted((Path(imageio_ffmpeg.__file__).parent / "binaries").glob("ffmpeg-*"))
    if not found:
        raise MissingToolError(
            "there is no ffmpeg on this machine", "install ffmpeg, or `pip install imageio-ffmpeg`"
        )
    return found[-1]

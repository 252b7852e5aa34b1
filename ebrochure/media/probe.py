"""Find out what a piece of footage is: sniff it, scan it in a bounded child, judge what was found."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import ebrochure
from ebrochure.errors import MaterialError, ProcessError
from ebrochure.media.judge import judge
from ebrochure.media.process import Limits, run
from ebrochure.media.scanned import Scan, from_json
from ebrochure.media.sniff import HEAD_BYTES, describe, sniff
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from ebrochure.model.media import MediaInfo
    from ebrochure.settings import LimitSettings

__all__ = ["probe", "sniff"]

_MEMORY_BYTES = 2_000_000_000
_TIME_S = 20.0
_BYTES_PER_S = 20_000_000
"""A slow disk; a large file may take this much longer."""
_STILL_SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".bmp",
    ".tif",
    ".tiff",
    ".heic",
    ".heif",
    ".avif",
    ".svg",
)
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "mov": (".mp4", ".m4v", ".mov", ".qt", ".m4a", ".m4b", ".3gp", ".3g2", ".f4v"),
    "matroska": (".mkv", ".webm", ".mka", ".mk3d"),
    "mpegts": (".ts", ".mts", ".m2ts", ".m2t"),
    "mpeg": (".mpg", ".mpeg", ".vob", ".mod"),
    "avi": (".avi",),
    "flv": (".flv", ".f4v"),
    "asf": (".wmv", ".wma", ".asf"),
    "ogg": (".ogg", ".ogv", ".oga", ".opus"),
    "wav": (".wav",),
    "mp3": (".mp3",),
    "aac": (".aac",),
    "flac": (".flac",),
    "gif": (".gif",),
    "aiff": (".aiff", ".aif", ".aifc"),
    "caf": (".caf",),
    "amr": (".amr",),
}
"""How files of each demuxer are named, the usual way first."""


def probe(path: Path, *, name: str, limits: LimitSettings) -> tuple[MediaInfo, tuple[Finding, ...]]:
    """Find out what a piece of footage is.

    Args:
        path: The file.
        name: What its author calls it; used in findings.
        limits: How much it may ask of the machine.

    Returns:
        The facts, and what its author should know about it.

    Raises:
        MaterialError: It cannot be used; the finding's code says why.
    """
    demuxer = _identify(path, name, limits)
    info, findings = judge(_scan(path, demuxer, name, limits), demuxer, name=name, limits=limits)
    return info, (*_look_at_name(name, demuxer), *findings)


def _identify(path: Path, name: str, limits: LimitSettings) -> str:
    """Return the demuxer of a file that may be footage."""
    size = path.stat().st_size
    if size == 0:
        raise MaterialError.one("EMPTY_FILE", f"`{name}` is empty", file=name, hint="copy the file again")
    if size > limits.footage_bytes:
        raise MaterialError.one(
            "FILE_TOO_LARGE",
            f"`{name}` has {size / 1e9:.1f} GB; at most {limits.footage_bytes / 1e9:.1f} GB are taken",
            file=name,
            hint="export it with a lower bit rate",
        )
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    demuxer = sniff(head)
    if demuxer is None:
        raise _no_media(path, head, name)
    if Path(name).suffix.lower() in _STILL_SUFFIXES:
        raise MaterialError.one(
            "TYPE_MISMATCH",
            f"`{name}` is a video but is named like a picture",
            file=name,
            hint=f"rename it to end in `{_SUFFIXES[demuxer][0]}`",
        )
    return demuxer


def _no_media(path: Path, head: bytes, name: str) -> MaterialError:
    if not any(head) and len(head) > 1 and _is_all_zero(path):
        return MaterialError.one(
            "FILE_EMPTY_CONTENT",
            f"`{name}` holds nothing but zero bytes: the cloud file was not downloaded",
            file=name,
            hint="open it once where it is stored, wait for the download, and copy it again",
        )
    if len(head) < 16:  # noqa: PLR2004  the shortest head that tells any format
        return MaterialError.one(
            "UNREADABLE", f"`{name}` is only {len(head)} bytes long", file=name, hint="copy the file again"
        )
    what = describe(head)
    is_page = what is not None and what.startswith("a web page")
    return MaterialError.one(
        "NOT_MEDIA",
        f"`{name}` is {what}, no footage" if what else f"`{name}` is no video or sound that we know",
        file=name,
        hint="download it again while signed in" if is_page else "put in the video or sound recording itself",
    )


def _is_all_zero(path: Path) -> bool:
    with path.open("rb") as file:
        return not any(any(piece) for piece in iter(lambda: file.read(1 << 20), b""))


def _scan(path: Path, demuxer: str, name: str, limits: LimitSettings) -> Scan:
    """Scan the file in a child that may take 2 GB and some seconds."""
    time_s = _TIME_S + path.stat().st_size / _BYTES_PER_S
    here = str(Path(ebrochure.__file__).parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH")))),
        "OPENBLAS_NUM_THREADS": "1",  # each of its threads reserves address space
    }
    bounds = (str(limits.picture_side), str(limits.picture_pixels))
    try:
        done = run(
            # -P: a file named numpy.py in the folder we run in is none of ours
            (sys.executable, "-P", "-m", "ebrochure.media.scan", str(path.absolute()), demuxer, *bounds),
            timeout_s=time_s,
            limits=Limits(memory_bytes=_MEMORY_BYTES, cpu_s=int(time_s) + 1, file_bytes=1),
            env=environment,
        )
    except ProcessError as error:
        raise MaterialError.one(
            "UNREADABLE",
            f"`{name}` cannot be read within the memory and time that a file may take",
            file=name,
            hint="open it in a player; if it plays, export it again as MP4",
        ) from error
    return from_json(done.stdout)


def _look_at_name(name: str, demuxer: str) -> tuple[Finding, ...]:
    suffix = Path(name).suffix.lower()
    if suffix in _SUFFIXES[demuxer]:
        return ()
    usual = _SUFFIXES[demuxer][0]
    message = f"`{name}` is named `{suffix}` but is a `{usual}` file inside; it was taken for what it is"
    return (Finding("TYPE_MISMATCH", Level.WARN, message, name, hint=f"rename it to end in `{usual}`"),)

"""Taking a file in: our own copy, hashed on the way, which nobody can swap after the check."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError, StoreError
from ebrochure.model.service import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = 1 << 20
_DIGEST_BYTES = 32


def keep_file(path: Path, name: str, *, store_root: Path, max_bytes: int) -> SourceFile:
    """Copy the file at `path` into the store, under the name of its digest.

    A file that the store holds already is only read and hashed.

    Args:
        path: Where it lies now.
        name: How its author knows it, relative to the service's folder.
        store_root: The store; copies go to its folder ``sources``.
        max_bytes: Most that is taken.

    Raises:
        MaterialError: No regular file, empty, too large, unreadable, or changed while it was read.
        StoreError: The store cannot be written to.
    """
    sources = store_root / "sources"
    with open_beneath(path, name) as source:
        before = os.fstat(source)
        _check_size(before.st_size, name, max_bytes)
        if _holds_one_of(sources, before.st_size):
            digest = _hash(source, None, max_bytes=before.st_size)
            _check_unchanged(before, os.fstat(source), name)
            kept = sources / digest
            if _is_whole(kept, before.st_size):
                return SourceFile(name, kept, digest, before.st_size)
            os.lseek(source, 0, os.SEEK_SET)
        digest = _copy(source, sources, size=before.st_size)
        _check_unchanged(before, os.fstat(source), name)
    return SourceFile(name, sources / digest, digest, before.st_size)


@contextmanager
def open_beneath(path: Path, name: str) -> Iterator[int]:
    """Open a regular file for reading without following a link in any part of `name`.

    Raises:
        MaterialError: FILE_LINK, FILE_KIND, FILE_MISSING or FILE_UNREADABLE.
    """
    parts = name.split("/") if path.as_posix().endswith(f"/{name}") else [path.name]
    folder = path.parents[len(parts) - 1]
    try:
        descriptor = _walk(folder, parts)
    except OSError as error:
        raise _refusal(error, name) from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            message = f"`{name}` is not a file but a folder, a pipe or a device"
            raise MaterialError.one("FILE_KIND", message, file=name, hint="put the file itself there")
        yield descriptor
    finally:
        os.close(descriptor)


def _walk(folder: Path, parts: list[str]) -> int:
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
            inner = os.open(part, flags, dir_fd=here)
            os.close(here)
            here = inner
        # O_NONBLOCK: a FIFO would wait for its writer for ever.
        return os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=here)
    finally:
        os.close(here)


def _refusal(error: OSError, name: str) -> MaterialError:
    if error.errno in {errno.ELOOP, errno.EMLINK, errno.ENOTDIR}:
        message = f"`{name}` is a link, and links are not followed"
        return MaterialError.one("FILE_LINK", message, file=name, hint="copy the file itself into the folder")
    if error.errno == errno.ENOENT:
        message = f"`{name}` is not there (any more)"
        return MaterialError.one("FILE_MISSING", message, file=name, hint="check its name")
    message = f"`{name}` cannot be opened: {error.strerror}"
    return MaterialError.one("FILE_UNREADABLE", message, file=name, hint="check who may read it")


def _check_size(size: int, name: str, max_bytes: int) -> None:
    if size == 0:
        hint = "copy it again; the last copy may have failed"
        raise MaterialError.one("EMPTY_FILE", f"`{name}` is empty", file=name, hint=hint)
    if size > max_bytes:
        message = f"`{name}` has {_megabytes(size)}; at most {_megabytes(max_bytes)} are taken"
        raise MaterialError.one("FILE_TOO_LARGE", message, file=name, hint="export it smaller")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _check_unchanged(before: os.stat_result, after: os.stat_result, name: str) -> None:
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        message = f"`{name}` changed while it was read"
        raise MaterialError.one("FILE_CHANGED", message, file=name, hint="build again once it is copied")


def _holds_one_of(sources: Path, size: int) -> bool:
    """Tell whether some copy has this size, so that hashing first may save writing."""
    try:
        with os.scandir(sources) as entries:
            return any(entry.stat(follow_symlinks=False).st_size == size for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _is_whole(kept: Path, size: int) -> bool:
    try:
        found = kept.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _hash(source: int, copy: int | None, *, max_bytes: int) -> str:
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    left = max_bytes + 1  # one more than was measured: a file that has grown is noticed, not swallowed whole
    while left > 0 and (block := os.read(source, min(_BLOCK, left))):
        digest.update(block)
        left -= len(block)
        while copy is not None and block:
            block = block[os.write(copy, block) :]
    return digest.hexdigest()


def _copy(source: int, sources: Path, *, size: int) -> str:
    try:
        sources.mkdir(parents=True, exist_ok=True)
        copy, temporary = tempfile.mkstemp(prefix=".taking-", dir=sources)
        try:
            digest = _hash(source, copy, max_bytes=size)
            os.fchmod(copy, 0o444)
            os.fsync(copy)
            Path(temporary).replace(sources / digest)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        finally:
            os.close(copy)
        _sync_folder(sources)
    except OSError as error:
        message = f"a copy cannot be written to `{sources}`: {error.strerror}"
        raise StoreError(message, "make room on the disk, or check who may write there") from error
    return digest


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""What lies in a service's folder: files by name, links and hidden things left out."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ebrochure.errors import MaterialError
from ebrochure.ingest.text import one_line
from ebrochure.model.findings import Finding, Level

FOLDERS = ("footage", "slides", "documents")
PARTIAL = (".part", ".crdownload", ".tmp", ".partial", ".download", ".filepart")
MAX_FILES = 2000

_NOT_CONTENT = frozenset({"thumbs.db", "desktop.ini", "__macosx", "@eadir", "lost+found"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One file as it lies there; what is in it is not known yet."""

    name: str
    """Relative to the service's folder, ``/`` between parts."""
    path: Path

    @property
    def folder(self) -> str:
        """Folder inside the service's folder; empty for the folder itself."""
        return self.name.rpartition("/")[0]

    @property
    def base(self) -> str:
        """Name without folder and without its last suffix."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """Last suffix in small letters, with its dot."""
        return PurePosixPath(self.name).suffix.lower()


def is_content(name: str) -> bool:
    """Tell whether `name` is something people put there, not an editor's or a system's trace."""
    return not name.startswith((".", "~$")) and name.casefold() not in _NOT_CONTENT


def is_partial(name: str) -> bool:
    """Tell whether `name` is a copy or a download that has not ended."""
    return name.casefold().endswith(PARTIAL)


def list_service(folder: Path) -> tuple[tuple[Listed, ...], tuple[Finding, ...]]:
    """List the files of a service's folder and of the folders in it that mean something.

    Returns:
        Files in natural order, and what was left out.

    Raises:
        MaterialError: The folder cannot be read, or holds too many files.
    """
    files: list[Listed] = []
    findings: list[Finding] = []
    try:
        for inner in ("", *FOLDERS):
            _scan(folder, inner, files, findings)
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        raise MaterialError.one("FILE_UNREADABLE", message, hint="check who may read it") from error
    if len(files) > MAX_FILES:
        message = f"there are {len(files)} files here; at most {MAX_FILES} are looked at"
        raise MaterialError.one("TOO_MANY_FILES", message, hint="a service is one folder")
    return tuple(sorted(files, key=lambda item: natural(item.name))), tuple(findings)


def _scan(root: Path, inner: str, files: list[Listed], findings: list[Finding]) -> None:
    folder = root / inner if inner else root
    if inner and (folder.is_symlink() or not folder.is_dir()):
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if not is_content(entry.name):
                continue
            name = f"{inner}/{entry.name}" if inner else entry.name
            if entry.is_symlink():
                findings.append(_left_out("FILE_LINK", name, "is a link, so it is left out", "copy the file"))
            elif entry.is_file(follow_symlinks=False):
                _list_file(name, root, files, findings)
            elif inner or entry.name not in FOLDERS:
                hint = f"folders that are read: {', '.join(FOLDERS)}"
                findings.append(_left_out("FOLDER_IGNORED", name, "is not read", hint))


def _list_file(name: str, root: Path, files: list[Listed], findings: list[Finding]) -> None:
    if is_partial(name):
        hint = "copy it again under its own name, or take it away"
        findings.append(_left_out("FILE_PARTIAL", name, "was never finished, so it is left out", hint))
    elif name != one_line(name) or "\ufffd" in name or not name.isprintable():
        hint = "give it a plain name"
        said = "has a name that not every machine can hold, so it is left out"
        findings.append(_left_out("FILE_NAME", name, said, hint))
    else:
        files.append(Listed(name, root / name))


def _left_out(code: str, name: str, said: str, hint: str) -> Finding:
    name = printable(name)
    level = Level.INFO if code == "FOLDER_IGNORED" else Level.WARN
    return Finding(code, level, f"`{name}` {said}", name, None, hint)


def printable(name: str) -> str:
    """Return a file's name fit for a report: undecodable bytes and control characters as ``?``."""
    shown = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(character if character.isprintable() else "?" for character in shown)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts ``slide2`` before ``slide10``, capitals aside."""
    folded = unicodedata.normalize("NFC", name).casefold()
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", folded)
    key = tuple((0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts)
    return (*key, (2, 0, name))

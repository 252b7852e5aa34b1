"""Releases: whole copies of the site, one of which is the current one.

Layout::

    renders/site                      symbolic link to the current release; the only thing that ever changes
    renders/releases/000012-3f9a1c20  a release: never touched again once it has this name
    renders/releases/.stage-*         work in progress; swept by whoever publishes next

A reader that follows `site` sees one release or the other, never a mixture, and whoever is killed at
any moment leaves the current one as it was. One process publishes at a time: the build's lock sees to it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ebrochure.errors import EbrochureError, StoreError
from ebrochure.model.page import IndexEntry  # noqa: TC001  pydantic reads it at run time
from ebrochure.store import digest_file, sync_path, sync_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MANIFEST = "release.json"
KEPT = 2
"""How many releases stay: the current one, and one to go back to."""
_NAME = re.compile(r"(?P<number>\d{6,})-[0-9a-f]{8}")
_READABLE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """One file of a release."""

    digest: str
    """blake2b of its content, 40 hexadecimal digits."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Release:
    """What a release says of itself in `release.json`."""

    services: dict[str, IndexEntry]
    """Cards of the front page by service id: a later release may carry a service over as it is."""
    files: dict[str, ReleasedFile]
    """Every file but `release.json`, by its path in the release."""

    def to_json(self) -> bytes:
        """Return the release as `release.json`."""
        text: bytes = _adapter().dump_json(self, indent=1)
        return text + b"\n"

    def files_of(self, service: str) -> tuple[str, ...]:
        """Return the files of one service."""
        return tuple(name for name in self.files if name.startswith(f"{service}/"))


@dataclass(frozen=True, slots=True)
class Current:
    """The release that readers see."""

    folder: Path
    release: Release

    def digest_of(self, source: Path, href: str) -> str | None:
        """Return what is known of `source` without reading it: it may be linked into this release already."""
        known = self.release.files.get(href)
        with contextlib.suppress(OSError):
            if known is not None and (self.folder / href).samefile(source):
                return known.digest if source.stat().st_size == known.size_bytes else None
        return None

    def is_whole(self, texts: Mapping[str, bytes]) -> bool:
        """Tell whether every file is there in its full size, and every text is what it should be."""
        try:
            sizes = {name: (self.folder / name).stat().st_size for name in self.release.files}
            same = all((self.folder / name).read_bytes() == text for name, text in texts.items())
        except OSError:
            return False
        return same and all(file.size_bytes == sizes[name] for name, file in self.release.files.items())


def released(
    texts: Mapping[str, bytes], files: Mapping[str, Path], current: Current | None
) -> dict[str, ReleasedFile]:
    """Describe the files of a release, reading only those that the current one does not know."""
    found = {href: ReleasedFile(digest_of_text(text), len(text)) for href, text in texts.items()}
    for href, source in files.items():
        digest = None if current is None else current.digest_of(source, href)
        found[href] = ReleasedFile(digest or digest_file(source), source.stat().st_size)
    return dict(sorted(found.items()))


class Releases:
    """The releases of one `renders` folder."""

    def __init__(self, renders: Path) -> None:
        """Look at `renders`; nothing is written before `switch_to`."""
        self.site = renders / "site"
        self.folder = renders / "releases"

    def current(self) -> Current | None:
        """Return the current release, None where there is none that can be believed."""
        folder = self.site.resolve()
        ours = self.site.is_symlink() and folder.parent == self.folder.resolve()
        if not ours and (self.site.is_symlink() or self.site.exists()):
            raise EbrochureError(
                f"`{self.site}` was not made by ebrochure, so it is left alone",
                "move it away, then build again",
            )
        try:
            release: Release = _adapter().validate_json((folder / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None
        return Current(folder, release)

    def sweep(self) -> None:
        """Remove what interrupted publishing left: stages, and releases that were never switched to."""
        now = self._number(self.site.resolve().name) if self.site.is_symlink() else None
        finished = self._finished()
        kept = [path for path in finished if now is not None and (self._number(path.name) or 0) <= now][
            -KEPT:
        ]
        for path in (*self.folder.glob(".stage-*"), *finished):
            if path not in kept:
                shutil.rmtree(path, ignore_errors=True)
        for link in self.site.parent.glob(".site-*"):
            link.unlink(missing_ok=True)

    def switch_to(self, release: Release, texts: Mapping[str, bytes], files: Mapping[str, Path]) -> None:
        """Write a whole release, then make it the current one in a single step.

        Args:
            release: What it says of itself.
            texts: Files that we wrote, by path in the release.
            files: Files to link or copy, by path in the release.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".stage-", dir=self.folder))
        try:
            for href, source in files.items():
                _place(source, confined(stage, href))
            for href, text in (*texts.items(), (MANIFEST, release.to_json())):
                path = confined(stage, href)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text)
            stage.chmod(0o755)  # mkdtemp makes it private, and a web server has to read it
            sync_tree(stage)
            folder = self.folder / self._next_name(release)
            stage.rename(folder)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        sync_path(self.folder)
        self._point_to(folder)
        self.sweep()

    def _point_to(self, folder: Path) -> None:
        link = self.site.with_name(f".site-{folder.name}")
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self.folder.name) / folder.name)  # relative: `renders` may be moved
        link.replace(self.site)
        sync_path(self.site.parent)

    def _next_name(self, release: Release) -> str:
        # A number, not a time: clocks jump.
        last = max((self._number(path.name) or 0 for path in self._finished()), default=0)
        digest = digest_of_text(release.to_json())
        return f"{last + 1:06d}-{digest[:8]}"

    def _finished(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        found = [path for path in self.folder.iterdir() if self._number(path.name) is not None]
        return sorted(found, key=lambda path: self._number(path.name) or 0)

    @staticmethod
    def _number(name: str) -> int | None:
        match = _NAME.fullmatch(name)
        return None if match is None else int(match["number"])


def confined(root: Path, href: str) -> Path:
    """Return where `href` lies below `root`.

    Raises:
        ValueError: It would lie anywhere else, or be hidden.
    """
    parts = href.split("/")
    if any(part.startswith(".") or not part or not part.isprintable() or "\\" in part for part in parts):
        raise ValueError(f"expected a path inside the release, got `{href}`")
    return root.joinpath(*PurePosixPath(href).parts)


@contextlib.contextmanager
def told_plainly(renders: Path) -> Iterator[None]:
    """Turn a refusal of the disk into a sentence."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"the site in `{renders}` cannot be written: {error.strerror or error}",
            "free some space or mend the folder's rights, then build again: the published site is as it was",
        ) from error


def _place(source: Path, path: Path) -> None:
    """Put a file of ours into a stage: a second name for the same bytes where the disk can, else a copy."""
    if not stat.S_ISREG(source.lstat().st_mode):
        raise ValueError(f"expected a regular file, got `{source}`")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, path, follow_symlinks=False)
    except OSError:  # another disk, a share that knows no links, too many links: copying says what is wrong
        shutil.copyfile(source, path, follow_symlinks=False)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _READABLE != _READABLE:
        path.chmod(mode | _READABLE)


def digest_of_text(text: bytes) -> str:
    """Return the blake2b digest of `text`, as `digest_file` would of a file that holds it."""
    return hashlib.blake2b(text, digest_size=20).hexdigest()


@lru_cache(maxsize=1)
def _adapter() -> Any:  # noqa: ANN401  pydantic's adapter is generic over what it is asked for
    """Return the reader and writer of `release.json`."""
    from pydantic import TypeAdapter  # noqa: PLC0415  half the start-up time, not needed for --help

    return TypeAdapter(Release)

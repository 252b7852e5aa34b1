"""Where a service lies while it is read: files are taken in, and what there is to say is collected."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.schema import nearest
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ebrochure.ingest.listing import Listed
    from ebrochure.model.service import SourceFile
    from ebrochure.settings import LimitSettings


class Desk:
    """Takes files in and collects findings, so that an author hears of everything at once."""

    def __init__(
        self, files: tuple[Listed, ...], keep: Callable[[Path, str], SourceFile], limits: LimitSettings
    ) -> None:
        """Lay the files of one service out."""
        self.files = files
        self.limits = limits
        self.keep = keep
        self.findings: list[Finding] = []
        self.used: set[str] = set()

    def say(
        self, code: str, level: Level, message: str, *, file: str | None, line: int | None = None, hint: str
    ) -> None:
        """Add one finding."""
        self.findings.append(Finding(code, level, message, file, line, hint))

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Note what is wrong with one thing and go on to the next."""
        try:
            yield
        except MaterialError as error:
            self.findings += error.findings

    def take(self, item: Listed, *, max_bytes: int) -> SourceFile:
        """Take a file in.

        Raises:
            MaterialError: It is too large, or cannot be taken.
        """
        self.used.add(item.name)
        try:
            size = item.path.lstat().st_size
        except OSError as error:
            message = f"`{item.name}` is not there any more"
            raise MaterialError.one("FILE_MISSING", message, file=item.name, hint="build again") from error
        if size > max_bytes:
            message = f"`{item.name}` has {size / 1e6:,.1f} MB; at most {max_bytes / 1e6:,.1f} MB are taken"
            raise MaterialError.one("FILE_TOO_LARGE", message, file=item.name, hint="export it smaller")
        return self.keep(item.path, item.name)

    def take_document(self, item: Listed) -> SourceFile:
        """Take in anything but footage."""
        return self.take(item, max_bytes=self.limits.document_bytes)

    def named(self, name: str, *, by: str, line: int | None) -> Listed:
        """Return the file that `brochure.md` calls `name`.

        Raises:
            MaterialError: META_PATH: there is none of exactly this name.
        """
        found = next((item for item in self.files if item.name == name), None)
        if found is None:
            guess = nearest(name, [item.name for item in self.files])
            hint = (
                f"did you mean `{guess}`? Capitals count"
                if guess
                else "put the file into the service's folder"
            )
            message = f"`{by}` names `{name}`, and there is no such file here"
            raise MaterialError.one("META_PATH", message, file="brochure.md", line=line, hint=hint)
        self.used.add(name)
        return found

    def under(self, folder: str) -> tuple[Finding, ...]:
        """Return the findings with their places as seen from the services folder."""
        return tuple(
            replace(item, file=f"{folder}/{item.file}" if item.file else folder) for item in self.findings
        )

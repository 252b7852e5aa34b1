"""The drop folder: which services there are."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ebrochure.errors import SettingsError
from ebrochure.ingest.fields import ID
from ebrochure.ingest.listing import is_content, natural, printable
from ebrochure.ingest.settle import wait_until_settled
from ebrochure.model.findings import Finding, Level

__all__ = ["ServiceFolder", "find_services", "id_problem", "slug", "wait_until_settled"]

MAX_ID = 64
_MIN_ID = 2

# Names that a site, a web server or Windows keeps for itself.
RESERVED = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
    | {"index", "static", "assets", "feed", "feeds", "search", "sitemap", "robots", "site", "embed"}
    | {"releases", "fonts", "media", "api", "admin", "login", "studio", "review", "preview"}
)


@dataclass(frozen=True, slots=True)
class ServiceFolder:
    """One folder of the drop folder."""

    id: str
    """The folder's name, fit for a report. With `problems` it is no id, and no path is made of it."""
    path: Path
    problems: tuple[Finding, ...] = ()
    """Why the folder cannot be a service; `read_service` raises them."""


def find_services(services: Path) -> tuple[tuple[ServiceFolder, ...], tuple[Finding, ...]]:
    """Find the services of a drop folder, in natural order.

    A folder whose name is no id is returned too, with its problem, so that it is reported and not lost.

    Returns:
        The folders, and findings about what lies beside them.

    Raises:
        SettingsError: There is no such folder, or it cannot be read.
    """
    found: list[ServiceFolder] = []
    stray: list[Finding] = []
    try:
        with os.scandir(services) as entries:
            for entry in sorted(entries, key=lambda item: natural(item.name)):
                name = printable(entry.name)
                if not is_content(entry.name):
                    continue
                if entry.is_symlink():
                    stray.append(_stray("FILE_LINK", name, "is a link, and links are not followed"))
                elif entry.is_dir(follow_symlinks=False):
                    found.append(ServiceFolder(name, Path(entry.path)))
                elif not name.casefold().startswith("readme"):
                    stray.append(_stray("FILE_OUTSIDE", name, "lies beside the services, so nobody sees it"))
    except OSError as error:
        message = f"the services folder `{services}` cannot be read: {error.strerror}"
        hint = "make the folder, or name another one: `services:` in `ebrochure.yaml`, or `--services`"
        raise SettingsError.one("NO_SERVICES", message, hint=hint) from error
    names = [folder.id for folder in found]
    return tuple(_checked(folder, names) for folder in found), tuple(stray)


def _stray(code: str, name: str, said: str) -> Finding:
    hint = "put it into a folder of its own; the folder's name becomes the page's address"
    return Finding(code, Level.WARN, f"`{name}` {said}", name, None, hint)


def _checked(folder: ServiceFolder, names: list[str]) -> ServiceFolder:
    twins = [name for name in names if name != folder.id and name.casefold() == folder.id.casefold()]
    problem = id_problem(folder.id)
    if problem is None and folder.path.name == folder.id:
        # The twin in capitals is refused for its capitals; this one keeps the address.
        return folder
    hint = f"call it `{slug(folder.id)}`" if slug(folder.id) not in names else "give it a name of its own"
    code = "DUPLICATE_ID" if twins else "META_ID"
    message = f"`{folder.id}` {problem or 'has an unreadable name'}"
    if twins:
        message += f", and it differs from `{twins[0]}` by capitals alone"
    return ServiceFolder(
        folder.id, folder.path, (Finding(code, Level.ERROR, message, folder.id, None, hint),)
    )


def id_problem(name: str) -> str | None:
    """Say why `name` cannot be a service's id; None where it can."""
    if not ID.fullmatch(name):
        return "cannot be a page's address: only small letters a-z, figures and single hyphens between them"
    if not _MIN_ID <= len(name) <= MAX_ID:
        return f"has {len(name)} characters; expected {_MIN_ID} to {MAX_ID}"
    if name in RESERVED:
        return "is a name that web servers or Windows keep for themselves"
    return None


def slug(text: str, fallback: str = "service") -> str:
    """Return the id nearest to `text`: ``Größe & Co`` becomes ``grosse-co``."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:MAX_ID].strip("-")
    if len(name) < _MIN_ID:
        name = f"{fallback}-{name}".strip("-")
    return f"{name}-{fallback}" if name in RESERVED else name

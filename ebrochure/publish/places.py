"""Names inside a service's folder of the site, and the files that go there."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ebrochure.model.service import VersionKind


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that the page needs, and where it goes."""

    source: Path
    href: str
    """From the service's folder, ``media/explainer.mp4``."""


def embed_href(video: str) -> str:
    """Return where a video lies alone, to be shown inside other pages."""
    return f"embed-{video}.html"


def version_href(video: str, kind: VersionKind) -> str:
    """Return where a version of a video lies alone, for browsers that run no script."""
    return f"{kind}-{video}.html"


def oembed_href(video: str) -> str:
    """Return where it is said how a video is shown inside other pages."""
    return f"oembed-{video}.json"


def chapters_href(video: str) -> str:
    """Return where a podcast's chapters of a video are."""
    return f"media/{video}.chapters.json"


@dataclass
class Places:
    """Hands out names inside the service's folder, each once, and remembers what goes there."""

    files: list[Placed] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def put(self, source: Path, href: str) -> str:
        """Have `source` placed at `href`, or beside it where that is taken; return where."""
        self.files.append(Placed(source, self.free(href)))
        return self.files[-1].href

    def free(self, href: str) -> str:
        """Take `href`, with a number at its end where it is taken already; small and big letters are one."""
        path = PurePosixPath(href)
        number = 1
        while href.casefold() in self.taken:
            number += 1
            href = str(path.with_name(f"{path.stem}-{number}{path.suffix}"))
        self.taken.add(href.casefold())
        return href


def slug(text: str) -> str:
    """Return `text` as the end of a link: small letters a to z, figures and single hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")

"""Which Chromium draws pages on paper, and how it is started: it sees the page and nothing else.

Its profile is new each time and no name of a host leads anywhere. Scripts are not switched off, which its
printing would not survive: whoever lays the page out leaves them away.
"""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path

from ebrochure.errors import MissingToolError, ProcessError
from ebrochure.media.process import run
from ebrochure.media.tools import named_program, program_digest

_VARIABLE = "EBROCHURE_CHROMIUM"
_TIMEOUT_S = 120.0
_HOMES = (
    *("/usr/lib/chromium/chromium", "/usr/lib64/chromium-browser/chromium-browser"),
    *("/opt/google/chrome/chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""Where the program itself lies. What is on the PATH is often a script in front of it, whose bytes stay as
they are when the program behind it changes."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ALONE = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_ON_PAPER = ("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline")


@functools.cache
def chromium_path() -> Path:
    """Return the Chromium to use: `$EBROCHURE_CHROMIUM`, else one where it usually lies, else the PATH's.

    Raises:
        MissingToolError: There is none, or the variable names no program.
    """
    chosen = named_program(_VARIABLE, "a Chromium")
    if chosen is not None:
        return chosen
    found = (shutil.which(name) for name in (*_HOMES, *_NAMES))
    path = next((Path(name).absolute() for name in found if name), None)
    if path is None:
        raise MissingToolError(
            "there is no Chromium on this machine, so pages cannot be drawn as PDF",
            f"install it (`apt install chromium`), or set `{_VARIABLE}` to the path of one",
        )
    return path


@functools.cache
def chromium_version() -> str:
    """Return a name for the exact Chromium in use, for store keys; starts no process."""
    return f"chromium-{program_digest(chromium_path())}"


def print_page(page: Path, out: Path, *, profile: Path) -> None:
    """Draw a page that lies on this disk as a tagged PDF with an outline.

    Args:
        page: The page; what it shows lies beside it.
        out: The PDF to write.
        profile: An empty folder, where Chromium keeps what it has to remember while it runs.

    Raises:
        ProcessError: Chromium failed, or wrote nothing.
        MissingToolError: There is no Chromium.
    """
    # As root Chromium refuses its sandbox, and with it everything.
    free = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    run(
        (
            *(str(chromium_path()), *_ALONE, *_ON_PAPER, *free),
            *(f"--user-data-dir={profile}", f"--print-to-pdf={out}", page.absolute().as_uri()),
        ),
        timeout_s=_TIMEOUT_S,
    )
    if not out.is_file():
        raise ProcessError(
            f"Chromium drew no PDF of `{page.name}`",
            f"try `{chromium_path()} --headless --print-to-pdf` by hand, or name another in `{_VARIABLE}`",
        )

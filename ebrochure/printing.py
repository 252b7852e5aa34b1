"""The stage after the page: its print edition, a PDF beside it.

A browser is started only for a page that came out different, and only where it was asked for (`pdf`).
Where it was not, a PDF that still shows what the page says is kept, and one that no longer does is left
out: nothing old is offered as if it were the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ebrochure.errors import MissingToolError, ProcessError
from ebrochure.media.browser import chromium_path, chromium_version, print_page
from ebrochure.media.pdf import settle_pdf
from ebrochure.model.findings import Finding, Level
from ebrochure.publish.paper import moved_links, sheets_of, with_paper
from ebrochure.publish.release import digest_of_text
from ebrochure.store import FIRST_BUILD, NotMade, Step, Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from ebrochure.model.brand import Brand
    from ebrochure.publish.page import Brochure
    from ebrochure.settings import Settings

STAGE = "paper"
USUAL_S = 1.5
"""Seconds that one page takes: nearly all of it is Chromium's start."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One print edition."""

    path: Path


def possible_paper(settings: Settings) -> tuple[Settings, tuple[Finding, ...]]:
    """Return the settings with what this machine can print, and what there is to say about it."""
    if not settings.pdf:
        return settings, ()
    try:
        chromium_path()
    except MissingToolError as error:
        finding = Finding("PDF_UNAVAILABLE", Level.WARN, error.message, hint=error.hint)
        return replace(settings, pdf=False), (finding,)
    return settings, ()


def add_paper(
    brochure: Brochure,
    *,
    settings: Settings,
    brand: Brand,
    store_root: Path,
    may_make: Callable[[str], bool],
    on_make: Callable[[str, str], None],
) -> tuple[Brochure, tuple[Finding, ...]]:
    """Return a brochure with its print edition, where there is one, and what there is to say about it.

    Raises:
        NotMade: It is wanted and missing, and this build may make nothing.
    """
    templates = settings.places.templates
    sheets = sheets_of(brochure, brand, templates)

    def make(folder: Path) -> Printed:
        # Beside the artifact: what a killed build leaves there is swept by the next one.
        with TemporaryDirectory(prefix=".making-", dir=folder.parent, ignore_cleanup_errors=True) as name:
            desk = Path(name)
            drawn, done = desk / "drawn.pdf", folder / "page.pdf"
            print_page(sheets.lay_out(desk / "site"), drawn, profile=desk / "profile")
            settle_pdf(drawn, done, moved_links(brochure, desk / "site"))
        return Printed(done)

    store = Store(store_root, may_make=lambda stage: settings.pdf and may_make(stage), on_make=on_make)
    slot = f".preview/{brochure.page.id}" if settings.is_preview else brochure.page.id
    try:
        texts = {href: digest_of_text(text) for href, text in sheets.texts.items()}
        step = Step.of(STAGE, 1, texts=texts, pictures=sheets.pictures, chromium=chromium_version())
        printed = store.once(step, Printed, make, slot=slot).value
    except (MissingToolError, NotMade, ProcessError) as error:
        if settings.pdf and isinstance(error, NotMade):
            raise
        return brochure, tuple(_left_out(error, settings))
    return with_paper(brochure, printed.path), ()


def _left_out(error: MissingToolError | NotMade | ProcessError, settings: Settings) -> list[Finding]:
    """Say why a page that had a PDF, or should have one, has none."""
    if isinstance(error, ProcessError):
        return [Finding("PDF_FAILED", Level.WARN, error.message, hint=error.hint)]
    if isinstance(error, NotMade) and error.why != FIRST_BUILD and not settings.is_preview:
        message = f"the page has no PDF any more, because {error.why}"
        return [Finding("PDF_OLD", Level.INFO, message, hint="`ebrochure build --pdf` draws it anew")]
    return []

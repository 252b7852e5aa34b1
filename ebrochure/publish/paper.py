"""A service's page on paper: what it is drawn from, and the PDF's place beside the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ebrochure.model.page import PageDownload
from ebrochure.publish.html import render_page
from ebrochure.publish.places import Placed
from ebrochure.publish.site import FRONT_LOOKS, static_parts
from ebrochure.publish.words import words_for

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.brand import Brand
    from ebrochure.publish.page import Brochure

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


@dataclass(frozen=True, slots=True)
class Sheets:
    """All that a page on paper is drawn from, by path in the site."""

    page: str
    """Which of `texts` is drawn."""
    texts: dict[str, bytes]
    pictures: dict[str, Path]

    def lay_out(self, folder: Path) -> Path:
        """Put everything into a folder and return the page."""
        for href, text in self.texts.items():
            path = folder / href
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        for href, source in self.pictures.items():
            path = folder / href
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.read_bytes())
        return folder / self.page


def sheets_of(brochure: Brochure, brand: Brand, templates: Path | None) -> Sheets:
    """Gather what a page on paper is drawn from: no films, and no script has anything to do there."""
    page = brochure.page
    texts, logos = static_parts(brand, templates)
    texts = {href: text for href, text in texts.items() if not href.endswith(".js") and href != FRONT_LOOKS}
    name, html = f"{page.id}/index.html", render_page(page, templates)
    pictures = {
        f"{page.id}/{placed.href}": placed.source
        for placed in brochure.files
        if PurePosixPath(placed.href).suffix in _PICTURES and f'"{placed.href}"' in html
    }
    return Sheets(name, {**texts, name: html.encode()}, {**logos, **pictures})


def moved_links(brochure: Brochure, folder: Path) -> dict[str, str]:
    """Return how links out of a page that was laid out in `folder` are to begin once it is published.

    Where the site's address is not known they begin nowhere: a reader follows them from where the PDF lies.
    """
    page, here = brochure.page, f"{folder.absolute().as_uri()}/"
    address = page.frame.address
    home = "" if address is None else f"{address}{page.id}/"
    return {f"{here}{page.id}/": home, here: "../" if address is None else address}


def with_paper(brochure: Brochure, pdf: Path) -> Brochure:
    """Offer a page's PDF among its downloads, before all others."""
    page = brochure.page
    placed = Placed(pdf, f"{page.id}.pdf")
    words = words_for(page.language)
    download = PageDownload(placed.href, words.on_paper, "PDF", pdf.stat().st_size)
    return replace(
        brochure,
        page=replace(page, downloads=(download, *page.downloads)),
        files=(*brochure.files, placed),
    )

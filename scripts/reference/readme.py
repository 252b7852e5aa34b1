"""Puts the reference of `Page` and `Index` where `templates/README.md` has room for it."""

from __future__ import annotations

from describe import describe

from ebrochure.model.page import Index, Page

MARKER = "<!-- From here on made by scripts/template_reference. -->\n"


def with_reference(readme: str) -> str:
    """Return `readme` with everything below its marker made anew."""
    written, marker, _ = readme.partition(MARKER)
    if not marker:
        raise ValueError(f"expected the line `{MARKER.strip()}` in the file, got none")
    return f"{written}{marker}\n{describe(Page, Index)}"

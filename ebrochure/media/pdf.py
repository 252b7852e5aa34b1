"""A PDF as a browser draws it, made fit to be published: the same bytes, links that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pikepdf

_CREATOR = "ebrochure"


def settle_pdf(drawn: Path, out: Path, moved: Mapping[str, str]) -> None:
    """Write a PDF without what differs from run to run.

    Args:
        drawn: What the browser drew.
        out: The PDF to write.
        moved: How links that begin in one way are to begin, the first that fits: the page was drawn from a
            folder that nobody else has.
    """
    import pikepdf  # noqa: PLC0415  only where something was drawn

    with pikepdf.open(drawn) as pdf:
        for name in ("/CreationDate", "/ModDate"):
            if name in pdf.docinfo:
                del pdf.docinfo[name]
        pdf.docinfo["/Creator"] = pikepdf.String(_CREATOR)
        for action in _links(pdf):
            action["/URI"] = pikepdf.String(_led(str(action["/URI"]), moved))
        _number_cells(pdf)
        _unframe_pictures(pdf)
        pdf.save(out, deterministic_id=True)


def _links(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every action that leads out of the document."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A")
            if action is not None and "/URI" in action:
                yield action


def _led(link: str, moved: Mapping[str, str]) -> str:
    for start, instead in moved.items():
        if link.startswith(start):
            return instead + link.removeprefix(start)
    return link


def _number_cells(pdf: pikepdf.Pdf) -> None:
    """Name the cells of tables from 1 on: Chromium names them by a count of all that it ever made.

    A cell names those that are its headers. Source: ISO 32000-1, 14.7.2 (`IDTree`), 14.8.5.7 (`Headers`).
    """
    import pikepdf  # noqa: PLC0415

    if "/IDTree" not in pdf.Root.get("/StructTreeRoot", {}):
        return
    cells = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
    named = {name: f"cell{number:06d}" for number, name in enumerate(sorted(cells), 1)}
    elements = [cells[name] for name in named]
    pdf.Root.StructTreeRoot.IDTree = renamed = pikepdf.NameTree.new(pdf).obj
    tree = pikepdf.NameTree(renamed)
    for element, name in zip(elements, named.values(), strict=True):
        element["/ID"] = pikepdf.String(name)
        tree[name] = element
    for element in _elements(pdf):
        for attributes in _several(element.get("/A", ())):
            headers = [pikepdf.String(named[str(name)]) for name in attributes.get("/Headers", ())]
            if headers:
                attributes["/Headers"] = pikepdf.Array(headers)


def _unframe_pictures(pdf: pikepdf.Pdf) -> None:
    """Let only pictures be pictures: the box of a picture with its caption has no words to say instead of it.

    Source: ISO 14289-1, 7.3: every `Figure` has an `Alt`.
    """
    import pikepdf  # noqa: PLC0415

    for element in _elements(pdf):
        if element.S == "/Figure" and "/Alt" not in element:
            element.S = pikepdf.Name.Div


def _elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the elements of the document's structure."""
    import pikepdf  # noqa: PLC0415

    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
            yield item


def _several(value: pikepdf.Object | tuple[()]) -> tuple[pikepdf.Object, ...]:
    """Return the members of an array; one value stands for an array of it alone."""
    import pikepdf  # noqa: PLC0415

    return (value,) if isinstance(value, pikepdf.Dictionary) else tuple(value)

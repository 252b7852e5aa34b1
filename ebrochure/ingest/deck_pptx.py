"""Slides of PowerPoint: their words through python-pptx, their pictures through LibreOffice."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebrochure.errors import MaterialError, MissingToolError
from ebrochure.ingest.deck import SlideWords, tidy, tidy_title
from ebrochure.ingest.zip_gate import check_package, without_external
from ebrochure.media.process import Limits, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.findings import Finding

TIMEOUT_S = 180.0

_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
# What PowerPoint or a camera wrote where a person should have.
_NO_ALT = re.compile(
    r"(.*\.(png|jpe?g|gif|bmp|svg|emf|wmf)|image\d*|picture \d+|(a|an) .{0,80}automatically)", re.IGNORECASE
)


def read_pptx(path: Path, *, name: str) -> tuple[tuple[SlideWords, ...], tuple[Finding, ...]]:
    """Read the words of every slide that is shown, hidden ones left out.

    Raises:
        MaterialError: The package is refused, or is no presentation.
    """
    from pptx import Presentation  # noqa: PLC0415  brings lxml; needed only for a deck

    findings = check_package(path, name=name)
    try:
        with path.open("rb") as file:
            deck = Presentation(file)
            words = tuple(_words(slide) for slide in deck.slides if not _is_hidden(slide))
    except Exception as error:  # python-pptx raises whatever lxml, zipfile or its own lookups raise
        message = f"`{name}` cannot be read as a presentation"
        hint = "open it in PowerPoint, save it again, or export it as PDF"
        raise MaterialError.one("SLIDES_UNREADABLE", message, file=name, hint=hint) from error
    return words, findings


def libreoffice_path() -> Path | None:
    """Return LibreOffice, or None where the machine has none."""
    named = os.environ.get("EBROCHURE_LIBREOFFICE")
    found = named or shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and _MAC.is_file():
        return _MAC
    return Path(found) if found else None


def pptx_to_pdf(path: Path, out: Path, *, name: str) -> None:
    """Draw a checked presentation as a PDF file; hidden slides are left out.

    Raises:
        MissingToolError: There is no LibreOffice.
        MaterialError: LibreOffice made nothing of it.
    """
    office = libreoffice_path()
    if office is None:
        message = f"`{name}` cannot be drawn without LibreOffice"
        raise MissingToolError(message, "export the slides as PDF, or install LibreOffice")
    with tempfile.TemporaryDirectory(prefix="ebrochure-office-") as folder:
        work = Path(folder)
        (work / "deck.pptx").write_bytes(without_external(path))
        _write_profile(work / "profile")
        argv = [str(office), "--headless", "--norestore", "--nolockcheck", "--nodefault"]
        argv += [f"-env:UserInstallation={(work / 'profile').as_uri()}"]
        argv += [
            "--convert-to",
            "pdf:impress_pdf_Export",
            "--outdir",
            str(work / "out"),
            str(work / "deck.pptx"),
        ]
        run(argv, timeout_s=TIMEOUT_S, limits=Limits(file_bytes=1_000_000_000), cwd=work)
        made = work / "out" / "deck.pdf"
        # It exits with 0 whatever happens: only the file is evidence.
        if not made.is_file() or made.stat().st_size == 0:
            message = f"LibreOffice could not draw `{name}`"
            hint = "export the slides as PDF and use that"
            raise MaterialError.one("SLIDES_UNREADABLE", message, file=name, hint=hint)
        shutil.copyfile(made, out)


def _write_profile(folder: Path) -> None:
    """Forbid LibreOffice to fetch anything a document refers to, and to run anything in it."""
    user = folder / "user"
    user.mkdir(parents=True)
    item = '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">{}</item>'
    prop = '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop>'
    rules = (
        ("BlockUntrustedRefererLinks", "true"),
        ("DisableMacrosExecution", "true"),
        ("MacroSecurityLevel", "3"),
    )
    body = "".join(item.format(prop.format(name, value)) for name, value in rules)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{body}</oor:items>",
        encoding="utf-8",
    )


def _is_hidden(slide: Any) -> bool:  # noqa: ANN401  python-pptx has no types
    return str(slide._element.get("show", "1")).lower() in {"0", "false"}  # noqa: SLF001  no public name for it


def _words(slide: Any) -> SlideWords:  # noqa: ANN401
    title = slide.shapes.title
    lines = [line for shape in _shapes(slide.shapes) for line in _lines(shape)]
    alts = [alt for shape in _shapes(slide.shapes) if (alt := _alt(shape))]
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return SlideWords(
        title=tidy_title(title.text_frame.text) if title is not None else None,
        text=tidy("\n".join(lines)),
        notes=tidy(notes.text) or None if notes is not None else None,
        alt=tidy(". ".join(alts)) or None,
    )


def _shapes(shapes: Any) -> Iterator[Any]:  # noqa: ANN401
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)


def _lines(shape: Any) -> Iterator[str]:  # noqa: ANN401
    if getattr(shape, "has_text_frame", False):
        yield from shape.text_frame.text.splitlines()
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield " · ".join(cell.text.replace("\n", " ") for cell in row.cells)


def _alt(shape: Any) -> str | None:  # noqa: ANN401
    """Return the text alternative that somebody wrote for a picture, a chart or a drawing."""
    found = shape._element.xpath(".//p:cNvPr[@descr]")  # noqa: SLF001  no public name for it
    text = " ".join(found[0].get("descr", "").split()) if found else ""
    return None if not text or _NO_ALT.fullmatch(text) else text.rstrip(".")

"""Slides: their words now, their pictures when a video is put together."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.deck_pdf import draw_pdf, read_pdf
from ebrochure.ingest.deck_pptx import libreoffice_path, pptx_to_pdf, read_pptx
from ebrochure.ingest.kinds import Kind, kind_of
from ebrochure.ingest.pictures import check_picture, open_picture, png_bytes
from ebrochure.media.sniff import HEAD_BYTES
from ebrochure.model.findings import Finding, Level
from ebrochure.model.service import Slide, SourceFile
from ebrochure.settings import LimitSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ebrochure.ingest.deck import SlideWords

MAX_SIDE = 1920


def read_slides(
    deck: SourceFile, *, limits: LimitSettings, notes_from: SourceFile | None = None
) -> tuple[tuple[Slide, ...], tuple[Finding, ...]]:
    """Read the words of a deck's slides, in the order shown.

    Args:
        deck: A PDF or PPTX file that was taken in.
        limits: Most slides.
        notes_from: The PPTX file that a PDF was exported from: its notes and text alternatives are
            used where it has as many slides.

    Returns:
        The slides that can be drawn (none of a PPTX file where there is no LibreOffice), and findings.

    Raises:
        MaterialError: The deck cannot be used.
    """
    kind = _kind(deck)
    if kind is Kind.PDF:
        words, findings = read_pdf(deck)
    elif kind is Kind.ZIP:
        words, findings = read_pptx(deck.path, name=deck.name)
    else:
        raise _not_slides(deck.name, kind)
    _check_count(len(words), deck.name, limits)
    if notes_from is not None:
        words, more = _with_notes(words, notes_from)
        findings += more
    if kind is Kind.ZIP and libreoffice_path() is None:
        return (), (*findings, _needs_libreoffice(deck.name))
    return _slides(deck, words), findings


def read_picture_slides(
    pictures: Sequence[SourceFile], *, limits: LimitSettings
) -> tuple[tuple[Slide, ...], tuple[Finding, ...]]:
    """Take pictures for slides, in the order given.

    Raises:
        MaterialError: What is wrong with any of them, all at once.
    """
    findings: list[Finding] = []
    errors: list[Finding] = []
    for picture in pictures:
        try:
            findings += check_picture(picture.path, name=picture.name, limits=limits)
        except MaterialError as error:
            errors += error.findings
    if errors:
        raise MaterialError(tuple(errors))
    _check_count(len(pictures), "slides", limits)
    slides = tuple(Slide(number, picture, 0, None, "") for number, picture in enumerate(pictures, 1))
    return slides, tuple(findings)


def draw_slides(
    slides: tuple[Slide, ...], out_dir: Path, *, limits: LimitSettings | None = None
) -> tuple[Path, ...]:
    """Draw slides as upright sRGB PNG files of at most 1920 pixels a side.

    Args:
        slides: What to draw.
        out_dir: Folder of the files; it is made where it is missing.
        limits: Bounds of a picture; None: the usual ones.

    Returns:
        One file a slide, in the same order: ``slide-001.png`` is the slide of number 1.

    Raises:
        MaterialError: A deck or a picture turned out to be damaged.
        MissingToolError: A PPTX file needs LibreOffice.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    for deck, group in groupby(slides, key=lambda slide: slide.source):
        part = tuple(group)
        match _kind(deck):
            case Kind.PDF:
                draw_pdf(deck.path, _pages(part), out_dir, name=deck.name)
            case Kind.ZIP:
                with tempfile.TemporaryDirectory(prefix="ebrochure-deck-") as folder:
                    pdf = Path(folder) / "deck.pdf"
                    pptx_to_pdf(deck.path, pdf, name=deck.name)
                    draw_pdf(pdf, _pages(part), out_dir, name=deck.name)
            case _:
                picture = open_picture(
                    deck.path, name=deck.name, limits=limits or LimitSettings(), fit=(MAX_SIDE, MAX_SIDE)
                )
                (out_dir / _file_name(part[0])).write_bytes(png_bytes(picture.image))
    return tuple(out_dir / _file_name(slide) for slide in slides)


def _file_name(slide: Slide) -> str:
    return f"slide-{slide.number:03d}.png"


def _pages(slides: tuple[Slide, ...]) -> dict[str, int]:
    return {_file_name(slide): slide.page for slide in slides}


def _slides(deck: SourceFile, words: tuple[SlideWords, ...]) -> tuple[Slide, ...]:
    return tuple(
        Slide(number, deck, number - 1, item.title, item.text, item.notes, item.alt)
        for number, item in enumerate(words, 1)
    )


def _kind(deck: SourceFile) -> Kind:
    with deck.path.open("rb") as file:
        return kind_of(file.read(HEAD_BYTES))


def _not_slides(name: str, kind: Kind) -> MaterialError:
    if kind is Kind.OLD_OFFICE:
        message = f"`{name}` is an old PowerPoint file, or locked with a password"
        hint = "save it as .pptx without a password, or export it as PDF"
        return MaterialError.one("NOT_SLIDES", message, file=name, hint=hint)
    message = f"`{name}` is neither a PDF nor a PowerPoint file"
    return MaterialError.one("NOT_SLIDES", message, file=name, hint="export the slides as PDF")


def _check_count(count: int, name: str, limits: LimitSettings) -> None:
    if count == 0:
        message = f"`{name}` has no slides to show"
        raise MaterialError.one("SLIDES_EMPTY", message, file=name, hint="export it again, or take it away")
    if count > limits.slides:
        message = f"`{name}` has {count} slides; at most {limits.slides} are taken"
        raise MaterialError.one("SLIDES_TOO_MANY", message, file=name, hint="split it")


def _needs_libreoffice(name: str) -> Finding:
    message = f"the slides of `{name}` are left out: PowerPoint files can only be drawn with LibreOffice"
    hint = "export them from PowerPoint as `slides.pdf` beside it, or install LibreOffice on this machine"
    return Finding("SLIDES_NEED_LIBREOFFICE", Level.WARN, message, name, None, hint)


def _with_notes(
    words: tuple[SlideWords, ...], notes_from: SourceFile
) -> tuple[tuple[SlideWords, ...], tuple[Finding, ...]]:
    """Return the words of a PDF with titles, notes and text alternatives of the PPTX file it came from."""
    theirs, findings = read_pptx(notes_from.path, name=notes_from.name)
    if len(theirs) != len(words):
        message = f"its notes are not used: it has {len(theirs)} slides and the PDF beside it {len(words)}"
        hint = "export the PDF again"
        finding = Finding("SLIDES_DIFFER", Level.WARN, message, notes_from.name, None, hint)
        return words, (*findings, finding)
    joined = tuple(
        replace(ours, title=their.title or ours.title, notes=their.notes, alt=their.alt)
        for ours, their in zip(words, theirs, strict=True)
    )
    return joined, findings

"""Slides: words read and pages drawn, PDF by a child process, damaged and hostile decks refused."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from ebrochure.errors import MaterialError, MissingToolError
from ebrochure.ingest import slides as slides_module
from ebrochure.ingest.deck_pptx import libreoffice_path
from ebrochure.ingest.intake import keep_file
from ebrochure.ingest.slides import draw_slides, read_picture_slides, read_slides
from ebrochure.media import process
from ebrochure.model.findings import Level
from ebrochure.settings import LimitSettings
from tests.fixtures.workspace import pdf_bytes, picture_bytes, pptx_bytes, zip_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.service import SourceFile

LIMITS = LimitSettings()


def kept(root: Path, data: bytes, name: str = "slides.pdf") -> SourceFile:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return keep_file(path, name, store_root=root / "store", max_bytes=300_000_000)


def refusal(root: Path, data: bytes, name: str = "slides.pdf", limits: LimitSettings = LIMITS) -> str:
    with pytest.raises(MaterialError) as caught:
        read_slides(kept(root, data, name), limits=limits)
    return caught.value.findings[0].code


@pytest.fixture
def with_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let decks be read as where LibreOffice is installed; nothing is drawn."""
    monkeypatch.setattr(slides_module, "libreoffice_path", lambda: "/usr/bin/soffice")


def test_a_pdf_gives_its_words_page_by_page(tmp_path: Path) -> None:
    source = kept(tmp_path, pdf_bytes(["Work anywhere\nOn any device", "Two rules\nLock your screen"]))
    slides, findings = read_slides(source, limits=LIMITS)
    assert findings == ()
    assert [(slide.number, slide.page, slide.title) for slide in slides] == [
        (1, 0, "Work anywhere"),
        (2, 1, "Two rules"),
    ]
    assert slides[0].text == "Work anywhere\nOn any device"


def test_the_title_is_what_is_written_largest(tmp_path: Path) -> None:
    source = kept(tmp_path, pdf_bytes(["Largest of all\nsmall before"]))
    assert read_slides(source, limits=LIMITS)[0][0].title == "Largest of all"


def test_a_known_pdf_is_read_again_without_a_process(tmp_path: Path) -> None:
    source = kept(tmp_path, pdf_bytes(["One"]))
    first = read_slides(source, limits=LIMITS)
    before = process.started()
    assert read_slides(source, limits=LIMITS) == first
    assert process.started() == before


def test_notes_of_a_note_that_was_tampered_with_are_asked_for_again(tmp_path: Path) -> None:
    source = kept(tmp_path, pdf_bytes(["One"]))
    first = read_slides(source, limits=LIMITS)
    (note,) = source.path.parent.glob(f"{source.digest}.words-*.json")
    note.write_text("{}", encoding="utf-8")
    assert read_slides(source, limits=LIMITS) == first


def test_pages_are_drawn_upright_and_at_most_1920_wide(tmp_path: Path) -> None:
    source = kept(tmp_path, pdf_bytes(["One", "Two"], extra="/Rotate 90"))
    slides, _ = read_slides(source, limits=LIMITS)
    drawn = draw_slides(slides, tmp_path / "out")
    assert [path.name for path in drawn] == ["slide-001.png", "slide-002.png"]
    with Image.open(drawn[0]) as image:
        assert (image.size, image.mode, image.format) == ((1080, 1920), "RGB", "PNG")


def test_only_the_slides_that_are_asked_for_are_drawn(tmp_path: Path) -> None:
    slides, _ = read_slides(kept(tmp_path, pdf_bytes(["One", "Two", "Three"])), limits=LIMITS)
    drawn = draw_slides(slides[1:2], tmp_path / "out")
    assert [path.name for path in drawn] == ["slide-002.png"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["slide-002.png"]


def test_drawing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    slides, _ = read_slides(kept(tmp_path, pdf_bytes(["One"])), limits=LIMITS)
    one, two = (draw_slides(slides, tmp_path / name)[0].read_bytes() for name in ("a", "b"))
    assert one == two


def test_pictures_are_slides_too(tmp_path: Path) -> None:
    sources = tuple(
        kept(tmp_path, picture_bytes((2400, 1350), colour=colour), f"slides/{number}.png")
        for number, colour in enumerate(("#ff0000", "#0000ff"), 1)
    )
    slides, findings = read_picture_slides(sources, limits=LIMITS)
    drawn = draw_slides(slides, tmp_path / "out")
    assert findings == ()
    with Image.open(drawn[1]) as image:
        assert image.size == (1920, 1080)
        assert image.getpixel((5, 5)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"<html></html>", "slides.pdf", "NOT_SLIDES"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "slides.pptx", "NOT_SLIDES"),
        (zip_bytes({"word/document.xml": "<w/>"}), "slides.pptx", "NOT_SLIDES"),
        (pdf_bytes(["One"])[:-200], "slides.pdf", "FILE_INCOMPLETE"),
        (b"%PDF-1.4\nrubbish\n%%EOF\n", "slides.pdf", "SLIDES_UNREADABLE"),
        (pdf_bytes([]), "slides.pdf", "SLIDES_EMPTY"),
        (pdf_bytes(["One"], size=(14_400, 10)), "slides.pdf", "SLIDES_PAGE_SIZE"),
        (pptx_bytes([]), "slides.pptx", "SLIDES_EMPTY"),
        (pptx_bytes(["One"], hidden=[0]), "slides.pptx", "SLIDES_EMPTY"),
    ],
)
def test_what_cannot_be_shown_is_refused(tmp_path: Path, data: bytes, name: str, code: str) -> None:
    assert refusal(tmp_path, data, name) == code


def test_more_slides_than_anybody_watches_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, pdf_bytes(["x"] * 4), limits=LimitSettings(slides=3)) == "SLIDES_TOO_MANY"


@pytest.mark.usefixtures("with_libreoffice")
def test_a_presentation_gives_titles_notes_and_alternatives_of_what_is_shown(tmp_path: Path) -> None:
    data = pptx_bytes(["One", "Secret", "Two"], notes=["Say hello"], alt="A lake at dawn.", hidden=[1])
    slides, _ = read_slides(kept(tmp_path, data, "slides.pptx"), limits=LIMITS)
    assert [(slide.number, slide.page, slide.title) for slide in slides] == [(1, 0, "One"), (2, 1, "Two")]
    assert (slides[0].notes, slides[0].alt) == ("Say hello", "A lake at dawn")
    assert slides[0].text == "One\nAbout One"


@pytest.mark.usefixtures("with_libreoffice")
@pytest.mark.parametrize("alt", ["image1.png", "Picture 3", "A close up of a map Description automatically"])
def test_what_a_program_wrote_is_no_alternative(tmp_path: Path, alt: str) -> None:
    slides, _ = read_slides(kept(tmp_path, pptx_bytes(["One"], alt=alt), "slides.pptx"), limits=LIMITS)
    assert slides[0].alt is None


def test_without_libreoffice_a_presentation_is_left_out_with_the_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slides_module, "libreoffice_path", lambda: None)
    slides, (finding,) = read_slides(kept(tmp_path, pptx_bytes(["One"]), "slides.pptx"), limits=LIMITS)
    assert slides == ()
    assert (finding.code, finding.level) == ("SLIDES_NEED_LIBREOFFICE", Level.WARN)
    assert "slides.pdf" in str(finding.hint)


def test_a_pdf_takes_notes_and_alternatives_from_the_presentation_beside_it(tmp_path: Path) -> None:
    pdf = kept(tmp_path, pdf_bytes(["One", "Two"]))
    pptx = kept(
        tmp_path, pptx_bytes(["First", "Second"], notes=["Hello", "Bye"], alt="A lake"), "slides.pptx"
    )
    slides, findings = read_slides(pdf, limits=LIMITS, notes_from=pptx)
    assert findings == ()
    assert [(slide.title, slide.notes) for slide in slides] == [("First", "Hello"), ("Second", "Bye")]
    assert slides[0].alt == "A lake"
    assert slides[0].source is pdf


def test_notes_of_another_deck_are_not_used(tmp_path: Path) -> None:
    pdf = kept(tmp_path, pdf_bytes(["One", "Two"]))
    pptx = kept(tmp_path, pptx_bytes(["First"], notes=["Hello"]), "slides.pptx")
    slides, (finding,) = read_slides(pdf, limits=LIMITS, notes_from=pptx)
    assert slides[0].notes is None
    assert finding.code == "SLIDES_DIFFER"


def test_a_presentation_is_drawn_where_libreoffice_is_and_refused_plainly_where_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_office = libreoffice_path() is not None
    monkeypatch.setattr(slides_module, "libreoffice_path", lambda: "somewhere")
    source = kept(tmp_path, pptx_bytes(["One", "Secret", "Two"], hidden=[1]), "slides.pptx")
    slides, _ = read_slides(source, limits=LIMITS)
    if has_office:
        assert len(draw_slides(slides, tmp_path / "out")) == 2
    else:
        with pytest.raises(MissingToolError, match="LibreOffice"):
            draw_slides(slides, tmp_path / "out")


@pytest.mark.usefixtures("with_libreoffice")
def test_each_damaged_deck_gets_the_verdict_it_deserves(tmp_path: Path, samples: Path) -> None:
    folder = samples / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no damaged files at {folder}")
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    decks = [row for row in rows if re.fullmatch(r"slides/[^/]+\.(pdf|pptx)", row["file"])]
    assert decks
    for row in decks:
        _check_verdict(tmp_path, folder / row["file"], row["verdict"], row["expected behaviour"])


def _check_verdict(root: Path, path: Path, verdict: str, expected: str) -> None:
    codes = re.findall(r"\b[A-Z]+_[A-Z_]+\b", expected)
    refused = _refusal_of(root, path)
    if refused is not None:
        assert verdict == "reject", (path.name, refused)
        assert not codes or refused in codes, (path.name, refused)
    else:
        assert verdict in {"accept", "accept_warn"} or "repaired" in expected, path.name


def _refusal_of(root: Path, path: Path) -> str | None:
    """Read a deck, draw it if it is a PDF, and return the code it was refused with."""
    try:
        source = keep_file(path, path.name, store_root=root / "store", max_bytes=300_000_000)
        slides, _ = read_slides(source, limits=LIMITS)
        if path.suffix == ".pdf":
            draw_slides(slides, root / path.stem)
    except MaterialError as error:
        return error.findings[0].code
    return None

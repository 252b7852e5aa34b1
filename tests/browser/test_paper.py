"""The print edition: a tagged PDF, the same each time, drawn only when it has to be."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from ebrochure import cli
from ebrochure.media import process
from ebrochure.media.browser import chromium_path
from ebrochure.model.findings import Finding
from ebrochure.printing import add_paper, possible_paper
from ebrochure.publish.page import Brochure
from ebrochure.settings import Places, Settings
from ebrochure.store import NotMade
from tests.fixtures.pages import ADDRESS, Media, brand, real_media, rich, right_to_left
from tests.fixtures.tiny_workspace import make_workspace

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Media:
    if possible_paper(wanted(Path()))[1]:
        pytest.skip("no Chromium: install `chromium` or name one in EBROCHURE_CHROMIUM")
    return real_media(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def wanted(root: Path) -> Settings:
    return Settings(Places(root, root, root, None, root), pdf=True)


def printed(
    brochure: Brochure, store: Path, *, pdf: bool = True, may_make: bool = True
) -> tuple[Brochure, tuple[Finding, ...]]:
    """Return `brochure` with what there is of its print edition."""
    settings = replace(wanted(store), pdf=pdf)
    return add_paper(
        brochure,
        settings=settings,
        brand=brand(),
        store_root=store,
        may_make=lambda _stage: may_make,
        on_make=lambda _stage, _why: None,
    )


def pdf_of(brochure: Brochure) -> Path:
    """Return the file that is offered as the page's PDF."""
    [path] = [placed.source for placed in brochure.files if placed.href == f"{brochure.page.id}.pdf"]
    return path


def links(pdf: pikepdf.Pdf) -> set[str]:
    """Return where links lead out of a document."""
    actions = [item.get("/A") for page in pdf.pages for item in page.get("/Annots", [])]
    return {str(action["/URI"]) for action in actions if action is not None and "/URI" in action}


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return the elements of a document's structure."""
    known = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    return [item for item in known if item.get("/Type") == "/StructElem"]


def test_pdf_is_tagged_titled_and_in_its_language(media: Media, store: Path) -> None:
    brochure, _ = printed(rich(media, address=ADDRESS), store)
    with pikepdf.open(pdf_of(brochure)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.Lang == "en"
        assert pdf.docinfo["/Title"] == "Remote access - Lindermere Water"
        with pdf.open_outline() as outline:
            assert outline.root[0].title == "Remote access"
    [download, *_rest] = brochure.page.downloads
    assert (download.href, download.kind) == ("remote-access.pdf", "PDF")
    assert download.size_bytes == pdf_of(brochure).stat().st_size


def test_every_picture_in_the_pdf_has_words_that_stand_for_it(media: Media, store: Path) -> None:
    brochure, _ = printed(rich(media, address=ADDRESS), store)
    with pikepdf.open(pdf_of(brochure)) as pdf:
        figures = [item for item in elements(pdf) if item.S == "/Figure"]
        assert [str(item.get("/Alt")) for item in figures] == [
            "Lindermere Water",
            "Remote access in one minute",
            "Slide 1: One road in",
            "A van beside a reservoir, a laptop open on its bonnet",
            "Working abroad",
        ]


def test_cells_of_the_pdf_s_tables_know_their_headers(media: Media, store: Path) -> None:
    brochure, _ = printed(rich(media, address=ADDRESS), store)
    with pikepdf.open(pdf_of(brochure)) as pdf:
        names = set(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree))
        cells = [item for item in elements(pdf) if item.S == "/TD"]
        assert len(cells) == 15
        told = [said.Headers for item in cells for said in item.A if "/Headers" in said]
        assert len(told) == 15
        assert {str(header) for headers in told for header in headers} == names
        assert len(names) == 8


def test_pdf_reads_the_way_its_language_does(media: Media, store: Path) -> None:
    del media  # it skips where there is no browser
    brochure, _ = printed(right_to_left(), store)
    with pikepdf.open(pdf_of(brochure)) as pdf:
        assert pdf.Root.Lang == "ar"


def test_the_same_page_gives_the_same_bytes(media: Media, store: Path, tmp_path: Path) -> None:
    one, _ = printed(rich(media, address=ADDRESS), store)
    two, _ = printed(rich(media, address=ADDRESS), tmp_path)
    assert pdf_of(one).read_bytes() == pdf_of(two).read_bytes()


def test_links_lead_to_the_published_page_and_never_into_our_folders(media: Media, store: Path) -> None:
    known, _ = printed(rich(media, address=ADDRESS), store)
    unknown, _ = printed(rich(media), store)
    with pikepdf.open(pdf_of(known)) as pdf:
        assert f"{ADDRESS}remote-access/media/explainer.mp4" in links(pdf)
        assert not [link for link in links(pdf) if link.startswith("file:")]
    with pikepdf.open(pdf_of(unknown)) as pdf:
        assert "media/explainer.mp4" in links(pdf)
        assert not [link for link in links(pdf) if link.startswith("file:")]


def test_no_browser_starts_where_nothing_changed(media: Media, store: Path) -> None:
    printed(rich(media, address=ADDRESS), store)
    before = process.started()
    brochure, _ = printed(rich(media, address=ADDRESS), store)
    assert process.started() == before
    assert pdf_of(brochure).is_file()


def test_pdf_nobody_asked_for_is_kept_while_it_is_true_and_left_out_when_it_is_not(
    media: Media, store: Path
) -> None:
    printed(rich(media, address=ADDRESS), store)
    before = process.started()
    kept, nothing = printed(rich(media, address=ADDRESS), store, pdf=False)
    assert pdf_of(kept).is_file()
    assert nothing == ()

    page = replace(kept.page, title="Another title", downloads=kept.page.downloads[1:])
    changed = replace(kept, page=page, files=rich(media, address=ADDRESS).files)
    dropped, [finding] = printed(changed, store, pdf=False)
    assert dropped == changed
    assert (finding.code, "`remote-access/index.html` changed" in finding.message) == ("PDF_OLD", True)
    assert process.started() == before


def test_build_offers_the_pdf_beside_the_page_and_the_next_build_keeps_it(tmp_path: Path) -> None:
    if possible_paper(wanted(tmp_path))[1]:
        pytest.skip("no Chromium: install `chromium` or name one in EBROCHURE_CHROMIUM")
    root = make_workspace(tmp_path, good=("good",))
    page = root / "renders/site/good/index.html"
    assert cli.main(["build", "--pdf", "--workspace", str(root)]) == cli.OK
    assert '<a href="good.pdf" download>' in page.read_text(encoding="utf-8")
    released = (root / "renders/site").resolve()
    before = process.started()
    assert cli.main(["build", "--workspace", str(root)]) == cli.OK
    assert process.started() == before
    assert (root / "renders/site").resolve() == released


def test_a_plan_tells_that_it_would_be_drawn(media: Media, tmp_path: Path) -> None:
    with pytest.raises(NotMade, match="first build"):
        printed(rich(media), tmp_path, may_make=False)


def test_a_browser_that_fails_costs_the_pdf_and_not_the_page(
    media: Media, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EBROCHURE_CHROMIUM", shutil.which("false") or "")
    chromium_path.cache_clear()
    try:
        brochure, [finding] = printed(rich(media), tmp_path)
    finally:
        monkeypatch.undo()
        chromium_path.cache_clear()
    assert finding.code == "PDF_FAILED"
    assert brochure == rich(media)

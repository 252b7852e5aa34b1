"""What a page on paper is drawn from, and where its PDF is offered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ebrochure.model.media import Offers, Sprite
from ebrochure.publish.page import Brochure, build_page
from ebrochure.publish.paper import moved_links, sheets_of, with_paper
from tests.fixtures.pages import ADDRESS, TODAY, brand, empty_media, film, rich, rich_service


@pytest.fixture
def brochure(tmp_path: Path) -> Brochure:
    return rich(empty_media(tmp_path), address=ADDRESS)


def test_a_page_is_drawn_from_its_pictures_without_films_and_scripts(brochure: Brochure) -> None:
    sheets = sheets_of(brochure, brand(), None)
    assert sorted(sheets.pictures) == [
        "remote-access/liaison.png",
        "remote-access/media/abroad.jpg",
        "remote-access/media/explainer.jpg",
        "remote-access/slides/explainer-01.png",
        "remote-access/slides/explainer-02.png",
        "static/logo-dark.png",
        "static/logo.png",
    ]
    assert "static/site.css" in sheets.texts
    assert not [href for href in sheets.texts if href.endswith(".js")]


def test_pictures_that_no_page_shows_are_no_reason_to_draw_it_again(tmp_path: Path) -> None:
    media = empty_media(tmp_path)
    service = rich_service(media)
    source = service.videos[1]
    sprite = Offers(sprite=Sprite(media.poster, 160, 90, 2, (0, 10_000), 20_000))
    video = replace(film(media, source, ()), offers=sprite)
    page = build_page(replace(service, videos=(source,)), brand(), (video,), today=TODAY)
    assert not [href for href in sheets_of(page, brand(), None).pictures if "sprite" in href]


def test_a_page_is_laid_out_as_it_is_published(brochure: Brochure, tmp_path: Path) -> None:
    page = sheets_of(brochure, brand(), None).lay_out(tmp_path / "site")
    assert page == tmp_path / "site/remote-access/index.html"
    assert (page.parent / "../static/site.css").is_file()
    assert (page.parent / "media/explainer.jpg").is_file()


def test_links_begin_at_the_site_s_address_or_where_the_pdf_lies(brochure: Brochure) -> None:
    home, site = moved_links(brochure, Path("/desk/site")).items()
    assert home == ("file:///desk/site/remote-access/", f"{ADDRESS}remote-access/")
    assert site == ("file:///desk/site/", ADDRESS)
    frame = replace(brochure.page.frame, address=None)
    unknown = replace(brochure, page=replace(brochure.page, frame=frame))
    assert list(moved_links(unknown, Path("/desk/site")).values()) == ["", "../"]


def test_the_pdf_comes_before_all_other_downloads(brochure: Brochure, tmp_path: Path) -> None:
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(b"%PDF-1.4 and so on")
    offered = with_paper(brochure, pdf)
    [first, *others] = offered.page.downloads
    assert (first.href, first.kind, first.size_bytes) == ("remote-access.pdf", "PDF", 18)
    assert tuple(others) == brochure.page.downloads
    assert offered.files[-1].href == "remote-access.pdf"

"""What a page says and which files it asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from ebrochure.model.captions import Provenance, TextOrigin
from ebrochure.model.page import IndexEntry
from ebrochure.model.service import (
    Document,
    NoticeKind,
    Person,
    Section,
    ServiceStatus,
    SourceFile,
    Support,
    VideoSource,
)
from ebrochure.publish.page import Brochure, build_index, build_page
from ebrochure.publish.places import slug
from tests.fixtures.pages import (
    GERMAN,
    SPOKEN,
    TODAY,
    Media,
    brand,
    empty_media,
    film,
    rich,
    rich_service,
    track,
)


@pytest.fixture
def media(tmp_path: Path) -> Media:
    return empty_media(tmp_path)


@pytest.fixture
def brochure(media: Media) -> Brochure:
    return rich(media)


def test_every_link_of_the_page_has_its_file(brochure: Brochure) -> None:
    page = brochure.page
    placed = {item.href for item in brochure.files}
    tracks = {
        item.href for video in page.videos for item in (*video.tracks, video.descriptions) if item is not None
    }
    for video in page.videos:
        assert {video.href, video.poster_href, *(slide.href for slide in video.slides)} <= placed
    assert {item.href for item in page.downloads} <= placed | tracks
    assert page.liaison is not None
    assert page.liaison.photo_href in placed


def test_no_two_files_go_to_the_same_place(brochure: Brochure) -> None:
    hrefs = [item.href for item in brochure.files]
    assert len({href.casefold() for href in hrefs}) == len(hrefs)


def test_files_get_names_of_ours(brochure: Brochure) -> None:
    assert [item.href for item in brochure.files] == [
        "media/explainer.mp4",
        "media/explainer.jpg",
        "slides/explainer-01.png",
        "slides/explainer-02.png",
        "media/explainer.described.mp4",
        "media/explainer.described.360p.mp4",
        "media/explainer.sign.mp4",
        "media/explainer.sign.360p.mp4",
        "media/abroad.mp4",
        "media/abroad.jpg",
        "liaison.png",
        "documents/use-policy.pdf",
    ]


def test_documents_of_the_same_name_both_get_a_place(media: Media) -> None:
    paper = SourceFile("documents/Ä.pdf", media.document, "0" * 40, 10)
    service = replace(
        rich_service(media),
        videos=(),
        documents=(
            Document("A", paper),
            Document("B", paper),
            Document("C", replace(paper, name="документ.pdf")),
        ),
    )
    page = build_page(service, brand(), (), today=TODAY).page
    assert [item.href for item in page.downloads] == [
        "documents/a.pdf",
        "documents/a-2.pdf",
        "documents/document.pdf",
    ]


def test_captions_in_the_language_of_the_page_are_on(media: Media) -> None:
    service = replace(rich_service(media), language="de-CH")
    english = track("en", "English", SPOKEN, Provenance(TextOrigin.SCRIPT, "offline"))
    german = track("de", "Deutsch", GERMAN, Provenance(TextOrigin.PERSON))
    page = build_page(
        service, brand(), (film(media, service.videos[0], (english, german)),), today=TODAY
    ).page
    assert [(item.track.language, item.is_default) for item in page.videos[0].tracks] == [
        ("en", False),
        ("de", True),
    ]
    assert page.videos[0].provenance == "Untertitel von einem Menschen geschrieben."


def test_captions_in_another_language_are_better_than_none(media: Media) -> None:
    service = replace(rich_service(media), language="fr")
    english = track("en", "English", SPOKEN, Provenance(TextOrigin.SCRIPT))
    page = build_page(service, brand(), (film(media, service.videos[0], (english,)),), today=TODAY).page
    assert [item.is_default for item in page.videos[0].tracks] == [True]


def test_draft_captions_are_marked(brochure: Brochure) -> None:
    assert [video.is_draft for video in brochure.page.videos] == [False, True]
    assert "not yet checked" in brochure.page.videos[1].provenance


def test_silent_film_needs_no_captions(media: Media) -> None:
    service = rich_service(media)
    page = build_page(service, brand(), (film(media, service.videos[0], ()),), today=TODAY).page
    assert page.videos[0].is_silent
    assert page.videos[0].provenance == ""


@pytest.mark.parametrize(("today", "overdue"), [(dt.date(2027, 10, 1), False), (dt.date(2027, 10, 2), True)])
def test_review_is_overdue_the_day_after(media: Media, today: dt.date, *, overdue: bool) -> None:
    assert rich(media, today=today).page.review_overdue is overdue


@pytest.mark.parametrize(("today", "shown"), [(dt.date(2026, 11, 29), True), (dt.date(2026, 11, 30), False)])
def test_a_notice_is_gone_the_day_after(media: Media, today: dt.date, *, shown: bool) -> None:
    brochure = rich(media, today=today)
    assert (brochure.page.notice is not None) is shown
    assert brochure.entry.notice == (NoticeKind.MAINTENANCE if shown else None)


def test_anchors_are_unique_and_never_the_page_s_own(media: Media) -> None:
    headings = ("Goals", "goals!", "Main", "Glossary", "Video explainer", "目标")
    service = replace(rich_service(media), sections=tuple(Section(text, "words") for text in headings))
    films = (film(media, service.videos[0], ()),)
    page = build_page(service, brand(), films, today=TODAY).page
    assert [section.anchor for section in page.sections] == [
        *("goals", "goals-2", "main-2", "glossary-2", "video-explainer-2", "section-6"),
    ]


def test_slide_without_words_of_its_own_still_has_a_text_alternative(brochure: Brochure) -> None:
    first, second = brochure.page.videos[0].slides
    assert first.alt == "Slide 1: One road in"
    assert (second.title, second.alt) == ("Slide 2", "A van beside a reservoir, a laptop open on its bonnet")
    assert (first.shown_at_ms, second.shown_at_ms) == (6_000, None)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://plain.example", "//evil.example", "https://a.example/ x"]
)
def test_an_address_that_is_not_https_is_left_out(media: Media, url: str) -> None:
    service = replace(rich_service(media), videos=(), support=Support(url, "12"), survey=url)
    page = build_page(service, brand(), (), today=TODAY).page
    assert page.support == Support(None, "12")
    assert page.survey is None


@pytest.mark.parametrize(
    "email", ["a@b.example?bcc=all@b.example", "a b@c.example", 'a"@c.example', "nobody"]
)
def test_an_email_that_could_carry_more_is_left_out(media: Media, email: str) -> None:
    service = replace(rich_service(media), videos=(), liaison=Person("A", email=email))
    page = build_page(service, brand(), (), today=TODAY).page
    assert page.liaison is not None
    assert page.liaison.email is None


def test_card_of_the_front_page(brochure: Brochure) -> None:
    entry = brochure.entry
    assert (entry.href, entry.poster_href) == (
        "remote-access/index.html",
        "remote-access/media/explainer.jpg",
    )
    assert entry.duration_ms == 48_000


def test_front_page_shows_what_is_there_before_what_is_not() -> None:
    def entry(name: str, status: ServiceStatus | None) -> IndexEntry:
        return IndexEntry(name, name.title(), None, None, status, f"{name}/index.html", None, 0)

    entries = (
        entry("old", ServiceStatus.RETIRING),
        entry("zebra", ServiceStatus.LIVE),
        entry("soon", ServiceStatus.PLANNED),
        entry("other", None),
        entry("apple", ServiceStatus.LIVE),
    )
    index = build_index(brand(), entries)
    assert [item.id for item in index.entries] == ["apple", "zebra", "other", "soon", "old"]
    assert index.frame.root_href == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("What you get", "what-you-get"), ("Größe & Café!", "groe-cafe"), ("目标", ""), ("--a--", "a")],
)
def test_slug(text: str, wanted: str) -> None:
    assert slug(text) == wanted


def test_two_films_of_one_service_keep_apart(media: Media) -> None:
    service = rich_service(media)
    source = VideoSource("explainer", "Again", service.videos[0].footage)
    films = (film(media, service.videos[0], ()), film(media, source, ()))
    files = build_page(service, brand(), films, today=TODAY).files
    assert "media/explainer-2.mp4" in [item.href for item in files]

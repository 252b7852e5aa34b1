"""Templates: strict, escaped, and replaceable one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from ebrochure.model.brand import Roles
from ebrochure.publish.html import (
    CONTENT_POLICY,
    render_front_stylesheet,
    render_icon,
    render_index,
    render_page,
    render_stylesheet,
    script,
)
from ebrochure.publish.page import Brochure, build_index, site_frame
from tests.fixtures.pages import ATTACK, LIGHT, brand, empty_media, hostile, rich, right_to_left

FONTS = ("fonts/regular.woff2", "fonts/bold.woff2")


@pytest.fixture
def brochure(tmp_path: Path) -> Brochure:
    return rich(empty_media(tmp_path))


def test_page_holds_what_the_service_says(brochure: Brochure) -> None:
    html = render_page(brochure.page)
    for words in (
        *(
            "Remote access",
            "Work safely from anywhere",
            "All employees",
            "Network Services",
            "1 October 2026",
        ),
        *(
            "Priya Shah",
            "priya.shah@example.org",
            "Rate this service",
            "Acceptable use policy",
            "99.2",
            "passkey",
        ),
        *("June 2026", "15 March 2027", "Captions from the approved script", "Captions not yet checked"),
        *("A van beside a reservoir", "Why it is there", "Lose a laptop? Ring us within the hour."),
    ):
        assert words in html


def test_hostile_words_are_escaped_everywhere(tmp_path: Path) -> None:
    html = render_page(hostile(empty_media(tmp_path)).page)
    assert ATTACK not in html
    assert "<img src=x" not in html
    assert re.findall(r"<script[^>]*>", html) == [
        '<script src="../static/player.js" defer>',
        '<script type="text/vtt" id="video-explainer_track1_text">',
    ]


def test_captions_inside_the_page_cannot_leave_their_block(tmp_path: Path) -> None:
    page = hostile(empty_media(tmp_path)).page
    video = page.videos[0]
    evil = replace(video.tracks[0], vtt="WEBVTT\n\n</script><img src=x><!-- <script>")
    html = render_page(replace(page, videos=(replace(video, tracks=(evil,)),)))
    assert "WEBVTT\n\n&lt;/script><img src=x>&lt;!-- &lt;script></script>" in html


def test_policy_lets_nothing_in_that_is_not_the_site_s_own(brochure: Brochure) -> None:
    html = render_page(brochure.page)
    assert (
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'.replace("'", "&#39;")
        in html
    )
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert " style=" not in html
    assert "<style" not in html


def test_nothing_is_asked_of_another_host(brochure: Brochure) -> None:
    html = render_page(brochure.page)
    fetched = re.findall(r'(?:src|poster|srcset)="([^"]*)"|<link[^>]*href="([^"]*)"', html)
    assert fetched
    assert not [link for pair in fetched for link in pair if "//" in link]


def test_page_in_another_language_says_so_and_keeps_its_direction() -> None:
    html = render_page(right_to_left().page)
    assert '<html lang="ar" dir="rtl">' in html
    assert '<a class="skip" href="#main" lang="en" dir="ltr">' in html


def test_noindex_is_said_only_when_asked_for(brochure: Brochure) -> None:
    index = build_index(brand(), (brochure.entry,), noindex=True)
    assert '<meta name="robots" content="noindex">' in render_index(index)
    assert "robots" not in render_page(brochure.page)


def test_front_page_without_services_says_so() -> None:
    assert "No services have been published yet." in render_index(build_index(brand(), ()))


def test_brand_without_logo_shows_its_name(brochure: Brochure) -> None:
    frame = site_frame(replace(brand(), logo=None, logo_dark=None), root_href="../")
    html = render_page(replace(brochure.page, frame=frame))
    assert re.search(r'<a class="logo" href="../index.html">\s*Lindermere Water\s*</a>', html)


def test_a_folder_of_templates_replaces_ours_file_by_file(brochure: Brochure, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "_facts.html.j2").write_text("<p>Our own {{ page.owner }}</p>", encoding="utf-8")
    html = render_page(brochure.page, folder)
    assert "<p>Our own Network Services</p>" in html
    assert "What you get" in html


def test_a_template_that_names_what_is_not_there_fails(brochure: Brochure, tmp_path: Path) -> None:
    (tmp_path / "_facts.html.j2").write_text("{{ page.ownr }}", encoding="utf-8")
    with pytest.raises(UndefinedError, match="ownr"):
        render_page(brochure.page, tmp_path)


def test_stylesheet_has_the_brand_s_colours_and_letters() -> None:
    css = render_stylesheet(site_frame(brand(), root_href=""), FONTS)
    assert "--accent:#0b4f5c" in css
    assert "--accent:#34717e" in css
    assert 'src:url("fonts/bold.woff2")' in css
    assert "/*" not in css


def test_typeface_name_cannot_end_its_string() -> None:
    css = render_stylesheet(
        replace(site_frame(brand(), root_href=""), typeface_family='A"; } body { x'), FONTS
    )
    assert 'font-family:"A  body  x"' in css


def test_icon_is_the_first_letter_of_the_organisation() -> None:
    frame = site_frame(brand(), root_href="")
    assert 'fill="#0b4f5c"' in render_icon(frame)
    assert ">L</text>" in render_icon(frame)
    assert "></text>" in render_icon(replace(frame, organisation="<!--"))


def test_a_colour_that_is_none_is_refused() -> None:
    frame = replace(site_frame(brand(), root_href=""), light=replace(LIGHT, link="red;} body{"))
    with pytest.raises(ValueError, match="expected a colour like `#0b5c5e` for `link`"):
        render_stylesheet(frame, FONTS)


def test_second_colour_falls_back_to_the_first() -> None:
    roles: Roles = replace(LIGHT, highlight="")
    css = render_stylesheet(replace(site_frame(brand(), root_href=""), light=roles), FONTS)
    assert f"--highlight:{LIGHT.accent}" in css


def test_budgets_are_kept(brochure: Brochure) -> None:
    html = render_page(brochure.page)
    assert len(html.encode()) <= 60_000
    assert len(script("player.js").encode()) <= 8_000
    assert len(script("search.js").encode()) <= 8_000
    assert len(render_front_stylesheet().encode()) <= 4_000
    assert len(render_stylesheet(site_frame(brand(), root_href=""), FONTS).encode()) <= 13_000

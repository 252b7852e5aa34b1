"""Templates: strict, escaped, and replaceable one by one."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from ebrochure.model.brand import Roles
from ebrochure.model.page import Page
from ebrochure.publish.html import (
    CONTENT_POLICY,
    render_front_stylesheet,
    render_icon,
    render_index,
    render_page,
    render_stylesheet,
    render_transcript,
    script,
)
from ebrochure.publish.page import Brochure, build_index, site_frame
from tests.fixtures.languages import arabic, swahili
from tests.fixtures.pages import ATTACK, LIGHT, Media, brand, empty_media, hostile, rich, right_to_left


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
        '<script src="../static/terms.js" defer>',
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


def test_page_speaks_its_own_language_and_keeps_its_direction() -> None:
    html = render_page(right_to_left().page)
    assert '<html lang="ar" dir="rtl">' in html
    assert '<a class="skip" href="#main">الانتقال إلى المحتوى الرئيسي</a>' in html


def test_front_page_speaks_the_language_of_the_organisation() -> None:
    html = render_index(build_index(replace(brand(), language="ar"), ()))
    assert '<html lang="ar" dir="rtl">' in html
    assert "لم تُنشر أي خدمة بعد." in html


def test_page_in_a_language_without_a_catalogue_says_where_it_speaks_english() -> None:
    html = render_page(replace(right_to_left().page, language="fa"))
    assert '<html lang="fa" dir="rtl">' in html
    assert '<a class="skip" href="#main" lang="en" dir="ltr">Skip to main content</a>' in html


@pytest.mark.parametrize("make", [rich, arabic, swahili])
def test_no_sentence_is_left_with_a_gap(make: Callable[[Media], Brochure], tmp_path: Path) -> None:
    html = render_page(make(empty_media(tmp_path)).page)
    # A phrase about a number is filled by the script.
    assert set(re.findall(r"{[a-z_]*}", html)) <= {"{count}", "{at}", "{all}"}


def test_initials_that_would_be_joined_stand_apart() -> None:
    assert ">ل\u200cح</span>" in render_page(right_to_left().page)


def read(page: Page) -> str:
    """Return a page on one line, without the marks that only set parts of a sentence apart."""
    return " ".join(re.sub("</?bdi>", "", render_page(page)).split())


def test_page_says_who_confirmed_it_and_when(brochure: Brochure) -> None:
    html = read(brochure.page)
    assert "Last confirmed by Network Services on 1 October 2026. Next review by 1 October 2027." in html
    assert "Overdue for review" not in html


def test_page_that_is_overdue_says_so(tmp_path: Path) -> None:
    late = rich(empty_media(tmp_path), today=dt.date(2027, 10, 2)).page
    html = read(replace(late, owner=None))
    assert (
        "<strong>Overdue for review</strong> Last confirmed on 1 October 2026. "
        "A review was due by 1 October 2027, so some of this may be out of date."
    ) in html


def test_words_of_the_author_keep_their_language_inside_a_sentence_of_ours() -> None:
    html = render_page(replace(right_to_left().page, language="sw", direction="ltr", owner="<Idara>"))
    assert 'Last confirmed by <bdi lang="sw" dir="ltr">&lt;Idara&gt;</bdi> on <bdi lang="sw"' in html


def test_a_notice_is_the_first_thing_under_the_title(brochure: Brochure) -> None:
    assert re.search(
        r"<h1>Remote access</h1>\s*<p[^>]*><strong>Maintenance</strong> On Sunday", render_page(brochure.page)
    )


def test_a_transcript_page_leads_to_its_films_and_chapters(brochure: Brochure) -> None:
    html = render_transcript(brochure.page)
    leads = re.findall(r'<li[^>]*><a href="#([^"]+)">([^<]+)</a></li>', html)
    assert [title for _, title in leads] == [
        *("Remote access in one minute", "Why it is there", "When there is no signal"),
        *("If you lose a laptop", "Working abroad"),
    ]
    assert [anchor for anchor, _ in leads if html.count(f' id="{anchor}"') != 1] == []
    last = replace(brochure.page, videos=brochure.page.videos[1:])
    assert 'class="contents"' not in render_transcript(last)


def test_measures_without_targets_have_no_column_for_them(brochure: Brochure) -> None:
    aimless = tuple(replace(item, target=None) for item in brochure.page.measures)
    assert "Target" in render_page(brochure.page)
    assert "Target" not in render_page(replace(brochure.page, measures=aimless))


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
    css = render_stylesheet(site_frame(brand(), root_href=""))
    assert "--accent:#0b4f5c" in css
    assert "--accent:#34717e" in css
    assert 'src:url("fonts/bold.woff2")' in css
    assert "/*" not in css


def test_the_looks_know_no_left_and_no_right() -> None:
    css = render_stylesheet(site_frame(brand(), root_href=""))
    sides = r"(?<=[{;\n])(?:[a-z-]*\b(?:left|right)\b[a-z-]*:[^;}]*|[a-z-]+:(?:left|right)\b)"
    four = (
        r"(?<=[{;\n])(?:margin|padding|inset|border-\w+):([^\s;}]+) ([^\s;}]+) ([^\s;}]+) ([^\s;}]+)(?=[;}])"
    )
    assert re.findall(sides, css) == []
    assert [found for found in re.findall(four, css) if found[1] != found[3]] == []


def test_typeface_name_cannot_end_its_string() -> None:
    css = render_stylesheet(replace(site_frame(brand(), root_href=""), typeface_family='A"; } body { x'))
    assert 'font-family:"A  body  x"' in css


def test_icon_is_the_first_letter_of_the_organisation() -> None:
    frame = site_frame(brand(), root_href="")
    assert 'fill="#0b4f5c"' in render_icon(frame)
    assert ">L</text>" in render_icon(frame)
    assert "></text>" in render_icon(replace(frame, organisation="<!--"))


def test_a_colour_that_is_none_is_refused() -> None:
    frame = replace(site_frame(brand(), root_href=""), light=replace(LIGHT, link="red;} body{"))
    with pytest.raises(ValueError, match="expected a colour like `#0b5c5e` for `link`"):
        render_stylesheet(frame)


def test_second_colour_falls_back_to_the_first() -> None:
    roles: Roles = replace(LIGHT, highlight="")
    css = render_stylesheet(replace(site_frame(brand(), root_href=""), light=roles))
    assert f"--highlight:{LIGHT.accent}" in css


def test_budgets_are_kept(brochure: Brochure) -> None:
    html = render_page(brochure.page)
    assert len(html.encode()) <= 60_000
    assert sum(len(script(name).encode()) for name in ("player.js", "terms.js")) <= 8_000
    assert len(script("search.js").encode()) <= 8_000
    looks = render_stylesheet(site_frame(brand(), root_href="")).encode()
    assert len(gzip.compress(looks)) <= 8_000  # as servers send it
    assert len(looks) <= 20_000
    assert len(render_front_stylesheet().encode()) <= 4_000

"""An author's Markdown: what becomes of it, and what it cannot do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.publish.markdown import is_safe_link, markdown_html


def test_html_is_shown_and_not_obeyed() -> None:
    html = markdown_html("<script>alert(1)</script>\n\n<b onclick=x>bold</b>")
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "href",
    [
        "https://a.example/x?y#z",
        "HTTPS://A.EXAMPLE",
        "mailto:a@b.example",
        "tel:+441234",
        "rules.pdf",
        "../x/#goals",
        "#t=5",
        "/top",
        "a/b:c",
    ],
)
def test_links_that_may_stay(href: str) -> None:
    assert is_safe_link(href)


@pytest.mark.parametrize(
    "href",
    [
        "",
        "http://plain.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java%0ascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
    ],
)
def test_links_that_may_not(href: str) -> None:
    assert not is_safe_link(href)


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert(1))", "[x](java&#58;script:y)", "[x](&#106;avascript:y)", "<javascript:y>"]
)
def test_a_bad_link_is_only_text(text: str) -> None:
    assert "<a" not in markdown_html(text)


def test_a_link_elsewhere_tells_it_nothing_about_us() -> None:
    assert markdown_html("[x](https://a.example)") == (
        '<p><a href="https://a.example" rel="noopener noreferrer">x</a></p>\n'
    )
    assert "rel=" not in markdown_html("[x](rules.pdf)")


def test_headings_lie_below_the_section_and_skip_no_level() -> None:
    html = markdown_html("# One\n\n###### Deep\n\n## Two\n\n#### Three\n\n##### Four")
    assert re.findall(r"<h(\d)>", html) == ["3", "4", "3", "4", "5"]


def test_an_empty_heading_goes() -> None:
    assert markdown_html("###\n\n### `x`\n\n### &nbsp;") == "<h3><code>x</code></h3>\n"


def test_a_link_without_words_shows_its_address() -> None:
    assert markdown_html("[](https://a.example/b)").count("https://a.example/b") == 2


def test_a_picture_becomes_what_the_author_said_is_in_it() -> None:
    assert markdown_html('![a "quoted" <van>](https://evil.example/x.png)') == (
        "<p>a &#34;quoted&#34; &lt;van&gt;</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[Guten *Tag*]{lang=de}", '<p><span lang="de" dir="ltr">Guten <em>Tag</em></span></p>\n'),
        ("{lang=ar}\n> نعم", '<blockquote lang="ar" dir="rtl">\n<p>نعم</p>\n</blockquote>\n'),
        ('[x]{.a #b lang=fr onclick="y" style=z}', '<p><span lang="fr" dir="ltr">x</span></p>\n'),
        ("[x](a.pdf){lang=de href=b}", '<p><a href="a.pdf" lang="de" dir="ltr">x</a></p>\n'),
        ('[x]{lang="d e"}', "<p><span>x</span></p>\n"),
        ("{.a #b}\n> x", "<blockquote>\n<p>x</p>\n</blockquote>\n"),
        ("x {lang=de} [y]{1}", "<p>x {lang=de} [y]{1}</p>\n"),
    ],
)
def test_words_of_another_language_are_marked_and_braces_do_nothing_else(text: str, html: str) -> None:
    assert markdown_html(text) == html


def test_a_table_scrolls_in_a_box_that_a_keyboard_reaches() -> None:
    html = markdown_html("| | b |\n|---|---|\n| c | d |", table_label='Ta"ble')
    assert html.startswith('<div class="scroll" role="group" aria-label="Ta&#34;ble" tabindex="0"><table>')
    assert html.rstrip().endswith("</table></div>")
    assert "<th></th>" not in html
    assert "<th>b</th>" in html


@given(st.text(alphabet=st.sampled_from("<>\"'&[]{}()!#|`*_~:/\\ \n\tjavscriptonedhlg=1-.%"), max_size=80))
def test_no_text_makes_a_tag_or_a_link_that_is_not_ours(text: str) -> None:
    html = markdown_html(text)
    tags = set(re.findall(r"<\s*([a-zA-Z][a-zA-Z0-9]*)", html))
    assert tags <= {
        *("p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "em", "strong", "s", "code", "pre", "hr", "br"),
        *("blockquote", "table", "thead", "tbody", "tr", "th", "td", "div", "span"),
    }
    names = set(re.findall(r"\s([a-z-]+)=\"", "".join(re.findall(r"<[a-z][^>]*>", html))))
    assert names <= {
        "href",
        "title",
        "rel",
        "start",
        "lang",
        "dir",
        "class",
        "role",
        "aria-label",
        "tabindex",
    }
    assert all(is_safe_link(href) for href in re.findall(r'href="([^"&]*)"', html))

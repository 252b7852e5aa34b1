"""Terms of the glossary, explained where a page first uses them and nowhere else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.model.service import GlossaryTerm
from ebrochure.publish.glossary import Explainer
from ebrochure.publish.markdown import markdown_html
from tests.fixtures.pages import ATTACK

VPN = GlossaryTerm("VPN", "A private road.")
DEVICE = GlossaryTerm("managed device", "One that we look after.")


def explained(text: str, *terms: str | GlossaryTerm) -> list[str]:
    """Return the words of `text` that are explained in its HTML."""
    glossary = [GlossaryTerm(term, "Meaning.") if isinstance(term, str) else term for term in terms]
    html = markdown_html(text, explainer=Explainer(glossary))
    return re.findall(r'<button type="button" class="term"[^>]*>([^<]*)</button>', html)


def test_a_term_is_explained_where_it_is_first_used() -> None:
    html = markdown_html("Start the VPN. The VPN is slow.", explainer=Explainer((DEVICE, VPN)))
    assert html == (
        '<p>Start the <button type="button" class="term" popovertarget="term_2" popovertargetaction="show"'
        ' aria-describedby="term_2">VPN</button><span class="meaning" id="term_2" popover>'
        '<a href="#glossary_2">VPN</a> A private road.</span>. The VPN is slow.</p>\n'
    )


def test_a_term_is_explained_once_on_a_page_summary_and_sections_together() -> None:
    explainer = Explainer((VPN,))
    assert "term_1" in explainer.plain("Safe & sound, with a VPN.")
    assert "term_1" not in markdown_html("The VPN.", explainer=explainer)


def test_plain_text_is_escaped_around_a_term() -> None:
    html = Explainer((GlossaryTerm("R&D", "<b>"),)).plain("<i>R&D</i>")
    assert html.startswith("&lt;i&gt;<button")
    assert ">R&amp;D</button>" in html
    assert " &lt;b&gt;</span>&lt;/i&gt;" in html


@pytest.mark.parametrize(
    ("text", "term", "used"),
    [
        ("Two passkeys.", "passkey", ["passkeys"]),
        ("Passkey first.", "passkey", ["Passkey"]),
        ("A passkey's life.", "passkey", ["passkey"]),
        ("The passkeyring.", "passkey", []),
        ("Write to passkey@example.org about PASSKEY.", "passkey", ["PASSKEY"]),
        ("On help.passkey.example: PASSKEY.", "passkey", ["PASSKEY"]),
        ("A sub-net is no subnet.", "subnet", ["subnet"]),
        ("Two addresses.", "address", ["addresses"]),
        ("It is about IT.", "IT", ["IT"]),
        ("a managed\ndevice", "managed device", ["managed\ndevice"]),
        ("a **managed device**", "managed device", ["managed device"]),
        ("the managed device", "Managed Device", []),
        ("Write C++ or C.", "C++", ["C++"]),
        ("On .NET, not on net.", ".NET", [".NET"]),
        ("Die Größe. Grösse?", "größe", ["Größe"]),
        ("افتح الشبكة ثم شبكة.", "شبكة", ["شبكة"]),
        ("暗号化された通信を使う", "暗号化", ["暗号化"]),
        (r"A \*VPN\*", "VPN", ["VPN"]),
        ("| VPN |\n|---|\n| VPN |", "VPN", ["VPN"]),
    ],
)
def test_whole_words_and_their_plural_are_found(text: str, term: str, used: list[str]) -> None:
    assert explained(text, term) == used


@pytest.mark.parametrize(
    "text",
    [
        "### VPN",
        "[the VPN](https://a.example)",
        "`VPN`",
        "    VPN",
        "```\nVPN\n```",
        "![VPN](x.png)",
        "[Das VPN]{lang=de}",
        "{lang=de}\n> Das VPN.",
    ],
)
def test_headings_links_code_and_other_languages_stay_bare(text: str) -> None:
    assert explained(f"{text}\n\nThe VPN.", "VPN") == ["VPN"]
    assert explained(text, "VPN") == []


def test_the_longest_term_wins() -> None:
    assert explained("A managed device and a device.", "device", "managed device") == [
        "managed device",
        "device",
    ]


def test_a_hostile_term_stays_text() -> None:
    html = markdown_html(f"x {ATTACK} y", explainer=Explainer((GlossaryTerm(ATTACK, ATTACK),)))
    assert "<script" not in html
    assert "<img" not in html


class _Seen(HTMLParser):
    """Gathers what a reader sees while every meaning is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.closed = False

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.closed = self.closed or "popover" in dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        self.closed = self.closed and tag != "span"

    def handle_data(self, data: str) -> None:
        self.text += "" if self.closed else data


@given(
    st.text(alphabet="abAB <&\"'*-é.+(\u0301", max_size=40),
    st.lists(st.text(alphabet="abAB<&.+( é\u0301", min_size=1, max_size=4).filter(str.strip), max_size=3),
)
def test_an_explanation_takes_no_letter_from_the_text(text: str, terms: list[str]) -> None:
    seen = _Seen()
    seen.feed(str(Explainer([GlossaryTerm(term, "meaning") for term in terms]).plain(text)))
    seen.close()
    assert seen.text == text

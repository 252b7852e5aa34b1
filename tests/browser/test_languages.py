"""Pages in other languages than the site's: what they say by themselves, in whose voice, and which way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.pages import SPOKEN

pytestmark = pytest.mark.browser

SAID_IN = """(language) => {
  const lang = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[lang]").lang;
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const said = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const isShown = !node.parentElement.closest("script, style, noscript");
    if (isShown && lang(node) === language) said.push(node.data.trim());
  }
  const spoken = ["alt", "aria-label", "placeholder", "title", "label", "data-none", "data-copied"];
  for (const element of document.querySelectorAll("*"))
    for (const name of spoken)
      if (element.hasAttribute(name) && lang(element) === language) said.push(element.getAttribute(name));
  return said.filter(Boolean);
}"""
"""Everything that is read out in a language's voice: texts, and attributes that stand for text."""
NAMES = {
    *("Lindermere", "Water", "VPN", "Whisper", "base", "MP", "VTT", "PDF", "HTML", "Atom", "English"),
    *("Tab", "Enter", "Shift", "layla", "hassan", "example", "org"),
}


def test_arabic_page_has_no_word_of_english_but_names(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "remote-access-ar/")
    said = page.evaluate(SAID_IN, "ar")
    assert "نسخ رابط هذه اللحظة" in said
    assert set(re.findall(r"[A-Za-z]{2,}", " ".join(said))) <= NAMES


def test_arabic_page_runs_from_right_to_left(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "remote-access-ar/")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    logo, link = page.locator(".logo").bounding_box(), page.locator(".all-services").first.bounding_box()
    assert logo is not None
    assert link is not None
    assert logo["x"] > link["x"]
    # A number and a clock keep their own way.
    assert page.locator("a[href^='tel:']").evaluate("(link) => getComputedStyle(link).direction") == "ltr"


def test_joined_letters_are_not_moved_apart(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "remote-access-ar/")
    spacing = "(heading) => getComputedStyle(heading).letterSpacing"
    assert page.locator("h1").evaluate(spacing) in {"normal", "0px"}
    page.goto(rich_address + "remote-access/")
    assert page.locator("h1").evaluate(spacing).startswith("-")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("زيبرا", "لا نتائج"), ("ملفاتك", "نتيجة واحدة"), ("حاسوب", "3 نتائج"), ("ا", "12 نتيجة")],
)
def test_arabic_finds_are_counted_in_arabic(page: Page, rich_address: str, typed: str, told: str) -> None:
    page.goto(rich_address + "remote-access-ar/")
    film = page.locator("#video-explainer")
    film.get_by_label("البحث في النص").fill(typed)
    expect(film.locator(".found")).to_have_text(told)


def test_transcript_in_another_language_than_the_page_has_its_own_voice_and_way(
    page: Page, rich_address: str
) -> None:
    page.goto(rich_address + "remote-access-ar/")
    foreign = page.locator("#video-abroad .paragraph p:not(.clock)").first
    expect(foreign).to_have_attribute("lang", "en")
    expect(foreign).to_have_attribute("dir", "ltr")
    assert foreign.evaluate("(text) => getComputedStyle(text).textAlign") == "start"
    assert set(SPOKEN) <= set(page.evaluate(SAID_IN, "en"))
    assert page.locator("#video-explainer .paragraph p[lang]").count() == 0


def test_captions_are_offered_each_in_its_own_voice(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "remote-access-ar/")
    film = page.locator("#video-explainer")
    assert film.locator("track[kind=captions], track[kind=subtitles]").evaluate_all(
        "(all) => all.map((track) => track.srclang)"
    ) == ["ar", "en"]
    english = film.get_by_role("button", name="English")
    expect(english).to_have_attribute("lang", "en")
    expect(english).to_have_attribute("dir", "ltr")


def test_german_page_of_an_english_site_speaks_german(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "fernzugang/")
    said = page.evaluate(SAID_IN, "de-AT")
    assert {"Zum Hauptinhalt springen", "Alle Dienste", "Für", "Hilfe"} <= set(said)
    assert "7. Jänner 2026" in " ".join(said)
    # English is the site's own footer, and nothing else.
    footer = page.locator("footer p").all_inner_texts()
    assert page.evaluate(SAID_IN, "en") == footer


def test_page_in_a_language_without_a_catalogue_says_which_of_its_words_are_english(
    page: Page, rich_address: str
) -> None:
    page.goto(rich_address + "ufikiaji/")
    english, own = page.evaluate(SAID_IN, "en"), page.evaluate(SAID_IN, "sw")
    assert {"All services", "Captions", "Transcript", "Downloads", "24 seconds"} <= set(english)
    assert {"Asha Juma", "Mratibu wa mtandao", "7 Januari 2026", "Malengo"} <= set(own)
    assert not set(re.findall(r"\w+", " ".join(own))) & {"Captions", "Speed", "Chapters", "With", "kB"}


def test_front_page_shows_each_title_in_its_own_voice(page: Page, rich_address: str) -> None:
    page.goto(rich_address)
    title = page.get_by_role("heading", name="الوصول عن بُعد")
    expect(title).to_have_attribute("lang", "ar")
    expect(title).to_have_attribute("dir", "rtl")
    assert "Live" in page.evaluate(SAID_IN, "en")

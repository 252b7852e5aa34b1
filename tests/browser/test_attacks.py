"""Every hostile string that we have, in every place for text: nothing of it is run, all of it is read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page

from ebrochure.publish.site import publish_site
from tests.browser.conftest import served
from tests.fixtures.attacks import attacks
from tests.fixtures.pages import brand, empty_media, hostile

pytestmark = pytest.mark.browser

FEEDS = ("**/*.atom", "**/*.rss", "**/*.xml", "**/*.svg")
XHTML = "{http://www.w3.org/1999/xhtml}"
WATCH = """document.addEventListener("securitypolicyviolation",
  (event) => (window.refused ||= []).push(`${event.violatedDirective} ${event.blockedURI}`))"""
JUDGE = """() => ({
  ran: [window.__xss, window.attacked].filter((value) => value !== undefined),
  refused: window.refused || [],
  handlers: [...document.querySelectorAll("*")]
    .filter((element) => element.getAttributeNames().some((name) => /^(on|style$)/.test(name)))
    .map((element) => element.outerHTML.slice(0, 200)),
  schemes: [...new Set([...document.links].map(({protocol}) => protocol))]
    .filter((scheme) => !["http:", "https:", "mailto:", "tel:"].includes(scheme)),
  strangers: [...document.querySelectorAll(`script:not([src], [type="text/vtt"], [type$=json]), base,
    meta[http-equiv=refresh], [action], object, embed`)].map(({outerHTML}) => outerHTML),
})"""
HARMLESS = {"ran": [], "refused": [], "handlers": [], "schemes": [], "strangers": []}


@pytest.fixture(scope="module")
def strings(samples: Path) -> tuple[str, ...]:
    """Return every hostile string."""
    corpus = samples / "corpus"
    if not corpus.is_dir():
        pytest.skip(f"no awkward inputs at {corpus}")
    return attacks(corpus)


@pytest.fixture(scope="module")
def attacked(strings: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a service for each string, which says nothing else; its film cannot be played."""
    media = empty_media(tmp_path_factory.mktemp("attacked-media"))
    brochures = [hostile(media, text, name=f"attack-{number}") for number, text in enumerate(strings)]
    return publish_site(brochures, brand=brand(), renders=tmp_path_factory.mktemp("attacked"))


def test_no_hostile_string_is_run_on_any_page(browser: Browser, attacked: Path) -> None:
    pages = sorted(path.relative_to(attacked).as_posix() for path in attacked.glob("**/*.html"))
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    found = {}
    with served(attacked) as address:
        for path in pages:
            page.goto(address + path, wait_until="load")
            found[path] = page.evaluate(JUDGE)
        strangers = {url for url in asked if not url.startswith(address)}
    context.close()
    assert len(pages) > 50
    assert {path: judged for path, judged in found.items() if judged != HARMLESS} == {}
    assert strangers == set()
    assert dialogs == []


def test_hostile_strings_are_read_as_they_were_written(
    page: Page, strings: tuple[str, ...], attacked: Path
) -> None:
    places = """(selectors) => selectors.map((selector) =>
      document.querySelector(selector)?.textContent.replace(/\\s+/g, " ").trim())"""
    wrong = []
    for number, text in enumerate(strings):
        page.set_content((attacked / f"attack-{number}" / "index.html").read_text(encoding="utf-8"))
        title, spoken = page.evaluate(places, ["h1", "[data-start]"])
        written = " ".join(text.split())
        if title != written or not spoken.endswith(written):
            wrong.append((text, title, spoken))
    assert wrong == []


def test_hostile_strings_leave_feeds_and_data_whole(attacked: Path) -> None:
    for path in {path for pattern in FEEDS for path in attacked.glob(pattern)}:
        tree = ET.parse(path)  # noqa: S314  our own file
        assert [item.tag for item in tree.iter() if str(item.tag).startswith(XHTML + "script")] == [], path
    for path in attacked.glob("**/*.json"):
        json.loads(path.read_text(encoding="utf-8"))

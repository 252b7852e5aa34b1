"""What a page must never do: ask anybody else, run an author's words, or break its own policy."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

REFUSED_ON_A_DISK = (
    "Unsafe attempt to load URL",  # text tracks: the captions are in the page for that
    "static/fonts/",  # letters before the stylesheet asks for them: then they do come
)
"""What Chromium says of a page opened from a disk, and what it stands for."""


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_page_asks_nobody_else_and_keeps_its_policy(
    page: Page, site: Path, address: str, name: str, scheme: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(f"{message.text} {message.location}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) => console.log(event.blockedURI))"
    )
    url = address + name if scheme == "http" else (site / name).as_uri()

    page.goto(url, wait_until="load")
    page.evaluate("document.querySelectorAll('img').forEach((image) => image.loading = 'eager')")
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.wait_for_load_state("networkidle")

    assert {urlsplit(item).netloc for item in asked} == {urlsplit(url).netloc}
    expected = REFUSED_ON_A_DISK if scheme == "file" else ()
    assert [text for text in said if not any(part in text for part in expected)] == []


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_pictures_letters_and_looks_arrive(
    page: Page, site: Path, address: str, name: str, scheme: str
) -> None:
    page.goto(address + name if scheme == "http" else (site / name).as_uri())
    page.evaluate("document.querySelectorAll('img').forEach((image) => image.loading = 'eager')")
    page.wait_for_function("() => [...document.images].every((image) => image.complete)")
    broken = "[...document.images].filter((image) => !image.naturalWidth).map((image) => image.src)"
    assert page.evaluate(broken) == []
    loaded = "document.fonts.ready.then(() => [...document.fonts].some((font) => font.status === 'loaded'))"
    assert page.evaluate(loaded)


@pytest.mark.parametrize("path", ["hostile/index.html", "index.html"])
def test_hostile_words_stay_words(page: Page, rich_address: str, path: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(rich_address + path)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.attacked") is None
    assert dialogs == []
    scripts = page.evaluate(
        "[...document.scripts].filter(({type}) => !['text/vtt', 'application/ld+json'].includes(type))"
        ".map((script) => script.outerHTML)"
    )
    assert all(script.startswith('<script src="') and script.endswith("></script>") for script in scripts)
    assert page.evaluate("document.querySelectorAll('[onerror], [onclick], [onmouseover]').length") == 0
    links = page.evaluate("[...document.links].map((link) => link.protocol)")
    assert set(links) <= {"http:", "https:", "mailto:", "tel:"}
    assert "{{7*7}}" in page.content()


def test_hostile_captions_stay_captions(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "hostile/")
    page.wait_for_function("() => document.querySelector('video').textTracks[0].cues?.length === 3")
    shown = page.evaluate(
        "[...document.querySelector('video').textTracks[0].cues].map((cue) => cue.getCueAsHTML().textContent)"
    )
    assert shown[1] == "</script><!-- <script>"
    assert "window.attacked=1" in shown[0]


def test_hostile_captions_are_the_same_from_a_disk(page: Page, rich_site: Path, rich_address: str) -> None:
    words = "[...document.querySelector('video').textTracks[0].cues].map((cue) => cue.text)"
    there = "() => document.querySelector('video').textTracks[0].cues?.length === 3"
    page.goto(rich_address + "hostile/")
    page.wait_for_function(there)
    served = page.evaluate(words)
    page.goto((rich_site / "hostile" / "index.html").as_uri())
    page.wait_for_function(there)
    assert page.evaluate(words) == served


def test_page_prints_every_word_of_the_transcript(browser: Browser, rich_address: str) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 1000})
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    page.emulate_media(media="print")
    cut = page.evaluate(
        """[...document.querySelectorAll(".transcript-text")].filter((panel) =>
          panel.scrollHeight > panel.getBoundingClientRect().height + 2).length"""
    )
    assert cut == 0
    assert not page.locator(".tools").first.is_visible()
    context.close()

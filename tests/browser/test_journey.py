"""An employee's way through the site with nothing but a keyboard, as roles and names tell it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from ebrochure.publish.words import words_for
from tests.fixtures.pages import SPOKEN

WORDS = words_for("en")
pytestmark = pytest.mark.browser

FILM = "document.querySelector('#video-explainer video')"
SHOWN = f"[...{FILM}.textTracks].filter(({{mode}}) => mode === 'showing').map(({{language}}) => language)"
MOST_STOPS = 150


@pytest.fixture
def index(page: Page, rich_address: str) -> Page:
    """Open the front page, on which nothing scrolls smoothly and nothing is focused yet."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(rich_address)
    return page


def go_to(target: Locator, key: str = "Tab") -> None:
    """Press `key` until `target` has the focus, and see that it can be seen."""
    for _ in range(MOST_STOPS):
        target.page.keyboard.press(key)
        if target.evaluate("(element) => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
    pytest.fail(f"{MOST_STOPS} times {key} do not lead to {target}")


def test_whole_way_can_be_gone_by_keyboard(index: Page) -> None:
    page, press = index, index.keyboard.press
    go_to(page.get_by_role("link", name="Remote access", exact=True))
    press("Enter")
    expect(page.get_by_role("heading", level=1, name="Remote access")).to_be_visible()
    film = page.locator("#video-explainer")

    go_to(film.locator("video"))
    press("Space")
    page.wait_for_function(f"() => !{FILM}.paused && {FILM}.currentTime > 0.2")
    press("Space")
    page.wait_for_function(f"() => {FILM}.paused")

    go_to(film.get_by_role("button", name=WORDS.captions_off, exact=True))
    press("Enter")
    page.wait_for_function(f"() => {SHOWN}.length === 0")
    go_to(film.get_by_role("button", name="English"))
    press("Space")
    page.wait_for_function(f"() => {SHOWN}[0] === 'en'")

    go_to(film.get_by_role("link", name="0:15 If you lose a laptop"))
    press("Enter")
    page.wait_for_function(f"() => {FILM}.currentTime >= 15 && {FILM}.currentTime < 18")

    go_to(film.get_by_role("searchbox", name=WORDS.search_transcript))
    page.keyboard.type("laptop")
    expect(film.get_by_role("status").filter(has_text="3")).to_be_visible()

    go_to(film.get_by_role("link", name="0:09", exact=True))
    press("Enter")
    page.wait_for_function(f"() => {FILM}.currentTime >= 9 && {FILM}.currentTime < 12")

    go_to(page.get_by_role("link", name=WORDS.glossary).first)
    press("Enter")
    expect(page.get_by_role("heading", name=WORDS.glossary)).to_be_in_viewport()

    go_to(page.get_by_role("link", name="priya.shah@example.org"))

    go_to(page.get_by_role("link", name=WORDS.all_services).first, "Shift+Tab")
    press("Enter")
    expect(page.get_by_role("link", name="Remote access", exact=True)).to_be_visible()


def test_spoken_word_is_found_and_played_by_keyboard(index: Page) -> None:
    page = index
    go_to(page.get_by_role("searchbox", name="Search"))
    page.keyboard.type("within the hour")
    result = page.get_by_role("link").filter(has_text=SPOKEN[6]).first
    expect(result).to_be_visible()
    go_to(result)
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {FILM}.currentTime === 18")

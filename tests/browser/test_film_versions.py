"""Described and signed versions in a real browser: the same moment, with the same captions."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.pages import SPOKEN

pytestmark = pytest.mark.browser

FILM = "document.querySelector('#video-explainer video')"
SHOWN = f"{FILM}.currentSrc.split('/').at(-1)"
SAID = f"""() => [...{FILM}.textTracks].filter((track) => track.mode === "showing")
  .flatMap((track) => [...(track.cues || [])].map((cue) => cue.text.replaceAll("\\n", " ")))"""
IS_CAPTIONED = f"() => ({SAID})().length === {len(SPOKEN)}"


@pytest.fixture(params=["http", "file"])
def brochure(request: pytest.FixtureRequest, rich_site: Path, rich_address: str) -> str:
    """Return the rich brochure's address, once on a server and once on a disk."""
    file = (rich_site / "remote-access" / "index.html").as_uri()
    return rich_address + "remote-access/" if request.param == "http" else file


def choose(page: Page, name: str) -> None:
    page.locator("#video-explainer").get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize(
    ("version", "file"),
    [("Audio description", "explainer.described.mp4"), ("Sign language", "explainer.sign.mp4")],
)
def test_version_goes_on_where_the_film_was_with_its_captions(
    page: Page, brochure: str, version: str, file: str
) -> None:
    page.goto(brochure + "?t=9")
    page.wait_for_function(IS_CAPTIONED)
    page.evaluate(f"{FILM}.muted = true; {FILM}.play()")
    page.wait_for_function(f"() => {FILM}.currentTime > 9.2")

    choose(page, version)

    page.wait_for_function(f"() => {SHOWN} === '{file}' && {FILM}.readyState > 2")
    page.wait_for_function(f"() => !{FILM}.paused && {FILM}.currentTime > 9.4")
    assert page.evaluate(f"{FILM}.currentTime") < 16
    assert page.evaluate(SAID) == list(SPOKEN)
    expect(page.get_by_role("group", name="Version").get_by_role("button", pressed=True)).to_have_text(
        version
    )

    choose(page, "Standard")

    page.wait_for_function(f"() => {SHOWN} === 'explainer.mp4' && {FILM}.readyState > 2")
    assert page.evaluate(f"{FILM}.currentTime") > 9.4
    assert page.evaluate(SAID) == list(SPOKEN)


def test_captions_that_are_off_stay_off_and_the_speed_stays(page: Page, brochure: str) -> None:
    page.goto(brochure)
    page.wait_for_function(IS_CAPTIONED)
    choose(page, "Off")
    page.locator("#video-explainer").get_by_label("Speed").select_option("1.5")
    choose(page, "Sign language")
    page.wait_for_function(f"() => {SHOWN} === 'explainer.sign.mp4' && {FILM}.readyState > 1")
    assert page.evaluate(SAID) == []
    assert page.evaluate(f"{FILM}.playbackRate") == 1.5
    assert page.evaluate(f"{FILM}.paused")


def test_version_is_remembered_and_a_link_still_lands_on_its_second(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "remote-access/")
    choose(page, "Sign language")
    page.goto(rich_address + "remote-access/?t=15")
    page.wait_for_function(f"() => {SHOWN} === 'explainer.sign.mp4' && {FILM}.currentTime === 15")
    page.wait_for_function(IS_CAPTIONED)
    expect(page.get_by_role("button", name="Sign language")).to_have_attribute("aria-pressed", "true")


def test_small_screen_gets_the_small_file(browser: Browser, rich_address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(rich_address + "remote-access/")
    choose(page, "Sign language")
    page.wait_for_function(f"() => {SHOWN} === 'explainer.sign.360p.mp4'")
    page.close()


def test_film_without_versions_offers_none(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "remote-access/")
    expect(page.locator("#video-abroad").get_by_role("group", name="Captions")).to_be_visible()
    expect(page.locator("#video-abroad").get_by_role("group", name="Version")).to_have_count(0)


def test_without_scripts_each_version_has_a_page_with_its_captions(
    browser: Browser, rich_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    page.get_by_role("link", name="Remote access in one minute, in sign language").first.click()
    expect(page).to_have_url(rich_address + "remote-access/sign-explainer.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Remote access in one minute, in sign language")
    expect(page.locator("source")).to_have_attribute("src", "media/explainer.sign.mp4")
    expect(page.locator("track[default]")).to_have_attribute("src", "media/explainer.en.vtt")
    context.close()

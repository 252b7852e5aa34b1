"""The film alone, as it is seen in a frame of somebody else's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.fixtures.pages import SPOKEN

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height"), [(320, 180), (640, 400), (960, 540)])
def test_film_shows_whole_with_captions_in_a_frame(
    page: Page, rich_address: str, width: int, height: int
) -> None:
    src = f"{rich_address}remote-access/embed-explainer.html"
    page.set_content(f'<iframe src="{src}" width="{width}" height="{height}" title="Film"></iframe>')
    frame = page.frame_locator("iframe")
    frame.locator("video").wait_for()
    inside = page.frames[1]
    inside.wait_for_function("() => document.querySelector('video').textTracks[0].cues?.length > 0")
    assert inside.evaluate("document.querySelector('video').textTracks[0].mode") == "showing"
    assert inside.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert frame.locator("p a").is_visible()


def test_film_alone_leads_out_of_the_frame_to_its_page(page: Page, rich_address: str) -> None:
    src = f"{rich_address}remote-access/embed-explainer.html"
    page.set_content(f'<iframe src="{src}" width="640" height="400" title="Film"></iframe>')
    page.frame_locator("iframe").locator("p a").click()
    page.wait_for_url(f"{rich_address}remote-access/index.html#video-explainer")


def test_film_alone_begins_at_the_second_that_its_address_names(page: Page, rich_address: str) -> None:
    page.goto(f"{rich_address}remote-access/embed-explainer.html?t=9")
    page.wait_for_function("() => document.querySelector('video').currentTime === 9")
    assert page.evaluate("document.querySelector('video').paused")


@pytest.mark.parametrize("file", ["embed-explainer.html", "sign-explainer.html"])
def test_film_alone_has_its_captions_on_a_disk_too(page: Page, rich_site: Path, file: str) -> None:
    page.goto((rich_site / "remote-access" / file).as_uri())
    page.wait_for_function(
        f"""() => [...document.querySelector("video").textTracks].some(
          (track) => track.mode === "showing" && track.cues?.length === {len(SPOKEN)})"""
    )

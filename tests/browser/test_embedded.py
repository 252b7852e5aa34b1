"""The film alone, as it is seen in a frame of somebody else's page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

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

"""The author's words: terms explained in place, ways to people, figures drawn as they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

MEANING = "A private, encrypted road through the public internet."


@pytest.fixture
def brochure(page: Page, rich_address: str) -> Page:
    """Return a tab with the rich brochure in it, the first use of a term in the middle."""
    page.goto(rich_address + "remote-access/")
    term(page).evaluate("(element) => element.scrollIntoView({block: 'center', behavior: 'instant'})")
    return page


def term(page: Page) -> Locator:
    """Return the use of a term that is explained."""
    return page.locator("button.term", has_text="VPN")


def meaning(page: Page) -> Locator:
    """Return what explains it."""
    return page.locator(".meaning", has_text=MEANING)


def test_a_meaning_comes_on_hover_can_be_hovered_and_goes_with_escape(brochure: Page) -> None:
    # Source: WCAG 2.2, 1.4.13.
    term(brochure).hover()
    expect(meaning(brochure)).to_be_visible()
    meaning(brochure).hover()
    brochure.wait_for_timeout(500)  # longer than a pointer's way takes
    expect(meaning(brochure)).to_be_visible()

    brochure.keyboard.press("Escape")
    expect(meaning(brochure)).to_be_hidden()

    term(brochure).hover()
    expect(meaning(brochure)).to_be_visible()
    brochure.mouse.move(1, 1)
    expect(meaning(brochure)).to_be_hidden()


def test_a_meaning_comes_with_the_focus_and_leads_to_the_list(brochure: Page) -> None:
    term(brochure).focus()
    expect(meaning(brochure)).to_be_visible()
    brochure.keyboard.press("Escape")
    expect(meaning(brochure)).to_be_hidden()
    expect(term(brochure)).to_be_focused()

    brochure.keyboard.press("Enter")
    brochure.keyboard.press("Tab")
    expect(meaning(brochure).get_by_role("link")).to_be_focused()
    brochure.wait_for_timeout(500)
    expect(meaning(brochure)).to_be_visible()
    brochure.keyboard.press("Escape")
    brochure.wait_for_timeout(500)
    expect(meaning(brochure)).to_be_hidden()
    expect(term(brochure)).to_be_focused()

    brochure.keyboard.press("Enter")
    brochure.keyboard.press("Tab")
    brochure.keyboard.press("Enter")
    expect(brochure.locator("#glossary :target dd")).to_have_text(MEANING)
    expect(brochure.locator("#glossary :target")).to_be_in_viewport()


def test_a_meaning_goes_with_the_focus_and_covers_nothing_that_comes_next(brochure: Page) -> None:
    term(brochure).focus()
    brochure.keyboard.press("Tab")
    expect(meaning(brochure).get_by_role("link")).to_be_focused()

    brochure.keyboard.press("Tab")

    assert brochure.evaluate("document.activeElement.closest('.meaning, .term')") is None
    is_open = meaning(brochure).evaluate("(element) => element.matches(':popover-open')")
    assert not is_open  # at once, not soon


@pytest.mark.parametrize("scripts", [True, False])
def test_a_meaning_comes_with_a_touch_and_without_scripts(
    browser: Browser, rich_address: str, *, scripts: bool
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 700}, has_touch=True, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    term(page).tap()
    expect(meaning(page)).to_be_visible()
    box = meaning(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.keyboard.press("Escape")
    expect(meaning(page)).to_be_hidden()
    context.close()


def test_people_and_help_are_one_step_from_the_top_of_a_phone(browser: Browser, rich_address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    for way, there in (("Your contact", "priya.shah@example.org"), ("Get help", "Help online")):
        page.evaluate("scrollTo(0, 0)")
        link = page.get_by_role("navigation", name="Shortcuts").get_by_role("link", name=way)
        expect(link).to_be_in_viewport()
        link.click()
        expect(page.get_by_role("link", name=there)).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_bars_are_as_long_as_their_figures_from_where_reading_starts(brochure: Page, direction: str) -> None:
    brochure.evaluate("(direction) => { document.documentElement.dir = direction }", direction)
    drawn = brochure.evaluate(
        """(isRtl) => [...document.querySelectorAll(".chart svg")].map((chart) => {
          const [scale, value, mark] = [".scale", ".value", ".mark"].map(
            (part) => chart.querySelector(part).getBoundingClientRect());
          const from = (x) => Math.abs(x - (isRtl ? scale.right : scale.left)) / scale.width;
          return [from(isRtl ? value.left : value.right), from((mark.left + mark.right) / 2)]
            .map((share) => Math.round(share * 100));
        })""",
        direction == "rtl",
    )
    assert drawn == [[99, 99], [87, 90], [88, 84]]
    expect(brochure.get_by_role("row", name="Satisfaction in the spring survey")).to_contain_text("4.4")

"""What axe, a keyboard and a narrow screen have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import node_module, served

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations", "incomplete"]});
  const told = (list) => list.map((rule) => [rule.id, rule.nodes.map((node) => node.html.slice(0, 160))]);
  return {violations: told(found.violations), incomplete: told(found.incomplete)};
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(browser: Browser, address: str, name: str, scheme: str, width: int) -> None:
    axe = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
    # Our own policy would keep the checker out.
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(address + name)
    # What is scrolled out of a box axe cannot judge, so the boxes are opened, and cells of tables stacked.
    page.add_style_tag(
        content=".transcript-inner { position: static !important } "
        ":is(.transcript-inner, .chapters) { max-height: none !important }"
        ".scroll :is(td, th) { display: block !important }"
    )
    page.evaluate(axe)

    found = page.evaluate(RUN_AXE, RULES)

    context.close()
    assert found["violations"] == []
    assert found["incomplete"] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_text_spacing_and_twice_the_size_lose_nothing(page: Page, address: str, name: str) -> None:
    # Source: WCAG 2.2, 1.4.12 and 1.4.4.
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(address + name)
    page.evaluate(
        """() => {
          const spaced = new CSSStyleSheet();
          spaced.replaceSync(`html { font-size: 200% } * { line-height: 1.5 !important;
            letter-spacing: .12em !important; word-spacing: .16em !important }`);
          document.adoptedStyleSheets = [spaced];
        }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    cut = page.evaluate(
        """[...document.querySelectorAll("h1, h2, h3, p, li, dd, dt, button, a")].filter((element) =>
          element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "hidden"
          && !element.closest(".hidden-text")).length"""
    )
    assert cut == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_keyboard_reaches_every_control_in_reading_order(page: Page, rich_address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")  # a smooth scroll is still on its way when we look
    page.goto(rich_address + "remote-access/")
    wanted = page.evaluate(
        """[...document.querySelectorAll("a, button, input, select, video, summary, [tabindex='0']")]
          .filter((element) => element.checkVisibility({contentVisibilityAuto: true})).length"""
    )

    reached = []
    for _ in range(wanted * 4):  # a video's own controls take several stops
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const here = document.activeElement;
              if (here === document.body) return null;
              const box = here.getBoundingClientRect();
              const style = getComputedStyle(here);
              const after = getComputedStyle(here, "::after");
              const [line] = here.getClientRects();
              const hits = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(
                line.x + line.width * part, line.y + line.height / 2));
              return {at: [...document.querySelectorAll("*")].indexOf(here), tag: here.tagName,
                      seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
                      bare: hits.some((hit) => here.contains(hit)),
                      over: hits.map((hit) => hit?.outerHTML.slice(0, 80)),
                      ring: style.outlineStyle !== "none" || after.outlineStyle !== "none"};
            }"""
        )
        if stop is None:
            break
        if not reached or reached[-1]["at"] != stop["at"]:
            reached.append(stop)

    assert len(reached) >= wanted
    assert [stop["at"] for stop in reached] == sorted(stop["at"] for stop in reached)
    assert [stop for stop in reached if not stop["seen"]] == []
    assert [stop for stop in reached if not stop["bare"]] == []  # WCAG 2.2, 2.4.11: nothing lies over it
    assert [stop["tag"] for stop in reached if not stop["ring"] and stop["tag"] != "VIDEO"] == []


def test_skip_link_leads_past_the_header(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "remote-access/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_long_transcript_can_be_stepped_over(page: Page, stress_site: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    with served(stress_site) as url:
        page.goto(url + "everything/")
        film = page.locator("#video-film-1")
        assert film.locator(".transcript-text a").count() > 500
        film.locator("[data-follow]").focus()
        page.keyboard.press("Tab")
        link = film.locator(".transcript .skip")
        assert link.evaluate("(element) => element === document.activeElement")
        assert link.evaluate("(element) => getComputedStyle(element).clipPath") == "none"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.slides') !== null")


def test_no_motion_where_none_is_wanted(browser: Browser, rich_address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def test_forced_colours_still_show_which_captions_are_on(browser: Browser, rich_address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    ground = "(element) => getComputedStyle(element).backgroundColor"
    on = page.locator("[data-captions='en']").first.evaluate(ground)
    off = page.locator("[data-captions='']").first.evaluate(ground)
    assert on != off
    context.close()

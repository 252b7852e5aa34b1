"""What must not be lost when readers change a page: its width, scripts, colours, motion, direction."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import node_module

pytestmark = pytest.mark.browser

# Words that can be seen, by the element they stand in; what is scrolled out of its box counts as seen.
SEEN_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const here = node.parentElement;
    if (here.closest("script, style, video") || !here.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    if (range.getClientRects().length) seen.push(...node.textContent.split(/\\s+/).filter(Boolean));
  }
  return seen.sort();
}"""
WORDS_FOR_SCRIPTS = """() => [...document.querySelectorAll("[hidden]")]
  .flatMap((element) => [element, ...element.querySelectorAll("*")])
  .flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
  .flatMap((node) => node.data.split(/\\s+/).filter(Boolean))"""
IDLE_CONTROLS = """() => [...document.querySelectorAll("button, input, select, [role=button]")]
  .filter((element) => element.checkVisibility({visibilityProperty: true}))
  .filter((element) => !element.matches("[popovertarget], [commandfor]"))
  .map((element) => element.outerHTML)"""
MOVING = """() => [...document.querySelectorAll("*")].filter((element) =>
    ["", "::before", "::after"].some((part) => {
      const style = getComputedStyle(element, part || null);
      const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
      return style.scrollBehavior === "smooth" || lasts(style.transitionDuration)
        || (style.animationName !== "none" && lasts(style.animationDuration));
    })).map((element) => element.outerHTML.slice(0, 120))"""
CONTROLS = "a[href], button, input, select, summary, [tabindex='0']"
# One of a kind is enough: those of a kind share their rules.
ONE_OF_EACH = f"""() => {{
  const kinds = new Map();
  for (const element of document.querySelectorAll("{CONTROLS}")) {{
    if (!element.checkVisibility({{visibilityProperty: true}})) continue;
    const kind = [element.tagName, element.type, element.className, element.parentElement.className].join();
    if (!kinds.has(kind)) kinds.set(kind, element);
  }}
  return [...kinds.values()].map((element, number) => (element.dataset.kind = number));
}}"""
LINE_STARTS = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd)")]
  .filter((element) => element.checkVisibility() && getComputedStyle(element).textAlign === "left")
  .filter((element) => getComputedStyle(element).direction === "rtl")
  .map((element) => element.outerHTML.slice(0, 120))"""


def test_no_word_depends_on_the_width_of_the_screen(page: Page, address: str, name: str) -> None:
    # Source: WCAG 2.2, 1.4.10.
    page.goto(address + name)
    seen = []
    for width in (1920, 1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        seen.append(page.evaluate(SEEN_WORDS))
    assert len(seen[0]) > 5
    assert all(wider == narrower for wider, narrower in pairwise(seen))


def test_no_word_is_lost_without_scripts(browser: Browser, page: Page, address: str, name: str) -> None:
    page.goto(address + name, wait_until="load")
    with_scripts = set(page.evaluate(SEEN_WORDS))
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(address + name)
    without, for_scripts = set(plain.evaluate(SEEN_WORDS)), set(plain.evaluate(WORDS_FOR_SCRIPTS))
    idle = plain.evaluate(IDLE_CONTROLS)
    plain.context.close()
    assert with_scripts - without - for_scripts == set()
    assert without - with_scripts == set()
    assert idle == []


def test_nothing_moves_where_no_motion_is_wanted(browser: Browser, address: str, name: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + name)
    moving = page.evaluate(MOVING)
    context.close()
    assert moving == []


def test_targets_are_large_enough_to_hit(browser: Browser, address: str, name: str) -> None:
    # Source: WCAG 2.2, 2.5.8. Axe knows the exceptions: links in a sentence, and space around what is small.
    context = browser.new_context(viewport={"width": 360, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + name)
    page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: {type: 'rule', values: ['target-size']}})")
    context.close()
    assert found["passes"] != []
    assert [
        node["html"] for rule in found["violations"] + found["incomplete"] for node in rule["nodes"]
    ] == []


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
@pytest.mark.parametrize("path", ["", "remote-access/", "remote-access-ar/"])
def test_focus_is_drawn_in_all_colours(browser: Browser, rich_address: str, path: str, colours: str) -> None:
    context = browser.new_context(
        color_scheme="dark" if colours == "dark" else "light",
        forced_colors="active" if colours == "forced" else "none",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(rich_address + path)
    page.keyboard.press("Tab")  # from here on the browser shows where the focus is
    kinds = page.evaluate(ONE_OF_EACH)
    unchanged = [html for kind in kinds if (html := _same_with_focus(page, kind))]
    context.close()
    assert len(kinds) > 2
    assert unchanged == []


def test_forced_colours_tell_states_apart(browser: Browser, rich_address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    page.wait_for_function("() => document.querySelector('#video-explainer [aria-pressed=true]')")
    film = page.locator("#video-explainer")
    looks = """(element) => {
      const {backgroundColor, color, outline, borderColor, textDecoration} = getComputedStyle(element);
      return [backgroundColor, color, outline, borderColor, textDecoration].join();
    }"""
    pressed = film.locator("[aria-pressed=true]").first.evaluate(looks)
    assert pressed != film.locator("[aria-pressed=false]").first.evaluate(looks)

    page.evaluate("document.querySelector('#video-explainer video').currentTime = 7")
    spoken = film.locator("[data-start][aria-current=true]").evaluate(looks)
    assert spoken != film.locator("[data-start]:not([aria-current])").first.evaluate(looks)
    context.close()


@pytest.mark.parametrize("path", ["made-up/remote-access-ar/index.html", "stress/everything/index.html"])
def test_right_to_left_text_begins_at_the_right(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    title = page.get_by_role("heading", level=1).bounding_box()
    assert title
    assert title["x"] + title["width"] > 1280 / 2
    assert page.evaluate(LINE_STARTS) == []


def _same_with_focus(page: Page, kind: int) -> str:
    """Return the HTML of the control `kind` where the focus does not change its looks, else nothing."""
    control = page.locator(f"[data-kind='{kind}']")
    control.evaluate("(element) => { element.scrollIntoView({block: 'center'}); element.blur() }")
    # A link that fills a card draws its ring around the card.
    box = control.evaluate(
        """(element) => {
          const {x, y, width, height} = (element.closest("li:has(h2)") || element).getBoundingClientRect();
          return {x: Math.max(0, x - 8), y: Math.max(0, y - 8), width: width + 16, height: height + 16};
        }"""
    )
    before = page.screenshot(clip=box, caret="hide")
    control.focus()
    after = page.screenshot(clip=box, caret="hide")
    return control.evaluate("(element) => element.outerHTML.slice(0, 120)") if before == after else ""

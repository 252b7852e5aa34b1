"""The search over all services, on the front page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from ebrochure.model.service import ServiceStatus
from ebrochure.publish.site import publish_site
from tests.browser.conftest import node_module
from tests.browser.test_accessibility import RULES, RUN_AXE
from tests.fixtures.pages import ATTACK, brand, empty_media, rich

pytestmark = pytest.mark.browser

FIELD = "#search_field"


@pytest.fixture(params=["http", "file"])
def front(request: pytest.FixtureRequest, rich_site: Path, rich_address: str) -> str:
    """Return the front page's address, on a web server and on a disk."""
    return rich_address if request.param == "http" else (rich_site / "index.html").as_uri()


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a front page with thirty services."""
    folder = tmp_path_factory.mktemp("many")
    plain = rich(empty_media(folder / "media"))
    statuses = (ServiceStatus.LIVE, ServiceStatus.PLANNED)
    many = []
    for number in range(30):
        changed = {
            "id": f"service-{number}",
            "title": f"{chr(ord('A') + number % 13)} service {number}",
            "audience": ("All employees", "Field engineers", "Control room")[number % 3],
            "status": statuses[number % 2],
        }
        entry = replace(plain.entry, href=f"service-{number}/index.html", **changed)
        many.append(replace(plain, page=replace(plain.page, **changed), entry=entry))
    return (publish_site(many, brand=brand(), renders=folder / "renders") / "index.html").as_uri()


def test_spoken_word_is_found_and_lands_on_its_second(page: Page, front: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(front)
    page.locator(FIELD).press_sequentially("cross with")
    hit = page.locator(".result li a", has_text="nobody will be cross with you").first
    expect(hit.locator("mark")).to_have_text(["cross", "with"])

    hit.click()

    page.wait_for_function("() => document.querySelector('video').currentTime === 21")
    assert urlsplit(page.url).query == "t=21"
    assert urlsplit(page.url).fragment == "video-explainer"
    assert {urlsplit(item).netloc for item in asked} == {urlsplit(front).netloc}


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("conected", "connected"),  # a letter left out
        ("batropm labtop", "laptop"),  # a word that is nowhere gives way
        ("connecting", "connected"),  # another form
        ("ENCRYPTED", "encrypted"),
        ("lapt", "laptop"),  # still typing
        ("encrip", "encrypted"),  # and wrong already
        ("remtoe", "remote"),  # two letters swapped
        ("الأهداف", "الأهداف"),
        ("اهداف", "الأهداف"),  # without its article and its marks
    ],
)
def test_typos_and_forms_are_forgiven(page: Page, front: str, typed: str, marked: str) -> None:
    page.goto(front)
    page.fill(FIELD, typed)
    expect(page.locator(".result mark").first).to_be_visible()
    assert marked in {text.lower() for text in page.locator(".result mark").all_text_contents()}


def test_section_is_found_on_its_anchor(page: Page, front: str) -> None:
    page.goto(front)
    page.fill(FIELD, "stranger's reach")
    link = page.locator(".result li a", has_text="a stranger’s reach").or_(
        page.locator(".result li a", has_text="a stranger's reach")
    )
    assert str(link.first.get_attribute("href")).endswith("remote-access/index.html#goals")


def test_words_that_are_nowhere_find_nothing_and_say_so(page: Page, front: str) -> None:
    page.goto(front)
    page.fill(FIELD, "xyzzyqua")
    expect(page.locator("#search [role=status]")).to_have_text("Nothing found. Try another word, or fewer.")
    assert page.locator(".result").count() == 0


def test_hostile_words_stay_words_when_found(page: Page, front: str) -> None:
    page.goto(front)
    page.fill(FIELD, "attacked onerror")
    expect(page.locator(".result")).to_have_count(1)
    assert page.locator(".result h2").text_content() == ATTACK
    assert page.locator(".result img, .result script").count() == 0
    assert page.evaluate("window.attacked") is None


def test_query_is_in_the_address_and_back_after_a_visit(page: Page, rich_address: str) -> None:
    page.goto(rich_address + "?q=chair")
    page.locator(".result li a").first.click()
    page.wait_for_url("**/remote-access/**")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("chair")
    expect(page.locator(".result")).to_have_count(2)


def test_escape_clears_and_tab_reaches_the_results(page: Page, front: str) -> None:
    page.goto(front)
    page.fill(FIELD, "chair")
    expect(page.locator(".result")).to_have_count(2)
    expect(page.locator("#search [role=status]")).to_have_text("Services found: 2")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.result') !== null")
    page.focus(FIELD)
    page.keyboard.press("Escape")
    expect(page.locator(".result")).to_have_count(0)
    assert page.input_value(FIELD) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_results(browser: Browser, rich_address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(rich_address + "?q=remote+laptop")
    expect(page.locator(".result").first).to_be_visible()
    page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(RUN_AXE, RULES)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert found == {"violations": [], "incomplete": []}


def test_without_a_script_the_whole_list_is_there_and_no_dead_field(browser: Browser, long_list: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(long_list)
    expect(page.locator(FIELD)).to_be_hidden()
    expect(page.locator("#filters")).to_be_hidden()
    assert page.locator(".row h3 a").count() == 30
    page.click(".letters a >> text=M")
    expect(page.locator("section", has=page.locator("h2", has_text="M"))).to_be_in_viewport()
    context.close()


def test_filters_leave_what_was_asked_for(page: Page, long_list: str) -> None:
    page.goto(long_list)
    page.select_option("[name=audience]", "Control room")
    page.select_option("[name=status]", "planned")
    rows = page.locator(".row:visible")
    expect(rows).to_have_count(5)
    assert set(rows.locator(".card-facts").all_inner_texts()) == {"Maintenance\nPlanned\nControl room"}
    assert page.locator("#filters output").text_content() == "Services shown: 5"
    page.select_option("[name=audience]", "")
    page.select_option("[name=status]", "")
    expect(rows).to_have_count(30)


def test_axe_finds_nothing_in_the_long_list(browser: Browser, long_list: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(long_list)
    page.evaluate(node_module("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(RUN_AXE, RULES)
    context.close()
    assert found == {"violations": [], "incomplete": []}

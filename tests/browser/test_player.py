"""The film and what stands beside it, played in a real browser, from a server and from a disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.fixtures.pages import GERMAN, SPOKEN

pytestmark = pytest.mark.browser

SHOWING = """(id) => [...document.querySelector(id).querySelector("video").textTracks]
  .filter((track) => track.mode === "showing")
  .map((track) => ({language: track.language, kind: track.kind,
                    words: [...(track.cues || [])].map((cue) => cue.text.replaceAll("\\n", " "))}))"""
ENGLISH_IS_ON = (
    f"() => {{ const on = ({SHOWING})('#video-explainer'); return on.length && on[0].words.length }}"
)
FILM = "document.querySelector('#video-explainer video')"


@pytest.fixture(params=["http", "file"])
def brochure(request: pytest.FixtureRequest, rich_site: Path, rich_address: str) -> str:
    """Return the rich brochure's address, once on a server and once on a disk."""
    file = (rich_site / "remote-access" / "index.html").as_uri()
    return rich_address + "remote-access/" if request.param == "http" else file


def open_page(page: Page, url: str) -> None:
    """Open a brochure and wait until its first film's captions are there."""
    page.goto(url)
    page.wait_for_function(ENGLISH_IS_ON)


def test_captions_are_on_and_say_what_was_said(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    assert page.evaluate(SHOWING, "#video-explainer") == [
        {"language": "en", "kind": "captions", "words": list(SPOKEN)}
    ]


def test_every_film_has_its_own_captions(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    page.wait_for_function(f"() => ({SHOWING})('#video-abroad')[0].words.length")
    assert page.evaluate(SHOWING, "#video-abroad")[0]["words"] == list(SPOKEN[::-1])


def test_transcript_has_the_words_of_the_captions(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    said = page.locator("#video-explainer [data-start]").all_inner_texts()
    assert said == list(SPOKEN)


def test_captions_change_language_and_go_off(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    film = page.locator("#video-explainer")

    film.get_by_role("button", name="Deutsch").click()
    page.wait_for_function(f"() => ({SHOWING})('#video-explainer')[0].words.length")
    on = page.evaluate(SHOWING, "#video-explainer")
    assert [(item["language"], item["words"]) for item in on] == [("de", list(GERMAN))]
    expect(film.get_by_role("button", name="Deutsch")).to_have_attribute("aria-pressed", "true")
    expect(film.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "false")

    film.get_by_role("button", name="Off").click()
    page.wait_for_function(f"() => ({SHOWING})('#video-explainer').length === 0")
    expect(film.get_by_role("button", name="Off")).to_have_attribute("aria-pressed", "true")


def test_choices_are_remembered(page: Page, rich_address: str) -> None:
    open_page(page, rich_address + "remote-access/")
    film = page.locator("#video-explainer")
    film.get_by_role("button", name="Deutsch").click()
    film.get_by_label("Speed").select_option("1.5")
    film.get_by_label("Follow the film").check()

    open_page(page, rich_address + "remote-access/")

    assert page.evaluate(SHOWING, "#video-explainer")[0]["language"] == "de"
    assert page.evaluate(f"{FILM}.playbackRate") == 1.5
    expect(film.get_by_label("Follow the film")).to_be_checked()


def test_film_plays_and_seeks(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    page.locator("#video-explainer [data-start='12000']").click()
    page.wait_for_function(f"() => {FILM}.currentTime > 12.2 && !{FILM}.paused")
    assert page.evaluate(f"{FILM}.currentTime") < 16


def test_phrase_being_spoken_is_marked(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    page.evaluate(f"{FILM}.currentTime = 7")
    expect(page.locator("#video-explainer [aria-current=true]")).to_have_text(SPOKEN[2])


@pytest.mark.parametrize(
    ("words", "second"), [("0:09 When there is no signal", 9), ("Watch from 0:06", 6), ("0:18", 18)]
)
def test_links_to_a_moment_seek(page: Page, brochure: str, words: str, second: int) -> None:
    open_page(page, brochure)
    page.locator("#video-explainer").get_by_role("link", name=words, exact=True).press("Enter")
    page.wait_for_function(f"() => {FILM}.currentTime >= {second}")
    assert page.evaluate(f"{FILM}.currentTime") < second + 4
    expect(page).to_have_url(brochure)


@pytest.mark.parametrize("tail", ["?t=15", "#t=15", "?t=15#video-explainer", "?t=15#t=3", "?from=mail#t=15"])
def test_link_lands_on_its_second(page: Page, brochure: str, tail: str) -> None:
    open_page(page, brochure + tail)
    page.wait_for_function(f"() => {FILM}.currentTime === 15")
    assert page.evaluate(f"{FILM}.paused")


def test_link_lands_in_the_film_it_names(page: Page, brochure: str) -> None:
    open_page(page, brochure + "?t=4#video-abroad")
    page.wait_for_function("() => document.querySelector('#video-abroad video').currentTime === 4")
    assert page.evaluate(f"{FILM}.currentTime") == 0


def test_link_that_is_no_time_does_nothing(page: Page, brochure: str) -> None:
    open_page(page, brochure + "?t=-3&t=x#t=%3Cscript%3E")
    assert page.evaluate(f"{FILM}.currentTime") == 0


def test_link_at_this_second_is_copied(context: BrowserContext, page: Page, rich_address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, rich_address + "remote-access/?t=1#goals")
    page.evaluate(f"{FILM}.currentTime = 8.7")
    page.locator("#video-explainer").get_by_role("button", name="Copy link").click()
    expect(page.locator("#video-explainer").get_by_text("Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == rich_address + "remote-access/?t=8#video-explainer"


def test_search_finds_words_in_the_transcript(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    film = page.locator("#video-explainer")
    box = film.get_by_label("Search the transcript")

    box.fill("LAPTOP")
    expect(film.locator(".found")).to_have_text("3 found")
    on_slide = "Your laptop takes it by itself"
    assert film.locator(".hit").all_inner_texts() == [SPOKEN[1], on_slide, SPOKEN[6]]

    box.fill("zebra")
    expect(film.locator(".found")).to_have_text("Not found")
    box.fill("")
    expect(film.locator(".found")).to_have_text("")
    expect(film.locator(".hit")).to_have_count(0)


def test_search_goes_from_find_to_find_and_round(page: Page, rich_address: str) -> None:
    open_page(page, rich_address + "remote-access/")
    film = page.locator("#video-explainer")
    after = film.get_by_role("button", name="Next find")
    expect(after).to_be_disabled()

    film.get_by_label("Search the transcript").fill("laptop")
    expect(film.locator(".here")).to_have_text(SPOKEN[1])
    after.click()
    expect(film.locator(".found")).to_have_text("2 of 3")
    film.get_by_label("Search the transcript").press("Enter")
    expect(film.locator(".here")).to_have_text(SPOKEN[6])
    after.click()
    expect(film.locator(".found")).to_have_text("1 of 3")
    film.get_by_role("button", name="Previous find").click()
    expect(film.locator(".found")).to_have_text("3 of 3")


def test_chapter_being_shown_is_marked_and_its_neighbours_are_one_press_away(
    page: Page, brochure: str
) -> None:
    open_page(page, brochure + "?t=10")
    film = page.locator("#video-explainer")
    current = film.locator(".chapters [aria-current]")
    expect(current).to_have_text("0:09 When there is no signal")
    film.get_by_role("button", name="Next chapter").click()
    expect(current).to_have_text("0:15 If you lose a laptop")
    film.get_by_role("button", name="Next chapter").click()
    assert page.evaluate(f"{FILM}.currentTime") == 15
    film.get_by_role("button", name="Previous chapter").click()
    expect(current).to_have_text("0:09 When there is no signal")


VOICE = """() => {
  window.spoken = [];
  const voice = {
    speak: (saying) => { window.spoken.push(saying.text); window.saying = saying; },
    cancel: () => window.saying?.onerror?.({}),
  };
  Object.defineProperty(window, "speechSynthesis", { value: voice });
}"""
"""A voice that says when it is done only when it is told to: browsers of the tests have none."""


def test_slide_is_read_out_while_the_film_waits(page: Page, brochure: str) -> None:
    page.add_init_script(f"({VOICE})()")
    open_page(page, brochure + "?t=5")
    page.locator("#video-explainer").get_by_role("button", name="Describe slides aloud").click()
    page.evaluate(f"{FILM}.play().then(() => 0)")

    page.wait_for_function(f"() => window.spoken.length && {FILM}.paused")

    assert page.evaluate("window.spoken") == [
        "Slide 1: One road in. Your laptop takes it by itself. Passkeys open it."
    ]
    page.evaluate("window.saying.onend()")
    page.wait_for_function(f"() => !{FILM}.paused && {FILM}.currentTime > 6.5")
    assert len(page.evaluate("window.spoken")) == 1


def test_pressing_play_goes_on_without_the_description(page: Page, rich_address: str) -> None:
    page.add_init_script(f"({VOICE})()")
    open_page(page, rich_address + "remote-access/?t=5")
    page.locator("#video-explainer").get_by_role("button", name="Describe slides aloud").click()
    page.evaluate(f"{FILM}.play().then(() => 0)")
    page.wait_for_function(f"() => window.spoken.length && {FILM}.paused")

    page.evaluate(f"{FILM}.play().then(() => 0)")
    page.wait_for_function(f"() => {FILM}.currentTime > 6.5")
    page.evaluate(f"{FILM}.pause()")
    page.evaluate("window.saying.onend()")
    assert page.evaluate(f"{FILM}.paused")


def test_without_a_voice_nothing_offers_to_speak(page: Page, rich_address: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    open_page(page, rich_address + "remote-access/")
    expect(page.get_by_role("button", name="Describe slides aloud")).to_have_count(0)
    assert page.evaluate(SHOWING, "#video-explainer")[0]["words"] == list(SPOKEN)


def test_keys_are_told_and_none_of_them_acts_by_itself(page: Page, rich_address: str) -> None:
    # Source: WCAG 2.2, 2.1.4.
    open_page(page, rich_address + "remote-access/?t=10")
    film = page.locator("#video-explainer")
    film.get_by_text("What the keys do").click()
    expect(film.get_by_text("goes to the next find; with Shift to the one before")).to_be_visible()
    before = page.evaluate(f"[{FILM}.currentTime, {FILM}.muted, {FILM}.paused]")
    for key in "kjlmfc?<>0123456789":
        page.keyboard.press(key)
    assert page.evaluate(f"[{FILM}.currentTime, {FILM}.muted, {FILM}.paused]") == before


def test_transcript_has_a_page_of_its_own_that_leads_back_to_the_second(page: Page, brochure: str) -> None:
    open_page(page, brochure)
    page.locator("#video-explainer").get_by_role("link", name="Transcript to read or print").click()
    expect(page.get_by_role("heading", name="Remote access in one minute")).to_be_visible()
    expect(page.get_by_text("Passkeys open it")).to_be_visible()
    page.locator("#video-explainer").get_by_role("link", name="0:15").click()
    page.wait_for_function(f"() => {FILM}?.currentTime === 15")


def test_transcript_follows_only_when_asked(page: Page, brochure: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    open_page(page, brochure)
    panel = "document.querySelector('#video-explainer .transcript-text')"
    page.evaluate(f"{panel}.style.height = '80px'")
    page.evaluate(f"{FILM}.currentTime = 22")
    expect(page.locator("#video-explainer [aria-current=true]")).to_have_text(SPOKEN[7])
    assert page.evaluate(f"{panel}.scrollTop") == 0

    page.locator("#video-explainer").get_by_label("Follow the film").check()
    page.evaluate(f"{FILM}.currentTime = 19")
    page.wait_for_function(f"() => {panel}.scrollTop > 0")


def test_captions_come_from_the_page_where_the_server_withholds_them(page: Page, rich_address: str) -> None:
    page.route("**/*.vtt", lambda route: route.abort())
    open_page(page, rich_address + "remote-access/")
    assert page.evaluate(SHOWING, "#video-explainer")[0]["words"] == list(SPOKEN)


def test_without_scripts_all_is_there_to_read_and_play(browser: Browser, rich_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(rich_address + "remote-access/")
    film = page.locator("#video-explainer")

    assert film.locator("[data-start]").all_inner_texts() == list(SPOKEN)
    expect(film.locator("video")).to_be_visible()
    expect(film.locator("video")).to_have_attribute("controls", "")
    expect(film.locator("track[default]")).to_have_attribute("srclang", "en")
    expect(film.locator("button, input, select").locator("visible=true")).to_have_count(0)
    expect(film.get_by_role("link", name="0:09 When there is no signal")).to_have_attribute(
        "href", "media/explainer.mp4#t=9.0"
    )
    for heading in ("Goals", "How we are doing", "Milestones", "Words explained", "Your contact"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    context.close()


def test_chapter_being_shown_is_in_sight_among_many(page: Page, address: str) -> None:
    page.goto(address + "stress/everything/index.html?t=5300")
    box = page.locator(".chapters").first
    current = box.locator("[aria-current]")
    expect(current).to_have_count(1)
    inside = "([box, link]) => link.offsetTop - box.offsetTop - box.scrollTop"
    at = page.evaluate(inside, [box.element_handle(), current.element_handle()])
    assert box.evaluate("(box) => box.scrollHeight > box.clientHeight")
    assert 0 <= at < box.evaluate("(box) => box.clientHeight")

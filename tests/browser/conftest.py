"""A real browser and a published site for it to look at.

`EBROCHURE_CHROMIUM` names another browser, `EBROCHURE_SITE` an already built site to be held to the
same rules.
"""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ebrochure.publish.site import publish_site
from ebrochure.review.server import HOST, site_server
from tests.fixtures.languages import arabic, german, swahili
from tests.fixtures.once import shared_folder
from tests.fixtures.pages import ADDRESS, Media, brand, hostile, media_in, real_media, rich
from tests.fixtures.stress import stress_brand, stress_brochures, stress_media

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fixtures.sample_site import SampleSite

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
PAGES = (
    *("made-up/index.html", "made-up/remote-access/index.html", "made-up/hostile/index.html"),
    *("made-up/remote-access/embed-explainer.html", "made-up/hostile/embed-explainer.html"),
    "made-up/remote-access/described-explainer.html",
    *("made-up/remote-access/transcript.html", "made-up/hostile/transcript.html"),
    *("made-up/remote-access-ar/index.html", "samples/index.html", "samples/remote-access/index.html"),
    *("samples/backup/index.html", "samples/meeting-rooms/index.html"),
    *("stress/index.html", "stress/everything/index.html"),
)
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"),
)


def page_names() -> tuple[str, ...]:
    """Return the pages of the site under test, by their path in it."""
    given = os.environ.get("EBROCHURE_SITE")
    if given is None:
        return PAGES
    return tuple(sorted(path.relative_to(given).as_posix() for path in Path(given).glob("**/*.html")))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of this folder last: Playwright leaves an event loop running in the main thread."""
    items.sort(key=lambda item: HERE in item.path.parents)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `name` once for each page."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", page_names())


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the made-up sites and the finished samples, or the site that was given."""
    given = os.environ.get("EBROCHURE_SITE")
    if given:
        return Path(given)
    samples: SampleSite = request.getfixturevalue("sample_site")
    made_up, stress = request.getfixturevalue("rich_site"), request.getfixturevalue("stress_site")
    with shared_folder(tmp_path_factory, "sites") as folder:
        for name, part in (("samples", samples.folder), ("made-up", made_up), ("stress", stress)):
            if not (folder / name).exists():
                shutil.copytree(part, folder / name)
        return folder


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Media:
    """Return a film that plays and pictures to look at, for sites that are made up."""
    with shared_folder(tmp_path_factory, "media") as folder:
        return media_in(folder) if any(folder.iterdir()) else real_media(folder)


@pytest.fixture(scope="session")
def rich_site(media: Media, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the made-up site, for claims about what is known to be in it."""
    with shared_folder(tmp_path_factory, "rich-site") as folder:
        brochures = (
            *(rich(media, address=ADDRESS), hostile(media, address=ADDRESS)),
            *(arabic(media, address=ADDRESS), german(), swahili(media)),
        )
        return publish_site(brochures, brand=brand(), renders=folder, address=ADDRESS)


@pytest.fixture(scope="session")
def stress_site(media: Media, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site that asks too much of the page."""
    with shared_folder(tmp_path_factory, "stress-site") as folder:
        if (folder / "site").exists():
            return folder / "site"
        brochures = stress_brochures(stress_media(media, folder))
        return publish_site(brochures, brand=stress_brand(), renders=folder)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve `site` and return its address."""
    with served(site) as url:
        yield url


@pytest.fixture(scope="session")
def rich_address(rich_site: Path) -> Iterator[str]:
    """Serve `rich_site` and return its address."""
    with served(rich_site) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for all tests."""
    found = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser window with nothing remembered."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open an empty tab."""
    return context.new_page()


def chromium() -> str:
    """Return the Chromium of this machine, or skip the test."""
    names = (os.environ.get("EBROCHURE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or pytest.skip("no Chromium: install `chromium` or name one in EBROCHURE_CHROMIUM")


def node_module(path: str) -> Path:
    """Return a file of a checker from npm, or skip the test."""
    found = NODE_MODULES / path
    if not found.exists():
        pytest.skip("the page checkers are not installed: run `npm ci` in tests/browser")
    return found


class served:  # noqa: N801  reads as what it does
    """A site on the loopback interface for as long as the block lasts."""

    def __init__(self, site: Path) -> None:
        self.server = site_server(site)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> str:
        """Serve it, and return its address."""
        self.thread.start()
        return f"http://{HOST}:{self.server.server_port}/"

    def __exit__(self, *_: object) -> None:
        """Serve it no more."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

"""What one query over 500 services loads and how soon it answers, against three libraries.

Pagefind loads little, but by `fetch` and with WebAssembly: a page on a disk may do neither, and our policy
forbids the second. MiniSearch and lunr load their whole index before the first answer.
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from measure import Row
from playwright.sync_api import sync_playwright
from searched_words import made_up_services, spoken_text

from ebrochure.media.process import run
from ebrochure.model.page import IndexEntry
from ebrochure.publish.html import render_front_stylesheet, render_index, render_stylesheet, script
from ebrochure.publish.page import build_index
from ebrochure.publish.search.files import SERVICE_FILE, service_script
from ebrochure.publish.search.index import index_files
from ebrochure.review.server import HOST, site_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from ebrochure.publish.search.files import Searchable

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
SHARE, ANSWER_MS = 0.25, 100
QUERIES = 30
SETTLED_MS = 300
FRONT_BYTES = 60_000
TYPE = """(query) => new Promise((resolve) => {
  const list = document.querySelector(".results"), field = document.querySelector("#search_field");
  const begun = performance.now();
  new MutationObserver(() => list.children.length && resolve(performance.now() - begun))
    .observe(list, {childList: true});
  field.value = query;
  field.dispatchEvent(new Event("input"));
})"""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One query: how soon it was answered, and which files it loaded."""

    answer_ms: float
    loaded: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Write a site of made-up services, and type into it."""
    services = made_up_services()
    raw_bytes = len(spoken_text(services).encode())
    with tempfile.TemporaryDirectory(prefix="ebrochure-bench-") as name:
        site = Path(name) / "site"
        _write(site, services)
        yield from _ours(site, services, raw_bytes)
        html = (site / "index.html").read_bytes()
        figure = f"{len(html) / 1000:.0f} kB, {len(gzip.compress(html)) / 1000:.0f} kB gzip"
        yield Row(
            "front page of 500 services",
            f"<= {FRONT_BYTES / 1000:.0f} kB gzip",
            figure,
            len(gzip.compress(html)) <= FRONT_BYTES,
        )
        yield from _others(Path(name), services, raw_bytes)


def _ours(site: Path, services: Sequence[Searchable], raw_bytes: int) -> Iterator[Row]:
    queries = _queries(services)
    with _served(site) as address, _chromium() as browser:
        cold = [_ask_cold(browser, address, query, focus_first=True) for query in queries]
        colder = [_ask_cold(browser, address, query, focus_first=False) for query in queries]
        page = browser.new_page()
        page.goto(address)
        page.focus("#search_field")
        warm = [page.evaluate(TYPE, query) for query in queries * 2][len(queries) :]
    costs = sorted(_cost(site, asked.loaded) for asked in cold)
    wire, raw = costs[-1]
    figure = (
        f"{wire / raw_bytes:.1%} at most, {median(cost[0] for cost in costs) / raw_bytes:.1%} in the middle;"
        f" {wire / 1000:.0f} kB gzip, {raw / 1000:.0f} kB raw, of {raw_bytes / 1000:.0f} kB"
    )
    yield Row("what a query loads / raw transcripts", f"<= {SHARE:.0%}", figure, wire <= SHARE * raw_bytes)
    for name, times in (("its pieces cold", [asked.answer_ms for asked in cold]), ("warm", warm)):
        check, target = f"key to first result, {name}", f"<= {ANSWER_MS} ms, nearly always"
        yield Row(check, target, _told(times), _nearly_always(times) <= ANSWER_MS)
    figure = _told([asked.answer_ms for asked in colder])
    yield Row("the same, its vocabulary cold too", "for comparison", figure, met=True)


def _told(times: Sequence[float]) -> str:
    figures = median(times), _nearly_always(times), max(times)
    return "{:.0f} ms in the middle, {:.0f} in 19 of 20, {:.0f} at most".format(*figures)


def _nearly_always(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def _others(folder: Path, services: Sequence[Searchable], raw_bytes: int) -> Iterator[Row]:
    """Weigh libraries; none has a target, so each row says how it fares and holds ours to nothing."""
    tools = folder / "searchers"
    shutil.copytree(HERE / "searchers", tools)
    passages = [(f"{item.id}/{part.link}", part.text) for item in services for part in item.passages]
    (tools / "passages.json").write_text(json.dumps(passages), encoding="utf-8")
    run(["npm", "install", "--silent", "--prefix", str(tools)], timeout_s=300)
    run(
        ["node", str(tools / "others.mjs"), str(tools / "passages.json"), str(tools / "out")],
        timeout_s=900,
        cwd=tools,
    )
    for name in ("minisearch", "lunr"):
        data = (tools / "out" / f"{name}.json").read_bytes()
        wire = len(gzip.compress(data))
        figure = f"{wire / raw_bytes:.1%}: {wire / 1000:.0f} kB gzip, {len(data) / 1000:.0f} kB raw"
        yield Row(f"{name}: what the first query loads", "for comparison", figure, met=True)
    files = [path for path in (tools / "out" / "pagefind").rglob("*") if path.is_file()]
    core = sum(len(gzip.compress(path.read_bytes())) for path in files if path.name in _PAGEFIND_CORE)
    meta = sum(path.stat().st_size for path in files if path.suffix == ".pf_meta")
    figure = f"{(core + meta) / 1000:.0f} kB before its pieces; {len(files)} files; by fetch and WebAssembly"
    yield Row("pagefind: what the first query loads", "for comparison", figure, met=True)


_PAGEFIND_CORE = frozenset({"pagefind.js", "pagefind-worker.js", "wasm.en.pagefind", "pagefind-entry.json"})


def _write(site: Path, services: Sequence[Searchable]) -> None:
    """Write the front page and all that its search loads; nothing else of the site is asked for."""
    # The brand kit of the tests, because a brand is read from a workspace otherwise.
    import sys  # noqa: PLC0415

    sys.path.insert(0, str(REPOSITORY))
    from tests.fixtures.pages import brand  # noqa: PLC0415

    entries = [
        IndexEntry(
            item.id,
            item.title,
            None,
            "All employees",
            None,
            item.href,
            None,
            300_000,
            item.language,
            item.direction,
        )
        for item in services
    ]
    index = build_index(brand(), entries, search_version="1")
    files = index_files(services) | {
        "index.html": render_index(index).encode(),
        "static/site.css": render_stylesheet(index.frame, ("regular", "bold")).encode(),
        "static/front.css": render_front_stylesheet().encode(),
        **{f"static/{name}": script(name).encode() for name in ("search.js", "filters.js")},
        **{f"{item.id}/{SERVICE_FILE}": service_script(item.id, item.passages) for item in services},
    }
    for href, content in files.items():
        path = site / href
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _queries(services: Sequence[Searchable]) -> list[str]:
    """Return what people might type: a word or two of a sentence, every third with a letter left out."""
    chance = random.Random(2)  # noqa: S311  no secret: the same queries every time
    queries = []
    while len(queries) < QUERIES:
        passage = chance.choice(chance.choice(services).passages)
        words = [word for word in passage.text.strip(".").split() if len(word) > 4]  # noqa: PLR2004
        picked = chance.sample(words, min(len(words), 1 + len(queries) % 2))
        if picked and len(queries) % 3 == 0:
            picked[0] = picked[0][:2] + picked[0][3:]
        if picked:
            queries.append(" ".join(picked))
    return queries


def _ask_cold(browser: Browser, address: str, query: str, *, focus_first: bool) -> _Asked:
    """Ask in a browser that has loaded nothing; who types has the field in focus, which loads the words."""
    context = browser.new_context()
    page: Page = context.new_page()
    page.goto(address, wait_until="networkidle")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(unquote(urlsplit(request.url).path).lstrip("/")))
    if focus_first:
        page.focus("#search_field")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLED_MS)
    answer_ms: float = page.evaluate(TYPE, query)
    page.wait_for_load_state("networkidle")
    context.close()
    return _Asked(answer_ms, ("static/search.js", *loaded))


def _cost(site: Path, loaded: Sequence[str]) -> tuple[int, int]:
    contents = [(site / name).read_bytes() for name in loaded]
    return sum(len(gzip.compress(content, 6)) for content in contents), sum(map(len, contents))


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = site_server(site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()

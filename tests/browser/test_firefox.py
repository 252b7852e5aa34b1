"""The brochure in a second browser, from a server and from a disk."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ebrochure.media.process import run
from tests.browser.conftest import HERE, node_module
from tests.fixtures.pages import SPOKEN

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_firefox_plays_the_film_and_its_signed_version_with_captions(
    rich_site: Path, rich_address: str, tmp_path: Path, scheme: str
) -> None:
    disk = (rich_site / "remote-access" / "index.html").as_uri()
    url = rich_address + "remote-access/" if scheme == "http" else disk
    node_module("puppeteer-core/package.json")
    told = json.loads(
        run(["node", str(HERE / "firefox.mjs"), _firefox(), str(tmp_path), url], timeout_s=90).stdout
    )
    # Like Chromium it refuses text tracks on a disk; the captions are in the page for that.
    expected = "may not load data from file:" if scheme == "file" else "no such message"
    assert [text for text in told["errors"] if expected not in text] == []
    assert told["refused"] == []
    hosts = {urlsplit(item).netloc for item in told["asked"] if not item.startswith("data:")}
    assert hosts <= {urlsplit(url).netloc}
    assert told["cues"] == told["signedCues"] == list(SPOKEN)
    assert 12 <= told["second"] < 16
    assert told["wide"] <= 0
    if not told["decodes"]:
        pytest.skip(
            "all but playing is tested: this Firefox finds no decoder for H.264, `libavcodec59` on Debian 12"
        )


def _firefox() -> str:
    names = (os.environ.get("EBROCHURE_FIREFOX"), "firefox-esr", "firefox")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or pytest.skip("no Firefox: install `firefox-esr` or name one in EBROCHURE_FIREFOX")

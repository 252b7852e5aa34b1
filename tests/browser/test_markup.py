"""Two checkers of HTML, over every page."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import pytest

from ebrochure.errors import ProcessError
from ebrochure.media.process import run
from tests.browser.conftest import HERE, node_module, page_names

pytestmark = pytest.mark.browser


def test_html_validate_finds_no_error(site: Path, tmp_path: Path) -> None:
    tool = node_module("html-validate/bin/html-validate.mjs")
    if shutil.which("node") is None:
        pytest.skip("no Node.js: install `nodejs`")
    pages = [str(site / name) for name in page_names()]
    settings = str(HERE / "html-validate.json")
    report = tmp_path / "report.json"
    with contextlib.suppress(ProcessError):  # its exit code says that there are messages: they are read below
        run(["node", str(tool), "--config", settings, "--formatter", f"json={report}", *pages], timeout_s=120)
    found = [
        f"{result['filePath']}:{item['line']}: {item['ruleId']}: {item['message']}"
        for result in json.loads(report.read_text(encoding="utf-8"))
        for item in result["messages"]
    ]
    assert found == []


def test_nu_checker_finds_no_error(site: Path) -> None:
    jar = node_module("vnu-jar/build/dist/vnu.jar")
    if shutil.which("java") is None:
        pytest.skip("no Java: install `default-jre-headless`")
    pages = [str(site / name) for name in page_names()]
    done = run(
        ["java", "-jar", str(jar), "--errors-only", "--exit-zero-always", "--format", "json", *pages],
        timeout_s=120,
    )
    assert [f"{item['url']}: {item['message']}" for item in json.loads(done.stderr)["messages"]] == []

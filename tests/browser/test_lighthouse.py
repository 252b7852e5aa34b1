"""What Lighthouse makes of the page, on a desk and on a phone with a slow network."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from ebrochure.media.process import run
from tests.browser.conftest import QUIET, chromium, node_module

pytestmark = [pytest.mark.browser, pytest.mark.alone]

LEAST = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
LEAST_ON_A_PHONE = {"performance": 95}
TRIES = 3
"""Of which the best counts: it judges by the clock, and this machine may be busy with something else."""


@pytest.mark.parametrize("path", ["", "remote-access/"], ids=["index", "brochure"])
@pytest.mark.parametrize("form", ["desktop", "phone"])
def test_lighthouse_is_content(rich_address: str, tmp_path: Path, path: str, form: str) -> None:
    least = LEAST if form == "desktop" else LEAST_ON_A_PHONE
    for _ in range(TRIES):
        report = _report(rich_address + path, tmp_path, form, tuple(least))
        scores = {name: round(100 * item["score"]) for name, item in report["categories"].items()}
        lacking = {name: scores[name] for name in least if scores[name] < least[name]}
        if not lacking:
            return
    pytest.fail(f"expected {least}, got {lacking}: {_complaints(report)}")


def _report(url: str, folder: Path, form: str, categories: tuple[str, ...]) -> dict:
    tool = node_module("lighthouse/cli/index.js")
    if shutil.which("node") is None:
        pytest.skip("no Node.js: install `nodejs`")
    out = folder / "report.json"
    run(
        (
            *("node", str(tool), url, "--quiet", "--output=json", f"--output-path={out}"),
            *(f"--only-categories={','.join(categories)}", "--no-enable-error-reporting"),
            f"--chrome-flags={' '.join(('--headless=new', *QUIET))}",
            *(("--preset=desktop",) if form == "desktop" else ()),
        ),
        timeout_s=120,
        env={**os.environ, "CHROME_PATH": chromium()},
    )
    return json.loads(out.read_text(encoding="utf-8"))


def _complaints(report: dict) -> list[str]:
    """Return what cost points, with the figures: that is what somebody must mend."""
    weighed = {
        item["id"]
        for category in report["categories"].values()
        for item in category["auditRefs"]
        if item["weight"]
    }
    audits = (report["audits"][name] for name in sorted(weighed))
    return [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".strip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]

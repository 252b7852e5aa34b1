"""Print editions on a machine that cannot make them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ebrochure.media.browser import chromium_path
from ebrochure.model.findings import Level
from ebrochure.printing import possible_paper
from ebrochure.settings import Places, Settings

SETTINGS = Settings(Places(Path(), Path(), Path(), None, Path()), pdf=True)


@pytest.fixture(autouse=True)
def _no_browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EBROCHURE_CHROMIUM", "/nowhere/chromium")
    chromium_path.cache_clear()
    yield
    chromium_path.cache_clear()


def test_a_machine_without_a_browser_builds_without_pdf_and_says_so() -> None:
    settings, [finding] = possible_paper(SETTINGS)
    assert not settings.pdf
    assert (finding.code, finding.level) == ("PDF_UNAVAILABLE", Level.WARN)
    assert "`/nowhere/chromium`" in finding.message
    assert "EBROCHURE_CHROMIUM" in (finding.hint or "")


def test_nobody_who_wants_no_pdf_hears_of_browsers() -> None:
    assert possible_paper(replace(SETTINGS, pdf=False)) == (replace(SETTINGS, pdf=False), ())

"""What a report says of a site that nobody can point to, and of a service that is in no feed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ebrochure.model.findings import Finding, Level
from ebrochure.settings import Places, Settings, preview_of
from ebrochure.verdict import address_findings, feed_findings, service_report
from tests.fixtures.pages import ADDRESS, empty_media, rich_service

NOWHERE = Settings(Places(Path(), Path(), Path(), None, Path()))
SOMEWHERE = replace(NOWHERE, address=ADDRESS)


def test_a_site_without_an_address_is_told_once_what_it_lacks() -> None:
    [finding] = address_findings(NOWHERE)
    assert (finding.code, finding.level) == ("NO_ADDRESS", Level.INFO)
    assert "`address: https://" in (finding.hint or "")


@pytest.mark.parametrize("settings", [SOMEWHERE, preview_of(NOWHERE), preview_of(SOMEWHERE)])
def test_a_site_with_an_address_and_a_preview_are_told_nothing(settings: Settings) -> None:
    assert address_findings(settings) == ()


def test_a_service_that_no_day_is_known_of_is_told_that_the_feed_lacks_it(tmp_path: Path) -> None:
    service = rich_service(empty_media(tmp_path))
    undated = replace(service, reviewed=None)
    assert [item.code for item in feed_findings(undated, SOMEWHERE)] == ["NOT_IN_FEED"]
    assert not list(feed_findings(undated, NOWHERE))
    assert not list(feed_findings(service, SOMEWHERE))


def test_every_place_in_a_report_is_seen_from_the_services_folder() -> None:
    places = ("vpn.mp4", "vpn/vpn.mp4", "vpn", None)
    found = [Finding(f"CODE_{number}", Level.INFO, "…", file) for number, file in enumerate(places)]
    report = service_report("vpn", found, failed=False)
    assert [item.file for item in report.findings] == ["vpn/vpn.mp4", "vpn/vpn.mp4", "vpn", None]

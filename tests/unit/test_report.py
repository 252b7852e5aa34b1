"""What a build has to say, for scripts and for people."""

from __future__ import annotations

import json
from pathlib import Path

from ebrochure.model.findings import Finding, Level
from ebrochure.model.manifest import Outcome, ServiceReport, VideoReport
from ebrochure.report import exit_code, to_json, to_text
from ebrochure.settings import Gate
from ebrochure.verdict import service_report, stopped_by

FINDING = Finding("META_UNKNOWN", Level.ERROR, "`sumary` is unknown", "vpn/brochure.md", 3, "write `summary`")
VIDEO = VideoReport(
    "explainer.mp4", Path("/s/vpn/index.html"), None, None, "offline", "script", 1000, -16.0, -1.6, 0, 1.0
)


def report(status: Outcome) -> ServiceReport:
    return ServiceReport("vpn", status, (FINDING,), (VIDEO,))


def test_json_has_the_documented_shape() -> None:
    [service] = json.loads(to_json([report(Outcome.FAILED)], site=Path("/s")))["services"]
    assert service["status"] == "failed"
    assert service["findings"] == [
        {
            "code": "META_UNKNOWN",
            "level": "error",
            "message": "`sumary` is unknown",
            "file": "vpn/brochure.md",
            "line": 3,
            "hint": "write `summary`",
        }
    ]
    assert (
        service["videos"][0] | {"source": "explainer.mp4", "engine": "offline", "rendition": None}
        == service["videos"][0]
    )


def test_people_read_the_place_the_sentence_and_the_next_step() -> None:
    text = to_text([report(Outcome.FAILED)])
    assert "error: vpn/brochure.md:3: `sumary` is unknown" in text
    assert "next: write `summary`" in text


def test_exit_codes_tell_failed_services_from_an_unpublished_site() -> None:
    assert exit_code((report(Outcome.WARNED),), published=True) == 0
    assert exit_code((report(Outcome.OK), report(Outcome.FAILED)), published=True) == 1
    assert exit_code((report(Outcome.FAILED),), published=False) == 2


def test_caption_rules_stop_a_service_only_at_a_closed_gate() -> None:
    lint = [Finding("CAPTION_FAST", Level.ERROR, "too fast")]
    assert not stopped_by(lint, Gate.WARN)
    assert stopped_by(lint, Gate.REFUSE)
    assert stopped_by([FINDING], Gate.WARN)


def test_report_lists_the_gravest_finding_first_and_each_once() -> None:
    info = Finding("BETTER_SCRIPT", Level.INFO, "a script would help")
    found = service_report("vpn", (info, FINDING, info), failed=False)
    assert found.findings == (FINDING, info)
    assert found.status is Outcome.WARNED

"""Which recording an edit belongs to: by its name, or as `brochure.md` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import MaterialError
from ebrochure.ingest.folders import ServiceFolder
from ebrochure.ingest.service import read_service
from ebrochure.model.findings import Finding, Level
from tests.fixtures.workspace import MP4_HEAD, keeper, make_folder, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.service import Service


def read(root: Path, *names: str, facts: str = "") -> tuple[Service, tuple[Finding, ...]]:
    files: dict[str, bytes | str] = {name: MP4_HEAD if name.endswith(".mp4") else "{}" for name in names}
    if facts:
        files["brochure.md"] = f"---\n{facts}---\n"
    folder = make_folder(root / "services" / "vpn", files)
    return read_service(ServiceFolder("vpn", folder), settings=settings_for(root), keep=keeper(root))


def edits(service: Service) -> dict[str, str | None]:
    return {video.name: video.edit and video.edit.name for video in service.videos}


def codes(findings: tuple[Finding, ...], *levels: Level) -> list[str]:
    return [item.code for item in findings if item.level in levels]


def test_an_edit_of_the_recordings_name_is_its_edit(tmp_path: Path) -> None:
    service, findings = read(tmp_path, "explainer.mp4", "Explainer.OTIO", "tour.mp4")
    assert edits(service) == {"explainer.mp4": "Explainer.OTIO", "tour.mp4": None}
    assert codes(findings, Level.ERROR, Level.WARN) == []


def test_an_edit_that_is_named_wins_over_one_by_name_and_that_is_said(tmp_path: Path) -> None:
    facts = "videos:\n  - file: explainer.mp4\n    edit: final.otio\n"
    service, findings = read(tmp_path, "explainer.mp4", "explainer.otio", "final.otio", facts=facts)
    assert edits(service) == {"explainer.mp4": "final.otio"}
    (left_out,) = [item for item in findings if item.code == "FILE_UNUSED"]
    assert left_out.message.startswith("`explainer.otio` is left out")


def test_an_edit_of_no_recordings_name_is_left_out_with_two_ways_out(tmp_path: Path) -> None:
    service, findings = read(tmp_path, "explainer.mp4", "final.otio")
    assert edits(service) == {"explainer.mp4": None}
    (found,) = [item for item in findings if item.code == "EDIT_UNMATCHED"]
    assert found.hint == "call it `explainer.otio`, or write `edit: final.otio` under `videos:`"


def test_two_edits_of_one_recording_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(MaterialError) as caught:
        read(tmp_path, "explainer.mp4", "explainer.otio", "footage/explainer.otio")
    assert codes(caught.value.findings, Level.ERROR) == ["DUPLICATE_EDIT"]


@pytest.mark.parametrize("name", ["missing.otio", "explainer.mp4", "../final.otio"])
def test_an_edit_that_is_none_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    facts = f"videos:\n  - file: explainer.mp4\n    edit: {name}\n"
    with pytest.raises(MaterialError) as caught:
        read(tmp_path, "explainer.mp4", facts=facts)
    (found,) = [item for item in caught.value.findings if item.level is Level.ERROR]
    assert (found.code, found.line) == ("META_PATH", 4)


def test_trimming_that_an_edit_overrules_is_said(tmp_path: Path) -> None:
    facts = "videos:\n  - file: explainer.mp4\n    cut: {pauses: 2.0}\n"
    _, findings = read(tmp_path, "explainer.mp4", "explainer.otio", facts=facts)
    assert "CUT_UNUSED" in codes(findings, Level.INFO)


def test_an_edit_of_a_later_part_is_left_out_with_the_name_it_needs(tmp_path: Path) -> None:
    facts = "videos:\n  - file: [one.mp4, two.mp4]\n"
    service, findings = read(tmp_path, "one.mp4", "two.mp4", "two.otio", facts=facts)
    assert edits(service) == {"one.mp4": None}
    (found,) = [item for item in findings if item.code == "FILE_UNUSED"]
    assert found.hint is not None
    assert "`one.otio`" in found.hint

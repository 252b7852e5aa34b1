"""The whole way on tiny services: incremental, explained, and one bad service never stops the others."""

from __future__ import annotations

import json
from statistics import median
from typing import TYPE_CHECKING

import pytest

from ebrochure import cli
from ebrochure.build import build_catalogue, check_catalogue, plan_catalogue
from ebrochure.caption.formats import read_caption_file
from ebrochure.ingest.workspace import read_settings
from ebrochure.lock import building
from ebrochure.media import process
from ebrochure.model.findings import Level
from ebrochure.model.manifest import Outcome
from tests.fixtures.tiny_workspace import make_footage, make_workspace

if TYPE_CHECKING:
    from pathlib import Path


SRT = "1\r\n00:00:00,500 --> 00:00:02,500\r\nDeux sons et une très belle image.\r\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with one good service and a bad one, built once."""
    root = make_workspace(tmp_path_factory.mktemp("workspace"), good=("good",), bad=("bad",))
    assert cli.main(["build", "--workspace", str(root)]) == cli.SOME_FAILED
    return root


def test_bad_service_is_reported_and_the_good_one_published(workspace: Path) -> None:
    result = build_catalogue(read_settings(workspace))
    by_id = {report.id: report for report in result.services}
    assert by_id["bad"].status is Outcome.FAILED
    assert [item.code for item in by_id["bad"].findings if item.level == "error"] == ["NOT_MEDIA"]
    assert (workspace / "renders/site/good/index.html").is_file()
    assert not (workspace / "renders/site/bad").exists()


def test_second_build_of_unchanged_inputs_starts_no_process_and_keeps_the_release(workspace: Path) -> None:
    settings = read_settings(workspace)
    release = (workspace / "renders/site").resolve()
    before = process.started()
    build_catalogue(settings, ("good",))
    assert process.started() == before
    assert (workspace / "renders/site").resolve() == release


def test_plan_of_unchanged_inputs_is_empty_and_a_changed_file_is_named(workspace: Path) -> None:
    settings = read_settings(workspace)
    assert plan_catalogue(settings, ("good",)) == ()
    captions = workspace / "services/good/explainer.en.vtt"
    before = captions.read_text(encoding="utf-8")
    page = workspace / "services/good/brochure.md"
    page.write_text("---\ntitle: Another title\n---\n", encoding="utf-8")
    try:
        steps = plan_catalogue(settings, ("good",))
    finally:
        page.unlink()
    assert (steps[0].stage, steps[0].why) == ("card", "`card.title` changed")
    assert captions.read_text(encoding="utf-8") == before


def test_plan_makes_nothing(workspace: Path, tmp_path: Path) -> None:
    settings = read_settings(workspace, renders=tmp_path / "renders")
    [first, *_rest] = plan_catalogue(settings, ("good",))
    assert (first.stage, first.why) == ("probe", "first build")
    assert not [path for path in (tmp_path / "renders").rglob("*") if path.name == "manifest.json"]


def test_plan_says_how_long_each_step_should_take_by_what_it_took(workspace: Path) -> None:
    took = json.loads((workspace / "renders/.store/took.json").read_text(encoding="utf-8"))
    [rates] = took["poster"].values()
    page = workspace / "services/good/brochure.md"
    page.write_text("---\ntitle: Another title\n---\n", encoding="utf-8")
    try:
        steps = plan_catalogue(read_settings(workspace), ("good",))
    finally:
        page.unlink()
    expected = {step.stage: step.expected_s for step in steps}
    assert expected["poster"] == round(median(rates), 1)
    assert list(expected) == ["card", "pictures", "render", "poster", "audio", "sprite"]


def test_plan_of_footage_that_was_never_probed_goes_by_its_header(workspace: Path, tmp_path: Path) -> None:
    steps = plan_catalogue(read_settings(workspace, renders=tmp_path / "renders"), ("good",))
    expected = {step.stage: step.expected_s for step in steps}
    assert (expected["render"] or 0) > 1


def test_service_that_breaks_later_keeps_its_previous_page(workspace: Path) -> None:
    script = workspace / "services/good/explainer.en.vtt"
    before = script.read_bytes()
    page = (workspace / "renders/site/good/index.html").read_bytes()
    script.write_bytes(b"\xff\xfe broken")
    try:
        result = build_catalogue(read_settings(workspace), ("good",))
    finally:
        script.write_bytes(before)
    assert result.services[0].status is Outcome.FAILED
    assert (workspace / "renders/site/good/index.html").read_bytes() == page


def test_check_tells_what_is_wrong_without_rendering(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, good=("new",), bad=("bad",))
    result = check_catalogue(read_settings(root))
    codes = {report.id: [item.code for item in report.findings] for report in result.services}
    assert "NOT_BUILT" in codes["new"]
    assert "NOT_MEDIA" in codes["bad"]
    assert not (root / "renders/site").exists()


def test_everything_wrong_with_a_service_s_recordings_is_told_at_once(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, good=("both",))
    folder = root / "services/both"
    for name in ("second.mp4", "third.mp4"):
        (folder / name).write_text("This is no video either.\n", encoding="utf-8")
    (folder / "explainer.de.vtt").write_bytes(b"PK\x03\x04 a Word document")
    (folder / "explainer.fr.srt").write_bytes(SRT.encode("windows-1252"))

    [report] = build_catalogue(read_settings(root)).services

    wrong = [item.file for item in report.findings if item.level is Level.ERROR]
    assert sorted(wrong) == ["both/explainer.de.vtt", "both/second.mp4", "both/third.mp4"]
    assert not list((root / "renders/.store").glob("render/*"))  # before any work began


def test_captions_of_an_old_program_are_read_and_that_is_said(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    (root / "services/good/explainer.fr.srt").write_bytes(SRT.encode("windows-1252"))

    [report] = build_catalogue(read_settings(root)).services

    assert "CAPTIONS_ENCODING" in [item.code for item in report.findings if item.level is Level.WARN]
    page = (root / "renders/site/good/index.html").read_text(encoding="utf-8")
    assert "Deux sons et une très belle image." in page


def test_captions_after_the_recording_has_ended_are_missed_aloud(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    with (root / "services/good/explainer.en.vtt").open("a", encoding="utf-8") as captions:
        captions.write("\n00:00:05.000 --> 00:00:07.000\nOf a longer recording.\n")

    [report] = build_catalogue(read_settings(root)).services

    [late] = [item for item in report.findings if item.code == "CAPTION_LATE"]
    assert late.file == "good/explainer.en.vtt"
    assert "1 of 2 captions start after the recording has ended at 0:03" in late.message


def test_json_report_names_page_captions_and_rendition(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["build", "--json", "--workspace", str(workspace), "good"]) == cli.OK
    [service] = json.loads(capsys.readouterr().out)["services"]
    [video] = service["videos"]
    assert video["source"] == "explainer.mp4"
    assert video["origin"] == "person"
    for name in ("page", "captions", "rendition"):
        assert (workspace / video[name]).is_file()


def test_captions_of_a_later_part_land_where_that_part_is_seen(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, good=())
    folder = root / "services" / "parts"
    for name in ("part-1", "part-2", "part-3"):
        make_footage(folder / f"{name}.mp4", seconds=2)
    (folder / "part-1.en.vtt").write_text(
        "WEBVTT\n\n00:00:00.500 --> 00:00:01.900\nThe first.\n\n00:00:04.400 --> 00:00:05.800\nThe third.\n",
        encoding="utf-8",
    )
    facts = "---\nvideos:\n  - file: [part-1.mp4, part-2.mp4, part-3.mp4]\n    cut: none\n---\n"
    (folder / "brochure.md").write_text(facts, encoding="utf-8")
    assert "join" in {step.stage for step in plan_catalogue(read_settings(root))}

    result = build_catalogue(read_settings(root))

    (video,) = result.services[0].videos
    assert video.captions is not None
    first, third = read_caption_file(video.captions.read_bytes(), name="captions").cues
    assert third.time.start_ms - first.time.start_ms == pytest.approx(3900, abs=40)
    assert plan_catalogue(read_settings(root)) == ()


def test_one_file_alone_is_neither_joined_nor_planned_to_be(workspace: Path, tmp_path: Path) -> None:
    assert not (workspace / "renders/.store/join").exists()
    settings = read_settings(workspace, renders=tmp_path / "renders")
    assert "join" not in {step.stage for step in plan_catalogue(settings, ("good",))}


def test_second_build_at_the_same_time_is_turned_away(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with building(workspace / "renders"):
        assert cli.main(["build", "--workspace", str(workspace)]) == cli.LOCKED
    assert "another build" in capsys.readouterr().err


def test_unknown_service_is_answered_with_those_there_are(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["build", "--workspace", str(workspace), "goood"]) == cli.NOTHING_PUBLISHED
    said = capsys.readouterr().err
    assert "goood" in said
    assert "bad, good" in said


def test_error_that_stops_everything_is_in_the_json_report_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["build", "--json", "--workspace", str(workspace), "goood"]) == cli.NOTHING_PUBLISHED
    report = json.loads(capsys.readouterr().out)
    assert report["services"] == []
    assert [finding["code"] for finding in report["findings"]] == ["SERVICE_UNKNOWN"]


def test_nothing_is_published_where_every_service_fails(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, good=(), bad=("bad",))
    assert cli.main(["build", "--workspace", str(root)]) == cli.NOTHING_PUBLISHED
    assert not (root / "renders/site").exists()


def test_new_workspace_builds_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["init", str(tmp_path / "new")]) == cli.OK
    assert cli.main(["check", "--workspace", str(tmp_path / "new")]) == cli.OK
    assert cli.main(["init", str(tmp_path / "new")]) == cli.NOTHING_PUBLISHED
    assert "is not empty" in capsys.readouterr().err

"""A whole service: read in one go, refused in one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import MaterialError
from ebrochure.ingest.folders import ServiceFolder, find_services
from ebrochure.ingest.service import read_service
from ebrochure.model.findings import Finding, Level
from ebrochure.model.storyboard import Storyboard
from tests.fixtures.workspace import MP4_HEAD, keeper, make_folder, pdf_bytes, picture_bytes, settings_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ebrochure.model.service import Service


def read(
    root: Path, files: Mapping[str, bytes | str], *, name: str = "remote-access"
) -> tuple[Service, tuple[Finding, ...]]:
    folder = make_folder(root / "services" / name, files)
    return read_service(ServiceFolder(name, folder), settings=settings_for(root), keep=keeper(root))


def refusals(root: Path, files: Mapping[str, bytes | str]) -> tuple[Finding, ...]:
    with pytest.raises(MaterialError) as caught:
        read(root, files)
    return tuple(item for item in caught.value.findings if item.level is Level.ERROR)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [item.code for item in findings]


def test_a_video_and_nothing_else_is_a_service(tmp_path: Path) -> None:
    service, findings = read(tmp_path, {"explainer.mp4": MP4_HEAD})
    assert (service.id, service.title, service.language) == ("remote-access", "Remote access", "en")
    (video,) = service.videos
    assert (video.id, video.title, video.speaker, video.storyboard) == (
        "explainer",
        "Remote access",
        None,
        None,
    )
    assert {item.level for item in findings} == {Level.INFO}
    assert codes(findings) == ["BETTER_BROCHURE", "BETTER_SCRIPT"]


def test_the_advice_is_short_and_names_the_file_to_make(tmp_path: Path) -> None:
    _, findings = read(tmp_path, {"explainer.mp4": MP4_HEAD, "brochure.md": "---\ntitle: x\n---\n"})
    assert codes(findings) == ["BETTER_SUMMARY", "BETTER_LIAISON", "BETTER_SECTIONS", "BETTER_SCRIPT"]
    assert "`explainer.script.md`" in str(findings[-1].hint)
    assert all(str(item.file).startswith("remote-access/") for item in findings)


def test_who_has_errors_to_mend_is_spared_the_advice(tmp_path: Path) -> None:
    files = {"explainer.mp4": MP4_HEAD, "brochure.md": "---\nsumary: x\n---\n"}
    with pytest.raises(MaterialError) as caught:
        read(tmp_path, files)
    assert codes(caught.value.findings) == ["META_UNKNOWN"]


def test_a_complete_brochure_is_met_with_silence(tmp_path: Path) -> None:
    facts = "---\nsummary: x\nliaison: {name: A, photo: a.jpg}\nvideos: [{file: a.mp4, speaker: A}]\n---\n"
    body = "".join(f"## {name}\nx\n" for name in ("Goals", "What you get", "Policies", "Plans"))
    files = {
        "a.mp4": MP4_HEAD,
        "a.script.md": "Hello.",
        "a.jpg": picture_bytes(kind="JPEG"),
        "brochure.md": facts + body,
        "documents/Quick_guide.pdf": pdf_bytes(["x"]),
    }
    service, findings = read(tmp_path, files)
    assert findings == ()
    assert service.documents[0].title == "Quick guide"
    assert service.liaison is not None
    assert service.liaison.photo is not None
    assert service.liaison.photo.path.read_bytes().startswith(b"\x89PNG")
    assert service.videos[0].speaker is not None


def test_the_facts_override_and_order_the_recordings(tmp_path: Path) -> None:
    facts = (
        "videos:\n  - {file: footage/b.mp4, title: Second first, storyboard: slides, cut: none}\n"
        "  - {file: a.mp4, slides: none}\n"
    )
    files = {
        "a.mp4": MP4_HEAD,
        "footage/b.mp4": MP4_HEAD,
        "c.wav": MP4_HEAD,
        "brochure.md": f"---\n{facts}---\n",
    }
    service, _ = read(tmp_path, files)
    assert [(video.id, video.title) for video in service.videos] == [
        ("video-b", "Second first"),
        ("video-a", "A"),
        ("video-c", "C"),
    ]
    assert service.videos[0].storyboard is Storyboard.SLIDES
    assert not service.videos[0].cut.head


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Explainer.mp4", "`explainer.mp4`"), ("film.mp4", "folder"), ("explainer", "`explainer.mp4`")],
)
def test_a_recording_must_be_named_exactly(tmp_path: Path, name: str, hint: str) -> None:
    files = {"explainer.mp4": MP4_HEAD, "brochure.md": f"---\nvideos:\n  - file: {name}\n---\n"}
    (finding,) = refusals(tmp_path, files)
    assert (finding.code, finding.file, finding.line) == ("META_PATH", "remote-access/brochure.md", 3)
    assert hint in str(finding.hint)


@pytest.mark.parametrize("listed", ["a.pdf", "a.mp4}, {file: a.mp4"])
def test_a_recording_is_listed_once_and_is_one(tmp_path: Path, listed: str) -> None:
    files = {"a.mp4": MP4_HEAD, "a.pdf": b"%PDF-", "brochure.md": f"---\nvideos: [{{file: {listed}}}]\n---\n"}
    assert "META_PATH" in codes(refusals(tmp_path, files))


def test_a_linked_recording_cannot_be_named(tmp_path: Path) -> None:
    (tmp_path / "secret.mp4").write_bytes(MP4_HEAD)
    folder = tmp_path / "services" / "remote-access"
    folder.mkdir(parents=True)
    (folder / "explainer.mp4").symlink_to(tmp_path / "secret.mp4")
    files = {"brochure.md": "---\nvideos: [{file: explainer.mp4}]\n---\n"}
    assert codes(refusals(tmp_path, files)) == ["META_PATH"]


def test_everything_wrong_with_a_service_is_told_at_once(tmp_path: Path) -> None:
    files = {
        "a.mp4": MP4_HEAD,
        "b.mp4": b"",
        "a.script.md": "Größe".encode("latin-1"),
        "b.ass": "x",
        "slides/1.png": picture_bytes()[:60],
        "brochure.md": "---\nsumary: x\n---\n",
    }
    assert sorted(codes(refusals(tmp_path, files))) == sorted(
        ["META_UNKNOWN", "EMPTY_FILE", "META_ENCODING", "CAPTION_FORMAT", "FILE_INCOMPLETE"]
    )


def test_captions_without_a_language_are_in_the_services_own(tmp_path: Path) -> None:
    files = {
        "a.mp4": MP4_HEAD,
        "a.vtt": "WEBVTT\n",
        "a.en.vtt": "WEBVTT\n",
        "brochure.md": "---\nlanguage: de\n---\n",
    }
    service, findings = read(tmp_path, files)
    assert sorted(item.language for item in service.videos[0].captions) == ["de", "en"]
    assert "BETTER_SCRIPT" not in codes(findings)


def test_pictures_become_slides_in_natural_order(tmp_path: Path) -> None:
    files = {"a.mp4": MP4_HEAD, **{f"slides/{number}.png": picture_bytes() for number in (10, 9, 1)}}
    service, _ = read(tmp_path, files)
    assert [(slide.number, slide.source.name) for slide in service.videos[0].slides] == [
        (1, "slides/1.png"),
        (2, "slides/9.png"),
        (3, "slides/10.png"),
    ]


def test_slides_of_the_service_are_shown_once_and_that_is_said(tmp_path: Path) -> None:
    files = {"a.mp4": MP4_HEAD, "b.mp4": MP4_HEAD, "slides/1.png": picture_bytes()}
    service, findings = read(tmp_path, files)
    assert [len(video.slides) for video in service.videos] == [1, 0]
    assert "SLIDES_SHARED" in codes(findings)


def test_a_service_without_a_recording_is_a_page_with_a_warning(tmp_path: Path) -> None:
    service, findings = read(tmp_path, {"brochure.md": "# Remote access\n\n## Goals\nWork anywhere.\n"})
    assert service.videos == ()
    assert [item.level for item in findings if item.code == "NO_FOOTAGE"] == [Level.WARN]


def test_an_empty_folder_is_no_service(tmp_path: Path) -> None:
    (finding,) = refusals(tmp_path, {})
    assert (finding.code, finding.file) == ("EMPTY_FOLDER", "remote-access")


def test_a_folder_without_material_is_told_what_it_holds(tmp_path: Path) -> None:
    (finding,) = refusals(tmp_path, {"loop.gif": "GIF89a", "notes.docx": "x"})
    assert finding.code == "EMPTY_FOLDER"
    assert "only `loop.gif`, `notes.docx`" in finding.message


def test_a_folder_with_a_bad_name_fails_with_its_reason(tmp_path: Path) -> None:
    make_folder(tmp_path / "services" / "Remote Access", {"a.mp4": MP4_HEAD})
    ((folder,), _) = find_services(tmp_path / "services")
    with pytest.raises(MaterialError, match="remote-access"):
        read_service(folder, settings=settings_for(tmp_path), keep=keeper(tmp_path))


def test_files_nothing_is_made_of_are_named_once(tmp_path: Path) -> None:
    files = {"a.mp4": MP4_HEAD, **{f"note {number}.docx": "x" for number in range(9)}}
    _, findings = read(tmp_path, files)
    (unused,) = [item for item in findings if item.code == "FILE_UNUSED"]
    assert unused.level is Level.INFO
    assert "and 5 more" in unused.message


def test_ids_of_recordings_never_collide(tmp_path: Path) -> None:
    service, _ = read(tmp_path, {"Teil 1.mp4": MP4_HEAD, "teil-1.mp4": MP4_HEAD, "日本.mp4": MP4_HEAD})
    ids = [video.id for video in service.videos]
    assert len(set(ids)) == 3
    assert "teil-1" in ids


def test_a_survey_of_our_own_is_not_there_yet_and_that_is_said(tmp_path: Path) -> None:
    files = {"a.mp4": MP4_HEAD, "brochure.md": "---\ntitle: x\nsurvey: built-in\n---\n"}
    service, findings = read(tmp_path, files)
    assert service.survey is None
    assert [item.line for item in findings if item.code == "NOT_USED_YET"] == [3]


def test_a_review_date_before_the_review_is_noticed(tmp_path: Path) -> None:
    facts = "---\nreviewed: 2027-01-01\nreview_by: 2026-01-01\n---\n"
    _, findings = read(tmp_path, {"a.mp4": MP4_HEAD, "brochure.md": facts})
    assert "META_DATES" in codes(findings)


def test_reading_twice_gives_the_same_service(tmp_path: Path) -> None:
    files = {"a.mp4": MP4_HEAD, "slides/1.png": picture_bytes(), "brochure.md": "# A\n"}
    assert read(tmp_path, files) == read(tmp_path, files)

"""Several files of one video: listed in order, each once, what belongs to them beside the first."""

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

PARTS = ("part-1.mp4", "part-2.mp4", "part-10.mp4")


def read(root: Path, facts: str, **more: str) -> tuple[Service, tuple[Finding, ...]]:
    """Read a service of three files, `facts` about them, and `more` files: ``part_1_script_md``."""
    files: dict[str, bytes | str] = dict.fromkeys(PARTS, MP4_HEAD)
    files |= {name.replace("_", "-", 1).replace("_", "."): text for name, text in more.items()}
    folder = make_folder(root / "services" / "vpn", {**files, "brochure.md": f"---\n{facts}---\n"})
    return read_service(ServiceFolder("vpn", folder), settings=settings_for(root), keep=keeper(root))


def refusals(root: Path, facts: str) -> list[Finding]:
    with pytest.raises(MaterialError) as caught:
        read(root, facts)
    return [item for item in caught.value.findings if item.level is Level.ERROR]


def test_listed_files_are_one_video_in_the_order_of_the_list(tmp_path: Path) -> None:
    service, _ = read(tmp_path, "videos:\n  - file: [part-2.mp4, part-10.mp4, part-1.mp4]\n")
    (video,) = service.videos
    assert [item.name for item in video.footage] == ["part-2.mp4", "part-10.mp4", "part-1.mp4"]
    assert (video.id, video.name, video.title) == ("part-2", "part-2.mp4", "Vpn")


def test_numbers_in_names_join_nothing(tmp_path: Path) -> None:
    service, _ = read(tmp_path, "title: VPN\n")
    assert [[item.name for item in video.footage] for video in service.videos] == [
        ["part-1.mp4"],
        ["part-2.mp4"],
        ["part-10.mp4"],
    ]


def test_a_single_name_is_a_video_of_one_file_and_the_others_follow(tmp_path: Path) -> None:
    service, _ = read(tmp_path, "videos:\n  - file: part-10.mp4\n  - file: [part-2.mp4]\n")
    assert [[item.name for item in video.footage] for video in service.videos] == [
        ["part-10.mp4"],
        ["part-2.mp4"],
        ["part-1.mp4"],
    ]


def test_words_are_found_beside_the_first_file_and_others_are_told_where_they_belong(tmp_path: Path) -> None:
    service, findings = read(
        tmp_path,
        "videos:\n  - file: [part-1.mp4, part-2.mp4]\n",
        part_1_script_md="Hello.",
        part_2_en_vtt="WEBVTT\n",
    )
    script = service.videos[0].script
    assert script is not None
    assert script.name == "part-1.script.md"
    (left_out,) = [item for item in findings if item.code == "FILE_UNUSED"]
    assert (left_out.level, left_out.file) == (Level.WARN, "vpn/part-2.en.vtt")
    assert "`part-1.en.vtt`" in str(left_out.hint)


@pytest.mark.parametrize(
    ("videos", "line", "said"),
    [
        ("  - file: [part-1.mp4, part-1.mp4]\n", 3, "names `part-1.mp4` twice"),
        ("  - file:\n      - part-1.mp4\n      - part-3.mp4\n", 5, "names `part-3.mp4`, and there is no"),
        ("  - file:\n      - part-1.mp4\n      - brochure.md\n", 5, "which is no recording"),
        ("  - file: part-1.mp4\n  - file: [part-2.mp4, part-1.mp4]\n", 4, "belongs to `videos.1`"),
        ("  - file:\n      - part-1.mp4\n      - ../x.mp4\n", 5, "leads out of"),
    ],
)
def test_a_file_that_cannot_be_joined_is_one_sentence_with_its_line(
    tmp_path: Path, videos: str, line: int, said: str
) -> None:
    (finding,) = refusals(tmp_path, f"videos:\n{videos}")
    assert (finding.code, finding.file, finding.line) == ("META_PATH", "vpn/brochure.md", line)
    assert said in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("[]", "META_EMPTY", "no file"),
        ("[" + ", ".join(f"{number}.mp4" for number in range(13)) + "]", "META_TOO_MANY", "at most 12"),
        ("{a: b}", "META_TYPE", "a list"),
    ],
)
def test_a_list_holds_some_names_and_not_too_many(tmp_path: Path, file: str, code: str, said: str) -> None:
    (finding,) = refusals(tmp_path, f"videos:\n  - file: {file}\n")
    assert finding.code == code
    assert said in finding.message


def test_files_is_taken_for_a_slip_of_file(tmp_path: Path) -> None:
    findings = refusals(tmp_path, "videos:\n  - files: [part-1.mp4]\n")
    (unknown,) = [item for item in findings if item.code == "META_UNKNOWN"]
    assert unknown.hint == "did you mean `file`?"

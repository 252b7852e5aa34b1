"""Which file belongs to which, by name and by content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ebrochure.ingest.listing import list_service
from ebrochure.ingest.matching import Material, match_files, with_versions
from ebrochure.model.findings import Level
from ebrochure.model.service import VersionKind
from tests.fixtures.workspace import MP4_HEAD, make_folder, pdf_bytes, picture_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from ebrochure.model.findings import Finding


def matched(folder: Path, *names: str) -> tuple[Material, tuple[Finding, ...]]:
    make_folder(folder, {name: _content(name) for name in names})
    files, _ = list_service(folder)
    return match_files(files)


def _content(name: str) -> bytes:
    if name.endswith((".mp4", ".mov", ".wav", ".m4a")):
        return MP4_HEAD
    if name.endswith(".pdf"):
        return pdf_bytes(["x"])
    return picture_bytes() if name.endswith((".png", ".jpg")) else b"words"


def test_files_find_their_recording_by_its_name(tmp_path: Path) -> None:
    names = ("explainer.mp4", "explainer.script.md", "explainer.en.vtt", "explainer.de.srt", "explainer.vtt")
    material, findings = matched(tmp_path, *names)
    (recording,) = material.recordings
    assert findings == ()
    assert recording.script is not None
    assert recording.script.name == "explainer.script.md"
    assert {language: item.name for language, item in recording.captions} == {
        "en": "explainer.en.vtt",
        "de": "explainer.de.srt",
        None: "explainer.vtt",
    }


def test_several_recordings_keep_their_own_files_in_natural_order(tmp_path: Path) -> None:
    material, findings = matched(
        tmp_path, "part 10.mp4", "footage/part 2.mp4", "part 2.script.txt", "part 10.en.vtt", "part 10.pdf"
    )
    assert findings == ()
    ten, two = sorted(material.recordings, key=lambda item: item.stem)
    assert (two.script is not None, ten.script) == (True, None)
    assert ten.deck is not None
    assert ten.deck.name == "part 10.pdf"


def test_dots_in_a_name_do_not_confuse_languages(tmp_path: Path) -> None:
    material, findings = matched(tmp_path, "v1.2.mp4", "v1.2.vtt", "v1.2.de.vtt")
    assert findings == ()
    assert sorted(str(language) for language, _ in material.recordings[0].captions) == ["None", "de"]


def test_capitals_do_not_part_a_recording_from_its_files(tmp_path: Path) -> None:
    material, findings = matched(tmp_path, "Explainer.mp4", "explainer.Script.md")
    assert findings == ()
    assert material.recordings[0].script is not None


def test_described_and_signed_versions_belong_to_the_film_of_their_name(tmp_path: Path) -> None:
    material, findings = matched(tmp_path, "A.mp4", "a.described.mp4", "a.sign.mov", "a.sign.en.vtt")
    (film,) = with_versions(material.recordings, frozenset())
    (_, described), (_, signed) = film.versions
    assert findings == ()
    assert [kind for kind, _ in film.versions] == [VersionKind.DESCRIBED, VersionKind.SIGN]
    assert (film.name, described.name, signed.name) == ("A.mp4", "a.described.mp4", "a.sign.mov")
    assert [item.name for _, item in signed.captions] == ["a.sign.en.vtt"]


@pytest.mark.parametrize("listed", [(), ("a.sign.mp4",)])
def test_a_version_of_nothing_is_a_film_and_so_is_one_that_is_listed(
    tmp_path: Path, listed: tuple[str, ...]
) -> None:
    material, _ = matched(tmp_path, "a.sign.mp4", *(("a.mp4",) if listed else ()))
    films = with_versions(material.recordings, frozenset(listed))
    assert {film.name for film in films} == {item.name for item in material.recordings}
    assert all(film.versions == () for film in films)


def test_two_recordings_of_one_name_are_an_error(tmp_path: Path) -> None:
    _, (finding,) = matched(tmp_path, "a.mp4", "a.mov")
    assert (finding.code, finding.level) == ("DUPLICATE_RECORDING", Level.ERROR)


@pytest.mark.parametrize(
    ("stray", "code", "hint"),
    [
        ("explaner.script.md", "FILE_UNMATCHED", "`explainer.script.md`"),
        ("captions.vtt", "FILE_UNMATCHED", "`explainer.en.vtt`"),
        ("explainer.final.vtt", "CAPTION_LANGUAGE", "`en`"),
        ("explainer.ass", "CAPTION_FORMAT", "WebVTT"),
        ("documents/notes.docx", "FILE_UNUSED", "PDF"),
        ("explainer.script.docx", "SCRIPT_FORMAT", "`explainer.script.txt`"),
        ("Explainer.odt", "SCRIPT_FORMAT", "`Explainer.script.txt`"),
        ("brochure.docx", "SCRIPT_FORMAT", "`brochure.md`"),
        ("brochure.md.txt", "BROCHURE_NAME", "`brochure.md`"),
    ],
)
def test_a_file_that_misses_its_place_is_told_with_the_name_it_needs(
    tmp_path: Path, stray: str, code: str, hint: str
) -> None:
    _, (finding,) = matched(tmp_path, "explainer.mp4", stray)
    assert finding.code == code
    assert finding.file == stray
    assert hint in str(finding.hint)


def test_of_two_caption_files_for_a_language_the_webvtt_wins(tmp_path: Path) -> None:
    material, (finding,) = matched(tmp_path, "a.mp4", "a.en.srt", "a.en.vtt")
    assert [item.name for _, item in material.recordings[0].captions] == ["a.en.vtt"]
    assert finding.file == "a.en.srt"


def test_slides_are_the_deck_of_that_name_or_the_pictures_of_that_folder(tmp_path: Path) -> None:
    material, _ = matched(tmp_path, "a.mp4", "slides.pptx", "slides.pdf", "slides/2.png", "slides/10.png")
    assert [item.name for item in material.decks] == ["slides.pdf", "slides.pptx"]
    assert [item.name for item in material.pictures] == ["slides/2.png", "slides/10.png"]


def test_only_pdf_files_are_documents(tmp_path: Path) -> None:
    make_folder(tmp_path, {"documents/web.pdf": b"<html>", "documents/real.pdf": pdf_bytes(["x"])})
    material, findings = match_files(list_service(tmp_path)[0])
    assert [item.name for item in material.documents] == ["documents/real.pdf"]
    assert [item.file for item in findings] == ["documents/web.pdf"]


def test_a_video_that_calls_itself_a_picture_is_an_error(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.jpg": MP4_HEAD, "slides/1.png": MP4_HEAD})
    _, findings = match_files(list_service(tmp_path)[0])
    assert [(item.code, item.level) for item in findings] == [("TYPE_MISMATCH", Level.ERROR)] * 2


def test_a_video_that_calls_itself_text_is_left_out_with_a_warning(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.txt": MP4_HEAD})
    material, (finding,) = match_files(list_service(tmp_path)[0])
    assert material.recordings == ()
    assert (finding.code, finding.level) == ("TYPE_MISMATCH", Level.WARN)


def test_a_video_without_an_ending_is_used_with_a_warning(tmp_path: Path) -> None:
    make_folder(tmp_path, {"recording": MP4_HEAD})
    material, (finding,) = match_files(list_service(tmp_path)[0])
    assert len(material.recordings) == 1
    assert finding.level is Level.WARN


def test_a_text_that_calls_itself_a_video_is_left_to_the_probe(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.mp4": b"This is no video."})
    material, findings = match_files(list_service(tmp_path)[0])
    assert len(material.recordings) == 1
    assert findings == ()


def test_an_iphone_photo_is_not_taken_for_a_video(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64})
    material, findings = match_files(list_service(tmp_path)[0])
    assert (material.recordings, findings) == ((), ())

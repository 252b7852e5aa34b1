"""Caption files that somebody named: what they say of themselves, and where new ones may go."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
from pptx import Presentation

from ebrochure.caption.formats import CaptionFormat, write_captions
from ebrochure.captionfile import (
    fitting_name,
    format_of,
    language_in,
    lines_in,
    read_captions_file,
    require_free,
    write_text,
)
from ebrochure.captions_verbs import out_beside
from ebrochure.errors import EbrochureError, MaterialError
from ebrochure.ingest.scriptfile import read_script_file
from ebrochure.transcribe.script import parse_script

VTT = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Priya Shah>Guten Tag.\n"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("talk.de.vtt", "de"),
        ("talk.de.retimed.vtt", "de"),
        ("talk.fr-CA.srt", "fr-CA"),
        ("talk.vtt", None),
        ("de.vtt", None),
        ("v1.2.vtt", None),
    ],
)
def test_language_is_read_from_the_name(name: str, language: str | None) -> None:
    assert language_in(name) == language


def test_what_the_caller_says_beats_the_name(tmp_path: Path) -> None:
    file = tmp_path / "talk.de.vtt"
    file.write_text(VTT, encoding="utf-8")
    assert read_captions_file(file).language == "de"
    assert read_captions_file(file, language="de-AT").track.language == "de-AT"
    assert read_captions_file(file).lines == (4,)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "talk.vtt")
    with pytest.raises(MaterialError, match="not a file"):
        read_captions_file(tmp_path / "talk.vtt")


def test_a_link_that_somebody_named_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.vtt").write_text(VTT, encoding="utf-8")
    (tmp_path / "link.vtt").symlink_to(tmp_path / "real.vtt")
    assert read_captions_file(tmp_path / "link.vtt").name == "link.vtt"


def test_the_end_of_a_name_says_the_format_and_any_other_is_a_sentence() -> None:
    assert format_of(Path("a.SRT")) is CaptionFormat.SRT
    assert format_of(Path("a.dfxp")) is CaptionFormat.TTML
    with pytest.raises(EbrochureError, match=r"`a\.doc` does not say what to write"):
        format_of(Path("a.doc"))


def test_nothing_that_is_there_is_written_over_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "talk.vtt"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(EbrochureError, match="is there already"):
        require_free(out, force=False)
    require_free(out, force=True)
    (tmp_path / "dangling.vtt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(EbrochureError, match="is there already"):
        require_free(tmp_path / "dangling.vtt", force=False)
    with pytest.raises(EbrochureError, match="no folder"):
        require_free(tmp_path / "not" / "there.vtt", force=True)


def test_what_is_written_is_whole_and_readable_by_others(tmp_path: Path) -> None:
    write_text(tmp_path / "talk.vtt", VTT)
    assert (tmp_path / "talk.vtt").read_text(encoding="utf-8") == VTT
    assert stat.S_IMODE((tmp_path / "talk.vtt").stat().st_mode) == 0o644
    assert [path.name for path in tmp_path.iterdir()] == ["talk.vtt"]
    with pytest.raises(EbrochureError, match="cannot be written"):
        write_text(tmp_path / ("x" * 300 + ".vtt"), VTT)


@pytest.mark.parametrize("form", [CaptionFormat.WEBVTT, CaptionFormat.SRT, CaptionFormat.TTML])
def test_lines_are_those_of_the_times_in_the_file_that_is_written(
    tmp_path: Path, form: CaptionFormat
) -> None:
    (tmp_path / "talk.vtt").write_text(
        VTT + "\n2\n00:00:03.100 --> 00:00:05.000\nZwei\nZeilen\n", encoding="utf-8"
    )
    track = read_captions_file(tmp_path / "talk.vtt").track
    rows = write_captions(track, form).splitlines()
    found = [rows[line - 1] for line in lines_in(track, form)]
    assert ["01" in found[0], "03" in found[1]] == [True, True]
    assert all("-->" in row or "begin=" in row for row in found)


def test_a_name_of_any_length_gets_captions_beside_it() -> None:
    name = out_beside(Path("/talks/" + "ü" * 125 + ".mp4"), "en", is_draft=True).name
    assert len(os.fsencode(name)) <= 255
    assert name.endswith("ü.en.draft.vtt")
    assert fitting_name("talk", ".vtt") == "talk.vtt"


def test_a_draft_beside_a_recording_is_not_named_like_captions_by_a_person() -> None:
    assert out_beside(Path("talk.mp4"), "en", is_draft=True) == Path("talk.en.draft.vtt")
    assert out_beside(Path("talk.mp4"), "de", is_draft=False) == Path("talk.de.vtt")
    assert out_beside(Path("talk.mp4"), "und", is_draft=False) == Path("talk.vtt")


def deck(path: Path, *notes: str | None) -> Path:
    presentation = Presentation()
    for note in notes:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        if note is not None:
            slide.notes_slide.notes_text_frame.text = note
    out = io.BytesIO()
    presentation.save(out)
    path.write_bytes(out.getvalue())
    return path


def test_speaker_notes_are_a_script_with_a_mark_for_each_slide(tmp_path: Path) -> None:
    text, findings = read_script_file(
        deck(tmp_path / "talk.pptx", "Welcome.\nGood to see you.", None, "Goodbye.")
    )
    script = parse_script(text)
    assert findings == ()
    assert [sentence.text for sentence in script.sentences] == ["Welcome.", "Good to see you.", "Goodbye."]
    assert script.slide_marks == ((1, 0), (2, 2), (3, 2))


def test_a_deck_without_notes_is_no_script_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MaterialError, match=r"no slide of `talk\.pptx` has speaker notes"):
        read_script_file(deck(tmp_path / "talk.pptx", None))


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"],
    ids=["PDF", "old Word", "MP4"],
)
def test_a_file_that_holds_no_plain_words_is_refused_as_a_script(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "words").write_bytes(content)
    with pytest.raises(MaterialError) as caught:
        read_script_file(tmp_path / "words")
    assert caught.value.findings[0].code == "SCRIPT_FORMAT"

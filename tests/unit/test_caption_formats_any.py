"""Whatever is dropped in as captions is read, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ebrochure.caption.formats import WRITABLE, CaptionFormat, model, write_captions
from ebrochure.caption.languages import language_tag
from ebrochure.errors import MaterialError
from tests.fixtures.caption_files import KINDS, caption_file
from tests.fixtures.caption_reading import as_track, found, read, refused, shown, track

TTML = CaptionFormat.TTML

# --- other files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("hello", "is neither"),
        ("[Script Info]\nTitle: x\n", "ASS"),
        ("0:00:01.000,0:00:02.000\nx\n", "SBV"),
        ("Scenarist_SCC V1.0\n", "SCC"),
        ("{0}{25}x\n", "MicroDVD"),
        ("[00:12.00]x\n", "LRC"),
        ("{\\rtf1 x}", "RTF"),
        ("%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_caption_file_is_called_by_its_name(text: str, words: str) -> None:
    code, message = refused(text)
    assert (code, words in message) == ("CAPTIONS_FORMAT", True)


def test_a_word_document_is_refused_with_the_way_to_the_transcript() -> None:
    with pytest.raises(MaterialError) as caught:
        read(b"PK\x03\x04" + bytes(100))
    assert ".vtt and not as .docx" in (caught.value.findings[0].hint or "")


def test_the_time_code_of_a_tape_is_found() -> None:
    assert found("1\n10:00:01,000 --> 10:00:02,000\nx\n") == [("CAPTIONS_LATE", 2)]


def test_many_findings_of_a_kind_are_counted() -> None:
    text = "WEBVTT\n\n" + "".join("00:01.000 --> 00:02.000\n<x>y\n\n" for _ in range(200))
    codes = [item.code for item in read(text).findings]
    assert (len(codes), set(codes)) == (51, {"CAPTIONS_MARKUP"})
    assert "150 more" in read(text).findings[-1].message


@pytest.mark.parametrize("kind", KINDS)
def test_more_cues_than_any_recording_has_are_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = caption_file(kind, 3).data
    cues = len(read(data).cues)
    monkeypatch.setattr(model, "MAX_CUES", cues - 1)
    assert refused(data)[0] == "CAPTIONS_TOO_MANY"
    monkeypatch.setattr(model, "MAX_CUES", cues)
    assert len(read(data).cues) == cues


@pytest.mark.parametrize("to", [CaptionFormat.TEAMS, CaptionFormat.ZOOM])
def test_only_meetings_write_transcripts_of_meetings(to: CaptionFormat) -> None:
    with pytest.raises(MaterialError, match="come out of meetings"):
        write_captions(track("x"), to)


@pytest.mark.parametrize("to", WRITABLE)
def test_what_no_file_can_hold_is_written_as_a_sign(to: CaptionFormat) -> None:
    written = write_captions(track("a\x00b\ud800c\ufffe", "", "d\r\n\r\ne", speaker="\x1bA\ud800"), to)
    assert shown(written.encode()) == [(1000, 2000, "a�b�c�|d|e")]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("EN_gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("und", None),
        ("", None),
        ("english", None),
    ],
)
def test_languages_are_tags_however_they_are_written(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


def test_the_hostile_caption_files_are_read_without_a_script_or_refused(samples: Path) -> None:
    folder = samples / "corpus" / "security" / "captions"
    read_ones = []
    for path in sorted(folder.glob("*")):
        try:
            file = read(path.read_bytes(), path.name)
        except MaterialError as error:
            assert error.findings[0].file == path.name  # noqa: PT017
            continue
        read_ones.append(path.name)
        assert not any("<script" in write_captions(as_track(file), to) for to in (CaptionFormat.WEBVTT, TTML))
    assert read_ones == ["user.vtt", "user_bom_crlf.srt"]


# --- anything at all -------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        *(
            b"WEBVTT\n\n",
            b"\n",
            b"\r\n",
            b"1\n",
            b"00:00:01.000 --> 00:00:02.000",
            b"00:00:03,000 --> 00:00:04,5",
        ),
        *(
            b"-->",
            b"<v A>",
            b"<",
            b">",
            b"&#",
            b"&amp;",
            b"9" * 30,
            b"text",
            b"{\\an8}",
            b"NOTE ",
            b"00:00:01 ",
        ),
        *(b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\xe9", b"PK\x03\x04", b"Priya Shah: hi", b"<br/>", b"</p>"),
        *(b'<tt xmlns="http://www.w3.org/ns/ttml">', b"<body>", b'<p begin="1s" end="2s">', b"</body></tt>"),
        *(b"<!DOCTYPE a>", b"<![CDATA[", b"[", b"]}", b'{"segments":[', b'{"words":['),
        *(b'{"start":1,"end":2,"text":"a"}', b'{"text":"a","start_ms":1,"end_ms":2}'),
    ]
)


@settings(max_examples=150, deadline=None)
@example(b"\xa0")
@example(b"WEBVTT\n\n00:01.000 --> 00:02.000\n&#" + b"9" * 5000)
@example(b'[{"start":1,"end":2,"text":"\\ud800"}]')
@given(st.binary(max_size=200) | st.lists(pieces, max_size=25).map(b"".join))
def test_any_bytes_are_captions_that_can_be_written_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        file = read(data)
    except MaterialError as error:
        assert error.findings[0].message  # noqa: PT017
        return
    assert len(file.lines) == len(file.cues) > 0
    for to in WRITABLE:
        again = read(write_captions(as_track(file), to).encode())
        assert [(cue.time, cue.lines) for cue in again.cues] == [(cue.time, cue.lines) for cue in file.cues]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 30), st.data())
def test_a_damaged_file_is_read_or_refused_with_a_sentence(kind: str, seed: int, data: st.DataObject) -> None:
    whole = bytearray(caption_file(kind, seed).data)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
        whole = whole or bytearray(b" ")
    try:
        assert read(bytes(whole)).cues
    except MaterialError as error:
        assert error.findings[0].message  # noqa: PT017

"""Caption files of every kind: what is particular to each, how it is told, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ebrochure.caption.formats import (
    WRITABLE,
    CaptionFile,
    CaptionFormat,
    model,
    read_caption_file,
    write_captions,
)
from ebrochure.caption.languages import language_tag
from ebrochure.errors import MaterialError
from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.timing import TimeRange
from tests.fixtures.caption_files import KINDS, caption_file


def read(text: str | bytes, name: str = "a file") -> CaptionFile:
    return read_caption_file(text if isinstance(text, bytes) else text.encode(), name=name)


def shown(text: str | bytes) -> list[tuple[int, int, str]]:
    return [(cue.time.start_ms, cue.time.end_ms, "|".join(cue.lines)) for cue in read(text).cues]


def found(text: str | bytes) -> list[tuple[str, int | None]]:
    return [(item.code, item.line) for item in read(text).findings]


def refused(text: str | bytes) -> tuple[str, str]:
    with pytest.raises(MaterialError) as caught:
        read(text)
    finding = caught.value.findings[0]
    assert finding.file == "a file"
    assert finding.hint
    return finding.code, finding.message


def track(*lines: str, speaker: str | None = None) -> Track:
    cues = (Cue("1", TimeRange(1000, 2000), lines, speaker),)
    return Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.PERSON))


def as_track(file: CaptionFile) -> Track:
    return Track(TrackKind.CAPTIONS, "en", "English", file.cues, Provenance(TextOrigin.PERSON))


TTML = CaptionFormat.TTML

# --- WebVTT ----------------------------------------------------------------------------------

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n"


def test_every_voice_of_a_cue_is_kept() -> None:
    (cue,) = read(f"{VTT}<v Bob>- Hi</v>\n<v.loud Ann\nLee>- Hello <v Bob>again\n").cues
    assert (cue.lines, cue.speaker) == (("- Hi", "- Hello again"), "Bob / Ann Lee")


def test_a_line_of_one_space_does_not_end_a_cue() -> None:
    # Automatic captions of a large video site start nearly every cue so.
    assert shown(f"{VTT} \nyou<00:01.500><c> there</c>\n") == [(1000, 2000, "you there")]


def test_text_after_an_empty_line_below_the_times_is_kept_and_found() -> None:
    text = f"{VTT}\nlost\n\n00:03.000 --> 00:04.000\nx\n"
    assert shown(text) == [(1000, 2000, "lost"), (3000, 4000, "x")]
    assert found(text) == [("CAPTIONS_PARTED", 3)]


def test_what_players_take_for_markup_is_named() -> None:
    text = f"{VTT}if x < y and z > 3\n"
    assert shown(text) == [(1000, 2000, "if x  3")]
    assert found(text) == [("CAPTIONS_MARKUP", 3)]
    assert "`< y and z >`" in read(text).findings[0].message
    assert shown(f"{VTT}I <3 you & 2 < 3\n") == [(1000, 2000, "I <3 you & 2 < 3")]


def test_commas_and_a_header_further_down_are_read_and_found() -> None:
    text = "\n\nWEBVTT\n\n00:01,000 --> 00:02,000\nx\n"
    assert shown(text) == [(1000, 2000, "x")]
    assert found(text) == [("CAPTIONS_HEADER", 3), ("CAPTIONS_COMMA", 5)]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("Kind: captions\nLanguage: en_us", "en-US"),
        ("Language: und", None),
        ("X: y\n\nNOTE language:de-de", "de-DE"),
    ],
)
def test_the_language_is_the_one_that_the_header_gives(header: str, language: str | None) -> None:
    assert read(f"WEBVTT\n{header}\n\n00:01.000 --> 00:02.000\nx\n").language == language


# --- SRT -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fractions", "milliseconds"),
    [
        (("5", "375", "25"), (500, 375, 250)),
        (("5", "7", "3"), (500, 700, 300)),
        (("50", "07", "99"), (500, 70, 990)),
        (("5", "50", "500"), (5, 50, 500)),  # plain numbers: a fraction would not end with a zero
        (("5", "050", "500"), (500, 50, 500)),
        (("250000", "500", "001"), (250, 500, 1)),  # microseconds
    ],
)
def test_short_and_long_fractions_are_read_as_the_file_means_them(
    fractions: tuple[str, ...], milliseconds: tuple[int, ...]
) -> None:
    rows = (f"{at}\n00:00:0{at},{part} --> 00:00:09,125\nx\n" for at, part in enumerate(fractions, start=1))
    text = "\n".join(rows)
    assert [start % 1000 for start, _, _ in shown(text)] == list(milliseconds)
    short = [at for at, part in enumerate(fractions) if len(part) < 3]
    assert found(text) == [("CAPTIONS_FRACTION", 2 + 4 * at) for at in short[:1]]


def test_srt_is_read_as_its_players_read_it() -> None:
    text = (
        "00:00:01,000 --> 00:00:02,000\n1984\n\n\n2\n\n00:00:03 --> 00:00:04,000 X1:1\n{\\an8}<i>one\n\n"
        "a --> b</i>\n3\n00:01:75,000 --> 00:02:16,000\ntwo\n"
    )
    assert shown(text) == [(1000, 2000, "1984"), (3000, 4000, "one|a --> b"), (135_000, 136_000, "two")]
    assert read(text).lines == (1, 7, 12)


def test_srt_without_a_text_or_a_time_is_found() -> None:
    text = (
        "A title\n\n1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:0x --> 3\nx\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\ny\n"
    )
    assert shown(text) == [(3000, 4000, "y")]
    assert found(text) == [("CAPTIONS_TEXT", 1), ("CAPTIONS_TEXT", 4), ("CAPTIONS_TIME", 7)]


@pytest.mark.parametrize(
    "line",
    [
        "<b>", "</i> <font color=red>", "{\\an8}", "<<i>b>", "-->", "00:00:01,000 --> 00:00:02,000", "1",
        "<\N{WORD JOINER}b>", "--\N{WORD JOINER}\N{WORD JOINER}>", "{\\", "&lt;b&gt;", "<v Ann>", "a<b>c",
    ],
)  # fmt: skip
def test_text_that_looks_like_markup_survives_srt(line: str) -> None:
    written = write_captions(track("before", line, "after"), CaptionFormat.SRT)
    assert shown(written) == [(1000, 2000, f"before|{line}|after")]


# --- encodings -------------------------------------------------------------------------------

SRT = "1\n00:00:01,000 --> 00:00:02,000\n"


@pytest.mark.parametrize("word", ["für Müller’s café", "¿Qué?", "10 € – «ça»", "naïve", "På"])
def test_western_text_of_old_windows_programs_is_read_and_found(word: str) -> None:
    text = f"{SRT}{word}\n".encode("windows-1252")
    assert shown(text) == [(1000, 2000, word)]
    assert found(text) == [("CAPTIONS_ENCODING", 3)]


@pytest.mark.parametrize(
    ("word", "encoding"),
    [
        ("Добрый день", "windows-1251"), ("książka", "windows-1250"), ("Καλημέρα", "windows-1253"),
        ("teşekkür ederim, kızım", "windows-1254"), ("節電にご協力", "shift-jis"), ("שלום", "windows-1255"),
        ("příští týden", "windows-1250"), ("x", "utf-16-le"),
    ],
)  # fmt: skip
def test_text_that_may_be_in_another_encoding_is_not_guessed_at(word: str, encoding: str) -> None:
    assert refused(f"{SRT}{word}\n".encode(encoding))[0] in {"CAPTIONS_ENCODING", "CAPTIONS_FORMAT"}


def test_one_broken_byte_in_utf8_does_not_garble_the_rest() -> None:
    assert refused(f"{SRT}für ".encode() + b"\xe9\n")[0] == "CAPTIONS_ENCODING"


# --- meetings --------------------------------------------------------------------------------


def test_a_teams_transcript_keeps_who_speaks() -> None:
    guid = "b2ea6aa1-77a5-4d0c-9c6e-0f5be4a4b8d1"
    text = (
        f"WEBVTT\r\n\r\n{guid}/13-0\r\n0:0:1.0 --> 0:0:5.320\r\n<v Shah, Priya>Hello.</v>\r\n\r\n"
        f"{guid}/13-1\r\n00:00:06.000 --> 00:00:07.000\r\n<v Shah, Priya>R&amp;D &lt;3</v>\r\n"
    )
    file = read(text)
    assert (file.format, file.lines) == (CaptionFormat.TEAMS, (4, 8))
    assert [(cue.id, cue.text, cue.speaker) for cue in file.cues] == [
        ("1", "Hello.", "Shah, Priya"),
        ("2", "R&D <3", "Shah, Priya"),
    ]


def test_a_zoom_transcript_keeps_who_speaks() -> None:
    rows = ("Priya Shah: Hello: you", "Tom Berg: Hi", "um", "Priya Shah: Well")
    text = "WEBVTT\n\n" + "".join(
        f"{at}\n00:00:0{at}.000 --> 00:00:0{at}.500\n{row}\n\n" for at, row in enumerate(rows, start=1)
    )
    file = read(text)
    assert file.format is CaptionFormat.ZOOM
    assert [(cue.speaker, cue.text) for cue in file.cues] == [
        ("Priya Shah", "Hello: you"), ("Tom Berg", "Hi"), (None, "um"), ("Priya Shah", "Well"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        ("PRIYA: Hello", "TOM: Hi", "PRIYA: Well"),  # a captioner's labels
        ("Remember: save first", "Note: twice", "Then: close"),  # no names: none comes again
        ("Priya Shah: Hello", "and so", "on it goes", "for long"),
        ("Priya Shah: Hello\nyou", "Priya Shah: of two lines"),
    ],
)
def test_a_label_that_a_person_wrote_is_text(rows: tuple[str, ...]) -> None:
    text = "WEBVTT\n\n" + "".join(
        f"{at}\n00:00:0{at}.000 --> 00:00:0{at}.500\n{row}\n\n" for at, row in enumerate(rows, start=1)
    )
    file = read(text)
    assert file.format is CaptionFormat.WEBVTT
    assert ["\n".join(cue.lines) for cue in file.cues] == list(rows)


def test_zoom_as_text_ends_each_where_the_next_one_starts() -> None:
    file = read("[00:00:01] Priya Shah: Hello\nall of you\n00:00:04 Tom: Hi\n")
    assert [(cue.time.start_ms, cue.time.end_ms, cue.speaker, cue.text) for cue in file.cues] == [
        (1000, 4000, "Priya Shah", "Hello all of you"),
        (4000, 8000, "Tom", "Hi"),
    ]
    assert [(item.code, item.line) for item in file.findings] == [("CAPTIONS_END", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "[Priya Shah] 10:02:15\nHello\n",
        "10:02:15 From Priya to Everyone: hi\n10:03:00 From Tom to Priya: x\n",
    ],
)
def test_times_of_day_are_refused(text: str) -> None:
    code, message = refused(text)
    assert (code, "times of day" in message) == ("CAPTIONS_TIME", True)


# --- JSON ------------------------------------------------------------------------------------


def test_whisper_segments_are_cues_on_the_lines_of_their_times() -> None:
    text = (
        '{"text": "a", "language": "en",\n "segments": [\n'
        '  {"id": 0, "seek": 0,\n   "start": 0.5, "end": 2.25, "text": " Hello \\"there\\"", "words": [\n'
        '    {"word": " Hello", "start": 0.5, "end": 1.0}]},\n'
        '  {"id": 1, "start": 3, "end": 4, "text": " you", "speaker": "Priya"}\n]}'
    )
    file = read(text)
    assert (file.format, file.language, file.lines) == (CaptionFormat.JSON, "en", (4, 6))
    assert [(cue.time.start_ms, cue.time.end_ms, cue.text, cue.speaker) for cue in file.cues] == [
        (500, 2250, 'Hello "there"', None),
        (3000, 4000, "you", "Priya"),
    ]


def test_a_segment_that_does_not_fit_is_left_out_with_its_line() -> None:
    text = (
        '[{"start": 1, "end": 2, "text": "a"},\n{"start": "1", "end": 2, "text": "b"},\n'
        '{"start": -1, "end": 2, "text": "c"},\n{"end": 2, "text": "d"},\n3,\n'
        '{"start": 1e99, "end": 2, "text": "e"}]'
    )
    assert shown(text) == [(1000, 2000, "a")]
    assert [line for code, line in found(text)] == [1, 2, 3, 4, 6]


def test_words_are_built_into_cues_and_what_the_script_lacks_is_found() -> None:
    said = "We measure every room before the work begins. Then you apply for your permit online, in time."
    words = [
        {
            "text": word,
            "start_ms": 400 * at,
            "end_ms": 400 * at + 350,
            "confidence": 1.0,
            "sentence": int(at > 7),
        }
        for at, word in enumerate(said.split())
    ]
    data = {
        "sentences": [{"text": "…", "start_ms": 0, "heard": 1.0}],
        "words": words,
        "inserted": [{"start_ms": 9000, "end_ms": 9500, "text": "that was it"}],
    }
    file = read(json.dumps(data, indent=1))
    assert " ".join(cue.text for cue in file.cues) == said
    assert all(len(line) <= 37 for cue in file.cues for line in cue.lines)
    assert [(item.code, "that was it" in (item.hint or "")) for item in file.findings] == [
        ("CAPTIONS_INSERTED", True)
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1}', "CAPTIONS_JSON"),
        ('[{"start": NaN}]', "CAPTIONS_JSON"),
        ('{"segments": [}', "CAPTIONS_JSON"),
        ('[{"start": ' + "9" * 5000 + "}]", "CAPTIONS_JSON"),
        ("[" + '{"a":[' * 50_000, "CAPTIONS_JSON"),
        ('{"segments": []}', "CAPTIONS_EMPTY"),
        ("[]", "CAPTIONS_EMPTY"),
    ],
)
def test_json_without_captions_is_refused(text: str, code: str) -> None:
    assert refused(text)[0] == code


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

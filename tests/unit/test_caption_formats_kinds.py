"""WebVTT and SRT as people and programs write them, and in which encodings."""

from __future__ import annotations

import pytest

from ebrochure.caption.formats import CaptionFormat, write_captions
from tests.fixtures.caption_reading import found, read, refused, shown, track

# --- WebVTT ----------------------------------------------------------------------------------

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n"


def test_every_voice_of_a_cue_is_kept() -> None:
    (cue,) = read(f"{VTT}<v Bob>- Hi</v>\n<v.loud Ann\nLee>- Hello <v Bob>again\n").cues
    assert (cue.lines, cue.speaker) == (("- Hi", "- Hello again"), "Bob / Ann Lee")
    assert read(f"{VTT}<v Bob></v><v Ann>Hello\n").cues[0].speaker == "Ann"


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

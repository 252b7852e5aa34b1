"""Captions as files: what we write, what we read, and what we refuse."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.caption.formats import (
    MAX_BYTES,
    decode_captions,
    parse_captions,
    read_captions,
    timing_lines,
    to_webvtt,
)
from ebrochure.errors import MaterialError
from ebrochure.model.captions import Cue, Provenance, TextOrigin, Track, TrackKind
from ebrochure.model.timing import TimeRange


def track(*cues: Cue) -> Track:
    return Track(TrackKind.CAPTIONS, "en", "English", cues, Provenance(TextOrigin.PERSON))


def cue(
    *lines: str, start_ms: int = 1000, end_ms: int = 3000, name: str = "1", speaker: str | None = None
) -> Cue:
    return Cue(name, TimeRange(start_ms, end_ms), lines, speaker)


def codes(error: MaterialError) -> list[str]:
    return [finding.code for finding in error.findings]


# --- writing ---------------------------------------------------------------------------------


def test_a_file_is_a_bare_header_ids_times_and_text() -> None:
    cues = (
        cue("We measure", "every room."),
        cue("Then you apply.", start_ms=3_723_004, end_ms=3_725_000, name="b"),
    )
    assert to_webvtt(track(*cues)) == (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nWe measure\nevery room.\n\n"
        "b\n01:02:03.004 --> 01:02:05.000\nThen you apply.\n"
    )


def test_no_cues_make_a_file_that_is_only_a_header() -> None:
    assert to_webvtt(track()) == "WEBVTT\n"


def test_markup_and_arrows_in_text_are_shown_and_not_obeyed() -> None:
    written = to_webvtt(track(cue("<b>R&D</b> --> done &amp; dusted")))
    assert "&lt;b&gt;R&amp;D&lt;/b&gt; --&gt; done &amp;amp; dusted" in written
    assert written.count("-->") == 1


def test_a_line_end_inside_a_line_does_not_end_the_cue() -> None:
    written = to_webvtt(track(cue("one\n\ntwo\r\n \r\nthree")))
    assert written.endswith("\none\ntwo\nthree\n")


def test_an_id_cannot_pass_for_times() -> None:
    written = to_webvtt(track(cue("x", name="a --> b\nc")))
    assert "\na -> b c\n" in written


def test_a_speaker_becomes_a_voice() -> None:
    assert "<v Ann &amp; Bob &gt;>Hello" in to_webvtt(track(cue("Hello", speaker="Ann &  Bob >")))


def test_control_characters_do_not_reach_the_file() -> None:
    assert "\x00" not in to_webvtt(track(cue("a\x00b\x1bc")))


def test_the_lines_of_the_times_are_known() -> None:
    cues = (cue("one"), cue("two", "lines", name="2"), cue("x\ny", name="3"), cue("four", name="4"))
    written = to_webvtt(track(*cues)).split("\n")
    assert all("-->" in written[line - 1] for line in timing_lines(cues))
    assert len(timing_lines(cues)) == 4


# --- reading ---------------------------------------------------------------------------------


def test_person_made_text_is_kept_to_the_letter() -> None:
    text = (
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n"
        "“It\u2019s 5 &lt; 6 &amp; 7&nbsp;%” …  two  spaces\nüber — 節電\n"
    )
    (found,) = read_captions(text, name="a.vtt")
    assert found.lines == ("“It\u2019s 5 < 6 & 7\u00a0%” …  two  spaces", "über — 節電")


def test_tags_of_webvtt_go_and_the_voice_is_the_speaker() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n"
        "<v.loud Ann &amp; Bob><i>Hello</i> <00:01.500><c.x>there</c>\n"
    )
    (found,) = read_captions(text, name="a.vtt")
    assert (found.speaker, found.lines) == ("Ann & Bob", ("Hello there",))


def test_a_reference_to_markup_is_text() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n&lt;script&gt;alert(1)&lt;/script&gt;\n"
    assert read_captions(text, name="a.vtt")[0].text == "<script>alert(1)</script>"


def test_srt_loses_the_tags_that_players_know_and_nothing_else() -> None:
    payload = "<font color=red>if</font> x < y and <i>z</i> > 1 {\\an8}&amp; <script>"
    text = f"1\n00:00:01,000 --> 00:00:02,500\n{payload}\n"
    (found,) = read_captions(text, name="a.srt")
    assert found.lines == ("if x < y and z > 1 &amp; <script>",)
    assert found.time == TimeRange(1000, 2500)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_every_line_ending_are_read(ending: str) -> None:
    vtt = ending.join(["\ufeffWEBVTT", "", "1", "00:01.000 --> 00:02.000", "One", "two", ""])
    srt = ending.join(["\ufeff", "1", "00:00:01,000 --> 00:00:02,000", "One", "two", ""])
    for text in (vtt, srt):
        (found,) = read_captions(decode_captions(text.encode(), name="a"), name="a")
        assert found.lines == ("One", "two")


def test_styles_regions_and_comments_are_left_out() -> None:
    text = (
        "WEBVTT - <script>\nKind: captions\n\nSTYLE\n::cue { background: url(http://x.example) }\n\n"
        "REGION\nid:a\n\nNOTE hidden\n\n00:01.000 --> 00:02.000\nshown\n\nNOTE\nalso hidden\n"
    )
    cues, found = parse_captions(text, name="a.vtt")
    assert [item.text for item in cues] == ["shown"]
    assert found == ()


@pytest.mark.parametrize(
    ("times", "line", "words"),
    [
        ("00:02.000 --> 00:01.000", 7, "not after its start"),
        ("00:02.000 --> 00:02.000", 7, "not after its start"),
        ("99:00:00.000 --> 99:00:01.000", 7, "more than a day"),
        ("-00:01.000 --> 00:02.000", 7, "no cue's time"),
        ("00:99:00.000 --> 00:99:01.000", 7, "no cue's time"),
        ("NaN --> 00:01.000", 7, "no cue's time"),
    ],
)
def test_a_cue_that_no_player_could_show_is_found_with_its_line(times: str, line: int, words: str) -> None:
    text = (
        f"WEBVTT\n\n1\n00:00.000 --> 00:01.000\nfirst\n\n{times}\nbad\n\n3\n00:03.000 --> 00:04.000\nthird\n"
    )
    cues, found = parse_captions(text, name="a.vtt")
    assert [item.text for item in cues] == ["first", "third"]
    assert [(item.code, item.file, item.line) for item in found] == [("CAPTIONS_TIME", "a.vtt", line)]
    assert words in found[0].message


def test_a_cue_without_text_is_found() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n\n00:03.000 --> 00:04.000\nx\n"
    cues, found = parse_captions(text, name="a.vtt")
    assert len(cues) == 1
    assert [(item.code, item.line) for item in found] == [("CAPTIONS_TEXT", 3)]


def test_odd_fractions_do_not_lose_the_cues_after_them() -> None:
    text = (
        "WEBVTT\n\n00:01.5 --> 00:02.5001\nhalf\n\n0:3.000 --> 0:4.000\nthree\n\n"
        "bad --> worse\n\n00:05.000 --> 00:06.000\nfive\n"
    )
    cues, found = parse_captions(text, name="a.vtt")
    assert [item.text for item in cues] == ["half", "three", "five"]
    assert cues[0].time.start_ms == 1500
    assert [item.line for item in found] == [9]


def test_cues_out_of_order_are_sorted_and_found() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nlater\n\n00:01.000 --> 00:02.000\nsooner\n"
    cues, found = parse_captions(text, name="a.vtt")
    assert [item.text for item in cues] == ["sooner", "later"]
    assert [(item.code, item.line) for item in found] == [("CAPTIONS_ORDER", 6)]


def test_ids_are_kept_where_they_are_the_only_ones() -> None:
    text = (
        "WEBVTT\n\nintro\n00:01.000 --> 00:02.000\na\n\ntwice\n00:03.000 --> 00:04.000\nb\n\n"
        "twice\n00:05.000 --> 00:06.000\nc\n\n1\n00:07.000 --> 00:08.000\nd\n\n00:09.000 --> 00:10.000\ne\n"
    )
    assert [item.id for item in read_captions(text, name="a.vtt")] == ["intro", "2", "3", "1", "4"]


# --- refusing --------------------------------------------------------------------------------


def test_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(MaterialError) as caught:
        decode_captions("WEBVTT\n\n00:01.000 --> 00:02.000\nfür\n".encode("latin-1"), name="a.vtt")
    (finding,) = caught.value.findings
    assert (finding.code, finding.file, finding.line) == ("CAPTIONS_ENCODING", "a.vtt", 4)
    assert "UTF-8" in (finding.hint or "")


def test_a_file_far_too_large_is_refused() -> None:
    for read in (
        lambda: decode_captions(b"x" * (MAX_BYTES + 1), name="a"),
        lambda: parse_captions("x" * (MAX_BYTES + 1), name="a"),
    ):
        with pytest.raises(MaterialError) as caught:
            read()
        assert codes(caught.value) == ["CAPTIONS_TOO_LARGE"]


@pytest.mark.parametrize(
    "text", ["", "hello", "[Script Info]\nTitle: x\n", "1\nno times\nhere", "WEBVTTX\n\n", "{}"]
)
def test_what_is_neither_webvtt_nor_srt_is_refused(text: str) -> None:
    with pytest.raises(MaterialError) as caught:
        read_captions(text, name="a.vtt")
    assert codes(caught.value) == ["CAPTIONS_FORMAT"]


def test_captions_without_a_cue_are_refused_and_say_what_was_left_out() -> None:
    with pytest.raises(MaterialError) as caught:
        read_captions("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n", name="a.vtt")
    assert codes(caught.value) == ["CAPTIONS_EMPTY", "CAPTIONS_TIME"]


# --- there and back --------------------------------------------------------------------------

SPACES = ("Cc", "Cs", "Zl", "Zp")
plain = st.text(
    st.characters(exclude_categories=SPACES) | st.sampled_from("<>&-;#"), min_size=1, max_size=40
).map(str.strip).filter(bool)  # fmt: skip


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    cues = []
    now_ms = 0
    for number in range(1, draw(st.integers(1, 8)) + 1):
        start_ms = now_ms + draw(st.integers(0, 4_000_000))
        now_ms = start_ms + draw(st.integers(1, 9000))
        speaker = draw(st.none() | plain.map(lambda name: " ".join(name.split())))
        lines = tuple(draw(st.lists(plain, min_size=1, max_size=3)))
        cues.append(Cue(str(number), TimeRange(start_ms, now_ms), lines, speaker))
    return track(*cues)


@settings(max_examples=100, deadline=None)
@given(tracks())
def test_what_is_written_is_read_back_the_same(written: Track) -> None:
    cues, found = parse_captions(to_webvtt(written), name="a.vtt")
    assert cues == written.cues
    assert found == ()


@settings(max_examples=100, deadline=None)
@given(st.text() | st.text().map("WEBVTT\n\n00:01.000 --> 00:02.000\n".__add__))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        cues = read_captions(text, name="a.vtt")
    except MaterialError as error:
        assert error.findings[0].message  # noqa: PT017
    else:
        assert all(item.lines and item.time.duration_ms > 0 for item in cues)

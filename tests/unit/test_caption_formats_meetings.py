"""Transcripts of meetings, and JSON: who speaks is kept, what is text stays text."""

from __future__ import annotations

import json

import pytest

from ebrochure.caption.formats import CaptionFormat, write_captions
from tests.fixtures.caption_reading import found, read, refused, shown, track

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
        ("PRIYA: Hello", "TOM: Hi", "PRIYA: Well", "TOM: Yes"),  # a captioner's labels
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


def test_labels_that_pass_for_zooms_are_still_text_once_we_have_written_them() -> None:
    written = write_captions(track("Priya Shah: Hello"), CaptionFormat.WEBVTT)
    assert written.startswith("WEBVTT captions\n\n1\n")
    assert shown(written) == [(1000, 2000, "Priya Shah: Hello")]
    assert write_captions(track("Priya Shah: Hello", speaker="Tom"), CaptionFormat.WEBVTT).startswith(
        "WEBVTT\n"
    )


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

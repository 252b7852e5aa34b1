"""TTML: its times, what is nested in what, hostile XML, and a second opinion."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from ttconv.imsc.reader import to_model
from ttconv.isd import ISD
from ttconv.model import Br, ContentElement, Text

from ebrochure.caption.formats import CaptionFile, read_caption_file, ttml_tree
from ebrochure.caption.formats.ttml_times import rates, seconds
from ebrochure.errors import MaterialError
from ebrochure.model.captions import Cue

ROOT = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
    'xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
)


def document(body: str, root: str = "", head: str = "") -> str:
    return f"{ROOT}{root}>\n<head>{head}</head>\n<body>{body}</body></tt>"


def read(text: str) -> CaptionFile:
    return read_caption_file(text.encode(), name="a.ttml")


def seen(text: str) -> list[tuple[int, int, str]]:
    return [(cue.time.start_ms, cue.time.end_ms, "|".join(cue.lines)) for cue in read(text).cues]


FILM = {"frameRate": "24", "frameRateMultiplier": "1000 1001"}
TAPE = {"frameRate": "30", "frameRateMultiplier": "1000 1001", "timeBase": "smpte"}


# --- times -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "parameters", "expected"),
    [
        ("00:00:01.5", {}, Fraction(3, 2)),
        ("01:02:03", {}, 3723),
        ("100:00:00.0001", {}, 360_000 + Fraction(1, 10_000)),
        ("00:00:01:15", {}, Fraction(3, 2)),  # 30 frames where none are given
        ("00:00:01:05", {"frameRate": "25"}, Fraction(6, 5)),
        ("00:00:01:12", FILM, 1 + Fraction(12 * 1001, 24_000)),
        ("00:00:01:12", FILM | {"frameRateMultiplier": "1000:1001"}, 1 + Fraction(12 * 1001, 24_000)),
        ("00:00:01:05.1", {"frameRate": "25", "subFrameRate": "2"}, 1 + Fraction(11, 50)),
        ("12.5s", {}, Fraction(25, 2)),
        ("1500ms", {}, Fraction(3, 2)),
        ("2m", {}, 120),
        ("0.5h", {}, 1800),
        ("100f", {"frameRate": "25"}, 4),
        ("15000000t", {"tickRate": "10000000"}, Fraction(3, 2)),
        ("50t", {"frameRate": "25"}, 2),  # a tick is a frame where frames are counted
        ("3t", {}, 3),  # and a second where not
        ("00:00:10:00", TAPE, Fraction(300 * 1001, 30_000)),
        ("00:01:00:02", TAPE | {"dropMode": "dropNTSC"}, Fraction(1800 * 1001, 30_000)),
        ("00:10:00:00", TAPE | {"dropMode": "dropNTSC"}, Fraction(17_982 * 1001, 30_000)),
        (" 1:02:03,5 ", {}, 3723 + Fraction(1, 2)),
        ("01:02.25", {}, 62 + Fraction(1, 4)),
        ("7.25", {}, Fraction(29, 4)),
    ],
)
def test_every_way_to_write_a_time_is_read_exactly(
    written: str, parameters: dict[str, str], expected: Fraction
) -> None:
    assert seconds(written, rates(parameters)) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "1:2:3:4:5",
        "-1s",
        "1e3s",
        "00:60:00",
        "00:00:61",
        "00:00:00:30",
        "wallclock(10:00)",
        "١s",
        "1.s",
    ],
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert seconds(written, rates({})) is None


@pytest.mark.parametrize(
    "parameters", [{"frameRate": "0"}, {"frameRateMultiplier": "1000 0"}, {"tickRate": "no"}]
)
def test_rates_that_make_no_sense_are_as_if_they_were_not_there(parameters: dict[str, str]) -> None:
    assert rates(parameters) == rates({})


# --- what is shown when ----------------------------------------------------------------------


def test_times_count_from_the_elements_around_them_and_end_with_them() -> None:
    text = document(
        '<div begin="10s" end="20s"><p begin="1s" dur="2s">a</p><p begin="5s" end="6s" dur="3s">b</p>'
        '<p begin="8s" end="1h">c</p></div>'
    )
    assert seen(text) == [(11_000, 13_000, "a"), (15_000, 16_000, "b"), (18_000, 20_000, "c")]


def test_one_after_another_counts_from_the_end_of_the_one_before() -> None:
    text = document(
        '<div timeContainer="seq"><p dur="2s">a</p><p begin="1s" dur="2s">b</p>'
        '<p end="1s">c</p><p>d</p></div>'
    )
    assert seen(text)[:3] == [(0, 2000, "a"), (3000, 5000, "b"), (5000, 6000, "c")]


def test_spans_with_times_of_their_own_make_a_cue_for_each_change() -> None:
    text = document(
        '<p begin="1s" end="5s"><span end="3s">one</span><br/><span begin="1s">two</span></p>',
    )
    assert seen(text) == [(1000, 2000, "one"), (2000, 4000, "one|two"), (4000, 5000, "two")]
    assert [item.line for item in read(text).findings] == []


def test_white_space_is_layout_unless_it_is_to_be_kept() -> None:
    body = '<p begin="0s" end="1s"{}>\n   a  <b xmlns="">not ours</b><span> b\n</span> <br/>\n c\n</p>'
    assert seen(document(body.format("")))[0][2] == "a b|c"
    assert seen(document(body.format(' xml:space="preserve"')))[0][2] == "a   b|c"


def test_a_cue_without_an_end_stays_until_the_next_one() -> None:
    found = read(document('<p begin="1s">a</p>\n<p begin="3s">b</p>'))
    assert [(cue.time.start_ms, cue.time.end_ms) for cue in found.cues] == [(1000, 3000), (3000, 7000)]
    assert [(item.code, item.line) for item in found.findings] == [("CAPTIONS_END", 3)]


def test_a_time_that_cannot_be_read_costs_its_cue_and_no_other() -> None:
    found = read(document('<p begin="soon" end="2s">a</p>\n<p begin="3s" end="4s">b</p>'))
    assert ([cue.text for cue in found.cues], found.lines) == (["b"], (4,))
    assert [(item.code, item.line) for item in found.findings] == [("CAPTIONS_TIME", 3)]


def test_agents_are_the_speakers() -> None:
    head = (
        '<metadata><ttm:agent xml:id="a"><ttm:name type="family">Shah</ttm:name>'
        '<ttm:name type="given">Priya</ttm:name></ttm:agent>'
        '<ttm:agent xml:id="b"><ttm:name type="alias">TOM</ttm:name></ttm:agent></metadata>'
    )
    body = (
        '<div ttm:agent="a"><p begin="0s" end="1s">x</p><p begin="1s" end="2s" ttm:agent="b">y</p>'
        '<p begin="2s" end="3s">- x<br/><span ttm:agent="b">- y</span></p>'
        '<p begin="3s" end="4s" ttm:agent="c">z</p></div>'
    )
    assert [cue.speaker for cue in read(document(body, head=head)).cues] == [
        "Priya Shah",
        "TOM",
        "Priya Shah / TOM",
        "c",
    ]


def test_of_several_languages_in_a_file_its_own_is_kept() -> None:
    body = (
        '<div xml:lang="de"><p begin="0s" end="1s">ja</p></div><div><p begin="0s" end="1s">yes</p></div>'
        '<div xml:lang="fr"><p begin="0s" end="1s">oui</p></div>'
    )
    found = read(document(body, root=' xml:lang="en-GB"'))
    assert ([cue.text for cue in found.cues], found.language) == (["yes"], "en-GB")
    assert "`de`, `fr`" in found.findings[0].message


# --- hostile and broken ----------------------------------------------------------------------

BOMB = "<!DOCTYPE tt [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)) + "]>"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (BOMB + document("<p>&a8;</p>"), "CAPTIONS_XML", "document type"),
        ('<!DOCTYPE tt SYSTEM "file:///etc/passwd"><tt/>', "CAPTIONS_XML", "document type"),
        (document('<p begin="0s" end="1s">&file;</p>'), "CAPTIONS_XML", "undefined entity"),
        ("<tt>" + "<div>" * 50, "CAPTIONS_XML", "in one another"),
        ("<tt>" + "<p/>" * 2001, "CAPTIONS_XML", "elements"),
        (document("<p>no end"), "CAPTIONS_XML", "mismatched tag"),
        (document('<p ttx:agent="a">x</p>'), "CAPTIONS_XML", "unbound prefix"),
        ('<?xml version="1.0"?><SAMI/>', "CAPTIONS_FORMAT", "`<SAMI>`"),
        ('<tt xmlns="urn:other"><body/></tt>', "CAPTIONS_FORMAT", "no TTML"),
        (document("", root=' ttp:timeBase="clock"'), "CAPTIONS_TIME", "times of day"),
        (document("<div/>"), "CAPTIONS_EMPTY", "no cue"),
    ],
)
def test_xml_that_is_not_let_in_is_refused_with_a_sentence(
    text: str, code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ttml_tree, "MAX_ELEMENTS", 2000)
    with pytest.raises(MaterialError) as caught:
        read(text)
    finding = caught.value.findings[0]
    assert (finding.code, finding.file) == (code, "a.ttml")
    assert words in finding.message


def test_nothing_in_an_xml_file_opens_another_file() -> None:
    include = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    style = '<?xml-stylesheet href="file:///etc/passwd"?>'
    text = document(f'{include}{style}<p begin="0s" end="1s">x{include}</p>')
    assert seen(text) == [(0, 1000, "x")]


# --- a second opinion ------------------------------------------------------------------------


def random_document(rng: random.Random) -> str:
    """Draw elements in one another, some with times; every text is unlike the others."""
    texts = iter(range(1000))

    def times(*, bound: bool = False) -> str:
        pairs = (
            ("begin", rng.choice(("0s", "0.5s", "00:00:01.250", "2s", "30f", "00:00:00:12"))),
            ("end", rng.choice(("4s", "00:00:05:10", "6.5s", "150f", "9000ms"))),
            ("dur", rng.choice(("1s", "2500ms", "40f", "3s"))),
        )
        chosen = {key for key, _ in pairs if rng.random() < 0.4}
        if bound or "begin" in chosen:
            # Without an end of its own an element that begins late ends too early in ttconv 1.2.3, which
            # forgets the begin when it takes the end from the children (`imsc/elements.py`).
            chosen.add(rng.choice(("end", "dur")))
        return "".join(f' {key}="{value}"' for key, value in pairs if key in chosen)

    def spans() -> str:
        parts = []
        for _ in range(rng.randint(1, 3)):
            kind = rng.random()
            text = f" t{next(texts)} "
            parts.append(text if kind < 0.4 else "<br/>" if kind < 0.6 else f"<span{times()}>{text}</span>")
        return "".join(parts)

    def paragraphs() -> str:
        return "".join(f"<p{times(bound=True)}>{spans()}</p>\n" for _ in range(rng.randint(1, 3)))

    container = rng.choice(("", "", ' timeContainer="seq"'))
    divs = "".join(f"<div{times()}{container}>{paragraphs()}</div>" for _ in range(rng.randint(1, 2)))
    rate = rng.choice(("", ' ttp:frameRate="25"', ' ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"'))
    return f"{ROOT}{rate} xml:lang='en'><body{times()}>{divs}</body></tt>"


def words_of(element: ContentElement) -> list[str]:
    if isinstance(element, Text):
        return (element.get_text() or "").split()
    if isinstance(element, Br):
        return []
    return [word for child in element for word in words_of(child)]


def cues_or_none(text: str) -> tuple[Cue, ...]:
    try:
        return read(text).cues
    except MaterialError:
        return ()  # nothing to show: ttconv must find the same


@pytest.mark.parametrize("seed", range(40))
def test_ttconv_shows_the_same_words_at_the_same_times(seed: int) -> None:
    text = random_document(random.Random(seed))  # noqa: S311  a draw, not a secret
    model = to_model(ET.ElementTree(ET.fromstring(text)))  # noqa: S314  our own text
    edges = ISD.significant_times(model)
    cues = cues_or_none(text)
    ends = [edge for edge in edges if edge < 60]
    for begin, end in zip(ends, [*ends[1:], ends[-1] + 1], strict=True):
        if end - begin < Fraction(2, 1000):
            continue  # frames of 1001/24000 s end between two of our milliseconds
        middle = (begin + end) / 2
        shown = ISD.from_model(model, middle)
        theirs = (
            [] if shown is None else [word for region in shown.iter_regions() for word in words_of(region)]
        )
        ours = [word for cue in cues if cue.time.contains(round(middle * 1000)) for word in cue.text.split()]
        assert sorted(ours) == sorted(theirs), (float(middle), text)

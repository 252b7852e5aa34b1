"""An edit from outside: what it shows of which file, and what is refused or left out."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.edit.reading import Edit, Part, read_edit
from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level
from tests.fixtures.edits import (
    NTSC,
    blurred,
    clip,
    dissolve,
    edit,
    faster,
    gap,
    nested,
    track,
)

PARTS = (Part("footage/Stück 1.mp4", 60_000), Part("b #2 50%.mp4", 30_000))


def read(data: bytes) -> Edit:
    return read_edit(data, file="final.otio", parts=PARTS)


def shown(data: bytes) -> list[tuple[int, int, int]]:
    return [(item.part, item.time.start_ms, item.time.end_ms) for item in read(data).excerpts]


def refusals(data: bytes) -> list[Finding]:
    with pytest.raises(MaterialError) as caught:
        read(data)
    assert all(item.level is Level.ERROR and item.hint for item in caught.value.findings)
    return list(caught.value.findings)


def test_clips_come_in_the_order_of_the_edit_and_as_often() -> None:
    data = edit(clip("b #2 50%.mp4", 8, 2), clip("Stück 1.mp4", 4, 1), clip("b #2 50%.mp4", 8, 2))
    assert shown(data) == [(1, 8000, 10_000), (0, 4000, 5000), (1, 8000, 10_000)]


@pytest.mark.parametrize(
    "target",
    [
        "/Volumes/Schnitt/Stück 1.mp4",
        "C:\\Filme\\STÜCK 1.MP4",
        "file:///home/ana/St%C3%BCck%201.mp4",
        "file://localhost/St%C3%BCck%201.mp4",
        "../Stu\u0308ck 1.mp4",
    ],
)
def test_a_file_is_known_by_its_name_wherever_the_edit_had_it(target: str) -> None:
    assert shown(edit(clip(target, 1, 1))) == [(0, 1000, 2000)]


@pytest.mark.parametrize("target", ["b #2 50%.mp4", "file:///x/b%20%232%2050%25.mp4", "/x/b %232 50%25.mp4"])
def test_hashes_and_percents_in_names_are_found_as_paths_and_as_addresses(target: str) -> None:
    assert shown(edit(clip(target, 1, 1))) == [(1, 1000, 2000)]


def test_time_code_is_taken_off() -> None:
    assert shown(edit(clip("Stück 1.mp4", 2, 3, code=3600))) == [(0, 2000, 5000)]


def test_ntsc_frames_are_exact_whatever_the_rate_is_written_as() -> None:
    frames = 1799  # of 29.97 a second: 60.0266 s would be past the end, 1799 are not
    for rate in (NTSC, Fraction(2997, 100)):
        item = clip("Stück 1.mp4", Fraction(900) / rate, Fraction(frames - 900) / rate, rate=rate)
        assert shown(edit(item)) == [(0, 30_030, 60_027)]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60))
@settings(max_examples=50, deadline=None)
def test_lengths_add_up_to_the_millisecond(counts: list[int]) -> None:
    items = [clip("Stück 1.mp4", 0, Fraction(count) / NTSC, rate=NTSC) for count in counts]
    excerpts = read(edit(*items)).excerpts
    assert sum(item.time.duration_ms for item in excerpts) == round(sum(counts) * 1000 / NTSC)


def test_gaps_close_and_fades_between_clips_become_cuts_and_both_are_said() -> None:
    one, two = clip("Stück 1.mp4", 1, 2), clip("Stück 1.mp4", 8, 2)
    found = read(edit(one, gap(1), two, dissolve(0.2, 0.2), clip("Stück 1.mp4", 20, 1)))
    assert [item.time.start_ms for item in found.excerpts] == [1000, 8000, 20_000]
    assert [item.code for item in found.findings] == ["EDIT_GAP", "EDIT_DISSOLVE"]


def test_a_card_of_an_export_is_left_out_and_the_shot_beside_it_gets_its_fade_back() -> None:
    card = "/exports/vpn.card-intro.mp4"
    data = edit(
        clip(card, 0, 2),
        dissolve(0.2, 0.24),
        clip("Stück 1.mp4", 5, 2),
        dissolve(0.2, 0.24),
        clip(card, 0, 2),
    )
    assert shown(data) == [(0, 4800, 7240)]
    assert read(data).findings == ()


def test_what_only_looks_different_is_left_out_by_name() -> None:
    music = track(clip("Jingle.wav", 0, 9), kind="Audio")
    found = read(edit(blurred(clip("Stück 1.mp4", 1, 2)), more=(music,)))
    assert [item.code for item in found.findings] == ["EDIT_EFFECT", "EDIT_TRACK"]
    assert "`Gaussian Blur`" in found.findings[0].message
    assert "`Jingle.wav`" in found.findings[1].message


def test_sound_that_is_cut_elsewhere_than_the_picture_is_said() -> None:
    pictures = [clip("Stück 1.mp4", 1, 2), clip("Stück 1.mp4", 8, 2)]
    early = track(clip("Stück 1.mp4", 1, 1.5), clip("Stück 1.mp4", 7.5, 2.5), kind="Audio")
    along = track(clip("Stück 1.mp4", 1, 2), clip("Stück 1.mp4", 8, 2), kind="Audio")
    assert [item.code for item in read(edit(*pictures, more=(early,))).findings] == ["EDIT_SOUND"]
    pictures = [clip("Stück 1.mp4", 1, 2), clip("Stück 1.mp4", 8, 2)]
    assert read(edit(*pictures, more=(along,))).findings == ()


def test_everything_that_cannot_be_shown_is_said_at_once_with_its_clip() -> None:
    found = refusals(
        edit(
            faster(clip("Stück 1.mp4", 1, 2, name="rush"), 2),
            nested(clip("Stück 1.mp4", 1, 2)),
            clip("holiday.mp4", 1, 2, name="beach"),
            clip("b #2 50%.mp4", 29, 2, name="too long"),
            clip("Stück 1.mp4", 1, 2),
        )
    )
    assert [item.code for item in found] == ["EDIT_CLIP"] * 4
    for item, said in zip(
        found,
        (
            "`rush` plays at another speed",
            "`Titles` is a nested",
            "`beach` shows no file",
            "29.00 s to 31.00 s",
        ),
        strict=True,
    ):
        assert said in item.message


def test_a_last_frame_that_others_do_not_count_is_no_fault() -> None:
    assert shown(edit(clip("b #2 50%.mp4", 28, 2.04))) == [(1, 28_000, 30_040)]


def tampered(**values: object) -> bytes:
    """Return an edit of one clip, some of its time replaced."""
    tree = json.loads(edit(clip("Stück 1.mp4", 1, 2)))
    start = tree["tracks"]["children"][0]["children"][0]["source_range"]["start_time"]
    start.update(values)
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    "time",
    [
        {"rate": 0},
        {"rate": -25},
        {"rate": float("nan")},
        {"rate": 1e300},
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": 1e300},
        {"value": -1e6},
        {"value": 10**40},
    ],
)
def test_times_that_are_none_are_refused(time: dict[str, object]) -> None:
    assert refusals(tampered(**time))[0].code in {"EDIT_CLIP", "EDIT_FORMAT"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\0\0",
        b"[]",
        b"5",
        b"{}",
        b'{"OTIO_SCHEMA": "Clip.2"}',
        b'{"OTIO_SCHEMA": "Timeline.1", "tracks": 5}',
        b'{"OTIO_SCHEMA": "Timeline.1"}',
        b'{"OTIO_SCHEMA": "Timeline.99"}',
        b'{"OTIO_SCHEMA": "Unheard.1"}',
        b"[" * 100_000,
        b'{"OTIO_SCHEMA": "Timeline.1", "tracks": ' + b'{"a": ' * 60 + b"1" + b"}" * 61,
        b'{"OTIO_SCHEMA": "Timeline.1", "tracks": {"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "x"}}',
        b'{"a": ' + b"9" * 10_000 + b"}",
        edit(),
        edit(gap(5)),
        b" " * 16_000_001,
    ],
    ids=lambda data: repr(data[:30]),
)
def test_what_is_no_edit_is_refused_with_the_next_step(data: bytes) -> None:
    (found,) = refusals(data)
    assert (found.code, found.file) == ("EDIT_FORMAT", "final.otio")


def test_names_in_an_edit_cannot_forge_a_report() -> None:
    (found,) = refusals(edit(clip("x.mp4", 1, 2, name="ok`\n\x1b[2J" + "a" * 500)))
    assert "\n" not in found.message
    assert "\x1b" not in found.message
    assert len(found.message) < 200

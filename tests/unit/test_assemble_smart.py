"""What of a video is copied: the parts lie end to end, begin at key frames, and hold footage alone."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.assemble.joints import plan_looks
from ebrochure.assemble.smartplan import (
    copied_frames,
    drawn_from,
    excerpt,
    plan_parts,
    why_not,
    why_not_track,
)
from ebrochure.media.coded import CodedFrame, CodedTrack
from ebrochure.media.h264 import (
    Configuration,
    SequenceSet,
    parse_configuration,
    parse_sequence_set,
    picture_set_of,
    units,
)
from ebrochure.model.storyboard import Framing
from ebrochure.model.timeline import FOOTAGE, Clip, Overlay, OverlayKind, Timeline
from ebrochure.model.timing import FrameRange, TimeRange
from tests.fixtures.assembly import media_info, video_stream

RATE = Fraction(25)
SEQUENCE = SequenceSet(0, 100, True, True, (1, 1, 1), False)  # noqa: FBT003
CONFIGURATION = Configuration(100, 0, 40, 4, (b"\x67",), (b"\x68\x80",))


def edit(*, footage: int = 250, shift: int = 0, overlays: tuple[Overlay, ...] = ()) -> Timeline:
    """Return 50 frames of intro, fading for 10 into footage from `shift` on, and 50 of outro."""
    clips = (
        Clip("intro", TimeRange(0, 2000), 50),
        Clip(FOOTAGE, FrameRange(shift, shift + footage).time(RATE), footage, 10),
        Clip("outro", TimeRange(0, 2000), 50),
    )
    return Timeline(1920, 1080, RATE, clips, overlays)


def track(count: int, every: int, **changes: object) -> CodedTrack:
    """Return so many frames with a key frame at `every` so many, none reordered."""
    frames = tuple(
        CodedFrame(number, number % every == 0, number % every == 0, 1000) for number in range(count)
    )
    whole = CodedTrack(CONFIGURATION, SEQUENCE, frames, is_even=True, has_hidden=False, has_other_sets=False)
    return replace(whole, **changes)


def test_footage_between_key_frames_is_copied_and_the_rest_encoded() -> None:
    third = Overlay(OverlayKind.LOWER_THIRD, "lower-third", TimeRange(2000, 4000))  # frames 50 to 100

    parts = plan_parts(edit(overlays=(third,)), track(250, 25).starts())

    # Frame n of the footage is frame n + 40 of the video: the first key frame from 60 on is 75.
    assert [(part.frames.start, part.frames.end, part.source) for part in parts] == [
        (0, 115, None),
        (115, 290, 75),
        (290, 340, None),
    ]


def test_a_slide_in_the_middle_parts_what_is_copied() -> None:
    slide = Overlay(OverlayKind.SLIDE, "slide-1", TimeRange(5000, 7000), Framing.WINDOW)  # frames 125 to 175

    parts = plan_parts(edit(overlays=(slide,)), track(250, 25).starts())

    assert [part.source for part in parts] == [None, 25, None, 150, None]
    assert copied_frames(parts) == 50 + 100


@given(
    every=st.integers(2, 120),
    shift=st.integers(0, 60),
    shown=st.lists(st.tuples(st.integers(0, 340), st.integers(1, 90)), max_size=4),
)
def test_parts_cover_every_frame_once_and_copy_nothing_that_is_covered(
    every: int, shift: int, shown: list[tuple[int, int]]
) -> None:
    covers = [FrameRange(start, start + count) for start, count in shown]
    overlays = tuple(
        Overlay(OverlayKind.SLIDE, "slide-1", cover.time(RATE), Framing.WINDOW) for cover in covers
    )
    timeline, coded = edit(shift=shift, overlays=overlays), track(400, every)

    parts = plan_parts(timeline, coded.starts())

    assert [part.frames.start for part in parts] == [0, *(part.frames.end for part in parts[:-1])]
    assert parts[-1].frames.end == timeline.frame_count
    for part in parts:
        if part.source is not None:
            assert part.source in coded.starts()
            assert part.source + part.frames.count in coded.starts()
            assert part.source == part.frames.start - 40 + shift
            assert not any(part.frames.intersection(cover) for cover in covers)


def test_an_excerpt_shows_the_same_frames_of_the_footage() -> None:
    third = Overlay(OverlayKind.LOWER_THIRD, "lower-third", TimeRange(2000, 4000))

    some = excerpt(edit(shift=30, overlays=(third,)), FrameRange(0, 115))

    assert some.frame_count == 115
    assert [clip.enter_frames for clip in some.clips] == [0, 10]
    assert some.clips[1].source_range == FrameRange(30, 105).time(RATE)
    assert some.overlays == (third,)


def test_an_excerpt_draws_on_no_more_footage_than_from_the_key_frame_before_it() -> None:
    some = excerpt(edit(shift=30), FrameRange(200, 340))  # from frame 190 of the footage on

    drawn, runs = drawn_from(some, track(400, 25))

    assert [(run.packets, run.at) for run in runs] == [(FrameRange(175, 280), 0)]
    assert drawn.clips[0].source_range == FrameRange(15, 105).time(RATE)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"codec": "hevc"}, "hevc"),
        ({"is_hdr": True}, "dynamic range"),
        ({"is_interlaced": True}, "interlaced"),
        ({"rotation_deg": 90}, "turned"),
        ({"sample_aspect_ratio": Fraction(4, 3)}, "square"),
        ({"is_variable_rate": True}, "varies"),
        ({"frame_rate": Fraction(30)}, "frame rate is another"),
        ({"coded_width": 1440}, "size"),
    ],
)
def test_footage_that_does_not_fit_is_refused_with_the_reason(
    changes: dict[str, object], reason: str
) -> None:
    assert why_not(edit(), media_info(video_stream())) is None

    found = why_not(edit(), media_info(replace(video_stream(), **changes)))

    assert found is not None
    assert reason in found


def test_a_logo_over_the_footage_is_a_reason_and_the_reason_says_the_way_out() -> None:
    logo = Overlay(OverlayKind.LOGO, "logo", TimeRange(2000, 11_000))

    assert "logo_on: cards" in (why_not(edit(overlays=(logo,)), media_info(video_stream())) or "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"has_other_sets": True}, "parameter sets"),
        ({"has_hidden": True}, "edit list"),
        ({"is_even": False}, "evenly"),
        ({"sequence": replace(SEQUENCE, is_8_bit_420=False)}, "8 bit"),
        ({"sequence": replace(SEQUENCE, is_progressive=False)}, "interlaced"),
        ({"sequence": replace(SEQUENCE, is_full_range=True)}, "full range"),
        ({"sequence": replace(SEQUENCE, colours=(5, 6, 5))}, "bt709"),
        ({"configuration": replace(CONFIGURATION, level=51)}, "level"),
        ({"frames": (CodedFrame(0, is_key=True, is_idr=False, size_bytes=1),)}, "open"),
        ({"frames": (CodedFrame(0, is_key=True, is_idr=True, size_bytes=50_000),)}, "bit rate"),
    ],
)
def test_coded_footage_that_is_not_safe_is_refused_with_the_reason(
    changes: dict[str, object], reason: str
) -> None:
    assert why_not_track(edit(), track(250, 25)) is None

    found = why_not_track(edit(), track(250, 25, **changes))

    assert found is not None
    assert reason in found


def test_no_cut_is_made_at_a_key_frame_that_a_later_frame_precedes() -> None:
    shown = (0, 2, 1, 4, 3, 5)  # in the order of decoding; 4 is marked as a key frame, but 3 comes before it
    frames = tuple(CodedFrame(number, number in {0, 4}, number in {0, 4}, 1) for number in shown)

    assert replace(track(1, 1), frames=frames).starts() == (0, 6)


@given(st.lists(st.integers(1, 70), min_size=2, max_size=12), st.data())
def test_a_decoder_crosses_every_joint_from_the_group_before_to_more_frames_than_it_holds(
    groups: list[int], data: st.DataObject
) -> None:
    idr_places = [0, *accumulate(groups)][:-1]
    joints = data.draw(st.lists(st.sampled_from(idr_places[1:]), unique=True).map(sorted))

    looks = plan_looks(idr_places, joints, sum(groups))

    for joint in joints:
        before = max(place for place in idr_places if place < joint)
        assert any(look.start <= before and min(joint + 17, sum(groups)) <= look.end for look in looks)
    assert all(look.start in idr_places for look in looks)
    assert all(sooner.end < later.start for sooner, later in pairwise(looks))


@pytest.mark.parametrize(
    ("slice_bits", "number"),
    [
        ("1 00110 1", 0),  # the first slice of a P picture
        ("1 0001000 010", 1),  # of an I picture
        ("00000000100000001 00110 00101", 4),  # one further down
    ],
)
def test_a_slice_tells_which_picture_set_it_refers_to(slice_bits: str, number: int) -> None:
    coded = int(slice_bits.replace(" ", "").ljust(40, "1"), 2).to_bytes(5)

    assert picture_set_of(b"\x65" + coded) == number


def test_parameter_sets_of_two_encoders_are_told_in_one_record() -> None:
    ours = Configuration(100, 0, 42, 4, (b"\x67\x01",), (b"\x68\x01",))
    record = Configuration(77, 0x40, 31, 2, (b"\x67\x02",), (b"\x68\x02",)).joined(ours)

    assert parse_configuration(record.to_bytes()) == record
    assert (record.profile, record.compatibility, record.level, record.length_bytes) == (100, 0, 42, 4)
    assert record.sequence_sets == (b"\x67\x02", b"\x67\x01")


@pytest.mark.parametrize("record", [b"", b"\x01\x64\x00\x28\xff\xe1\x00\x40", b"\0" * 20])
def test_a_record_that_is_none_is_refused(record: bytes) -> None:
    with pytest.raises(ValueError, match="avcC"):
        parse_configuration(record)


@given(st.binary(min_size=1, max_size=60))
def test_any_bytes_are_read_as_a_parameter_set_or_refused(unit: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert parse_sequence_set(unit).id >= 0


@given(st.binary(max_size=60), st.integers(1, 4))
def test_any_bytes_are_read_as_units_or_refused(coded: bytes, length_bytes: int) -> None:
    try:
        found = list(units(coded, length_bytes))
    except ValueError:
        return
    assert b"".join(len(unit).to_bytes(length_bytes) + unit for unit in found) == coded

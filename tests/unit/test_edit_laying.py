"""A timeline as others read it: the same frames, and what comes back is the same body."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import PurePosixPath

import opentimelineio as otio  # noqa: TID251  what other programs read an export with
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebrochure.assemble.edited import plan_body
from ebrochure.assemble.join import plan_join
from ebrochure.edit.laying import Reel, sheet_of
from ebrochure.edit.names import card_name, is_ours, names_of, still_name, target_of
from ebrochure.edit.otio import seconds_of_timecode, to_text
from ebrochure.edit.reading import Part, read_edit
from ebrochure.edit.sheet import Medium, Span
from ebrochure.model.captions import Chapter
from ebrochure.model.storyboard import Framing
from ebrochure.model.timeline import Overlay, OverlayKind, Timeline
from ebrochure.model.timing import TimeRange, frame_at
from tests.fixtures.assembly import edit_of, media_info, video_stream

NTSC = Fraction(30000, 1001)
FRAMES = (400, 300, 500)
"""Length of the three files of footage."""
NAMES = ("a #1.mp4", "b 50%.mov", "Größe?.mp4")
HOUR = Fraction(3600)


def reels(rate: Fraction, *, start_s: Fraction = Fraction(0), has_picture: bool = True) -> tuple[Reel, ...]:
    """Return three files of footage, whose time codes begin at `start_s`."""
    return tuple(
        Reel(
            Medium(name, target_of(PurePosixPath("/drop/vpn") / name), Span(start_s, frames / rate), rate),
            frames,
            has_picture,
        )
        for name, frames in zip(NAMES, FRAMES, strict=True)
    )


def files(timeline: Timeline) -> dict[str, Medium]:
    cards = {item.source: card_name("vpn", item.source) for item in timeline.clips if item.is_card}
    stills = {item.still: still_name("vpn", item.still) for item in timeline.overlays}
    return {name: Medium(file, file) for name, file in {**cards, **stills}.items()}


def written(
    timeline: Timeline,
    chapters: tuple[Chapter, ...] = (),
    *,
    start_s: Fraction = Fraction(0),
    has_picture: bool = True,
) -> str:
    given = reels(timeline.frame_rate, start_s=start_s, has_picture=has_picture)
    return to_text(sheet_of(timeline, title="VPN", reels=given, files=files(timeline), chapters=chapters))


def read_by_others(text: str) -> otio.schema.Timeline:
    return otio.adapters.read_from_string(text)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Draw a video of footage in any order, cards before, after and between, with fades of any length."""
    rate = draw(st.sampled_from([Fraction(24), Fraction(25), NTSC, Fraction(60)]))
    clips: list[str] = []
    for number in range(draw(st.integers(1, 6))):
        first = draw(st.integers(0, sum(FRAMES) - 60))
        count = draw(st.integers(30, min(200, sum(FRAMES) - first)))
        has_card = draw(st.booleans())
        fades = (
            draw(st.integers(0, 15)) if has_card and clips else 0,
            draw(st.integers(0, 15)) if has_card else 0,
        )
        if has_card:
            clips.append(f"chapter-{number} 40~{fades[0]}")
        clips.append(f"{first}+{count}~{fades[1]}")
    return edit_of(rate, *clips, f"outro 30~{draw(st.integers(0, 15))}")


@given(timelines(), st.sampled_from([Fraction(0), HOUR]))
@settings(deadline=None)
def test_what_comes_back_is_the_same_body_to_the_frame(timeline: Timeline, start_s: Fraction) -> None:
    rate = timeline.frame_rate
    infos = [
        media_info(video_stream(rate=rate), duration_ms=round(frames * 1000 / rate)) for frames in FRAMES
    ]
    parts = [Part(name, info.duration_ms) for name, info in zip(NAMES, infos, strict=True)]
    found = read_edit(written(timeline, start_s=start_s).encode(), file="vpn.otio", parts=parts)
    shown = [
        frame
        for frames in plan_body(found.excerpts, plan_join(infos))
        for frame in range(frames.start, frames.end)
    ]
    assert shown == [frame for frames in timeline.body() for frame in range(frames.start, frames.end)]
    assert found.findings == ()


@given(timelines())
@settings(deadline=None, max_examples=30)
def test_others_read_it_as_long_as_the_video(timeline: Timeline) -> None:
    read = read_by_others(written(timeline))
    (pictures,) = read.video_tracks()
    assert pictures.duration().rate == float(timeline.frame_rate)
    assert pictures.duration().value == pytest.approx(timeline.frame_count, abs=1e-6)


def test_cards_footage_and_what_lies_over_it_are_on_tracks_of_their_own() -> None:
    timeline = edit_of(Fraction(25), "intro 50", "390+100~10", "outro 50~10")
    overlays = (
        Overlay(OverlayKind.SLIDE, "slide-1", TimeRange(2000, 3000), Framing.WINDOW),
        Overlay(OverlayKind.LOWER_THIRD, "lower-third", TimeRange(3000, 4000)),
    )
    timeline = replace(timeline, overlays=overlays)
    read = read_by_others(
        written(timeline, (Chapter("One", TimeRange(0, 2000)), Chapter("Two", TimeRange(2000, 7200))))
    )
    lanes = {track.name: track for track in read.tracks}
    assert list(lanes) == ["Footage and cards", "Slides", "Lower third", "Sound"]
    assert [type(item).__name__ for item in lanes["Footage and cards"]] == [
        *("Clip", "Transition", "Clip", "Clip", "Transition", "Clip"),
    ]
    assert [item.name for item in lanes["Footage and cards"].find_clips()] == ["intro", *NAMES[:2], "outro"]
    assert [(item.name, item.duration().value) for item in lanes["Slides"]][-1] == ("slide-1", 25)
    assert lanes["Slides"][0].duration().value == 50
    assert lanes["Sound"][0].duration().value == 40
    assert [item.duration().value for item in lanes["Sound"]][1:] == [10, 90]
    marks = [(item.name, item.marked_range.start_time.value) for item in read.tracks.markers]
    assert marks == [("One", 0), ("Two", 50)]


def test_time_code_and_length_of_a_file_are_said_in_its_own_frames() -> None:
    timeline = edit_of(NTSC, "10+50")
    (shot,) = read_by_others(written(timeline, start_s=HOUR * Fraction(1001, 1000))).find_clips(
        search_range=None
    )[:1]
    available = shot.media_reference.available_range
    assert (available.start_time.value, available.duration.value) == (108_000, 400)
    assert available.start_time.rate == 30_000 / 1001
    assert (shot.source_range.start_time.value, shot.source_range.duration.value) == (108_010, 50)


def test_footage_without_a_picture_is_sound_alone_with_its_picture_above() -> None:
    timeline = edit_of(Fraction(25), "intro 50", "10+50", "outro 25")
    shown = Overlay(OverlayKind.AUDIOGRAM, "audiogram", timeline.time(timeline.runs()[0].span))
    timeline = replace(timeline, overlays=(shown,))
    read = read_by_others(written(timeline, has_picture=False))
    below, above = read.video_tracks()
    assert [type(item).__name__ for item in below] == ["Clip", "Gap", "Clip"]
    assert (above.name, above[1].duration().value) == ("Audiogram", 50)
    parts = [Part(name, 16_000) for name in NAMES]
    found = read_edit(written(timeline, has_picture=False).encode(), file="vpn.otio", parts=parts)
    assert [(item.part, item.time) for item in found.excerpts] == [(0, TimeRange(400, 2400))]


@given(
    st.text(
        st.characters(exclude_characters="/\\\0\n", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40
    )
)
def test_any_file_name_is_found_again(name: str) -> None:
    name = f"{name}.mp4"
    assert name in names_of(target_of(PurePosixPath("/drop") / name))


def test_names_without_the_three_letters_are_written_as_they_are() -> None:
    assert target_of(PurePosixPath("/drop/Größe 2 (neu).mp4")) == "/drop/Größe 2 (neu).mp4"
    assert target_of(PurePosixPath("/drop/a#1 50%?.mp4")) == "/drop/a%231 50%25%3F.mp4"


def test_only_what_an_export_made_is_taken_for_it() -> None:
    assert is_ours("/x/vpn.card-intro.mp4")
    assert is_ours("file:///x/vpn.still-slide-3.png")
    assert not is_ours("/x/card-intro.mp4")
    assert not is_ours("/x/vpn.card.mp4")


@pytest.mark.parametrize(
    ("code", "rate", "frames"),
    [
        ("01:00:00:00", Fraction(25), 90_000),
        ("01:00:00;00", NTSC, 107_892),
        ("00:00:10:05", NTSC, 305),
        ("what", NTSC, 0),
    ],
)
def test_time_codes_are_counted_in_frames(code: str, rate: Fraction, frames: int) -> None:
    assert seconds_of_timecode(code, rate) == frames / rate
    assert frame_at(round(1000 * seconds_of_timecode(code, rate)), rate) == frames

"""Finished videos: every frame and sample where the plan says, upright, undistorted, as loud as asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.assemble.cutting import ChapterMark
from ebrochure.assemble.layout import place_footage
from ebrochure.assemble.poster import POSTER_BYTES, candidate_moments, choose_poster
from ebrochure.assemble.scenes import body_frames, frames_in
from ebrochure.media.verify import LoudnessTarget, verify_rendition
from ebrochure.model.media import SpeechAudio
from ebrochure.model.service import Cut
from ebrochure.model.timeline import OverlayKind
from ebrochure.model.timing import TimeRange, frame_at
from tests.fixtures.assembly import brand, draw_slide, make_video, read_frames, read_sound
from tests.fixtures.footage import FLASHES_S, make_clip, make_sound, turn
from tests.fixtures.seen import beep_starts_s, corner_colours

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.fixtures.assembly import Made

NTSC = Fraction(30000, 1001)
BARE = brand(has_logo=False, intro_ms=400, outro_ms=400)
TARGET = LoudnessTarget(-16.0, -1.5)


def frames_of(made: Made) -> NDArray[np.uint8]:
    return read_frames(made.rendition.path, (made.rendition.width, made.rendition.height))


def verify(made: Made, *, target: LoudnessTarget | None = TARGET) -> None:
    """Hold the file to its plan: frames, even times, sound as long as the picture, loudness, peaks."""
    verify_rendition(
        made.rendition.path,
        frame_count=made.timeline.frame_count,
        frame_rate=made.timeline.frame_rate,
        width=made.timeline.width,
        height=made.timeline.height,
        target=target,
        decode_all=True,
    )


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A presenter at 29.97 frames per second, with lower third and logo, two slides, both cards."""
    folder = tmp_path_factory.mktemp("talk")
    clip = make_clip(folder / "talk.mp4", rate=NTSC, duration_s=9, size=(640, 360))
    shown = (draw_slide(folder / "red.png", "#c00000"), draw_slide(folder / "blue.png", "#0000c0"))
    speech = (TimeRange(500, 8500),)
    return make_video(folder / "made", clip.path, slide_files=shown, speech=speech, max_height=360)


def test_video_is_what_the_plan_says(talk: Made) -> None:
    verify(talk)
    assert talk.rendition.frame_rate == NTSC
    assert talk.rendition.loudness is not None
    assert talk.rendition.path.name == "video.mp4"


def test_flash_and_beep_are_at_the_same_moment_where_the_edit_map_says(talk: Made) -> None:
    heard = beep_starts_s(read_sound(talk.rendition.path))

    expected = [talk.timeline.to_output(round(flash * 1000)) for flash in FLASHES_S]
    frames = frames_of(talk)
    for moment, beep in zip(expected, heard, strict=True):
        assert moment is not None
        assert beep * 1000 == pytest.approx(moment, abs=5)
        number = frame_at(moment, NTSC)
        window = frames[number - 3 : number + 4, 150:170, 300:340].mean(axis=(1, 2, 3))
        if window.max() > 200:
            assert abs(int(np.argmax(window > 200)) - 3) <= 1


def test_slides_change_at_the_planned_frame(talk: Made) -> None:
    frames = frames_of(talk)
    first, second = [item for item in talk.timeline.overlays if item.kind is OverlayKind.SLIDE]
    box = talk.layout.window.slide
    corner = np.s_[box.y + 30 : box.y + 40, box.x + 10 : box.x + 20]

    for overlay, colour in ((first, (192, 0, 0)), (second, (0, 0, 192))):
        shown = frames_in(talk.timeline, overlay.time)
        for number in (shown.start, shown.end - 14):  # the last fades into the card
            assert np.abs(frames[number][corner].mean(axis=(0, 1)) - np.array(colour)).max() < 12
        assert np.abs(frames[shown.start - 1][corner].mean(axis=(0, 1)) - np.array(colour)).max() > 40


def test_presenter_is_seen_beside_the_slide(talk: Made) -> None:
    slide = next(item for item in talk.timeline.overlays if item.kind is OverlayKind.SLIDE)
    middle = frame_at((slide.time.start_ms + slide.time.end_ms) // 2, NTSC)
    window = talk.layout.window.presenter
    assert window is not None

    frames = frames_of(talk)[middle - 12 : middle + 12, window.y : window.bottom, window.x : window.right]

    assert np.abs(np.diff(frames[:, :, :, 0].astype(int), axis=0)).max() > 80  # the square moves
    grey = frames[0, 4:10, window.width // 2].mean()
    assert 100 < grey < 160


def test_lower_third_is_there_while_planned_and_gone_after(talk: Made) -> None:
    frames = frames_of(talk)
    third = next(item for item in talk.timeline.overlays if item.kind is OverlayKind.LOWER_THIRD)
    box = talk.layout.lower_third
    spot = np.s_[box.y + 4 : box.y + 8, 2:6]
    ground = np.array((0x0B, 0x4F, 0x5C))

    middle = frame_at((third.time.start_ms + third.time.end_ms) // 2, NTSC)
    after = frame_at(third.time.end_ms, NTSC) + 1
    assert np.abs(frames[middle][spot].mean(axis=(0, 1)) - ground).max() < 12
    assert np.abs(frames[after][spot].mean(axis=(0, 1)) - ground).max() > 40


def test_progress_rises_from_nothing_to_one(talk: Made) -> None:
    assert talk.heard == sorted(talk.heard)
    assert talk.heard[-1] == 1.0
    assert len([share for share in talk.heard if 0.1 < share < 0.97]) >= 1


def test_nothing_is_left_beside_the_video(talk: Made) -> None:
    left = {path.name for path in talk.rendition.path.parent.iterdir()}

    assert left == {
        *(
            "video.mp4",
            "intro.mp4",
            "outro.mp4",
            "logo.png",
            "lower-third.png",
            "slide-1-window.png",
            "slide-2-window.png",
        )
    }


def test_poster_is_small_and_shows_the_body(talk: Made, tmp_path: Path) -> None:
    poster = choose_poster(talk.rendition, talk.timeline, tmp_path / "poster.jpg")

    assert (poster.width, poster.height) == (640, 360)
    assert 1000 < poster.path.stat().st_size <= POSTER_BYTES
    body = body_frames(talk.timeline).start
    third = next(item for item in talk.timeline.overlays if item.kind is OverlayKind.LOWER_THIRD)
    for moment in candidate_moments(talk.timeline):
        assert frame_at(moment, NTSC) > body
        assert not third.time.contains(moment)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_footage_is_upright(tmp_path: Path, degrees: int) -> None:
    clip = make_clip(tmp_path / "phone.mp4", duration_s=1)
    turn(clip.path, degrees)

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None)

    size = (180, 320) if degrees % 180 else (320, 180)
    place = place_footage(size, (made.rendition.width, made.rendition.height))
    turned = ["red", "green", "yellow", "blue"]
    shift = degrees // 90
    frame = frames_of(made)[frame_at(750, Fraction(25))]
    expected = turned[-shift:] + turned[:-shift]
    assert corner_colours(frame, (place.x, place.y, place.right, place.bottom)) == expected
    verify(made)


def test_anamorphic_footage_is_not_squashed(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "dv.mp4", size=(240, 180), duration_s=1, picture_filters="setsar=4/3"
    )  # 320 x 180 as displayed

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None)

    frame = frames_of(made)[frame_at(750, Fraction(25))]
    red = (frame[:, :, 0] > 200) & (frame[:, :, 1] < 90) & (frame[:, :, 2] < 90)
    rows, columns = np.nonzero(red[:90, :160])
    # A square of 30 coded pixels, each a third wider than it is high.
    assert (columns.max() + 1) / (rows.max() + 1) == pytest.approx(4 / 3, rel=0.1)
    assert corner_colours(frame, (0, 0, 320, 180)) == ["red", "green", "yellow", "blue"]


def test_footage_of_another_shape_lies_on_the_brands_ground(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "square.mp4", size=(180, 180), duration_s=1)

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None)

    frame = frames_of(made)[frame_at(750, Fraction(25))]
    for bar in (frame[:, :60], frame[:, -60:]):
        assert np.abs(bar.reshape(-1, 3).mean(axis=0) - np.array((0x0B, 0x4F, 0x5C))).max() < 6
    assert corner_colours(frame, (70, 0, 250, 180)) == ["red", "green", "yellow", "blue"]


def test_high_dynamic_range_comes_out_as_what_every_screen_shows(tmp_path: Path) -> None:
    tags = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
    clip = make_clip(
        tmp_path / "hdr.mp4",
        duration_s=1,
        video_options=(
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p10le",
            "-x264-params",
            tags,
        ),
    )

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None)

    verify(made)  # tagged bt709, 8 bit
    frame = frames_of(made)[frame_at(750, Fraction(25))]
    assert corner_colours(frame, (0, 0, 320, 180)) == ["red", "green", "yellow", "blue"]


def test_see_through_footage_lies_on_the_brands_ground(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "alpha.mov",
        duration_s=1,
        picture_filters="format=yuva444p10le,colorchannelmixer=aa=0",
        video_options=("-c:v", "prores_ks", "-profile:v", "4444"),
    )

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None)

    frame = frames_of(made)[frame_at(750, Fraction(25))]
    assert np.abs(frame.reshape(-1, 3).astype(int) - np.array((0x0B, 0x4F, 0x5C))).max() <= 6


def test_sixty_frames_per_second_stay_sixty(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "fast.mp4", rate=Fraction(60000, 1001), duration_s=2)
    shown = (draw_slide(tmp_path / "red.png", "#c00000"),)

    made = make_video(tmp_path / "made", clip.path, slide_files=shown, kit=BARE)

    verify(made)
    assert made.rendition.frame_rate == Fraction(60000, 1001)


def test_pause_is_cut_in_picture_and_sound_together(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "talk.mp4", duration_s=6)
    speech = (TimeRange(300, 1300), TimeRange(2500, 5500))

    made = make_video(
        tmp_path / "made", clip.path, speech=speech, cut=Cut(pauses_s=0.5), kit=BARE, speaker=None
    )

    verify(made)
    assert len([item for item in made.timeline.clips if item.source == "footage"]) == 2
    kept = [made.timeline.to_output(round(flash * 1000)) for flash in FLASHES_S]
    heard = beep_starts_s(read_sound(made.rendition.path))
    frames = frames_of(made)
    assert None not in kept
    for moment, beep in zip(kept, heard, strict=True):
        assert moment is not None
        assert beep * 1000 == pytest.approx(moment, abs=5)
        assert frames[frame_at(moment, Fraction(25)), 100].mean() > 200


def test_cards_fade_into_footage_and_out_of_it_over_exactly_the_planned_frames(tmp_path: Path) -> None:
    """Between two runs of red footage lies a card of the brand's ground."""
    clip = make_clip(tmp_path / "red.mp4", duration_s=44, rate=NTSC, picture_filters="drawbox=c=red:t=fill")
    speech = (TimeRange(1000, 21_000), TimeRange(22_000, 43_000))
    chapter = ChapterMark("What changes", 2, TimeRange(21_000, 22_000))

    made = make_video(
        tmp_path / "made", clip.path, speech=speech, chapters=(chapter,), kit=BARE, speaker=None
    )

    verify(made)
    redness = frames_of(made)[:, 90, 4].astype(int)[:, 0]
    for before, clip_, span in zip(
        made.timeline.clips, made.timeline.clips[1:], made.timeline.spans()[1:], strict=False
    ):
        fade = redness[span.start - 2 : span.start + clip_.enter_frames + 2]
        if before.is_card:
            fade = fade[::-1]
        assert clip_.enter_frames >= 5
        assert np.ptp(fade[:2]) <= 3
        assert np.ptp(fade[-2:]) <= 3
        assert (np.diff(fade[2:-2]) < -5).all()
    assert [clip_.source for clip_ in made.timeline.clips].count("chapter-2") == 1


def test_sound_that_outlasts_the_picture_keeps_its_last_frame(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "short.mp4",
        duration_s=3,
        picture_filters="trim=end_frame=40",
    )

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None)

    verify(made)
    assert made.timeline.clips[1].source_range.end_ms >= 3000
    frames = frames_of(made)
    assert np.abs(frames[60].astype(int) - frames[70].astype(int)).max() < 12


def test_footage_without_sound_gets_a_silent_track(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "mute.mp4", duration_s=1, sound=None)

    made = make_video(tmp_path / "made", clip.path, kit=BARE, speaker=None)

    verify(made, target=None)
    assert made.rendition.loudness is None
    assert not read_sound(made.rendition.path).any()


def test_speech_on_one_side_is_heard_on_both(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "left.mp4", duration_s=2, sound="pan=stereo|c0=c0|c1=0*c0")
    heard = SpeechAudio(clip.path, 2000, 1, "left", -10.0)

    made = make_video(tmp_path / "made", clip.path, heard=heard, kit=BARE, speaker=None)

    left, right = read_sound(made.rendition.path).T
    assert np.abs(left).max() > 0.05
    assert np.abs(left - right).max() < 0.01
    verify(made)


@pytest.mark.parametrize("filters", ["volume=-40dB", "volume=30dB", "volume=8dB,asoftclip=type=hard"])
def test_sound_comes_out_as_loud_as_asked_for_however_it_was_recorded(tmp_path: Path, filters: str) -> None:
    sound = make_sound(tmp_path / "talk.wav", filters=filters)

    made = make_video(tmp_path / "made", sound, kit=BARE)

    verify(made)
    assert made.rendition.loudness is not None
    assert made.rendition.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert made.rendition.loudness.true_peak_dbtp <= -1.5


def test_narration_shows_its_slides_from_first_to_last_frame(tmp_path: Path) -> None:
    sound = make_sound(tmp_path / "talk.m4a", duration_s=7)
    shown = (draw_slide(tmp_path / "red.png", "#c00000"), draw_slide(tmp_path / "blue.png", "#0000c0"))

    made = make_video(tmp_path / "made", sound, slide_files=shown)

    verify(made)
    frames, box = frames_of(made), made.layout.window.slide
    body = body_frames(made.timeline)
    start, end = body.start, body.end
    corner = frames[:, box.y + 12 : box.y + 16, box.x + 6 : box.x + 10].mean(axis=(1, 2))
    assert np.abs(corner[start + 12] - np.array((192, 0, 0))).max() < 14
    assert np.abs(corner[end - 12] - np.array((0, 0, 192))).max() < 14
    assert made.rendition.frame_rate == 25


def test_narration_alone_becomes_an_audiogram_with_a_line_that_moves(tmp_path: Path) -> None:
    sound = make_sound(tmp_path / "talk.m4a")

    made = make_video(tmp_path / "made", sound, max_height=360)

    verify(made)
    assert made.timeline.overlays[0].kind is OverlayKind.AUDIOGRAM
    frames, room = frames_of(made), made.layout.wave
    body = body_frames(made.timeline)
    start, end = body.start, body.end
    strip = frames[:, room.y + 2 : room.y + 6, room.x : room.right].astype(int)
    amber = np.abs(strip - np.array((0xF2, 0xA9, 0x3B))).sum(axis=3).mean(axis=1)
    places = [int(np.argmin(amber[number])) for number in (start + 12, (start + end) // 2, end - 12)]
    assert places == sorted(places)
    assert places[2] - places[0] > room.width // 2
    wave = frames[(start + end) // 2, room.y : room.bottom, room.x : room.right].astype(int)
    assert (np.abs(wave - np.array((0x0B, 0x4F, 0x5C))).sum(axis=2) > 200).mean() > 0.02

"""Footage that nobody touched comes out bit by bit as it went in; footage that cannot is rendered in full."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import pytest

from ebrochure.assemble import smartcut
from ebrochure.assemble.smartplan import plan_parts
from ebrochure.media.coded import read_track
from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.media.verify import LoudnessTarget, verify_rendition
from ebrochure.model.service import Cut
from ebrochure.model.timing import TimeRange
from tests.fixtures.assembly import brand, draw_slide, make_video, read_sound
from tests.fixtures.footage import FLASHES_S, make_clip, turn
from tests.media.test_render import beep_starts_s

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fixtures.assembly import Made
    from tests.fixtures.footage import Clip

SIZE = (1280, 720)
KIT = brand(has_logo=False, intro_ms=800, outro_ms=800, lower_third_ms=1600)
FAR_FROM_JOINTS = 150
"""A frame, in the order of decoding, of a video of 8 s at 25 per second with the cards of `KIT`."""
TAGS = "colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv"


def talk(
    path: Path, *options: str, rate: Fraction = Fraction(25), params: str = "", seconds: float = 8
) -> Clip:
    """Make footage that can be copied, but for what `options` and x264's `params` change."""
    coded = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "25", "-x264-params")
    params = f"{TAGS}:{params}" if params else TAGS
    return make_clip(path, rate=rate, size=SIZE, duration_s=seconds, video_options=(*coded, params, *options))


def smart(folder: Path, clip: Clip, **asked: object) -> Made:
    return make_video(folder / "made", clip.path, kit=KIT, max_height=720, smart=True, **asked)


def pictures(path: Path) -> list[str]:
    """Return a digest of each decoded frame, in the order in which they are shown."""
    with av.open(str(path)) as container:
        return [
            hashlib.blake2b(frame.to_ndarray().tobytes(), digest_size=16).hexdigest()
            for frame in container.decode(video=0)
        ]


@pytest.mark.parametrize(
    ("rate", "options"),
    [
        (Fraction(25), ()),
        (Fraction(25), ("-bf", "0")),
        (Fraction(30000, 1001), ("-g", "60")),
        (Fraction(30), ("-preset", "slow", "-g", "48")),
        (Fraction(50), ("-profile:v", "baseline")),
    ],
    ids=["B-frames", "no B-frames", "29.97", "B-pyramid", "baseline"],
)
def test_what_is_copied_is_bit_by_bit_the_footage(
    tmp_path: Path, rate: Fraction, options: tuple[str, ...]
) -> None:
    clip = talk(tmp_path / "talk.mp4", *options, rate=rate)

    made = smart(tmp_path, clip)

    assert made.rendition.why_not_copied is None
    ours, theirs = pictures(made.rendition.path), pictures(clip.path)
    assert len(ours) == made.timeline.frame_count
    copied = [
        part for part in plan_parts(made.timeline, read_track(clip.path, 0, rate).starts()) if part.is_copied
    ]
    assert sum(part.frames.count for part in copied) == made.rendition.copied_frames > 0
    for part in copied:
        assert part.source is not None
        assert ours[part.frames.start : part.frames.end] == theirs[part.source :][: part.frames.count]
    verify_rendition(
        made.rendition.path,
        frame_count=made.timeline.frame_count,
        frame_rate=rate,
        width=SIZE[0],
        height=SIZE[1],
        target=LoudnessTarget(-16.0, -1.5),
        decode_all=True,
    )


def test_picture_and_sound_stay_together_over_slides_and_cuts(tmp_path: Path) -> None:
    clip = talk(tmp_path / "talk.mp4", seconds=14)
    shown = (draw_slide(tmp_path / "red.png", "#c00000"),)
    speech = (TimeRange(300, 6000), TimeRange(9000, 13_500))

    made = smart(tmp_path, clip, slide_files=shown, speech=speech, cut=Cut(pauses_s=0.5), speaker=None)

    assert made.rendition.copied_frames >= 25
    assert len([clip for clip in made.timeline.clips if not clip.is_card]) == 2
    heard = beep_starts_s(read_sound(made.rendition.path))
    with av.open(str(made.rendition.path)) as container:
        grey = [frame.to_ndarray(format="gray")[340:380].mean() for frame in container.decode(video=0)]
    moments = [made.timeline.to_output(round(flash * 1000)) for flash in FLASHES_S]
    for moment, beep in zip(moments, heard, strict=True):
        assert moment is not None
        assert beep * 1000 == pytest.approx(moment, abs=5)
    for moment in moments[:2]:  # the third is seen beside the slide
        assert moment is not None
        number = round(moment * made.timeline.frame_rate / 1000)
        assert grey[number] > 200 > grey[number - 1]


def test_nothing_but_the_video_is_left_behind(tmp_path: Path) -> None:
    made = smart(tmp_path, talk(tmp_path / "talk.mp4"))

    left = {path.name for path in made.rendition.path.parent.iterdir()}
    assert left == {"video.mp4", "intro.mp4", "outro.mp4", "lower-third.png"}


def damage(video: Path, which: Callable[[int, bool], bool]) -> None:
    """Overwrite the middle of those coded frames that `which`, told place and whether it is key, picks."""
    with av.open(str(video)) as container:
        found = [packet for packet in container.demux(video=0) if packet.size]
        spans = [
            (packet.pos + packet.size // 2, min(64, packet.size // 4))
            for place, packet in enumerate(found)
            if which(place, packet.is_keyframe)
        ]
    with video.open("r+b") as file:
        for position, count in spans:
            file.seek(position)
            file.write(b"\x55" * count)


def test_damage_at_a_joint_is_a_doubt_and_the_video_is_rendered_in_full(tmp_path: Path) -> None:
    clip = talk(tmp_path / "talk.mp4")
    damage(clip.path, lambda place, is_key: is_key and place > 0)

    assert "could not be trusted" in refused(tmp_path, clip)


def test_a_copied_frame_that_changes_on_the_way_is_found_wherever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lay_under(*args: object) -> None:
        real(*args)
        damage(args[-1], lambda place, _: place == FAR_FROM_JOINTS)

    real = smartcut.lay_under
    monkeypatch.setattr(smartcut, "lay_under", lay_under)

    assert "is not as it was" in refused(tmp_path, talk(tmp_path / "talk.mp4"))


def refused(tmp_path: Path, clip: Clip) -> str:
    """Return why footage was rendered in full, which must have gone well."""
    made = smart(tmp_path, clip)
    assert made.rendition.copied_frames == 0
    assert len(pictures(made.rendition.path)) == made.timeline.frame_count
    return made.rendition.why_not_copied or ""


@pytest.mark.parametrize(
    ("options", "params", "reason"),
    [
        (("-x264-params", "colorprim=bt709"), "", "bt709"),
        (("-bsf:v", "h264_metadata=video_full_range_flag=1"), "", "full range"),
        ((), "open-gop=1:bframes=3:b-adapt=0", "open"),
        (("-pix_fmt", "yuv422p"), "", "4:2:0"),
        (("-pix_fmt", "yuv420p10le"), "", "8 bit"),
        (("-flags", "+ildct+ilme"), "", "interlaced"),
        (("-b:v", "20M", "-minrate", "20M", "-maxrate", "20M", "-bufsize", "2M"), "nal-hrd=cbr", "bit rate"),
        (("-g", "1000"), "", "hardly any"),
        (("-c:v", "mpeg4"), "", "mpeg4"),
    ],
)
def test_footage_that_cannot_be_copied_is_rendered_in_full_and_the_reason_is_said(
    tmp_path: Path, options: tuple[str, ...], params: str, reason: str
) -> None:
    assert reason in refused(tmp_path, talk(tmp_path / "talk.mp4", *options, params=params, seconds=4))


def test_turned_footage_is_refused(tmp_path: Path) -> None:
    clip = talk(tmp_path / "talk.mp4", seconds=4)
    turn(clip.path, 180)

    assert "turned" in refused(tmp_path, clip)


def test_footage_whose_start_an_edit_list_hides_is_refused(tmp_path: Path) -> None:
    clip = talk(tmp_path / "talk.mp4", seconds=5)
    cut = tmp_path / "cut.mp4"
    run_ffmpeg(("-ss", "0.5", "-i", str(clip.path), "-c", "copy", str(cut)))

    assert refused(tmp_path, replace(clip, path=cut)) in {
        "an edit list hides some of it",
        "its frames are not evenly spaced from the start",
    }

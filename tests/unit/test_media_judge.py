"""What is made of a scan."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from ebrochure.errors import MaterialError
from ebrochure.media.judge import judge
from ebrochure.media.scanned import Refusal, Scan, ScannedAudio, ScannedVideo, from_json, to_json
from ebrochure.model.findings import Level
from ebrochure.model.media import MediaInfo
from ebrochure.settings import LimitSettings

VIDEO = ScannedVideo(
    index=0,
    codec="h264",
    width=1920,
    height=1080,
    sample_aspect_ratio=Fraction(1),
    rotation_deg=0,
    frames_per_s=25.0,
    frame_rate=Fraction(25),
    is_variable_rate=False,
    is_interlaced=False,
    is_combed=False,
    is_hdr=False,
    has_alpha=False,
    is_still=False,
    start_s=0.0,
    end_s=10.0,
    packets=250,
    decoded=50,
    damaged=0,
)
AUDIO = ScannedAudio(
    index=1,
    codec="aac",
    sample_rate_hz=48000,
    channels=2,
    start_s=0.0,
    end_s=10.0,
    packets=470,
    decoded=470,
    damaged=0,
    peak=0.5,
    clipped_share=0.0,
)
SCAN = Scan(start_s=0.0, header_duration_s=10.0, videos=(VIDEO,), audios=(AUDIO,))


def look(scan: Scan) -> tuple[MediaInfo, list[str]]:
    info, findings = judge(scan, "mov", name="a.mp4", limits=LimitSettings())
    assert all(item.level is Level.WARN and item.file == "a.mp4" and item.hint for item in findings)
    return info, [item.code for item in findings]


def refusal(scan: Scan) -> str:
    with pytest.raises(MaterialError) as caught:
        judge(scan, "mov", name="a.mp4", limits=LimitSettings())
    (finding,) = caught.value.findings
    assert finding.file == "a.mp4"
    assert finding.hint
    return finding.code


def with_video(**changes: object) -> Scan:
    return replace(SCAN, videos=(replace(VIDEO, **changes),))  # type: ignore[arg-type]


def with_audio(**changes: object) -> Scan:
    return replace(SCAN, audios=(replace(AUDIO, **changes),))  # type: ignore[arg-type]


def test_sound_footage_has_nothing_to_be_said_about() -> None:
    info, codes = look(SCAN)

    assert codes == []
    assert (info.duration_ms, info.duration_ms_from_header, info.start_ms) == (10_000, 10_000, 0)
    assert info.video is not None
    assert info.video.displayed_size == (1920, 1080)
    assert [item.index for item in info.audio] == [1]


def test_a_scan_survives_the_way_from_child_to_parent() -> None:
    assert from_json(to_json(SCAN)) == SCAN
    refused = Scan(refusal=Refusal.TOO_LARGE, detail="9 x 9")
    assert from_json(to_json(refused)) == refused


def test_length_counts_from_where_the_container_starts() -> None:
    scan = replace(SCAN, start_s=1.4, videos=(replace(VIDEO, start_s=1.4, end_s=11.4),), audios=())

    info, _ = look(scan)

    assert (info.start_ms, info.duration_ms) == (1400, 10_000)


def test_the_longest_stream_says_how_long_it_is() -> None:
    info, _ = look(with_audio(end_s=4.0))

    assert info.duration_ms == 10_000


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (Scan(refusal=Refusal.UNREADABLE), "UNREADABLE"),
        (Scan(refusal=Refusal.TOO_MANY, detail="99 streams"), "UNREADABLE"),
        (Scan(refusal=Refusal.TOO_LARGE, detail="16000 x 16000"), "PICTURE_TOO_LARGE"),
        (Scan(), "UNREADABLE"),
        (replace(SCAN, videos=(), audios=(replace(AUDIO, packets=0, decoded=0),)), "EMPTY_AUDIO"),
        (replace(SCAN, videos=(replace(VIDEO, damaged=50),), audios=()), "UNREADABLE"),
        (replace(SCAN, videos=(replace(VIDEO, end_s=0.499),), audios=()), "CLIP_TOO_SHORT"),
        (replace(SCAN, videos=(replace(VIDEO, end_s=3600.1),)), "TOO_LONG"),
        (replace(SCAN, videos=(replace(VIDEO, width=2, height=2),)), "VIDEO_TOO_SMALL"),
        (replace(SCAN, videos=(replace(VIDEO, width=31),)), "VIDEO_TOO_SMALL"),
        (replace(SCAN, videos=(replace(VIDEO, width=8194),)), "PICTURE_TOO_LARGE"),
        (replace(SCAN, videos=(replace(VIDEO, width=8192, height=8192),)), "PICTURE_TOO_LARGE"),
        (replace(SCAN, videos=(replace(VIDEO, frames_per_s=1001.0),)), "BAD_FRAME_RATE"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(scan: Scan, code: str) -> None:
    assert refusal(scan) == code


@pytest.mark.parametrize(
    "scan",
    [
        replace(
            SCAN,
            videos=(replace(VIDEO, end_s=0.5),),
            audios=(replace(AUDIO, end_s=0.5),),
            header_duration_s=0.5,
        ),
        replace(SCAN, videos=(replace(VIDEO, end_s=3600),), audios=(), header_duration_s=3600),
        with_video(width=32, height=32),
        with_video(width=8192, height=4320),
    ],
)
def test_what_just_fits_is_taken(scan: Scan) -> None:
    assert look(scan)[1] == []


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (replace(SCAN, is_cut_short=True), "ENDS_EARLY"),
        (replace(SCAN, header_duration_s=10.3), "ENDS_EARLY"),
        (with_video(damaged=3), "DAMAGED"),
        (with_audio(damaged=470), "DAMAGED"),
        (replace(SCAN, videos=(VIDEO, replace(VIDEO, index=2, width=320, height=240))), "OTHER_VIDEO"),
        (with_video(is_combed=True), "INTERLACED"),
        (with_video(is_still=True), "PICTURE_STILL"),
        (with_audio(peak=0.003), "SOUND_QUIET"),
        (with_audio(clipped_share=0.05), "SOUND_DISTORTED"),
        (with_audio(sample_rate_hz=8000), "SOUND_POOR"),
        (with_audio(end_s=10.2), "SOUND_DRIFTS"),
    ],
)
def test_what_somebody_should_look_at_is_a_warning(scan: Scan, code: str) -> None:
    assert look(scan)[1] == [code]


@pytest.mark.parametrize(
    "scan",
    [
        replace(SCAN, header_duration_s=10.2),
        replace(SCAN, header_duration_s=None),
        with_video(damaged=2),
        with_video(is_interlaced=True, is_combed=True),
        with_audio(peak=0.00001),
        with_audio(end_s=3.0),
        with_audio(end_s=10.05),
        with_audio(start_s=1.5, end_s=10.2),
        with_video(is_variable_rate=True, end_s=9.8),
    ],
)
def test_what_is_usual_is_no_warning(scan: Scan) -> None:
    assert look(scan)[1] == []


def test_combs_make_footage_interlaced_whatever_its_flags_say() -> None:
    info, _ = look(with_video(is_combed=True))

    assert info.video is not None
    assert info.video.is_interlaced


def test_the_largest_picture_is_used() -> None:
    small = replace(VIDEO, index=3, width=320, height=240)
    info, _ = look(replace(SCAN, videos=(small, VIDEO)))

    assert info.video is not None
    assert info.video.index == 0


def test_sound_beside_an_undecodable_picture_is_narration() -> None:
    info, codes = look(with_video(damaged=50))

    assert info.video is None
    assert codes == ["DAMAGED"]


def test_subtitles_inside_are_told_and_are_no_warning() -> None:
    _, (finding,) = judge(
        replace(SCAN, other_streams=("subtitle", "data")), "mov", name="a.mp4", limits=LimitSettings()
    )

    assert (finding.code, finding.level) == ("SUBTITLES_INSIDE", Level.INFO)

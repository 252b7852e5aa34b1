"""The finished sound, sample by sample: where it is, what is under the cards, how loud it comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.media.loudness import measure
from ebrochure.model.timing import TimeRange, frame_at
from tests.fixtures.assembly import edit_of, read_sound
from tests.fixtures.footage import make_clip, sound_source
from tests.fixtures.programme import Programme, music_of, programme_of, write_sound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from ebrochure.model.timeline import Timeline

PAL = Fraction(25)
RATES = (Fraction(24000, 1001), PAL, Fraction(30000, 1001), Fraction(60000, 1001))
RANDOM = np.random.default_rng(11)


def clicks(moments: Sequence[int], count: int) -> NDArray[np.float64]:
    """Return noise at -80 dBFS with a click of one sample at each of `moments`."""
    samples = RANDOM.normal(0, 1e-4, (count, 1))
    samples[list(moments)] = 0.9
    return samples


def click_near(samples: NDArray[np.floating], moment: float, *, within: int = 400) -> int:
    """Return the loudest sample around `moment`."""
    start = round(moment) - within
    return start + int(np.abs(samples[start : start + 2 * within, 0]).argmax())


def moved(edit: Timeline, sample: int, *, rate_hz: int = 48_000) -> float:
    """Return where a moment of the footage lies in the programme, in samples, to a fraction of one."""
    rate = edit.frame_rate
    for clip, span in zip(edit.clips, edit.spans(), strict=True):
        first = frame_at(clip.source_range.start_ms, rate)
        within = Fraction(sample, rate_hz) - first / rate
        if not clip.is_card and 0 <= within < clip.frames / rate:
            return float((span.start / rate + within) * 48_000)
    raise AssertionError(sample)


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_a_click_is_where_the_edit_map_says_at_every_frame_rate(tmp_path: Path, rate: Fraction) -> None:
    edit = edit_of(rate, "intro 41", "7+50~5", "80+47", "chapter-1 37~6", "130+60~4", "outro 40~7")
    moments = [round((frame + 0.4) * 48_000 / rate) for frame in (20, 45, 92, 118, 145, 171)]
    footage = write_sound(tmp_path / "clicks.wav", clicks(moments, round(200 * 48_000 / rate)))

    programme = programme_of(footage, edit)
    delivered = read_sound(programme.deliver())

    samples = programme.samples
    assert len(samples) == round(edit.frame_count * 48_000 / rate)
    for moment in moments:
        expected = moved(edit, moment)
        to_output_ms = edit.to_output(round(moment / 48))
        assert to_output_ms is not None
        assert abs(click_near(samples, expected) - expected) <= 1
        assert expected / 48 == pytest.approx(to_output_ms, abs=2)  # whole milliseconds, twice rounded
        assert abs(click_near(delivered, expected) - expected) <= 240  # 5 ms


@pytest.mark.parametrize(
    ("name", "rate_hz", "options"),
    [
        ("aac.m4a", 48_000, ("-c:a", "aac", "-b:a", "256k")),
        ("cd.wav", 44_100, ()),
        ("telephone.wav", 8000, ()),
        ("lossless.mka", 44_100, ("-c:a", "flac")),
        ("opus.webm", 48_000, ("-c:a", "libopus", "-b:a", "256k")),
    ],
)
def test_no_container_codec_or_sample_rate_moves_the_sound(
    tmp_path: Path, name: str, rate_hz: int, options: tuple[str, ...]
) -> None:
    edit = edit_of(PAL, "intro 25", "10+50", "outro 25")
    moments = [rate_hz, 2 * rate_hz]
    footage = write_sound(tmp_path / name, clicks(moments, 3 * rate_hz), *options, rate_hz=rate_hz)

    samples = programme_of(footage, edit).samples

    for moment in moments:
        expected = moved(edit, moment, rate_hz=rate_hz)
        assert abs(click_near(samples, expected) - expected) <= 1


@pytest.mark.parametrize("has_pause", [True, False])
def test_cleaning_moves_nothing_to_the_sample(tmp_path: Path, has_pause: bool) -> None:  # noqa: FBT001
    edit = edit_of(PAL, "0+150")
    noise = RANDOM.normal(0, 0.003, (288_000, 1))
    if not has_pause:
        noise *= 1 + 40 * (np.arange(288_000)[:, None] // 9600 % 2)
    moments = (96_000, 200_000, 286_000)
    noise[list(moments)] = 0.9
    footage = write_sound(tmp_path / "noisy.wav", noise)

    plain, clean = programme_of(footage, edit).samples, programme_of(footage, edit, is_cleaned=True).samples

    assert len(clean) == len(plain) == 288_000
    for moment in moments:
        assert abs(click_near(clean, moment) - moment) <= 1


def test_cleaning_takes_the_rooms_noise_down_and_leaves_the_voice(tmp_path: Path) -> None:
    edit = edit_of(PAL, "0+175")
    hiss = "anoisesrc=color=pink:amplitude=0.02:sample_rate=48000:duration=7:seed=5"
    footage = mixed(tmp_path / "hiss.wav", sound_source(7), hiss)

    plain, clean = programme_of(footage, edit).samples, programme_of(footage, edit, is_cleaned=True).samples

    assert level_db(clean, 4.0, 6.5) - level_db(plain, 4.0, 6.5) < -9
    assert level_db(clean, 1.5, 2.1) == pytest.approx(level_db(plain, 1.5, 2.1), abs=0.5)


def mixed(path: Path, *sources: str, options: Sequence[str] = ()) -> Path:
    """Write the sum of source filters."""
    inputs = [argument for item in sources for argument in ("-f", "lavfi", "-i", item)]
    graph = f"amix=inputs={len(sources)}:normalize=0"
    run_ffmpeg((*inputs, "-filter_complex", graph, *options, str(path)))
    return path


def level_db(samples: NDArray[np.floating], start_s: float, end_s: float) -> float:
    """Return the level of a stretch of the left channel."""
    part = samples[round(start_s * 48_000) : round(end_s * 48_000), 0]
    return float(10 * np.log10(np.maximum((part**2).mean(), 1e-20)))


def levels_db(samples: NDArray[np.floating], start_s: float, end_s: float) -> NDArray[np.float64]:
    """Return the level of each 20 ms of a stretch."""
    moments = np.arange(start_s, end_s - 0.02, 0.02)
    return np.array([level_db(samples, moment, moment + 0.02) for moment in moments])


def talk_in_a_room(path: Path, *, room: float = 0.003) -> Path:
    """Write 12 s: a voice in bursts of 1.6 s, from 1 s on every 3 s, in a room of white noise."""
    moment = np.arange(12 * 48_000) / 48_000
    voice = 0.1 * np.sin(2 * np.pi * 220 * moment) * ((moment % 3 > 1) & (moment % 3 < 2.6))
    return write_sound(path, (voice + RANDOM.normal(0, 1, len(moment)) * room)[:, None])


def test_the_room_goes_on_under_a_chapters_card_and_not_under_intro_and_outro(tmp_path: Path) -> None:
    edit = edit_of(PAL, "intro 50", "10+130~8", "chapter-1 75~8", "160+120~8", "outro 50~8")
    footage = talk_in_a_room(tmp_path / "talk.wav")

    samples = programme_of(footage, edit).samples

    room_db = level_db(samples, 3.9, 4.3)  # a pause of the first run
    under_card = levels_db(samples, 6.9, 9.8)
    assert under_card.min() > room_db - 1.5
    assert under_card.max() < room_db + 1.5
    assert not samples[: 42 * 1920].any()
    assert not samples[-42 * 1920 :].any()


def test_a_shortened_pause_has_no_hole_and_no_bump(tmp_path: Path) -> None:
    edit = edit_of(PAL, "0+72", "90+130")  # between the words of 1.0-2.6 s and of 4.0-5.6 s

    samples = programme_of(talk_in_a_room(tmp_path / "talk.wav"), edit).samples

    joined = levels_db(samples, 2.7, 3.2)
    assert joined.max() - joined.min() < 1.5


def test_a_recorder_that_mutes_its_pauses_is_not_given_a_room(tmp_path: Path) -> None:
    edit = edit_of(PAL, "10+130", "chapter-1 75", "160+120")

    samples = programme_of(talk_in_a_room(tmp_path / "talk.wav", room=0), edit).samples

    assert not samples[140 * 1920 : 200 * 1920].any()


SPEECH = sound_source(3.6)
SURROUND = "FL=0.1*c0|FR=0.1*c0|FC=c0|LFE=0.3*c0"


@pytest.mark.parametrize(
    ("name", "filters", "options"),
    [
        ("mono.wav", "anull", ()),
        ("one-side.m4a", "pan=stereo|c0=c0|c1=0*c0", ("-c:a", "aac")),
        ("inverted.wav", "pan=stereo|c0=c0|c1=-1*c0", ()),
        ("centre.wav", "pan=5.1|FC=c0", ()),
        ("surround.m4a", f"pan=5.1|{SURROUND}|BL=0.2*c0|BR=0.2*c0", ("-c:a", "aac")),
        ("cinema.wav", f"pan=7.1|{SURROUND}|SL=0.2*c0|SR=0.2*c0", ()),
        ("telephone.wav", "aresample=8000", ("-c:a", "pcm_mulaw")),
        ("beyond-scale.wav", "volume=90dB", ("-c:a", "pcm_f32le")),
        ("distorted.wav", "volume=25dB,asoftclip=type=hard", ()),
        ("very-quiet.wav", "volume=-40dB", ("-c:a", "pcm_s24le")),
        ("clicks.wav", "volume='if(lt(mod(n,40),1),8,0.2)':eval=frame", ("-c:a", "pcm_f32le")),
        ("late.mkv", "asetpts=PTS+1.5/TB", ("-c:a", "pcm_s16le")),
        ("breaks-off.wav", "atrim=end=1.1", ()),
        ("no-number.wav", "aeval='if(eq(mod(n,20000),9999),0/0,val(0))'", ("-c:a", "pcm_f32le")),
    ],
    ids=lambda value: value.partition(".")[0] if isinstance(value, str) else "",
)
def test_whatever_was_recorded_comes_out_at_its_loudness_below_its_peak(
    tmp_path: Path, name: str, filters: str, options: tuple[str, ...]
) -> None:
    footage = tmp_path / name
    run_ffmpeg(("-f", "lavfi", "-i", SPEECH, "-af", filters, *options, str(footage)))

    programme = programme_of(footage, edit_of(PAL, "intro 25", "0+85~10", "outro 25~10"))
    reached = programme.delivered()

    assert reached is not None
    assert reached.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert reached.true_peak_dbtp <= -1.5
    left, right = programme.samples.T
    assert np.abs(left - right).max() < 0.05 * np.abs(left).max()  # heard on both sides


def test_speech_on_the_second_track_is_what_is_heard(tmp_path: Path) -> None:
    footage = tmp_path / "two.mka"
    sources = ("-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo:d=3.6", "-f", "lavfi", "-i", SPEECH)
    run_ffmpeg((*sources, "-map", "0:a", "-map", "1:a", "-c:a", "flac", str(footage)))

    reached = programme_of(footage, edit_of(PAL, "0+85")).delivered()

    assert reached is not None
    assert reached.integrated_lufs == pytest.approx(-16.0, abs=0.5)


@pytest.mark.parametrize("sound", ["volume=0", None], ids=["silent track", "no track"])
def test_silence_stays_silence(tmp_path: Path, sound: str | None) -> None:
    footage = make_clip(tmp_path / "mute.mp4", duration_s=1, sound=sound).path

    programme = programme_of(footage, edit_of(PAL, "intro 25", "0+25", "outro 25"))

    assert not programme.samples.any()
    assert programme.delivered() is None


EDIT = edit_of(PAL, "intro 75", "0+75~10", "chapter-1 75~5", "75+15~5", "outro 125~5")
WORDS = (TimeRange(500, 3000), TimeRange(3000, 3300))
TONE = "0.5*sin(1000*2*PI*t)"
"""Between the seventh and the eighth harmonic of the voice."""


def tone_lufs(samples: NDArray[np.floating], start_s: float, end_s: float) -> float:
    """Return the loudness of a tone of 1 kHz, and of nothing else, in a stretch."""
    part = samples[round(start_s * 48_000) : round(end_s * 48_000), 0]
    window = np.hanning(len(part))
    wave = np.exp(-2j * np.pi * 1000 * np.arange(len(part)) / 48_000)
    return float(20 * np.log10(2 * abs((part * window) @ wave) / window.sum()))


def programme_with_music(tmp_path: Path, sound: str | None = "", *, music_s: float = 30) -> Programme:
    footage = make_clip(tmp_path / "talk.mp4", sound=sound).path
    music = tmp_path / "music.mp3"
    run_ffmpeg(("-f", "lavfi", "-i", f"aevalsrc='{TONE}|{TONE}':s=44100:d={music_s}", str(music)))
    return programme_of(footage, EDIT, music=music_of(music), speech=WORDS if sound == "" else ())


@pytest.mark.parametrize("music_s", [5.2, 30], ids=["repeated", "cut"])
def test_music_lies_20_db_under_speech_and_10_under_it_at_cards(tmp_path: Path, music_s: float) -> None:
    programme = programme_with_music(tmp_path, music_s=music_s)

    before, delivered = programme.loudness(), programme.deliver()

    reached, samples = measure(delivered, demuxer="mov"), read_sound(delivered)
    assert reached is not None
    assert reached.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert reached.true_peak_dbtp <= -1.5
    assert len(programme.samples) == EDIT.frame_count * 1920
    talk, whole = programme_of(tmp_path / "talk.mp4", EDIT).loudness(), before
    assert talk is not None
    assert whole is not None
    speech_lufs = talk.integrated_lufs + reached.integrated_lufs - whole.integrated_lufs
    for start_s in (3.1, 3.6, 4.1, 4.6):  # speech from 3.1 to 5.6 s
        assert tone_lufs(samples, start_s, start_s + 1) <= speech_lufs - 20
    assert tone_lufs(samples, 0.2, 1.5) == pytest.approx(speech_lufs - 10, abs=1)
    assert levels_db(samples, -0.1 + EDIT.frame_count / 25, EDIT.frame_count / 25).max() < -45


@pytest.mark.parametrize("sound", ["volume=0", None], ids=["silent track", "no track"])
def test_music_alone_is_the_programme(tmp_path: Path, sound: str | None) -> None:
    reached = programme_with_music(tmp_path, sound).delivered()

    assert reached is not None
    assert reached.integrated_lufs == pytest.approx(-16.0, abs=0.5)


def test_silent_music_changes_nothing(tmp_path: Path) -> None:
    footage = make_clip(tmp_path / "talk.mp4").path
    silence = tmp_path / "music.wav"
    run_ffmpeg(("-f", "lavfi", "-i", "anullsrc=d=6", str(silence)))

    with_music = programme_of(footage, EDIT, music=music_of(silence), speech=WORDS).samples

    assert np.array_equal(with_music, programme_of(footage, EDIT).samples)

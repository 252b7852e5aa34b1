"""Speech taken out of footage, in the footage's own time."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ebrochure.media.ffmpeg import run_ffmpeg
from ebrochure.media.probe import probe
from ebrochure.media.process import started
from ebrochure.media.sound import extract_speech
from ebrochure.model.media import MediaInfo, SpeechAudio
from ebrochure.settings import LimitSettings
from tests.fixtures.footage import FLASHES_S, WORDS_S, make_clip, make_sound

BEEP_HZ = 2000
NEAR_S = 0.02


def info_of(path: Path) -> MediaInfo:
    return probe(path, name=path.name, limits=LimitSettings())[0]


def extract(path: Path) -> SpeechAudio:
    return extract_speech(path, info_of(path), path.with_suffix(".speech.wav"))


def samples_of(speech: SpeechAudio) -> NDArray[np.float64]:
    with wave.open(str(speech.path), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


def beeps_s(samples: NDArray[np.float64]) -> list[float]:
    """Return when a 2 kHz tone begins."""
    tone = np.exp(-2j * np.pi * BEEP_HZ * np.arange(len(samples)) / 16_000)
    window = 160
    level = np.abs(np.convolve(samples * tone, np.ones(window) / window, "valid"))
    on = level > 0.5 * level.max()
    return [(start + window // 2) / 16_000 for start in np.flatnonzero(on[1:] & ~on[:-1])]


def is_speech_at(samples: NDArray[np.float64], start_s: float, end_s: float) -> bool:
    part = samples[round(start_s * 16_000) : round(end_s * 16_000)]
    return float(np.sqrt((part**2).mean())) > 0.01


def test_speech_is_where_it_is_in_the_footage(tmp_path: Path) -> None:
    speech = extract(make_clip(tmp_path / "clip.mp4").path)
    samples = samples_of(speech)

    assert beeps_s(samples) == pytest.approx(FLASHES_S, abs=NEAR_S)
    assert all(is_speech_at(samples, *word) for word in WORDS_S)
    assert not is_speech_at(samples, 1.1, 1.19)
    assert (speech.stream_index, speech.channel_mix) == (1, "mono")
    assert speech.duration_ms == pytest.approx(3600, abs=30)


def test_a_container_that_starts_late_does_not_move_the_words(tmp_path: Path) -> None:
    footage = make_clip(tmp_path / "late.ts").path
    assert info_of(footage).start_ms > 1000

    assert beeps_s(samples_of(extract(footage))) == pytest.approx(FLASHES_S, abs=0.05)


def test_sound_that_starts_after_the_picture_is_padded(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4").path
    late = tmp_path / "late.mp4"
    run_ffmpeg(
        (
            "-i",
            str(clip),
            "-itsoffset",
            "0.7",
            "-i",
            str(clip),
            "-map",
            "0:v",
            "-map",
            "1:a",
            "-c",
            "copy",
            str(late),
        )
    )

    assert beeps_s(samples_of(extract(late))) == pytest.approx([item + 0.7 for item in FLASHES_S], abs=NEAR_S)


def test_a_gap_in_the_sound_stays_a_gap(tmp_path: Path) -> None:
    """What was from 2 s on comes 1 s later, and nothing is between."""
    gap = make_sound(
        tmp_path / "gap.mkv",
        filters="asetpts='PTS+gte(T,2)/TB'",
        options=("-c:a", "pcm_s16le"),
    )
    samples = samples_of(extract(gap))

    assert beeps_s(samples) == pytest.approx([0.4, 1.2, 3.6], abs=NEAR_S)
    assert not is_speech_at(samples, 2.3, 2.9)


def two_tracks(tmp_path: Path, first: str, second: str) -> Path:
    clip = make_clip(tmp_path / "clip.mp4").path
    out = tmp_path / "two.mkv"
    graph = f"[0:a]{first}[a];[1:a]{second}[b]"
    run_ffmpeg(
        (
            *("-i", str(clip), "-i", str(clip), "-filter_complex", graph),
            *("-map", "0:v", "-map", "[a]", "-map", "[b]", "-c:v", "copy", "-c:a", "flac", str(out)),
        )
    )
    return out


@pytest.mark.parametrize(
    ("first", "second", "index"),
    [("volume=0", "anull", 2), ("anull", "volume=0", 1), ("volume=0.01", "anull", 2)],
)
def test_the_track_with_the_speech_is_taken(tmp_path: Path, first: str, second: str, index: int) -> None:
    speech = extract(two_tracks(tmp_path, first, second))

    assert speech.stream_index == index
    assert is_speech_at(samples_of(speech), *WORDS_S[0])


@pytest.mark.parametrize(
    ("pan", "mix"),
    [
        ("stereo|c0=c0|c1=c0", "mean"),
        ("stereo|c0=c0|c1=-1*c0", "difference"),
        ("stereo|c0=c0|c1=0*c0", "left"),
        ("stereo|c0=0*c0|c1=c0", "right"),
    ],
)
def test_the_channel_with_the_speech_is_taken(tmp_path: Path, pan: str, mix: str) -> None:
    speech = extract(make_sound(tmp_path / "stereo.wav", filters=f"pan={pan}"))

    assert speech.channel_mix == mix
    assert is_speech_at(samples_of(speech), *WORDS_S[0])


def test_a_peak_above_full_scale_is_turned_down_and_not_cut_off(tmp_path: Path) -> None:
    loud = make_sound(tmp_path / "loud.wav", filters="volume=20dB", options=("-c:a", "pcm_f32le"))
    speech = extract(loud)

    assert speech.peak_dbfs > 3
    assert np.abs(samples_of(speech)).max() == pytest.approx(1, abs=0.001)
    assert (np.abs(samples_of(speech)) > 0.999).mean() < 0.001


def test_silence_stays_silence(tmp_path: Path) -> None:
    speech = extract(make_clip(tmp_path / "silent.mp4", sound="volume=0").path)

    assert speech.peak_dbfs == -120
    assert not samples_of(speech).any()


def test_footage_without_sound_is_refused(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "mute.mp4", sound=None).path

    with pytest.raises(ValueError, match="sound"):
        extract(clip)


def test_however_many_tracks_there_are_it_is_one_process_and_nothing_is_left_behind(tmp_path: Path) -> None:
    footage = two_tracks(tmp_path, "anull", "anull")
    info = info_of(footage)
    out = tmp_path / "out" / "speech.wav"
    out.parent.mkdir()
    before = started()
    shares: list[float] = []
    extract_speech(footage, info, out, on_progress=shares.append)

    assert started() == before + 1
    assert list(out.parent.iterdir()) == [out]
    assert shares[-1] == 1
    assert shares == sorted(shares)

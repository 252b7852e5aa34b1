"""Loudness measured and reached, also after AAC."""

from __future__ import annotations

from pathlib import Path

import pytest

from ebrochure.errors import ProcessError
from ebrochure.media.encode import audio_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.graph import Graph
from ebrochure.media.loudness import NO_LEVELING, Leveling, level, measure
from ebrochure.media.process import started
from ebrochure.model.media import Loudness
from ebrochure.settings import DeliverySettings
from tests.fixtures.footage import make_sound, sound_source

DELIVERY = DeliverySettings()
WAV = ("-ar", "48000", "-ac", "2", "-c:a", "pcm_s16le")


def find_level(path: Path) -> Leveling:
    return level(path, target_lufs=DELIVERY.integrated_lufs, true_peak_dbtp=DELIVERY.true_peak_dbtp)


def delivered(path: Path, leveling: Leveling) -> Loudness | None:
    """Measure what an author's sound is after levelling and AAC."""
    graph = Graph()
    sound = leveling.apply(graph.add_input(input_args(path, "wav")).audio())
    out = path.with_suffix(".mp4")
    graph.add_output((sound,), (*audio_args(DELIVERY), "-f", "mp4", str(out)))
    run_ffmpeg(graph.compile())
    return measure(out)


def test_a_tone_of_known_level_is_measured(tmp_path: Path) -> None:
    """A 997 Hz sine at -20 dBFS in both channels is -20 LUFS. Source: EBU Tech 3341, test 1."""
    path = tmp_path / "tone.wav"
    source = "aevalsrc='0.1*sin(997*2*PI*t)|0.1*sin(997*2*PI*t)':s=48000:d=5"
    run_ffmpeg(("-f", "lavfi", "-i", source, *WAV, str(path)))

    found = measure(path)

    assert found is not None
    assert found.integrated_lufs == pytest.approx(-20.0, abs=0.1)
    assert found.true_peak_dbtp == pytest.approx(-20.0, abs=0.1)


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param("volume=-6dB", id="usual"),
        pytest.param("volume=-45dB", id="very quiet"),
        pytest.param("volume=12dB,alimiter=limit=1:level=0", id="too loud"),
        pytest.param("atrim=0.4:1.3,asetpts=PTS-STARTPTS", id="under a second"),
        pytest.param("volume='if(between(t,1.5,1.505),8,0.4)':eval=frame", id="a click"),
        pytest.param("volume=-20dB,dcshift=shift=0.4", id="an offset"),
        pytest.param("adelay=20s,apad=pad_dur=20", id="long silence around"),
    ],
)
def test_speech_reaches_its_loudness_and_keeps_its_peaks_down(tmp_path: Path, filters: str) -> None:
    path = make_sound(tmp_path / "speech.wav", filters=filters, options=WAV)

    reached = delivered(path, find_level(path))

    assert reached is not None
    assert reached.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert reached.true_peak_dbtp <= -1.5


def test_silence_is_not_turned_up(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "silent.wav", filters="volume=0", options=WAV)

    assert measure(path) is None
    assert find_level(path) == NO_LEVELING


def test_a_limiter_neither_delays_nor_shortens(tmp_path: Path) -> None:
    path = tmp_path / "pulse.wav"
    source = "aevalsrc='if(eq(n,24000),0.9,0)|if(eq(n,24000),0.9,0)':s=48000:d=1"
    run_ffmpeg(("-f", "lavfi", "-i", source, *WAV, str(path)))
    graph = Graph()
    sound = Leveling(0.0, -2.5).apply(graph.add_input(input_args(path, "wav")).audio())
    out = tmp_path / "out.raw"
    graph.add_output((sound.apply("aformat", sample_fmts="flt"),), ("-f", "f32le", str(out)))
    run_ffmpeg(graph.compile())
    import numpy as np

    samples = np.fromfile(out, np.float32).reshape(-1, 2)

    assert len(samples) == pytest.approx(48_000, abs=2)
    assert int(np.abs(samples[:, 0]).argmax()) == pytest.approx(24_000, abs=1)


def test_without_need_for_a_limiter_one_measurement_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "even.wav"
    run_ffmpeg(("-f", "lavfi", "-i", "sine=frequency=300:duration=2", *WAV, str(path)))
    before = started()

    assert find_level(path).limit_dbtp is None
    assert started() == before + 1


def test_what_cannot_be_decoded_is_an_error_and_not_silence(tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(b"RIFF\x24\0\0\0WAVEjunk")

    with pytest.raises(ProcessError):
        measure(path)


def test_measuring_a_video_looks_at_its_sound_only(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    sources = ("-f", "lavfi", "-i", "color=s=64x64:d=3.6", "-f", "lavfi", "-i", sound_source(3.6))
    run_ffmpeg((*sources, *audio_args(DELIVERY), str(path)))

    assert measure(path) is not None

"""Sound taken out of a file in its own time, as the mixer reads it: 48 kHz, two channels, 32 bits.

Full scale lies `HEADROOM_DB` above what a file may hold: folded down, or turned into one channel,
sound grows, and sound in floating point has no scale at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.media.encode import AUDIO_RATE_HZ
from ebrochure.media.ffmpeg import input_args, read_ffmpeg, run_ffmpeg
from ebrochure.media.graph import Graph
from ebrochure.media.loudness import SILENCE_LUFS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ebrochure.media.graph import Stream
    from ebrochure.model.media import MediaInfo, SpeechAudio

HEADROOM_DB = 12.0
_MIXES = {
    "left": "stereo|c0=c0|c1=c0",
    "right": "stereo|c0=c1|c1=c1",
    # Phase-inverted stereo cancels itself out on one loudspeaker.
    "difference": "stereo|c0=0.5*c0-0.5*c1|c1=0.5*c0-0.5*c1",
}
"""`pan` for the channels that carry the speech; others are kept as they are."""
_LOUDNESS_KEY = "lavfi.r128.S"


def decode_speech(
    footage: Path,
    info: MediaInfo,
    heard: SpeechAudio | None,
    out: Path,
    *,
    count: int,
    on_progress: Callable[[float], None] | None = None,
) -> None:
    """Write the first `count` samples of a recording's speech: what starts late or breaks off is padded.

    Args:
        footage: The recording.
        info: What it is; it must have sound.
        heard: Which stream and channel carry the speech; None: the first stream as it is.
        out: Where to.
        count: How many samples.
        on_progress: Hears the share done.

    """
    index, mix, peak_dbfs = info.audio[0].index, None, 0.0
    if heard is not None:
        index, mix, peak_dbfs = heard.stream_index, _MIXES.get(heard.channel_mix), heard.peak_dbfs
    graph = Graph()
    sound = _stereo(graph.add_input(input_args(footage, info.demuxer)).audio(index))
    if mix is not None:
        sound = sound.apply("pan", args=mix)
    sound = _lowered(sound, peak_dbfs)
    sound = sound.apply("apad", whole_len=count).apply("atrim", end_sample=count)
    graph.add_output((sound,), _raw_args(out))
    run_ffmpeg(graph.compile(), duration_ms=count * 1000 // AUDIO_RATE_HZ, on_progress=on_progress)


def decode_music(music: Path, info: MediaInfo, out: Path, *, count: int) -> float | None:
    """Write at most `count` samples of music.

    Returns:
        The loudness of its loudest three seconds, in LUFS; None for silence.

    """
    graph = Graph()
    sound = _stereo(graph.add_input(input_args(music, info.demuxer)).audio(info.audio[0].index))
    sound = _lowered(sound, 0.0).apply("atrim", end_sample=count)
    sound = sound.apply("ebur128", metadata=1, framelog="verbose")
    sound = sound.apply("ametadata", mode="print", key=_LOUDNESS_KEY, file="pipe:1")
    graph.add_output((sound,), _raw_args(out))
    return parse_loudest(read_ffmpeg(graph.compile()).decode("ascii", "replace"))


def filter_decoded(path: Path, filters: Sequence[tuple[str, dict[str, str]]], out: Path) -> None:
    """Write a decoded recording again, filtered: as long as before, and where it was."""
    raw = ("-protocol_whitelist", "file", "-f", "s32le", "-ar", str(AUDIO_RATE_HZ), "-ac", "2")
    graph = Graph()
    sound = graph.add_input((*raw, "-i", f"file:{path.absolute()}")).audio()
    for name, options in filters:
        sound = sound.apply(name, **options)
    graph.add_output((sound,), _raw_args(out))
    run_ffmpeg(graph.compile())


def parse_loudest(report: str) -> float | None:
    """Return the highest short-term loudness that `ebur128` reported; None: nothing was above its gate."""
    figures = (line.partition("=")[2] for line in report.splitlines() if line.startswith(_LOUDNESS_KEY))
    return max((figure for item in figures if (figure := float(item)) > SILENCE_LUFS), default=None)


def _stereo(sound: Stream) -> Stream:
    """Return a sound at the mixer's rate, gaps and a late start kept, folded down to two channels.

    ffmpeg's matrix keeps the centre, where films have their speech, at -3 dB on either side, the
    surrounds too, and leaves out the low effects. Source: ITU-R BS.775-4, annex 4.
    """
    sound = sound.apply("aresample", sample_rate=AUDIO_RATE_HZ, **{"async": 1, "first_pts": 0})
    return sound.apply("aformat", sample_fmts="fltp", channel_layouts="stereo")


def _lowered(sound: Stream, peak_dbfs: float) -> Stream:
    """Return a sound whose peaks leave the headroom free; what is quiet is left as it is."""
    excess_db = peak_dbfs + HEADROOM_DB
    return sound.apply("volume", volume=f"{-excess_db:.2f}dB") if excess_db > 0 else sound


def _raw_args(out: Path) -> tuple[str, ...]:
    options = ("-c:a", "pcm_s32le", "-ar", str(AUDIO_RATE_HZ), "-ac", "2", "-f", "s32le")
    return (*options, f"file:{out.absolute()}")

"""The one continuous sound of a finished video: silence under the cards, the cut footage between.

ffmpeg takes the sound out of the footage once, in source time. The pieces are then laid end to end
by counting samples, so picture and sound end on the same frame; pydub makes the silence and softens
the edges of each piece. It is only ever given samples in memory, so that it starts no process.
"""

from __future__ import annotations

import contextlib
import warnings
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ebrochure.errors import ProcessError
from ebrochure.media.encode import AUDIO_RATE_HZ
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.graph import Graph
from ebrochure.model.timing import frame_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.model.media import MediaInfo, SpeechAudio
    from ebrochure.model.timeline import Timeline

FADE_MS = 15
"""Length of the fade at each cut: no click is heard, and no letter is lost."""
_CHANNELS = 2
_SAMPLE_BYTES = 2
_FRAME_BYTES = _CHANNELS * _SAMPLE_BYTES
_CHUNK_SAMPLES = 1 << 20
_SPARE_DB = 3.0
"""Kept free below full scale: a stereo channel may peak above the mono that was measured."""
_MIXES = {
    "left": "stereo|c0=c0|c1=c0",
    "right": "stereo|c0=c1|c1=c1",
    # Phase-inverted stereo cancels itself out on one loudspeaker.
    "difference": "stereo|c0=0.5*c0-0.5*c1|c1=0.5*c0-0.5*c1",
}
"""`pan` for the channels that carry the speech; others are kept as they are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the programme, in samples."""

    start: int | None
    """First sample of the footage's sound; None: silence."""
    count: int


def make_programme(
    timeline: Timeline,
    footage: Path,
    info: MediaInfo,
    *,
    heard: SpeechAudio | None,
    out: Path,
    on_progress: Callable[[float], None] | None = None,
) -> bool:
    """Write the whole sound as 48 kHz stereo WAV, as long as the picture to the sample.

    Args:
        timeline: The edit.
        footage: The recording.
        info: What it is.
        heard: Which stream and channel carry the speech; None: the first stream as it is.
        out: The WAV to write; a working file is kept beside it while this runs.
        on_progress: Hears the share done, 0 to 1.

    Returns:
        Whether there is any sound: False for footage without a sound track.

    """
    pieces = plan_pieces(timeline)
    if not info.audio:
        _write(out, _silence(sum(piece.count for piece in pieces)))
        return False
    sound = out.with_name(f"{out.stem}-footage.wav")
    try:
        end = max(_end(piece) for piece in pieces)
        extract_sound(footage, info, heard, sound, end=end, on_progress=on_progress)
        _write(out, _joined(sound, pieces))
    finally:
        sound.unlink(missing_ok=True)
    return True


def plan_pieces(timeline: Timeline) -> tuple[Piece, ...]:
    """Return the programme's pieces; each begins and ends where its clip's frames do."""
    rate = timeline.frame_rate
    pieces: list[Piece] = []
    frame = 0
    for clip in timeline.clips:
        count = sample_at(frame + clip.frames, rate) - sample_at(frame, rate)
        is_footage = clip.source == "footage"
        start = sample_at(frame_at(clip.source_range.start_ms, rate), rate) if is_footage else None
        pieces.append(Piece(start, count))
        frame += clip.frames
    return tuple(pieces)


def sample_at(frame: int, rate: Fraction) -> int:
    """Return the number of the sample at which a frame starts."""
    return round(frame * AUDIO_RATE_HZ / rate)


def _end(piece: Piece) -> int:
    """Return the sample after the last that a piece takes from the footage."""
    return 0 if piece.start is None else piece.start + piece.count


def lay_end_to_end(sounds: Sequence[tuple[Path | None, int]], out: Path) -> None:
    """Write sounds one after the other as 48 kHz stereo WAV, the edges of each softened.

    Args:
        sounds: A WAV as `extract_sound` writes it, or None for silence, and how many samples are taken.
        out: The WAV to write.

    Raises:
        ProcessError: A sound has fewer samples than are to be taken.
    """
    _write(out, (samples for sound, count in sounds for samples in _stretch(sound, count)))
    with contextlib.closing(wave.open(str(out), "rb")) as whole:
        got, expected = whole.getnframes(), sum(count for _, count in sounds)
    if got != expected:
        raise ProcessError(f"expected {expected} samples of sound, got {got}", "build again")


def _stretch(sound: Path | None, count: int) -> Iterator[bytes]:
    return _silence(count) if sound is None else _joined(sound, (Piece(0, count),))


def extract_sound(
    footage: Path,
    info: MediaInfo,
    heard: SpeechAudio | None,
    out: Path,
    *,
    end: int,
    on_progress: Callable[[float], None] | None,
) -> None:
    """Write the footage's sound in source time: what starts late or breaks off is padded.

    Args:
        footage: The recording.
        info: What it is; it must have sound.
        heard: Which stream and channel carry the speech; None: the first stream as it is.
        out: The WAV to write, 48 kHz stereo.
        end: How many samples it has.
        on_progress: Hears the share done, 0 to 1.

    Raises:
        ProcessError: ffmpeg cannot decode it.
    """
    graph = Graph()
    index = info.audio[0].index if heard is None else heard.stream_index
    sound = graph.add_input(input_args(footage, info.demuxer)).audio(index)
    mix = None if heard is None else _MIXES.get(heard.channel_mix)
    if mix is not None:
        sound = sound.apply("pan", args=mix)
    if heard is not None and heard.peak_dbfs > 0:
        # Sound in floating point may go beyond full scale, which 16 bits would cut off.
        sound = sound.apply("volume", volume=f"{-heard.peak_dbfs - _SPARE_DB:.1f}dB")
    sound = sound.apply("aresample", sample_rate=AUDIO_RATE_HZ, **{"async": 1, "first_pts": 0})
    sound = sound.apply("aformat", sample_fmts="s16", channel_layouts="stereo")
    sound = sound.apply("apad", whole_len=end).apply("atrim", end_sample=end)
    output = ("-c:a", "pcm_s16le", "-map_metadata", "-1", "-f", "wav", f"file:{out.absolute()}")
    graph.add_output((sound,), output)
    run_ffmpeg(graph.compile(), duration_ms=end * 1000 // AUDIO_RATE_HZ, on_progress=on_progress)


def _joined(sound: Path, pieces: tuple[Piece, ...]) -> Iterator[bytes]:
    """Yield the samples of all pieces in order; an hour of sound is never in memory at once."""
    with contextlib.closing(wave.open(str(sound), "rb")) as footage:
        for piece in pieces:
            if piece.start is None:
                yield from _silence(piece.count)
                continue
            edge = min(FADE_MS * AUDIO_RATE_HZ // 1000, piece.count // 2)
            footage.setpos(piece.start)
            yield _segment(footage.readframes(edge)).fade_in(FADE_MS).raw_data
            rest = piece.count - 2 * edge
            while rest > 0:
                yield footage.readframes(min(rest, _CHUNK_SAMPLES))
                rest -= _CHUNK_SAMPLES
            yield _segment(footage.readframes(edge)).fade_out(FADE_MS).raw_data


def _silence(samples: int) -> Iterator[bytes]:
    """Yield silence of exactly so many samples."""
    for start in range(0, samples, _CHUNK_SAMPLES):
        count = min(_CHUNK_SAMPLES, samples - start)
        duration_ms = -(-count * 1000 // AUDIO_RATE_HZ)
        silent = _pydub().AudioSegment.silent(duration_ms, AUDIO_RATE_HZ).set_channels(_CHANNELS)
        yield silent.get_sample_slice(0, count).raw_data


def _segment(samples: bytes) -> Any:  # noqa: ANN401  pydub has no types
    """Return raw samples as pydub knows them."""
    return _pydub().AudioSegment(
        data=samples, sample_width=_SAMPLE_BYTES, frame_rate=AUDIO_RATE_HZ, channels=_CHANNELS
    )


def _write(out: Path, samples: Iterator[bytes]) -> None:
    """Write samples as WAV."""
    with contextlib.closing(wave.open(str(out), "wb")) as programme:
        programme.setnchannels(_CHANNELS)
        programme.setsampwidth(_SAMPLE_BYTES)
        programme.setframerate(AUDIO_RATE_HZ)
        for piece in samples:
            programme.writeframesraw(piece)


def _pydub() -> Any:  # noqa: ANN401  pydub has no types
    """Import pydub, which holds escapes that newer Pythons warn about and looks for an ffmpeg of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub  # noqa: PLC0415, TID251  heavy, and this is the module that adapts it
    return pydub

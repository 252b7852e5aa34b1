"""Several files of one recording made one: neutral pictures end to end, and their sound to the sample.

The first picture says what the whole looks like. A part without a picture shows the ground, which
looks meant: a last frame that stays for a minute looks like a player that hangs.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.assemble.decode import decode_speech
from ebrochure.assemble.mix import Layer, mix
from ebrochure.assemble.neutral import Frame, boxed, counted, neutral, numbered, plain, settled
from ebrochure.assemble.plan import delivery_rate
from ebrochure.assemble.tracklay import EDGE, Piece, sample_at
from ebrochure.media.encode import AUDIO_RATE_HZ, INTERMEDIATE_CRF, intermediate_args, video_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.graph import Graph, Stream, combine
from ebrochure.media.sound import extract_speech
from ebrochure.media.verify import verify_intermediate
from ebrochure.model.media import AudioStream, MediaInfo, VideoStream
from ebrochure.model.timing import frame_at, frame_start_ms
from ebrochure.progress import span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ebrochure.assemble.look import Rgb
    from ebrochure.model.media import Footage, SpeechAudio
    from ebrochure.settings import DeliverySettings

JOIN_VERSION = 1
"""Raised when the same parts are joined differently."""

_SOUND_SHARE, _PICTURE_SHARE = 0.1, 0.95
"""How far along the work is when each part is done."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What joined footage will be, and how long each part of it lasts."""

    rate: Fraction
    """Frames per second."""
    size: tuple[int, int] | None
    """Width and height in pixels; None: no part has a picture."""
    frames: tuple[int, ...]
    """How long each part is, at least 1 frame; of parts without a picture, too."""
    has_sound: bool

    @property
    def frame_count(self) -> int:
        """Length of the whole in frames."""
        return sum(self.frames)

    @property
    def duration_ms(self) -> int:
        """Length of the whole, to the nearest millisecond."""
        return frame_start_ms(self.frame_count, self.rate)

    @property
    def samples(self) -> tuple[int, ...]:
        """How many samples of sound each part has: they begin and end where its frames do."""
        edges = [sample_at(frame, self.rate) for frame in accumulate(self.frames, initial=0)]
        return tuple(end - start for start, end in pairwise(edges))


@dataclass(frozen=True, slots=True)
class Joined:
    """Footage that was joined."""

    path: Path
    info: MediaInfo


def plan_join(infos: Sequence[MediaInfo]) -> Joint:
    """Decide what comes of joining footage. Pure.

    A part is as long as its longest stream, to the nearest frame: none loses more than half a frame.
    """
    first = next((info.video for info in infos if info.video is not None), None)
    rate = delivery_rate(first)
    return Joint(
        rate=rate,
        size=None if first is None else first.displayed_size,
        frames=tuple(max(1, frame_at(info.duration_ms, rate)) for info in infos),
        has_sound=any(info.audio for info in infos),
    )


def join_footage(
    parts: Sequence[Footage],
    *,
    ground: Rgb,
    delivery: DeliverySettings,
    out_dir: Path,
    on_progress: Callable[[float], None],
) -> Joined:
    """Write footage end to end into one file of ours.

    Args:
        parts: The files in their order, at least two.
        ground: Colour around a part of another shape, and of a part without a picture.
        delivery: Preset and threads.
        out_dir: An existing folder.
        on_progress: Hears the share done, 0 to 1; may raise `Interrupted`.

    Raises:
        ProcessError: ffmpeg failed, or the result is not what was planned.
    """
    joint = plan_join([part.info for part in parts])
    if joint.size is None:
        path = out_dir / "joined.wav"
        _join_sound(parts, joint, path, on_progress)
        return Joined(path, _sound_info(joint))
    path, sound = out_dir / "joined.mov", out_dir / "sound.wav"
    frame = Frame(joint.size, joint.rate, ground)
    try:
        if joint.has_sound:
            _join_sound(parts, joint, sound, span(on_progress, 0, _SOUND_SHARE))
        told = span(on_progress, _SOUND_SHARE, _PICTURE_SHARE)
        _join_pictures(parts, joint, frame=frame, sound=sound, delivery=delivery, out=path, on_progress=told)
    finally:
        sound.unlink(missing_ok=True)
    verify_intermediate(
        path,
        frame_count=joint.frame_count,
        frame_rate=frame.rate,
        width=frame.size[0],
        height=frame.size[1],
        has_sound=joint.has_sound,
    )
    return Joined(path, _picture_info(joint, frame))


def _join_sound(
    parts: Sequence[Footage], joint: Joint, out: Path, on_progress: Callable[[float], None]
) -> None:
    """Write the sound of all parts as one WAV."""
    with tempfile.TemporaryDirectory(prefix="sound-", dir=out.parent) as name:
        folder = Path(name)
        heard = _listen(parts, folder, span(on_progress, 0, 0.5))
        # One gain for all: the parts keep the loudness that they have to one another.
        loudest_dbfs = max(track.peak_dbfs for track in heard if track is not None)
        layers: list[Layer] = []
        start = 0
        for number, (part, track, count) in enumerate(zip(parts, heard, joint.samples, strict=True)):
            if track is not None:
                sound = folder / f"{number}.raw"
                told = span(on_progress, 0.5 + number / len(parts) / 2, 0.5 + (number + 1) / len(parts) / 2)
                carried = replace(track, peak_dbfs=loudest_dbfs)
                decode_speech(part.file.path, part.info, carried, sound, count=count, on_progress=told)
                edge = min(EDGE, count // 2)
                layers.append(Layer(sound, (Piece(start, 0, count, rise=edge, fall=edge),)))
            start += count
        mix(layers, start, out)


def _listen(
    parts: Sequence[Footage], folder: Path, on_progress: Callable[[float], None]
) -> list[SpeechAudio | None]:
    """Return which track and channel of each part carry the speech; None for a part without sound."""
    heard: list[SpeechAudio | None] = []
    speech = folder / "speech.wav"  # which track and channel it was is all that is wanted
    for number, part in enumerate(parts):
        told = span(on_progress, number / len(parts), (number + 1) / len(parts))
        has_sound = bool(part.info.audio)
        heard.append(
            extract_speech(part.file.path, part.info, speech, on_progress=told) if has_sound else None
        )
    speech.unlink(missing_ok=True)
    return heard


def _join_pictures(
    parts: Sequence[Footage],
    joint: Joint,
    *,
    frame: Frame,
    sound: Path,
    delivery: DeliverySettings,
    out: Path,
    on_progress: Callable[[float], None],
) -> None:
    """Encode the pictures of all parts, and the joined sound with them where there is any."""
    graph = Graph()
    pictures = [
        _picture(graph, part, frames, frame) for part, frames in zip(parts, joint.frames, strict=True)
    ]
    whole = combine(pictures, "concat", n=len(pictures), v=1, a=0)
    streams = [counted(whole, joint.frame_count, frame.rate)]
    if joint.has_sound:
        streams.append(graph.add_input(input_args(sound, "wav")).audio())
    coding = video_args(delivery, frame.rate, frame.size, crf=INTERMEDIATE_CRF)
    graph.add_output(streams, (*coding, *intermediate_args(out)))
    run_ffmpeg(graph.compile(), duration_ms=joint.duration_ms, on_progress=on_progress)


def _picture(graph: Graph, part: Footage, frames: int, frame: Frame) -> Stream:
    """Return what is seen of one part, exactly so many frames."""
    video = part.info.video
    if video is None:
        still = plain(graph, frame.ground, frame.size, frame.rate)
        return settled(still.apply("loop", loop=frames - 1, size=1), frame.rate)
    whole = neutral(graph, part.file.path, part.info, frame)
    shown = numbered(whole.apply("trim", end_frame=frames), frame.rate)
    return settled(boxed(graph, shown, video, frame), frame.rate)


def _sound_info(joint: Joint) -> MediaInfo:
    """Return what joined sound is."""
    return MediaInfo("wav", joint.duration_ms, joint.duration_ms, 0, None, (_sound_stream(0),))


def _picture_info(joint: Joint, frame: Frame) -> MediaInfo:
    """Return what joined footage with a picture is."""
    width, height = frame.size
    video = VideoStream(
        index=0,
        codec="h264",
        coded_width=width,
        coded_height=height,
        sample_aspect_ratio=Fraction(1),
        rotation_deg=0,
        frame_rate=frame.rate,
        is_variable_rate=False,
        is_interlaced=False,
        is_hdr=False,
        has_alpha=False,
    )
    audio = (_sound_stream(1),) if joint.has_sound else ()
    return MediaInfo("mov", joint.duration_ms, joint.duration_ms, 0, video, audio)


def _sound_stream(index: int) -> AudioStream:
    return AudioStream(index, "pcm_s32le", AUDIO_RATE_HZ, 2)

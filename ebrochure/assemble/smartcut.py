"""Copy what nobody touched: the smart render, from what `smartplan` decided to a video that is looked at.

Every part begins with a frame that depends on nothing before it. The parts that are encoded have parameter
sets of another number than the footage's, and the finished file tells both before its first frame.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import av

from ebrochure.assemble.compose import CARD_DEMUXER, compose
from ebrochure.assemble.smartplan import (
    LEAST_COPIED_SHARE,
    copied_frames,
    drawn_from,
    excerpt,
    free_set_id,
    plan_parts,
    why_not,
    why_not_track,
)
from ebrochure.errors import ProcessError
from ebrochure.media.coded import CodedFrame, open_mp4, packets, read_track
from ebrochure.media.encode import audio_args, mp4_args, video_args
from ebrochure.media.ffmpeg import input_args, run_ffmpeg
from ebrochure.media.graph import Graph
from ebrochure.media.h264 import PICTURE_SET, SEQUENCE_SET, kind_of, parse_configuration, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.assemble.materials import Materials
    from ebrochure.assemble.smartplan import Part, Run
    from ebrochure.media.coded import CodedTrack
    from ebrochure.media.h264 import Configuration
    from ebrochure.settings import DeliverySettings


_KINDS = 2
"""How many kinds of parameter sets there are: the footage's and ours, for all our parts are encoded alike."""


class CannotCopyError(Exception):
    """Footage cannot be copied; the message says why, to be read after "because"."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Coded frames on their way into a file."""

    path: Path
    index: int
    track: CodedTrack
    packets: tuple[int, int]
    """From which to before which, in the order in which frames are decoded."""
    at: int
    """Which frame of the new file its first one becomes."""

    @property
    def frames(self) -> tuple[CodedFrame, ...]:
        return self.track.frames[slice(*self.packets)]

    def numbers(self) -> list[int]:
        """Return which frame of the new file each becomes, in the order of decoding."""
        return [self.at + frame.number - self.packets[0] for frame in self.frames]


def copy_untouched(
    materials: Materials, delivery: DeliverySettings, out: Path, on_progress: Callable[[float], None]
) -> int:
    """Write the finished video, footage that nothing lies over copied; return how many frames were.

    Raises:
        CannotCopyError: This footage or this edit has to be rendered in full, or there is any doubt.
    """
    track, parts = _planned(materials)
    silent = out.with_name("silent.mp4")
    made: list[Path] = []
    pieces: list[_Piece] = []
    try:
        for part in parts:
            if part.source is not None:
                span = (part.source, part.source + part.frames.count)
                pieces.append(_Piece(materials.footage, _index(materials), track, span, part.frames.start))
                continue
            path = out.with_name(f"part-{len(made)}.mp4")
            made.append(path)
            _encode_part(materials, track, part, delivery, path)
            on_progress(part.frames.end / materials.timeline.frame_count)
            pieces.append(_encoded_piece(path, part, materials.rate))
        sets = _all_sets(pieces)
        _write(pieces, sets, materials.rate, silent)
        _add_sound(materials, delivery, silent, out)
        _look_at(out, pieces, sets, materials.timeline.frame_count)
    except (ValueError, ProcessError, av.error.FFmpegError) as error:
        raise CannotCopyError(f"what came out could not be trusted ({error})") from error
    finally:
        for path in (silent, *made):
            path.unlink(missing_ok=True)
    return copied_frames(parts)


def _index(materials: Materials) -> int:
    if materials.info.video is None:
        raise CannotCopyError("there is no picture to copy")
    return materials.info.video.index


def _planned(materials: Materials) -> tuple[CodedTrack, tuple[Part, ...]]:
    """Return the footage and the parts of the video.

    Raises:
        CannotCopyError: There is nothing to copy, or it is not safe.
    """
    timeline = materials.timeline
    reason = why_not(timeline, materials.info)
    if reason is not None:
        raise CannotCopyError(reason)
    try:
        track = read_track(materials.footage, _index(materials), timeline.frame_rate)
    except (ValueError, av.error.FFmpegError) as error:
        raise CannotCopyError("its pictures are not coded as MP4 keeps them") from error
    reason = why_not_track(timeline, track)
    if reason is not None:
        raise CannotCopyError(reason)
    parts = plan_parts(timeline, track.starts())
    if copied_frames(parts) < LEAST_COPIED_SHARE * timeline.frame_count:
        raise CannotCopyError("hardly any of it is shown with nothing over it between two key frames")
    return track, parts


def _encode_part(
    materials: Materials,
    track: CodedTrack,
    part: Part,
    delivery: DeliverySettings,
    out: Path,
) -> None:
    """Encode one part from no more of the footage than it shows."""
    timeline, runs = drawn_from(excerpt(materials.timeline, part.frames), track)
    source = out.with_name(f"{out.stem}-source.mp4")
    try:
        if runs:
            _write(_pieces_of(runs, materials, track), track.configuration, materials.rate, source)
        video = materials.info.video
        info = replace(materials.info, video=None if video is None else replace(video, index=0))
        graph = Graph()
        picture = compose(graph, replace(materials, timeline=timeline, footage=source, info=info))
        options = (
            *video_args(delivery, materials.rate, materials.size),
            *("-x264-params", f"sps-id={free_set_id(track)}:open-gop=0"),
        )
        graph.add_output((picture,), (*options, *mp4_args(out)))
        run_ffmpeg(graph.compile())
    finally:
        source.unlink(missing_ok=True)


def _pieces_of(runs: Sequence[Run], materials: Materials, track: CodedTrack) -> list[_Piece]:
    return [
        _Piece(materials.footage, _index(materials), track, (run.packets.start, run.packets.end), run.at)
        for run in runs
    ]


def _encoded_piece(path: Path, part: Part, rate: Fraction) -> _Piece:
    track = read_track(path, 0, rate)
    if len(track.frames) != part.frames.count or not track.is_even or not track.frames[0].is_idr:
        raise ValueError(f"expected {part.frames.count} even frames, got {len(track.frames)}")
    return _Piece(path, 0, track, (0, len(track.frames)), part.frames.start)


def _all_sets(pieces: Sequence[_Piece]) -> Configuration:
    """Return one configuration that holds the parameter sets of all pieces, each once."""
    whole = pieces[0].track.configuration
    for piece in pieces[1:]:
        other = piece.track.configuration
        if not {*other.sequence_sets, *other.picture_sets} <= {*whole.sequence_sets, *whole.picture_sets}:
            whole = whole.joined(other)
    if len(whole.sequence_sets) > _KINDS:
        raise ValueError(f"expected {_KINDS} kinds of parameter sets, got {len(whole.sequence_sets)}")
    return whole


def _coded(pieces: Sequence[_Piece], length_bytes: int) -> Iterator[tuple[CodedFrame, bytes]]:
    """Yield the frames of all pieces in the order of decoding, without parameter sets."""
    for piece in pieces:
        first, end = piece.packets
        with open_mp4(piece.path) as container:
            source = packets(container, container.streams[piece.index])
            for place, packet in enumerate(source):
                if place >= end:
                    break
                if place >= first:
                    kept = _without_sets(bytes(packet), piece.track.configuration.length_bytes, length_bytes)
                    yield piece.track.frames[place], kept


def _without_sets(coded: bytes, length_bytes: int, new_length_bytes: int) -> bytes:
    kept = (unit for unit in units(coded, length_bytes) if kind_of(unit) not in {SEQUENCE_SET, PICTURE_SET})
    return b"".join(len(unit).to_bytes(new_length_bytes) + unit for unit in kept)


def _write(pieces: Sequence[_Piece], configuration: Configuration, rate: Fraction, out: Path) -> None:
    """Write pieces end to end as a silent MP4."""
    numbers = [number for piece in pieces for number in piece.numbers()]
    delay = max(place - number for place, number in enumerate(numbers))
    with (
        open_mp4(pieces[0].path) as first,
        av.open(f"file:{out.absolute()}", "w", format="mp4") as container,
    ):
        stream: Any = container.add_stream_from_template(first.streams[pieces[0].index])
        stream.codec_context.extradata = configuration.to_bytes()
        stream.time_base = 1 / rate
        coded = _coded(pieces, configuration.length_bytes)
        for place, (number, (frame, data)) in enumerate(zip(numbers, coded, strict=True)):
            packet: Any = av.Packet(data)
            packet.stream, packet.time_base, packet.duration = stream, 1 / rate, 1
            packet.pts, packet.dts, packet.is_keyframe = number, place - delay, frame.is_idr
            container.mux(packet)


def _add_sound(materials: Materials, delivery: DeliverySettings, silent: Path, out: Path) -> None:
    """Lay the one continuous sound under the picture, which is copied."""
    graph = Graph()
    picture = graph.add_input(input_args(silent, CARD_DEMUXER)).video()
    sound = materials.leveling.apply(graph.add_input(input_args(materials.programme, "wav")).audio())
    graph.add_output((picture, sound), ("-c:v", "copy", *audio_args(delivery), *mp4_args(out)))
    run_ffmpeg(graph.compile())


def _look_at(video: Path, pieces: Sequence[_Piece], sets: Configuration, frame_count: int) -> None:
    """Decode all of the finished video and hold every coded frame against where it came from.

    Raises:
        ValueError: Something is not as it should be.
    """
    shown = 0
    with open_mp4(video) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        if parse_configuration(bytes(stream.codec_context.extradata or b"")) != sets:
            raise ValueError("its parameter sets were lost")
        whole = _coded(pieces, sets.length_bytes)
        for packet in container.demux(stream):
            if packet.size:
                _, expected = next(whole, (None, b""))
                if bytes(packet) != expected:
                    raise ValueError(f"frame {shown} is not as it was")
            frames = packet.decode()
            if any(frame.is_corrupt for frame in frames):
                raise ValueError(f"a frame after {shown} is damaged")
            shown += len(frames)
        if shown != frame_count or next(whole, None) is not None:
            raise ValueError(f"expected {frame_count} frames, got {shown}")

"""A coded picture track, read packet by packet and not decoded: what could be copied out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import av

from ebrochure.media.h264 import (
    IDR,
    PICTURE_SET,
    SEQUENCE_SET,
    Configuration,
    SequenceSet,
    kind_of,
    parse_configuration,
    parse_sequence_set,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class CodedFrame:
    """One frame, in the order in which frames are decoded."""

    number: int
    """Which one it is in the order in which frames are shown, from 0."""
    is_key: bool
    """The file says that decoding may start here."""
    is_idr: bool
    """It may: nothing after it depends on anything before it."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class CodedTrack:
    """One track of H.264."""

    configuration: Configuration
    sequence: SequenceSet
    frames: tuple[CodedFrame, ...]
    is_even: bool
    """Each frame is shown when an even rate from the start of the file says, to the tick."""
    has_hidden: bool
    """An edit list hides frames, or the file plays something twice."""
    has_other_sets: bool
    """Its parameter sets change on the way."""

    def starts(self) -> tuple[int, ...]:
        """Return the frames at which the track may be cut, in order, its end included."""
        lowest_after, after = len(self.frames), []
        for frame in reversed(self.frames):
            lowest_after = min(lowest_after, frame.number)
            after.append(lowest_after)
        after.reverse()
        found = [
            place
            for place, frame in enumerate(self.frames)
            if frame.is_idr and frame.number == place and after[place] == place
        ]
        return (*found, len(self.frames))


def read_track(path: Path, index: int, rate: Fraction) -> CodedTrack:
    """Read the track `index` of an MP4.

    Raises:
        ValueError: It is no H.264 as MP4 keeps it.
        av.error.FFmpegError: The file cannot be read.
    """
    with open_mp4(path) as container:
        stream = container.streams[index]
        if stream.codec_context is None or stream.codec_context.name != "h264":
            raise ValueError("expected H.264")
        configuration = parse_configuration(bytes(stream.codec_context.extradata or b""))
        known = {*configuration.sequence_sets, *configuration.picture_sets}
        times: list[int] = []
        heads: list[tuple[bool, bool, int]] = []
        is_hidden = has_other_sets = False
        for packet in packets(container, stream):
            found = list(units(bytes(packet), configuration.length_bytes))
            sets = {unit for unit in found if kind_of(unit) in {SEQUENCE_SET, PICTURE_SET}}
            has_other_sets |= not sets <= known or packet.has_sidedata("new_extradata")
            is_hidden |= bool(packet.is_discard) or packet.pts is None
            times.append(packet.pts or 0)
            is_idr = any(kind_of(unit) == IDR for unit in found)
            heads.append((bool(packet.is_keyframe), is_idr, packet.size))
        order = {moment: number for number, moment in enumerate(sorted(times))}
        start = container.start_time or 0
        base = stream.time_base
        is_even = start == 0 and all(
            moment * base * rate == number for number, moment in enumerate(sorted(times))
        )
    frames = tuple(CodedFrame(order[moment], *head) for moment, head in zip(times, heads, strict=True))
    is_hidden |= len(order) != len(times)
    sequence = parse_sequence_set(configuration.sequence_sets[0])
    return CodedTrack(configuration, sequence, frames, is_even, is_hidden, has_other_sets)


def open_mp4(path: Path) -> Any:  # noqa: ANN401  PyAV's stubs differ from release to release
    """Open an MP4 as one, and nothing else besides it."""
    fences = {"protocol_whitelist": "file", "format_whitelist": "mov"}
    return av.open(f"file:{path.absolute()}", format="mov", container_options=fences)


def packets(container: Any, stream: Any) -> Iterator[Any]:  # noqa: ANN401  see above
    """Yield the packets of one stream that hold something."""
    return (packet for packet in container.demux(stream) if packet.size)

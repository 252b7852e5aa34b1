"""Pieces of coded tracks, and the silent file in which they lie end to end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import av

from ebrochure.media.coded import open_mp4, packets
from ebrochure.media.h264 import PICTURE_SET, SEQUENCE_SET, kind_of, units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.media.coded import CodedFrame, CodedTrack
    from ebrochure.media.h264 import Configuration

_KINDS = 2
"""How many kinds of parameter sets there are: the footage's and ours, for all our parts are encoded alike."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One coded frame as it lies in the new file."""

    number: int
    """Which one it is there, from 0, in the order in which frames are shown."""
    is_idr: bool
    data: bytes
    """Its units, without parameter sets."""


@dataclass(frozen=True, slots=True)
class Piece:
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
        """Its frames in the order of decoding."""
        return self.track.frames[slice(*self.packets)]

    def numbers(self) -> tuple[int, ...]:
        """Return which frame of the new file each becomes, in the order of decoding."""
        return tuple(self.at + frame.number - self.packets[0] for frame in self.frames)

    def laid(self, length_bytes: int) -> Iterator[Laid]:
        """Yield its frames in the order of decoding.

        Args:
            length_bytes: How many bytes shall say how long a unit is.

        Raises:
            ValueError: A frame is no H.264 as MP4 keeps it, or frames are missing.
        """
        with open_mp4(self.path) as container:
            found = islice(packets(container, container.streams[self.index]), *self.packets)
            for number, frame, packet in zip(self.numbers(), self.frames, found, strict=True):
                data = _without_sets(bytes(packet), self.track.configuration.length_bytes, length_bytes)
                yield Laid(number, frame.is_idr, data)


def all_sets(pieces: Sequence[Piece]) -> Configuration:
    """Return one configuration that holds the parameter sets of all pieces, each once.

    Raises:
        ValueError: There are more kinds than the footage's and ours.
    """
    whole = pieces[0].track.configuration
    for piece in pieces[1:]:
        other = piece.track.configuration
        if not {*other.sequence_sets, *other.picture_sets} <= {*whole.sequence_sets, *whole.picture_sets}:
            whole = whole.joined(other)
    if len(whole.sequence_sets) > _KINDS:
        raise ValueError(f"expected {_KINDS} kinds of parameter sets, got {len(whole.sequence_sets)}")
    return whole


def write_pieces(pieces: Sequence[Piece], configuration: Configuration, rate: Fraction, out: Path) -> None:
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
        laid = chain.from_iterable(piece.laid(configuration.length_bytes) for piece in pieces)
        for place, frame in enumerate(laid):
            packet: Any = av.Packet(frame.data)
            packet.stream, packet.time_base, packet.duration = stream, 1 / rate, 1
            packet.pts, packet.dts, packet.is_keyframe = frame.number, place - delay, frame.is_idr
            container.mux(packet)


def _without_sets(coded: bytes, length_bytes: int, new_length_bytes: int) -> bytes:
    kept = (unit for unit in units(coded, length_bytes) if kind_of(unit) not in {SEQUENCE_SET, PICTURE_SET})
    return b"".join(len(unit).to_bytes(new_length_bytes) + unit for unit in kept)

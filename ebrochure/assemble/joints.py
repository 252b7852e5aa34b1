"""Look at a video that was laid end to end of copied and of encoded pieces, before anything believes it.

What a decoder makes of a group of pictures follows from three things alone: the group's own units, the
parameter sets that these refer to, and what it holds of the pictures before, which the IDR frame at the
group's start makes it forget (ITU-T H.264, sections 7.4.1.2.1 and 8.2.5.1). Hence

- every coded frame of the finished file is held against where it came from, byte by byte;
- every slice refers to a picture parameter set of its own piece, and the file tells all parameter sets
  unchanged, each under a number that no other has;
- every frame has the time that its number says;
- over each joint one decoder is sent: through the whole group before it and on for more frames than any
  decoder may hold, and all of them come out, in order and undamaged.

A group away from a joint then is decoded from the same bytes under the same sets as in the footage, or as
in the part that our encoder wrote, so its pictures are the same; to decode it once more would show nothing
else. Frames that are damaged in the footage itself stay so, as they do when it is played.
"""

from __future__ import annotations

from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from ebrochure.media.coded import open_mp4, packets
from ebrochure.media.h264 import (
    is_picture,
    parse_configuration,
    parse_sequence_set,
    picture_set_id,
    picture_set_of,
    units,
)
from ebrochure.model.timing import FrameRange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from pathlib import Path

    from ebrochure.assemble.pieces import Laid, Piece
    from ebrochure.media.h264 import Configuration

_MOST_HELD = 16
"""How many frames a decoder may hold at most (`MaxDpbFrames`). Source: ITU-T H.264, section A.3.1."""


def look_at_joints(video: Path, pieces: Sequence[Piece], sets: Configuration, rate: Fraction) -> None:
    """Hold every coded frame of a finished video against where it came from, and decode over its joints.

    Args:
        video: The finished MP4.
        pieces: What was laid end to end in it.
        sets: The parameter sets of all of them.
        rate: Frames per second.

    Raises:
        ValueError: Something is not as it should be.
        av.error.FFmpegError: The file cannot be read or decoded.
    """
    _compare(video, pieces, sets, rate)
    frames = [frame for piece in pieces for frame in piece.frames]
    joints = [*accumulate(len(piece.frames) for piece in pieces)][:-1]
    looks = plan_looks([place for place, frame in enumerate(frames) if frame.is_idr], joints, len(frames))
    _decode(video, looks)


def plan_looks(idr_places: Sequence[int], joints: Sequence[int], count: int) -> tuple[FrameRange, ...]:
    """Return which frames a decoder is sent through so that it crosses every joint, in the order of decoding.

    Args:
        idr_places: Which frames are IDR frames, in order; the first frame is one.
        joints: Frames before which two pieces meet, in order.
        count: How many frames there are.
    """
    looks: list[FrameRange] = []
    for joint in joints:
        start = max(place for place in idr_places if place < joint)
        if looks and start <= looks[-1].end:
            start = looks.pop().start
        looks.append(FrameRange(start, min(joint + _MOST_HELD + 1, count)))
    return tuple(looks)


def _compare(video: Path, pieces: Sequence[Piece], sets: Configuration, rate: Fraction) -> None:
    """Hold all parameter sets, frames and times against what was laid."""
    if not _have_numbers_of_their_own(sets):
        raise ValueError("two of its parameter sets have the same number")
    with open_mp4(video) as container:
        stream = container.streams.video[0]
        if parse_configuration(bytes(stream.codec_context.extradata or b"")) != sets:
            raise ValueError("its parameter sets were lost")
        found = packets(container, stream)
        for piece in pieces:
            known = {*map(picture_set_id, piece.track.configuration.picture_sets)}
            for frame in piece.laid(sets.length_bytes):
                packet = next(found, None)
                if packet is None or bytes(packet) != frame.data or packet.is_keyframe != frame.is_idr:
                    raise ValueError(f"frame {frame.number} is not as it was")
                if packet.pts * stream.time_base * rate != frame.number:
                    raise ValueError(f"frame {frame.number} is not where an even rate puts it")
                if not _sets_of(frame, sets.length_bytes) <= known:
                    raise ValueError(f"frame {frame.number} refers to parameter sets that are not its own")
        if next(found, None) is not None:
            raise ValueError("it has more frames than were laid")


def _have_numbers_of_their_own(sets: Configuration) -> bool:
    sequences = {parse_sequence_set(unit).id for unit in sets.sequence_sets}
    pictures = {picture_set_id(unit) for unit in sets.picture_sets}
    return (len(sequences), len(pictures)) == (len(sets.sequence_sets), len(sets.picture_sets))


def _sets_of(frame: Laid, length_bytes: int) -> set[int]:
    """Return the numbers of the picture parameter sets that a frame refers to."""
    return {picture_set_of(unit) for unit in units(frame.data, length_bytes) if is_picture(unit)}


def _decode(video: Path, looks: Sequence[FrameRange]) -> None:
    """Send a decoder that forgives nothing through each of `looks`."""
    with open_mp4(video) as container:
        stream = container.streams.video[0]
        context: Any = stream.codec_context
        context.options = {"err_detect": "explode"}
        found, done = packets(container, stream), 0
        for look in looks:
            context.flush_buffers()
            fed = [*islice(found, look.start - done, look.end - done)]
            done = look.end
            shown = [
                (frame.pts, frame.is_corrupt) for packet in (*fed, None) for frame in context.decode(packet)
            ]
            if shown != [(moment, False) for moment in sorted(packet.pts for packet in fed)]:
                raise ValueError(f"frames {look.start} to {look.end - 1} do not come out as they went in")

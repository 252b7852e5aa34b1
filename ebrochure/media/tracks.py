"""What is gathered about one stream while its packets go by (see `scan`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import av

from ebrochure.media.looks import PictureLook, SoundLook
from ebrochure.media.rates import measure_rate
from ebrochure.media.scanned import ScannedAudio, ScannedVideo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# PyAV's stubs differ from release to release in what may be None and what is generic.
AvStream: TypeAlias = Any
AvPacket: TypeAlias = Any
AvFrame: TypeAlias = Any

_FULL_PIXELS = 120_000_000
"""What is decoded frame by frame: 20 s of 640 x 360, 2 s of 1080 lines, under half a second of work."""
_KEY_PIXELS = 2 * _FULL_PIXELS
"""Up to here key frames only: what comes later in the file is looked at here and there."""
_LEAST_PACKETS = 8
_AUDIO_S = 600
"""How much sound is decoded."""
_THUMBNAIL = (64, 36)
_LONGEST_USUAL_S = 1.0
"""How long a last picture of unknown length may be taken to stay."""
_HOPELESS = 500
"""Packets without one picture after which no more are decoded."""
_EVERY = 4
"""Of how many frames one is looked at."""
_COMB_HEIGHTS = frozenset((480, 486, 576, 1080))
"""Only television is interlaced."""
_COMB_LOOKS = 40
_PQ, _HLG = 16, 18  # transfer functions of ITU-T H.273, table 3
_JPEG_SIZE = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf].{3}(..)(..)", re.DOTALL)
_JPEG_HEAD_BYTES = 65_536


class TooLargeError(Exception):
    """A picture has more pixels than we take."""

    def __init__(self, width: int, height: int) -> None:
        """Say how many."""
        super().__init__(f"{width} x {height}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a picture may be."""

    side: int
    pixels: int

    def check(self, width: int, height: int) -> None:
        """Refuse what is larger.

        Raises:
            TooLargeError: It is.
        """
        if max(width, height) > self.side or width * height > self.pixels:
            raise TooLargeError(width, height)


@dataclass(slots=True)
class Track:
    """One stream: when it starts and ends, and how much of it could be decoded."""

    stream: AvStream
    start: int | None = None
    end: int = 0
    packets: int = 0
    decoded: int = 0
    damaged: int = 0

    def see(self, packet: AvPacket) -> None:
        """Take note of one packet, an empty one at the very end."""
        if packet.size == 0:
            if self.decoded:
                self._decode(packet)
            return
        self.packets += 1
        moment = packet.pts if packet.pts is not None else packet.dts
        moment = self.end if moment is None else moment
        if not packet.is_discard:  # an edit list hides it
            if self.start is None:
                self.start = self.end = moment
            self.start = min(self.start, moment)
            self.end = max(self.end, moment + (packet.duration or 0))
            self._note(moment)
        if self._wants(packet):
            self.decoded += 1
            self._decode(packet)

    @property
    def start_s(self) -> float:
        """First presentation time in seconds."""
        return float((self.start or 0) * self.stream.time_base)

    @property
    def end_s(self) -> float:
        """When the last packet has been played, in seconds."""
        return float(self.end * self.stream.time_base)

    def _decode(self, packet: AvPacket) -> None:
        try:
            frames = self.stream.codec_context.decode(packet)
        except av.error.EOFError:
            return
        except (av.error.FFmpegError, ValueError):
            self.damaged += 1
            return
        for frame in frames:
            self.damaged += frame.is_corrupt
            self._take(frame)

    def _note(self, moment: int) -> None:
        """Remember when a packet is played."""

    def _wants(self, packet: AvPacket) -> bool:
        raise NotImplementedError

    def _take(self, frame: AvFrame) -> None:
        raise NotImplementedError


@dataclass(slots=True)
class VideoTrack(Track):
    """A picture track."""

    bounds: Bounds = field(default_factory=lambda: Bounds(8192, 36_000_000))
    times: list[int] = field(default_factory=list)
    pixels: int = 0
    frames: int = 0
    first: AvFrame = None
    in_a_row: list[NDArray[np.uint8]] = field(default_factory=list)
    look: PictureLook = field(default_factory=PictureLook)

    def _note(self, moment: int) -> None:
        self.times.append(moment)

    def _wants(self, packet: AvPacket) -> bool:
        context = self.stream.codec_context
        self.bounds.check(context.width, context.height)
        if context.name == "mjpeg":  # its frames may be larger than the container says
            size = _JPEG_SIZE.search(bytes(packet)[:_JPEG_HEAD_BYTES])
            if size:
                self.bounds.check(int.from_bytes(size[2]), int.from_bytes(size[1]))
        if self.damaged > _HOPELESS and not self.frames:
            return False
        self.pixels += context.width * context.height
        if self.pixels <= _FULL_PIXELS or self.packets <= _LEAST_PACKETS:
            return True
        return bool(packet.is_keyframe) and self.pixels_decoded <= _KEY_PIXELS

    @property
    def pixels_decoded(self) -> int:
        """How many pixels the decoder was asked for."""
        context = self.stream.codec_context
        return int(self.decoded * context.width * context.height)

    def _take(self, frame: AvFrame) -> None:
        self.bounds.check(frame.width, frame.height)
        self.first = self.first or frame
        self.frames += 1
        turn = self.frames % _EVERY
        if turn == 1:
            width, height = _THUMBNAIL
            self.look.see_thumbnail(frame.to_ndarray(width=width, height=height, format="gray"))
        wanted = frame.height in _COMB_HEIGHTS and len(self.look.comb_shares) < _COMB_LOOKS
        if wanted and turn:  # three in a row, then one is left out
            self.in_a_row = [*(() if turn == 1 else self.in_a_row), frame.to_ndarray(format="gray")]
            if len(self.in_a_row) == 3:  # noqa: PLR2004
                self.look.see_three(*self.in_a_row)

    def facts(self) -> ScannedVideo:
        """Return what is known at the end of the file."""
        stream, context, frame = self.stream, self.stream.codec_context, self.first
        rate = measure_rate(
            [float(moment * stream.time_base) for moment in self.times], float(stream.time_base)
        )
        return ScannedVideo(
            index=stream.index,
            codec=context.name,
            width=frame.width if frame else context.width,
            height=frame.height if frame else context.height,
            sample_aspect_ratio=stream.sample_aspect_ratio or Fraction(1),
            rotation_deg=round(-frame.rotation / 90) * 90 % 360 if frame else 0,
            frames_per_s=rate.frames_per_s,
            frame_rate=rate.rate,
            is_variable_rate=rate.is_variable,
            is_interlaced=bool(frame and frame.interlaced_frame),
            is_combed=self.look.is_combed,
            is_hdr=bool(frame) and int(frame.color_trc) in {_PQ, _HLG},
            has_alpha=_has_alpha(stream, frame),
            is_still=self.look.is_still,
            start_s=self.start_s,
            end_s=self._shown_until_s(rate.frames_per_s),
            packets=self.packets,
            decoded=self.decoded,
            damaged=self.damaged if self.frames else self.decoded,
        )

    def _shown_until_s(self, frames_per_s: float) -> float:
        """Return when the last picture goes.

        A packet's length is the way to the next one in *decoding* order, so the longest is too long
        where pictures are reordered around a pause; the header bounds it, but is not believed further
        down than one usual picture after the last one appears.
        """
        stream = self.stream
        last_s = float(max(self.times, default=0) * stream.time_base)
        usual_s = last_s + (min(1 / frames_per_s, _LONGEST_USUAL_S) if frames_per_s else 0.0)
        if stream.duration is None or stream.start_time is None:
            return max(usual_s, self.end_s)
        header_s = float((stream.start_time + stream.duration) * stream.time_base)
        return max(usual_s, min(self.end_s, header_s))


@dataclass(slots=True)
class AudioTrack(Track):
    """A sound track."""

    frames: int = 0
    look: SoundLook = field(default_factory=SoundLook)

    def _wants(self, _packet: AvPacket) -> bool:
        return self.end_s - self.start_s <= _AUDIO_S

    def _take(self, frame: AvFrame) -> None:
        self.frames += 1
        self.look.hear(frame.to_ndarray())

    def facts(self) -> ScannedAudio:
        """Return what is known at the end of the file."""
        context = self.stream.codec_context
        return ScannedAudio(
            index=self.stream.index,
            codec=context.name,
            sample_rate_hz=context.sample_rate or 0,
            channels=context.layout.nb_channels if context.sample_rate else 0,
            start_s=self.start_s,
            end_s=self.end_s,
            packets=self.packets,
            decoded=self.decoded,
            damaged=self.damaged if self.frames else self.decoded,
            peak=self.look.peak,
            clipped_share=self.look.clipped_share,
        )


def _has_alpha(stream: AvStream, frame: AvFrame) -> bool:
    if stream.metadata.get("alpha_mode") == "1":  # VP8 and VP9 carry it beside the frames
        return True
    return bool(frame) and any(component.is_alpha for component in frame.format.components)

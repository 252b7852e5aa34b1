"""What footage is, as found out by reading it, and what a render gives back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ebrochure.model.service import SourceFile


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The picture track that is used."""

    index: int
    """Number of the stream in its container, from 0."""
    codec: str
    coded_width: int
    """Pixels as coded, before rotation and sample aspect ratio."""
    coded_height: int
    sample_aspect_ratio: Fraction
    """Width to height of one sample; 1 where the file says nothing."""
    rotation_deg: int
    """Clockwise turn that makes the picture upright: 0, 90, 180 or 270."""
    frame_rate: Fraction
    """Frames per second, measured over the packets and snapped to a broadcast rate."""
    is_variable_rate: bool
    is_interlaced: bool
    is_hdr: bool
    has_alpha: bool

    @property
    def displayed_size(self) -> tuple[int, int]:
        """Width and height in square pixels, upright, rounded to even numbers."""
        width = round(self.coded_width * self.sample_aspect_ratio / 2) * 2
        height = round(Fraction(self.coded_height) / 2) * 2
        return (height, width) if self.rotation_deg % 180 else (width, height)


@dataclass(frozen=True, slots=True)
class AudioStream:
    """One sound track."""

    index: int
    codec: str
    sample_rate_hz: int
    channels: int


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """One piece of footage, probed by content, never by its name."""

    demuxer: str
    """Name of the ffmpeg demuxer to force, ``mov``: what the magic bytes said."""
    duration_ms: int
    """Measured over the packets of the longest used stream, not read from a header."""
    duration_ms_from_header: int | None
    start_ms: int
    """First presentation time of the container; what ffmpeg takes off every timestamp."""
    video: VideoStream | None
    audio: tuple[AudioStream, ...]

    @property
    def has_picture(self) -> bool:
        """Tell whether there is footage to look at."""
        return self.video is not None


@dataclass(frozen=True, slots=True)
class Footage:
    """One file of footage, known."""

    file: SourceFile
    info: MediaInfo


@dataclass(frozen=True, slots=True)
class SpeechAudio:
    """The sound that is listened to: 16 kHz mono 16-bit WAV in source time."""

    path: Path
    duration_ms: int
    stream_index: int
    """Which audio stream of the footage carries the speech."""
    channel_mix: str
    """How its channels became one: ``mono``, ``left``, ``right``, ``mean`` or ``difference``."""
    peak_dbfs: float


@dataclass(frozen=True, slots=True)
class ChannelLevels:
    """How loud the two channels of a recording are over time."""

    block_ms: int
    """Length of the stretch that one level stands for."""
    left_dbfs: tuple[float, ...]
    right_dbfs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Loudness:
    """Programme loudness. Source: ITU-R BS.1770-4, EBU R 128."""

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float


@dataclass(frozen=True, slots=True)
class Rendition:
    """One finished, playable file."""

    path: Path
    mime_type: str
    width: int
    height: int
    frame_rate: Fraction
    frame_count: int
    duration_ms: int
    bit_rate_bps: int
    loudness: Loudness | None
    """None where there is no sound to measure."""
    copied_frames: int = 0
    """How many frames are the footage's own, copied and not encoded again."""
    why_not_copied: str | None = None
    """Why none are, where it was asked for."""

    @property
    def size_bytes(self) -> int:
        """Size of the file, from its bit rate: within 250 bytes an hour."""
        return round(self.bit_rate_bps * self.duration_ms / 8000)


@dataclass(frozen=True, slots=True)
class SoundRendition:
    """The sound of a finished video, alone."""

    path: Path
    mime_type: str
    duration_ms: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Sprite:
    """Small pictures of a finished video on one sheet, row by row, each with the moment it shows."""

    path: Path
    tile_width: int
    """Pixels."""
    tile_height: int
    columns: int
    """Pictures in a row."""
    starts_ms: tuple[int, ...]
    """When each picture is seen in the video; rising."""
    duration_ms: int
    """Length of the video."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered beside a finished video; None: it is not."""

    smaller: Rendition | None = None
    """The rung below."""
    av1: Rendition | None = None
    """The same size in AV1."""
    sound: SoundRendition | None = None
    sprite: Sprite | None = None


NO_OFFERS = Offers()


@dataclass(frozen=True, slots=True)
class Poster:
    """The still shown before a video plays."""

    path: Path
    width: int
    height: int

"""What of a finished video is footage as it came, to be copied, and what must be encoded anew. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.assemble.edited import reading_passes
from ebrochure.assemble.scenes import frames_in
from ebrochure.media.encode import cap_bps
from ebrochure.media.h264 import picture_set_id
from ebrochure.model.timeline import FOOTAGE, OverlayKind, leaving
from ebrochure.model.timing import FrameRange, frame_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ebrochure.media.coded import CodedTrack
    from ebrochure.model.media import MediaInfo
    from ebrochure.model.timeline import Clip, Timeline

LEAST_COPIED_SHARE = 0.1
"""Of the finished video; with less of it copied the joints are not worth it."""
_LEAST_COPIED_S = 0.5
"""A shorter stretch costs more in joints than it saves."""
_MOST_LEVEL = 42
"""Level 4.2: what every player takes at 1080 lines and 60 frames per second."""
_BT709 = (1, 1, 1)
_MOST_SETS = 32


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the finished video that is made in one way."""

    frames: FrameRange
    """Where it is in the finished video."""
    source: int | None
    """First frame of the footage that is copied; None: it is encoded."""

    @property
    def is_copied(self) -> bool:
        """Tell whether it is copied."""
        return self.source is not None


@dataclass(frozen=True, slots=True)
class Extract:
    """Frames of the footage that some excerpt is drawn from, laid end to end with others."""

    packets: FrameRange
    """What is taken, counted in the order in which frames are decoded."""
    at: int
    """Which frame of the whole its first frame becomes."""
    shown: int
    """How far it reaches, in frames as they are shown."""


def why_not(timeline: Timeline, info: MediaInfo) -> str | None:
    """Return what keeps footage from being copied, as far as it is known unread; None: nothing so far."""
    video = info.video
    if video is None:
        return "there is no picture to copy"
    checks = (
        (len(reading_passes(timeline.body())) > 1, "an editor changed its order"),
        (info.demuxer != "mov", "the footage is no MP4"),
        (_has(timeline, OverlayKind.AUDIOGRAM), "its sound is drawn"),
        (
            _has(timeline, OverlayKind.LOGO),
            "the logo lies over all of it, unless `logo_on: cards` keeps it to the cards",
        ),
        (video.codec != "h264", f"its pictures are {video.codec} and not H.264"),
        (video.is_hdr, "it has high dynamic range"),
        (video.has_alpha, "it is see-through"),
        (video.is_interlaced, "it is interlaced"),
        (video.rotation_deg != 0, "it is turned"),
        (video.sample_aspect_ratio != 1, "its samples are not square"),
        (video.is_variable_rate, "its frame rate varies"),
        (video.frame_rate != timeline.frame_rate, "its frame rate is another than the video's"),
        ((video.coded_width, video.coded_height) != (timeline.width, timeline.height), "its size is another"),
    )
    return next((reason for is_so, reason in checks if is_so), None)


def _has(timeline: Timeline, kind: OverlayKind) -> bool:
    return any(overlay.kind is kind for overlay in timeline.overlays)


def why_not_track(timeline: Timeline, track: CodedTrack) -> str | None:
    """Return what in the coded track keeps it from being copied; None: nothing."""
    sequence, configuration = track.sequence, track.configuration
    size_bits = 8 * sum(frame.size_bytes for frame in track.frames)
    most_bps = cap_bps((timeline.width, timeline.height))
    checks = (
        (len(configuration.sequence_sets) != 1 or track.has_other_sets, "its parameter sets change"),
        (not sequence.is_8_bit_420, "its pictures are not plain 8 bit 4:2:0"),
        (not sequence.is_progressive, "it is coded as interlaced"),
        (sequence.is_full_range, "its colours have full range"),
        (sequence.colours != _BT709, "its colours are not tagged bt709"),
        (configuration.level > _MOST_LEVEL, f"its level is {configuration.level / 10}, above 4.2"),
        (track.has_hidden, "an edit list hides some of it"),
        (not track.is_even, "its frames are not evenly spaced from the start"),
        (any(frame.is_key and not frame.is_idr for frame in track.frames), "its groups of pictures are open"),
        (size_bits * timeline.frame_rate > most_bps * len(track.frames), "its bit rate is above the video's"),
    )
    return next((reason for is_so, reason in checks if is_so), None)


def plan_parts(timeline: Timeline, starts: Sequence[int]) -> tuple[Part, ...]:
    """Divide the finished video into parts, end to end.

    Args:
        timeline: The edit.
        starts: Frames of the footage at which it may be cut, in order, its end included.
    """
    parts: list[Part] = []
    done = 0
    for free, source in _untouched(timeline):
        inside = [start for start in starts if source <= start <= source + free.count]
        if len(inside) < 2 or inside[-1] - inside[0] < _LEAST_COPIED_S * timeline.frame_rate:  # noqa: PLR2004  a start and an end
            continue
        first = free.start + inside[0] - source
        if first > done:
            parts.append(Part(FrameRange(done, first), None))
        done = first + inside[-1] - inside[0]
        parts.append(Part(FrameRange(first, done), inside[0]))
    if done < timeline.frame_count:
        parts.append(Part(FrameRange(done, timeline.frame_count), None))
    return tuple(parts)


def copied_frames(parts: Sequence[Part]) -> int:
    """Return how many frames are copied."""
    return sum(part.frames.count for part in parts if part.is_copied)


def free_set_id(track: CodedTrack) -> int:
    """Return a number that no parameter set of the footage has."""
    taken = {track.sequence.id, *map(picture_set_id, track.configuration.picture_sets)}
    return next(number for number in range(1, _MOST_SETS) if number not in taken)


def excerpt(timeline: Timeline, frames: FrameRange) -> Timeline:
    """Return some frames of a timeline as one of its own; it must not be cut within a transition."""
    clips = [
        _cut_to(clip, span, shown, timeline)
        for clip, span in zip(timeline.clips, timeline.spans(), strict=True)
        if (shown := span.intersection(frames)) is not None
    ]
    overlays = tuple(
        replace(overlay, time=timeline.time(shown.shifted(-frames.start)))
        for overlay in timeline.overlays
        if (shown := frames_in(timeline, overlay.time).intersection(frames)) is not None
    )
    return replace(timeline, clips=tuple(clips), overlays=overlays)


def drawn_from(timeline: Timeline, track: CodedTrack) -> tuple[Timeline, tuple[Extract, ...]]:
    """Return a timeline that draws on no more of the footage than it shows, and what that is."""
    extracts: list[Extract] = []
    clips: list[Clip] = []
    starts = track.starts()[:-1]
    for clip in timeline.clips:
        if clip.source != FOOTAGE:
            clips.append(clip)
            continue
        first = frame_at(clip.source_range.start_ms, timeline.frame_rate)
        start = max(item for item in starts if item <= first)
        if not extracts or start >= extracts[-1].packets.end:
            done = extracts[-1].at + extracts[-1].shown if extracts else 0
            extracts.append(Extract(FrameRange(start, start), done, 0))
        extracts[-1] = _reaching(extracts[-1], track, first + clip.frames)
        place = extracts[-1].at + first - extracts[-1].packets.start
        clips.append(replace(clip, source_range=timeline.time(FrameRange(place, place + clip.frames))))
    return replace(timeline, clips=tuple(clips)), tuple(extracts)


def _reaching(extract: Extract, track: CodedTrack, end: int) -> Extract:
    """Return an extract that goes on until all frames before `end` can be decoded."""
    start, last = extract.packets.start, extract.packets.end
    for place in range(last, len(track.frames)):
        if track.frames[place].number < end:
            last = place + 1
    shown = max((frame.number for frame in track.frames[start:last]), default=start - 1) + 1 - start
    return Extract(FrameRange(start, last), extract.at, shown)


def _cut_to(clip: Clip, span: FrameRange, shown: FrameRange, timeline: Timeline) -> Clip:
    if shown == span:
        return clip
    first = frame_at(clip.source_range.start_ms, timeline.frame_rate) + shown.start - span.start
    source = timeline.time(FrameRange(first, first + shown.count))
    entering = clip.enter_frames if shown.start == span.start else 0
    return replace(clip, source_range=source, frames=shown.count, enter_frames=entering)


def _untouched(timeline: Timeline) -> Iterator[tuple[FrameRange, int]]:
    """Yield the stretches in which nothing but footage is seen, and which frame of it each begins with."""
    covered = [frames_in(timeline, overlay.time) for overlay in timeline.overlays]
    for clip, span, leave in zip(timeline.clips, timeline.spans(), leaving(timeline.clips), strict=True):
        if clip.is_card:
            continue
        source = frame_at(clip.source_range.start_ms, timeline.frame_rate) - span.start
        start, end = span.start + clip.enter_frames, span.end - leave
        for cover in sorted(covered, key=lambda item: item.start):
            if start < min(cover.start, end):
                yield FrameRange(start, min(cover.start, end)), source + start
            start = max(start, cover.end)
        if start < end:
            yield FrameRange(start, end), source + start

"""A finished video's timeline as a sheet that an editor can carry on with. Pure.

Cards and footage lie on the lowest track as they are cut, what lies over them on tracks above. Where a
card fades, the cut is put into the middle of the fade, and both sides keep what they fade through.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from ebrochure.edit.sheet import Dissolve, Gap, Lane, LaneKind, Marker, Medium, Sheet, Shot, Span
from ebrochure.model.timeline import OverlayKind, leaving
from ebrochure.model.timing import FrameRange, frame_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ebrochure.edit.sheet import Item
    from ebrochure.model.captions import Chapter
    from ebrochure.model.timeline import Clip, Overlay, Timeline

_OVERLAYS = {
    OverlayKind.SLIDE: "Slides",
    OverlayKind.AUDIOGRAM: "Audiogram",
    OverlayKind.LOGO: "Logo",
    OverlayKind.LOWER_THIRD: "Lower third",
}


@dataclass(frozen=True, slots=True)
class Reel:
    """One file of the footage."""

    medium: Medium
    """What is available of it is known."""
    frames: int
    """How long it is in the joined footage."""
    has_picture: bool


@dataclass(frozen=True, slots=True)
class _Laying:
    """One timeline on its way to a sheet."""

    timeline: Timeline
    reels: Sequence[Reel]
    files: Mapping[str, Medium]
    """Cards and stills, by the names that the timeline has for them."""

    @property
    def rate(self) -> Fraction:
        return self.timeline.frame_rate


def sheet_of(
    timeline: Timeline,
    *,
    title: str,
    reels: Sequence[Reel],
    files: Mapping[str, Medium],
    chapters: Iterable[Chapter],
) -> Sheet:
    """Return a timeline as a sheet.

    Args:
        timeline: The edit.
        title: Of the video.
        reels: The files of the footage, in their order.
        files: Copies of the cards and stills, by their names in `timeline`.
        chapters: In the finished video's time.
    """
    laying = _Laying(timeline, reels, files)
    lanes = (
        Lane("Footage and cards", LaneKind.VIDEO, tuple(_pictures(laying))),
        *(Lane(name, LaneKind.VIDEO, items) for name, items in _overlaid(laying) if items),
        Lane("Sound", LaneKind.AUDIO, tuple(_sound(laying))),
    )
    rate = timeline.frame_rate
    markers = tuple(
        Marker(item.title, _exact(FrameRange(*(frame_at(ms, rate) for ms in ends)), rate))
        for item in chapters
        for ends in ((item.time.start_ms, item.time.end_ms),)
    )
    return Sheet(title, rate, lanes, markers)


def _pictures(laying: _Laying) -> Iterator[Item]:
    """Yield cards and footage, and the fades between them."""
    clips, rate = laying.timeline.clips, laying.rate
    for clip, leave_frames in zip(clips, leaving(clips), strict=True):
        early = clip.enter_frames // 2
        if clip.enter_frames:
            yield Dissolve(early / rate, (clip.enter_frames - early) / rate)
        first = frame_at(clip.source_range.start_ms, rate)
        late = leave_frames - leave_frames // 2
        yield from _shots(laying, clip, FrameRange(first + early, first + clip.frames - late))


def _shots(
    laying: _Laying, clip: Clip, frames: FrameRange, kind: LaneKind = LaneKind.VIDEO
) -> Iterator[Item]:
    """Yield frames of a card or of the footage, which may run through several files."""
    if clip.is_card:
        yield Shot(clip.source, laying.files[clip.source], _exact(frames, laying.rate))
        return
    ends = accumulate(reel.frames for reel in laying.reels)
    for reel, end in zip(laying.reels, ends, strict=True):
        # The last file is shown for as long as the video says: its last frame stays.
        last = frames.end if reel is laying.reels[-1] else end
        shared = frames.intersection(FrameRange(end - reel.frames, max(end, last)))
        if shared is None:
            continue
        if kind is LaneKind.VIDEO and not reel.has_picture:
            yield Gap(shared.count / laying.rate)
            continue
        span = _exact(shared.shifted(reel.frames - end), laying.rate)
        start_s = reel.medium.available.start_s if reel.medium.available else Fraction(0)
        yield Shot(reel.medium.name, reel.medium, Span(span.start_s + start_s, span.duration_s))


def _sound(laying: _Laying) -> Iterator[Item]:
    """Yield the footage as it is heard: for as long as any of it is seen, silence under the cards."""
    done = 0
    for clip, span in zip(laying.timeline.clips, laying.timeline.spans(), strict=True):
        if clip.is_card:
            continue
        if span.start > done:
            yield Gap((span.start - done) / laying.rate)
        first = frame_at(clip.source_range.start_ms, laying.rate)
        yield from _shots(laying, clip, FrameRange(first, first + clip.frames), LaneKind.AUDIO)
        done = span.end


def _overlaid(laying: _Laying) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Yield each kind of picture that lies over the body, the lowest first."""
    for kind, name in _OVERLAYS.items():
        yield name, tuple(_stills(laying, (item for item in laying.timeline.overlays if item.kind is kind)))


def _stills(laying: _Laying, shown: Iterable[Overlay]) -> Iterator[Item]:
    done = 0
    for overlay in shown:
        start, end = (frame_at(ms, laying.rate) for ms in (overlay.time.start_ms, overlay.time.end_ms))
        if start > done:
            yield Gap((start - done) / laying.rate)
        yield Shot(
            overlay.image, laying.files[overlay.still], _exact(FrameRange(0, end - start), laying.rate)
        )
        done = end


def _exact(frames: FrameRange, rate: Fraction) -> Span:
    return Span(frames.start / rate, frames.count / rate)

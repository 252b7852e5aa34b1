"""The edit, decided: from what is known about a recording to its `Timeline`. Pure.

Picture and sound are cut together and at whole frames of the finished video: cut points round
away from speech, so no word loses its edge to a frame boundary.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ebrochure.assemble.slideshow import place_slides
from ebrochure.model.timeline import Clip, Overlay, OverlayKind, Storyboard, Timeline
from ebrochure.model.timing import TimeRange, frame_at, frame_start_ms, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.brand import Brand
    from ebrochure.model.media import MediaInfo, VideoStream
    from ebrochure.model.service import Cut, Slide, VideoSource
    from ebrochure.model.slidemark import SlideMark
    from ebrochure.settings import DeliverySettings

HEAD_MS = 300
"""What is kept before the first speech."""
TAIL_MS = 500
"""What is kept after the last: a sentence rings out."""
PAUSE_ROOM_MS = 400
"""Least that is kept at either side of a shortened pause."""
LEAST_CUT_MS = 250
"""A pause is left alone where less than this would be won: every cut shows as a jump."""
AUDIO_ONLY_RATE = Fraction(25)
BARE_OUTRO_MS = 2500
"""Longest outro card that has nobody to name."""
LEAST_LOWER_THIRD_MS = 1500
"""A name shown more briefly cannot be read."""
_SMALL_LINES = 720
_LARGE_LINES = 1080
_RATES = (Fraction(10), Fraction(60))


@dataclass(frozen=True, slots=True)
class FrameRange:
    """Frames of the footage at the delivered rate, ``start <= n < end``."""

    start: int
    end: int

    def time(self, rate: Fraction) -> TimeRange:
        """Return the source time that the frames cover."""
        return TimeRange(frame_start_ms(self.start, rate), frame_start_ms(self.end, rate))


def plan_timeline(
    info: MediaInfo,
    *,
    speech: tuple[TimeRange, ...],
    slides: tuple[Slide, ...],
    slide_marks: tuple[SlideMark, ...],
    video: VideoSource,
    brand: Brand,
    delivery: DeliverySettings,
    has_liaison: bool,
) -> Timeline:
    """Decide what is seen when.

    Args:
        info: The footage, probed.
        speech: Stretches of source time that must not be cut (speech; words, where they are known).
        slides: The slides that belong to the recording.
        slide_marks: When each slide's turn comes; empty: the slides are spread evenly.
        video: What the author asked for.
        brand: Lengths of the cards, and whether there is a logo.
        delivery: How large the video may be.
        has_liaison: Whether the outro card has somebody to name.

    """
    speech = merged(speech)
    rate = delivery_rate(info.video)
    width, height = delivery_size(info.video, delivery.max_height)
    storyboard = choose_storyboard(video.storyboard, has_picture=info.has_picture, has_slides=bool(slides))
    body = _body(max(info.duration_ms, speech[-1].end_ms if speech else 0), speech, video.cut, rate)
    outro_ms = brand.outro_ms if has_liaison else min(brand.outro_ms, BARE_OUTRO_MS)
    clips = (
        *_card("intro", brand.intro_ms, rate),
        *(Clip("footage", frames.time(rate), frames.end - frames.start) for frames in body),
        *_card("outro", outro_ms, rate),
    )
    bare = Timeline(width, height, rate, storyboard, clips)
    shown = place_slides(bare, slides, slide_marks, lead_ms=brand.lower_third_ms)
    overlays = tuple(_overlays(bare, shown, speech, video=video, brand=brand))
    return replace(bare, overlays=overlays)


def delivery_size(video: VideoStream | None, max_height: int) -> tuple[int, int]:
    """Return width and height of the finished video: 16:9, never blown up beyond 720 lines."""
    is_large = video is not None and video.displayed_size[1] > _SMALL_LINES
    height = min(_LARGE_LINES if is_large else _SMALL_LINES, max_height) // 2 * 2
    return round(height * Fraction(16, 18)) * 2, height


def delivery_rate(video: VideoStream | None) -> Fraction:
    """Return the footage's own rate; a rate beyond 10 to 60 per second is divided or multiplied into it."""
    if video is None:
        return AUDIO_ONLY_RATE
    slowest, fastest = _RATES
    rate = video.frame_rate
    return rate / math.ceil(rate / fastest) if rate > fastest else rate * max(1, math.ceil(slowest / rate))


def choose_storyboard(wish: Storyboard | None, *, has_picture: bool, has_slides: bool) -> Storyboard:
    """Return how the video is told: the author's wish where the material allows it."""
    if not has_picture:
        wants_slides = wish not in {Storyboard.AUDIOGRAM, Storyboard.NONE}
        return Storyboard.SLIDES if has_slides and wants_slides else Storyboard.AUDIOGRAM
    needs_slides = wish in {Storyboard.SLIDES, Storyboard.SIDE_BY_SIDE}
    return Storyboard.PRESENTER if wish is None or (needs_slides and not has_slides) else wish


def body_time(timeline: Timeline) -> TimeRange:
    """Return where the footage lies in the finished video."""
    places = [place for clip, place in timeline.placed() if clip.source == "footage"]
    return TimeRange(places[0].start_ms, places[-1].end_ms)


def _card(source: str, duration_ms: int, rate: Fraction) -> tuple[Clip, ...]:
    """Return the clip of a card, or nothing where it has no length."""
    frames = frame_at(duration_ms, rate)
    return (Clip(source, TimeRange(0, frame_start_ms(frames, rate)), frames),) if frames else ()


def _body(
    duration_ms: int, speech: tuple[TimeRange, ...], cut: Cut, rate: Fraction
) -> tuple[FrameRange, ...]:
    """Return the frames of the footage that are used."""
    last = max(1, math.ceil(duration_ms * rate / 1000))
    if not speech:
        return (FrameRange(0, last),)
    start_ms = max(0, speech[0].start_ms - HEAD_MS) if cut.head else 0
    end_ms = speech[-1].end_ms + TAIL_MS if cut.tail else duration_ms
    start = math.floor(start_ms * rate / 1000)
    end = min(last, math.ceil(end_ms * rate / 1000))
    edges = [start]
    for pause in _cut_pauses(speech, cut.pauses_s):
        edges += [math.ceil(pause.start_ms * rate / 1000), math.floor(pause.end_ms * rate / 1000)]
    edges.append(end)
    return tuple(FrameRange(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _cut_pauses(spans: tuple[TimeRange, ...], pauses_s: float | None) -> Iterator[TimeRange]:
    """Yield what is taken out of the pauses between `spans`: a longer pause becomes one of `pauses_s`."""
    if pauses_s is None:
        return
    room_ms = max(PAUSE_ROOM_MS, math.ceil(pauses_s * 500))
    for before, after in pairwise(spans):
        if after.start_ms - before.end_ms >= 2 * room_ms + LEAST_CUT_MS:
            yield TimeRange(before.end_ms + room_ms, after.start_ms - room_ms)


def _overlays(
    timeline: Timeline,
    shown: tuple[Overlay, ...],
    speech: tuple[TimeRange, ...],
    *,
    video: VideoSource,
    brand: Brand,
) -> Iterator[Overlay]:
    """Yield what lies over the body, lowest first."""
    if timeline.storyboard is Storyboard.NONE:
        return
    body = body_time(timeline)
    yield from shown
    if brand.logo is not None or brand.logo_dark is not None:
        yield Overlay(OverlayKind.LOGO, "logo", body)
    # Beside a slide and on an audiogram the canvas itself says who is speaking.
    if video.speaker is not None and timeline.storyboard is Storyboard.PRESENTER:
        first_word_ms = timeline.to_output(speech[0].start_ms) if speech else None
        start_ms = body.start_ms if first_word_ms is None else first_word_ms
        end_ms = min(
            start_ms + brand.lower_third_ms, shown[0].time.start_ms if shown else body.end_ms, body.end_ms
        )
        if end_ms - start_ms >= LEAST_LOWER_THIRD_MS:
            yield Overlay(OverlayKind.LOWER_THIRD, "lower-third", TimeRange(start_ms, end_ms))

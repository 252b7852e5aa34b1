"""The edit, decided: from what is known about a recording to its `Timeline`. Pure."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ebrochure.assemble.cutting import CardLengths, cut_clips
from ebrochure.assemble.edited import edited_clips
from ebrochure.assemble.scenes import body_frames
from ebrochure.assemble.slideshow import place_slides
from ebrochure.model.timeline import Overlay, OverlayKind, Storyboard, Timeline
from ebrochure.model.timing import TimeRange, frame_at, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.assemble.cutting import ChapterMark
    from ebrochure.model.brand import Brand
    from ebrochure.model.media import MediaInfo, VideoStream
    from ebrochure.model.service import Slide, VideoSource
    from ebrochure.model.slidemark import SlideMark
    from ebrochure.model.timeline import Stretch
    from ebrochure.model.timing import FrameRange
    from ebrochure.settings import DeliverySettings

AUDIO_ONLY_RATE = Fraction(25)
BARE_OUTRO_MS = 2500
"""Longest outro card that has nobody to name."""
LEAST_LOWER_THIRD_MS = 1500
"""A name shown more briefly cannot be read."""
_SMALL_LINES = 720
_LARGE_LINES = 1080
_RATES = (Fraction(10), Fraction(60))


def plan_timeline(
    info: MediaInfo,
    *,
    speech: tuple[TimeRange, ...],
    slides: tuple[Slide, ...],
    slide_marks: tuple[SlideMark, ...],
    chapters: tuple[ChapterMark, ...] = (),
    video: VideoSource,
    brand: Brand,
    delivery: DeliverySettings,
    has_liaison: bool,
    body: tuple[FrameRange, ...] = (),
) -> Timeline:
    """Decide what is seen when.

    Args:
        info: The footage, probed.
        speech: Stretches of source time that must not be cut (speech; words, where they are known).
        slides: The slides that belong to the recording.
        slide_marks: When each slide's turn comes; empty: the slides are spread evenly.
        chapters: Where the script's chapters begin; some of them are announced by a card.
        video: What the author asked for.
        brand: Lengths of the cards, and whether there is a logo.
        delivery: How large the video may be.
        has_liaison: Whether the outro card has somebody to name.
        body: Frames of the footage that an editor chose, in his order; empty: it is cut by what is heard.

    """
    speech = merged(speech)
    rate = delivery_rate(info.video)
    width, height = delivery_size(info.video, delivery.max_height)
    storyboard = choose_storyboard(video.storyboard, has_picture=info.has_picture, has_slides=bool(slides))
    outro_ms = brand.outro_ms if has_liaison else min(brand.outro_ms, BARE_OUTRO_MS)
    lengths = CardLengths(
        *(frame_at(ms, rate) for ms in (brand.intro_ms, brand.chapter_ms, outro_ms)),
    )
    if storyboard is Storyboard.NONE:
        lengths = replace(lengths, chapter=0)
    if body:
        clips = edited_clips(body, speech, chapters=chapters, rate=rate, cards=lengths)
    else:
        duration_ms = max(info.duration_ms, speech[-1].end_ms if speech else 0)
        clips = cut_clips(duration_ms, speech, chapters=chapters, cut=video.cut, rate=rate, cards=lengths)
    bare = Timeline(width, height, rate, storyboard, clips, is_edited=bool(body))
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
    yield from shown
    if brand.logo_over_footage and (brand.logo is not None or brand.logo_dark is not None):
        yield Overlay(OverlayKind.LOGO, "logo", timeline.time(body_frames(timeline)))
    # Beside a slide and on an audiogram the canvas itself says who is speaking.
    if video.speaker is not None and timeline.storyboard is Storyboard.PRESENTER:
        for run in timeline.runs()[: None if brand.names_again else 1]:
            time = _named(timeline, run, shown, speech, brand.lower_third_ms)
            if time.duration_ms >= LEAST_LOWER_THIRD_MS:
                yield Overlay(OverlayKind.LOWER_THIRD, "lower-third", time)


def _named(
    timeline: Timeline,
    run: Stretch,
    slides: tuple[Overlay, ...],
    speech: tuple[TimeRange, ...],
    length_ms: int,
) -> TimeRange:
    """Return when the speaker is named in a run: with its first words, and never over a slide."""
    whole = timeline.time(run.span)
    words = (time for span in speech for time in timeline.ranges_to_output(span) if time.overlaps(whole))
    first = min(words, default=whole)
    start_ms = max(first.start_ms, whole.start_ms)
    busy = [slide.time.start_ms for slide in slides if slide.time.end_ms > start_ms]
    end_ms = min([start_ms + length_ms, whole.end_ms, *busy])
    return TimeRange(start_ms, max(start_ms, end_ms))

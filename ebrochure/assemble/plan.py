"""The edit, decided: from what is known about a recording to its `Timeline`. Pure."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from ebrochure.assemble.bidi import is_rtl_language, runs_right_to_left
from ebrochure.assemble.cutting import CardLengths, cut_clips
from ebrochure.assemble.edited import edited_clips
from ebrochure.assemble.scenes import body_frames, plan_scenes
from ebrochure.assemble.slideshow import turns_by_name
from ebrochure.assemble.turns import lay_turns, turns_by_hand
from ebrochure.model.storyboard import Board, Framing, Storyboard
from ebrochure.model.timeline import Overlay, OverlayKind, Timeline
from ebrochure.model.timing import TimeRange, frame_at, merged, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.assemble.cutting import ChapterMark
    from ebrochure.model.brand import Brand
    from ebrochure.model.media import MediaInfo, VideoStream
    from ebrochure.model.service import Person, Slide, VideoSource
    from ebrochure.model.slidemark import SlideMark
    from ebrochure.model.timeline import Stretch
    from ebrochure.model.timing import FrameRange
    from ebrochure.settings import DeliverySettings

AUDIO_ONLY_RATE = Fraction(25)
BARE_OUTRO_MS = 2500
"""Longest outro card that has nobody to name and nothing to scan."""
SCAN_MS = 6000
"""Shortest outro card with a code on it: a phone is taken out, held up and has focused."""
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
    board: Board | None = None,
    video: VideoSource,
    brand: Brand,
    delivery: DeliverySettings,
    has_liaison: bool,
    has_survey: bool = False,
    language: str = "",
    body: tuple[FrameRange, ...] = (),
) -> Timeline:
    """Decide what is seen when.

    Args:
        info: The footage, probed.
        speech: Stretches of source time that must not be cut (speech; words, where they are known), but for
            what `board` takes out.
        slides: The slides that belong to the recording.
        slide_marks: When each slide's turn comes; empty: the slides are spread evenly.
        chapters: Where the script's chapters begin; some of them are announced by a card.
        board: The storyboard by hand; None: it is told by a name.
        video: What the author asked for.
        brand: Lengths of the cards, and whether there is a logo.
        delivery: How large the video may be.
        has_liaison: Whether the outro card has somebody to name.
        has_survey: Whether the outro card has a code that leads to the survey.
        language: BCP 47 tag of the words on screen.
        body: Frames of the footage that an editor chose, in his order; empty: it is cut by what is heard.

    """
    speech = merged(speech)
    rate = delivery_rate(info.video)
    told = board or choose_storyboard(video.storyboard, has_picture=info.has_picture, has_slides=bool(slides))
    is_plain = told is Storyboard.NONE
    outro_ms = outro_length_ms(brand, has_liaison=has_liaison, has_survey=has_survey)
    cards_ms = (brand.intro_ms, 0 if is_plain else brand.chapter_ms, outro_ms)
    cards = CardLengths(*(frame_at(ms, rate) for ms in cards_ms))
    if body:
        clips = edited_clips(body, speech, chapters=chapters, rate=rate, cards=cards)
    else:
        clips = cut_clips(
            max(info.duration_ms, speech[-1].end_ms if speech else 0),
            speech,
            chapters=chapters,
            cut=video.cut,
            rate=rate,
            cards=cards,
            removed=() if board is None else board.removed,
        )
    is_mirrored = _is_mirrored(language, video.speaker)
    size = delivery_size(info.video, delivery.max_height)
    bare = Timeline(*size, rate, clips, is_mirrored=is_mirrored, is_edited=bool(body))
    if is_plain:
        return bare
    numbers = [slide.number for slide in slides]
    turns = (
        turns_by_hand(bare, told, numbers)
        if isinstance(told, Board)
        else turns_by_name(bare, told, numbers, slide_marks, lead_ms=brand.lower_third_ms)
    )
    framing = video.slides_as or (Framing.WIDE if told is Storyboard.SIDE_BY_SIDE else brand.slides_as)
    shown = lay_turns(bare, turns, framing=framing, has_picture=info.has_picture)
    covered = replace(bare, overlays=shown)
    return replace(covered, overlays=(*shown, *_overlays(covered, speech, video=video, brand=brand)))


def _is_mirrored(language: str, speaker: Person | None) -> bool:
    """Tell whether what is written over the footage starts at the right."""
    return is_rtl_language(language) or (speaker is not None and runs_right_to_left(speaker.name))


def outro_length_ms(brand: Brand, *, has_liaison: bool, has_survey: bool) -> int:
    """Return how long the outro card is seen: long enough for what is on it; 0: there is none."""
    if not brand.outro_ms:
        return 0
    if has_survey:
        return max(brand.outro_ms, SCAN_MS)
    return brand.outro_ms if has_liaison else min(brand.outro_ms, BARE_OUTRO_MS)


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
    timeline: Timeline, speech: tuple[TimeRange, ...], *, video: VideoSource, brand: Brand
) -> Iterator[Overlay]:
    """Yield what lies over the body besides what fills the frame, lowest first."""
    if brand.logo_over_footage and (brand.logo is not None or brand.logo_dark is not None):
        # It would lie on the very slide that was to be seen as large as can be.
        alone = (item.time for item in timeline.overlays if item.framing is Framing.FULL)
        for time in without([timeline.time(body_frames(timeline))], alone):
            yield Overlay(OverlayKind.LOGO, "logo", time)
    if video.speaker is not None:
        for run in timeline.runs()[: None if brand.names_again else 1]:
            named = (_named(timeline, bare, speech, brand.lower_third_ms) for bare in _bare(timeline, run))
            readable = (time for time in named if time.duration_ms >= LEAST_LOWER_THIRD_MS)
            yield from (Overlay(OverlayKind.LOWER_THIRD, "lower-third", time) for time in islice(readable, 1))


def _bare(timeline: Timeline, run: Stretch) -> Iterator[TimeRange]:
    """Yield when footage fills the frame in a run, until a canvas has said who is speaking."""
    for scene in plan_scenes(timeline, run):
        if scene.overlay is None:
            yield timeline.time(scene.span)
        elif scene.overlay.framing is not Framing.FULL:
            return


def _named(timeline: Timeline, bare: TimeRange, speech: tuple[TimeRange, ...], length_ms: int) -> TimeRange:
    """Return when the speaker is named while nothing covers the footage: with the first words."""
    words = (time for span in speech for time in timeline.ranges_to_output(span) if time.overlaps(bare))
    start_ms = max(min(words, default=bare).start_ms, bare.start_ms)
    return TimeRange(start_ms, min(start_ms + length_ms, bare.end_ms))

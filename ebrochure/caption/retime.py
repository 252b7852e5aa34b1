"""From source time to the finished video: captions, chapters and paragraphs follow the edit map.

A cue whose words were cut away goes with them; one that spans a removed pause stays one cue, a
little shorter. Where the edit leaves a cue less time than its rules ask for, it may stay longer, and
come up to a fifth of a second early. At the end of the recording it may stay into the outro card
as a last way out, but no longer than its rules need: a reader cut short is worse than a caption
that is still there when the card begins. What an editor shows twice is captioned twice, and a cue is
clipped where he cut into its words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.caption.breaks import ends_sentence
from ebrochure.caption.snapping import snapped
from ebrochure.caption.timing import MAX_EARLY_MS, Spoken, least_duration_ms
from ebrochure.caption.words import spoken_words
from ebrochure.model.captions import CaptionProfile, Chapter, TextOrigin
from ebrochure.model.timeline import chapter_card
from ebrochure.model.timing import TimeRange
from ebrochure.model.writing import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.model.captions import Cue, Track
    from ebrochure.model.timeline import Timeline
    from ebrochure.model.transcript import Segment

KEPT_SHARE = 0.25
"""A cue of which less than this share is left has lost its words to the edit, and goes too."""
LEAST_SPOKEN_MS = 300
"""A cue that just begins before a cut was spoken if so much of it is left: what goes is how it lingered."""

LEAST_CHAPTER_MS = 15_000
LEAST_CHAPTERS = 3
"""Of chapters that nobody asked for; two would not help to find anything."""

PARAGRAPH_SENTENCES = 5
PARAGRAPH_PAUSE_MS = 2000


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cue, the footage it belongs to, and the time it cannot do without."""

    cue: Cue
    body: TimeRange
    """Footage between two cards, in the finished video."""
    needs_ms: int


def retime_track(track: Track, timeline: Timeline, profile: CaptionProfile | None = None) -> Track:
    """Return `track` in the time of the finished video; text, lines and ids stay as they are.

    A cue that is shown again has its id with a number behind it: ``12``, ``12-2``.

    Args:
        track: Captions in source time.
        timeline: The edit map.
        profile: The rules; None: the profile ``broadcast``.
    """
    rules = profile or CaptionProfile()
    bodies = tuple(timeline.time(run.span) for run in timeline.runs())
    needs = (
        _needs_ms(cue, len(said), rules)
        for cue, said in zip(track.cues, spoken_words(track.cues), strict=True)
    )
    placed = [
        item
        for cue, need in zip(track.cues, needs, strict=True)
        for item in _placed(cue, need, timeline, bodies)
    ]
    placed.sort(key=lambda item: item.cue.time.start_ms)
    times = _fitted_in_turn(placed, timeline.duration_ms, rules)
    if track.provenance.origin is not TextOrigin.PERSON:  # a person's gaps are a person's choice
        for at, after in enumerate(times[1:]):
            times[at] = _chained(times[at], after.start_ms, placed[at].body, rules)
        times = list(snapped(times, [item.body for item in placed], rules))
    cues = tuple(replace(item.cue, time=time) for item, time in zip(placed, times, strict=True))
    return replace(track, cues=cues)


def _needs_ms(cue: Cue, words: int, rules: CaptionProfile) -> int:
    """Return the shortest time `cue` may be shown; a cue that was shorter before owes no more."""
    spoken = Spoken(cue.time.start_ms, cue.time.end_ms, words, text_width(cue.text))
    return min(cue.time.duration_ms, least_duration_ms(spoken, rules))


def _placed(cue: Cue, needs_ms: int, timeline: Timeline, bodies: tuple[TimeRange, ...]) -> Iterator[_Placed]:
    """Yield `cue` wherever the edit puts it, each time in the body that shows most of it; none: cut away."""
    for number, parts in enumerate(_spoken(cue.time, timeline), start=1):
        inside = [(body, [part for part in parts if body.overlaps(part)]) for body in bodies]
        body, shown = max(inside, key=lambda item: sum(part.duration_ms for part in item[1]))
        time = TimeRange(shown[0].start_ms, shown[-1].end_ms)
        id_ = cue.id if number == 1 else f"{cue.id}-{number}"
        # Beyond an editor's cut something else is seen and said.
        needs = min(needs_ms, time.duration_ms) if timeline.is_edited else needs_ms
        yield _Placed(replace(cue, id=id_, time=time), body, needs)


def _spoken(time: TimeRange, timeline: Timeline) -> Iterator[tuple[TimeRange, ...]]:
    """Yield the showings of speech of which enough is left to be understood."""
    first = TimeRange(time.start_ms, min(time.start_ms + 1, time.end_ms))
    starts_ms = {part.start_ms for part in timeline.ranges_to_output(first)}
    for parts in timeline.showings(time):
        kept_ms = sum(part.duration_ms for part in parts)
        # What is cut from the end of a cue may only be the time it lingered; its start is speech.
        begins = parts[0].start_ms in starts_ms and kept_ms >= min(LEAST_SPOKEN_MS, time.duration_ms)
        if begins or kept_ms >= KEPT_SHARE * time.duration_ms:
            yield parts


def _fitted_in_turn(placed: list[_Placed], duration_ms: int, rules: CaptionProfile) -> list[TimeRange]:
    """Return when each of `placed` is shown, each between its neighbours, in a video of `duration_ms`."""
    times: list[TimeRange] = []
    limits = [item.cue.time.start_ms - rules.min_gap_ms for item in placed[1:]] + [duration_ms] * bool(placed)
    for at, (item, latest_ms) in enumerate(zip(placed, limits, strict=True)):
        earliest_ms = _free_from_ms(times[-1], placed[at - 1].needs_ms, rules) if times else 0
        time = _fitted(item, earliest_ms, latest_ms, rules)
        if (
            times
            and times[-1].end_ms + rules.min_gap_ms > time.start_ms > times[-1].start_ms + rules.min_gap_ms
        ):
            times[-1] = TimeRange(times[-1].start_ms, time.start_ms - rules.min_gap_ms)
        times.append(time)
    return times


def _free_from_ms(before: TimeRange, needs_ms: int, rules: CaptionProfile) -> int:
    """Return from when a cue may be shown after the one `before` it.

    Two frames of the finished video can be longer than those that the cues were built with. Where
    that costs a cue the last milliseconds it needs, the cue before it gives some of its own.
    """
    given_ms = min(rules.min_gap_ms, max(0, before.duration_ms - needs_ms))
    return before.end_ms - given_ms + rules.min_gap_ms


def _fitted(item: _Placed, earliest_ms: int, latest_ms: int, rules: CaptionProfile) -> TimeRange:
    """Return when `item` is shown between its neighbours, with the time it needs if there is any.

    Args:
        item: The cue.
        earliest_ms: When the cue before it has gone.
        latest_ms: When it must go for the cue after it.
        rules: How long a cue may linger.
    """
    start_ms, end_ms = item.cue.time.start_ms, item.cue.time.end_ms
    if latest_ms <= start_ms:
        return item.cue.time  # two cues at the same moment: `check` says so
    end_ms = max(min(end_ms, latest_ms), min(start_ms + item.needs_ms, latest_ms, item.body.end_ms))
    missing_ms = item.needs_ms - (end_ms - start_ms)
    if missing_ms > 0:
        first_ms = max(earliest_ms, item.body.start_ms, start_ms - min(missing_ms, MAX_EARLY_MS))
        start_ms = min(start_ms, first_ms)
        into_card_ms = min(start_ms + item.needs_ms, latest_ms, item.body.end_ms + rules.max_linger_ms)
        end_ms = max(end_ms, into_card_ms)
    return TimeRange(start_ms, end_ms)


def _chained(time: TimeRange, after_ms: int, body: TimeRange, rules: CaptionProfile) -> TimeRange:
    """Return `time` with the short gap that a removed pause left after it closed."""
    close_ms = after_ms - rules.min_gap_ms
    fits = close_ms <= body.end_ms and close_ms - time.start_ms <= rules.max_duration_ms
    is_short = after_ms - time.end_ms < rules.max_short_gap_ms
    return TimeRange(time.start_ms, close_ms) if fits and is_short and close_ms > time.end_ms else time


def chapters_from(
    segments: tuple[Segment, ...], timeline: Timeline, *, opening: str = "Introduction"
) -> tuple[Chapter, ...]:
    """Return the chapters that the script's headings make; none where it has no heading.

    The first starts with the video, each ends where the next one starts, the last with the video. One that
    a card announces starts with its card.

    Args:
        segments: The transcript's, in source time.
        timeline: The edit map.
        opening: Title of what is said before the first heading.
    """
    if all(segment.heading is None for segment in segments):
        return ()
    spoken: list[tuple[int, str]] = []
    title, number = opening, 0
    for segment in segments:
        starts = [parts[0].start_ms for parts in _spoken(segment.time, timeline)]
        if segment.heading is not None:
            title, number = segment.heading, number + 1
            starts = _from_card(starts, timeline.card(chapter_card(number)))
        spoken += ((start_ms, title) for start_ms in starts)
    return _chapters(_turns(spoken), timeline)


def _from_card(starts: list[int], card: TimeRange | None) -> list[int]:
    """Return when a chapter begins: where a card announces it, with the card."""
    if card is None or not starts:
        return starts
    announced = min(starts, key=lambda start_ms: abs(start_ms - card.end_ms))
    return [card.start_ms if start_ms == announced else start_ms for start_ms in starts]


def _turns(spoken: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return where another title begins, the first at the start of the video."""
    marks: list[tuple[int, str]] = []
    for start_ms, title in sorted(spoken, key=lambda item: item[0]):
        if not marks or title != marks[-1][1]:
            marks.append((start_ms if marks else 0, title))
    return marks


def _chapters(marks: list[tuple[int, str]], timeline: Timeline) -> tuple[Chapter, ...]:
    """Return the chapters that start at `marks`, each up to the next one, the last to the video's end."""
    ends = [start_ms for start_ms, _ in marks[1:]] + [timeline.duration_ms]
    return tuple(
        Chapter(title, TimeRange(start_ms, end_ms))
        for (start_ms, title), end_ms in zip(marks, ends, strict=True)
        if end_ms > start_ms
    )


def chapters_of_slides(
    titles: Iterable[tuple[int, str]], timeline: Timeline, *, opening: str = "Introduction"
) -> tuple[Chapter, ...]:
    """Return the chapters that the titles of slides make, none where they would be fewer than three.

    Slides of one title are one chapter; what would be shorter than a quarter of a minute belongs to the
    chapter before it.

    Args:
        titles: ``(source time in ms, title)``, in order of time.
        timeline: The edit map.
        opening: Title of what is seen before the first slide.
    """
    marks: list[tuple[int, str]] = []
    for start_ms, title in sorted(_shown_titles(tuple(titles), timeline)):
        if not marks:
            marks.append((0, title if start_ms < LEAST_CHAPTER_MS else opening))
        if title != marks[-1][1] and start_ms - marks[-1][0] >= LEAST_CHAPTER_MS:
            marks.append((start_ms, title))
    if marks and timeline.duration_ms - marks[-1][0] < LEAST_CHAPTER_MS:
        marks.pop()
    return _chapters(marks, timeline) if len(marks) >= LEAST_CHAPTERS else ()


def _shown_titles(titles: tuple[tuple[int, str], ...], timeline: Timeline) -> Iterator[tuple[int, str]]:
    """Yield when the footage under each title is seen, in the finished video."""
    last_ms = max((clip.source_range.end_ms for clip in timeline.clips if not clip.is_card), default=0)
    ends_ms = [moment_ms for moment_ms, _title in titles[1:]] + [last_ms] * bool(titles)
    for (start_ms, title), end_ms in zip(titles, ends_ms, strict=True):
        for parts in timeline.showings(TimeRange(start_ms, max(start_ms, end_ms))):
            yield parts[0].start_ms, title


def paragraphs(cues: tuple[Cue, ...], chapters: tuple[Chapter, ...] = ()) -> tuple[tuple[Cue, ...], ...]:
    """Return `cues` in paragraphs for the transcript.

    A new one starts with a chapter, with another speaker, after a pause, and where about five
    sentences have been said and one ends; no cue is torn.
    """
    marks = [chapter.time.start_ms for chapter in chapters]
    found: list[list[Cue]] = []
    sentences = 0
    for at, cue in enumerate(cues):
        before = cues[at - 1] if at else None
        if before is None or _opens_paragraph(before, cue, marks, sentences):
            found.append([])
            sentences = 0
        found[-1].append(cue)
        sentences += _sentences(cue)
    return tuple(map(tuple, found))


def _opens_paragraph(before: Cue, cue: Cue, marks: list[int], sentences: int) -> bool:
    # A cue may come a moment before the first word of its chapter.
    starts_chapter = any(
        before.time.start_ms + MAX_EARLY_MS < mark <= cue.time.start_ms + MAX_EARLY_MS for mark in marks
    )
    if starts_chapter or before.speaker != cue.speaker:
        return True
    pause_ms = cue.time.start_ms - before.time.end_ms
    is_full = sentences >= PARAGRAPH_SENTENCES and ends_sentence(before.text.split()[-1], None)
    return is_full or pause_ms >= PARAGRAPH_PAUSE_MS


def _sentences(cue: Cue) -> int:
    """Return how many sentences end in `cue`."""
    words = cue.text.split()
    return sum(ends_sentence(word, after) for word, after in zip(words, [*words[1:], None], strict=True))

"""The last stage: everything that lives in source time goes through the edit map, and is checked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from ebrochure.caption.check import check_track
from ebrochure.caption.formats import to_webvtt
from ebrochure.caption.languages import same_language
from ebrochure.caption.measure import TrackMetrics, metrics
from ebrochure.caption.retime import chapters_from, chapters_of_slides, paragraphs, retime_track
from ebrochure.caption.translation import check_translation
from ebrochure.model.captions import TextOrigin
from ebrochure.model.findings import Finding, Level
from ebrochure.model.transcript import Sound, Word
from ebrochure.publish.descriptions import describe_slides
from ebrochure.publish.page import FinishedSlide, FinishedTrack, FinishedVersion, FinishedVideo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.captions import CaptionProfile, Chapter, Track
    from ebrochure.model.media import Offers, Poster, Rendition
    from ebrochure.model.service import VideoSource
    from ebrochure.model.timeline import Timeline
    from ebrochure.model.timing import TimeRange
    from ebrochure.model.transcript import Transcript
    from ebrochure.workbench import Drawn, Laid, Shown, Workbench

_T = TypeVar("_T", Word, Sound)


@dataclass(frozen=True, slots=True)
class Finished:
    """One recording, all its parts made, with what there is to say about it."""

    finished: FinishedVideo
    footage: str
    """As the author knows it."""
    engine: str | None
    """Which engine listened; None where none had to."""
    findings: tuple[Finding, ...]
    figures: TrackMetrics | None
    """Of the default track; None where there are no captions."""


def finish(bench: Workbench, laid: Laid, *, rendition: Rendition, poster: Poster, offers: Offers) -> Finished:
    """Take everything that lives in source time through the edit map, and check what comes out."""
    heard, timeline = laid.heard, laid.timeline
    rules = rules_of(bench, timeline)
    said = _said(heard.transcript, timeline)
    retimed = retimed_tracks(bench, laid)
    default = retimed[0] if retimed else None
    chapters = chapters_of(bench, laid)
    slides = tuple(_finished_slides(bench.video, laid.slides, laid.shown, timeline))
    video = FinishedVideo(
        source=bench.video,
        rendition=rendition,
        size_bytes=rendition.path.stat().st_size,
        poster=poster,
        tracks=tuple(FinishedTrack(track, to_webvtt(track)) for track in retimed),
        chapters=chapters,
        transcript=() if default is None else paragraphs(default.cues, chapters),
        slides=slides,
        is_silent=not heard.transcript.speech and not retimed,
        offers=offers,
        descriptions=_descriptions(bench, slides, said, default),
    )
    return Finished(
        video,
        bench.video.name,
        None if heard.transcript.engine == "none" else heard.transcript.engine,
        (
            *(item for part in laid.probed for item in part.findings),
            *laid.edit.findings,
            *heard.findings,
            *laid.captions.findings,
            *_copied(bench, rendition),
            *laid.shown.findings,
            *_lint(bench, retimed, said, timeline, rules),
        ),
        None if default is None else metrics(default, profile=rules, speech=said.speech, words=said.words),
    )


def finish_version(bench: Workbench, rendition: Rendition, smaller: Rendition | None) -> FinishedVersion:
    """Return a version as its film's page needs it."""
    return FinishedVersion(bench.video.told_for, rendition, rendition.path.stat().st_size, smaller)


def rules_of(bench: Workbench, timeline: Timeline) -> CaptionProfile:
    """Return the brand's caption rules, their gaps counted in frames of the finished video."""
    return replace(bench.brand.captions, frame_ms=math.ceil(1000 / timeline.frame_rate))


def retimed_tracks(bench: Workbench, laid: Laid) -> tuple[Track, ...]:
    """Return the text tracks in the time of the finished video."""
    rules = rules_of(bench, laid.timeline)
    return tuple(retime_track(track, laid.timeline, rules) for track in laid.captions.tracks)


def chapters_of(bench: Workbench, laid: Laid) -> tuple[Chapter, ...]:
    """Return the chapters of the finished video: the script's, or else those that titles of slides make."""
    spoken = chapters_from(laid.heard.transcript.segments, laid.timeline)
    return spoken or chapters_of_slides(_titles(bench.video, laid.shown), laid.timeline)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is heard in the finished video, and when."""

    speech: tuple[TimeRange, ...]
    words: tuple[Word, ...]
    sounds: tuple[Sound, ...]
    duration_ms: int


def _said(transcript: Transcript, timeline: Timeline) -> _Said:
    """Take what is heard through the edit map; what was cut away is gone."""
    return _Said(
        tuple(sorted(part for time in transcript.speech for part in timeline.ranges_to_output(time))),
        _moved(transcript.words, timeline),
        _moved(transcript.sounds, timeline),
        timeline.duration_ms,
    )


def _lint(
    bench: Workbench,
    tracks: tuple[Track, ...],
    said: _Said,
    timeline: Timeline,
    rules: CaptionProfile,
) -> Iterator[Finding]:
    """Hold every track to the rules, and translations to the track that they translate."""
    cards = timeline.cards()
    for track in tracks:
        file = f"{bench.service.id}/media/{bench.video.id}.{track.language.lower()}.vtt"
        is_ours = track is tracks[0] and track.provenance.origin is not TextOrigin.PERSON
        yield from check_track(
            track,
            profile=rules,
            speech=said.speech,
            words=said.words if is_ours else (),
            sounds=said.sounds if is_ours else (),
            file=file,
            cards=cards,
        )
        if not same_language(track.language, tracks[0].language):
            yield from check_translation(track, tracks[0], profile=rules, file=file)


def _copied(bench: Workbench, rendition: Rendition) -> Iterator[Finding]:
    """Say how much of the footage was copied, where that was asked for."""
    name = bench.video.name
    if rendition.why_not_copied is not None:
        message = f"`{name}` was encoded again from end to end, because {rendition.why_not_copied}"
        yield Finding("NOT_COPIED", Level.INFO, message, name)
    elif rendition.copied_frames:
        share = rendition.copied_frames / rendition.frame_count
        yield Finding("COPIED", Level.INFO, f"{share:.0%} of the video is `{name}` as it came", name)


def _moved(items: tuple[_T, ...], timeline: Timeline) -> tuple[_T, ...]:
    """Return what is heard when it is heard, in order; what is shown twice comes twice."""
    moved = (replace(item, time=parts[0]) for item in items for parts in timeline.showings(item.time))
    return tuple(sorted(moved, key=lambda item: item.time))


def _titles(video: VideoSource, shown: Shown) -> tuple[tuple[int, str], ...]:
    """Return the titles of slides with their moments in source time; a guess makes no chapter."""
    titles = {slide.number: slide.title for slide in video.slides}
    sure = (mark for mark in shown.marks if mark.is_sure)
    return tuple((mark.start_ms, title) for mark in sure if (title := titles.get(mark.number)))


def _descriptions(
    bench: Workbench, slides: tuple[FinishedSlide, ...], said: _Said, default: Track | None
) -> FinishedTrack | None:
    """Describe what slides show and nobody says, by the captions where no times of words are known."""
    track = describe_slides(
        slides,
        said.words or (() if default is None else default.cues),
        speech=said.speech,
        duration_ms=said.duration_ms,
        language=bench.service.language,
    )
    return None if track is None else FinishedTrack(track, to_webvtt(track))


def _finished_slides(
    video: VideoSource, slides: Drawn, shown: Shown, timeline: Timeline
) -> Iterator[FinishedSlide]:
    starts_ms: dict[str, int] = {}
    for overlay in timeline.overlays:
        starts_ms.setdefault(overlay.image, overlay.time.start_ms)
    for mark in shown.marks if shown.in_footage else ():
        start_ms = timeline.to_output_or_after(mark.start_ms)
        if start_ms is not None:
            starts_ms.setdefault(f"slide-{mark.number}", start_ms)
    stills = {still.name: still for still in slides.stills}
    for slide in video.slides:
        name = f"slide-{slide.number}"
        if name in stills:
            still = stills[name]
            yield FinishedSlide(slide, still.path, still.width, still.height, starts_ms.get(name))

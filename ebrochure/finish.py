"""The last stage: everything that lives in source time goes through the edit map, and is checked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure.caption.check import check_track
from ebrochure.caption.formats import to_webvtt
from ebrochure.caption.measure import TrackMetrics, metrics
from ebrochure.caption.retime import chapters_from, paragraphs, retime_track
from ebrochure.model.captions import TextOrigin
from ebrochure.publish.page import FinishedSlide, FinishedTrack, FinishedVideo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.findings import Finding
    from ebrochure.model.media import Poster, Rendition
    from ebrochure.model.service import VideoSource
    from ebrochure.model.timeline import Timeline
    from ebrochure.model.transcript import Word
    from ebrochure.stages import Captioned, Drawn, Heard, Probed, Workbench


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


def finish(
    bench: Workbench,
    *,
    probed: Probed,
    heard: Heard,
    captions: Captioned,
    timeline: Timeline,
    slides: Drawn,
    rendition: Rendition,
    poster: Poster,
) -> Finished:
    """Take everything that lives in source time through the edit map, and check what comes out."""
    rules = replace(bench.brand.captions, frame_ms=math.ceil(1000 / timeline.frame_rate))
    speech = tuple(part for time in heard.transcript.speech for part in timeline.ranges_to_output(time))
    words = tuple(
        moved for word in heard.transcript.words if (moved := _moved_word(word, timeline)) is not None
    )
    sounds = tuple(
        replace(sound, time=places[0])
        for sound in heard.transcript.sounds
        if (places := timeline.ranges_to_output(sound.time))
    )
    retimed = tuple(retime_track(track, timeline, rules) for track in captions.tracks)
    default = retimed[0] if retimed else None
    chapters = chapters_from(heard.transcript.segments, timeline)
    video = FinishedVideo(
        source=bench.video,
        rendition=rendition,
        size_bytes=rendition.path.stat().st_size,
        poster=poster,
        tracks=tuple(FinishedTrack(track, to_webvtt(track)) for track in retimed),
        chapters=chapters,
        transcript=() if default is None else paragraphs(default.cues, chapters),
        slides=tuple(_finished_slides(bench.video, slides, timeline)),
        is_silent=not heard.transcript.speech and not retimed,
    )
    lint = tuple(
        finding
        for track in retimed
        for finding in check_track(
            track,
            profile=rules,
            speech=speech,
            words=words if track is default and track.provenance.origin is not TextOrigin.PERSON else (),
            sounds=sounds if track is default and track.provenance.origin is not TextOrigin.PERSON else (),
            file=f"{bench.service.id}/media/{bench.video.id}.{track.language.lower()}.vtt",
            cards=tuple(place for clip, place in timeline.placed() if clip.source != "footage"),
        )
    )
    return Finished(
        video,
        bench.video.footage.name,
        None if heard.transcript.engine == "none" else heard.transcript.engine,
        (*probed.findings, *heard.findings, *captions.findings, *lint),
        None if default is None else metrics(default, profile=rules, speech=speech, words=words),
    )


def _moved_word(word: Word, timeline: Timeline) -> Word | None:
    places = timeline.ranges_to_output(word.time)
    return replace(word, time=places[0]) if places else None


def _finished_slides(video: VideoSource, slides: Drawn, timeline: Timeline) -> Iterator[FinishedSlide]:
    shown: dict[str, int] = {}
    for overlay in timeline.overlays:
        shown.setdefault(overlay.image, overlay.time.start_ms)
    stills = {still.name: still for still in slides.stills}
    for slide in video.slides:
        name = f"slide-{slide.number}"
        if name in stills:
            still = stills[name]
            yield FinishedSlide(slide, still.path, still.width, still.height, shown.get(name))

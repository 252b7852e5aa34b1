"""The stages of a recording's slides: drawn, looked for in the footage, and followed through the talk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.assemble.board import place_shots, refuse_late
from ebrochure.assemble.follow.deck import follow
from ebrochure.assemble.follow.report import follow_findings
from ebrochure.assemble.follow.screen import keep_look, kept_look, watch
from ebrochure.assemble.follow.utterances import segments_of_cues, utterances_of
from ebrochure.ingest.slides import draw_slides
from ebrochure.media.tools import ffmpeg_version
from ebrochure.model.captions import TextOrigin
from ebrochure.model.slidemark import SlideMark
from ebrochure.model.storyboard import SlideView, Storyboard
from ebrochure.store import Step
from ebrochure.workbench import Drawn, Shown, Watched

if TYPE_CHECKING:
    from ebrochure.model.media import Footage, MediaInfo
    from ebrochure.model.transcript import Segment
    from ebrochure.workbench import Captioned, Heard, Workbench


def draw_slide_pictures(bench: Workbench) -> Drawn:
    """Draw the slides that belong to the recording; none where they cannot be drawn on this machine."""
    slides = bench.video.slides
    if not slides:
        return Drawn(())

    def make(folder: Path) -> Drawn:
        paths = draw_slides(slides, folder, limits=bench.settings.limits)
        return Drawn.of({f"slide-{slide.number}": path for slide, path in zip(slides, paths, strict=False)})

    sources = {slide.source.name: slide.source for slide in slides}
    pages = tuple((slide.number, slide.source.name, slide.page) for slide in slides)
    step = Step.of("slides", 2, inputs=sources, pages=pages, limits=bench.settings.limits)
    return bench.store.once(step, Drawn, make, slot=bench.slot).value


def check_board(bench: Workbench, info: MediaInfo) -> None:
    """Refuse a storyboard by hand that says more than there is footage for.

    Raises:
        MaterialError: BOARD_TIME.
    """
    video = bench.video
    refuse_late(video.shots, info.duration_ms, footage=video.name, file=bench.brochure)


def watch_screen(bench: Workbench, footage: Footage, slides: Drawn) -> Watched:
    """Look whether the footage itself shows the slides, as a recorded screen does; a board by hand knows."""
    file, info, video = footage.file, footage.info, bench.video
    if not (slides.stills and info.has_picture) or video.shots or video.storyboard is Storyboard.AUDIOGRAM:
        return Watched(None, 0)

    def make(folder: Path) -> Watched:
        look = watch(file.path, info, tuple(slides.paths().values()))
        return Watched(None, 0) if look is None else Watched(keep_look(look, folder), look.step_ms)

    inputs = {file.name: file, **slides.paths()}
    step = Step.of("screen", 2, inputs=inputs, info=info, ffmpeg=ffmpeg_version())
    return bench.store.once(step, Watched, make, slot=bench.slot).value


def follow_slides(
    bench: Workbench,
    info: MediaInfo,
    heard: Heard,
    captions: Captioned,
    *,
    slides: Drawn,
    watched: Watched,
) -> Shown:
    """Find out when each slide's turn comes: from footage that shows them, else from what is said.

    Raises:
        MaterialError: BOARD_WORDS, BOARD_TIME, BOARD_EMPTY: the storyboard by hand does not fit.
    """
    video = bench.video
    segments, language = _said(heard, captions)
    if video.shots:
        words = [word for segment in segments for word in segment.words]
        length_ms, file = info.duration_ms, bench.brochure
        board, moved = place_shots(video.shots, words, length_ms, footage=video.name, file=file)
        shown = ((moment, view.number) for moment, view in board.views if isinstance(view, SlideView))
        return Shown(tuple(SlideMark(number, moment) for moment, number in shown), moved, board)
    deck = slides.pictured(video.slides)
    look = None if watched.likeness is None else kept_look(watched.likeness, watched.step_ms)
    is_bare = video.storyboard in {Storyboard.AUDIOGRAM, Storyboard.NONE}
    if not deck or (is_bare and look is None):
        return Shown((), ())
    marks = heard.transcript.slide_marks
    followed = follow(deck, utterances_of(segments), marks, language=language, look=look)
    if is_bare and not followed.is_seen:
        return Shown((), ())
    findings = follow_findings(followed, deck, footage=video.name)
    return Shown(followed.marks, findings, in_footage=followed.is_seen)


def _said(heard: Heard, captions: Captioned) -> tuple[tuple[Segment, ...], str]:
    """Return what is said and in which language: as it was heard, else as a person has captioned it."""
    transcript = heard.transcript
    written = next((track for track in captions.tracks if track.provenance.origin is TextOrigin.PERSON), None)
    if transcript.segments or written is None:
        return transcript.segments, transcript.language
    return segments_of_cues(written.cues), written.language

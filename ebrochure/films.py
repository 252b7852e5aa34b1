"""One recording, from footage to everything that its page shows: the stages in their order."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure import decks, hearing, stages
from ebrochure.errors import MaterialError
from ebrochure.finish import finish, finish_version
from ebrochure.ledger import write_taken
from ebrochure.offering import offer, offer_smaller
from ebrochure.planning import expected_pieces, plan_steps
from ebrochure.store import NotMade
from ebrochure.versions import make_version, shown_apart
from ebrochure.workbench import Laid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.finish import Finished
    from ebrochure.model.findings import Finding
    from ebrochure.model.manifest import PlannedStep
    from ebrochure.model.service import Service, VideoSource
    from ebrochure.publish.page import FinishedVersion
    from ebrochure.workbench import Build, Workbench


@dataclass(frozen=True, slots=True)
class Film:
    """One recording, built."""

    finished: Finished
    apart: tuple[VideoSource, ...]
    """Versions of it whose times are their own, to be built as films."""


class NotBuilt(Exception):  # noqa: N818  it is an answer of a build that may not make anything
    """One recording is not built, and this build was only to look."""

    def __init__(self, steps: tuple[PlannedStep, ...]) -> None:
        """Keep what would be made."""
        super().__init__(steps)
        self.steps = steps


def check_recordings(build: Build, service: Service) -> None:
    """Look at every file of a service's footage and captions before work begins on one.

    Raises:
        MaterialError: Everything there is to say against any of them.
    """
    wrong: list[Finding] = []
    for video in (video for told in service.videos for video in (told, *told.versions)):
        bench = build.bench(service, video)
        try:
            with _at_work(build, bench):
                stages.probe_footage(bench)
        except MaterialError as error:
            wrong += error.findings
        except NotBuilt:
            pass  # a plan tells it, with all that follows
        for captions in video.captions:
            try:
                hearing.read_track(captions, page_language=service.language)
            except MaterialError as error:
                wrong += error.findings
    if wrong:
        raise MaterialError(tuple(wrong))


def build_video(build: Build, service: Service, video: VideoSource) -> Film:
    """Take one recording from footage to everything that its page shows: the stages in their order.

    Raises:
        NotBuilt: Something of it is to be made, and this build may not make it.
    """
    bench = build.bench(service, video)
    with _at_work(build, bench):
        laid = lay_out(build, bench)
        rendition = stages.render_video(
            bench,
            footage=laid.footage,
            speech=laid.speech,
            timeline=laid.timeline,
            cards=laid.cards,
            overlays=laid.pictures,
            bed=stages.plan_music(bench, laid.footage.info, laid.heard, laid.captions, laid.timeline),
        )
        poster = stages.choose_still(bench, rendition, laid.timeline)
        offers = offer(bench, rendition)
        finished = finish(bench, laid, rendition=rendition.value, poster=poster, offers=offers)
        findings = (*finished.findings, *stages.check_letters(bench, laid.heard))
    return add_versions(build, bench, laid, replace(finished, findings=findings))


def add_versions(build: Build, film: Workbench, laid: Laid, finished: Finished) -> Film:
    """Make what tells a film for others; a version with times of its own is a film still to be built."""
    versions: list[FinishedVersion] = []
    apart: list[VideoSource] = []
    findings = list(finished.findings)
    for video in film.video.versions:
        bench = build.bench(film.service, video)
        with _at_work(build, bench):
            made = make_version(bench, laid)
            findings += made.findings
            if made.rendition is None:
                apart.append(shown_apart(video, film.service.language))
            else:
                smaller = offer_smaller(bench, made.rendition)
                versions.append(finish_version(bench, made.rendition.value, smaller))
    told = replace(finished.finished, versions=tuple(versions))
    return Film(replace(finished, finished=told, findings=tuple(findings)), tuple(apart))


def lay_out(build: Build, bench: Workbench) -> Laid:
    """Decide and draw all of one recording's video: what is seen, heard and read in it, and when."""
    probed = stages.probe_footage(bench)
    bench.narrator.expect(expected_pieces(bench, build.ledger, probed))
    edit = stages.read_edit(bench, probed)
    footage = stages.join(bench, probed)
    decks.check_board(bench, footage.info)
    slides = decks.draw_slide_pictures(bench)
    speech = hearing.hear(bench, footage)
    heard = hearing.transcribe(bench, speech)
    captions = hearing.caption(bench, footage.info, heard)
    watched = decks.watch_screen(bench, footage, slides)
    shown = decks.follow_slides(bench, footage.info, heard, captions, slides=slides, watched=watched)
    timeline = stages.plan(bench, footage.info, heard, captions, edit=edit, slides=slides, shown=shown)
    bench.narrator.expect(expected_pieces(bench, build.ledger, probed, timeline))
    return Laid(
        probed=probed,
        edit=edit,
        footage=footage,
        slides=slides,
        speech=speech,
        heard=heard,
        captions=captions,
        shown=shown,
        timeline=timeline,
        cards=stages.draw_cards(bench, heard, timeline),
        pictures=stages.draw_overlays(bench, footage.info, timeline, slides),
    )


@contextmanager
def _at_work(build: Build, bench: Workbench) -> Iterator[None]:
    """Know what to expect of the work inside; write down what of it was done, or say what was not."""
    bench.narrator.expect(expected_pieces(bench, build.ledger, None))
    try:
        with bench.narrator:
            yield
    except NotMade as stopped:
        raise NotBuilt(plan_steps(bench, build.ledger, stopped)) from stopped
    finally:
        if bench.narrator.taken:
            write_taken(build.store_root, bench.narrator.taken)

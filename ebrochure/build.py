"""The pipeline, read top to bottom: footage in, site out.

The services are found; each is read, and each of its recordings goes through its stages
(see `films`); then the site is published in one switch. A service that fails keeps its
previous page and never stops the others. Prefect's flows call the same functions.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebrochure import printing
from ebrochure.errors import EbrochureError, Interrupted, MaterialError, SettingsError, StoreError
from ebrochure.films import NotBuilt, build_video, check_recordings
from ebrochure.ingest.brand import read_brand
from ebrochure.ingest.folders import find_services, wait_until_settled
from ebrochure.ingest.intake import keep_file
from ebrochure.ingest.service import read_service
from ebrochure.lock import building
from ebrochure.model.findings import Finding, Level
from ebrochure.model.manifest import PlannedStep
from ebrochure.offering import possible_offers
from ebrochure.progress import Silence
from ebrochure.publish.page import build_page
from ebrochure.publish.site import publish_site
from ebrochure.store import NotMade, Store
from ebrochure.transcribe.choose import choose_engine
from ebrochure.verdict import (
    address_findings,
    feed_findings,
    gate_findings,
    service_report,
    stopped_by,
)
from ebrochure.workbench import Build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from ebrochure.finish import Finished
    from ebrochure.ingest.folders import ServiceFolder
    from ebrochure.model.manifest import ServiceReport
    from ebrochure.model.service import Service, SourceFile
    from ebrochure.progress import Watcher
    from ebrochure.publish.page import Brochure
    from ebrochure.settings import Settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuiltService:
    """One service, ready to be published, or the reasons why it is not."""

    id: str
    findings: tuple[Finding, ...]
    brochure: Brochure | None = None
    """None: it failed or is not complete, and its previous page stays."""
    videos: tuple[Finished, ...] = ()
    missing: tuple[PlannedStep, ...] = ()
    """What is still to be made, where this build may not make it."""

    @property
    def failed(self) -> bool:
        """Tell whether its material, and not only time, stands in the way."""
        return self.brochure is None and not self.missing


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a build or a check."""

    services: tuple[ServiceReport, ...]
    findings: tuple[Finding, ...]
    """About the workspace: no one service's."""
    site: Path | None
    """The published folder; None: there is none."""


def build_catalogue(settings: Settings, only: tuple[str, ...] = (), watcher: Watcher | None = None) -> Result:
    """Build `only` these services, or all, and publish the site.

    Raises:
        LockedError: Another build works in this workspace.
        SettingsError: The workspace's settings or brand are wrong, or a service of `only` is unknown.
        Interrupted: Somebody asked to stop.
    """
    with building(settings.places.renders):
        build = open_build(settings, watcher or Silence())
        Store(build.store_root).sweep()
        return publish(build, build_services(build, chosen(settings, only)))


def open_build(settings: Settings, watcher: Watcher, may_make: Callable[[str], bool] | None = None) -> Build:
    """Read what all services share: the brand, and who listens."""

    def keep(path: Path, name: str) -> SourceFile:
        limit = settings.limits.document_bytes
        return keep_file(path, name, store_root=settings.places.renders / ".store", max_bytes=limit)

    brand, findings = read_brand(settings.places.brand, settings.limits, keep)
    engine = choose_engine(settings.speech)
    offers, remarks = possible_offers(settings.offers)
    settings, about_paper = printing.possible_paper(replace(settings, offers=offers))
    _folders, stray = find_services(settings.places.services)
    remarks = (*stray, *engine.findings, *remarks, *about_paper, *address_findings(settings))
    build = Build(settings, brand, engine, watcher, (*findings, *remarks))
    return build if may_make is None else replace(build, may_make=may_make)


def chosen(settings: Settings, only: tuple[str, ...]) -> tuple[ServiceFolder, ...]:
    """Find the services of the drop folder, all or `only` these."""
    folders, _stray = find_services(settings.places.services)
    known = [folder.id for folder in folders]
    for wanted in only:
        if wanted not in known:
            message = f"there is no service `{wanted}` in `{settings.places.services}`"
            raise SettingsError.one(
                "SERVICE_UNKNOWN", message, hint=f"there are: {', '.join(known) or 'none'}"
            )
    return tuple(folder for folder in folders if not only or folder.id in only)


def build_services(build: Build, folders: tuple[ServiceFolder, ...]) -> tuple[BuiltService, ...]:
    """Build services, as many at once as the settings say; return them in the order of their folders.

    Raises:
        Interrupted: Somebody asked to stop.
        StoreError: The disk refuses; those that have not begun do not begin.
    """
    if build.settings.jobs == 1:
        return tuple(build_service(build, folder) for folder in folders)
    is_over = threading.Event()

    def build_one(folder: ServiceFolder) -> BuiltService:
        if is_over.is_set():
            raise Interrupted("the work was stopped")
        try:
            return build_service(build, folder)
        except BaseException:
            is_over.set()
            raise

    with ThreadPoolExecutor(build.settings.jobs, "service") as pool:
        return tuple(pool.map(build_one, folders))


def build_service(build: Build, folder: ServiceFolder) -> BuiltService:
    """Build one service; whatever is wrong with its material ends up in its findings.

    Raises:
        Interrupted: Somebody asked to stop.
        StoreError: The disk refuses; no service could be built.
    """
    findings: list[Finding] = []
    try:
        service = read_folder(build, folder, findings)
        findings += feed_findings(service, build.settings)
        check_recordings(build, service)
        videos, missing = _build_videos(build, service, findings)
        if missing or stopped_by(findings, build.settings.gate):
            return BuiltService(folder.id, tuple(findings), None, videos, missing)
        brochure = build_page(
            service,
            build.brand,
            tuple(video.finished for video in videos),
            today=dt.datetime.now(tz=dt.UTC).date(),
            noindex=build.settings.noindex,
            is_preview=build.settings.is_preview,
            address=build.settings.address,
        )
        brochure = _with_paper(build, brochure, findings)
    except NotMade as stopped:
        step = PlannedStep(folder.id, None, stopped.stage, stopped.why, printing.USUAL_S)
        return BuiltService(folder.id, tuple(findings), None, videos, (step,))
    except (Interrupted, StoreError):
        raise
    except MaterialError as error:
        return BuiltService(folder.id, (*findings, *error.findings))
    except EbrochureError as error:
        return BuiltService(folder.id, (*findings, _failed(folder.id, error)))
    except Exception as error:
        logger.debug("service `%s` failed", folder.id, exc_info=True)
        return BuiltService(folder.id, (*findings, _broken(folder.id, error)))
    return BuiltService(folder.id, tuple(findings), brochure, videos)


def _with_paper(build: Build, brochure: Brochure, findings: list[Finding]) -> Brochure:
    """Add the page's print edition, where it is wanted or still shows what the page says."""
    brochure, found = printing.add_paper(
        brochure,
        settings=build.settings,
        brand=build.brand,
        store_root=build.store_root,
        may_make=build.may_make,
        on_make=lambda _stage, why: build.watcher.said(f"{brochure.page.id}: drawing its PDF ({why})"),
    )
    findings += found
    return brochure


def _build_videos(
    build: Build, service: Service, findings: list[Finding]
) -> tuple[tuple[Finished, ...], tuple[PlannedStep, ...]]:
    """Build every recording of a service; tell what is missing where it may not be made."""
    videos: list[Finished] = []
    missing: list[PlannedStep] = []
    waiting = list(service.videos)
    while waiting:
        video = waiting.pop(0)
        try:
            film = build_video(build, service, video)
        except NotBuilt as stopped:
            missing += stopped.steps
        else:
            videos.append(film.finished)
            waiting[:0] = film.apart
    findings += [item for video in videos for item in video.findings]
    findings += gate_findings(videos, build.settings.gate)
    return tuple(videos), tuple(missing)


def publish(build: Build, built: tuple[BuiltService, ...]) -> Result:
    """Publish what was built; a service that failed or was left out keeps the page it has."""
    places = build.settings.places
    brochures = tuple(item.brochure for item in built if item.brochure is not None)
    site: Path | None = None
    if brochures:
        folders, _stray = find_services(places.services)
        site = publish_site(
            brochures,
            brand=build.brand,
            renders=build.settings.published,
            templates=places.templates,
            keep_previous=tuple(folder.id for folder in folders),
            noindex=build.settings.noindex,
            is_preview=build.settings.is_preview,
            address=build.settings.address,
        )
    return Result(tuple(_report(item, site, failed=item.failed) for item in built), build.findings, site)


def plan_catalogue(settings: Settings, only: tuple[str, ...] = ()) -> tuple[PlannedStep, ...]:
    """Say what a build would make and why; make nothing.

    What follows from a missing artifact is not known before it is made: it is listed as such.
    """
    build = open_build(settings, Silence(), may_make=lambda _stage: False)
    return tuple(step for folder in chosen(settings, only) for step in build_service(build, folder).missing)


def check_catalogue(settings: Settings, only: tuple[str, ...] = (), watcher: Watcher | None = None) -> Result:
    """Find everything that would stop or weaken a brochure, without rendering.

    Footage is probed; captions are checked where a build has made them.
    """
    build = open_build(settings, watcher or Silence(), may_make=lambda stage: stage == "probe")
    folder = settings.published / "site"
    site = folder if folder.is_dir() else None
    built = tuple(build_service(build, folder) for folder in chosen(settings, only))
    built = tuple(replace(item, findings=(*item.findings, *_not_built(item))) for item in built)
    reports = tuple(_report(item, site, failed=_has_errors(item.findings)) for item in built)
    return Result(reports, build.findings, site)


def read_folder(build: Build, folder: ServiceFolder, findings: list[Finding]) -> Service:
    """Wait until nobody is copying into a folder any more, then read it."""
    limits = build.settings.limits
    settled = limits.settle_s
    wait_until_settled(folder.path, settle_s=settled, label=folder.id, on_wait=build.watcher.said)

    def keep(path: Path, name: str) -> SourceFile:
        return keep_file(path, name, store_root=build.store_root, max_bytes=limits.footage_bytes)

    language = build.brand.language
    service, found = read_service(folder, settings=build.settings, keep=keep, language=language)
    findings += found
    return service


def _not_built(item: BuiltService) -> Iterator[Finding]:
    for video in dict.fromkeys(step.video for step in item.missing if step.video):
        message = f"`{video}` is not built as it is now, so its captions were not checked"
        yield Finding("NOT_BUILT", Level.INFO, message, f"{item.id}/{video}", hint="run `ebrochure build`")


def _report(item: BuiltService, site: Path | None, *, failed: bool) -> ServiceReport:
    return service_report(
        item.id, item.findings, failed=failed, brochure=item.brochure, videos=item.videos, site=site
    )


def _has_errors(findings: Iterable[Finding]) -> bool:
    return any(item.level is Level.ERROR for item in findings)


def _failed(service: str, error: EbrochureError) -> Finding:
    return Finding("FAILED", Level.ERROR, error.message, service, hint=error.hint)


def _broken(service: str, error: Exception) -> Finding:
    """Say that we, not the author, made a mistake."""
    message = f"ebrochure itself failed here: {type(error).__name__}: {error}"
    hint = "please report this; the other services are not affected"
    return Finding("INTERNAL", Level.ERROR, message, service, hint=hint)

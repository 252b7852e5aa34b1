"""What to make of the findings: the caption gate, and the report of each service. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebrochure.model.findings import Finding, Level
from ebrochure.model.manifest import Outcome, ServiceReport, VideoReport
from ebrochure.settings import Gate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ebrochure.finish import Finished
    from ebrochure.model.service import Service
    from ebrochure.publish.page import Brochure
    from ebrochure.settings import Settings

LINT = "CAPTION_"
"""How the codes of the caption rules begin."""


def gate_findings(videos: Iterable[Finished], gate: Gate) -> Iterator[Finding]:
    """Say which captions nobody has read; an error where the gate refuses them."""
    for video in videos:
        tracks = video.finished.tracks
        if any(item.track.provenance.is_draft for item in tracks):
            what = "are not published" if gate is Gate.REFUSE else "are published as not yet checked"
            yield Finding(
                "CAPTIONS_DRAFT",
                Level.ERROR if gate is Gate.REFUSE else Level.WARN,
                f"the captions of `{video.footage}` were made by a machine and {what}",
                video.footage,
                hint="put the approved words beside it as a script, or captions that a person has read",
            )


def address_findings(settings: Settings) -> tuple[Finding, ...]:
    """Say what is left out of a site whose address nobody has told."""
    if settings.address is not None or settings.is_preview:
        return ()
    message = (
        "there is no `address`, so the site has no feeds, no map for search engines and no link previews"
    )
    hint = "write where it will be into ebrochure.yaml: `address: https://brochures.example.org/`"
    return (Finding("NO_ADDRESS", Level.INFO, message, hint=hint),)


def feed_findings(service: Service, settings: Settings) -> Iterator[Finding]:
    """Say which service is missing from the feed of what is new."""
    if settings.address is not None and service.reviewed is None:
        message = "there is no `reviewed`, so the feed of what is new leaves this service out"
        hint = "add the day on which somebody last read the page: `reviewed: 2026-10-01`"
        yield Finding("NOT_IN_FEED", Level.INFO, message, f"{service.id}/brochure.md", hint=hint)


def stopped_by(findings: Iterable[Finding], gate: Gate) -> bool:
    """Tell whether a service may not be published.

    Captions that break a rule stop it only at a closed gate.
    """
    return any(
        item.level is Level.ERROR and (gate is Gate.REFUSE or not item.code.startswith(LINT))
        for item in findings
    )


def service_report(
    service: str,
    findings: Iterable[Finding],
    *,
    failed: bool,
    brochure: Brochure | None = None,
    videos: tuple[Finished, ...] = (),
    site: Path | None = None,
) -> ServiceReport:
    """Return what came of one service, the gravest findings first, each once."""
    order = tuple(Level)
    placed = (_under(service, item) for item in findings)
    found = tuple(sorted(dict.fromkeys(placed), key=lambda item: order.index(item.level)))
    troubled = any(item.level is not Level.INFO for item in found)
    status = Outcome.FAILED if failed else Outcome.WARNED if troubled else Outcome.OK
    folder = None if site is None or brochure is None else site / service
    reports = tuple(_video_report(item, brochure, folder) for item in videos)
    return ServiceReport(service, status, found, reports)


def _under(service: str, finding: Finding) -> Finding:
    """Return `finding` with its place as seen from the services folder; its finder may know only the file."""
    if finding.file is None or f"{finding.file}/".startswith(f"{service}/"):
        return finding
    return replace(finding, file=f"{service}/{finding.file}")


def _video_report(video: Finished, brochure: Brochure | None, folder: Path | None) -> VideoReport:
    rendition, figures = video.finished.rendition, video.figures
    shown = {} if brochure is None else {item.id: item for item in brochure.page.videos}
    page = shown.get(video.finished.source.id)
    track = None if page is None else next((item for item in page.tracks if item.is_default), None)
    return VideoReport(
        source=video.footage,
        page=None if folder is None else folder / "index.html",
        captions=None if folder is None or track is None else folder / track.href,
        rendition=rendition.path if folder is None or page is None else folder / page.href,
        engine=video.engine,
        origin=None if track is None else track.track.provenance.origin.value,
        duration_ms=rendition.duration_ms,
        integrated_lufs=None if rendition.loudness is None else rendition.loudness.integrated_lufs,
        true_peak_dbtp=None if rendition.loudness is None else rendition.loudness.true_peak_dbtp,
        lint_errors=sum(item.level is Level.ERROR and item.code.startswith(LINT) for item in video.findings),
        coverage=None if figures is None else figures.coverage,
    )

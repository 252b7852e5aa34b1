"""A dropped folder, read and checked: everything its author said, as a `Service`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.errors import MaterialError
from ebrochure.ingest.advice import advice
from ebrochure.ingest.brochure import MAX_BYTES, NOTHING_WRITTEN, Brochure, parse_brochure
from ebrochure.ingest.desk import Desk
from ebrochure.ingest.fields import BUILT_IN
from ebrochure.ingest.listing import list_service
from ebrochure.ingest.matching import BROCHURE, Material, match_files
from ebrochure.ingest.pictures import redraw
from ebrochure.ingest.portfolio import Portfolio, humanised
from ebrochure.ingest.schema import line_of
from ebrochure.model.findings import Finding, Level
from ebrochure.model.service import (
    Document,
    GlossaryTerm,
    Measure,
    Milestone,
    Notice,
    Person,
    Service,
    Support,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ebrochure.ingest.folders import ServiceFolder
    from ebrochure.model.service import SourceFile
    from ebrochure.settings import Settings

PHOTO_FIT = (640, 640)
_MAX_NAMED = 4


def read_service(
    folder: ServiceFolder,
    *,
    settings: Settings,
    keep: Callable[[Path, str], SourceFile],
    language: str = "en",
) -> tuple[Service, tuple[Finding, ...]]:
    """Read one service.

    Args:
        folder: Where it is.
        settings: Bounds of its files.
        keep: Takes a file in; given its path, and its name in the service's folder.
        language: Of a service that does not say: the brand's.

    Returns:
        The service, and what should be looked at or could be better.

    Raises:
        MaterialError: Everything there is to say about it, the errors that stop it among the rest.
    """
    if folder.problems:
        raise MaterialError(folder.problems)
    desk = Desk((), keep, settings.limits)
    service: Service | None = None
    with desk.going_on():
        service = _read(folder, desk, language)
    findings = desk.under(folder.id)
    if service is None or any(item.level is Level.ERROR for item in findings):
        raise MaterialError(tuple(sorted(findings, key=lambda item: list(Level).index(item.level))))
    return service, findings


def _read(folder: ServiceFolder, desk: Desk, language: str) -> Service:
    desk.files, left_out = list_service(folder.path)
    material, remarks = match_files(desk.files)
    desk.findings += (*left_out, *remarks)
    if not material.recordings and material.brochure is None:
        only = f", only {_named([item.name for item in desk.files])}" if desk.files else ""
        message = f"the folder holds neither a recording nor a `brochure.md`{only}"
        raise MaterialError.one("EMPTY_FOLDER", message, hint="put a video into it")
    brochure = _brochure(material, desk)
    service = _service(folder, desk, material, brochure, language)
    if not material.recordings:
        message = "there is no recording, so the page has no video"
        desk.say(
            "NO_FOOTAGE", Level.WARN, message, file=None, hint="put a video or sound file into the folder"
        )
    if all(item.level is not Level.ERROR for item in desk.findings):  # first what stops it, then what helps
        desk.findings += advice(service, has_brochure=material.brochure is not None)
        _name_unused(desk, material)
    return service


def _brochure(material: Material, desk: Desk) -> Brochure:
    """Read what is written; where it cannot be read, note why and go on to the other files."""
    if material.brochure is None:
        return NOTHING_WRITTEN
    with desk.going_on():
        source = desk.take(material.brochure, max_bytes=MAX_BYTES)
        brochure = parse_brochure(source.path.read_bytes(), file=material.brochure.name)
        desk.findings += brochure.findings
        return brochure
    return NOTHING_WRITTEN


def _service(
    folder: ServiceFolder, desk: Desk, material: Material, brochure: Brochure, language: str
) -> Service:
    facts = brochure.facts
    title = facts.title or brochure.heading or humanised(folder.id)
    language = facts.language or language
    _remark_on_facts(brochure, desk)
    return Service(
        id=folder.id,
        title=title,
        summary=facts.summary or brochure.lead,
        language=language,
        audience=facts.audience,
        status=facts.status,
        owner=facts.owner,
        reviewed=facts.reviewed,
        review_by=facts.review_by,
        liaison=_liaison(brochure, desk),
        support=None if facts.support is None else Support(facts.support.url, facts.support.phone),
        survey=None if facts.survey is None or facts.survey.casefold() == BUILT_IN else facts.survey,
        glossary=tuple(GlossaryTerm(term, meaning) for term, meaning in (facts.glossary or {}).items()),
        measures=tuple(Measure(item.label, item.value, item.unit, item.target) for item in facts.measures),
        milestones=tuple(Milestone(item.date, item.title, item.status) for item in facts.milestones),
        sections=brochure.sections,
        videos=Portfolio(desk, material, brochure).videos(title, language),
        documents=_documents(material, desk),
        notice=None
        if facts.notice is None
        else Notice(facts.notice.text, facts.notice.kind, facts.notice.until),
    )


def _remark_on_facts(brochure: Brochure, desk: Desk) -> None:
    facts = brochure.facts
    if facts.survey is not None and facts.survey.casefold() == BUILT_IN:
        message = "`survey: built-in` is recognised and not used yet"
        line = line_of(brochure.document, ("survey",))
        hint = "give the address of a survey of your own"
        desk.say("NOT_USED_YET", Level.INFO, message, file=BROCHURE, line=line, hint=hint)
    if facts.reviewed and facts.review_by and facts.review_by < facts.reviewed:
        message = f"`review_by` ({facts.review_by}) lies before `reviewed` ({facts.reviewed})"
        line = line_of(brochure.document, ("review_by",))
        desk.say("META_DATES", Level.WARN, message, file=BROCHURE, line=line, hint="check both dates")


def _liaison(brochure: Brochure, desk: Desk) -> Person | None:
    facts = brochure.facts.liaison
    if facts is None:
        return None
    photo = None
    if facts.photo is not None:
        line = line_of(brochure.document, ("liaison", "photo"))
        with desk.going_on():
            source = desk.take_document(desk.named(facts.photo, by="liaison.photo", line=line))
            photo, findings = redraw(source, limits=desk.limits, fit=PHOTO_FIT, keep=desk.keep)
            desk.findings += findings
    return Person(facts.name, facts.role, facts.email, photo)


def _documents(material: Material, desk: Desk) -> tuple[Document, ...]:
    documents = []
    for item in material.documents:
        with desk.going_on():
            documents.append(Document(humanised(item.base), desk.take_document(item)))
    return tuple(documents)


def _name_unused(desk: Desk, material: Material) -> None:
    """Say once which files nothing was made of."""
    unused = [item.name for item in material.rest if item.name not in desk.used]
    if not unused:
        return
    hint = "downloads belong into `documents/`, slides into `slides.pdf`; anything else can stay or go"
    desk.say("FILE_UNUSED", Level.INFO, f"not used: {_named(unused)}", file=unused[0], hint=hint)


def _named(names: list[str]) -> str:
    named = ", ".join(f"`{name}`" for name in names[:_MAX_NAMED])
    return named + (f" and {len(names) - _MAX_NAMED} more" if len(names) > _MAX_NAMED else "")

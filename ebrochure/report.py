"""What a build or a check has to say: one JSON object for scripts, plain lines for people."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from ebrochure.console import printable
from ebrochure.errors import MaterialError
from ebrochure.model.findings import Finding, Level
from ebrochure.model.manifest import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ebrochure.errors import EbrochureError
    from ebrochure.model.manifest import ServiceReport

_MARKS = {Outcome.OK: "ok", Outcome.WARNED: "look", Outcome.FAILED: "FAILED", Outcome.SKIPPED: "skipped"}


def to_json(
    services: Iterable[ServiceReport], *, findings: Iterable[Finding] = (), site: Path | None = None
) -> str:
    """Return the report as one JSON object; paths are absolute.

    The object has ``services``, each with ``id``, ``status``, ``findings`` and ``videos``; ``findings``
    about the workspace; and ``site``, the published folder, or null where nothing is published.
    """
    report = {
        "services": [dataclasses.asdict(item) for item in services],
        "findings": [dataclasses.asdict(item) for item in findings],
        "site": site,
    }
    return json.dumps(report, indent=2, ensure_ascii=False, default=_plain)


def to_text(services: Iterable[ServiceReport], findings: Iterable[Finding] = ()) -> str:
    """Return the report for people: a line a service, its findings below, gravest first."""
    lines = [line for finding in findings for line in _lines(finding)]
    for service in services:
        lines.append(f"{service.id}: {_MARKS[service.status]}")
        lines += [f"  {line}" for finding in service.findings for line in _lines(finding)]
    return printable("\n".join(lines))


def _lines(finding: Finding) -> Iterator[str]:
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    yield f"{finding.level.value}: {f'{place}: ' if place else ''}{finding.message}"
    if finding.hint:
        yield f"  next: {finding.hint}"


def findings_of(error: EbrochureError) -> tuple[Finding, ...]:
    """Return what an error that stopped everything has to say, for the report."""
    if isinstance(error, MaterialError):
        return error.findings
    return (Finding("FAILED", Level.ERROR, error.message, hint=error.hint),)


def exit_code(services: tuple[ServiceReport, ...], *, published: bool) -> int:
    """Return 0 when all is well, 1 when some services failed, 2 when nothing was published."""
    if not published:
        return 2
    return 1 if any(item.status is Outcome.FAILED for item in services) else 0


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    msg = f"{type(value).__name__} has no place in a report"
    raise TypeError(msg)

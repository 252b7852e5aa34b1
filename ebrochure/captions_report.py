"""What `ebrochure captions …` has to say: plain lines for people, objects for programs. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ebrochure import report
from ebrochure.caption.report import figures_text
from ebrochure.console import printable
from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ebrochure.captionfile import CaptionsRead
    from ebrochure.captioning import Looked, Made, Retimed


@dataclass(frozen=True, slots=True)
class Checked:
    """One caption file after `check`."""

    name: str
    findings: tuple[Finding, ...]
    captions: CaptionsRead | None = None
    """None: it could not be read."""
    looked: Looked | None = None

    @property
    def is_unreadable(self) -> bool:
        """Tell whether there was nothing to check."""
        return self.captions is None

    def count(self, level: Level) -> int:
        """Return how many findings of a level there are."""
        return sum(item.level is level for item in self.findings)


def checked_json(files: Iterable[Checked]) -> str:
    """Return the report of `check` as one JSON object, ``{"files": […], "findings": []}``."""
    return to_json({"files": [_checked_object(item) for item in files], "findings": []})


def _checked_object(item: Checked) -> dict[str, Any]:
    captions, looked = item.captions, item.looked
    return {
        "file": item.name,
        "format": None if captions is None else captions.format.value,
        "language": None if captions is None else captions.language,
        "figures": None if looked is None else asdict(looked.figures),
        "errors": item.count(Level.ERROR),
        "warnings": item.count(Level.WARN),
        "findings": [asdict(found) for found in item.findings],
    }


def checked_text(files: Iterable[Checked]) -> str:
    """Return the report of `check` for people: a line of figures for each file, its findings below."""
    return printable("\n".join(line for item in files for line in _checked_lines(item)))


def _checked_lines(item: Checked) -> list[str]:
    said = "cannot be read" if item.looked is None else figures_text(item.looked.figures)
    errors, warnings = item.count(Level.ERROR), item.count(Level.WARN)
    found = f"; {errors} errors, {warnings} warnings" if errors or warnings else "; nothing to mend"
    return [f"{item.name}: {said}{found}", *(f"  {line}" for line in findings_text(item.findings))]


def made_object(made: Made) -> dict[str, Any]:
    """Return what there is to say about captions that were made, as plain data."""
    return {
        "language": made.track.language,
        "engine": made.transcript.engine,
        "origin": made.track.provenance.origin.value,
        "is_draft": made.track.provenance.is_draft,
        "script_match": made.transcript.script_match,
        "figures": asdict(made.figures),
    }


def retimed_object(moved: Retimed, lines: Sequence[int]) -> dict[str, Any]:
    """Return what there is to say about captions that were moved, as plain data.

    Args:
        moved: The captions.
        lines: Line of each cue's times in the file they come from.
    """
    return {
        "match": round(moved.match, 4),
        "sureness": round(moved.sureness, 4),
        "cues": [
            {
                "id": item.was.id,
                "line": line,
                "was_start_ms": item.was.time.start_ms,
                "start_ms": None if item.cue is None else item.cue.time.start_ms,
                "end_ms": None if item.cue is None else item.cue.time.end_ms,
                "heard": round(item.heard, 3) if item.words else None,
                "sureness": round(item.sureness, 3) if item.words else None,
            }
            for item, line in zip(moved.moved, lines, strict=True)
        ],
        "figures": asdict(moved.figures),
    }


def retimed_lines(moved: Retimed, name: str) -> tuple[str, ...]:
    """Say how many captions were moved to the file `name`, and how sure that is."""
    kept = sum(item.cue is not None for item in moved.moved)
    sure = f"sureness {moved.sureness:.2f}, {moved.match:.0%} of their words were heard"
    return (
        f"{kept} of {len(moved.moved)} captions moved ({sure})",
        figures_text(moved.figures),
        *lint_lines(moved.lint, name),
    )


def lint_lines(lint: Iterable[Finding], name: str) -> tuple[str, ...]:
    """Say how many faults `check` would list; nothing where there are none."""
    levels = [item.level for item in lint]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARN)
    if not errors and not warnings:
        return ()
    counts = f"{errors} errors and {warnings} warnings"
    return (f"the rules find {counts}: `ebrochure captions check {name}` lists them",)


def findings_text(findings: Iterable[Finding]) -> list[str]:
    """Return findings as lines, the gravest first, each once."""
    order = tuple(Level)
    found = sorted(dict.fromkeys(findings), key=lambda item: order.index(item.level))
    return report.to_text((), found).splitlines()


def to_json(value: object) -> str:
    """Return `value` as JSON to be read by people, too."""
    return json.dumps(value, indent=2, ensure_ascii=False)

"""What this machine has, what it lacks, and what to do about it."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

from ebrochure.errors import EbrochureError
from ebrochure.media.browser import chromium_path
from ebrochure.media.tools import ffmpeg_path
from ebrochure.model.findings import Finding, Level
from ebrochure.transcribe.choose import choose_engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ebrochure.settings import Settings

_LEAST_FREE_BYTES = 2_000_000_000
_PACKAGES = ("moviepy", "pydub", "openai-whisper", "jinja2", "ffmpeg-python", "prefect", "pocketsphinx", "av")


def examine(settings: Settings) -> tuple[Finding, ...]:
    """Look at everything a build needs; one finding a thing, well or not."""
    return (
        _python(),
        *_packages(),
        _ffmpeg(),
        _engine(settings),
        _office(),
        _browser(),
        _disk(settings.places.renders),
    )


def is_ill(findings: tuple[Finding, ...]) -> bool:
    """Tell whether something is missing without which nothing can be built."""
    return any(item.level is Level.ERROR for item in findings)


def to_text(findings: tuple[Finding, ...]) -> str:
    """Return the findings for people, a line each and the next step below it."""
    marks = {Level.ERROR: "MISSING", Level.WARN: "look", Level.INFO: "ok"}
    lines: list[str] = []
    for item in findings:
        lines.append(f"{marks[item.level]:<8}{item.message}")
        if item.hint:
            lines.append(f"        next: {item.hint}")
    return "\n".join(lines)


def to_json(findings: tuple[Finding, ...]) -> str:
    """Return the findings as one JSON object, ``{"findings": […]}``."""
    return json.dumps({"findings": [dataclasses.asdict(item) for item in findings]}, indent=2)


def _python() -> Finding:
    return Finding("DOCTOR_PYTHON", Level.INFO, f"Python {sys.version.split()[0]} at `{sys.executable}`")


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(
                "DOCTOR_PACKAGE",
                Level.ERROR,
                f"the Python package `{name}` is not installed",
                hint="install the project again: `pip install -c constraints.txt -e .`",
            )
        else:
            yield Finding("DOCTOR_PACKAGE", Level.INFO, f"{name} {version}")


def _ffmpeg() -> Finding:
    try:
        return Finding("DOCTOR_FFMPEG", Level.INFO, f"ffmpeg at `{ffmpeg_path()}`")
    except EbrochureError as error:
        return Finding("DOCTOR_FFMPEG", Level.ERROR, str(error.args[0]), hint=error.hint)


def _engine(settings: Settings) -> Finding:
    try:
        choice = choose_engine(settings.speech)
    except EbrochureError as error:
        return Finding("DOCTOR_ENGINE", Level.ERROR, str(error.args[0]), hint=error.hint)
    if choice.findings:
        return dataclasses.replace(choice.findings[0], level=Level.WARN)
    cost = f" ({choice.cost})" if choice.cost else ""
    return Finding("DOCTOR_ENGINE", Level.INFO, f"speech is recognised by `{choice.name}`{cost}")


def _office() -> Finding:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Finding("DOCTOR_OFFICE", Level.INFO, f"LibreOffice at `{found}` draws PowerPoint slides")
    return Finding(
        "DOCTOR_OFFICE",
        Level.WARN,
        "LibreOffice is not installed, so PowerPoint slides cannot be drawn",
        hint="install it (`apt install libreoffice-impress`), or export slides as PDF",
    )


def _browser() -> Finding:
    try:
        message = f"Chromium at `{chromium_path()}` draws pages as PDF where `build --pdf` asks for it"
        return Finding("DOCTOR_BROWSER", Level.INFO, message)
    except EbrochureError as error:
        return Finding("DOCTOR_BROWSER", Level.INFO, str(error.args[0]), hint=error.hint)


def _disk(renders: Path) -> Finding:
    place = next(folder for folder in (renders, *renders.parents) if folder.is_dir())
    if not os.access(place, os.W_OK):
        return Finding(
            "DOCTOR_DISK", Level.ERROR, f"`{place}` cannot be written to", hint="mend the folder's rights"
        )
    free = shutil.disk_usage(place).free
    message = f"{free / 1e9:.1f} GB free at `{place}`"
    if free < _LEAST_FREE_BYTES:
        return Finding(
            "DOCTOR_DISK", Level.WARN, message, hint="free some space: a rendered hour takes about 2 GB"
        )
    return Finding("DOCTOR_DISK", Level.INFO, message)

"""What would make a brochure better: a few sentences, never a flood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebrochure.model.findings import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebrochure.model.service import Service

SECTIONS = ("Goals", "What you get", "Policies", "Plans", "Questions and answers")


def advice(service: Service, *, has_brochure: bool) -> tuple[Finding, ...]:
    """Say what is missing from a service that would help its readers most."""
    about = tuple(_about_words(service)) if has_brochure else (_no_brochure(),)
    return (*about, *_about_scripts(service))


def _better(code: str, message: str, file: str | None, hint: str) -> Finding:
    return Finding(code, Level.INFO, message, file, None, hint)


def _no_brochure() -> Finding:
    message = "there is no `brochure.md`, so the page has a title and nothing to read"
    hint = "add one with a summary, a liaison and sections such as `## Goals` and `## What you get`"
    return _better("BETTER_BROCHURE", message, None, hint)


def _about_words(service: Service) -> Iterator[Finding]:
    if service.summary is None:
        message = "there is no `summary`: one sentence that says what the service is for"
        yield _better("BETTER_SUMMARY", message, "brochure.md", "add `summary: …` at the top")
    if service.liaison is None:
        message = "there is no `liaison`: readers do not learn whom to ask"
        yield _better("BETTER_LIAISON", message, "brochure.md", "add `liaison: {name: …, role: …, email: …}`")
    there = {section.heading.casefold() for section in service.sections}
    missing = [f"`## {name}`" for name in SECTIONS if name.casefold() not in there]
    if len(missing) > 1 and service.language.startswith("en"):
        message = f"readers look for these sections, too: {', '.join(missing)}"
        yield _better("BETTER_SECTIONS", message, "brochure.md", "a sentence or two in each is enough")


def _about_scripts(service: Service) -> Iterator[Finding]:
    bare = [
        video
        for video in service.videos
        if video.script is None and service.language not in {item.language for item in video.captions}
    ]
    if bare:
        first = bare[0].name
        message = f"`{first}` has no script, so its captions are what a machine heard"
        if len(bare) > 1:
            message = (
                f"`{first}` and {len(bare) - 1} more have no script: their captions are what a machine heard"
            )
        stem = first.rpartition(".")[0] or first
        hint = f"put the words that are spoken into `{stem}.script.md`"
        yield _better("BETTER_SCRIPT", message, first, hint)

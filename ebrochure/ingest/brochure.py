"""`brochure.md`: facts and words of one service."""

from __future__ import annotations

from dataclasses import dataclass

from ebrochure.errors import MaterialError
from ebrochure.ingest.facts import Facts
from ebrochure.ingest.fields import shown
from ebrochure.ingest.frontmatter import Heading, split_front_matter, split_headings
from ebrochure.ingest.schema import validate
from ebrochure.ingest.text import clean, decode
from ebrochure.ingest.yaml import Mapping, read_yaml
from ebrochure.model.findings import Finding, Level
from ebrochure.model.service import Section

MAX_BYTES = 512_000
MAX_SECTIONS = 40
_MAX_TITLE = 120
_MAX_SUMMARY = 400
_MARKS = ("#", "-", "*", "+", ">", "|", "```", "![", "<", "1.")


@dataclass(frozen=True, slots=True)
class Brochure:
    """What `brochure.md` says."""

    facts: Facts
    document: Mapping
    """The facts as they were typed, for the lines of later findings."""
    heading: str | None
    """The `#` heading."""
    lead: str | None
    """A short plain paragraph before the first heading: the summary where the facts give none."""
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]


NOTHING_WRITTEN = Brochure(Facts(), Mapping((), 1), None, None, (), ())


def parse_brochure(data: bytes, *, file: str) -> Brochure:
    """Read the content of a `brochure.md`.

    Raises:
        MaterialError: Everything that is wrong with it, as far as it could be read.
    """
    text, findings = clean(decode(data, file=file), file=file)
    parts = split_front_matter(text, file=file)
    document, remarks = read_yaml(parts.facts, file=file, first_line=parts.facts_line)
    remarks = (*findings, *remarks)
    facts = validate(Facts, document, file=file, error=MaterialError, remarks=remarks)
    headings = split_headings(parts.body, parts.body_line)
    title, rest = _title(headings, file)
    lead, rest = _lead(rest, wanted=facts.summary is None)
    sections, empty = _sections(rest, file)
    return Brochure(facts, document, title, lead, sections, (*remarks, *empty))


def _title(headings: tuple[Heading, ...], file: str) -> tuple[str | None, tuple[Heading, ...]]:
    """Take the first `#` heading for the title; what stands below it stays."""
    at = next((number for number, heading in enumerate(headings) if heading.level == 1), None)
    if at is None:
        return None, headings
    heading = headings[at]
    if len(heading.text) > _MAX_TITLE:
        message = f"the heading has {len(heading.text)} characters; at most {_MAX_TITLE} fit"
        raise MaterialError.one("META_TOO_LONG", message, file=file, line=heading.line, hint="say it shorter")
    below = Heading(0, "", heading.markdown, heading.line)
    rest = (*headings[:at], *((below,) if below.markdown else ()), *headings[at + 1 :])
    return heading.text or None, rest


def _lead(headings: tuple[Heading, ...], *, wanted: bool) -> tuple[str | None, tuple[Heading, ...]]:
    """Take a short plain paragraph before the first section for the summary, if one is wanted."""
    first = headings[0] if headings else None
    if not wanted or first is None or first.level != 0:
        return None, headings
    words = " ".join(first.markdown.split())
    is_plain = "\n\n" not in first.markdown and not first.markdown.startswith(_MARKS)
    if not is_plain or len(words) > _MAX_SUMMARY or "](" in words or "**" in words:
        return None, headings
    return words, headings[1:]


def _sections(headings: tuple[Heading, ...], file: str) -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    if len(headings) > MAX_SECTIONS:
        message = f"there are {len(headings)} sections; at most {MAX_SECTIONS} are taken"
        line = headings[MAX_SECTIONS].line
        raise MaterialError.one(
            "META_TOO_MANY", message, file=file, line=line, hint="use `###` inside a section"
        )
    sections = tuple(Section(item.text or "Overview", item.markdown) for item in headings if item.markdown)
    empty = tuple(
        Finding(
            "EMPTY_SECTION",
            Level.WARN,
            f"the section {shown(item.text)} has no words, so it is left out",
            file,
            item.line,
            "write a sentence below the heading, or take the heading out",
        )
        for item in headings
        if not item.markdown
    )
    return sections, empty

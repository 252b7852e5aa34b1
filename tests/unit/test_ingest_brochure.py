"""`brochure.md`: facts typed, words split, everything wrong told at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import MaterialError
from ebrochure.ingest.brochure import Brochure, parse_brochure
from ebrochure.ingest.facts import NoticeFacts
from ebrochure.ingest.fields import is_language, path_problem
from ebrochure.model.service import NoticeKind, Section, ServiceStatus
from ebrochure.model.storyboard import Storyboard

if TYPE_CHECKING:
    from ebrochure.model.findings import Finding

EXAMPLE = """\
---
title: Remote access
summary: Work safely from anywhere, on any device we manage.
language: en
audience: All employees
status: live                 # planned | live | retiring
owner: Network Services
reviewed: 2026-10-01
review_by: 2027-10-01
liaison: {name: Priya Shah, role: Business liaison, email: priya.shah@example.org, photo: priya.jpg}
support: {url: https://help.example.org/vpn, phone: "1234"}
survey: https://forms.example.org/vpn        # or: built-in
glossary: {VPN: A private road through the public internet.}
measures: [{label: Sign-ins that worked first time, value: 99.20, unit: "%", target: 99}]
milestones: [{date: 2027-03, title: Passkeys replace passwords, status: planned}]
videos:
  - file: explainer.mp4
    title: Remote access in two minutes
    speaker: {name: Priya Shah, role: Business liaison}
    slides: slides.pptx
    storyboard: presenter    # presenter | slides | side-by-side | audiogram | none
    cut: {head: auto, tail: off, pauses: 2.0}
    clean: on
---
## Goals

Work anywhere.

## Questions and answers

### Is it safe?

Yes.
"""


def parse(text: str) -> Brochure:
    return parse_brochure(text.encode(), file="brochure.md")


def with_facts(facts: str) -> str:
    return f"---\n{facts}\n---\n"


def refusals(text: str) -> tuple[Finding, ...]:
    with pytest.raises(MaterialError) as caught:
        parse(text)
    return caught.value.findings


def test_every_key_of_the_documented_example_is_understood() -> None:
    brochure = parse(EXAMPLE)
    facts = brochure.facts
    assert brochure.findings == ()
    assert facts.status is ServiceStatus.LIVE
    assert facts.reviewed == dt.date(2026, 10, 1)
    assert facts.liaison is not None
    assert facts.liaison.email == "priya.shah@example.org"
    assert facts.support is not None
    assert facts.support.phone == "1234"
    assert facts.glossary == {"VPN": "A private road through the public internet."}
    assert facts.milestones[0].date == "2027-03"
    video = facts.videos[0]
    assert video.storyboard is Storyboard.PRESENTER
    assert (video.cut.head, video.cut.tail, video.cut.pauses) == (True, False, 2.0)
    assert video.clean
    assert brochure.sections == (
        Section("Goals", "Work anywhere."),
        Section("Questions and answers", "### Is it safe?\n\nYes."),
    )


def test_a_notice_is_a_text_alone_or_says_what_it_is_about_and_until_when() -> None:
    assert parse(with_facts("notice: Sign-in is slow")).facts.notice == NoticeFacts(text="Sign-in is slow")
    notice = parse(with_facts("notice: {text: Down, kind: Outage, until: 2026-12-01}")).facts.notice
    assert notice is not None
    assert (notice.text, notice.kind, notice.until) == ("Down", NoticeKind.OUTAGE, dt.date(2026, 12, 1))


def test_a_figure_keeps_the_noughts_it_was_typed_with() -> None:
    assert parse(EXAMPLE).facts.measures[0].value == "99.20"


def test_all_mistakes_are_told_in_one_report_in_the_order_of_their_lines() -> None:
    findings = refusals(
        with_facts("title: [a]\nsumary: x\nstatus: retired\nreviewed: 01/10/2026\nvideos: x.mp4")
    )
    assert [(item.line, item.code) for item in findings] == [
        (2, "META_TYPE"),
        (3, "META_UNKNOWN"),
        (4, "META_TYPE"),
        (5, "META_TYPE"),
        (6, "META_TYPE"),
    ]


@pytest.mark.parametrize(
    ("facts", "line", "hint"),
    [
        ("sumary: x", 2, "`summary`"),
        ("author: x", 2, "`owner`"),
        ("lang: en", 2, "`language`"),
        ("liaison:\n  name: x\n  mail: y@example.org", 4, "`email`"),
        ("videos:\n  - file: a.mp4\n    storybord: none", 4, "`storyboard`"),
        ("qqqq: x", 2, "title, summary"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_name(facts: str, line: int, hint: str) -> None:
    (finding,) = refusals(with_facts(facts))
    assert (finding.code, finding.line) == ("META_UNKNOWN", line)
    assert hint in str(finding.hint)


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        ("title: " + "x" * 121, "META_TOO_LONG", "at most 120"),
        ("title: " + "9" * 20_000, "META_TOO_LONG", "at most 120"),
        ("summary: " + "x" * 401, "META_TOO_LONG", "at most 400"),
        ("language: english", "META_TYPE", "`en`"),
        ("language: zz", "META_TYPE", "language code"),
        ("status: live now", "META_TYPE", "`planned`, `live`, `retiring`"),
        ("reviewed: 2026-02-30", "META_TYPE", "2026-10-01"),
        ("survey: http://forms.example.org", "META_TYPE", "https://"),
        ("support: {url: 'javascript:alert(1)'}", "META_TYPE", "https://"),
        ("support: {url: 'https://user:pw@example.org/'}", "META_TYPE", "https://"),
        ("notice: {text: Slow, kind: outrage}", "META_TYPE", "`outage`, `maintenance`"),
        ("notice: {text: Slow, until: Sunday}", "META_TYPE", "2026-10-01"),
        ("notice: {kind: outage}", "META_MISSING", "notice.text"),
        ("liaison: {name: A, email: a at example.org}", "META_TYPE", "e-mail"),
        ("measures: [{label: a, value: .nan}]", "META_TYPE", "figure"),
        ("milestones: [{date: next spring, title: a}]", "META_TYPE", "2027-03"),
        ("liaison: {role: x}", "META_MISSING", "liaison.name"),
        ('title: " "', "META_EMPTY", "no text"),
        ("videos: [" + ", ".join("{file: a.mp4}" for _ in range(21)) + "]", "META_TOO_MANY", "at most 20"),
        ("videos: [{file: a.mp4, cut: {pauses: .inf}}]", "META_TYPE", "number"),
    ],
)
def test_a_value_out_of_bounds_says_what_was_expected(facts: str, code: str, words: str) -> None:
    (finding,) = refusals(with_facts(facts))
    assert finding.code == code
    assert words in f"{finding.message} {finding.hint}"
    assert finding.line == 2


@pytest.mark.parametrize("title", ["x" * 120, "<script>alert(1)</script>", "{{7*7}}", "&amp; twice"])
def test_a_title_is_a_text_whatever_it_looks_like(title: str) -> None:
    assert parse(with_facts(f"title: '{title}'")).facts.title == title


def test_a_name_alone_is_a_person() -> None:
    liaison = parse(with_facts("liaison: Priya Shah")).facts.liaison
    assert liaison is not None
    assert liaison.name == "Priya Shah"


def test_a_recording_that_nothing_is_said_about_is_its_file_name() -> None:
    facts = parse(with_facts("videos:\n  - intro.mp4\n  - {file: tour.mp4, title: The tour}")).facts
    assert [video.file for video in facts.videos] == [("intro.mp4",), ("tour.mp4",)]


def test_footage_can_be_left_uncut() -> None:
    cut = parse(with_facts("videos: [{file: a.mp4, cut: none}]")).facts.videos[0].cut
    assert (cut.head, cut.tail, cut.pauses) == (False, False, None)


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/hostname", "../other/secret.mp4", "file:///etc/hostname", "http://127.0.0.1/x.mp4", ""),
        *(
            "vpn.mp4\n",
            "\\\\127.0.0.1\\share\\x.mp4",
            "a/../b.mp4",
            "./a.mp4",
            "C:x.mp4",
            "a/b/c.mp4",
            "a\u202eb",
        ),
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    assert path_problem(name) is not None


@pytest.mark.parametrize(
    "name", ["vpn.mp4", "footage/vpn.mp4", "Größe 1.mp4", "clip%d.mp4", "-y.mp4", "a..b.mp4"]
)
def test_an_odd_name_in_the_folder_is_only_a_name(name: str) -> None:
    assert path_problem(name) is None


def test_a_refused_path_is_told_with_its_line() -> None:
    (finding,) = refusals(with_facts("title: x\nvideos:\n  - file: ../x.mp4"))
    assert (finding.code, finding.line) == ("META_PATH", 4)


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("en", True),
        ("fr-CA", True),
        ("zh-Hant-TW", True),
        ("ar", True),
        ("final", False),
        ("e", False),
        ("xx", False),
    ],
)
def test_a_language_is_a_known_one(tag: str, *, known: bool) -> None:
    assert is_language(tag) is known


# The body.


def test_without_facts_the_heading_is_the_title() -> None:
    brochure = parse("# VPN\n\nJust prose.\n")
    assert brochure.heading == "VPN"
    assert brochure.lead == "Just prose."


def test_a_short_lead_is_the_summary_only_where_the_facts_give_none() -> None:
    brochure = parse("---\nsummary: Given.\n---\nSome words first.\n\n## Goals\nx\n")
    assert brochure.lead is None
    assert brochure.sections[0] == Section("Overview", "Some words first.")


def test_a_heading_inside_a_code_block_is_none() -> None:
    brochure = parse("## Goals\n\n```\n## not one\n```\n\nUnderlined\n----------\nwords\n")
    assert [section.heading for section in brochure.sections] == ["Goals", "Underlined"]


def test_a_headings_marks_are_not_part_of_its_words() -> None:
    assert parse("## What *you* `get`\nx\n").sections[0].heading == "What you get"


def test_a_section_without_words_is_left_out_and_told() -> None:
    brochure = parse("---\ntitle: x\n---\n## Goals\n\n## Plans\nMore.\n")
    (finding,) = brochure.findings
    assert (finding.code, finding.line) == ("EMPTY_SECTION", 4)
    assert [section.heading for section in brochure.sections] == ["Plans"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: x\n\n## Goals\n", "META_SYNTAX", 1),
        ("title: x\nowner: y\n---\nwords\n", "META_SYNTAX", 1),
        ("\u2014\ntitle: x\n\u2014\nwords\n", "META_SYNTAX", 1),
        ('{"id": "vpn", "title": "VPN"}', "META_SHAPE", 1),
        ("---\ntitle: x\n---\nid: two\n---\n", "META_SHAPE", 4),
        ("# " + "x" * 121 + "\n", "META_TOO_LONG", 1),
        ("---\ntitle: a\n---\n" + "## x\nwords\n" * 41, "META_TOO_MANY", 84),
    ],
)
def test_what_was_meant_as_facts_is_never_published_as_words(text: str, code: str, line: int) -> None:
    (finding,) = refusals(text)
    assert (finding.code, finding.line) == (code, line)


def test_a_line_of_dashes_between_paragraphs_is_only_a_line() -> None:
    brochure = parse("---\ntitle: x\n---\n## Goals\n\nOne.\n\n---\n\nTwo.\n")
    assert brochure.sections == (Section("Goals", "One.\n\n---\n\nTwo."),)


def test_lines_of_the_body_are_counted_from_the_top_of_the_file() -> None:
    brochure = parse("\n---\ntitle: x\n---\nlead\n\n## Empty\n")
    assert brochure.findings[0].line == 7

"""What an author changes is made again with what depends on it, and nothing else is."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from ebrochure.build import build_catalogue, plan_catalogue
from ebrochure.ingest.workspace import read_settings
from ebrochure.progress import Silence
from tests.fixtures.tiny_workspace import make_footage
from tests.fixtures.workspace import pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ebrochure.progress import Work

BROCHURE = """\
---
title: Remote access
liaison: {name: Priya Shah, role: Liaison, email: priya.shah@example.org}
videos:
  - {file: talk.mp4, title: Work anywhere, speaker: Priya Shah}
---
"""
BRAND = 'organisation: Example Water\npalette: {primary: "#0b5c5e", accent: "#f2a93b"}\nintro: {seconds: 1}\n'
CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:11.500\nWork from anywhere.\n"


class Listener(Silence):
    """Remembers what was made and why, in order."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []

    def began(self, work: Work) -> None:
        self.made.append((work.stage, work.why))


def made_by_building(root: Path) -> list[tuple[str, str]]:
    listener = Listener()
    build_catalogue(read_settings(root), (), listener)
    return listener.made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a talk, its captions and three slides, built once."""
    root = tmp_path_factory.mktemp("built")
    talk = root / "services/remote/talk.mp4"
    make_footage(talk, seconds=12)
    talk.with_name("talk.en.vtt").write_text(CAPTIONS, encoding="utf-8")
    talk.with_name("brochure.md").write_text(BROCHURE, encoding="utf-8")
    talk.with_name("slides.pdf").write_bytes(pdf_bytes(["One", "Two", "Three"]))
    (root / "brand").mkdir()
    (root / "brand/brand.yaml").write_text(BRAND, encoding="utf-8")
    settings = "limits: {settle_s: 0}\nengine: offline\ndelivery: {preset: ultrafast, max_height: 360}\n"
    (root / "ebrochure.yaml").write_text(settings, encoding="utf-8")
    made_by_building(root)
    return root


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the built workspace, which may be changed."""
    return shutil.copytree(built, tmp_path / "workspace", symlinks=True)


def replaced(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def one_word(root: Path) -> None:
    replaced(root / "services/remote/talk.en.vtt", "anywhere", "everywhere")


def intro_text(root: Path) -> None:
    replaced(root / "services/remote/brochure.md", "title: Work anywhere", "title: Work where you are")


def one_slide(root: Path) -> None:
    (root / "services/remote/slides.pdf").write_bytes(pdf_bytes(["One", "Two", "Four"]))


def accent(root: Path) -> None:
    replaced(root / "brand/brand.yaml", "#f2a93b", "#2a93bf")


DELIVERED = [(stage, "`rendition` changed") for stage in ("poster", "audio", "sprite")]
"""What follows from every finished video."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (one_word, []),
        (intro_text, [("card", "`card.title` changed"), ("render", "`card intro` changed"), *DELIVERED]),
        (
            one_slide,
            [
                ("slides", "`slides.pdf` changed"),
                ("screen", "`slide-003.png` changed"),
                ("pictures", "`slide-003.png` changed"),
                ("render", "`pictures` changed"),
                *DELIVERED,
            ],
        ),
        (
            accent,
            [
                ("card", "`card.look.accent` changed"),
                ("card", "`card.look.accent` changed"),
                ("pictures", "`pictures.look.accent` changed"),
                ("render", "`look.accent` changed"),
                *DELIVERED,
            ],
        ),
    ],
    ids=["one word of a caption", "the text of the intro", "one slide", "one colour of the palette"],
)
def test_only_what_depends_on_a_change_is_made_again(
    workspace: Path, change: Callable[[Path], None], expected: list[tuple[str, str]]
) -> None:
    before = made_by_building(workspace)
    change(workspace)
    planned = plan_catalogue(read_settings(workspace))
    made = made_by_building(workspace)

    assert before == []
    assert made == expected
    assert [(step.stage, step.why) for step in planned[:1]] == expected[:1]
    assert {stage for stage, _why in made} <= {step.stage for step in planned}
    assert made_by_building(workspace) == []


def test_slides_that_nobody_reads_out_are_described_and_stand_in_the_transcript(built: Path) -> None:
    site = built / "renders/site/remote"
    described = (site / "media/talk.en.descriptions.vtt").read_text(encoding="utf-8")
    assert re.findall(r"Slide .*", described) == ["Slide 1: One.", "Slide 2: Two.", "Slide 3: Three."]
    transcript = (site / "transcript.html").read_text(encoding="utf-8")
    assert transcript.index("<p>One</p>") < transcript.index("<p>Two</p>") < transcript.index("<p>Three</p>")
    assert "Work from anywhere." in transcript

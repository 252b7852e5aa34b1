"""A quick look: small, marked, apart from the site, and nothing is done twice for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ebrochure import cli
from ebrochure.build import build_catalogue
from ebrochure.ingest.workspace import read_settings
from ebrochure.media.probe import probe
from ebrochure.progress import Silence, Work
from ebrochure.settings import PREVIEW_LINES, LimitSettings, preview_of
from tests.fixtures.tiny_workspace import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

MARK = "<strong>Preview:</strong>"


class Listener(Silence):
    """Remembers which stages were made."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def began(self, work: Work) -> None:
        self.stages.append(work.stage)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that has been looked at quickly, and nothing else."""
    root = make_workspace(tmp_path_factory.mktemp("fast"))
    assert cli.main(["build", "--fast", "--workspace", str(root)]) == cli.OK
    return root


def test_preview_is_small_marked_and_no_site(workspace: Path) -> None:
    folder = workspace / "renders/preview/site"
    info, _ = probe(folder / "good/media/explainer.mp4", name="explainer.mp4", limits=LimitSettings())
    assert info.video is not None
    assert info.video.coded_height == PREVIEW_LINES
    for page in ("index.html", "good/index.html"):
        html = (folder / page).read_text(encoding="utf-8")
        assert MARK in html
        assert '<meta name="robots" content="noindex">' in html
        assert "<title>Preview: " in html
    assert not (workspace / "renders/site").exists()
    assert not list(folder.glob("good/media/*.m4a"))


def test_second_look_makes_nothing(workspace: Path) -> None:
    listener = Listener()
    build_catalogue(preview_of(read_settings(workspace)), (), listener)
    assert listener.stages == []


def test_full_build_after_a_look_probes_and_listens_to_nothing_again(workspace: Path) -> None:
    preview = (workspace / "renders/preview/site").resolve()
    listener = Listener()
    result = build_catalogue(read_settings(workspace), (), listener)
    assert "render" in listener.stages
    assert not {"probe", "speech", "transcript"} & set(listener.stages)
    assert result.site == workspace / "renders/site"
    assert MARK not in (workspace / "renders/site/good/index.html").read_text(encoding="utf-8")
    assert list((workspace / "renders/site").glob("good/media/explainer.m4a"))
    assert (workspace / "renders/preview/site").resolve() == preview


def test_preview_that_is_not_there_is_told_with_its_own_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["preview", "--fast", "--workspace", str(tmp_path)]) == cli.NOTHING_PUBLISHED
    assert "run `ebrochure build --fast` first" in capsys.readouterr().err

"""A build that is killed at any moment leaves the last good site, and a store that the next build trusts."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess  # noqa: TID251  the test kills a whole build from outside, as a power cut would
import sys
import time
from pathlib import Path

import pytest

from ebrochure.publish.release import MANIFEST, Release
from ebrochure.shipped import shipped
from ebrochure.store import digest_file
from tests.fixtures.tiny_workspace import make_workspace

KILLS = 30


def start(workspace: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ebrochure", "build", "--workspace", str(workspace)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill(build: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(build.pid, signal.SIGKILL)
    build.wait()


def published_title(workspace: Path) -> str:
    """Return the title of the site after checking that every file of the release is whole."""
    from pydantic import TypeAdapter

    site = (workspace / "renders/site").resolve()
    release: Release = TypeAdapter(Release).validate_json((site / MANIFEST).read_bytes())
    for name, file in release.files.items():
        assert digest_file(site / name) == file.digest, f"`{name}` is torn"
    page = (site / "good/index.html").read_text(encoding="utf-8")
    title = release.services["good"].title
    assert f"<h1>{title}</h1>" in page or f">{title}</h1>" in page
    return title


def shorten_cards(workspace: Path) -> None:
    """Give the workspace a brand whose cards are soon drawn."""
    shutil.copytree(shipped("assets/brand"), workspace / "brand")
    kit = workspace / "brand/brand.yaml"
    kit.write_text(
        re.sub(r"seconds: [\d.]+", "seconds: 0.4", kit.read_text(encoding="utf-8")), encoding="utf-8"
    )


def describe(workspace: Path, title: str, summary: str) -> None:
    text = f"---\ntitle: {title}\nsummary: {summary}\n---\n"
    (workspace / "services/good/brochure.md").write_text(text, encoding="utf-8")


def timed_build(workspace: Path) -> float:
    """Build to the end and return how long it took, in seconds."""
    began_s = time.monotonic()
    assert start(workspace).wait() == 0, "the next build must succeed"
    return time.monotonic() - began_s


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_build_killed_at_30_random_moments_leaves_the_old_site_or_the_new_one_whole(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, seconds=2)
    shorten_cards(workspace)
    describe(workspace, "Round 0", "Before.")
    timed_build(workspace)
    describe(workspace, "Round 0", "After.")
    page_s = timed_build(workspace)
    describe(workspace, "Round 00", "After.")
    video_s = timed_build(workspace)
    moments = random.Random(30)  # noqa: S311  moments, not secrets
    title = shown = "Round 00"
    for number in range(1, KILLS + 1):
        makes_video = number % 3 == 0  # new cards and a new render; else a new page alone
        title = f"Round {number}" if makes_video else title
        describe(workspace, title, f"Kill {number}.")
        build = start(workspace)
        with contextlib.suppress(subprocess.TimeoutExpired):
            build.wait(timeout=moments.uniform(0.1, 1.1) * (video_s if makes_video else page_s))
        kill(build)
        seen = published_title(workspace)
        assert seen in {shown, title}
        shown = seen
        if number % 5 == 0:
            timed_build(workspace)
            shown = published_title(workspace)
            assert shown == title
    debris = [
        path
        for path in (workspace / "renders").rglob(".*-*")
        if "making" in path.name or "stage" in path.name
    ]
    assert not debris

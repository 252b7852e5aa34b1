"""`kill -9` at random moments of publishing: readers see one whole release, and the next publishing works."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess  # noqa: TID251  it is killed on purpose, which the product's own door prevents
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ebrochure.publish.release import Current, Releases
from ebrochure.publish.site import publish_site
from ebrochure.store import digest_file
from tests.fixtures.pages import brand, empty_media, rich

pytestmark = pytest.mark.faults

KILLS = 50
REPOSITORY = Path(__file__).parents[2]
DRIVER = """\
import os, sys
from pathlib import Path
from tests.faults.test_publish_kill import publish_version
folder = Path(sys.argv[1])
publish_version(folder / "warm-up", 0)
for line in sys.stdin:
    version = int(line)
    child = os.fork()
    while child == 0:
        version += 1
        publish_version(folder, version)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""
"""Forks a publisher for each version it is told to start after, with imports and templates behind it."""


def publish_version(folder: Path, version: int) -> None:
    """Publish a site in which every page and every film says the same version."""
    media = empty_media(folder / f"media-{version}")
    media.video.write_text(f"film {version}", encoding="utf-8")
    first = rich(media)
    brochures = tuple(
        replace(
            first,
            page=replace(first.page, id=name, title=f"Version {version}"),
            entry=replace(first.entry, id=name, title=f"Version {version}", href=f"{name}/index.html"),
        )
        for name in ("alpha", "beta", "gamma")
    )
    publish_site(brochures, brand=brand(), renders=folder / "renders")


def version_of(folder: Path) -> int:
    """Return the version that a whole release says it is; fail where its parts disagree."""
    said = set()
    for name in ("alpha", "beta", "gamma"):
        html = (folder / name / "index.html").read_text(encoding="utf-8")
        said.add(int(html.partition("<h1>Version ")[2].partition("<")[0]))
        film = (folder / name / "media" / "explainer.mp4").read_text(encoding="utf-8")
        assert film == f"film {max(said)}"
    index = (folder / "index.html").read_text(encoding="utf-8")
    said |= {int(part.partition("<")[0]) for part in index.split(">Version ")[1:]}
    assert len(said) == 1
    return said.pop()


def assert_whole(current: Current) -> None:
    """Check every file of a release against its digest."""
    found = {
        path.relative_to(current.folder).as_posix(): digest_file(path)
        for path in current.folder.rglob("*")
        if path.is_file() and path.name != "release.json"
    }
    assert found == {href: file.digest for href, file in current.release.files.items()}


@contextlib.contextmanager
def reader(site: Path) -> Iterator[list[int]]:
    """Read the site over and over, as visitors do; yield the versions seen."""
    seen: list[int] = []
    torn: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.01):
            folder = site.resolve()  # a visitor's page and what it loads: one release
            try:
                seen.append(version_of(folder))
            except (OSError, AssertionError, ValueError) as error:
                # A release may go while it is read when two newer ones have come; the link never goes.
                if folder.exists() or folder.parent.name != "releases":
                    torn.append(repr(error))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()
    assert torn == []


@contextlib.contextmanager
def driver(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the process that forks publishers."""
    command = [sys.executable, "-c", DRIVER, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=REPOSITORY, text=True, **pipes) as process:
        yield process


def killed_publishing(process: subprocess.Popen[str], version: int, after_s: float) -> None:
    """Have new versions published one after the other, and kill it `after_s` seconds in."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{version}\n")
    process.stdin.flush()
    publisher = int(process.stdout.readline())
    time.sleep(after_s)
    os.kill(publisher, signal.SIGKILL)
    assert int(process.stdout.readline()) == signal.SIGKILL


def test_kill_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    chance = random.Random(20261001)  # noqa: S311  where to kill, no secret
    began_s = time.monotonic()
    publish_version(tmp_path, 1)
    longest_s = max(0.25, 3 * (time.monotonic() - began_s))  # a busy machine takes longer
    releases = Releases(tmp_path / "renders")
    version, moved = 1, 0
    with driver(tmp_path) as process, reader(releases.site) as seen:
        for _ in range(KILLS):
            killed_publishing(process, version, chance.uniform(0.0, longest_s))
            current = releases.current()
            assert current is not None
            assert_whole(current)
            after = version_of(current.folder)
            assert after >= version
            moved += after - version
            version = after
    publish_version(tmp_path, version + 1)

    assert version_of(releases.site.resolve()) == version + 1
    assert moved > 0  # some were killed after a switch, or nothing was put to the test
    assert len(set(seen)) > 1
    left = [path.name for path in (tmp_path / "renders" / "releases").iterdir()]
    assert len(left) == 2
    assert not [name for name in left if name.startswith(".")]
    assert sorted(path.name for path in (tmp_path / "renders").iterdir()) == ["releases", "site"]

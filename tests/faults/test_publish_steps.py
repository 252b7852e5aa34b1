"""Publishing stopped before each single thing it does to the disk, one after the other: nothing by chance."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ebrochure.publish.release import Releases
from ebrochure.publish.site import publish_site
from ebrochure.store import digest_file
from tests.fixtures.pages import brand, right_to_left

pytestmark = pytest.mark.faults

TOUCHES = ("open", "os.", "shutil.")


class Killed(BaseException):
    """What `kill -9` would be: nothing after it is done, no clearing up either."""


class _Saboteur:
    """Counts what is done below a folder and stops it all from the n-th time on."""

    def __init__(self) -> None:
        self.folder = ""
        self.left = 0

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if self.folder and event.startswith(TOUCHES) and any(self.folder in str(item) for item in args):
            self.left -= 1
            if self.left < 0:
                raise Killed


_saboteur = _Saboteur()
sys.addaudithook(_saboteur)  # cannot be taken off again, so it sleeps between the tests


@contextmanager
def killed_after(steps: int, folder: Path) -> Iterator[None]:
    """Stop everything that is done below `folder` after `steps` times."""
    _saboteur.folder, _saboteur.left = str(folder), steps
    try:
        yield
    finally:
        _saboteur.folder = ""


def publish(renders: Path, version: int) -> None:
    """Publish a site of one service that says its version."""
    brochure = right_to_left()
    titled = replace(brochure, page=replace(brochure.page, title=f"Version {version}"))
    publish_site((titled,), brand=brand(), renders=renders)


def published_version(renders: Path) -> int:
    """Return the version of the current release; fail where it is not whole."""
    current = Releases(renders).current()
    assert current is not None
    for href, file in current.release.files.items():
        assert digest_file(current.folder / href) == file.digest
    page = (current.folder / "remote-access-ar" / "index.html").read_text(encoding="utf-8")
    return int(page.partition("<h1>Version ")[2].partition("<")[0])


def test_stop_before_any_step_leaves_a_whole_site(tmp_path: Path) -> None:
    renders = tmp_path / "renders"
    publish(renders, 0)
    version = steps = switched = 0
    while True:
        try:
            with killed_after(steps, renders):
                publish(renders, version + 1)
        except Killed:
            after = published_version(renders)
            assert after in {version, version + 1}
            switched += after > version
            version, steps = after, steps + 1
        else:
            break
    assert published_version(renders) == version + 1
    assert steps > 40  # that many things were interrupted
    assert switched > 0  # some of them after the switch
    assert len(list((renders / "releases").iterdir())) == 2

"""Services that are built at once: in flight together, told in order, and never too many encoders."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ebrochure import build
from ebrochure.errors import Interrupted, MaterialError
from ebrochure.ingest.folders import ServiceFolder
from ebrochure.ingest.workspace import read_settings
from ebrochure.media import ffmpeg
from ebrochure.media.process import Completed
from ebrochure.progress import Silence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WAIT_S = 5.0
ENCODERS = 2


def built(
    root: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[str], None], *, ids: str, jobs: int
) -> list[str]:
    """Build services of one letter each, whose material `read` meets; return what was told of each."""

    def read_folder(_build: build.Build, folder: ServiceFolder, _findings: object) -> None:
        read(folder.id)
        raise MaterialError.one("MET", f"read {folder.id}", hint="none")

    monkeypatch.setattr(build, "read_folder", read_folder)
    (root / "services").mkdir()
    opened = build.open_build(replace(read_settings(root), jobs=jobs), Silence())
    folders = tuple(ServiceFolder(name, root / name) for name in ids)
    return [item.findings[0].message for item in build.build_services(opened, folders)]


def test_two_services_are_in_flight_and_told_in_order_whatever_ends_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2)
    second_is_done = threading.Event()

    def read(name: str) -> None:
        both.wait(WAIT_S)
        if name == "a":
            assert second_is_done.wait(WAIT_S)
        second_is_done.set()

    assert built(tmp_path, monkeypatch, read, ids="ab", jobs=2) == ["read a", "read b"]


def test_one_job_is_one_service_after_another_in_the_callers_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    built(tmp_path, monkeypatch, lambda _: threads.append(threading.current_thread()), ids="abc", jobs=1)
    assert threads == [threading.current_thread()] * 3


def test_a_service_that_breaks_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(name: str) -> None:
        if name == "a":
            raise RuntimeError("broken")

    broken, *others = built(tmp_path, monkeypatch, read, ids="abc", jobs=2)
    assert "broken" in broken
    assert others == ["read b", "read c"]


def test_an_interruption_ends_all_and_begins_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    both = threading.Barrier(2)

    def read(name: str) -> None:
        begun.append(name)
        both.wait(WAIT_S)
        raise Interrupted("stopped")

    with pytest.raises(Interrupted):
        built(tmp_path, monkeypatch, read, ids="abcdef", jobs=2)
    assert sorted(begun) == ["a", "b"]


def test_no_more_encoders_run_than_the_gate_lets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[object] = []
    most: list[int] = []

    def run(*_: object, **__: object) -> Completed:
        token = object()
        running.append(token)
        most.append(len(running))
        time.sleep(0.02)
        running.remove(token)
        return Completed(b"", "")

    monkeypatch.setattr(ffmpeg, "run", run)
    monkeypatch.setattr(ffmpeg, "_encoding", threading.BoundedSemaphore(ENCODERS))
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: ffmpeg.run_ffmpeg(()), range(12)))
    assert max(most) == ENCODERS
    assert len(most) == 12

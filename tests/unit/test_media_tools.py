"""Which ffmpeg is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ebrochure.errors import MissingToolError
from ebrochure.media.process import started
from ebrochure.media.tools import ffmpeg_path, ffmpeg_version


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    for cached in (ffmpeg_path, ffmpeg_version):
        cached.cache_clear()
    yield
    for cached in (ffmpeg_path, ffmpeg_version):
        cached.cache_clear()


def program(path: Path, content: bytes = b"#!/bin/sh\n") -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o755)
    return path


def test_the_variable_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = program(tmp_path / "mine")
    program(tmp_path / "bin" / "ffmpeg")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("EBROCHURE_FFMPEG", str(mine))

    assert ffmpeg_path() == mine


def test_the_path_comes_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EBROCHURE_FFMPEG", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    on_path = program(tmp_path / "bin" / "ffmpeg")

    assert ffmpeg_path() == on_path


def test_the_wheel_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EBROCHURE_FFMPEG", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert ffmpeg_path().name.startswith("ffmpeg-")


@pytest.mark.parametrize("name", ["absent", "."])
def test_a_variable_that_names_no_program_is_an_error_and_not_passed_over(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EBROCHURE_FFMPEG", str(tmp_path / name))

    with pytest.raises(MissingToolError, match="EBROCHURE_FFMPEG") as caught:
        ffmpeg_path()
    assert caught.value.hint


def test_another_build_has_another_version_and_a_copy_has_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = []
    for name, content in (("a", b"one"), ("b", b"one"), ("c", b"two")):
        monkeypatch.setenv("EBROCHURE_FFMPEG", str(program(tmp_path / name, content)))
        ffmpeg_path.cache_clear()
        ffmpeg_version.cache_clear()
        versions.append(ffmpeg_version())

    assert versions[0] == versions[1] != versions[2]


def test_the_version_costs_no_process() -> None:
    before = started()
    ffmpeg_version()

    assert started() == before

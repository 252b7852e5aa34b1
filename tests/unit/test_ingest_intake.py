"""Taking files in: our own copy, whole or not at all, and only of files."""

from __future__ import annotations

import hashlib
import os
import threading
from typing import TYPE_CHECKING

import pytest

from ebrochure.errors import MaterialError, StoreError
from ebrochure.ingest import intake
from ebrochure.ingest.intake import keep_file

if TYPE_CHECKING:
    from pathlib import Path


def keep(path: Path, root: Path, *, name: str | None = None, max_bytes: int = 1000) -> str:
    return keep_file(path, name or path.name, store_root=root / "store", max_bytes=max_bytes).digest


def refusal(path: Path, root: Path, *, name: str | None = None, max_bytes: int = 1000) -> str:
    with pytest.raises(MaterialError) as caught:
        keep(path, root, name=name, max_bytes=max_bytes)
    return caught.value.findings[0].code


def test_a_copy_is_named_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"words")
    source = keep_file(path, "a.mp4", store_root=tmp_path / "store", max_bytes=100)
    assert source.digest == hashlib.blake2b(b"words", digest_size=32).hexdigest()
    assert source.path == tmp_path / "store" / "sources" / source.digest
    assert source.path.read_bytes() == b"words"
    assert source.size_bytes == 5


def test_a_second_intake_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"words")
    keep(path, tmp_path)
    before = [(item.name, item.stat().st_mtime_ns) for item in (tmp_path / "store" / "sources").iterdir()]
    (tmp_path / "store" / "sources").chmod(0o500)
    try:
        keep(path, tmp_path)
    finally:
        (tmp_path / "store" / "sources").chmod(0o700)
    assert before == [
        (item.name, item.stat().st_mtime_ns) for item in (tmp_path / "store" / "sources").iterdir()
    ]


def test_another_file_of_the_same_size_gets_its_own_copy(tmp_path: Path) -> None:
    for name, content in (("a", b"one"), ("b", b"two")):
        (tmp_path / name).write_bytes(content)
        keep(tmp_path / name, tmp_path)
    assert sorted(item.read_bytes() for item in (tmp_path / "store" / "sources").iterdir()) == [
        b"one",
        b"two",
    ]


def test_a_copy_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"words")
    copy = tmp_path / "store" / "sources" / keep(path, tmp_path)
    copy.chmod(0o600)
    copy.write_bytes(b"wo")
    keep(path, tmp_path)
    assert copy.read_bytes() == b"words"


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "a.mp4").symlink_to(tmp_path / "secret")
    assert refusal(tmp_path / "a.mp4", tmp_path) == "FILE_LINK"


def test_a_link_on_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.mp4").write_bytes(b"x")
    (tmp_path / "vpn").mkdir()
    (tmp_path / "vpn" / "footage").symlink_to(tmp_path / "outside")
    path = tmp_path / "vpn" / "footage" / "a.mp4"
    assert refusal(path, tmp_path, name="footage/a.mp4") == "FILE_LINK"


def test_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    assert refusal(tmp_path / "a.mp4", tmp_path) == "FILE_KIND"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").mkdir()
    assert refusal(tmp_path / "a.mp4", tmp_path) == "FILE_KIND"


def test_an_empty_a_large_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"x" * 11)
    assert refusal(tmp_path / "empty", tmp_path) == "EMPTY_FILE"
    assert refusal(tmp_path / "large", tmp_path, max_bytes=10) == "FILE_TOO_LARGE"
    assert refusal(tmp_path / "missing", tmp_path) == "FILE_MISSING"


def test_nothing_is_left_of_a_refused_file(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 11)
    refusal(tmp_path / "large", tmp_path, max_bytes=10)
    assert not (tmp_path / "store").exists()


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x" * 100)
    read = os.read

    def read_and_append(descriptor: int, count: int) -> bytes:
        with path.open("ab") as file:
            file.write(b"y")
        return read(descriptor, count)

    monkeypatch.setattr(intake.os, "read", read_and_append)
    assert refusal(path, tmp_path) == "FILE_CHANGED"


def test_a_swapped_path_does_not_change_what_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"honest")
    (tmp_path / "evil").write_bytes(b"stolen")
    opened = intake._walk

    def swap(folder: Path, parts: list[str]) -> int:
        descriptor = opened(folder, parts)
        (tmp_path / "evil").replace(path)
        return descriptor

    monkeypatch.setattr(intake, "_walk", swap)
    source = keep_file(path, "a.mp4", store_root=tmp_path / "store", max_bytes=100)
    assert source.path.read_bytes() == b"honest"


def test_two_builds_that_take_the_same_file_end_with_one_whole_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(os.urandom(300_000))
    threads = [
        threading.Thread(target=keep, args=(path, tmp_path), kwargs={"max_bytes": 1_000_000})
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (copy,) = (tmp_path / "store" / "sources").iterdir()
    assert copy.read_bytes() == path.read_bytes()


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "store").write_bytes(b"a file where a folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        keep(tmp_path / "a", tmp_path)

"""The drop folder: which services there are, and when they have been copied in whole."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.errors import MaterialError, SettingsError
from ebrochure.ingest.folders import MAX_ID, find_services, id_problem, slug
from ebrochure.ingest.listing import list_service, natural
from ebrochure.ingest.settle import Clock, wait_until_settled
from tests.fixtures.workspace import make_folder, make_old

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("name", ["vpn", "remote-access", "7z", "a1-b2-c3", "x" * MAX_ID])
def test_a_plain_name_is_an_id(name: str) -> None:
    assert id_problem(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "a",
            "x" * (MAX_ID + 1),
            "VPN",
            "Remote Access",
            "-a",
            "a-",
            "a--b",
            "a_b",
            "web.config",
            "index.html",
        ),
        *(
            "v\u0440n",
            "con",
            "nul",
            "com1",
            "lpt9",
            "index",
            "static",
            "assets",
            "feed",
            ".",
            "a\\b",
            "",
            "vpn\n",
        ),
    ],
)
def test_a_name_that_cannot_be_an_address_is_none(name: str) -> None:
    assert id_problem(name) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Remote Access", "remote-access"),
        ("Größe & Co", "grosse-co"),
        ("con", "con-service"),
        ("日本", "service"),
    ],
)
def test_a_suggestion_reads_like_the_name(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=200))
def test_a_suggestion_is_always_an_id(text: str) -> None:
    assert id_problem(slug(text)) is None


def test_services_are_found_in_natural_order_and_traces_are_not(tmp_path: Path) -> None:
    for name in ("service-10", "service-2", ".git", "~$lock", "__MACOSX"):
        (tmp_path / name).mkdir()
    folders, stray = find_services(tmp_path)
    assert [folder.id for folder in folders] == ["service-2", "service-10"]
    assert stray == ()


def test_a_folder_with_a_bad_name_is_reported_with_a_better_one(tmp_path: Path) -> None:
    (tmp_path / "Remote Access").mkdir()
    ((folder,), _) = find_services(tmp_path)
    (problem,) = folder.problems
    assert problem.code == "META_ID"
    assert "`remote-access`" in str(problem.hint)


def test_two_names_that_differ_by_capitals_are_told_and_the_small_one_stays(tmp_path: Path) -> None:
    (tmp_path / "vpn").mkdir()
    (tmp_path / "VPN").mkdir()
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this disk does not tell capitals apart")
    found = {folder.path.name: folder for folder in find_services(tmp_path)[0]}
    assert found["vpn"].problems == ()
    assert found["VPN"].problems[0].code == "DUPLICATE_ID"


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    services = tmp_path / "services"
    services.mkdir()
    (services / "vpn").symlink_to(outside)
    folders, (finding,) = find_services(services)
    assert folders == ()
    assert finding.code == "FILE_LINK"


def test_a_file_beside_the_services_is_told(tmp_path: Path) -> None:
    make_folder(tmp_path, {"vpn.mp4": b"x", "README.md": "about"})
    _, (finding,) = find_services(tmp_path)
    assert finding.code == "FILE_OUTSIDE"
    assert finding.file == "vpn.mp4"


def test_a_missing_drop_folder_is_a_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        find_services(tmp_path / "nowhere")


@pytest.mark.alone
def test_five_hundred_services_are_found_in_no_time(tmp_path: Path) -> None:
    for number in range(500):
        (tmp_path / f"service-{number}").mkdir()
    began_s = time.perf_counter()
    folders, _ = find_services(tmp_path)
    assert len(folders) == 500
    assert time.perf_counter() - began_s < 0.5  # 0.02 s on a quiet machine


# What lies in a service's folder.


def test_slides_are_counted_as_people_count() -> None:
    names = ["Folie 10.png", "Folie 2.png", "folie 1.png"]
    assert sorted(names, key=natural) == ["folie 1.png", "Folie 2.png", "Folie 10.png"]


@given(st.lists(st.text(max_size=12), max_size=6))
def test_natural_order_never_hangs_on_what_a_name_is(names: list[str]) -> None:
    assert sorted(sorted(names, key=natural, reverse=True), key=natural) == sorted(names, key=natural)


def test_only_folders_that_mean_something_are_read(tmp_path: Path) -> None:
    make_folder(
        tmp_path, {"a.mp4": b"x", "footage/b.mp4": b"x", "old/c.mp4": b"x", ".hidden": b"x", "~$a": b"x"}
    )
    files, (finding,) = list_service(tmp_path)
    assert [item.name for item in files] == ["a.mp4", "footage/b.mp4"]
    assert finding.code == "FOLDER_IGNORED"


def test_an_unfinished_download_is_left_out_and_told(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.mp4.part": b"x", "b.crdownload": b"x", "c.TMP": b"x"})
    files, findings = list_service(tmp_path)
    assert files == ()
    assert [item.code for item in findings] == ["FILE_PARTIAL"] * 3


def test_links_in_a_service_are_left_out(tmp_path: Path) -> None:
    make_folder(tmp_path / "other", {"secret.mp4": b"x"})
    service = make_folder(tmp_path / "vpn", {"a.mp4": b"x"})
    (service / "b.mp4").symlink_to(tmp_path / "other" / "secret.mp4")
    (service / "slides").symlink_to(tmp_path / "other")
    files, findings = list_service(service)
    assert [item.name for item in files] == ["a.mp4"]
    assert {item.code for item in findings} == {"FILE_LINK"}


def test_a_name_no_machine_can_hold_is_left_out(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.mp4")).write_bytes(b"x")
    except OSError:
        pytest.skip("this disk takes UTF-8 names only")
    files, (finding,) = list_service(tmp_path)
    assert files == ()
    assert finding.message.isprintable()


# Waiting.


@dataclass
class Hours:
    """A clock that moves only when somebody sleeps, and what happens meanwhile."""

    now_s: float = field(default_factory=time.time)
    meanwhile: Callable[[int], None] = lambda _: None
    slept: int = 0

    def sleep(self, seconds: float) -> None:
        self.slept += 1
        self.now_s += seconds
        self.meanwhile(self.slept)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now_s, lambda: self.now_s, self.sleep)


def test_files_left_alone_long_enough_need_one_look(tmp_path: Path) -> None:
    make_folder(tmp_path, {"a.mp4": b"x"})
    hours = Hours()
    wait_until_settled(tmp_path, settle_s=10, clock=hours.clock)
    assert hours.slept == 0


def test_a_fresh_file_is_waited_for_until_it_is_old_enough(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"x")
    hours = Hours()
    heard: list[str] = []
    wait_until_settled(tmp_path, settle_s=9, clock=hours.clock, on_wait=heard.append)
    assert 3 <= hours.slept <= 4
    assert heard == ["waiting until `a.mp4` has been copied in whole"]  # once, however often it looked


def test_a_growing_file_is_waited_for_until_it_stops(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x")

    def grow(look: int) -> None:
        if look <= 5:
            path.write_bytes(b"x" * (look + 1))
            os.utime(path, (hours.now_s, hours.now_s))

    hours = Hours(meanwhile=grow)
    wait_until_settled(tmp_path, settle_s=9, clock=hours.clock)
    assert 8 <= hours.slept <= 9


def test_a_file_that_keeps_its_old_time_while_it_grows_is_watched_once_seen_growing(tmp_path: Path) -> None:
    path = tmp_path / "fresh.mp4"
    path.write_bytes(b"x")
    other = tmp_path / "copied-with-its-time.mp4"
    other.write_bytes(b"x")
    make_old(other)

    def grow(look: int) -> None:
        if look <= 3:
            other.write_bytes(b"x" * (look + 1))
            make_old(other)

    hours = Hours(meanwhile=grow)
    wait_until_settled(tmp_path, settle_s=9, clock=hours.clock)
    assert hours.slept > 4


def test_a_time_in_the_future_is_watched_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x")
    make_old(path, age_s=-86_400)
    hours = Hours()
    wait_until_settled(tmp_path, settle_s=9, clock=hours.clock)
    assert hours.slept == 3


def test_waiting_ends_with_the_names_of_what_still_grows(tmp_path: Path) -> None:
    path = tmp_path / "footage" / "a.mp4"
    path.parent.mkdir()
    path.write_bytes(b"x")

    def grow(look: int) -> None:
        path.write_bytes(b"x" * (look + 1))

    hours = Hours(meanwhile=grow)
    with pytest.raises(MaterialError) as caught:
        wait_until_settled(tmp_path, settle_s=9, label="vpn", max_wait_s=60, clock=hours.clock)
    (finding,) = caught.value.findings
    assert finding.code == "FILE_GROWING"
    assert finding.file == "vpn/footage/a.mp4"
    assert 20 <= hours.slept <= 21

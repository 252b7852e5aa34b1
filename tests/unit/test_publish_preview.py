"""The preview server: ranges, types, and nothing outside the site."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebrochure.review.server import HOST, ByteRange, find_file, parse_range, serve, site_server

CONTENT = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview")
    root = folder / "releases" / "000001-00000000"
    (root / "remote-access" / "media").mkdir(parents=True)
    (root / "index.html").write_text("front", encoding="utf-8")
    (root / "remote-access" / "index.html").write_text("brochure", encoding="utf-8")
    (root / "remote-access" / "media" / "film.mp4").write_bytes(CONTENT)
    (root / "remote-access" / "media" / "film.en.vtt").write_text("WEBVTT\n", encoding="utf-8")
    (root / "empty.css").touch()
    (root / ".secret").write_text("secret", encoding="utf-8")
    (root / "way-out").symlink_to(folder)
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "site").symlink_to("releases/000001-00000000")
    return folder / "site"


@pytest.fixture(scope="module")
def port(site: Path) -> Iterator[int]:
    server = site_server(site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Send one request and return status, headers and body."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request(
            method, path, headers={key.replace("_", "-"): text for key, text in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, {key.lower(): text for key, text in answer.getheaders()}, answer.read()
    finally:
        connection.close()


FILM = "/remote-access/media/film.mp4"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/remote-access/", "text/html; charset=utf-8"),
        ("/remote-access/?t=83", "text/html; charset=utf-8"),
        ("/remote-access/index.html", "text/html; charset=utf-8"),
        (FILM, "video/mp4"),
        ("/remote-access/media/film.en.vtt", "text/vtt; charset=utf-8"),
        ("/empty.css", "text/css; charset=utf-8"),
    ],
)
def test_files_come_with_their_type(port: int, path: str, kind: str) -> None:
    status, headers, _ = ask(port, path)
    assert (status, headers["content-type"]) == (200, kind)
    assert headers["x-content-type-options"] == "nosniff"


def test_whole_file_comes_without_a_range(port: int) -> None:
    status, headers, body = ask(port, FILM)
    assert (status, body) == (200, CONTENT)
    assert headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "content_range", "body"),
    [
        ("bytes=0-0", "bytes 0-0/10240", CONTENT[:1]),
        ("bytes=100-199", "bytes 100-199/10240", CONTENT[100:200]),
        ("bytes=10000-", "bytes 10000-10239/10240", CONTENT[10000:]),
        ("bytes=-40", "bytes 10200-10239/10240", CONTENT[-40:]),
        ("bytes=10200-99999", "bytes 10200-10239/10240", CONTENT[10200:]),
        ("bytes=-99999", "bytes 0-10239/10240", CONTENT),
    ],
)
def test_a_range_brings_just_that(port: int, asked: str, content_range: str, body: bytes) -> None:
    status, headers, got = ask(port, FILM, Range=asked)
    assert (status, headers["content-range"], got) == (206, content_range, body)
    assert headers["content-length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=99999-100000", "bytes=-0"])
def test_a_range_outside_the_file_is_refused(port: int, asked: str) -> None:
    status, headers, body = ask(port, FILM, Range=asked)
    assert (status, headers["content-range"], body) == (416, "bytes */10240", b"")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", ""])
def test_a_range_that_is_none_brings_the_whole(port: int, asked: str) -> None:
    assert ask(port, FILM, Range=asked)[0] == 200


def test_head_says_all_and_sends_nothing(port: int) -> None:
    status, headers, body = ask(port, FILM, "HEAD")
    assert (status, headers["content-length"], body) == (200, "10240", b"")
    status, headers, body = ask(port, FILM, "HEAD", Range="bytes=0-9")
    assert (status, headers["content-length"], body) == (206, "10", b"")


def test_a_body_does_not_wait_for_its_head_to_be_acknowledged(port: int) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    seconds: dict[str, list[float]] = {"GET": [], "HEAD": []}
    for _ in range(15):
        for method, taken in seconds.items():
            begun = time.perf_counter()
            connection.request(method, FILM)
            connection.getresponse().read()
            taken.append(time.perf_counter() - begun)
    connection.close()

    assert median(seconds["GET"]) < 8 * median(seconds["HEAD"])  # it waited 40 ms where a head takes 0.5


def test_folder_without_its_slash_is_sent_there(port: int) -> None:
    status, headers, _ = ask(port, "/remote-access?t=83")
    assert (status, headers["location"]) == (301, "/remote-access/?t=83")
    assert ask(port, "//remote-access")[1]["location"] == "/remote-access/"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/.secret",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/remote-access/..%2f..%2f..%2fsecret.txt",
        "/way-out/secret.txt",
        "/way-out/",
        "/..%5csecret.txt",
        "/index.html%00",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_site_is_served(port: int, path: str) -> None:
    status, _, body = ask(port, path)
    assert status == 404
    assert b"secret" not in body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example:80", ""])
def test_another_name_for_this_machine_is_turned_away(port: int, host: str) -> None:
    assert ask(port, "/", Host=host)[0] == 421


def test_it_only_reads(port: int) -> None:
    assert ask(port, "/", "POST")[0] == 501
    assert ask(port, "/", "PUT")[0] == 501


def test_server_listens_on_this_machine_only(site: Path) -> None:
    with site_server(site) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_new_release_shows_at_the_next_request(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")
    site = tmp_path / "site"
    site.symlink_to("one")
    assert find_file(site, "/") == tmp_path / "one" / "index.html"
    site.unlink()
    site.symlink_to("two")
    assert find_file(site, "/") == tmp_path / "two" / "index.html"


def test_a_browser_that_hangs_up_is_no_news(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    server = site_server(site)
    server.daemon_threads = False  # closing the server waits for its answers then
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    with socket.create_connection((HOST, server.server_port), timeout=10) as browser:
        browser.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}:{server.server_port}\r\n\r\n".encode())
        browser.recv(1000)
        at_once = struct.pack("ii", 1, 0)
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)  # closing it resets the connection
    server.shutdown()
    thread.join()
    server.server_close()
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_ends_it_quietly(site: Path) -> None:
    def interrupt(url: str) -> None:
        assert url.startswith("http://127.0.0.1:")
        raise KeyboardInterrupt

    serve(site, on_ready=interrupt)


@given(st.text(alphabet="bytes=-0123456789, ", max_size=24), st.integers(0, 50))
def test_any_range_lies_inside_the_file(header: str, size: int) -> None:
    try:
        part = parse_range(header, size)
    except ValueError:
        return
    if part is not None:
        assert 0 <= part.first <= part.last < size
        assert part.length == ByteRange(part.first, part.last).length >= 1

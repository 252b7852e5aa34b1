"""The preview: serves the site on this machine only, with the byte ranges that seeking in a video needs."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOST = "127.0.0.1"
MIME_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""By suffix; our own list, because the system's differs from machine to machine."""
_CHUNK_BYTES = 1 << 18
_RANGE = re.compile(r"bytes=(?P<first>\d*)-(?P<last>\d*)")


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A stretch of a file, both ends included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes it is."""
        return self.last - self.first + 1


def serve(site: Path, port: int = 0, on_ready: Callable[[str], None] = lambda _url: None) -> None:
    """Serve `site` until Ctrl-C.

    Args:
        site: Folder of the site; a link is followed anew for every request, so a new release shows at once.
        port: Port on the loopback interface; 0: a free one.
        on_ready: Told the address, once it can be opened.
    """
    with site_server(site, port) as server, contextlib.suppress(KeyboardInterrupt):
        on_ready(f"http://{HOST}:{server.server_port}/")
        server.serve_forever(poll_interval=0.2)


def site_server(site: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server for `site` that listens already; the caller runs and closes it."""
    handler = type("SiteHandler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer((HOST, port), handler)
    server.daemon_threads = True
    return server


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """Return the stretch a `Range` header asks for, None where the whole file is to be sent.

    Several ranges at once, other units and nonsense are answered with the whole, as the standard allows.
    Source: RFC 9110, section 14.2.

    Raises:
        ValueError: No byte of the file lies in it.
    """
    asked = _RANGE.fullmatch((header or "").strip().replace(" ", ""))
    if asked is None or not (asked["first"] or asked["last"]):
        return None
    if asked["first"]:
        first, last = int(asked["first"]), min(int(asked["last"] or size), size - 1)
        if asked["last"] and int(asked["last"]) < first:
            return None
    else:
        first, last = max(0, size - int(asked["last"])), size - 1
    if first > last:
        raise ValueError(f"expected a range inside {size} bytes, got `{header}`")
    return ByteRange(first, last)


def find_file(site: Path, target: str) -> Path | None:
    """Return the file of `site` that a request's target names, None where there is none.

    Args:
        site: Folder of the site.
        target: Path and query as asked for; a folder stands for its `index.html`.
    """
    root = site.resolve()
    parts = [part for part in unquote(urlsplit(target).path).split("/") if part]
    if any(part.startswith(".") or "\\" in part or not part.isprintable() for part in parts):
        return None
    try:
        path = root.joinpath(*parts).resolve()
        path = path / "index.html" if path.is_dir() else path
        return path if path.is_relative_to(root) and path.is_file() else None
    except OSError:  # a name longer than the disk allows
        return None


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from one folder."""

    site: Path
    protocol_version = "HTTP/1.1"
    server_version = "ebrochure"
    sys_version = ""
    # Head and body of an answer are two packets: the second would wait 40 ms to hear that the first has come.
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer request after request, until the browser hangs up, between two of them or in one."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        # A page elsewhere may point a name of its own at this machine; it must not read us through it.
        if self.headers.get("Host", "").rpartition(":")[0] not in {HOST, "localhost"}:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = find_file(self.site, self.path)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif path.name == "index.html" and not urlsplit(self.path).path.endswith(("/", "/index.html")):
            self._redirect()
        else:
            with path.open("rb") as stream:
                self._send(stream, path, with_body=with_body)

    def _redirect(self) -> None:
        """Add the slash without which relative links would lead astray."""
        asked = urlsplit(self.path)
        place = quote("/" + unquote(asked.path).strip("/") + "/")
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", f"{place}?{asked.query}" if asked.query else place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, stream: IO[bytes], path: Path, *, with_body: bool) -> None:
        size = stream.seek(0, 2)
        try:
            part = parse_range(self.headers.get("Range"), size)
        except ValueError:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(HTTPStatus.OK if part is None else HTTPStatus.PARTIAL_CONTENT)
        if part is not None:
            self.send_header("Content-Range", f"bytes {part.first}-{part.last}/{size}")
        whole = part or ByteRange(0, size - 1)
        self.send_header("Content-Type", MIME_TYPES.get(path.suffix.lower(), "application/octet-stream"))
        self.send_header("Content-Length", str(whole.length))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body:
            self._copy(stream, whole)

    def _copy(self, stream: IO[bytes], part: ByteRange) -> None:
        stream.seek(part.first)
        left = part.length
        while left and (block := stream.read(min(left, _CHUNK_BYTES))):
            self.wfile.write(block)
            left -= len(block)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  the base class names it so
        """Say nothing: the terminal belongs to whoever runs the preview."""

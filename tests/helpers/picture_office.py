"""The picture shelf of a head office on loopback, with lines that break, lie and drip on demand."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_RANGE = re.compile(r"bytes=(\d+)-")


def name_of(picture: bytes) -> str:
    """The name a picture goes by."""
    return hashlib.sha256(picture).hexdigest()


@dataclass
class Told:
    """What to do with one request: answer `status` without a picture, send only `cut` bytes, or other bytes."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    body: bytes | None = None
    whole: bool = False
    before: Callable[[], None] = lambda: None


@dataclass
class Asked:
    """One request as it came."""

    sha256: str
    range: str
    if_range: str


class PictureOffice:
    """Answers `GET /sync/v1/blobs/<sha256>`. `tell` says what to do with the request of that name; None: as usual."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.asked: list[Asked] = []
        self.refusals: dict[int, bytes] = {404: b'{"code":"not_found","title":"-","status":404}'}
        self.tell: Callable[[Asked], Told | None] = lambda _: None
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"office": self}))
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="picture-office")

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def add(self, *pictures: bytes) -> list[str]:
        """Put pictures on the shelf; returns their names."""
        self.pictures |= {name_of(picture): picture for picture in pictures}
        return [name_of(picture) for picture in pictures]

    def names(self) -> list[str]:
        """The pictures asked for so far, in order."""
        return [one.sha256 for one in self.asked]

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait for every thread."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class _Handler(BaseHTTPRequestHandler):
    office: PictureOffice
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        asked = Asked(self.path.rpartition("/")[2], self.headers.get("Range", ""), self.headers.get("If-Range", ""))
        self.office.asked.append(asked)
        told = self.office.tell(asked) or Told()
        told.before()
        picture = self.office.pictures.get(asked.sha256)
        if told.status != 200 or picture is None:
            self._refuse(404 if told.status == 200 else told.status, told.headers)
        else:
            self._send(asked, told, picture)

    def send_response(self, code: int, message: str | None = None) -> None:
        # Said aloud: one that closes without a word meets a request already sent on the line it closes.
        super().send_response(code, message)
        self.send_header("Connection", "close")

    def _refuse(self, status: int, headers: Mapping[str, str]) -> None:
        body = self.office.refusals.get(status, b"")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send(self, asked: Asked, told: Told, picture: bytes) -> None:
        part = _RANGE.fullmatch(asked.range)
        first = int(part[1]) if part and not told.whole and asked.if_range == f'"{asked.sha256}"' else 0
        body = (picture if told.body is None else told.body)[first:]
        self.send_response(206 if first else 200)
        if first:
            self.send_header("Content-Range", f"bytes {first}-{first + len(body) - 1}/{first + len(body)}")
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: told.cut])

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True  # the other side broke off, as some tests have it do


@contextmanager
def serving_pictures() -> Iterator[PictureOffice]:
    """A running shelf for the length of a `with` block."""
    office = PictureOffice()
    office.start()
    try:
        yield office
    finally:
        office.close()

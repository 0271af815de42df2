"""Puts an office in memory on a loopback port, with a line that breaks as a test wishes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from guide_app.protocol.envelope import SHA_HEADER, seal, unseal
from guide_app.protocol.photo import MEDIA_TYPE
from tests.helpers.memory_office.office import PICTURE, MemoryOffice

Response = tuple[int, dict[str, str], bytes]
Fault = Callable[[str, str], str]
"""Asked with the moment (`before`, `after`) and the request line; returns what to do: nothing, `drop`, a status;
before also `twice` (the request arrives two times) and `late` (it arrives once more before the next one); after also
`cut` (half of the body comes)."""

_LOOK_S = 0.02


def no_fault(moment: str, request: str) -> str:
    """All is well."""
    del moment, request
    return ""


class OfficeServer:
    """Serves a MemoryOffice on a loopback port. `office` and `fault` may be changed while it runs."""

    def __init__(self, office: MemoryOffice, fault: Fault = no_fault) -> None:
        self.office = office
        self.fault = fault
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._late: list[tuple[str, Mapping[str, str], bytes]] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="memory-office")

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait for every thread."""
        self._closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def respond(self, request: str, headers: Mapping[str, str], wire: bytes) -> Response | None:
        """Status, headers and sealed body of one request; None to break the line."""
        if " /sync/v1/hint" in request:
            self._wait_for_news(request, headers)
        with self._lock:
            odd = self.fault("before", request)
            if odd not in ("", "twice", "late"):
                return _odd(odd)
            for overdue in self._take_late():
                self._answer(*overdue)
            if odd == "twice":
                self._answer(request, headers, wire)
            if odd == "late":
                self._late.append((request, headers, wire))
            answer = self._answer(request, headers, wire)
            odd = self.fault("after", request)
        return _odd("500") if answer is None else _spoken(answer, odd)

    def _take_late(self) -> list[tuple[str, Mapping[str, str], bytes]]:
        late, self._late = self._late, []
        return late

    def _answer(self, request: str, headers: Mapping[str, str], wire: bytes) -> tuple[int, str, bytes] | None:
        """The office's answer; None where it failed."""
        sha, encoding = headers.get(SHA_HEADER), headers.get("Content-Encoding")
        plain = headers.get("Content-Type", "").startswith("image/")  # a file, named by its checksum
        body = unseal(wire, sha256=sha, encoding=encoding, limit=1 << 26) if wire and not plain else wire
        method, target = request.split(" ", 1)
        try:
            return self.office.answer(method, target, headers, body)
        except ZeroDivisionError:
            return None

    def _wait_for_news(self, request: str, headers: Mapping[str, str]) -> None:
        """Let a long poll wait until the office has something other than 304 to say."""
        query = dict(parse_qsl(urlsplit(request.split(" ", 1)[1]).query))
        until = time.monotonic() + float(query.get("wait", "0"))
        while time.monotonic() < until and not self._closing.wait(_LOOK_S):
            with self._lock:
                answer = self._answer(request, headers, b"")
                self.office.requests.pop()
            if answer is None or answer[0] != 304:
                return

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10

            def do_GET(self) -> None:
                self._do()

            def do_POST(self) -> None:
                self._do()

            def do_PUT(self) -> None:
                self._do()

            def _do(self) -> None:
                wire = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                found = server.respond(f"{self.command} {self.path}", dict(self.headers), wire)
                self.close_connection = True
                if found is None:
                    return
                status, headers, body = found
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
                """Keep quiet."""

        return Handler


def _spoken(answer: tuple[int, str, bytes], odd: str) -> Response | None:
    """The answer on the wire, or what is left of it."""
    status, kind, plain = answer
    if odd not in ("", "cut"):
        return _odd(odd)
    if status in (204, 304):
        return status, {"Content-Length": "0"} if status == 204 else {}, b""
    if kind in (PICTURE, MEDIA_TYPE):  # goes as it is, named by its checksum
        wire, extra = plain, {"Content-Length": str(len(plain))}
    else:
        wire, extra = seal(plain)
    return status, {**extra, "Content-Type": kind}, wire[: len(wire) // 2] if odd == "cut" else wire


def _odd(what: str) -> Response | None:
    if what == "drop":
        return None
    return int(what), {"Content-Type": "text/plain", "Content-Length": "0", "Retry-After": "7"}, b""


@contextmanager
def serving(office: MemoryOffice, fault: Fault = no_fault) -> Iterator[OfficeServer]:
    """A running server for the length of a `with` block."""
    server = OfficeServer(office, fault)
    server.start()
    try:
        yield server
    finally:
        server.close()

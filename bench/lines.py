"""Thousands of PCs from one process: kept connections without a thread each, and PCs enrolled by the hundred."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from bench.load import Said, device_headers
from guide_app.base.clock import SystemClock
from guide_app.protocol.envelope import unseal
from guide_app.protocol.messages import SCHEMA, Cursor, Enrol, Enrolled, ScopeFrame, decode_lines
from head_office.cli.database import Office
from head_office.enrolment.codes import make_enrol_code
from head_office.enrolment.devices import enrol
from head_office.store.secret import load_secret

_MS = 1000
_PLAIN = 1 << 24
_OK = 200
_BODILESS = (204, 304)
_TOGETHER = 500


class Line:
    """One kept connection to `address` (host, port), opened by the first request. One request at a time."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    async def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Said:
        """One request; a body needs its `Content-Length` among the headers."""
        began = perf_counter()
        named = {"Host": f"{self._address[0]}:{self._address[1]}", **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        message = f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body
        kept = self._reader is not None
        try:
            status, told, data = await self._exchange(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.close()
            if not kept:
                raise
            status, told, data = await self._exchange(message)  # the office had closed what was idle for long
        if told.get("connection", "") == "close":
            self.close()
        return Said(status, data, told, (perf_counter() - began) * _MS)

    async def _exchange(self, message: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(*self._address)
        self._writer.write(message)
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[:-2]
        told = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        status = int(first.split()[1])
        data = b"" if status in _BODILESS else await self._reader.readexactly(int(told.get("content-length", "0")))
        return status, told, data

    def close(self) -> None:
        """Let the connection go."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A PC that has pulled everything: where it stands."""

    device: Enrolled
    cursors: tuple[Cursor, ...]

    def path(self, route: str, **more: str) -> str:
        """A question of `route` with these cursors."""
        return f"{route}?{urlencode([*(('c', cursor.text()) for cursor in self.cursors), *more.items()])}"


def opened(said: Said) -> bytes:
    """The plain body of an answer in its envelope. Raises AssertionError unless it is a 200."""
    if said.status != _OK:
        raise AssertionError(f"{said.status}: {said.body[:200]!r}")
    encoding = said.headers.get("content-encoding")
    return unseal(said.body, sha256=said.headers["guide-sha256"], encoding=encoding, limit=_PLAIN)


async def first_pull(line: Line, device: Enrolled) -> Standing:
    """Pull until nothing is left, keeping nothing but the places."""
    cursors: tuple[Cursor, ...] = ()
    while True:
        path = Standing(device, cursors).path("/sync/v1/pull")
        said = await line.ask("GET", path, headers=device_headers(device.token))
        places = [frame for frame in decode_lines(opened(said)) if isinstance(frame, ScopeFrame)]
        cursors = tuple(Cursor(place.scope, place.epoch, place.seq) for place in places)
        if not any(place.more for place in places):
            return Standing(device, cursors)


def enrol_many(office: Office, codes: Sequence[str]) -> list[Enrolled]:
    """A PC in each of these stores, straight into the database."""
    secret, now, made = load_secret(office.data_dir, {}), SystemClock().now_ms(), []
    for start in range(0, len(codes), _TOGETHER):
        with office.engine.begin() as connection:
            for n, store in enumerate(codes[start : start + _TOGETHER], start):
                code = make_enrol_code(connection, store, now)
                message = Enrol(code, f"PC {n}", f"{n:064x}", "recovery", "0", SCHEMA)
                link = "http://l.example"
                made.append(enrol(connection, secret, message, now_ms=now, link_origin=link, brand="测"))
    return made


def allow_connections(number: int) -> None:
    """Let this process hold so many connections open. Raises OSError where the system does not allow it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < number + _TOGETHER:
        resource.setrlimit(resource.RLIMIT_NOFILE, (number + _TOGETHER, hard))

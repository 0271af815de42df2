"""Stands between a desktop and its office and does to their talk what shops' networks do.

An HTTP-aware proxy on loopback, on a thread and event loop of its own. `arm` puts a fault in the way of the requests
whose path begins so; everything else passes unchanged. What was heard is kept, so that a test can say who was told
what.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

_LONGEST_HEAD = 1 << 16
#: What cuts an exchange short: either end had enough, or the proxy is being stopped.
GONE = (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a reply: its first line, its headers as they came, and its body."""

    first: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def method(self) -> str:
        """The verb of a request."""
        return self.first.split(" ", 1)[0]

    @property
    def path(self) -> str:
        """The path of a request, without its query."""
        return self.first.split(" ")[1].partition("?")[0]

    @property
    def status(self) -> int:
        """The status of a reply."""
        return int(self.first.split(" ")[1])

    def header(self, name: str) -> str:
        """A header's value; empty if it is not there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def but(self, body: bytes | None = None, /, **headers: str | None) -> Message:
        """The same with other headers (`Content_Type`; None takes one away) and, if given, another body."""
        named = {name.replace("_", "-").lower(): (name.replace("_", "-"), value) for name, value in headers.items()}
        kept = tuple((key, value) for key, value in self.headers if key.lower() not in named)
        added = tuple((key, value) for key, value in named.values() if value is not None)
        return Message(self.first, kept + added, self.body if body is None else body)

    def head(self) -> bytes:
        """The bytes before the body."""
        return "\r\n".join([self.first, *(f"{key}: {value}" for key, value in self.headers), "", ""]).encode("latin-1")

    def raw(self) -> bytes:
        """The bytes on the line."""
        return self.head() + self.body


def reply(status: str, body: bytes = b"", **headers: str) -> Message:
    """A reply of ours, `200 OK` and headers such as `Content_Type`, with its right length."""
    return Message(f"HTTP/1.1 {status}", (), body).but(None, Content_Length=str(len(body)), **headers)


async def read_message(reader: asyncio.StreamReader, *, bodiless: bool = False) -> Message:
    """One message, whose body is as long as its head says (or, for a reply that says nothing, goes on to the end)."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = tuple((key, value.strip()) for key, _, value in (line.partition(":") for line in head[1:] if line))
    bare = Message(head[0], headers, b"")
    length = bare.header("Content-Length")
    if bodiless or (not length and not bare.first.startswith("HTTP/")):
        return bare
    return bare.but(await (reader.readexactly(int(length)) if length else reader.read()))


class Exchange:
    """One request under way: what was asked, the way on to the office, and the way back."""

    def __init__(self, proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.proxy = proxy
        self.reader = reader
        self.writer = writer
        self.request = Message("", (), b"")
        self.keep = False

    async def ask(self, request: Message | None = None) -> Message:
        """The office's answer to the request, or to another one."""
        asked = request or self.request
        reader, writer = await asyncio.open_connection(*self.proxy.upstream)
        try:
            writer.write(asked.but(Connection="close").raw())
            await writer.drain()
            answer = await read_message(reader, bodiless=asked.method == "HEAD")
        finally:
            writer.close()
        return answer

    async def say(self, data: bytes) -> None:
        """Send bytes to the desktop."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, message: Message) -> None:
        """Send a whole reply and let the connection live."""
        await self.say(message.but(Connection=None).raw())
        self.keep = True

    def reset(self) -> None:
        """Break the connection off with a reset, as a crashed router does."""
        plain: socket.socket = self.writer.get_extra_info("socket")
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def pause(self, seconds: float) -> bool:
        """Let time pass; returns whether the proxy is being stopped."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.proxy.over.wait(), seconds)
        return self.proxy.over.is_set()


Act = Callable[[Exchange], Awaitable[None]]


@dataclass(slots=True)
class _Armed:
    act: Act
    path: str
    skip: int
    times: int
    #: Strikes when a connection is made, before anything is asked.
    at_connect: bool
    struck: int = 0


@dataclass(slots=True)
class _Past:
    heard: list[Message] = field(default_factory=list)
    replies: dict[tuple[str, str], Message] = field(default_factory=dict)


class FaultProxy:
    """The proxy. `upstream` is where the office listens and may be changed (the office was started anew)."""

    def __init__(self, office: str, tls: ssl.SSLContext | None = None) -> None:
        self._scheme = "http" if tls is None else "https"
        self._loop = asyncio.new_event_loop()
        self._armed: _Armed | None = None
        self._past = _Past()
        self._tasks: set[asyncio.Task[None]] = set()
        self._tls = tls
        self.over = asyncio.Event()
        self.point_to(office)
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy")
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LONGEST_HEAD, ssl=tls))
        self._port: int = self._server.sockets[0].getsockname()[1]

    @property
    def origin(self) -> str:
        """Where the desktop finds the proxy."""
        host = "127.0.0.1" if self._tls is None else "localhost"
        return f"{self._scheme}://{host}:{self._port}"

    @property
    def heard(self) -> list[Message]:
        """The requests that came, in order."""
        return self._past.heard

    @property
    def struck(self) -> int:
        """How often the armed fault has struck."""
        return 0 if self._armed is None else self._armed.struck

    def point_to(self, office: str) -> None:
        """Send what comes to the office at this origin."""
        parts = urlsplit(office)
        self.upstream = (parts.hostname or "", parts.port or 80)

    def arm(self, act: Act, path: str = "/", *, skip: int = 0, times: int = 1_000, at_connect: bool = False) -> None:
        """From now on let `act` answer requests whose path begins with `path`, after the first `skip`, so often."""
        self._armed = _Armed(act, path, skip, times, at_connect)

    def disarm(self) -> None:
        """Let everything pass again."""
        self._armed = None

    def last_reply(self, request: Message) -> Message | None:
        """The last whole answer that passed to the same PC for this path."""
        return self._past.replies.get(_asker(request))

    def send_again(self, request: Message) -> Message:
        """Deliver a request to the office once more, as a network that kept it does; returns what the office said."""

        async def deliver() -> Message:
            reader, writer = await asyncio.open_connection(*self.upstream)
            try:
                writer.write(request.but(Connection="close").raw())
                return await read_message(reader)
            finally:
                writer.close()

        return self._run(deliver())

    def close(self) -> None:
        """Break everything off and wait."""
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _end(self) -> None:
        self.over.set()
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise AssertionError("a connection is served by a task")
        self._tasks.add(task)
        try:
            with suppress(*GONE, asyncio.CancelledError):
                await self._talk(Exchange(self, reader, writer))
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _talk(self, exchange: Exchange) -> None:
        while True:
            exchange.keep = False
            if act := self._strike(None):
                await act(exchange)
                return
            exchange.request = await read_message(exchange.reader)
            self._past.heard.append(exchange.request)
            await (self._strike(exchange.request.path) or self._pass)(exchange)
            if not exchange.keep:
                return

    async def _pass(self, exchange: Exchange) -> None:
        answer = await exchange.ask()
        self._past.replies[_asker(exchange.request)] = answer
        await exchange.answer(answer)

    def _strike(self, path: str | None) -> Act | None:
        armed = self._armed
        if armed is None or armed.at_connect != (path is None):
            return None
        if path is not None and not path.startswith(armed.path):
            return None
        if armed.skip:
            armed.skip -= 1
            return None
        if armed.struck >= armed.times:
            return None
        armed.struck += 1
        return armed.act


def _asker(request: Message) -> tuple[str, str]:
    return request.header("Authorization"), request.path


@contextmanager
def fault_proxy(office: str, tls: ssl.SSLContext | None = None) -> Iterator[FaultProxy]:
    """A running proxy for the length of a `with` block."""
    proxy = FaultProxy(office, tls)
    try:
        yield proxy
    finally:
        proxy.close()

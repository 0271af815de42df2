"""A server on loopback that answers with exactly the bytes it is told, however wrong they are."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Speech = Callable[[socket.socket, threading.Event], None]


class Liar:
    """Accepts connections one after the other; `speech(connection, stopping)` writes the answer. `tls`: through it."""

    def __init__(self, speech: Speech, tls: ssl.SSLContext | None = None) -> None:
        self.heard: list[bytes] = []
        self._tls = tls
        self._speech = speech
        self._stopping = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve, name="liar")
        self._thread.start()

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`; through TLS `https://localhost:port`, as certificates name it."""
        port = self._socket.getsockname()[1]
        return f"https://localhost:{port}" if self._tls else f"http://127.0.0.1:{port}"

    def close(self) -> None:
        """Stop and wait."""
        self._stopping.set()
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._socket.accept()
            except TimeoutError:
                continue
            connection.settimeout(5)
            with self._tls.wrap_socket(connection, server_side=True) if self._tls else connection as connection:
                self.heard.append(hear(connection))
                try:
                    self._speech(connection, self._stopping)
                except OSError:
                    continue  # the other end had enough


def hear(connection: socket.socket) -> bytes:
    """One whole request, which may come in several parts; what came of it where the other end stops before."""
    heard = b""
    while not _is_whole(heard) and (part := connection.recv(1 << 16)):
        heard += part
    return heard


def _is_whole(heard: bytes) -> bool:
    head, ended, body = heard.partition(b"\r\n\r\n")
    said = re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head)
    return bool(ended) and len(body) >= (int(said[1]) if said else 0)


@contextmanager
def liar(speech: Speech, tls: ssl.SSLContext | None = None) -> Iterator[Liar]:
    """A running liar for the length of a `with` block."""
    running = Liar(speech, tls)
    try:
        yield running
    finally:
        running.close()


def saying(body: bytes, status: str = "200 OK", **headers: str) -> Speech:
    """Speaks one whole answer with these headers (`Content_Type` is `Content-Type`)."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    head = "\r\n".join([*lines, "Connection: close", "", ""]).encode()

    def speak(connection: socket.socket, _: threading.Event) -> None:
        connection.sendall(head + body)

    return speak


def dripping(head: bytes, drop: bytes, every_s: float) -> Speech:
    """Says `head`, then `drop` again and again, for as long as anybody listens."""

    def speak(connection: socket.socket, stopping: threading.Event) -> None:
        connection.sendall(head)
        while not stopping.wait(every_s):
            connection.sendall(drop)

    return speak

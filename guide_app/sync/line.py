"""The socket that a transport speaks through: its deadline, and what its end says of the request that was under way."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: How a request finds that the other end has let a kept connection go: no byte of an answer, a reset, a shut TLS line.
_LET_GO = (
    http.client.RemoteDisconnected,
    ConnectionResetError,
    BrokenPipeError,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
)


class Line:
    """The socket in use and its deadline: when time is up the socket is shut, whatever it was waiting for."""

    def __init__(self) -> None:
        self.overdue = False
        self.dialled = 0
        self._socket: Any = None

    def dials(self) -> None:
        """Count a connection that is about to be made."""
        self.dialled += 1

    def taken(self, socket: Any) -> None:
        """Remember the socket of the connection in use."""
        self._socket = socket
        if self.overdue:  # the time was up while it was being made
            self.shut()

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Shut the socket after `seconds` unless the block has ended."""
        self.overdue = False
        timer = threading.Timer(seconds, self.shut)
        timer.name = "office-deadline"
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def shut(self) -> None:
        """End whatever the socket waits for."""
        self.overdue = True
        socket = self._socket
        if socket is not None:
            try:
                socket.shutdown(2)
            except OSError:
                return  # it was closed in the same moment


def was_let_go(error: BaseException) -> bool:
    """Whether a request failed because the other end had closed the connection before it answered.

    A reset does not tell whether the first bytes of a head had come, so only what is idempotent may be asked again
    (RFC 9110, section 9.2.2; RFC 9112, section 9.3.1).
    """
    return any(isinstance(one, _LET_GO) for one in causes(error))


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and everything it wraps, in whatever way its library does that."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            inner = [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]
            waiting += [e for e in inner if isinstance(e, BaseException)]

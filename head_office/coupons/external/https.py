"""One request to another company's server, and its whole answer: no redirect, no proxy, a deadline and a cap."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

_CHUNK = 1 << 14


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Status, header names in lower case, and the body as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NotSentError(Exception):
    """Nothing of the request has left: no line to the server."""


class NoAnswerError(Exception):
    """The request may have arrived; no whole answer came back."""


class Send(Protocol):
    """Sends one request; `target` is path and query."""

    def __call__(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> HttpAnswer:
        """The answer. Raises NotSentError or NoAnswerError."""


@dataclass(frozen=True, slots=True)
class Https:
    """Requests to one origin (`https://host[:port]`), each on a line of its own; `http` only to this machine."""

    origin: str
    connect_s: float = 5.0
    total_s: float = 15.0
    most_bytes: int = 1 << 20

    def __call__(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> HttpAnswer:
        """The answer. Raises NotSentError or NoAnswerError."""
        until = time.monotonic() + self.total_s
        line = self._line()
        try:
            try:
                line.connect()
            except OSError as e:
                raise NotSentError(str(e)) from e
            try:
                line.request(method, target, body or None, dict(headers))
                return self._answer(line, until)
            except (OSError, http.client.HTTPException, ValueError) as e:
                raise NoAnswerError(f"{type(e).__name__}: {e}") from e
        finally:
            line.close()

    def _line(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.origin)
        if parts.scheme == "https":
            trust = ssl.create_default_context()
            return http.client.HTTPSConnection(parts.netloc, timeout=self.connect_s, context=trust)
        return http.client.HTTPConnection(parts.netloc, timeout=self.connect_s)

    def _answer(self, line: http.client.HTTPConnection, until: float) -> HttpAnswer:
        """Read piece by piece: who drips a byte every second does not hold this up for ever."""
        answer = line.getresponse()
        body = bytearray()
        while piece := answer.read1(_CHUNK):
            body += piece
            if len(body) > self.most_bytes:
                raise NoAnswerError("应答太大")
            if time.monotonic() > until:
                raise NoAnswerError("应答太慢")
        if answer.length:  # the line broke before what Content-Length had promised
            raise NoAnswerError("应答不完整")
        return HttpAnswer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, bytes(body))

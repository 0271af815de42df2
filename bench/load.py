"""Load for an office: connections that are kept, requests in the protocol's envelope, many at once."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from guide_app.protocol.envelope import SCHEMA_HEADER, seal
from guide_app.protocol.messages import SCHEMA

T = TypeVar("T")
_MS = 1000
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: status, body as sent, headers, and milliseconds from asking to the last byte."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    ms: float


class Caller:
    """One kept connection to `address` (host, port)."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._line = http.client.HTTPConnection(*address, timeout=_SECONDS)

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Said:
        """One request."""
        began = perf_counter()
        self._line.request(method, path, body or None, dict(headers or {}))
        answer = self._line.getresponse()
        data = answer.read()
        return Said(answer.status, data, dict(answer.getheaders()), (perf_counter() - began) * _MS)

    def close(self) -> None:
        """Let the connection go."""
        self._line.close()


def device_headers(token: str) -> dict[str, str]:
    """What a PC sends with every request."""
    return {
        "Authorization": f"Bearer {token}",
        SCHEMA_HEADER: str(SCHEMA),
        "Accept": "application/json, application/x-ndjson",
        "Accept-Encoding": "zstd",
    }


def sealed(message: bytes, token: str) -> tuple[bytes, dict[str, str]]:
    """A message of a PC in its envelope."""
    body, headers = seal(message)
    return body, {**device_headers(token), **headers, "Content-Type": "application/json"}


def at_once(address: tuple[str, int], tasks: Sequence[T], ask: Callable[[Caller, T], Said], width: int) -> list[Said]:
    """All tasks, `width` of them in flight at any time, each thread on a connection of its own."""
    own = threading.local()
    made: list[Caller] = []

    def run(task: T) -> Said:
        if not hasattr(own, "caller"):
            own.caller = Caller(address)
            made.append(own.caller)
        said: Said = ask(own.caller, task)
        return said

    with ThreadPoolExecutor(width) as pool:
        answers = list(pool.map(run, tasks))
    for caller in made:
        caller.close()
    return answers

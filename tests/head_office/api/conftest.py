"""The office's application on a database of its own, and callers without a network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import Engine
from starlette.types import ASGIApp, Message

from guide_app.protocol.envelope import seal, unseal
from head_office.api.app import create_app
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.deeds import push_rules
from head_office.enrolment.api_keys import make_api_key
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, SECRET, enrol_device, make_store, new_id


@dataclass
class StillClock:
    """A clock that moves only when told to."""

    ms: int = NOW

    def now_ms(self) -> int:
        """The moment it was set to."""
        return self.ms


@dataclass(frozen=True)
class Reply:
    """A response, its body checked against its envelope where it has one."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body's JSON."""
        return json.loads(self.plain)

    @property
    def plain(self) -> bytes:
        """The body, unsealed."""
        if "guide-sha256" not in self.headers:
            return self.body
        encoding = self.headers.get("content-encoding")
        return unseal(self.body, sha256=self.headers["guide-sha256"], encoding=encoding, limit=1 << 26)

    @property
    def code(self) -> str:
        """The problem's code; fails if this is no problem document."""
        assert self.headers["content-type"] == "application/problem+json"
        assert "guide-sha256" in self.headers, "also a refusal comes with its checksum"
        document = self.json
        assert document["status"] == self.status
        assert document["extra"]["trace_id"] == self.headers["trace-id"]
        return str(document["code"])


@dataclass
class Caller:
    """Calls an ASGI application in this process."""

    app: ASGIApp
    headers: dict[str, str] = field(default_factory=dict)

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        query: list[tuple[str, str]] | None = None,
    ) -> Reply:
        """One request."""
        return asyncio.run(self._call(method, path, body, {**self.headers, **(headers or {})}, query or []))

    def get(self, path: str, query: list[tuple[str, str]] | None = None, **headers: str) -> Reply:
        """GET; header names with underscores."""
        return self.call("GET", path, b"", _names(headers), query)

    def sealed(self, path: str, message: Any, **headers: str) -> Reply:
        """POST in the envelope of the sync protocol."""
        body, described = seal(json.dumps(message).encode())
        return self.call("POST", path, body, {**described, **_names(headers)})

    def write(self, method: str, path: str, message: Any, key: str = "k1") -> Reply:
        """A write of another system."""
        return self.call(method, path, json.dumps(message).encode(), {"Idempotency-Key": key})

    async def _call(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], query: list[tuple[str, str]]
    ) -> Reply:
        parts = urlsplit(path)
        sent = {"host": "office.example", "content-length": str(len(body)), **headers}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": urlencode(query).encode() or parts.query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
            "client": ("203.0.113.7", 50_000),
            "server": ("office.example", 80),
        }
        incoming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        outgoing: list[Message] = []

        async def receive() -> Message:
            return incoming.pop(0) if incoming else {"type": "http.disconnect"}

        async def take(message: Message) -> None:
            outgoing.append(message)

        await self.app(scope, receive, take)
        received = {name.decode().lower(): value.decode() for name, value in outgoing[0]["headers"]}
        content = b"".join(message.get("body", b"") for message in outgoing[1:])
        return Reply(outgoing[0]["status"], received, content)


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class House:
    """An office with one store, seen from outside."""

    engine: Engine
    clock: StillClock
    app: ASGIApp
    services: Services
    store_id: str

    def anyone(self) -> Caller:
        """Somebody without credentials."""
        return Caller(self.app)

    def pc(self) -> Caller:
        """A newly enrolled store PC."""
        token = enrol_device(self.engine).token
        return Caller(self.app, {"Authorization": f"Bearer {token}"})

    def till(self, *rights: str) -> Caller:
        """Another system with these rights, all without any."""
        name = f"till {new_id()}"
        key = in_transaction(self.engine, lambda c: make_api_key(c, name, rights or ("all",), NOW))
        return Caller(self.app, {"Authorization": f"Bearer {key}"})


@pytest.fixture
def house(office_engine: Engine) -> House:
    """The office."""
    store_id = make_store(office_engine)
    clock = StillClock()
    services = Services(
        engine=office_engine,
        secret=SECRET,
        clock=clock,
        rules=push_rules(SECRET),
        brand="红枫叶",
        link_origin="https://go.example",
        metrics=Metrics(),
        enrolments=AttemptLimit(5, 60_000),
    )
    return House(office_engine, clock, create_app(services), services, store_id)

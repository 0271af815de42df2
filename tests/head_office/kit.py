"""Builders for the office's tests: stores, devices, mutations, and readers of the feed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.ids import uuid7
from guide_app.protocol.digest import digest_of
from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.kinds import KINDS, full_fields
from guide_app.protocol.messages import (
    Cursor,
    DropFrame,
    EndFrame,
    Enrol,
    Enrolled,
    Frame,
    Mutation,
    Op,
    Push,
    Pushed,
    RecordFrame,
    ScopeFrame,
)
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.clients.hanging import ANCHORS
from head_office.enrolment.codes import make_enrol_code
from head_office.enrolment.devices import enrol
from head_office.feed.heads import ensure_head
from head_office.feed.push import PushRules, Sender, push
from head_office.feed.read import pull
from head_office.feed.write import FeedWriter, Written, in_transaction
from head_office.store.engine import repeatable_read
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES

NOW = 1_780_000_000_000
#: With which store PCs sign.
DEVICE_KEY = Ed25519PrivateKey.from_private_bytes(b"a store PC's key for the tests..")
SECRET = OfficeSecret(bytes(range(32)))
_numbers = itertools.count(1)


def new_id() -> str:
    """An id no other call has given."""
    return uuid7(NOW, next(_numbers))


def put_all(engine: Engine, scope: Scope, kind: str, records: dict[str, dict[str, Any]], now_ms: int = NOW) -> Written:
    """Write records as the office does, in one transaction."""

    def work(connection: Any) -> Written:
        writer = FeedWriter(connection, now_ms)
        for record_id, data in records.items():
            writer.put((scope, kind, record_id), data)
        return writer.flush()

    return in_transaction(engine, work)


def make_store(engine: Engine, code: str = "SH01", name: str = "南京西路店", **more: Any) -> str:
    """A store; returns its id."""
    store_id = new_id()
    put_all(engine, BRAND, "store", {store_id: {"code": code, "name": name, **more}})
    with engine.begin() as connection:
        ensure_head(connection, store_scope(store_id))
    return store_id


def enrol_device(engine: Engine, store_code: str = "SH01", name: str = "收银台", now_ms: int = NOW) -> Enrolled:
    """A store PC taken in with a fresh code."""
    code = in_transaction(engine, lambda c: make_enrol_code(c, store_code, now_ms))
    message = Enrol(code, name, DEVICE_KEY.public_key().public_bytes_raw().hex(), "recovery words", "1.0.0")
    return in_transaction(
        engine, lambda c: enrol(c, SECRET, message, now_ms=now_ms, link_origin="http://127.0.0.1", brand="红枫叶")
    )


@dataclass
class Pc:
    """A store PC as the office sees it: pushes mutations with growing numbers, pulls into a dict."""

    engine: Engine
    who: Enrolled
    rules: PushRules = field(default_factory=PushRules)
    mid: int = 0
    ended: dict[Scope, int] = field(default_factory=dict)
    held: dict[tuple[str, str, str], RecordFrame] = field(default_factory=dict)
    cursors: dict[Scope, ScopeFrame] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """The scope of its store."""
        return store_scope(self.who.store_id)

    def mutation(
        self,
        op: Op,
        kind: str,
        record_id: str,
        /,
        *,
        ms: int = NOW,
        counter: int = 0,
        store: str | None = None,
        **data: Any,
    ) -> Mutation:
        """The next mutation of this PC."""
        self.mid += 1
        stamp = make_stamp(ms, counter, self.who.tag)
        return Mutation(self.mid, op, kind, record_id, store or self.who.store_id, stamp, data)

    def push(self, *mutations: Mutation, now_ms: int = NOW, after: str = "") -> Pushed:
        """Push a batch."""
        granted = frozenset(self.who.scopes) - self.ended.keys()
        sender = Sender(self.who.store_id, self.who.device_id, granted, self.ended)
        return in_transaction(self.engine, lambda c: push(c, sender, Push(list(mutations), after), self.rules, now_ms))

    def page(self, limit: int = 2_000, granted: Sequence[Scope] | None = None) -> list[Frame]:
        """One page from where this PC stands, taken in."""
        cursors = [Cursor(c.scope, c.epoch, c.seq) for c in self.cursors.values()]
        with repeatable_read(self.engine) as connection:
            scopes = list(granted if granted is not None else self.who.scopes)
            frames = pull(connection, scopes, cursors, limit, last_mid=0, now_ms=NOW)
        for frame in frames:
            self._take(frame)
        return frames

    def pull(self, limit: int = 2_000) -> None:
        """Pages until nothing is left."""
        self.page(limit)
        while any(cursor.more for cursor in self.cursors.values()):
            self.page(limit)

    def digests(self) -> dict[Scope, tuple[int, str]]:
        """Number and digest of what it holds, computed from that alone."""
        rows: dict[Scope, list[tuple[str, str, int]]] = {scope: [] for scope in self.cursors}
        for frame in self.held.values():
            rows[frame.scope].append((frame.kind, frame.id, frame.seq))
        return {scope: (len(some), digest_of(some)) for scope, some in rows.items()}

    def promised(self) -> dict[Scope, tuple[int, str]]:
        """Number and digest that the office announced."""
        return {scope: (cursor.n_live, cursor.digest) for scope, cursor in self.cursors.items()}

    def _take(self, frame: Frame) -> None:
        if isinstance(frame, RecordFrame):
            self.held[frame.scope, frame.kind, frame.id] = frame
        elif isinstance(frame, ScopeFrame):
            self.cursors[frame.scope] = frame
        elif isinstance(frame, DropFrame):
            self.cursors.pop(frame.scope)
            for key in [key for key in self.held if key[0] == frame.scope]:
                del self.held[key]
        elif not isinstance(frame, EndFrame):
            self.held.pop((frame.scope, frame.kind, frame.id), None)


def seqs_of(frames: Sequence[Frame]) -> Iterator[int]:
    """The places of record frames."""
    return (frame.seq for frame in frames if isinstance(frame, RecordFrame))


def least_of(kind: str, client_id: str, ids: Mapping[str, str]) -> dict[str, Any]:
    """The least that a record of a kind can say which hangs on the client, or on records of `ids` (by kind)."""
    fields, plain = KINDS[kind].fields, full_fields(KINDS[kind], {})
    said: dict[str, Any] = {"client_id": client_id} if "client_id" in fields else {}
    said |= {f"{parent}_id": ids[parent] for parent in ANCHORS[kind] if parent != "client" and not said}
    for name in KINDS[kind].required - said.keys():
        made = new_id() if name.endswith("_id") or name == "target" else NOW if name == "at" else "词"
        said[name] = plain[name] if plain[name] not in ("", None, 0) else made
    return said


def make_template(engine: Engine, **terms: Any) -> str:
    """A coupon template on offer; returns its id. 50 off from 300 yuan unless told otherwise."""
    template_id = new_id()
    plain = {"no": next(_numbers), "name": "满300减50", "kind": "threshold_off", "min_spend_fen": 30_000}
    period = {"discount_fen": 5_000, "valid_from": NOW - DAY_MS, "valid_until": NOW + 30 * DAY_MS}
    put_all(engine, BRAND, "coupon_template", {template_id: {**plain, **period, **terms}})
    return template_id


def make_guide(engine: Engine, store_id: str, number: str = "G1", no: int = 1) -> str:
    """A guide of a store; returns her id."""
    guide_id = new_id()
    data = {"no": no, "number": number, "name": f"导购{number}", "store_id": store_id}
    put_all(engine, BRAND, "guide", {guide_id: data})
    return guide_id


def rows_of(engine: Engine, kind: str) -> list[dict[str, Any]]:
    """All rows of a kind, in the order of the feed."""
    table = KIND_TABLES[kind]
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(table).order_by(table.c.seq)).mappings()]

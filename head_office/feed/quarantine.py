"""What the office refused, kept as it came: staff look at it, mend the cause and replay it, or dismiss it.

A replay is judged with the mutation's own stamp, as if it had been taken in when it came, and written like any other
change. The device hears of it by the number (`EndFrame.revised`) and takes it off its list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, NotFoundError
from guide_app.base.ids import NIL
from guide_app.protocol.messages import Mutation, Result
from guide_app.protocol.problems import problem
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.feed.about import original
from head_office.feed.batch import Batch
from head_office.feed.decide import count
from head_office.feed.place import Sender
from head_office.feed.results import Settled, plain_name, revise_result
from head_office.feed.rules import PushRules
from head_office.feed.write import FeedWriter
from head_office.store import audit

#: How long a device is told that a refused change was taken in after all, in days.
REVISED_DAYS = 30
#: How many refused changes of one device are kept, and how much of each, in characters.
MOST_KEPT = 5_000
LONGEST_KEPT = 1 << 18
_MOST_REVISED = 1_000
#: What is said of the erased is kept nowhere; what is gone for good could not be replayed anyway.
_GONE = "record.gone"

_KEEP = (
    "INSERT INTO quarantine (store_id, id, device_id, mid, kind, record_id, client_id, mutation, code, detail,"
    " at_ms, state, settled_by)"
    " SELECT %(store)s::uuid, r.id, %(device)s::uuid, r.mid, r.kind, r.record_id, r.client_id, r.mutation, r.code,"
    " r.detail, %(now_ms)s, 'open', ''"
    " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(id uuid, mid bigint, kind text, record_id text, client_id text,"
    " mutation text, code text, detail text)"
    " ON CONFLICT (store_id, device_id, mid) DO NOTHING"
)
_BOUND = (
    "DELETE FROM quarantine WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid AND mid <="
    " (SELECT mid FROM quarantine WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid"
    " ORDER BY mid DESC OFFSET %(most)s LIMIT 1)"
)
_REVISED = (
    "SELECT mid FROM quarantine WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid"
    " AND state = 'replayed' AND settled_ms >= %(since)s ORDER BY mid DESC LIMIT %(most)s"
)
_LIST = (
    "SELECT q.id::text, q.store_id::text, coalesce(s.code, '') AS store_code, q.device_id::text,"
    " coalesce(d.name, '') AS device_name, q.mid, q.kind, q.record_id, q.code, q.detail, q.at_ms, q.state,"
    " q.settled_ms, q.settled_by, q.mutation"
    " FROM quarantine q LEFT JOIN store s ON s.id = q.store_id"
    " LEFT JOIN device d ON d.store_id = q.store_id AND d.id = q.device_id"
)
_OPEN = f"{_LIST} WHERE q.state = 'open' ORDER BY q.at_ms, q.store_id, q.device_id, q.mid"
_ONE = f"{_LIST} WHERE q.id::text = %(id)s FOR UPDATE OF q"
_SETTLE = (
    "UPDATE quarantine SET state = %(state)s, settled_ms = %(now_ms)s, settled_by = %(by)s"
    " WHERE store_id = %(store)s::uuid AND id = %(id)s::uuid"
)
_GRANTS = (
    "SELECT scope_id::text, ended_ms FROM device_grant"
    " WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid"
)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A refused change: which PC sent it when (UTC ms), why it was refused, and as what it came (`mutation`, JSON)."""

    id: str
    store_id: str
    store_code: str
    device_id: str
    device_name: str
    mid: int
    kind: str
    record_id: str
    code: str
    detail: str
    at_ms: int
    state: str
    settled_ms: int | None
    settled_by: str
    mutation: str


def quarantine(
    connection: Connection, sender: Sender, sent: Sequence[Mutation], settled: Sequence[Settled], now_ms: int
) -> None:
    """Keep what was refused of `sent`, as it was sent, unless it is about somebody of whom nothing may be kept."""
    first = sent[0].mid if sent else 0
    rows = [
        _row(sent[one.result.mid - first], one, now_ms)
        for one in settled
        if one.result.status == "rejected" and one.may_keep
    ]
    if rows:
        values = {"rows": msgspec.json.encode(rows).decode(), "now_ms": now_ms}
        connection.exec_driver_sql(_KEEP, {**sender.row, **values})
        connection.exec_driver_sql(_BOUND, {**sender.row, "most": MOST_KEPT})


def list_open(connection: Connection) -> list[Quarantined]:
    """What nobody has dealt with yet, oldest first."""
    return [Quarantined(*row) for row in connection.exec_driver_sql(_OPEN)]


def find(connection: Connection, quarantine_id: str) -> Quarantined:
    """One refused change, held until the transaction ends. Raises NotFoundError."""
    row = connection.exec_driver_sql(_ONE, {"id": quarantine_id}).one_or_none()
    if row is None:
        raise NotFoundError(
            "quarantine.unknown", f"没有这条: {quarantine_id}。", "head-office quarantine list 列出所有。"
        )
    return Quarantined(*row)


def dismiss(connection: Connection, quarantine_id: str, by: str, now_ms: int) -> Quarantined:
    """Put a refused change aside for good. Raises NotFoundError, GuideError if it is settled already."""
    found = _find_open(connection, quarantine_id)
    _settle(connection, found, "dismissed", by, now_ms)
    return found


def replay(connection: Connection, quarantine_id: str, rules: PushRules, by: str, now_ms: int) -> Result:
    """Judge a refused change anew and write what becomes of it.

    Raises NotFoundError; GuideError if it is settled already, was not kept, or is refused again: then with the code and
    sentence of the refusal, and the transaction must be rolled back.
    """
    found = _find_open(connection, quarantine_id)
    mutation = _original(found)
    sender = _sender(connection, found, now_ms)
    counted, _ = count([mutation], "", found.at_ms)
    batch = Batch(FeedWriter(connection, now_ms), sender, rules)
    batch.gather([], counted)
    batch.apply(counted)
    result = next((one.result for one in batch.settled), Result(found.mid, "applied"))
    if result.status == "rejected":
        why = problem(result.code)
        raise GuideError(
            result.code,
            f"仍被拒绝: {why.title}。{why.detail}{f' ({result.detail})' if result.detail else ''}",
            "head-office quarantine list 列出还没处理的。",
        )
    revise_result(connection, sender, found.mid)
    _settle(connection, found, "replayed", by, now_ms)
    return result


def revised(connection: Connection, store_id: str, device_id: str, now_ms: int) -> list[int]:
    """Numbers of a device's refused changes that were taken in after all, ascending."""
    values = {"since": now_ms - REVISED_DAYS * DAY_MS, "most": _MOST_REVISED}
    found = connection.exec_driver_sql(_REVISED, {"store": store_id, "device": device_id, **values})
    return sorted(mid for (mid,) in found)


def _row(sent: Mutation, one: Settled, now_ms: int) -> dict[str, Any]:
    text = msgspec.json.encode(sent).decode()
    return {
        "id": audit.new_id(now_ms),
        "mid": sent.mid,
        "kind": plain_name(sent.kind),
        "record_id": plain_name(sent.id),
        "client_id": plain_name(one.client_id),
        "mutation": "" if one.result.code == _GONE or len(text) > LONGEST_KEPT else text,
        "code": one.result.code,
        "detail": one.result.detail,
    }


def _original(found: Quarantined) -> Mutation:
    mutation = original(msgspec.json.decode(found.mutation, type=Mutation)) if found.mutation else None
    if mutation is None or mutation.op == "void":
        raise GuideError("quarantine.empty", "这条修改的内容没有留下, 不能重放。", "请在门店的电脑上重新录入。")
    return mutation


def _find_open(connection: Connection, quarantine_id: str) -> Quarantined:
    found = find(connection, quarantine_id)
    if found.state != "open":
        raise GuideError("quarantine.settled", "这条已经处理过。", "head-office quarantine list 列出还没处理的。")
    return found


def _settle(connection: Connection, found: Quarantined, state: str, by: str, now_ms: int) -> None:
    values = {"store": found.store_id, "id": found.id, "state": state, "by": by, "now_ms": now_ms}
    connection.exec_driver_sql(_SETTLE, values)
    detail = {"device_id": found.device_id, "mid": found.mid, "kind": found.kind, "code": found.code}
    audit.record(connection, now_ms, by, f"quarantine.{state}", detail, store_id=found.store_id)


def _sender(connection: Connection, found: Quarantined, now_ms: int) -> Sender:
    """The device with the grants that it has by now, even if it is shut out."""
    granted: set[Scope] = set()
    ended: dict[Scope, int] = {}
    own = {"store": found.store_id, "device": found.device_id}
    for scope_id, ended_ms in connection.exec_driver_sql(_GRANTS, own):
        scope = BRAND if scope_id == NIL else store_scope(scope_id)
        if ended_ms is None or ended_ms > now_ms:
            granted.add(scope)
        else:
            ended[scope] = ended_ms
    return Sender(found.store_id, found.device_id, frozenset(granted), ended)

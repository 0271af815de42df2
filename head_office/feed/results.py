"""What became of each mutation that was not plainly applied: kept, so that a replayed push is answered alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.protocol.messages import Mutation, Result
from head_office.feed.about import original
from head_office.feed.place import Sender
from head_office.feed.rows import Key

#: How much of a name that a device made up is kept, in characters.
_LONGEST_NAME = 64
_READ = (
    "SELECT mid, status, code, detail, lost, touched FROM push_result"
    " WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid AND mid BETWEEN %(first)s AND %(last)s"
    " ORDER BY mid"
)
_KEEP = (
    "INSERT INTO push_result"
    " (store_id, device_id, mid, status, code, detail, lost, touched, at_ms, kind, record_id)"
    " SELECT %(store)s::uuid, %(device)s::uuid, r.mid, r.status, r.code, r.detail, r.lost, r.touched, %(now_ms)s,"
    " r.kind, r.record_id"
    " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(mid bigint, status text, code text, detail text, lost jsonb,"
    " touched jsonb, kind text, record_id text)"
)
_REVISE = (
    "UPDATE push_result SET status = 'applied', code = '', detail = 'revised'"
    " WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid AND mid = %(mid)s"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A mutation and what became of it; `client_id` is whom it was about, if that is known ('' else).

    `may_keep`: its content may stay with the office although it was refused.
    """

    mutation: Mutation
    result: Result
    touched: tuple[Key, ...] = ()
    client_id: str = ""
    may_keep: bool = True

    def is_about(self, client_ids: Collection[str]) -> bool:
        """Whether it concerns one of these clients."""
        named = (self.mutation.id, self.mutation.data.get("client_id"), *self.clients)
        return any(isinstance(one, str) and one in client_ids for one in named)

    @property
    def clients(self) -> tuple[str, ...]:
        """Whom it was about; of a merge also who was to stay."""
        into = original(self.mutation).data.get("into")
        return (self.client_id, into) if isinstance(into, str) else (self.client_id,)

    def forgotten(self) -> Settled:
        """The same without a word of what was sent: whom it was about has been erased meanwhile."""
        plain = Result(self.result.mid, self.result.status, self.result.code and "record.gone")
        return replace(self, result=plain)


def recall(connection: Connection, sender: Sender, first: int, last: int) -> list[tuple[Result, tuple[Key, ...]]]:
    """Results of mutations settled earlier, with the records that must be shown again."""
    found = connection.exec_driver_sql(_READ, {**sender.row, "first": first, "last": last})
    return [(Result(*result), tuple((s, k, i) for s, k, i in touched)) for *result, touched in found]


def keep_results(connection: Connection, sender: Sender, settled: Sequence[Settled], now_ms: int) -> None:
    """Store results for replays."""
    rows: list[dict[str, Any]] = [
        {
            **msgspec.structs.asdict(one.result),
            "touched": one.touched,
            "kind": plain_name(one.mutation.kind),
            "record_id": plain_name(one.mutation.id),
        }
        for one in settled
    ]
    if rows:
        values = {"rows": msgspec.json.encode(rows).decode(), "now_ms": now_ms}
        connection.exec_driver_sql(_KEEP, {**sender.row, **values})


def revise_result(connection: Connection, sender: Sender, mid: int) -> None:
    """Let replays say of a mutation that was refused that it was taken in after all."""
    connection.exec_driver_sql(_REVISE, {**sender.row, "mid": mid})


def plain_name(name: str) -> str:
    """A name that came from outside as the database can hold it: no U+0000, not endless."""
    return name.replace("\0", "")[:_LONGEST_NAME]

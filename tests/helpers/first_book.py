"""A book as the first version of the program left it: its tables, its rows, and in `extra` what it did not know."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.pool import NullPool

from guide_app.protocol.messages import Enrolled, Frame, Mutation, RecordFrame, ScopeFrame
from guide_app.protocol.scopes import scope_store_id
from guide_app.store.connect import APPLICATION_ID, connector, engine_for
from guide_app.store.schema import migrate
from tests.helpers.plain_book import KEY

FIRST = "0001"


def make_first_book(
    path: Path, given: Enrolled, origin: str, frames: Sequence[Frame], waiting: Sequence[Mutation] = ()
) -> None:
    """The book at `path`: enrolled as `given`, with what `frames` of a pull brought and `waiting` not yet handed in."""
    engine = engine_for(connector(path, KEY, read_only=False), NullPool, "BEGIN IMMEDIATE")
    with engine.begin() as conn:
        conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(conn, FIRST)
        _enrol(conn, given, origin)
        for frame in frames:
            if isinstance(frame, RecordFrame):
                _hold(conn, frame)
            elif isinstance(frame, ScopeFrame):
                conn.exec_driver_sql(
                    "INSERT INTO cursor (scope, epoch, seq, n_live, office_digest) VALUES (?, ?, ?, ?, ?)",
                    (frame.scope, frame.epoch, frame.seq, frame.n_live, frame.digest),
                )
        for mutation in waiting:
            _wait(conn, mutation)
    engine.dispose()


def _enrol(conn: Connection, given: Enrolled, origin: str) -> None:
    values: Mapping[str, Any] = {
        "device_id": given.device_id, "token": given.token, "tag": given.tag, "key_no": given.key_no,
        "link_key": bytes.fromhex(given.link_key), "signing_key": bytes(32), "store_id": given.store_id,
        "store_name": given.store_name, "scopes": json.dumps(list(given.scopes)), "link_origin": given.link_origin,
        "brand": given.brand, "office": origin, "enrolled_at": given.server_ms,
    }  # fmt: skip
    sets = ", ".join(f"{name} = ?" for name in values)
    assert conn.exec_driver_sql(f"UPDATE device SET {sets}", tuple(values.values())).rowcount == 1


def _hold(conn: Connection, frame: RecordFrame) -> None:
    """As the first version did: what it has a column for goes there, all else into `extra`."""
    columns = {row[1] for row in conn.exec_driver_sql(f'PRAGMA table_info("{frame.kind}")')}
    known = {name: value for name, value in frame.data.items() if name in columns}
    extra = {name: value for name, value in frame.data.items() if name not in columns}
    row: dict[str, Any] = {"id": frame.id, "seq": frame.seq, "extra": json.dumps(extra) if extra else None}
    if "store_id" in columns and frame.scope != "brand":
        row["store_id"] = scope_store_id(frame.scope)
    row |= {name: json.dumps(v) if isinstance(v, list | dict) else v for name, v in known.items()}
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    conn.exec_driver_sql(f'INSERT INTO "{frame.kind}" ({names}) VALUES ({marks})', tuple(row.values()))


def _wait(conn: Connection, mutation: Mutation) -> None:
    """A change laid over a record that the office has: its version is set aside, the change shown and queued."""
    held = conn.exec_driver_sql(f'SELECT * FROM "{mutation.kind}" WHERE id = ?', (mutation.id,)).mappings().one()
    data = {name: value for name, value in held.items() if name not in ("id", "store_id", "seq", "extra")}
    data |= json.loads(held["extra"] or "{}")
    booleans = {name for name in data if name in ("birth_leap", "starred", "no_profiling")}
    data |= {name: bool(data[name]) for name in booleans}
    conn.exec_driver_sql(
        "INSERT INTO base (kind, id, store_id, seq, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (mutation.kind, mutation.id, held["store_id"], held["seq"], json.dumps(data)),
    )
    for name, value in mutation.data.items():
        conn.exec_driver_sql(f'UPDATE "{mutation.kind}" SET "{name}" = ? WHERE id = ?', (value, mutation.id))
    conn.exec_driver_sql(
        'INSERT INTO outbox (mid, grp, op, kind, id, store, stamp, data, "by", schema, created_at)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            mutation.mid, mutation.mid, mutation.op, mutation.kind, mutation.id, mutation.store, mutation.stamp,
            json.dumps(mutation.data), mutation.by, 1, 0,
        ),
    )  # fmt: skip
    conn.exec_driver_sql("UPDATE device SET last_mid = ?, last_stamp = ?", (mutation.mid, mutation.stamp))

"""One person, one hash: which client record a phone number belongs to first, across all stores."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, Engine

from guide_app.protocol.scopes import scope_store_id
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret

_HOLD = (
    "INSERT INTO client_identity (person_hash, store_id, client_id)"
    " VALUES (%(person)s, %(store)s::uuid, %(client)s::uuid)"
    " ON CONFLICT (person_hash) DO UPDATE SET person_hash = excluded.person_hash"
)
_SETTLE = (
    "UPDATE client_identity SET client_id = %(found)s::uuid WHERE person_hash = %(person)s"
    " AND store_id = %(store)s::uuid AND client_id = %(prospective)s::uuid"
)
_NOTE_MANY = (
    "INSERT INTO client_identity (person_hash, store_id, client_id)"
    " SELECT DISTINCT ON (r.person) decode(r.person, 'hex'), r.store, r.client"
    " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(person text, store uuid, client uuid) ORDER BY r.person"
    " ON CONFLICT (person_hash) DO NOTHING"
)
_PART = 5_000
_FORGET_MANY = (
    "DELETE FROM client_identity i USING jsonb_to_recordset(%(rows)s::jsonb) AS r(person text, store uuid, client uuid)"
    " WHERE i.person_hash = decode(r.person, 'hex') AND i.store_id = r.store AND i.client_id = r.client"
)


def hold_person(connection: Connection, person_hash: bytes, store_id: str, client_id: str) -> None:
    """Let only this transaction deal with the person until it ends; notes the client if the person is new."""
    values = {"person": person_hash, "store": store_id, "client": client_id}
    connection.exec_driver_sql(_HOLD, values)


def settle_person(connection: Connection, person_hash: bytes, store_id: str, prospective: str, found: str) -> None:
    """Let the identity name the client record that turned out to exist, not the one that might have been made."""
    values = {"person": person_hash, "store": store_id, "prospective": prospective, "found": found}
    connection.exec_driver_sql(_SETTLE, values)


class IdentityKeeper:
    """Keeps the identities in step with what devices write."""

    def __init__(self, secret: OfficeSecret) -> None:
        self._secret = secret

    def clients_arrived(self, writer: FeedWriter, keys: Sequence[Key]) -> None:
        """Note new phone numbers of clients and forget those given up."""
        forget, note = [], []
        for key in keys:
            before, after = writer.before(key), writer.get(key)
            old = before.data["phone"] if before else ""
            new = after.data["phone"] if after else ""
            if old and old != new:
                forget.append(self._row(old, key))
            if new and old != new:
                note.append(self._row(new, key))
        for rows, sql in ((forget, _FORGET_MANY), (note, _NOTE_MANY)):
            if rows:
                writer.connection.exec_driver_sql(sql, {"rows": _json(rows)})

    def _row(self, phone: str, key: Key) -> dict[str, str]:
        return {
            "person": self._secret.person_hash(phone).hex(),
            "store": scope_store_id(key[0]),
            "client": key[2],
        }


def note_everyone(engine: Engine, secret: OfficeSecret) -> None:
    """Note the persons of clients that were written in bulk; who is known already stays as she is."""
    with engine.connect() as connection:
        rows = connection.execution_options(stream_results=True).exec_driver_sql(
            "SELECT phone, store_id::text, id::text FROM client WHERE phone <> '' ORDER BY store_id, seq"
        )
        for part in rows.partitions(_PART):
            persons = [{"person": secret.person_hash(p).hex(), "store": s, "client": c} for p, s, c in part]
            with engine.begin() as writing:
                writing.exec_driver_sql(_NOTE_MANY, {"rows": _json(persons)})


def _json(rows: list[dict[str, str]]) -> str:
    return msgspec.json.encode(rows).decode()

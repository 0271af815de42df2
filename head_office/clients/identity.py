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
_NOTE = (
    "INSERT INTO client_identity (person_hash, store_id, client_id)"
    " VALUES (%(person)s, %(store)s::uuid, %(client)s::uuid) ON CONFLICT (person_hash) DO NOTHING"
)
_NOTE_MANY = (
    "INSERT INTO client_identity (person_hash, store_id, client_id)"
    " SELECT DISTINCT ON (r.person) decode(r.person, 'hex'), r.store, r.client"
    " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(person text, store uuid, client uuid)"
    " ON CONFLICT (person_hash) DO NOTHING"
)
_PART = 5_000
_FORGET = (
    "DELETE FROM client_identity WHERE person_hash = %(person)s"
    " AND store_id = %(store)s::uuid AND client_id = %(client)s::uuid"
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
        changes = []
        for key in keys:
            before, after = writer.before(key), writer.get(key)
            old = before.data["phone"] if before else ""
            new = after.data["phone"] if after else ""
            if old != new:
                steps = ((old, _FORGET), (new, _NOTE))
                changes += [(self._secret.person_hash(phone), sql, key) for phone, sql in steps if phone]
        for person, sql, key in sorted(changes, key=lambda change: change[0]):
            values = {"person": person, "store": scope_store_id(key[0]), "client": key[2]}
            writer.connection.exec_driver_sql(sql, values)


def note_everyone(engine: Engine, secret: OfficeSecret) -> None:
    """Note the persons of clients that were written in bulk; who is known already stays as she is."""
    with engine.connect() as connection:
        rows = connection.execution_options(stream_results=True).exec_driver_sql(
            "SELECT phone, store_id::text, id::text FROM client WHERE phone <> '' ORDER BY store_id, seq"
        )
        for part in rows.partitions(_PART):
            persons = [{"person": secret.person_hash(p).hex(), "store": s, "client": c} for p, s, c in part]
            values = {"rows": msgspec.json.encode(persons).decode()}
            with engine.begin() as writing:
                writing.exec_driver_sql(_NOTE_MANY, values)

"""What tables beside the records say of a person: refused and lost edits, merges, handovers, who holds which phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

# A PC of another store may have written here too, if it was lent a hand.
_WRITERS = "SELECT DISTINCT store_id::text FROM device_grant WHERE scope_id = ANY(%(stores)s::uuid[])"
# Results from before their record was noted may be anybody's: what they quote goes. A merge quotes the other one too.
_RESULTS = (
    "UPDATE push_result SET lost = '{}'::jsonb, detail = '' WHERE store_id = ANY(%(writers)s::uuid[])"
    " AND (record_id = ANY(%(records)s) OR lost <> '{}'::jsonb AND (record_id = '' OR EXISTS (SELECT 1"
    " FROM jsonb_array_elements(touched) AS key WHERE key->>1 = 'client' AND key->>2 = ANY(%(clients)s))))"
)
_QUARANTINE = (
    "DELETE FROM quarantine WHERE store_id = ANY(%(writers)s::uuid[]) AND (record_id = ANY(%(records)s)"
    " OR client_id = ANY(%(clients)s) OR mutation LIKE ANY(%(named)s))"
)
_MERGES = (
    "DELETE FROM merge_log WHERE store_id = ANY(%(stores)s::uuid[])"
    " AND (loser_id = ANY(%(clients)s::uuid[]) OR survivor_id = ANY(%(clients)s::uuid[]))"
)
_TRANSFERS = (
    "UPDATE transfer SET client_id = NULL, reason = '' WHERE store_id = ANY(%(stores)s::uuid[])"
    " AND client_id = ANY(%(clients)s::uuid[])"
)
_IDENTITIES = (
    "DELETE FROM client_identity WHERE person_hash = ANY(%(persons)s::bytea[]) AND client_id = ANY(%(clients)s::uuid[])"
)
_CLAIMS = (
    "DELETE FROM coupon_claim WHERE person_hash = ANY(%(persons)s::bytea[])"
    " AND template_id IN (SELECT id FROM coupon_template)"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to forget: her store, her record ids, keyed hashes of her phones and ids, and words that name her."""

    store_id: str
    client_ids: tuple[str, ...]
    hashes: tuple[bytes, ...]
    words: tuple[str, ...]
    phones: tuple[str, ...]


def clear_traces(connection: Connection, person: Person, stores: Sequence[str], record_ids: Sequence[str]) -> None:
    """Clear them. `stores` are those she lives or lived in; `record_ids` her records that are removed."""
    writers = connection.exec_driver_sql(_WRITERS, {"stores": list(stores)}).scalars().all()
    values = {
        "stores": list(stores),
        "writers": sorted({*writers, *stores}),
        "records": list(record_ids),
        "clients": list(person.client_ids),
        "persons": list(person.hashes),
        "named": [f"%{said}%" for said in (*person.phones, *person.client_ids)],
    }
    for statement in (_RESULTS, _QUARANTINE, _MERGES, _TRANSFERS, _IDENTITIES, _CLAIMS):
        connection.exec_driver_sql(statement, values)

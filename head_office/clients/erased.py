"""The erased stay erased: keyed hashes of their ids are kept for good.

A tombstone is dropped after half a year; a PC that was away for longer could then bring a person back under the same
id. The hash tells that the id was erased, and nothing else: whoever has the database without the office's secret can
not even try ids out.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from guide_app.base.ids import NIL
from head_office.feed.statements import text_array
from head_office.store.secret import OfficeSecret

#: Beside the stores that are known to have had her: ids are one to the brand, and an old note may come from any store.
EVERYWHERE = NIL
_PURPOSE = "erased client "
_NOTE = (
    "INSERT INTO erased_id (store_id, id_hash, at_ms)"
    " SELECT %(store)s::uuid, unnest(%(hashes)s::bytea[]), %(now_ms)s ON CONFLICT (store_id, id_hash) DO NOTHING"
)
_KNOWN = (
    "SELECT encode(id_hash, 'hex') FROM erased_id WHERE store_id IN (%(store)s::uuid, %(everywhere)s::uuid)"
    " AND id_hash IN (SELECT decode(hash, 'hex') FROM unnest(%(hashes)s::text[]) AS hash)"
)


def id_hash(secret: OfficeSecret, client_id: str) -> bytes:
    """The keyed hash (32 bytes) under which a client's erasure is remembered."""
    return secret.person_hash(_PURPOSE + client_id)


def note_erased(
    connection: Connection, secret: OfficeSecret, store_id: str, client_ids: Iterable[str], now_ms: int
) -> None:
    """Remember for good that these clients of a store, or of `EVERYWHERE`, were erased."""
    hashes = [id_hash(secret, client_id) for client_id in client_ids]
    connection.exec_driver_sql(_NOTE, {"store": store_id, "hashes": hashes, "now_ms": now_ms})


def erased_among(connection: Connection, secret: OfficeSecret, store_id: str, client_ids: Iterable[str]) -> set[str]:
    """Those of the ids whose clients were once erased, in this store or anywhere."""
    by_hash = {id_hash(secret, client_id).hex(): client_id for client_id in client_ids}
    if not by_hash:
        return set()
    values = {"store": store_id, "everywhere": EVERYWHERE, "hashes": text_array(by_hash)}
    return {by_hash[found] for (found,) in connection.exec_driver_sql(_KNOWN, values)}

"""转店: a client and all that hangs on her move to another store's scope, in one transaction with both heads.

A reader sees her in the old store or in the new one, never in both and never in neither. The old store's PCs get leave
marks and purge her; the marks name the new store, so that edits made before the move still find her.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.clients.family import read_families
from head_office.clients.hanging import hanging_on
from head_office.clients.photos import move_photos
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store.audit import new_id
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES, transfer

_GUIDE = "SELECT role, store_id::text, active FROM guide WHERE id = %(guide)s::uuid"
_PERSONS = (
    "UPDATE client_identity SET store_id = %(to)s::uuid WHERE person_hash = ANY(%(persons)s::bytea[])"
    " AND store_id = %(from)s::uuid AND client_id = ANY(%(clients)s::uuid[])"
)
_CODES = (
    "UPDATE coupon_code SET store_id = %(to)s::uuid WHERE coupon_id IN"
    " (SELECT coupon_id FROM coupon_code WHERE code = ANY(%(codes)s))"
)
# Rows of tables that belong to stores are not moved but written anew: on a distributed PostgreSQL they change machines.
_WAITING = (
    "WITH left_here AS (DELETE FROM waiting_event"
    " WHERE store_id = %(from)s::uuid AND event_id = ANY(%(events)s::uuid[]) RETURNING key_no, share_no, event_id)"
    " INSERT INTO waiting_event (store_id, key_no, share_no, event_id)"
    " SELECT %(to)s::uuid, key_no, share_no, event_id FROM left_here"
)
_MERGES = (
    "WITH left_here AS (DELETE FROM merge_log"
    " WHERE store_id = %(from)s::uuid AND loser_id = ANY(%(clients)s::uuid[]) RETURNING *)"
    " INSERT INTO merge_log (store_id, loser_id, survivor_id, by_guide, moved, filled, at_ms, undone_ms)"
    " SELECT %(to)s::uuid, loser_id, survivor_id, by_guide, moved, filled, at_ms, undone_ms FROM left_here"
)


@dataclass(frozen=True, slots=True)
class Handover:
    """Who goes where: to which store's scope, and to which of its guides (None: to nobody in particular)."""

    scope: Scope
    to_scope: Scope
    to_guide: str | None


def move_clients(
    writer: FeedWriter, secret: OfficeSecret, handover: Handover, client_ids: Collection[str]
) -> list[Key]:
    """Stage the move of clients with all that hangs on them; returns the keys that leave. Unknown clients are none.

    Those who were merged into them, and whom they were merged into, move along.
    """
    scope, to = handover.scope, handover.to_scope
    families = read_families(writer.connection, scope)
    whole = dict.fromkeys(member for one in client_ids for member in families.members(families.root(one)))
    clients: list[Key] = [(scope, "client", client_id) for client_id in whole]
    writer.load(clients)
    clients = [key for key in clients if writer.get(key) is not None]
    hanging = hanging_on(writer, scope, [key[2] for key in clients])
    writer.together(2 * (len(clients) + len(hanging)))
    persons, codes = [], []
    for key in clients:
        row = writer.get(key)
        persons += [secret.person_hash(row.data["phone"] or key[2])] if row is not None else []
        writer.move(key, to, primary_guide_id=handover.to_guide)
    for key in hanging:
        row = writer.get(key)
        if row is None:
            continue
        codes += [row.data["code"]] if key[1] == "coupon" else []
        if key[1] == "task" and row.data["status"] == "open":
            writer.move(key, to, guide_id=handover.to_guide)
        else:
            writer.move(key, to)
    events = [key[2] for key in hanging if key[1] == "share_event"]
    _follow(writer.connection, handover, [key[2] for key in clients], persons, codes, events)
    move_photos(writer.connection, scope_store_id(scope), scope_store_id(to), [key[2] for key in hanging])
    return [*clients, *hanging]


def is_manager(connection: Connection, guide_id: str | None, store_id: str) -> bool:
    """Whether the guide manages this store now."""
    if guide_id is None:
        return False
    found = connection.exec_driver_sql(_GUIDE, {"guide": guide_id}).one_or_none()
    return found is not None and (found.role, found.store_id, found.active) == ("store_manager", store_id, True)


def works_at(connection: Connection, guide_id: str, store_id: str) -> bool:
    """Whether the guide works in this store now."""
    found = connection.exec_driver_sql(_GUIDE, {"guide": guide_id}).one_or_none()
    return found is not None and (found.store_id, found.active) == (store_id, True)


def is_store(connection: Connection, store_id: str) -> bool:
    """Whether there is such a store."""
    store = KIND_TABLES["store"]
    return connection.scalar(sa.select(store.c.id).where(store.c.id == store_id)) is not None


def note_transfer(
    writer: FeedWriter, handover: Handover, client_id: str, left: Sequence[Key], *, by: str, reason: str
) -> None:
    """Write the handing over of a single client into the list of transfers."""
    values = {
        "store_id": scope_store_id(handover.scope),
        "id": new_id(writer.now_ms),
        "to_store": scope_store_id(handover.to_scope),
        "to_guide": handover.to_guide,
        "client_id": client_id,
        "by_guide": by,
        "reason": reason,
        "planned": 1,
        "done": 1,
        "records": len(left),
        "late": 0,
        "refused": 0,
        "created_ms": writer.now_ms,
        "finished_ms": writer.now_ms,
    }
    writer.connection.execute(sa.insert(transfer), values)


def _follow(
    connection: Connection,
    handover: Handover,
    clients: Sequence[str],
    persons: Sequence[bytes],
    codes: Sequence[str],
    events: Sequence[str],
) -> None:
    """Let the tables that say where somebody or something lives follow."""
    sides = {"from": scope_store_id(handover.scope), "to": scope_store_id(handover.to_scope)}
    connection.exec_driver_sql(_PERSONS, {**sides, "persons": sorted(persons), "clients": clients})
    connection.exec_driver_sql(_CODES, {**sides, "codes": sorted(codes)})
    connection.exec_driver_sql(_WAITING, {**sides, "events": events})
    connection.exec_driver_sql(_MERGES, {**sides, "clients": clients})

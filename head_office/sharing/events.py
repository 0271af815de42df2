"""What comes of a share: scans and claims, and their joining with share records that arrive later."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.sharing.links import OpenedLink
from head_office.store.audit import new_id

_WAIT = (
    "INSERT INTO waiting_event (store_id, key_no, share_no, event_id)"
    " VALUES (%(store)s::uuid, %(key_no)s, %(share_no)s, %(event)s::uuid)"
)
_WAITING = (
    "SELECT w.key_no, w.share_no, w.event_id::text, s.id::text, s.client_id::text"
    " FROM waiting_event w LEFT JOIN share s"
    " ON s.store_id = w.store_id AND s.key_no = w.key_no AND s.share_no = w.share_no"
    " WHERE w.store_id = %(store)s::uuid"
)
_JOINED = (
    "DELETE FROM waiting_event WHERE store_id = %(store)s::uuid AND (key_no, share_no, event_id) IN"
    " (SELECT key_no, share_no, event_id FROM jsonb_to_recordset(%(rows)s::jsonb)"
    " AS r(key_no bigint, share_no bigint, event_id uuid))"
)
_MARKETING = "marketing"


def record_scan(connection: Connection, opened: OpenedLink, now_ms: int, visitor_id: str | None = None) -> str:
    """Write that somebody opened the link; returns the event's id. Call within one transaction of its own.

    `visitor_id` is the client of this store whose browser it was, if it is known to be hers; else the recipient is
    taken to have opened it. Either is named only if she agreed to marketing and to profiling (PIPL 13, 24).
    """
    writer = FeedWriter(connection, now_ms)
    who = visitor_id or opened.recipient_id
    client_id = who if _may_be_named(writer, opened.scope, who) else None
    event_id = stage_event(writer, opened, "scan", client_id=client_id)
    writer.flush()
    return event_id


def stage_event(
    writer: FeedWriter, opened: OpenedLink, kind: str, *, client_id: str | None, coupon_id: str | None = None
) -> str:
    """Stage a scan or claim; if the share record is not there yet, it is joined when that arrives."""
    event_id = new_id(writer.now_ms)
    event = {
        "share_id": opened.share_id,
        "guide_id": opened.guide_id,
        "product_id": opened.product_id,
        "client_id": client_id,
        "coupon_id": coupon_id,
        "kind": kind,
        "at": writer.now_ms,
    }
    writer.put((opened.scope, "share_event", event_id), event)
    if opened.share_id is None:
        numbers = {"key_no": opened.link.key_no, "share_no": opened.link.share_no}
        writer.connection.exec_driver_sql(_WAIT, {"store": opened.store_id, **numbers, "event": event_id})
    return event_id


def shares_arrived(writer: FeedWriter, keys: Sequence[Key]) -> None:
    """Join waiting events with the shares that a push brings.

    All waiting events of the store are looked at, so that one which was written while its share was on the way is
    joined by the next share at the latest.
    """
    for scope in dict.fromkeys(key[0] for key in keys):
        brought = {}
        for key in keys:
            share = writer.get(key)
            if key[0] == scope and share is not None:
                brought[share.data["key_no"], share.data["share_no"]] = (key[2], share.data["client_id"])
        _join(writer, scope, brought)


def _join(writer: FeedWriter, scope: Scope, brought: dict[tuple[int, int], tuple[str, str | None]]) -> None:
    store = {"store": scope_store_id(scope)}
    joined = []
    for key_no, share_no, event_id, known_id, known_client in writer.connection.exec_driver_sql(_WAITING, store).all():
        found = brought.get((key_no, share_no)) or ((known_id, known_client) if known_id else None)
        if found is not None:
            joined.append((key_no, share_no, event_id, *found))
    writer.load((scope, "share_event", event_id) for _, _, event_id, _, _ in joined)
    for _, _, event_id, share_id, recipient_id in joined:
        key = (scope, "share_event", event_id)
        event = writer.get(key)
        if event is None:
            continue
        named = event.data["client_id"] or (recipient_id if _may_be_named(writer, scope, recipient_id) else None)
        writer.change(key, share_id=share_id, client_id=named)
    if joined:
        rows = [{"key_no": k, "share_no": s, "event_id": e} for k, s, e, _, _ in joined]
        writer.connection.exec_driver_sql(_JOINED, {**store, "rows": msgspec.json.encode(rows).decode()})


def _may_be_named(writer: FeedWriter, scope: Scope, client_id: str | None) -> bool:
    client = writer.get((scope, "client", client_id)) if client_id else None
    return client is not None and client.data["contact_state"] == _MARKETING and not client.data["no_profiling"]

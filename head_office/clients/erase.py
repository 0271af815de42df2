"""Erasure of a client at her request (个人信息保护法 art. 47): what names her goes, what the books need stays unnamed.

Removed for good: the client, her tags, notes and tasks, and her phone's identity. Kept without her: receipts and their
attribution (the shop must keep its books), shares and what came of them. Her coupons are void. Every PC of the store
purges the same at its next contact.
"""

from __future__ import annotations

from sqlalchemy import text

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter
from head_office.store import audit
from head_office.store.secret import OfficeSecret

#: Kinds that are about her and nothing else.
_REMOVED = ("client_tag", "note", "task")
_KEPT_UNNAMED = tuple(
    name
    for name, kind in KINDS.items()
    if kind.scope == "store" and "client_id" in kind.fields and name not in _REMOVED
)


def erase_client(
    writer: FeedWriter, secret: OfficeSecret, scope: Scope, client_id: str, *, by: str | None, reason: str
) -> tuple[Key, ...]:
    """Stage the erasure; returns the records touched, none if there is no such client. `reason` goes to the trail."""
    client: Key = (scope, "client", client_id)
    row = writer.get(client)
    if row is None:
        return ()
    removed = _about(writer, scope, client_id, _REMOVED)
    kept = _about(writer, scope, client_id, _KEPT_UNNAMED)
    writer.load([client, *removed, *kept])
    for key in (client, *removed):
        writer.remove(key)
    for key in kept:
        if key[1] == "coupon":
            held = writer.get(key)
            status = "void" if held is not None and held.data["status"] == "claimed" else None
            writer.change(key, client_id=None, **({"status": status} if status else {}))
        else:
            writer.change(key, client_id=None)
    _forget_identity(writer, secret, scope, client_id, str(row.data["phone"]))
    counts = {"records": 1 + len(removed), "unnamed": len(kept)}
    audit.record(
        writer.connection, writer.now_ms, by or "", "client.erase",
        {"client_id": client_id, "reason": reason, **counts}, store_id=scope_store_id(scope),
    )  # fmt: skip
    return (client, *removed, *kept)


def _about(writer: FeedWriter, scope: Scope, client_id: str, kinds: tuple[str, ...]) -> list[Key]:
    """Records of these kinds that name her: those held, and those that this very transaction brings."""
    found: dict[Key, None] = {}
    for name in kinds:
        rows = writer.connection.execute(
            text(f'SELECT id::text FROM "{name}" WHERE store_id = :store AND client_id = :client'),
            {"store": scope_store_id(scope), "client": client_id},
        )
        found.update({(scope, name, row[0]): None for row in rows})
    for key, after in writer.staged().items():
        if key[0] == scope and key[1] in kinds and isinstance(after, Row) and after.data["client_id"] == client_id:
            found[key] = None
    return [key for key in found if writer.get(key) is not None]


def _forget_identity(writer: FeedWriter, secret: OfficeSecret, scope: Scope, client_id: str, phone: str) -> None:
    writer.connection.execute(
        text("DELETE FROM client_identity WHERE person_hash = :person AND store_id = :store AND client_id = :client"),
        {"person": secret.person_hash(phone or client_id), "store": scope_store_id(scope), "client": client_id},
    )

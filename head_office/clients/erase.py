"""Erasure of a client at her request (个人信息保护法 art. 47): what names her goes, what the books need stays unnamed.

Removed for good: the client and those merged into her, her tags, notes and tasks. Kept without her: receipts and their
attribution (the shop must keep its books), shares and what came of them. Her coupons are void. Every PC that may hold
her purges the same at its next contact, also those of stores she has left. What other tables still say of her is
cleared by `head_office.clients.traces`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.clients.erased import EVERYWHERE, note_erased
from head_office.clients.family import read_families
from head_office.clients.hanging import ANCHORS, hanging_on
from head_office.clients.photos import drop_photos
from head_office.clients.relatives import forget_relative, relations_naming
from head_office.clients.strays import stray_scopes
from head_office.clients.traces import Person, clear_traces
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store import audit
from head_office.store.secret import OfficeSecret

#: Kinds that are about her and nothing else.
_REMOVED = frozenset(
    {
        "client_tag",
        "tag_bar",
        "consent",
        "relation",
        "client_date",
        "custom_value",
        "stated_size",
        "wish",
        "segment_member",
        "sop_run",
        "bought_for",
        "copied",
        "coupon_gift",
        "service",
        "company_view",
        "note",
        "task",
    }
)
# By way of the stores, because that is how tombstones are indexed.
_LEFT = (
    "SELECT DISTINCT g.store_id::text FROM feed_head h JOIN gone g ON g.store_id = h.store_id AND g.kind = 'client'"
    " AND g.id = ANY(%(ids)s::uuid[]) WHERE g.mark = 'l'"
)
_ERASURE = (
    "INSERT INTO erasure (store_id, client_id, at_ms, by_guide, reason)"
    " SELECT s, c, %(now_ms)s, %(by)s, %(reason)s FROM unnest(%(stores)s::uuid[]) s, unnest(%(clients)s::uuid[]) c"
    " ON CONFLICT (store_id, client_id) DO NOTHING"
)
_HIDDEN = "…"


def erase_client(
    writer: FeedWriter, secret: OfficeSecret, scope: Scope, client_id: str, *, by: str | None, reason: str
) -> tuple[Key, ...]:
    """Stage the erasure; returns the records touched, none if there is no such client.

    `reason` is kept with the erasure, without her name and number should they stand in it.
    """
    if writer.get((scope, "client", client_id)) is None:
        return ()
    families = read_families(writer.connection, scope)
    members = families.members(families.root(client_id))
    clients: list[Key] = [(scope, "client", member) for member in members]
    writer.load(clients)
    person = _person(writer, secret, scope, clients)
    strayed = stray_scopes(writer.connection, scope, members)
    hanging = [key for one in (scope, *strayed) for key in hanging_on(writer, one, members)]
    removed = [key for key in hanging if key[1] in _REMOVED]
    kept = [key for key in hanging if key[1] not in _REMOVED and "client" in ANCHORS[key[1]]]
    left = _marks_elsewhere(writer, members, strayed)
    naming = [key for key in relations_naming(writer, members) if key not in hanging]
    writer.together(len(clients) + len(hanging) + len(left) + len(naming))
    for key in kept:
        _unname(writer, key, person.words)
    for key in naming:
        forget_relative(writer, key, person.words)
    for key in (*clients, *removed, *left):
        writer.remove(key)
    stores = sorted({scope_store_id(key[0]) for key in (*clients, *left)})
    clear_traces(writer.connection, person, stores, [key[2] for key in (*clients, *removed, *naming)])
    drop_photos(writer.connection, sorted({scope_store_id(key[0]) for key in hanging}), [key[2] for key in hanging])
    told = _without(reason, person.words)
    _note(writer, secret, stores, members, by=by or "", reason=told)
    counts = {"records": len(clients) + len(removed), "unnamed": len(kept) + len(naming)}
    detail = {"client_id": client_id, **counts}
    audit.record(writer.connection, writer.now_ms, by or "", "client.erase", detail, store_id=scope_store_id(scope))
    return (*clients, *removed, *kept, *naming, *left)


def _person(writer: FeedWriter, secret: OfficeSecret, scope: Scope, clients: Iterable[Key]) -> Person:
    rows = [(key, row) for key in clients if (row := writer.get(key)) is not None]
    phones = {row.data["phone"] for _, row in rows if row.data["phone"]}
    names = {row.data["name"] for _, row in rows if row.data["name"]}
    hashes = {secret.person_hash(row.data["phone"] or key[2]) for key, row in rows}
    hashes |= {secret.person_hash(key[2]) for key, _ in rows}
    return Person(scope_store_id(scope), tuple(key[2] for key, _ in rows), tuple(hashes), (*phones, *names), (*phones,))


def _unname(writer: FeedWriter, key: Key, words: Iterable[str]) -> None:
    """Keep the record without her, and without fields that nobody here understands.

    What was said of why she was looked at is kept without `words`.
    """
    row = writer.get(key)
    if row is None:
        return
    known = {name: row.data[name] for name in KINDS[key[1]].fields}
    if key[1] == "coupon" and known["status"] == "claimed":
        known["status"] = "void"
    if key[1] == "access_log":
        known |= {name: _without(known[name], words) for name in ("reason", "proof")}
    if key[1] == "purchase":
        known["photo"] = ""
    writer.put(key, {**known, "client_id": None}, row.stamps)


def _marks_elsewhere(writer: FeedWriter, members: Sequence[str], strayed: Sequence[Scope]) -> list[Key]:
    """Where else tombstones of hers are due, so that nothing waits there: stores she left, or that know her by hearsay.

    The marks of her leaving become tombstones.
    """
    left = writer.connection.exec_driver_sql(_LEFT, {"ids": members}).scalars().all()
    stores = {*left, *map(scope_store_id, strayed)}
    marks: list[Key] = [(store_scope(store), "client", member) for store in sorted(stores) for member in members]
    writer.load(marks)
    known = [key for key in marks if writer.held(key) is not None or key[0] in strayed]
    return [key for key in known if writer.get(key) is None]


def _note(
    writer: FeedWriter, secret: OfficeSecret, stores: Sequence[str], members: Sequence[str], *, by: str, reason: str
) -> None:
    values = {"stores": stores, "clients": members, "by": by, "reason": reason, "now_ms": writer.now_ms}
    writer.connection.exec_driver_sql(_ERASURE, values)
    for store_id in stores:
        note_erased(writer.connection, secret, store_id, members, writer.now_ms)
    note_erased(writer.connection, secret, EVERYWHERE, members, writer.now_ms)


def _without(reason: str, words: Iterable[str]) -> str:
    for word in words:
        reason = reason.replace(word, _HIDDEN)
    return reason

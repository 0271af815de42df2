"""What the whole company has to do with a person, for each store that has her: how often she was contacted elsewhere.

A person is whoever has the same phone number. Only moments and counts are told, never whose they are or what was said
(decision 048). A pass over the brand works everything out from the records and writes what differs, store by store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.scopes import Scope, store_scope
from head_office.feed.write import MAX_ROWS, FeedWriter, in_transaction

#: For how long a contact is told of.
CONTACT_DAYS = 30
#: As many moments of contact as a view tells at most; more would change no guide's mind.
MOST_CONTACTS = 50
_KIND = "company_view"
_PERSONS_AT_ONCE = 2_000
_PERSONS = (
    "SELECT array_agg(store_id::text), array_agg(id::text), array_agg(primary_guide_id::text),"
    " array_agg(contact_state) FROM client WHERE phone <> '' AND merged_into IS NULL"
    " GROUP BY phone HAVING count(DISTINCT store_id) > 1"
)
_CONTACTS = (
    "SELECT w.client::text, n.at FROM unnest(%(stores)s::uuid[], %(clients)s::uuid[]) AS w(store, client)"
    " JOIN note n ON n.store_id = w.store AND n.client_id = w.client"
    " WHERE n.kind IN ('call', 'visit', 'message') AND n.at BETWEEN %(since)s AND %(now_ms)s"
    " UNION ALL SELECT w.client::text, s.at"
    " FROM unnest(%(stores)s::uuid[], %(clients)s::uuid[]) AS w(store, client)"
    " JOIN share s ON s.store_id = w.store AND s.client_id = w.client"
    " WHERE s.at BETWEEN %(since)s AND %(now_ms)s"
    # what was copied to be sent is a contact once its message is noted
    " AND NOT EXISTS (SELECT 1 FROM copied c WHERE c.store_id = s.store_id AND c.client_id = s.client_id"
    " AND c.share_id = s.id)"
)
_HELD = "SELECT store_id::text, id::text, colleagues, contacts, refused FROM company_view"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a pass did: persons known in more than one store, and views written."""

    persons: int
    written: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """A client record of a person: whose she is there, and what she said to being contacted."""

    store_id: str
    client_id: str
    guide_id: str | None
    contact_state: str


@dataclass(frozen=True, slots=True)
class _View:
    """What one store is told of a person."""

    colleagues: int = 0
    contacts: tuple[int, ...] = field(default=())
    refused: bool = False

    def since(self, moment: int) -> _View:
        """The same without contacts before `moment` (UTC ms), which no longer count."""
        return _View(self.colleagues, tuple(at for at in self.contacts if at >= moment), self.refused)


def refresh_company_views(engine: Engine, now_ms: int) -> Refreshed:
    """Bring every store's views in step with what the other stores did until `now_ms` (UTC ms).

    A view is written only if what it tells has changed; one whose person is known nowhere else any more says nothing.
    """
    since, persons = now_ms - CONTACT_DAYS * DAY_MS, 0
    due: dict[tuple[str, str], _View] = {}
    with engine.connect() as connection:
        for some in _persons(connection):
            persons += len(some)
            due.update(_views(some, _contacts(engine, some, since, now_ms)))
    held = _held(engine)
    plain = _View()
    changed = {key: due.get(key, plain) for key in {*due, *held}}
    changed = {key: view for key, view in changed.items() if held.get(key, plain).since(since) != view}
    written = 0
    by_store: dict[str, list[tuple[str, _View]]] = defaultdict(list)
    for (store_id, client_id), view in sorted(changed.items(), key=lambda one: one[0]):
        by_store[store_id].append((client_id, view))
    for store_id, views in by_store.items():
        for first in range(0, len(views), MAX_ROWS):
            written += _write(engine, store_scope(store_id), views[first : first + MAX_ROWS], now_ms)
    return Refreshed(persons, written)


def _persons(connection: Connection) -> Iterator[list[list[_Seen]]]:
    """People known in more than one store, some at a time, each with her client records."""
    rows = connection.execution_options(stream_results=True).exec_driver_sql(_PERSONS)
    for part in rows.partitions(_PERSONS_AT_ONCE):
        yield [[_Seen(*one) for one in zip(*row, strict=True)] for row in part]


def _contacts(engine: Engine, persons: Iterable[Sequence[_Seen]], since: int, now_ms: int) -> Mapping[str, list[int]]:
    """The moments of contact by client."""
    seen = [one for person in persons for one in person]
    lists = {"stores": [one.store_id for one in seen], "clients": [one.client_id for one in seen]}
    found: dict[str, list[int]] = defaultdict(list)
    with engine.connect() as connection:
        for client_id, at in connection.exec_driver_sql(_CONTACTS, {**lists, "since": since, "now_ms": now_ms}):
            found[client_id].append(at)
    return found


def _views(
    persons: Iterable[Sequence[_Seen]], contacts: Mapping[str, Sequence[int]]
) -> Iterator[tuple[tuple[str, str], _View]]:
    for person in persons:
        refused = any(one.contact_state == "refused" for one in person)
        for one in person:
            others = [other for other in person if other.store_id != one.store_id]
            moments = sorted(at for other in others for at in contacts.get(other.client_id, ()))
            colleagues = len({other.guide_id for other in others if other.guide_id is not None})
            view = _View(colleagues, tuple(moments[-MOST_CONTACTS:]), refused)
            yield (one.store_id, one.client_id), view


def _held(engine: Engine) -> dict[tuple[str, str], _View]:
    """The views as they stand, by store and client. One that a merge left under the other's id is among them."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(_HELD)
        return {(store, client): _View(n, tuple(contacts), refused) for store, client, n, contacts, refused in rows}


def _write(engine: Engine, scope: Scope, views: Sequence[tuple[str, _View]], now_ms: int) -> int:
    """Write views of one store in one transaction; whoever left or was erased meanwhile has none."""

    def work(connection: Connection) -> int:
        writer = FeedWriter(connection, now_ms)
        writer.load((scope, "client", client_id) for client_id, _ in views)
        writer.load((scope, _KIND, client_id) for client_id, _ in views)
        count = 0
        for client_id, view in views:
            client, key = writer.get((scope, "client", client_id)), (scope, _KIND, client_id)
            if client is not None:
                writer.put(key, _record(client_id, client.data["merged_into"], view, now_ms))
                count += 1
        writer.flush()
        return count

    return in_transaction(engine, work)


def _record(client_id: str, merged_into: str | None, view: _View, now_ms: int) -> Mapping[str, Any]:
    return {
        "client_id": merged_into or client_id,
        "colleagues": view.colleagues,
        "contacts": list(view.contacts),
        "refused": view.refused,
        "as_of": now_ms,
    }

"""A whole book of clients: whose it is, where it goes, and what the move will touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.protocol.scopes import Scope, store_scope
from head_office.clients.hanging import ANCHORS
from head_office.roster.lookups import guide_by_number
from head_office.store.tables import KIND_TABLES

_MINE = "store_id = %(store)s::uuid AND (%(guide)s::uuid IS NULL OR primary_guide_id = %(guide)s::uuid)"
_CLIENTS = f"SELECT count(*) FROM client WHERE {_MINE} AND merged_into IS NULL"
_HERS = f"SELECT id FROM client WHERE {_MINE}"
_OPEN_TASKS = (
    "SELECT count(*) FROM task WHERE store_id = %(store)s::uuid AND status = 'open'"
    f" AND (client_id IN ({_HERS}) OR guide_id = %(guide)s::uuid)"
)
_OPEN_COUPONS = (
    f"SELECT count(*) FROM coupon WHERE store_id = %(store)s::uuid AND status = 'claimed' AND client_id IN ({_HERS})"
)
_PCS = (
    "SELECT s.code, d.id::text, d.name, d.last_contact_ms, d.waiting FROM device d JOIN store s ON s.id = d.store_id"
    " WHERE d.store_id = ANY(%(stores)s::uuid[]) AND d.revoked_ms IS NULL ORDER BY s.code, d.name"
)


@dataclass(frozen=True, slots=True)
class Book:
    """The clients of a store, or of one guide of it (`from_guide`), and who gets them (`to_guide` None: nobody yet)."""

    from_store: str
    from_guide: str | None
    to_store: str
    to_guide: str | None
    reason: str

    @property
    def scope(self) -> Scope:
        """The scope that the clients are in."""
        return store_scope(self.from_store)

    @property
    def stays(self) -> bool:
        """Whether the clients only change guides, within their store."""
        return self.from_store == self.to_store

    @property
    def keys(self) -> dict[str, str | None]:
        """What names the book in statements."""
        return {"store": self.from_store, "guide": self.from_guide}


@dataclass(frozen=True, slots=True)
class PcLine:
    """A PC that the move concerns: when it was heard of (UTC ms), and what it had not handed in then."""

    store_code: str
    id: str
    name: str
    last_contact_ms: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a move will touch: clients, their records by kind, tasks and coupons still open, PCs of both stores."""

    clients: int
    records: Mapping[str, int]
    open_tasks: int
    open_coupons: int
    pcs: tuple[PcLine, ...]


def find_book(
    connection: Connection, from_code: str, from_number: str | None, to_code: str, to_number: str | None, reason: str
) -> Book:
    """The book by the codes of its stores and the numbers of its guides.

    Raises NotFoundError for an unknown store or guide; InvalidInputError for a guide of another store, one who has left
    as the receiver, a book that goes nowhere, or without a reason.
    """
    from_store, to_store = _store(connection, from_code), _store(connection, to_code)
    from_guide = guide_by_number(connection, from_number) if from_number else None
    to_guide = guide_by_number(connection, to_number) if to_number else None
    if to_guide is not None and (to_guide.store_id != to_store or not to_guide.active):
        raise InvalidInputError("transfer.to_guide", f"导购 {to_number} 不在门店 {to_code}, 或已离职。", "请核对工号。")
    if not reason.strip():
        raise InvalidInputError("transfer.reason", "没有写原因。", "例如「门店合并」。")
    book = Book(
        from_store,
        from_guide.id if from_guide else None,
        to_store,
        to_guide.id if to_guide else None,
        reason.strip(),
    )
    if book.stays and (book.to_guide is None or book.from_guide == book.to_guide):
        raise InvalidInputError("transfer.same", "同一家门店内要指明转给哪位导购。", "加上 --to-guide 工号。")
    return book


def preview(connection: Connection, book: Book) -> Preview:
    """Count what a move will touch; nothing is written."""

    def count(statement: str) -> int:
        return int(connection.exec_driver_sql(statement, book.keys).scalar_one())

    records = {kind: count(_count_of(kind)) for kind in ANCHORS} if not book.stays else {}
    stores = sorted({book.from_store, book.to_store})
    pcs = tuple(PcLine(*row) for row in connection.exec_driver_sql(_PCS, {"stores": stores}))
    kept = {kind: n for kind, n in records.items() if n}
    return Preview(count(_CLIENTS), kept, count(_OPEN_TASKS), count(_OPEN_COUPONS), pcs)


def count_clients(connection: Connection, book: Book) -> int:
    """How many clients there are still to move."""
    return int(connection.exec_driver_sql(_CLIENTS, book.keys).scalar_one())


def _count_of(kind: str) -> str:
    where = "client_id" if "client" in ANCHORS[kind] else f"{ANCHORS[kind][0]}_id"
    of = _HERS
    if where != "client_id":
        of = f"SELECT id FROM {ANCHORS[kind][0]} WHERE store_id = %(store)s::uuid AND client_id IN ({_HERS})"
    return f'SELECT count(*) FROM "{kind}" WHERE store_id = %(store)s::uuid AND {where} IN ({of})'


def _store(connection: Connection, code: str) -> str:
    store = KIND_TABLES["store"]
    found: str | None = connection.scalar(sa.select(store.c.id).where(store.c.code == code))
    if found is None:
        raise NotFoundError("store.unknown", f"没有代码为「{code}」的门店。", "请核对门店代码。")
    return found

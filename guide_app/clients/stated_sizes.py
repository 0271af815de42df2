"""Sizes as a client said them: of which kind, for whose sizes, and when.

Each saying is a fact of its own. Her own size fields (`client.shoe_size`, …) go on saying the latest without a brand;
where another program wrote them, they count and their day is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.clients.known import known_client
from guide_app.clients.sizes import SizeKind
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

#: The field of a client's record that says the size of a kind without a brand.
SIZE_FIELDS: Mapping[SizeKind, str] = MappingProxyType(
    {"shoe": "shoe_size", "top": "top_size", "trousers": "trousers_size", "ring": "ring_size"}
)
_FACTS = "SELECT size_kind, brand, size, at FROM stated_size WHERE client_id = ? ORDER BY at, id"


@dataclass(frozen=True, slots=True)
class StatedSize:
    """What she said last of a kind of size. `brand` is empty for all brands; `at` UTC ms, None if nobody noted when."""

    kind: SizeKind
    brand: str
    size: str
    at: int | None


def stated_sizes(fields: Mapping[str, Any], facts: Iterable[tuple[SizeKind, str, str, int]]) -> tuple[StatedSize, ...]:
    """What stands of the `facts` (kind, brand, size, at), oldest first, and of her record's own size `fields`.

    By kind, the one without a brand first. An empty size ends what was said before it. Brands are told apart without
    regard to case.
    """
    latest: dict[tuple[SizeKind, str], StatedSize] = {}
    for kind, brand, size, at in facts:
        latest[kind, brand.casefold()] = StatedSize(kind, brand, size, at)
    for kind, field in SIZE_FIELDS.items():
        said = latest.get((kind, ""))
        if said is None or said.size != fields[field]:
            latest[kind, ""] = StatedSize(kind, "", str(fields[field]), None)
    order = list(SIZE_FIELDS)
    standing = sorted(latest.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    return tuple(said for _, said in standing if said.size)


def stated_of(conn: Connection, client: Mapping[str, Any]) -> tuple[StatedSize, ...]:
    """What a client (her row) has said of her sizes."""
    facts = [(kind, brand, size, at) for kind, brand, size, at in conn.exec_driver_sql(_FACTS, (client["id"],))]
    return stated_sizes(client, facts)


class SizeService:
    """Writes down sizes as they are said."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def state(self, client_id: str, kind: SizeKind, size: str, actor: Actor, *, brand: str = "") -> str:
        """Write a size down as said now; returns what stood until now. An empty size takes it back.

        Without a brand it stands in her record too. Raises NotFoundError.
        """
        said, whose = size.strip(), brand.strip()

        def deed(uow: UnitOfWork) -> str:
            client = known_client(uow.conn, client_id)
            standing = {(s.kind, s.brand.casefold()): s for s in stated_of(uow.conn, client)}
            before = standing.get((kind, whose.casefold()))
            if said or before is not None:
                record = {
                    "client_id": client_id, "size_kind": kind, "brand": whose, "size": said,
                    "guide_id": actor.guide_id, "at": uow.now_ms,
                }  # fmt: skip
                uow.put("stated_size", record, store_id=str(client["store_id"]))
            if not whose:
                uow.patch("client", client_id, {SIZE_FIELDS[kind]: said})
            return before.size if before is not None else ""

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

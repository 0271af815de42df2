"""心愿单: what a client would like, from a scan or in her words, until it is there or she no longer wants it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients.known import known_client
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

WishState = Literal["open", "fulfilled", "dropped"]


@dataclass(frozen=True, slots=True)
class WishRow:
    """An open wish. `title` is the product's name, or her words; `at` UTC ms; `available` pieces here or None."""

    id: str
    title: str
    want: str
    product_id: str | None
    sku_id: str | None
    colour: str
    size: str
    tell: bool
    at: int
    available: int | None


@dataclass(frozen=True, slots=True)
class NewWish:
    """A wish as it was said. `tell`: she wants to hear when it is there."""

    want: str = ""
    product_id: str | None = None
    sku_id: str | None = None
    colour: str = ""
    size: str = ""
    tell: bool = False


def wishes_of(conn: Connection, client_id: str) -> tuple[WishRow, ...]:
    """Her open wishes, newest first."""
    statement = """SELECT w.id, coalesce(p.name, w.want), w.want, w.product_id, w.sku_id,
            coalesce(nullif(w.colour, ''), s.colour, ''), coalesce(nullif(w.size, ''), s.size, ''), w.tell, w.at,
            (SELECT k.available FROM stock k WHERE k.id = w.sku_id AND k.store_id = w.store_id)
        FROM wish w LEFT JOIN product p ON p.id = w.product_id LEFT JOIN sku s ON s.id = w.sku_id
        WHERE w.client_id = ? AND w.state = 'open' ORDER BY w.at DESC, w.id DESC"""
    return tuple(
        WishRow(*(*said, bool(tell), at, available))
        for *said, tell, at, available in conn.exec_driver_sql(statement, (client_id,))
    )


class WishService:
    """Writes and settles wishes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, client_id: str, wish: NewWish, actor: Actor) -> str:
        """Write a wish down; returns its id. A variant brings its product along.

        Raises NotFoundError; InvalidInputError if it says neither a product nor anything in words.
        """
        if not wish.want.strip() and wish.product_id is None and wish.sku_id is None:
            raise InvalidInputError("wish.want", "没有写想要什么。", "例如「38 码黑色乐福鞋」, 或扫一下商品。")

        def deed(uow: UnitOfWork) -> str:
            store = str(known_client(uow.conn, client_id)["store_id"])
            record = {
                "client_id": client_id, "want": wish.want.strip(), "product_id": _product(uow.conn, wish),
                "sku_id": wish.sku_id, "colour": wish.colour.strip(), "size": wish.size.strip(), "tell": wish.tell,
                "guide_id": actor.guide_id, "at": uow.now_ms,
            }  # fmt: skip
            return uow.put("wish", record, store_id=store)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def settle(self, wish_id: str, state: WishState, actor: Actor) -> bool:
        """Say that a wish is fulfilled or dropped; returns whether that is news. Raises NotFoundError.

        InvalidInputError for a step back: whoever wants it again says so anew.
        """
        return self._db.change(
            lambda uow: uow.patch("wish", wish_id, {"state": state}), by=actor.guide_id, origin=actor.origin
        )


def _product(conn: Connection, wish: NewWish) -> str | None:
    if wish.sku_id is None:
        return wish.product_id
    found = conn.exec_driver_sql("SELECT product_id FROM sku WHERE id = ?", (wish.sku_id,)).first()
    if found is None:
        raise NotFoundError("sku.unknown", "没有这个规格的商品。", "请重新扫码。")
    return wish.product_id or found[0]

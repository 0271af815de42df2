"""Looks (搭配): two to six products of one outfit that go out under one link."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.protocol.channel_price import chat_price
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

FEWEST, MOST = 2, 6
_NUMBERS = 1 << 20
_MOST_LETTERS = 30


@dataclass(frozen=True, slots=True)
class LookPart:
    """One product of a look as it is sold now; price (of the private channel) in fen, `image` a blob's SHA-256."""

    product_id: str
    spu: str
    name: str
    category: str
    image: str
    price_fen: int


@dataclass(frozen=True, slots=True)
class LookCard:
    """A look with its parts in the guide's order. `no` is its number inside links."""

    id: str
    no: int
    name: str
    parts: tuple[LookPart, ...]

    @property
    def price_fen(self) -> int:
        """What all parts cost together."""
        return sum(part.price_fen for part in self.parts)


def checked_parts(product_ids: Sequence[str]) -> tuple[str, ...]:
    """The products of a look, each once. Raises InvalidInputError for fewer than two or more than six."""
    parts = tuple(dict.fromkeys(product_ids))
    if not FEWEST <= len(parts) <= MOST:
        raise InvalidInputError("look.count", "一套搭配是 2 到 6 件不同的商品。", "请增减后再保存。")
    return parts


class Looks:
    """Keeps the store's looks."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, name: str, product_ids: Sequence[str], actor: Actor) -> str:
        """Keep a new look; returns its id.

        Raises InvalidInputError without a name, for a wrong number of products, and for one that must not be shared.
        """
        title, parts = _title(name), checked_parts(product_ids)

        def deed(uow: UnitOfWork) -> str:
            _refuse_unshareable(uow.conn, parts)
            record = {
                "name": title, "product_ids": list(parts), "no": _free_number(uow.conn),
                "guide_id": actor.guide_id, "at": uow.now_ms,
            }  # fmt: skip
            return uow.put("look", record)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def rename(self, look_id: str, name: str, actor: Actor) -> None:
        """Give a look another name; pages of links that went out show it too. Raises InvalidInputError without one."""
        title = _title(name)
        self._db.change(lambda uow: uow.patch("look", look_id, {"name": title}), by=actor.guide_id, origin=actor.origin)

    def end(self, look_id: str, actor: Actor) -> None:
        """Offer a look no longer; links that went out keep showing it."""

        def deed(uow: UnitOfWork) -> None:
            uow.patch("look", look_id, {"ended_at": uow.now_ms})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def resume(self, look_id: str, actor: Actor) -> None:
        """Offer a look again that was ended."""
        self._db.change(
            lambda uow: uow.patch("look", look_id, {"ended_at": None}), by=actor.guide_id, origin=actor.origin
        )

    def all(self) -> tuple[LookCard, ...]:
        """The looks that can be shared, the newest first; one of whose parts too few are sold any more is left out."""

        def read(conn: Connection) -> tuple[LookCard, ...]:
            rows = conn.exec_driver_sql("SELECT id FROM look WHERE ended_at IS NULL ORDER BY at DESC, id DESC").all()
            cards = (_card(conn, look_id) for (look_id,) in rows)
            return tuple(card for card in cards if card is not None and len(card.parts) >= FEWEST)

        return self._db.query(read)

    def card(self, look_id: str) -> LookCard:
        """A look with what is still sold of it. Raises NotFoundError when it is gone or too little is left of it."""
        found = self._db.query(lambda conn: _card(conn, look_id))
        if found is None or len(found.parts) < FEWEST:
            raise NotFoundError("look.unknown", "没有这套搭配, 或其中的商品已停售。", "请重新搭配。")
        return found


def _title(name: str) -> str:
    title = " ".join(name.split())
    if not title or len(title) > _MOST_LETTERS:
        raise InvalidInputError(
            "look.name", "搭配要有名字, 最多 {most} 个字。", "例如「初冬通勤一身」。", most=_MOST_LETTERS
        )
    return title


def _card(conn: Connection, look_id: str) -> LookCard | None:
    row = conn.exec_driver_sql("SELECT no, name, product_ids FROM look WHERE id = ?", (look_id,)).one_or_none()
    if row is None:
        return None
    ids = json.loads(row.product_ids) if isinstance(row.product_ids, str) else row.product_ids
    sold = (_part(conn, product_id) for product_id in ids)
    return LookCard(look_id, row.no, row.name, tuple(part for part in sold if part is not None))


def _part(conn: Connection, product_id: str) -> LookPart | None:
    """A product of a look; None where it is not sold any more, too private to be shown, or not for this channel."""
    statement = """SELECT id, spu, name, category, image, price_fen, private_price_fen FROM product
        WHERE id = ? AND status = 'on_sale' AND NOT sensitive
            AND (channels = '[]' OR EXISTS (SELECT 1 FROM json_each(channels) WHERE value = 'private'))"""
    row = conn.exec_driver_sql(statement, (product_id,)).one_or_none()
    if row is None:
        return None
    price = chat_price(row.price_fen, row.private_price_fen)
    return LookPart(row.id, row.spu, row.name, row.category, row.image, price)


def _refuse_unshareable(conn: Connection, parts: Sequence[str]) -> None:
    for product_id in parts:
        if _part(conn, product_id) is None:
            raise InvalidInputError("look.product", "搭配里有已停售或不能分享的商品。", "请去掉它再保存。")


def _free_number(conn: Connection) -> int:
    """A number no look of this store has: at random, so that two PCs without network hardly ever meet in one."""
    while True:
        number = 1 + secrets.randbelow(_NUMBERS - 1)
        if conn.exec_driver_sql("SELECT 1 FROM look WHERE no = ?", (number,)).first() is None:
            return number

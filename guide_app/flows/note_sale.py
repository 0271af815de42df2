"""补录: a sale that a guide writes down herself, until the till's receipt takes its place (unverified, 未核实).

The receipt's number is the evidence: by number and store head office knows the till's receipt again, and then the note
ends with its photograph, so that nothing is bought twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phrase import Phrase
from guide_app.store.database import Database
from guide_app.store.photos import add_photo, checked_name
from guide_app.store.uow import UnitOfWork

#: Hours without a newer receipt after which the history says so in orange; a shop is closed for a night.
STALE_HOURS = 14
_HOUR_MS = DAY_MS // 24
_OLDEST_DAYS = 365
_NUMBER = 64

_FIND = """SELECT k.id, k.product_id, coalesce(p.name, ''), k.colour, k.size,
        coalesce(nullif(k.price_fen, 0), p.price_fen, 0), k.code
    FROM sku k LEFT JOIN product p ON p.id = k.product_id
    WHERE k.code = ?1 COLLATE NOCASE OR k.gtin = ?1 OR k.gtin = '0' || ?1 OR p.spu = ?1 COLLATE NOCASE
        OR instr(p.name, ?1) OR instr(upper(k.code), upper(?1))
    ORDER BY NOT (k.code = ?1 COLLATE NOCASE OR k.gtin = ?1 OR k.gtin = '0' || ?1), p.name, k.colour, k.size LIMIT ?2"""
_NEWEST = """SELECT max(p.at) FROM purchase p WHERE p.verified
    AND p.store_id = (SELECT store_id FROM client WHERE id = ?)"""


@dataclass(frozen=True, slots=True)
class Variant:
    """An article that may stand on a receipt; its price is what it costs now, in fen."""

    sku_id: str
    product_id: str | None
    title: str
    colour: str
    size: str
    price_fen: int
    code: str


@dataclass(frozen=True, slots=True)
class NotedLine:
    """A line: the article, how many pieces, what was paid for them together in fen."""

    variant: Variant
    qty: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class NotedSale:
    """A receipt as the guide has it before her: its number, moment (UTC ms) and lines, and a photo (JPEG) or none."""

    order_no: str
    at: int
    lines: Sequence[NotedLine]
    photo: bytes = b""

    @property
    def total_fen(self) -> int:
        """Sum of the lines."""
        return sum(line.amount_fen for line in self.lines)


@dataclass(frozen=True, slots=True)
class OrderAge:
    """How new the store's order data are: the newest receipt of the till (UTC ms; None: none yet), and if it is old."""

    newest_at: int | None
    stale: bool


def find_variants(db: Database, text: str, limit: int = 20) -> tuple[Variant, ...]:
    """Articles by barcode, code or name, those meant exactly first."""
    word = text.strip()
    if not word:
        return ()
    return tuple(Variant(*row) for row in db.query(lambda c: c.exec_driver_sql(_FIND, (word, limit)).all()))


def note_sale(db: Database, actor: Actor, client_id: str, sale: NotedSale) -> str:
    """Write the sale down as the acting guide's; returns the purchase's id. Not on the book's writer thread.

    Raises NotFoundError for an unknown client; InvalidInputError without number or lines, for a moment ahead or more
    than a year ago, pieces or amounts out of range, a photo that may not travel (`photo.unfit`), and (`purchase.held`)
    where this receipt is in the book.
    """
    order_no = sale.order_no.strip()
    _check(order_no, sale)
    named = {"photo": checked_name(sale.photo)} if sale.photo else {}

    def deed(uow: UnitOfWork) -> str:
        if not uow.now_ms - _OLDEST_DAYS * DAY_MS <= sale.at <= uow.now_ms:
            raise InvalidInputError("purchase.at", "时间不对: 不能是将来, 也不能早于一年前。", "请核对小票上的时间。")
        store = uow.conn.exec_driver_sql("SELECT store_id FROM client WHERE id = ?", (client_id,)).scalar()
        if store is None:
            raise NotFoundError(
                "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
            )
        _require_new(uow.conn, order_no, store)
        purchase = {
            "order_no": order_no, "kind": "sale", "client_id": client_id, "guide_id": actor.guide_id, "at": sale.at,
            "total_fen": sale.total_fen, "verified": False, **named,
        }  # fmt: skip
        purchase_id = uow.put("purchase", purchase, store_id=store)
        if sale.photo:
            add_photo(uow, "purchase", purchase_id, client_id, sale.photo)
        for line in sale.lines:
            bought = line.variant
            record = {
                "purchase_id": purchase_id, "sku_id": bought.sku_id or None, "product_id": bought.product_id,
                "title": bought.title, "colour": bought.colour, "size": bought.size, "qty": line.qty,
                "amount_fen": line.amount_fen,
            }  # fmt: skip
            uow.put("purchase_line", record, store_id=store)
        return purchase_id

    return db.change(deed, by=actor.guide_id, origin=actor.origin)


def order_age(db: Database, client_id: str, now_ms: int) -> OrderAge:
    """How new the order data of a client's store are; what guides noted themselves does not count."""
    newest = db.query(lambda c: c.exec_driver_sql(_NEWEST, (client_id,)).scalar())
    return OrderAge(newest, newest is None or now_ms - newest > STALE_HOURS * _HOUR_MS)


def _check(order_no: str, sale: NotedSale) -> None:
    if not order_no or len(order_no) > _NUMBER:
        raise InvalidInputError(
            "purchase.number", "请写小票号, 它是这笔补录的凭据。", "小票上「单号」一行, 最多 64 个字。"
        )
    if not sale.lines:
        raise InvalidInputError("purchase.empty", "没有商品。", "扫条码, 或按货号、品名查找。")
    for line in sale.lines:
        if line.qty < 1 or line.amount_fen < 0 or not line.variant.title.strip():
            raise InvalidInputError("purchase.line", "件数至少是 1, 金额不能为负。", "退货由收银台的小票带来。")


def _require_new(conn: Connection, order_no: str, store: str) -> None:
    held = conn.exec_driver_sql(
        "SELECT verified FROM purchase WHERE order_no = ? AND store_id = ?", (order_no, store)
    ).first()
    if held is not None:
        told = Phrase("收银台的小票已经到了") if held[0] else Phrase("已经补录过")
        raise InvalidInputError(
            "purchase.held", "小票 {order_no} 已在客户本里 ({told})。", "不需要再补录。", order_no=order_no, told=told
        )

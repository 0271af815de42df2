"""退货: what refunds of a bill mean for its coupons. Follows the receipts; neither sale nor redemption is edited away.

Judged anew from all that is known of an order whenever a refund, the sale or a redemption of it arrives, in whatever
order they come. Which coupon comes back is the wire's rule (`guide_app.protocol.coupon_refund`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.money import apportion
from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket
from guide_app.protocol.coupon_refund import Refund, Sale, refund
from guide_app.protocol.coupon_terms import returned_until
from guide_app.protocol.recall import kept
from guide_app.protocol.scopes import Scope, scope_store_id
from guide_app.protocol.voucher import verify
from head_office.coupons.model import Template
from head_office.coupons.queries import locate_id, template_by_id
from head_office.coupons.recall import is_of_lost_pc, is_recalled
from head_office.coupons.signing import public_keys, signer, stage_recalls
from head_office.coupons.uses import move_up, use_of, was_given
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret

_HOLD = (
    "SELECT pg_advisory_xact_lock(hashtextextended(%(store)s || ':' || o, 1))"
    " FROM (SELECT DISTINCT o FROM unnest(%(orders)s::text[]) AS o ORDER BY o) AS orders"
)
_RECEIPTS = (
    "SELECT id::text, order_no, origin_order_no, kind, at, total_fen FROM purchase WHERE store_id = %(store)s::uuid"
    " AND verified AND (order_no = ANY(%(orders)s) AND kind = 'sale' OR origin_order_no = ANY(%(orders)s)"
    " AND origin_order_no <> '' AND kind = 'return')"
)
_LINES = (
    "SELECT id::text, purchase_id::text, sku_id::text, product_id::text, title, qty, amount_fen, discount_fen"
    " FROM purchase_line WHERE store_id = %(store)s::uuid AND purchase_id = ANY(%(ids)s::uuid[])"
)
_REDEMPTIONS = (
    "SELECT id::text FROM redemption WHERE store_id = %(store)s::uuid AND order_no = ANY(%(orders)s)"
    " AND status IN ('confirmed', 'conflict')"
)
_GOODS = "SELECT id::text, category, tags FROM product WHERE id = ANY(%(ids)s::uuid[])"


@dataclass(frozen=True, slots=True)
class Goods:
    """A line of a receipt, always positive: pieces of a variant (or of a title) and what was paid for them (fen)."""

    sku_id: str | None
    product_id: str | None
    title: str
    qty: int
    paid_fen: int
    off_fen: int

    @property
    def name(self) -> str:
        """By what pieces that come back are found among those sold."""
        return self.sku_id or self.title


@dataclass(frozen=True, slots=True)
class _Paper:
    """A receipt of an order: the sale itself, or one that brings goods back."""

    id: str
    at: int
    total_fen: int
    goods: tuple[Goods, ...]


@dataclass(slots=True)
class _Order:
    sale: _Paper | None = None
    returns: list[_Paper] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Used:
    """A coupon on a bill: its redemption, its own record, and the terms that held for it.

    Also one in conflict: she keeps her discount, so that her bill is what it was.
    """

    redemption: Key
    coupon: Key
    template: Template
    ticket: Ticket
    discount_fen: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What a till is to pay back for goods of an order, line by line (fen), and the codes of coupons that come back."""

    lines: tuple[int, ...]
    coupons_back: tuple[str, ...]


def hold_orders(connection: Connection, scope: Scope, order_nos: Iterable[str]) -> None:
    """Let only this transaction deal with these orders: refund and redemption of one must see each other."""
    orders = [order_no for order_no in order_nos if order_no]
    if orders:
        connection.exec_driver_sql(_HOLD, {"store": scope_store_id(scope), "orders": orders})


def settle_returns(writer: FeedWriter, secret: OfficeSecret, scope: Scope, order_nos: Sequence[str]) -> None:
    """Stage what the refunds so far mean for the coupons of these orders. The caller holds the orders."""
    keys = _redeemed(writer, scope, order_nos)
    used, outside = _used(writer, keys), [key for key in keys if _of_others(writer, key)]
    if not used and not outside:
        return
    orders = _orders(writer, scope, sorted({*used, *(_order_of(writer, key) for key in outside)}))
    _note_paid_back(writer, orders, outside)
    for order_no, coupons in sorted(used.items()):
        order = orders.get(order_no)
        if order is None or order.sale is None or not order.returns:
            continue
        done, paid_back = _judge(writer.connection, order.sale, order.returns, coupons)
        back = {coupon for one in done for coupon in one.coupons_back}
        for one in coupons:
            row = writer.get(one.redemption)
            if row is None:
                continue
            if row.data["refunded_fen"] != paid_back:
                writer.change(one.redemption, refunded_fen=paid_back)
            if one.ticket.id in back and row.data["returned_at"] is None:
                _undo(writer, secret, one)


def tell_paid_back(writer: FeedWriter, scope: Scope, order_no: str) -> None:
    """Stage what was paid back of an order beside the coupons of other systems that are known to lie on it by now.

    The answer of such a system may come after the goods did. The caller holds the order.
    """
    outside = [key for key in _redeemed(writer, scope, [order_no]) if _of_others(writer, key)] if order_no else []
    if outside:
        _note_paid_back(writer, _orders(writer, scope, [order_no]), outside)


def quote(connection: Connection, scope: Scope, order_no: str, goods: Sequence[Goods], now_ms: int) -> Quote | None:
    """What these goods of an order bring back now; None for an order of which head office knows no sale.

    Raises ValueError for goods that were not bought, or came back before.
    """
    writer = FeedWriter(connection, now_ms)
    order = _orders(writer, scope, [order_no]).get(order_no)
    if order is None or order.sale is None:
        return None
    coupons = _used(writer, _redeemed(writer, scope, [order_no])).get(order_no, [])
    sale, refunded = _sale(connection, order.sale, coupons), 0
    for paper in order.returns:
        sale = _after(sale, _pieces(order.sale, sale, paper.goods, strict=False))
        refunded += paper.total_fen
    pieces = _pieces(order.sale, sale, goods, strict=True)
    due = refund(sale, pieces, refunded)
    codes = [writer.get(one.coupon) for one in coupons if one.ticket.id in due.coupons_back]
    return Quote(_by_goods(order.sale, goods, pieces, due), tuple(row.data["code"] for row in codes if row))


def _judge(
    connection: Connection, sold: _Paper, returns: Sequence[_Paper], coupons: Sequence[_Used]
) -> tuple[list[Refund], int]:
    """Each refund in its turn, and what was paid back in all: what the till has paid counts, not what it should."""
    sale, refunded, done = _sale(connection, sold, coupons), 0, []
    for paper in returns:
        pieces = _pieces(sold, sale, paper.goods, strict=False)
        done.append(refund(sale, pieces, refunded))
        sale, refunded = _after(sale, pieces), refunded + paper.total_fen
    return done, refunded


def _undo(writer: FeedWriter, secret: OfficeSecret, one: _Used) -> None:
    """This use counts no more. The coupon is free again once no other use of it stands."""
    row = writer.get(one.redemption)
    if row is None:
        raise KeyError(one.redemption)
    writer.change(one.redemption, returned_at=writer.now_ms)
    if not use_of(one.redemption, row).uses_up:  # the use that counted stands: only this discount is undone
        return
    heir = move_up(writer, one.coupon[2])
    if heir is None:
        _give_back(writer, secret, one)
    else:
        writer.change(one.coupon, redeemed_at=heir.at)


def _give_back(writer: FeedWriter, secret: OfficeSecret, one: _Used) -> None:
    """The coupon is hers again, signed anew for its later end; the redemption stands as it was and counts no more.

    One that was recalled while it was used up comes back as void. The voucher of one that a PC had handed out before it
    was lost is kept, as those that lay in customers' hands then.
    """
    held = writer.get(one.coupon)
    if held is None or held.data["status"] != "redeemed":
        return
    if is_recalled(writer.connection, one.coupon[2]):
        writer.change(one.coupon, status="void", redeemed_at=None)
        return
    if is_of_lost_pc(writer, held.data):
        stage_recalls(writer, signer(writer, secret), (kept(held.data["token"]),))
    until = returned_until(held.data["valid_until"], writer.now_ms, one.template.return_days)
    coupon = {**held.data, "status": "claimed", "redeemed_at": None, "valid_until": until}
    if until != held.data["valid_until"]:
        holder = verify(held.data["token"], public_keys(writer.connection)).holder if held.data["token"] else None
        coupon["token"] = signer(writer, secret).token(one.coupon[2], coupon, one.template, holder)
    names = ("status", "redeemed_at", "valid_until", "token")
    writer.change(one.coupon, **{name: coupon[name] for name in names})


def _note_paid_back(writer: FeedWriter, orders: Mapping[str, _Order], outside: Sequence[Key]) -> None:
    """Say beside coupons of other systems what was paid back of their orders: staff give those back, not receipts."""
    for key in outside:
        order = orders.get(_order_of(writer, key))
        paid_back = sum(paper.total_fen for paper in order.returns) if order is not None else 0
        if paid_back:
            writer.change(key, refunded_fen=paid_back)


def _of_others(writer: FeedWriter, key: Key) -> bool:
    row = writer.get(key)
    return row is not None and bool(row.data["source"]) and row.data["returned_at"] is None


def _order_of(writer: FeedWriter, key: Key) -> str:
    row = writer.get(key)
    return row.data["order_no"] if row is not None else ""


def _redeemed(writer: FeedWriter, scope: Scope, order_nos: Sequence[str]) -> list[Key]:
    """The redemptions on these orders, also those of this transaction, loaded, in the order of their ids."""
    values = {"store": scope_store_id(scope), "orders": list(order_nos)}
    ids = writer.connection.exec_driver_sql(_REDEMPTIONS, values).scalars().all()
    keys: list[Key] = [(scope, "redemption", one) for one in ids]
    keys += [key for key in writer.staged() if key[:2] == (scope, "redemption") and key not in keys]
    writer.load(keys)
    return [key for key in sorted(keys) if _order_of(writer, key) in order_nos]


def _used(writer: FeedWriter, keys: Sequence[Key]) -> dict[str, list[_Used]]:
    """The coupons of ours that took something off, by order."""
    found: dict[str, list[_Used]] = defaultdict(list)
    for key in keys:
        row = writer.get(key)
        if row is None or not was_given(writer, use_of(key, row)):
            continue
        place = locate_id(writer.connection, row.data["coupon_id"])
        coupon = writer.get(place) if place is not None else None
        template = template_by_id(writer.connection, coupon.data["template_id"]) if coupon is not None else None
        if place is not None and coupon is not None and template is not None:
            ticket = Ticket(place[2], _as_sold(template), value_fen=coupon.data["value_fen"])
            found[row.data["order_no"]].append(_Used(key, place, template, ticket, row.data["discount_fen"]))
    return found


def _as_sold(template: Template) -> Template:
    """What was fulfilled when it was sold is fulfilled: only goods, pieces and amounts are asked for again."""
    return msgspec.structs.replace(
        template, for_stores=[], for_channels=[], for_levels=[], new_only=False, weekdays=0, day_from=0, day_until=0,
        recalled_at=None,
    )  # fmt: skip


def _sale(connection: Connection, sold: _Paper, coupons: Sequence[_Used]) -> Sale:
    """The bill before its coupons: what was paid, and what they took off, as the till shared it or else by price."""
    ids = {"ids": sorted({one.product_id for one in sold.goods if one.product_id})}
    rows = connection.exec_driver_sql(_GOODS, ids) if ids["ids"] else ()
    known: dict[str, tuple[str, list[str]]] = {row[0]: (row[1], row[2]) for row in rows}
    freight = sum(one.discount_fen for one in coupons if one.template.kind == "shipping_off")
    taken = sum(one.discount_fen for one in coupons) - freight
    shared = [one.off_fen for one in sold.goods]
    if sum(shared) != taken:
        weights = [one.paid_fen for one in sold.goods]
        shared = list(apportion(taken, weights if sum(weights) else [1] * len(weights)))
    lines = tuple(
        BillLine(one.product_id, category, one.qty, one.paid_fen + off, tuple(tags))
        for one, off in zip(sold.goods, shared, strict=True)
        for category, tags in [known.get(one.product_id or "", ("", []))]
    )
    bill = Bill(lines, sold.at, freight_fen=freight)
    return Sale(bill, tuple(one.ticket for one in coupons), (0,) * len(lines))


def _after(sale: Sale, pieces: Sequence[int]) -> Sale:
    returned = tuple(before + now for before, now in zip(sale.returned, pieces, strict=True))
    return Sale(sale.bill, sale.used, returned)


def _pieces(sold: _Paper, sale: Sale, goods: Sequence[Goods], *, strict: bool) -> tuple[int, ...]:
    """How many pieces of each line of the sale these goods are. Raises ValueError for others if `strict`."""
    left = [line.qty - back for line, back in zip(sale.bill.lines, sale.returned, strict=True)]
    found = [0] * len(left)
    for one in goods:
        wanted = one.qty
        for i, line in enumerate(sold.goods):
            take = min(wanted, left[i]) if line.name == one.name else 0
            left[i], found[i], wanted = left[i] - take, found[i] + take, wanted - take
        if wanted and strict:
            raise ValueError(one.title or one.name)
    return tuple(found)


def _by_goods(sold: _Paper, goods: Sequence[Goods], pieces: Sequence[int], due: Refund) -> tuple[int, ...]:
    """What each of the asked lines brings, from what each line of the sale does."""
    total = [0] * len(goods)
    for i, line in enumerate(sold.goods):
        asked = [one.qty if one.name == line.name else 0 for one in goods]
        if pieces[i] and sum(asked):
            for k, part in enumerate(apportion(due.lines[i], asked)):
                total[k] += part
    return tuple(total)


def _orders(writer: FeedWriter, scope: Scope, order_nos: Sequence[str]) -> dict[str, _Order]:
    """Sale and refunds of each order, the refunds in the order of their moments."""
    values = {"store": scope_store_id(scope), "orders": list(order_nos)}
    papers: dict[str, Mapping[str, Any]] = {
        row["id"]: dict(row) for row in writer.connection.exec_driver_sql(_RECEIPTS, values).mappings()
    }
    ids = {"store": values["store"], "ids": sorted(papers)}
    sold = writer.connection.exec_driver_sql(_LINES, ids).mappings() if papers else ()
    lines: dict[str, Mapping[str, Any]] = {row["id"]: dict(row) for row in sold}
    for key, row in writer.staged().items():
        if key[0] != scope or key[1] not in ("purchase", "purchase_line"):
            continue
        here = papers if key[1] == "purchase" else lines
        here.pop(key[2], None)
        if isinstance(row, Row) and row.data.get("verified", True):
            here[key[2]] = {**row.data, "id": key[2]}
    return _sorted_out(papers, lines, frozenset(order_nos))


def _sorted_out(
    papers: Mapping[str, Mapping[str, Any]], lines: Mapping[str, Mapping[str, Any]], wanted: frozenset[str]
) -> dict[str, _Order]:
    goods: dict[str, list[Goods]] = defaultdict(list)
    for line_id in sorted(lines):
        one = lines[line_id]
        goods[one["purchase_id"]].append(
            Goods(
                one["sku_id"], one["product_id"], one["title"], abs(one["qty"]), abs(one["amount_fen"]),
                abs(one["discount_fen"]),
            )
        )  # fmt: skip
    orders: dict[str, _Order] = defaultdict(_Order)
    for paper in sorted(papers.values(), key=lambda row: (row["at"], row["id"])):
        made = _Paper(paper["id"], paper["at"], abs(paper["total_fen"]), tuple(goods[paper["id"]]))
        if paper["kind"] == "sale" and paper["order_no"] in wanted:
            orders[paper["order_no"]].sale = made
        elif paper["kind"] == "return" and paper["origin_order_no"] in wanted:
            orders[paper["origin_order_no"]].returns.append(made)
    return orders

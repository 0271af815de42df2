"""Takes receipts in: each exactly once by store and order number, with its lines, its coupon and whose sale it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.attribution.facts import Sale, shares_of, touches_of
from head_office.attribution.rules import Ruling, Share, Touch, reverse, rule
from head_office.coupons.occasions import FRESH_MS, give, is_given
from head_office.coupons.redeem import Redeemed, Redemption, redeem
from head_office.coupons.returns import hold_orders, settle_returns
from head_office.feed.write import MAX_ROWS, FeedWriter, in_transaction
from head_office.purchases.lookups import Names, look_up
from head_office.purchases.manual import give_way
from head_office.purchases.model import PurchaseIn, Receipt, RefundIn, Taken, check, content_hash
from head_office.store.audit import new_id
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES

_ROWS_A_TRANSACTION = 1_000
_RECEIPTS = (
    "INSERT INTO receipt (store_id, order_no, purchase_id, content_hash)"
    " SELECT %(store)s::uuid, r.order_no, r.purchase_id, decode(r.hash, 'hex')"
    " FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(order_no text, purchase_id uuid, hash text) ORDER BY r.order_no"
    " ON CONFLICT (store_id, order_no) DO NOTHING RETURNING order_no"
)
_KNOWN = (
    "SELECT order_no, purchase_id::text, content_hash FROM receipt"
    " WHERE store_id = %(store)s::uuid AND order_no = ANY(%(orders)s)"
)
_ORIGINS = (
    "SELECT order_no, client_id::text FROM purchase WHERE store_id = %(store)s::uuid"
    " AND order_no = ANY(%(orders)s) AND kind = 'sale' ORDER BY seq DESC"
)


def take_receipts(
    connection: Connection, secret: OfficeSecret, receipts: Sequence[Receipt], now_ms: int
) -> list[Taken]:
    """Take in sales or returns (not both in one call) in one transaction; sending them again changes nothing.

    Raises InvalidInputError before anything is written: a wrong total, an unknown store, a doubled number, too many
    lines for one transaction.
    """
    check(receipts)
    if sum(_weight(receipt) for receipt in receipts) > MAX_ROWS:
        raise InvalidInputError("request.too_large", f"一批小票连同明细最多 {MAX_ROWS} 条记录, 请分批上传。")
    stores = _stores(connection, receipts)
    by_store: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        by_store[receipt.store_code].append(receipt)
    writer = FeedWriter(connection, now_ms)
    taken: dict[tuple[str, str], Taken] = {}
    for store_code in sorted(by_store, key=lambda code: stores[code]):
        for one in _Intake(writer, secret, store_scope(stores[store_code])).take(by_store[store_code]):
            taken[store_code, one.order_no] = one
    writer.flush()
    return [taken[receipt.store_code, receipt.order_no] for receipt in receipts]


def take_all(engine: Engine, secret: OfficeSecret, receipts: Sequence[Receipt], now_ms: int) -> list[Taken]:
    """Take in any number of sales or returns in bounded transactions; replay-safe. Raises InvalidInputError."""
    check(receipts)
    taken: list[Taken] = []
    for chunk in _chunks(receipts):

        def work(connection: Connection, chunk: Sequence[Receipt] = chunk) -> list[Taken]:
            return take_receipts(connection, secret, chunk, now_ms)

        taken += in_transaction(engine, work)
    return taken


@dataclass
class _Draft:
    """A receipt on its way in."""

    receipt: Receipt
    purchase_id: str
    client_id: str | None = None
    guide_id: str | None = None
    redeemed: Redeemed = field(default_factory=Redeemed)
    rulings: list[Ruling] = field(default_factory=list)


class _Intake:
    """A transaction's receipts of one store."""

    def __init__(self, writer: FeedWriter, secret: OfficeSecret, scope: Scope) -> None:
        self.writer = writer
        self.secret = secret
        self.scope = scope
        self._store = {"store": scope_store_id(scope)}

    def take(self, receipts: Sequence[Receipt]) -> list[Taken]:
        """Stage what is new; returns what became of each."""
        drafts = {receipt.order_no: _Draft(receipt, new_id(receipt.at)) for receipt in receipts}
        settled = self._settled(drafts)
        fresh = [draft for order_no, draft in drafts.items() if order_no not in settled]
        orders = [_order_of(draft.receipt) for draft in fresh]
        hold_orders(self.writer.connection, self.scope, orders)
        names = look_up(self.writer.connection, self._store["store"], [draft.receipt for draft in fresh])
        self._name_people(fresh, names)
        self._use_coupons(fresh)
        self._attribute(fresh)
        # After the rulings: whose purchase it was by a guide's own word earns nobody a commission.
        noted = give_way(self.writer, self.scope, [draft.receipt.order_no for draft in fresh])
        for draft in fresh:
            draft.client_id = draft.client_id or noted.get(draft.receipt.order_no)
        for draft in fresh:
            self._stage(draft, names)
        settle_returns(self.writer, self.secret, self.scope, orders)
        self._thank(fresh)
        return [settled.get(order_no) or _taken(draft) for order_no, draft in drafts.items()]

    def _settled(self, drafts: Mapping[str, _Draft]) -> dict[str, Taken]:
        """Reserve the order numbers; returns those that were taken in earlier."""
        rows = [
            {"order_no": order_no, "purchase_id": draft.purchase_id, "hash": content_hash(draft.receipt).hex()}
            for order_no, draft in drafts.items()
        ]
        values = {**self._store, "rows": msgspec.json.encode(rows).decode()}
        new = set(self.writer.connection.exec_driver_sql(_RECEIPTS, values).scalars())
        known = {**self._store, "orders": [order_no for order_no in drafts if order_no not in new]}
        settled = {}
        for order_no, purchase_id, stored in self.writer.connection.exec_driver_sql(_KNOWN, known):
            if content_hash(drafts[order_no].receipt) == stored:
                settled[order_no] = Taken(order_no, "duplicate", purchase_id)
            else:
                problem = "这个单号已收过, 内容不同。"
                settled[order_no] = Taken(order_no, "rejected", purchase_id, problem=problem)
        return settled

    def _name_people(self, drafts: Sequence[_Draft], names: Names) -> None:
        orders = [draft.receipt.origin_order_no for draft in drafts if isinstance(draft.receipt, RefundIn)]
        rows = self.writer.connection.exec_driver_sql(_ORIGINS, {**self._store, "orders": orders}) if orders else ()
        origins = {order_no: client_id for order_no, client_id in rows}  # noqa: C416 - rows are no plain pairs to mypy
        for draft in drafts:
            draft.guide_id = names.guides.get(draft.receipt.guide_number)
            named = names.client(draft.receipt.client)
            original = isinstance(draft.receipt, RefundIn) and origins.get(draft.receipt.origin_order_no)
            draft.client_id = original or named

    def _use_coupons(self, drafts: Sequence[_Draft]) -> None:
        for draft in drafts:
            receipt = draft.receipt
            if not isinstance(receipt, PurchaseIn) or not receipt.coupon_code:
                continue
            asked = Redemption(
                id=new_id(receipt.at),
                scope=self.scope,
                code=receipt.coupon_code,
                order_no=receipt.order_no,
                amount_fen=receipt.total_fen + receipt.discount_fen,
                at=receipt.at,
                guide_id=draft.guide_id,
                receipt=True,
            )
            draft.redeemed = redeem(self.writer, asked)
            if draft.client_id is None and _is_ours(draft.redeemed, self.scope):
                draft.client_id = draft.redeemed.client_id

    def _thank(self, drafts: Sequence[_Draft]) -> None:
        """Coupons that an order brings; old receipts are history."""
        since = self.writer.now_ms - FRESH_MS
        sales = [draft for draft in drafts if isinstance(draft.receipt, PurchaseIn) and draft.receipt.at >= since]
        thanked = [draft.client_id for draft in sales if draft.client_id is not None]
        if thanked and is_given(self.writer.connection, "after_order"):
            for client_id in dict.fromkeys(thanked):
                give(self.writer, self.secret, "after_order", (self.scope, "client", client_id))

    def _attribute(self, drafts: Sequence[_Draft]) -> None:
        sales = [draft for draft in drafts if isinstance(draft.receipt, PurchaseIn)]
        facts = [Sale(d.receipt.order_no, d.receipt.at, d.client_id, d.guide_id) for d in sales]
        touches = touches_of(self.writer.connection, self.scope, facts)
        for draft in sales:
            known = touches[draft.receipt.order_no]
            draft.rulings = [rule(draft.receipt.total_fen, draft.receipt.at, [*_coupon_touch(draft), *known])]
        refunds = [draft.receipt for draft in drafts if isinstance(draft.receipt, RefundIn)]
        shares = shares_of(self.writer.connection, self.scope, [refund.origin_order_no for refund in refunds])
        for draft in drafts:
            if isinstance(draft.receipt, RefundIn):
                left = shares.get(draft.receipt.origin_order_no, [])
                draft.rulings = reverse(draft.receipt.total_fen, draft.receipt.at, draft.receipt.origin_order_no, left)
                shares[draft.receipt.origin_order_no] = _after(left, draft.rulings)

    def _stage(self, draft: _Draft, names: Names) -> None:
        receipt, sign = draft.receipt, 1 if isinstance(draft.receipt, PurchaseIn) else -1
        purchase: dict[str, Any] = {
            "order_no": receipt.order_no,
            "client_id": draft.client_id,
            "guide_id": draft.guide_id,
            "at": receipt.at,
            "total_fen": sign * receipt.total_fen,
            "channel": receipt.channel,
        }
        if isinstance(receipt, RefundIn):
            purchase |= {"kind": "return", "origin_order_no": receipt.origin_order_no}
        else:
            purchase |= {"discount_fen": receipt.discount_fen, "coupon_code": receipt.coupon_code}
        self.writer.put((self.scope, "purchase", draft.purchase_id), purchase)
        for line in receipt.lines:
            variant = names.variant(line)
            record = {
                "purchase_id": draft.purchase_id,
                "sku_id": variant.sku_id if variant else None,
                "product_id": variant.product_id if variant else None,
                "title": line.title or (variant.title if variant else line.sku_code or line.gtin),
                "colour": variant.colour if variant else "",
                "size": variant.size if variant else "",
                "qty": sign * line.qty,
                "amount_fen": sign * line.amount_fen,
                "discount_fen": sign * line.discount_fen,
            }
            self.writer.put((self.scope, "purchase_line", new_id(receipt.at)), record)
        for ruling in draft.rulings:
            self._stage_ruling(draft, ruling)

    def _stage_ruling(self, draft: _Draft, ruling: Ruling) -> None:
        record = {
            "purchase_id": draft.purchase_id,
            "client_id": draft.client_id,
            "guide_id": ruling.guide_id,
            "amount_fen": ruling.amount_fen,
            "rule": ruling.rule,
            "evidence": ruling.evidence,
            "at": draft.receipt.at,
        }
        self.writer.put((self.scope, "attribution", new_id(draft.receipt.at)), record)


def _order_of(receipt: Receipt) -> str:
    return receipt.order_no if isinstance(receipt, PurchaseIn) else receipt.origin_order_no


def _is_ours(redeemed: Redeemed, scope: Scope) -> bool:
    """Whether the coupon, and so its client, belongs to the store of the receipt."""
    return any(key[0] == scope and key[1] == "coupon" for key in redeemed.touched)


def _coupon_touch(draft: _Draft) -> list[Touch]:
    """The redeemed coupon speaks for its guide; one that could not be used speaks for nobody."""
    redeemed = draft.redeemed
    if redeemed.problem or redeemed.guide_id is None or not redeemed.touched:
        return []
    return [Touch("coupon", redeemed.guide_id, redeemed.touched[0][2], draft.receipt.at, "coupon")]


def _after(shares: Sequence[Share], rulings: Sequence[Ruling]) -> list[Share]:
    back: dict[str | None, int] = defaultdict(int)
    for ruling in rulings:
        back[ruling.guide_id] += ruling.amount_fen
    return [replace(share, amount_fen=share.amount_fen + back[share.guide_id]) for share in shares]


def _taken(draft: _Draft) -> Taken:
    ruling = draft.rulings[0] if draft.rulings else None
    return Taken(
        draft.receipt.order_no,
        "applied",
        draft.purchase_id,
        client_id=draft.client_id,
        guide_id=ruling.guide_id if ruling else None,
        rule=ruling.rule if ruling else "",
        coupon=draft.redeemed.problem,
    )


def _stores(connection: Connection, receipts: Sequence[Receipt]) -> dict[str, str]:
    store = KIND_TABLES["store"]
    codes = {receipt.store_code for receipt in receipts}
    rows = connection.execute(sa.select(store.c.code, store.c.id).where(store.c.code.in_(codes)))
    found = {code: store_id for code, store_id in rows}  # noqa: C416 - rows are no plain pairs to mypy
    for i, receipt in enumerate(receipts, 1):
        if receipt.store_code not in found:
            sentence = f"第 {i} 张小票 ({receipt.order_no}): 没有代码为「{receipt.store_code}」的门店。"
            raise InvalidInputError("request.invalid", sentence)
    return found


def _weight(receipt: Receipt) -> int:
    return len(receipt.lines) + 4  # the purchase, its attribution, its coupon and redemption


def _chunks(receipts: Sequence[Receipt]) -> Iterator[list[Receipt]]:
    """Receipts in their order, in parts that fit a transaction."""
    chunk: list[Receipt] = []
    rows = 0
    for receipt in receipts:
        if chunk and rows + _weight(receipt) > _ROWS_A_TRANSACTION:
            yield chunk
            chunk, rows = [], 0
        chunk.append(receipt)
        rows += _weight(receipt)
    if chunk:
        yield chunk

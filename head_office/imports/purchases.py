"""Import of receipts: a till's history, or its daily file. They are taken in by the same rules as those of the API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.tabular.fields import Field, Reading
from guide_app.base.tabular.people import neutral_name
from guide_app.base.tabular.receipts import Receipt, ReceiptGatherer, ReceiptRules, receipt_fields
from guide_app.protocol.scopes import store_scope
from head_office.feed.write import MAX_ROWS, FeedWriter, in_transaction
from head_office.imports.keyed import ids_by, stores_by_word, unknown_store
from head_office.imports.ledger import Ledger
from head_office.imports.model import Options, Problem, Services, Unit, Verdict
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import ClientRef, PurchaseIn, ReceiptLine, RefundIn, Taken
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES

#: Records a receipt writes besides its lines: the purchase, its attribution, a coupon and its redemption.
_BESIDES = 4


@dataclass(frozen=True, slots=True)
class _Places:
    """What the words of a file mean: stores by word, guides by number."""

    stores: dict[str, tuple[str, str]]
    guides: dict[str, str]


class PurchaseImporter:
    """小票: known by store and order number; one that has come before with the same content changes nothing."""

    measure = "fen"
    tables = ("purchase", "purchase_line", "attribution", "receipt", "client")

    def __init__(self, services: Services, options: Options) -> None:
        self.fields: Sequence[Field] = receipt_fields()
        self._engine = services.engine
        self._clock: Clock = services.clock
        self._secret = services.secret
        self._options = options
        self._notes: Counter[str] = Counter()
        self._noted: dict[tuple[str, str], str] = {}

    def gather(self, reading: Reading, ledger: Ledger) -> list[Unit[Receipt]]:
        """One unit a receipt: the sales before the returns, so that a return finds what it takes back."""
        rules = ReceiptRules(self._options.store, self._options.adjustments)
        gatherer = ReceiptGatherer(self.fields, reading, rules)
        for row in reading.rows:
            ledger.see(gatherer.add(row))
        for refused in gatherer.refused():
            ledger.refuse(refused.rejects, refused.amount)
        units = [
            Unit(
                receipt.rows,
                receipt,
                len(receipt.lines) + _BESIDES,
                Decimal(receipt.total_fen),
                group=int(receipt.is_return),
            )
            for receipt in gatherer.receipts()
        ]
        units.sort(key=lambda unit: (unit.group, unit.record.store))
        if self._options.new_clients and not self._options.dry_run:
            self._make_clients(unit.record for unit in units)
        return units

    def take(self, connection: Connection, units: Sequence[Unit[Receipt]]) -> list[Verdict | Problem]:
        """Take receipts in. Units of one call are either sales or returns."""
        places = _Places(
            stores_by_word(connection, {unit.record.store for unit in units}),
            ids_by(connection, "guide", "number", {unit.record.said("guide_number") for unit in units} - {""}),
        )
        problems: dict[int, Problem] = {}
        seen: set[tuple[str, str]] = set()
        for i, unit in enumerate(units):
            why = _problem(unit.record, places, seen)
            if why is not None:
                problems[i] = why
        receipts = [unit.record for i, unit in enumerate(units) if i not in problems]
        make = _refund if units[0].group else _sale
        incoming = [make(receipt, places.stores[receipt.store][0]) for receipt in receipts]
        answers = iter(take_receipts(connection, self._secret, incoming, self._clock.now_ms()))
        return [problems.get(i) or self._verdict(unit.record, next(answers)) for i, unit in enumerate(units)]

    def finish(self) -> Sequence[str]:
        """What the receipts' people and coupons came to."""
        self._notes.update(self._noted.values())
        return tuple(f"{count:,} {what}" for what, count in sorted(self._notes.items()))

    def _verdict(self, receipt: Receipt, taken: Taken) -> Verdict | Problem:
        if taken.status == "rejected":
            return Problem("单号", receipt.order_no, "purchase.differs", taken.problem)
        if taken.status == "duplicate":
            return "unchanged"
        named = receipt.said("member_no") or receipt.said("phone")
        if named and taken.client_id is None:
            self._noted[receipt.store, receipt.order_no] = "张小票的顾客不在客户本里, 按散客收。"
        elif taken.coupon:
            self._noted[receipt.store, receipt.order_no] = f"张小票的券没有核销: {taken.coupon}"
        return "added"

    def _make_clients(self, receipts: Iterable[Receipt]) -> None:
        """Make a client for each member number that its store does not know, with a neutral name."""
        first: dict[tuple[str, str], int] = {}
        for receipt in receipts:
            member_no = receipt.said("member_no")
            if member_no:
                key = (receipt.store, member_no)
                first[key] = min(first.get(key, receipt.at), receipt.at)
        made = 0
        wanted = sorted(first)
        for start in range(0, len(wanted), MAX_ROWS):
            part = {key: first[key] for key in wanted[start : start + MAX_ROWS]}

            def work(connection: Connection, part: dict[tuple[str, str], int] = part) -> int:
                return _add_clients(FeedWriter(connection, self._clock.now_ms()), part)

            made += in_transaction(self._engine, work)
        if made:
            self._notes["位新客户按会员号建档。"] += made


def _problem(receipt: Receipt, places: _Places, seen: set[tuple[str, str]]) -> Problem | None:
    if receipt.store not in places.stores:
        return unknown_store(receipt.store)
    key = (places.stores[receipt.store][0], receipt.order_no)
    if key in seen:
        sentence = "同一门店的同一单号, 有的行写门店代码, 有的行写名称。"
        return Problem("门店", receipt.store, "purchase.two_words", sentence)
    seen.add(key)
    number = receipt.said("guide_number")
    if number and number not in places.guides:
        return Problem("导购", number, "guide.unknown", f"没有工号「{number}」, 先导入导购。")
    if receipt.is_return and receipt.said("coupon_code"):
        return Problem("券码", receipt.said("coupon_code"), "purchase.coupon", "退货小票上有券码。")
    return None


def _sale(receipt: Receipt, store_code: str) -> PurchaseIn:
    return PurchaseIn(
        store_code=store_code,
        order_no=receipt.order_no,
        at=receipt.at,
        total_fen=receipt.total_fen,
        lines=_lines(receipt, 1),
        discount_fen=sum(line.discount_fen for line in receipt.lines),
        guide_number=receipt.said("guide_number"),
        client=_client(receipt),
        coupon_code=receipt.said("coupon_code"),
        channel=receipt.said("channel"),
    )


def _refund(receipt: Receipt, store_code: str) -> RefundIn:
    return RefundIn(
        store_code=store_code,
        order_no=receipt.order_no,
        origin_order_no=receipt.said("origin_order_no"),
        at=receipt.at,
        total_fen=-receipt.total_fen,
        lines=_lines(receipt, -1),
        guide_number=receipt.said("guide_number"),
        channel=receipt.said("channel"),
        client=_client(receipt),
    )


def _client(receipt: Receipt) -> ClientRef | None:
    member_no, phone = receipt.said("member_no"), receipt.said("phone")
    return ClientRef(member_no=member_no, phone=phone) if member_no or phone else None


def _lines(receipt: Receipt, sign: int) -> list[ReceiptLine]:
    """The lines as the intake wants them: positive for what the receipt is about. In an exchange some stay negative."""
    return [
        ReceiptLine(sign * line.qty, sign * line.amount_fen, line.sku_code, line.gtin, line.title, line.discount_fen)
        for line in receipt.lines
    ]


def _add_clients(writer: FeedWriter, first: dict[tuple[str, str], int]) -> int:
    """Stage clients for those (store, member number) that are not known; the value is the first purchase (UTC ms)."""
    stores = stores_by_word(writer.connection, {store for store, _ in first})
    client = KIND_TABLES["client"]
    query = sa.select(client.c.store_id, client.c.member_no).where(
        client.c.store_id.in_({store_id for _, store_id in stores.values()}),
        client.c.member_no.in_({member_no for _, member_no in first}),
    )
    known = {tuple(row) for row in writer.connection.execute(query)}
    made = 0
    for (store, member_no), at in first.items():
        if store not in stores or (stores[store][1], member_no) in known:
            continue
        record = {"name": neutral_name(member_no, ""), "member_no": member_no, "created_at": at}
        writer.put((store_scope(stores[store][1]), "client", new_id(at)), record)
        made += 1
    writer.flush()
    return made

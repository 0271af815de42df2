"""Whoever remembers her by an old name finds her: the till, the slip on her phone, the import, the refund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.scopes import store_scope
from head_office.clients.merge import merge_clients, undo_merge
from head_office.clients.transfer import Handover, move_clients
from head_office.deeds import push_rules
from head_office.feed.write import FeedWriter, in_transaction
from head_office.landing.queries import read_coupon
from head_office.landing.seal import Slip
from head_office.landing.withdraw import withdraw
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import ClientRef, PurchaseIn, Receipt, ReceiptLine, RefundIn
from tests.head_office.kit import (
    NOW,
    SECRET,
    Pc,
    enrol_device,
    make_guide,
    make_store,
    make_template,
    new_id,
    put_all,
    rows_of,
)

PHONE = "13812345678"


@dataclass
class Town:
    """Two stores; a client of the first with a coupon and a sale that a guide was credited with."""

    engine: Engine
    pc: Pc
    there: str
    guide: str
    client: str
    coupon: str

    def receipts(self, receipts: Sequence[Receipt]) -> list[Any]:
        return list(in_transaction(self.engine, lambda c: take_receipts(c, SECRET, receipts, NOW)))

    def move(self) -> None:
        def work(connection: Any) -> None:
            writer = FeedWriter(connection, NOW + 10)
            move_clients(writer, SECRET, Handover(self.pc.scope, store_scope(self.there), None), [self.client])
            writer.flush()

        in_transaction(self.engine, work)

    def merge_into_another(self) -> str:
        other = new_id()
        put_all(self.engine, self.pc.scope, "client", {other: {"name": "她自己"}})

        def work(connection: Any) -> None:
            writer = FeedWriter(connection, NOW + 10)
            merge_clients(writer, SECRET, self.pc.scope, self.client, other, None)
            writer.flush()

        in_transaction(self.engine, work)
        return other


@pytest.fixture
def town(office_engine: Engine) -> Town:
    here, there = make_store(office_engine), make_store(office_engine, "SH02", "徐家汇店")
    guide = make_guide(office_engine, here)
    pc = Pc(office_engine, enrol_device(office_engine), push_rules(SECRET))
    client, coupon = new_id(), new_id()
    template = make_template(office_engine)
    pc.push(
        pc.mutation(
            "put", "client", client, name="王姐", phone=PHONE, primary_guide_id=guide, contact_state="marketing"
        ),
        pc.mutation(
            "command", "coupon.issue", coupon, template_id=template, code=make_code(), client_id=client, claimed_at=NOW
        ),
    )
    made = Town(office_engine, pc, there, guide, client, coupon)
    made.receipts([_sale("E1")])
    return made


def _sale(order_no: str) -> PurchaseIn:
    return PurchaseIn("SH01", order_no, NOW, 1_000, [ReceiptLine(1, 1_000, title="靴")], client=ClientRef(phone=PHONE))


def _refund(order_no: str, amount: int) -> RefundIn:
    return RefundIn("SH01", order_no, "E1", NOW, amount, [ReceiptLine(1, amount, title="靴")])


def test_a_sale_by_the_doubles_number_is_the_survivors(town: Town) -> None:
    now = town.merge_into_another()
    (taken,) = town.receipts([_sale("E2")])
    assert taken.client_id == now


def test_a_slip_finds_its_coupon_after_a_transfer_and_a_merge(town: Town) -> None:
    slip = Slip(town.pc.who.store_id, town.client, town.coupon)
    town.merge_into_another()
    town.move()
    with town.engine.connect() as connection:
        found = read_coupon(connection, slip)
    assert found is not None
    assert found.status == "claimed"


def test_she_takes_back_her_consent_wherever_she_is_by_now(town: Town) -> None:
    town.move()
    claimant = (town.pc.scope, "client", town.client)
    assert in_transaction(town.engine, lambda c: withdraw(c, claimant, "no_contact", NOW + 20)) == 1
    (row,) = rows_of(town.engine, "client")
    assert (row["store_id"], row["contact_state"]) == (town.there, "refused")


def test_a_refund_takes_back_what_the_guide_got_though_the_customer_has_moved(town: Town) -> None:
    town.receipts([_refund("R1", 300)])
    town.move()
    town.receipts([_refund("R2", 500)])
    town.receipts([_refund("R3", 200)])
    by_guide: dict[str | None, int] = {}
    for row in rows_of(town.engine, "attribution"):
        by_guide[row["guide_id"]] = by_guide.get(row["guide_id"], 0) + row["amount_fen"]
    assert by_guide == {town.guide: 0}


def test_a_receipt_sent_again_after_the_move_is_known(town: Town) -> None:
    town.move()
    (taken,) = town.receipts([_sale("E1")])
    assert taken.status == "duplicate"


def test_a_merge_is_undone_also_after_the_move(town: Town) -> None:
    survivor = town.merge_into_another()
    town.move()
    back = in_transaction(town.engine, lambda c: undo_merge(c, SECRET, town.client, NOW + 20))
    assert back > 0
    owners = {row["client_id"] for row in rows_of(town.engine, "coupon")}
    assert owners == {town.client}
    assert {row["id"]: row["store_id"] for row in rows_of(town.engine, "client")} == {
        town.client: town.there, survivor: town.there,
    }  # fmt: skip


def test_a_scan_that_waits_for_its_share_moves_along(town: Town) -> None:
    event = new_id()
    put_all(town.engine, town.pc.scope, "share_event", {event: {"client_id": town.client, "kind": "scan"}})
    with town.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO waiting_event (store_id, key_no, share_no, event_id)"
            " VALUES (%(store)s::uuid, 1, 2, %(event)s::uuid)",
            {"store": town.pc.who.store_id, "event": event},
        )
    town.move()
    with town.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT store_id::text, key_no, share_no, event_id::text FROM waiting_event")
        assert [tuple(row) for row in rows] == [(town.there, 1, 2, event)]

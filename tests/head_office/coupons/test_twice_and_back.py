"""A coupon that was used twice, and goods that come back: it is free again only once no use of it stands."""

from __future__ import annotations

from typing import Any

import pytest

from guide_app.base.clock import DAY_MS
from head_office.coupons.report import read_report
from head_office.deeds import push_rules
from head_office.purchases.model import PurchaseIn, ReceiptLine, RefundIn
from tests.head_office.coupons.till import Till
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, rows_of

LATER = NOW + DAY_MS


@pytest.fixture
def far(till: Till) -> Pc:
    """A counter of another store, without network."""
    make_store(till.pc.engine, "SH02", "徐家汇店")
    return Pc(till.pc.engine, enrol_device(till.pc.engine, "SH02"), push_rules(SECRET))


def _use(pc: Pc, code: str, order_no: str, **other: Any) -> list[tuple[str, str]]:
    asked = {
        "redemption_id": new_id(), "code": code, "order_no": order_no, "amount_fen": 45_000, "at": NOW,
        "offline": True, "known_until": NOW - 1, "device_id": pc.who.device_id, **other,
    }  # fmt: skip
    pushed = pc.push(pc.mutation("command", "coupon.redeem", new_id(), **asked), now_ms=LATER)
    return [(result.status, result.code) for result in pushed.results]


def _sell_far(till: Till, order_no: str = "B1", code: str = "") -> None:
    lines = [ReceiptLine(1, 40_000, sku_code="S0", discount_fen=5_000)]
    till.take(PurchaseIn("SH02", order_no, NOW, 40_000, lines, discount_fen=5_000, coupon_code=code))


def _bring_back_far(till: Till, order_no: str = "B1") -> None:
    till.take(RefundIn("SH02", f"R-{order_no}", order_no, LATER, 40_000, [ReceiptLine(1, 40_000, sku_code="S0")]))


def _by_order(till: Till, order_no: str) -> dict[str, Any]:
    (found,) = [row for row in rows_of(till.pc.engine, "redemption") if row["order_no"] == order_no]
    return found


def _agrees(till: Till) -> None:
    with till.pc.engine.connect() as connection:
        assert read_report(connection, LATER).difference == 0


def test_the_second_use_takes_the_place_of_the_one_that_was_undone(till: Till, far: Pc) -> None:
    till.coupon()
    till.sell(40_000)
    assert _use(far, till.code, "B1") == [("rejected", "coupon.redeemed")]
    assert _use(far, till.code, "B2", at=NOW + 1) == [("rejected", "coupon.redeemed")]
    till.refund(0, paid_back=40_000)
    assert till.held["status"] == "redeemed"
    second, third = _by_order(till, "B1"), _by_order(till, "B2")
    assert (second["status"], second["borne_by"], second["rule"], second["rival_id"]) == ("confirmed", "", "", None)
    assert (third["status"], third["borne_by"], third["rival_id"]) == ("conflict", "brand", second["id"])
    assert till.redeem("C1") == [("rejected", "coupon.redeemed")]
    _agrees(till)
    for pc in (till.pc, far):
        pc.pull()
        assert pc.digests() == pc.promised()


def test_it_is_free_once_the_last_use_has_come_back(till: Till, far: Pc) -> None:
    till.coupon()
    till.sell(40_000)
    _use(far, till.code, "B1")
    till.refund(0, paid_back=40_000)
    _sell_far(till)
    _bring_back_far(till)
    assert till.held["status"] == "claimed"
    assert _by_order(till, "B1")["returned_at"] is not None
    assert till.redeem("C1") == []
    _agrees(till)


def test_the_second_use_may_come_back_first(till: Till, far: Pc) -> None:
    till.coupon()
    till.sell(40_000)
    _use(far, till.code, "B1")
    _sell_far(till)
    _bring_back_far(till)
    assert (till.held["status"], _by_order(till, "B1")["returned_at"]) == ("redeemed", LATER)
    with till.pc.engine.connect() as connection:
        assert read_report(connection, LATER).conflicts == ()  # nobody bears what nobody has
    till.refund(0, paid_back=40_000)
    assert till.held["status"] == "claimed"
    _agrees(till)


def test_what_a_till_was_refused_takes_nobodys_coupon(till: Till, far: Pc) -> None:
    till.coupon()
    till.sell(40_000)
    assert _use(far, till.code, "B1", offline=False) == [("rejected", "coupon.redeemed")]
    till.refund(0, paid_back=40_000)
    assert till.held["status"] == "claimed"
    assert _use(far, till.code, "B1", offline=False) == []  # the same bill once more, now that it is free
    assert (_by_order(till, "B1")["status"], till.held["status"]) == ("confirmed", "redeemed")
    _agrees(till)


def test_a_sale_in_conflict_is_booked_once_whoever_tells_of_it(till: Till, far: Pc) -> None:
    till.coupon()
    till.sell(40_000)
    _use(far, till.code, "")
    _sell_far(till, code=till.code)
    _use(far, till.code, "B1")
    (conflict,) = [row for row in rows_of(till.pc.engine, "redemption") if row["status"] == "conflict"]
    assert (conflict["order_no"], conflict["rule"]) == ("B1", "twice.offline")
    _bring_back_far(till)
    assert _by_order(till, "B1")["returned_at"] == LATER


def test_a_use_without_number_is_found_by_the_refund_of_its_receipt(till: Till) -> None:
    till.coupon()
    assert till.redeem("") == []
    till.sell(40_000)
    till.refund(0, paid_back=40_000)
    assert till.held["status"] == "claimed"


def test_a_use_told_after_it_was_undone_counts_no_second_time(till: Till) -> None:
    till.coupon(valid_until=NOW + 9 * DAY_MS, return_days=7)
    till.sell(40_000)
    till.refund(0, paid_back=40_000)
    before = till.held
    assert till.redeem("A1") == [("duplicate", "")]
    assert (till.held, len(rows_of(till.pc.engine, "redemption"))) == (before, 1)

"""A receipt with a coupon of another system on it: refunds pay back what was paid, and our books stay right."""

from __future__ import annotations

from head_office.coupons.report import read_report
from tests.head_office.coupons.till import Till
from tests.head_office.kit import NOW, new_id, put_all, rows_of


def test_a_refund_leaves_another_systems_coupon_to_staff(till: Till) -> None:
    till.coupon()
    used = {"order_no": "A1", "coupon_code": "1" * 22, "discount_fen": 4_000, "at": NOW, "source": "wechat"}
    external = new_id()
    put_all(till.pc.engine, till.pc.scope, "redemption", {external: {**used, "source_name": "微信券"}})
    till.sell(35_000, 17_500)
    assert till.quote(0, 1).total_fen == 52_500
    till.refund(0, 1, paid_back=52_500)
    rows = {row["id"]: row for row in rows_of(till.pc.engine, "redemption")}
    assert (rows.pop(external)["returned_at"], till.held["status"]) == (None, "claimed")
    assert [row["returned_at"] is not None for row in rows.values()] == [True]
    with till.pc.engine.connect() as connection:
        assert read_report(connection, NOW).difference == 0
    till.pc.pull()
    assert till.pc.digests() == till.pc.promised()


def test_a_till_that_names_such_a_code_is_heard(till: Till) -> None:
    till.code = "1" * 22
    (taken,) = till.sell(40_000)
    assert taken.status == "applied"
    assert rows_of(till.pc.engine, "redemption") == []

"""A receipt with a coupon of another system on it: refunds pay back what was paid, and our books stay right."""

from __future__ import annotations

from guide_app.base.ids import NIL
from head_office.coupons.external import uses
from head_office.coupons.external.uses import Asked
from head_office.coupons.report import read_report
from head_office.feed.write import in_transaction
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
    theirs = rows.pop(external)
    assert (theirs["returned_at"], till.held["status"]) == (None, "claimed")
    assert theirs["refunded_fen"] == 52_500, "the counter's list tells that it waits to be given back"
    assert [row["returned_at"] is not None for row in rows.values()] == [True]
    with till.pc.engine.connect() as connection:
        assert read_report(connection, NOW).difference == 0
    till.pc.pull()
    assert till.pc.digests() == till.pc.promised()


def test_staff_are_told_of_a_coupon_that_waits_to_be_given_back(till: Till) -> None:
    """Also where no coupon of ours lies on the receipt; no more once it was given back."""
    asked = Asked(
        new_id(), "wechat", "1" * 22, "9", "微信券", till.pc.who.store_id, NIL, None, "A1", 40_000, 4_000, NOW
    )
    in_transaction(till.pc.engine, lambda c: uses.register(c, asked))
    in_transaction(till.pc.engine, lambda c: uses.settle(c, asked, "used", NOW, at=NOW))
    till.sell(35_000, 17_500)
    with till.pc.engine.connect() as connection:
        assert uses.to_give_back(connection) == []
    till.refund(1, paid_back=17_500)
    with till.pc.engine.connect() as connection:
        ((waiting, paid_back),) = uses.to_give_back(connection)
    assert (waiting.request_no, waiting.order_no, paid_back) == (asked.request_no, "A1", 17_500)
    in_transaction(till.pc.engine, lambda c: uses.free(c, asked, NOW))
    with till.pc.engine.connect() as connection:
        assert uses.to_give_back(connection) == []
    till.pc.pull()
    assert till.pc.digests() == till.pc.promised()


def test_staff_are_told_too_where_the_answer_comes_after_the_goods(till: Till) -> None:
    asked = Asked(
        new_id(), "wechat", "1" * 22, "9", "微信券", till.pc.who.store_id, NIL, None, "A1", 40_000, 4_000, NOW
    )
    in_transaction(till.pc.engine, lambda c: uses.register(c, asked))
    till.sell(35_000, 17_500)
    till.refund(1, paid_back=17_500)
    in_transaction(till.pc.engine, lambda c: uses.settle(c, asked, "used", NOW, at=NOW))
    with till.pc.engine.connect() as connection:
        ((waiting, paid_back),) = uses.to_give_back(connection)
    assert (waiting.request_no, paid_back) == (asked.request_no, 17_500)
    till.pc.pull()
    assert till.pc.digests() == till.pc.promised()


def test_a_till_that_names_such_a_code_is_heard(till: Till) -> None:
    till.code = "1" * 22
    (taken,) = till.sell(40_000)
    assert taken.status == "applied"
    assert rows_of(till.pc.engine, "redemption") == []

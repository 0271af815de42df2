"""The account of coupons: every coupon in one state, every fen at one place, whatever happened before."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import make_code
from head_office.coupons.allot import LAPSE_MS, lapse_allotments
from head_office.coupons.recall import recall
from head_office.coupons.report import Report, read_report
from head_office.feed.write import FeedWriter, in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import PurchaseIn, ReceiptLine, RefundIn
from tests.head_office.coupons.test_allotment import _allotment, _client, _handed_out, _lease
from tests.head_office.kit import NOW, SECRET, Pc, make_store, make_template, new_id, rows_of
from tests.helpers.examples import few

ALLOTTED = {"allot_count": 4, "allot_hours": 48, "quota": 30, "claim_limit": 0, "return_days": 3}
DEEDS = (
    "issue",
    "issue",
    "lease",
    "hand_out",
    "hand_out",
    "give_back",
    "redeem",
    "redeem",
    "again",
    "refund",
    "recall",
)


class History:
    """Deeds on one batch; each does what can be done just now."""

    def __init__(self, pc: Pc, guide_id: str, **terms: Any) -> None:
        self.pc, self.guide_id = pc, guide_id
        self.template_id = make_template(pc.engine, **{**ALLOTTED, **terms})
        self.client_id = _client(pc)
        self.serials: dict[str, int] = {}
        self.orders: list[str] = []

    @property
    def held(self) -> list[dict[str, Any]]:
        mine = [row for row in rows_of(self.pc.engine, "coupon") if row["template_id"] == self.template_id]
        return [row for row in mine if row["status"] == "claimed"]

    def issue(self) -> None:
        asked: dict[str, Any] = {"template_id": self.template_id, "code": make_code(), "client_id": self.client_id}
        self.pc.push(self.pc.mutation("command", "coupon.issue", new_id(), guide_id=self.guide_id, at=NOW, **asked))

    def lease(self) -> None:
        self.pc.push(_lease(self.pc, self.template_id, self.guide_id))

    def allotments(self) -> list[dict[str, Any]]:
        mine = [row for row in rows_of(self.pc.engine, "allotment") if row["template_id"] == self.template_id]
        return [row for row in mine if row["state"] == "open"]

    def hand_out(self) -> None:
        for allotment in self.allotments()[:1]:
            serial = self.serials.get(allotment["id"], 0)
            if serial < allotment["count"]:
                self.serials[allotment["id"]] = serial + 1
                self.pc.push(_handed_out(self.pc, allotment, serial, self.client_id)[0])

    def give_back(self) -> None:
        for allotment in self.allotments()[:1]:
            self.pc.push(self.pc.mutation("command", "allotment.return", allotment["id"]))

    def redeem(self) -> None:
        for coupon in self.held[:1]:
            self._sell(coupon["code"])

    def again(self) -> None:
        used = [row for row in rows_of(self.pc.engine, "coupon") if row["status"] == "redeemed"]
        for coupon in [row for row in used if row["template_id"] == self.template_id][:1]:
            self._sell(coupon["code"])

    def refund(self) -> None:
        if self.orders:
            order_no = self.orders.pop(0)
            lines = [ReceiptLine(1, 35_000, title="鞋")]
            receipt = RefundIn("SH01", f"R{order_no}", order_no, NOW, 35_000, lines)
            in_transaction(self.pc.engine, lambda c: take_receipts(c, SECRET, [receipt], NOW))

    def recall(self) -> None:
        for coupon in self.held[-1:]:
            self._recall("coupon", coupon["id"])

    def _recall(self, what: Any, record_id: str) -> None:
        def work(connection: Any) -> None:
            writer = FeedWriter(connection, NOW)
            recall(writer, SECRET, what, record_id)
            writer.flush()

        in_transaction(self.pc.engine, work)

    def _sell(self, code: str) -> None:
        order_no = f"A{new_id()[-8:]}"
        lines = [ReceiptLine(1, 35_000, title="鞋", discount_fen=5_000)]
        sale = PurchaseIn("SH01", order_no, NOW, 35_000, lines, discount_fen=5_000, coupon_code=code)
        in_transaction(self.pc.engine, lambda c: take_receipts(c, SECRET, [sale], NOW))
        self.orders.append(order_no)

    def report(self, now_ms: int = NOW) -> Report:
        (no,) = [row["no"] for row in rows_of(self.pc.engine, "coupon_template") if row["id"] == self.template_id]
        with self.pc.engine.connect() as connection:
            return read_report(connection, now_ms, template_no=no)


@settings(max_examples=few(6), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=22))
def test_the_books_agree_whatever_happened(pc: Pc, guide_id: str, deeds: list[str]) -> None:
    history = History(pc, guide_id)
    for deed in deeds:
        getattr(history, deed)()
    report = history.report(NOW + 3 * DAY_MS)
    (line,) = report.lines
    assert report.difference == 0
    assert line.issued == line.held + line.redeemed + line.expired + line.recalled
    assert line.cost_fen == sum(cost.cost_fen for cost in report.costs) == 5_000 * line.redeemed
    assert line.conflict_fen == sum(one.fen for one in report.conflicts)
    assert line.liability_fen == 5_000 * (line.held + line.in_allotments)


def test_one_of_each(pc: Pc, guide_id: str) -> None:
    history = History(pc, guide_id)
    for deed in ("issue", "issue", "redeem", "refund", "issue", "redeem", "again", "recall", "lease", "hand_out"):
        getattr(history, deed)()
    line = history.report().lines[0]
    assert (line.issued, line.redeemed, line.returned, line.recalled, line.held) == (4, 1, 1, 1, 2)
    assert (line.in_allotments, line.conflicts, line.cost_fen, line.reversed_fen) == (3, 1, 5_000, 5_000)
    (cost,) = history.report().costs
    assert {type(figure) for figure in (line.cost_fen, line.reversed_fen, line.liability_fen, cost.cost_fen)} == {int}
    assert (cost.store, cost.guide, cost.redemptions, cost.cost_fen, cost.returned) == ("SH01", "G1", 1, 5_000, 1)
    (borne,) = history.report().conflicts
    assert (borne.rule, borne.borne_by, borne.store, borne.fen) == ("twice.same_store", "store", "SH01", 5_000)


def test_a_wrong_book_is_seen(pc: Pc, guide_id: str) -> None:
    history = History(pc, guide_id)
    history.issue()
    with pc.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE coupon_quota SET remaining = remaining - 1")
    assert history.report().difference == 1
    with pc.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE coupon SET status = 'redeemed'")
    assert history.report().difference == 2


def test_time_and_recall_move_what_is_in_hands(pc: Pc, guide_id: str) -> None:
    history = History(pc, guide_id, valid_until=NOW + DAY_MS)
    history.issue()
    assert history.report(NOW + DAY_MS).lines[0].expired == 1
    history._recall("template", history.template_id)
    assert (history.report().lines[0].recalled, history.report().lines[0].liability_fen) == (1, 0)


@pytest.mark.parametrize(("days", "back"), [(0, 0), (29, 0), (31, 3)])
def test_an_allotment_that_nobody_handed_back_falls_back_after_thirty_days(
    pc: Pc, guide_id: str, days: int, back: int
) -> None:
    history = History(pc, guide_id)
    allotment = _allotment(pc, history.template_id, guide_id)
    history.hand_out()
    assert LAPSE_MS == 30 * DAY_MS
    at = allotment["expires_at"] + days * DAY_MS
    assert (lapse_allotments(pc.engine, at), lapse_allotments(pc.engine, at)) == (back, 0)
    assert history.report().lines[0].in_allotments == (0 if back else 3)
    assert history.report().difference == 0


def test_a_batch_of_another_store_is_not_mixed_in(pc: Pc, guide_id: str) -> None:
    make_store(pc.engine, "SH02", "徐家汇店")
    one, other = History(pc, guide_id), History(pc, guide_id)
    one.issue()
    other.issue()
    one.redeem()
    assert (one.report().lines[0].redeemed, other.report().lines[0].redeemed) == (1, 0)

"""Many at once on a real PostgreSQL: never beyond a limit, never twice, and nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import store_scope
from head_office.coupons.allot import LeaseCommand
from head_office.coupons.commands import RedeemCommand
from head_office.coupons.issue import NewCoupon, issue
from head_office.coupons.occasions import give
from head_office.coupons.queries import template_by_id
from head_office.coupons.recall import recall
from head_office.coupons.redeem import Redemption, redeem
from head_office.coupons.report import read_report
from head_office.feed.check import check_feed
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter, in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import ReceiptLine, RefundIn
from head_office.store.engine import make_engine
from tests.head_office.coupons.till import Till
from tests.head_office.kit import NOW, SECRET, Pc, make_guide, make_store, make_template, new_id, put_all, rows_of

THREADS = 12


def _at_once(n: int, work: Callable[[int], str]) -> Counter[str]:
    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(work, range(n)))


def _issue(engine: Engine, pc: Pc, template_id: str, *, guide_id: str | None = None, coupon_id: str = "") -> str:
    """Hand one out to somebody new; `given`, or why not."""
    new = NewCoupon(coupon_id or new_id(), pc.scope, make_code(), None, new_id().encode(), guide_id, NOW)

    def work(connection: Connection) -> str:
        template = template_by_id(connection, template_id)
        assert template is not None
        writer = FeedWriter(connection, NOW)
        issue(writer, SECRET, template, new)
        writer.flush()
        return "given"

    try:
        return in_transaction(engine, work)
    except GuideError as e:
        return e.code


@pytest.mark.parametrize(
    ("terms", "most"),
    [({"quota": 1}, 1), ({"quota": 7}, 7), ({"day_quota": 5}, 5), ({"store_quota": 5}, 5), ({"budget_fen": 27_000}, 5)],
)
def test_a_hundred_that_want_the_last_ones(pc: Pc, office_url: str, terms: dict[str, int], most: int) -> None:
    template_id = make_template(pc.engine, **terms)
    engine = make_engine(office_url)
    outcome = _at_once(100, lambda _: _issue(engine, pc, template_id))
    engine.dispose()
    assert outcome == {"given": most, "coupon.exhausted": 100 - most}
    assert len(rows_of(pc.engine, "coupon")) == most
    assert check_feed(pc.engine).ok


def test_a_guides_share_is_hers_alone(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, guide_quota=3)
    other = make_guide(pc.engine, pc.who.store_id, "G2", 2)
    outcome = _at_once(40, lambda i: _issue(pc.engine, pc, template_id, guide_id=(guide_id, other)[i % 2]))
    assert outcome == {"given": 6, "coupon.exhausted": 34}


def test_leases_and_claims_share_one_quota(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, quota=60, allot_count=10, allot_hours=48)
    guides = [guide_id, *(make_guide(pc.engine, pc.who.store_id, f"G{n}", n) for n in range(2, 51))]
    lease = LeaseCommand(SECRET)
    mutations: list[Mutation] = [
        pc.mutation(
            "command", "allotment.lease", new_id(), template_id=template_id, guide_id=one, device_id=pc.who.device_id
        )
        for one in guides
    ]

    def work(i: int) -> str:
        if i % 2:
            return _issue(pc.engine, pc, template_id)

        def ask(connection: Connection) -> str:
            writer = FeedWriter(connection, NOW)
            done = lease(writer, mutations[i // 2])
            writer.flush()
            return done.refused.code if done.refused else "leased"

        return in_transaction(pc.engine, ask)

    outcome = _at_once(100, work)
    assert outcome["leased"] * 10 + outcome["given"] == 60
    assert outcome["leased"] + outcome["given"] + outcome["coupon.exhausted"] == 100
    with pc.engine.connect() as connection:
        assert read_report(connection, NOW).difference == 0
    assert check_feed(pc.engine).ok


def _redeem(pc: Pc, code: str, order_no: str, redemption_id: str = "") -> str:
    asked = Redemption(redemption_id or new_id(), pc.scope, code, order_no, 42_900, NOW, None)

    def work(connection: Connection) -> str:
        writer = FeedWriter(connection, NOW)
        done = redeem(writer, asked)
        writer.flush()
        return done.problem or ("duplicate" if done.duplicate else "used")

    return in_transaction(pc.engine, work)


def test_one_coupon_shown_a_hundred_times_is_used_up_once(pc: Pc, template_id: str) -> None:
    _issue(pc.engine, pc, template_id)
    (coupon,) = rows_of(pc.engine, "coupon")
    outcome = _at_once(100, lambda i: _redeem(pc, coupon["code"], f"A{i}"))
    assert outcome == {"used": 1, "coupon.redeemed": 99}
    with pc.engine.connect() as connection:
        line = next(one for one in read_report(connection, NOW).lines if one.issued)
    assert (line.redeemed, line.conflicts, line.cost_fen, line.difference) == (1, 99, 5_000, 0)


def test_a_double_tap_counts_once(pc: Pc, template_id: str) -> None:
    _issue(pc.engine, pc, template_id)
    (coupon,) = rows_of(pc.engine, "coupon")
    tap = new_id()
    assert _at_once(20, lambda _: _redeem(pc, coupon["code"], "A1", tap)) == {"used": 1, "duplicate": 19}


def test_what_is_handed_out_while_the_batch_is_recalled_is_worth_nothing(pc: Pc) -> None:
    template_id = make_template(pc.engine)

    def stop(connection: Connection) -> str:
        writer = FeedWriter(connection, NOW)
        recall(writer, SECRET, "template", template_id)
        writer.flush()
        return "recalled"

    def work(i: int) -> str:
        return in_transaction(pc.engine, stop) if i == 20 else _issue(pc.engine, pc, template_id)

    outcome = _at_once(60, work)
    assert outcome["given"] + outcome["coupon.not_active"] == 59
    assert _issue(pc.engine, pc, template_id) == "coupon.not_active"
    codes = [row["code"] for row in rows_of(pc.engine, "coupon")]
    assert len(codes) == outcome["given"]
    assert {_redeem(pc, code, f"A{i}") for i, code in enumerate(codes)} == {"coupon.recalled"}
    (listed,) = rows_of(pc.engine, "recall_list")
    assert listed["entries"] == [f"template:{template_id}"]


def test_recall_and_redemption_of_one_coupon_leave_one_outcome(pc: Pc) -> None:
    template_id = make_template(pc.engine, claim_limit=0)
    ids = [new_id() for _ in range(10)]
    for coupon_id in ids:
        _issue(pc.engine, pc, template_id, coupon_id=coupon_id)
    codes = {row["id"]: row["code"] for row in rows_of(pc.engine, "coupon")}

    def work(i: int) -> str:
        coupon_id = ids[i // 2]
        if i % 2:
            return _redeem(pc, codes[coupon_id], f"A{i}")

        def stop(connection: Connection) -> str:
            writer = FeedWriter(connection, NOW)
            recall(writer, SECRET, "coupon", coupon_id)
            writer.flush()
            return "recalled"

        return in_transaction(pc.engine, stop)

    outcome = _at_once(20, work)
    states = Counter(row["status"] for row in rows_of(pc.engine, "coupon"))
    assert (states["redeemed"], states["void"]) == (outcome["used"], 10 - outcome["used"])
    assert len(rows_of(pc.engine, "recall_list")[0]["entries"]) == 10


def _until_somebody_waits(engine: Engine, done: Callable[[], bool]) -> None:
    """Until a transaction waits for another one, or the one that should has ended without."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not done():
        with engine.connect() as connection:
            if connection.exec_driver_sql(query).scalar_one():
                return


@pytest.mark.parametrize("refund_first", [True, False])
def test_a_refund_and_a_redemption_at_once_see_each_other(till: Till, *, refund_first: bool) -> None:
    till.coupon()
    till.sell(40_000, coupon=False)
    engine, code = till.pc.engine, till.code
    receipt = RefundIn("SH01", "R1", "A1", NOW + DAY_MS, 40_000, [ReceiptLine(1, 40_000, sku_code="S0")])
    asked = pc_command(till, code)

    def bring(connection: Connection) -> None:
        take_receipts(connection, SECRET, [receipt], NOW + DAY_MS)

    def use(connection: Connection) -> None:
        writer = FeedWriter(connection, NOW + DAY_MS)
        assert RedeemCommand(SECRET)(writer, asked).refused is None
        writer.flush()

    first, second = (bring, use) if refund_first else (use, bring)
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            first(connection)
            other = pool.submit(in_transaction, engine, second)
            _until_somebody_waits(engine, other.done)
        other.result()
    assert (till.held["status"], till.used["refunded_fen"]) == ("claimed", 40_000)
    assert till.used["returned_at"] == NOW + DAY_MS


def pc_command(till: Till, code: str) -> Mutation:
    """A redemption of the till's first order."""
    asked: dict[str, Any] = {"code": code, "order_no": "A1", "amount_fen": 45_000, "redemption_id": new_id()}
    return till.pc.mutation("command", "coupon.redeem", new_id(), at=NOW, **asked)


def test_one_person_in_two_stores_gets_one_coupon_of_an_occasion(pc: Pc) -> None:
    make_template(pc.engine, occasion="birthday", claim_limit=0)
    there = store_scope(make_store(pc.engine, "SH02", "徐家汇店"))
    known = {"name": "王姐", "phone": "13800138000", "contact_state": "one_to_one"}
    here_id, there_id = new_id(), new_id()
    put_all(pc.engine, pc.scope, "client", {here_id: known})
    put_all(pc.engine, there, "client", {there_id: known})

    def greet(connection: Connection, key: Key) -> int:
        writer = FeedWriter(connection, NOW)
        given = give(writer, SECRET, "birthday", key)
        writer.flush()
        return given

    with ThreadPoolExecutor(1) as pool:
        with pc.engine.begin() as connection:
            first = greet(connection, (pc.scope, "client", here_id))
            other = pool.submit(in_transaction, pc.engine, lambda c: greet(c, (there, "client", there_id)))
            _until_somebody_waits(pc.engine, other.done)
        assert (first, other.result()) == (1, 0)
    assert len(rows_of(pc.engine, "coupon")) == 1

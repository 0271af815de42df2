"""Coupons that are handed out by themselves: once, to whom they are for, and only to those who agreed."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from head_office.clients.identity import note_everyone
from head_office.coupons.occasions import Given, give_of_day
from head_office.feed.check import check_feed
from head_office.feed.write import in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import ClientRef, PurchaseIn, ReceiptLine
from tests.head_office.kit import NOW, SECRET, Pc, make_store, make_template, new_id, put_all, rows_of

YEAR_MS = 366 * DAY_MS
TODAY = china_date(NOW)


def _client(pc: Pc, **data: Any) -> str:
    client_id = new_id()
    put_all(pc.engine, pc.scope, "client", {client_id: {"name": "王姐", "contact_state": "one_to_one", **data}})
    return client_id


def _born_today(pc: Pc, **data: Any) -> str:
    return _client(pc, birth_month=TODAY.month, birth_day=TODAY.day, **data)


def _day(pc: Pc, now_ms: int = NOW) -> Given:
    given = give_of_day(pc.engine, SECRET, now_ms)
    assert check_feed(pc.engine).ok
    return given


def test_a_birthday_brings_one_coupon_a_year(pc: Pc) -> None:
    make_template(pc.engine, occasion="birthday", claim_limit=0, valid_until=0, valid_days=30)
    client_id = _born_today(pc)
    assert _day(pc).birthday == 1
    assert (_day(pc).birthday, _day(pc, NOW - 2 * DAY_MS).birthday) == (0, 0)
    assert _day(pc, NOW + YEAR_MS - 3 * DAY_MS).birthday == 1
    coupons = rows_of(pc.engine, "coupon")
    assert {row["client_id"] for row in coupons} == {client_id}
    assert all(row["token"] for row in coupons)


def test_a_birthday_after_new_year_belongs_to_its_own_year(pc: Pc) -> None:
    make_template(pc.engine, occasion="birthday", claim_limit=0, valid_until=0, valid_days=30)
    put_all(pc.engine, "brand", "house_rule", {new_id(): {"name": "birthday_window", "value": {"days_before": 5}}})
    _client(pc, birth_month=1, birth_day=2)
    before, after = (day_start_ms(dt.date(*day)) for day in ((2026, 12, 30), (2027, 1, 1)))
    assert [_day(pc, now).birthday for now in (before, before + DAY_MS, after, after + DAY_MS)] == [1, 0, 0, 0]


def test_a_house_may_say_how_many_days_before(pc: Pc) -> None:
    make_template(pc.engine, occasion="birthday")
    _born_today(pc)
    put_all(pc.engine, "brand", "house_rule", {new_id(): {"name": "birthday_window", "value": {"days_before": 2}}})
    assert _day(pc, NOW - 3 * DAY_MS).birthday == 0
    assert _day(pc, NOW - 2 * DAY_MS).birthday == 1


@pytest.mark.parametrize(
    "data", [{"contact_state": "none"}, {"contact_state": "refused"}, {"flag": "complaint"}, {"archived_at": NOW}]
)
def test_nobody_gets_one_who_did_not_agree(pc: Pc, data: dict[str, Any]) -> None:
    make_template(pc.engine, occasion="birthday")
    make_template(pc.engine, occasion="newcomer")
    _born_today(pc, created_at=NOW, **data)
    assert _day(pc) == Given(0, 0)


def test_a_newcomer_is_whom_no_store_knew(pc: Pc) -> None:
    make_template(pc.engine, occasion="newcomer")
    there = make_store(pc.engine, "SH02", "徐家汇店")
    known = {"name": "李姐", "phone": "13800138000", "contact_state": "one_to_one", "created_at": 1}
    put_all(pc.engine, f"store:{there}", "client", {new_id(): known})
    note_everyone(pc.engine, SECRET)
    _client(pc, phone="13800138000", created_at=NOW)
    fresh = _client(pc, phone="13900139000", created_at=NOW)
    _client(pc, phone="13700137000", created_at=NOW - 30 * DAY_MS)
    note_everyone(pc.engine, SECRET)
    assert (_day(pc).newcomer, _day(pc).newcomer) == (1, 0)
    assert [row["client_id"] for row in rows_of(pc.engine, "coupon")] == [fresh]


def _sale(pc: Pc, order_no: str, client_id: str, at: int = NOW) -> None:
    lines = [ReceiptLine(1, 100, title="鞋")]
    sale = PurchaseIn("SH01", order_no, at, 100, lines, client=ClientRef(id=client_id))
    in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, [sale], NOW))
    assert check_feed(pc.engine).ok


def test_an_order_brings_one_coupon_a_year_and_old_receipts_none(pc: Pc) -> None:
    make_template(pc.engine, occasion="after_order")
    client_id = _client(pc)
    _sale(pc, "A1", client_id, NOW - 8 * DAY_MS)
    assert rows_of(pc.engine, "coupon") == []
    for order_no in ("A2", "A2", "A3"):
        _sale(pc, order_no, client_id)
    _sale(pc, "A4", _client(pc, flag="complaint", flag_why="鞋跟"))
    assert [row["client_id"] for row in rows_of(pc.engine, "coupon")] == [client_id]


def test_a_batch_that_is_used_up_or_paused_lets_the_sale_through(pc: Pc) -> None:
    make_template(pc.engine, occasion="after_order", quota=1)
    make_template(pc.engine, occasion="after_order", status="paused")
    for n in range(3):
        _sale(pc, f"A{n}", _client(pc))
    assert (len(rows_of(pc.engine, "coupon")), len(rows_of(pc.engine, "purchase"))) == (1, 3)


def test_two_passes_at_once_give_one(pc: Pc) -> None:
    make_template(pc.engine, occasion="birthday", claim_limit=0)
    for _ in range(6):
        _born_today(pc)
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: give_of_day(pc.engine, SECRET, NOW).birthday, range(4)))
    assert (sum(given), len(rows_of(pc.engine, "coupon"))) == (6, 6)
    assert check_feed(pc.engine).ok

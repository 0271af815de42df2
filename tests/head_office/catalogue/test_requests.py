"""留货 and 调货: both stores hold one request, and only those whom it concerns move it on."""

from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import BRAND
from head_office.catalogue.demand import asked_in_vain
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, put_all, rows_of


@pytest.fixture
def pcs(office_engine: Engine) -> tuple[Pc, Pc, Pc]:
    """Two stores of one region, one of another."""
    made = []
    for code, region in (("SH01", "上海"), ("SH02", "上海"), ("BJ01", "北京")):
        make_store(office_engine, code, code, region=region)
        made.append(Pc(office_engine, enrol_device(office_engine, code), push_rules(SECRET)))
    return made[0], made[1], made[2]


@pytest.fixture
def sku(office_engine: Engine) -> str:
    product, variant = new_id(), new_id()
    put_all(office_engine, BRAND, "product", {product: {"spu": "S", "name": "短靴", "no": 5}})
    put_all(office_engine, BRAND, "sku", {variant: {"product_id": product, "code": "S-37", "size": "37"}})
    return variant


def _manager(pc: Pc, no: int, role: str = "store_manager") -> str:
    guide = new_id()
    fields = {"number": f"G{no}", "no": no, "role": role, "store_id": pc.who.store_id}
    put_all(pc.engine, BRAND, "guide", {guide: fields})
    return guide


def _say(pc: Pc, deed: str, ident: str, by: str = "", /, **data: Any) -> list[tuple[str, str]]:
    plain = pc.mutation("command", deed, ident)
    said = Mutation(
        plain.mid, plain.op, plain.kind, plain.id, plain.store, plain.stamp, {"at": NOW, **data}, by or new_id()
    )
    return [(result.status, result.code) for result in pc.push(said).results]


def _ask(pc: Pc, sku: str, source: Pc, **more: Any) -> tuple[str, list[tuple[str, str]]]:
    ident = new_id()
    data = {"kind": "transfer", "sku_id": sku, "qty": 1, "from_store": source.who.store_id, "until": NOW + DAY_MS}
    return ident, _say(pc, "stock.request", ident, **{**data, **more})


def _states(engine: Engine) -> list[str]:
    return [row["state"] for row in rows_of(engine, "stock_request")]


def test_a_transfer_is_asked_accepted_and_received_in_both_stores(pcs: tuple[Pc, Pc, Pc], sku: str) -> None:
    one, two, _ = pcs
    ident, said = _ask(one, sku, two)
    assert said == []
    assert _states(one.engine) == ["open", "open"]
    assert _say(two, "stock.answer", ident, _manager(two, 71), state="accepted", answer="下午送到") == []
    rows = rows_of(one.engine, "stock_request")
    assert {row["store_id"] for row in rows} == {one.who.store_id, two.who.store_id}
    assert [(row["state"], row["answer"], row["to_store"]) for row in rows] == [
        ("accepted", "下午送到", one.who.store_id)
    ] * 2
    assert _say(one, "stock.answer", ident, state="done") == []
    assert _states(one.engine) == ["done", "done"]
    assert check_feed(one.engine).ok
    for pc in (one, two):
        pc.pull()
        assert pc.digests() == pc.promised()


def test_goods_that_arrive_after_their_time_are_received(pcs: tuple[Pc, Pc, Pc], sku: str) -> None:
    one, two, _ = pcs
    ident, _ = _ask(one, sku, two, at=NOW - 3 * DAY_MS, until=NOW - DAY_MS)
    boss = _manager(two, 71)
    for late in (NOW, NOW - DAY_MS):
        assert _say(two, "stock.answer", ident, boss, state="accepted", at=late) == [("rejected", "stock.over")]
    assert _say(two, "stock.answer", ident, boss, state="accepted", at=NOW - 2 * DAY_MS) == []
    assert _say(one, "stock.answer", ident, state="done") == []
    assert _states(one.engine) == ["done", "done"]


def test_only_the_manager_of_the_store_that_has_it_answers(pcs: tuple[Pc, Pc, Pc], sku: str) -> None:
    one, two, _ = pcs
    ident, _ = _ask(one, sku, two)
    own = _manager(one, 71)
    plain = _manager(two, 72, "guide")
    assert _say(one, "stock.answer", ident, own, state="accepted") == [("rejected", "stock.not_manager")]
    assert _say(two, "stock.answer", ident, plain, state="accepted") == [("rejected", "stock.not_manager")]
    assert _say(two, "stock.answer", ident, state="cancelled") == [("rejected", "stock.not_manager")]
    assert _say(one, "stock.answer", ident, state="cancelled") == []
    assert _say(two, "stock.answer", ident, _manager(two, 73), state="accepted") == [("rejected", "stock.settled")]
    assert _say(one, "stock.answer", ident, state="cancelled") == [("duplicate", "")]


def test_a_hold_in_the_own_store_is_accepted_at_once(pcs: tuple[Pc, Pc, Pc], sku: str) -> None:
    one, *_ = pcs
    assert _ask(one, sku, one, kind="hold")[1] == []
    assert _states(one.engine) == ["accepted"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"qty": 0}, "record.invalid"), ({"qty": 21}, "record.invalid"), ({"until": NOW}, "record.invalid"),
     ({"until": NOW + 8 * DAY_MS}, "record.invalid"), ({"kind": "gift"}, "record.invalid"),
     ({"sku_id": new_id()}, "record.unknown")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(pcs: tuple[Pc, Pc, Pc], sku: str, wrong: dict[str, Any], code: str) -> None:
    assert _ask(pcs[0], sku, pcs[1], **wrong)[1] == [("rejected", code)]
    assert _states(pcs[0].engine) == []


def test_a_store_of_another_region_is_not_asked(pcs: tuple[Pc, Pc, Pc], sku: str) -> None:
    assert _ask(pcs[0], sku, pcs[2])[1] == [("rejected", "stock.no_neighbour")]
    assert _ask(pcs[0], sku, pcs[0])[1] == [("rejected", "record.invalid")]  # nothing is sent to oneself


def test_what_was_asked_in_vain_is_counted_over_all_stores(pcs: tuple[Pc, Pc, Pc], sku: str) -> None:
    (product,) = [row["id"] for row in rows_of(pcs[0].engine, "product")]
    for pc, ms in ((pcs[0], NOW), (pcs[0], NOW + 1), (pcs[1], NOW + 2), (pcs[1], NOW - 40 * DAY_MS)):
        said = {"product_id": product, "sku_id": sku, "size": "37", "at": ms}
        assert pc.push(pc.mutation("put", "missing_size", new_id(), **said)).results == []
    with pcs[0].engine.connect() as connection:
        (asked,) = asked_in_vain(connection, NOW - 30 * DAY_MS, 10)
    assert (asked.spu, asked.code, asked.size, asked.times, asked.stores, asked.available) == (
        "S",
        "S-37",
        "37",
        3,
        2,
        0,
    )

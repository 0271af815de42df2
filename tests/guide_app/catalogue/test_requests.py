"""留货 and 调货 at the desk: what is asked waits, what is kept is reserved, and time ends a hold."""

from dataclasses import replace

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.catalogue.missing import MissingRow
from guide_app.flows.desk import Desk
from guide_app.store.apply import Applier
from tests.helpers.book import LI, LOAFER, NOW, OTHER_STORE, STORE, Frames, HandClock, actor, ident


def _own(desk: Desk) -> tuple[int, int | None]:
    own = desk.catalogue.card(LOAFER, STORE).skus[0].figures[0]
    return own.available, own.reserved


def test_a_hold_counts_as_reserved_until_its_time_is_over(desk: Desk, clock: HandClock) -> None:
    desk.stock_requests.ask("hold", ident(10), 2, DAY_MS, actor())
    assert _own(desk) == (0, 3)
    with pytest.raises(InvalidInputError, match="没有这么多"):
        desk.stock_requests.ask("hold", ident(10), 1, DAY_MS, actor())
    clock.ms += DAY_MS
    assert _own(desk) == (2, 1)
    assert desk.stock_requests.listed() == ()
    desk.stock_requests.ask("hold", ident(10), 2, DAY_MS, actor())


def test_what_was_asked_of_another_store_waits_and_keeps_nothing_here(desk: Desk) -> None:
    desk.stock_requests.ask("transfer", ident(10), 1, DAY_MS, actor(), OTHER_STORE)
    (row,) = desk.stock_requests.listed()
    assert (row.state, row.waiting, row.from_name, row.to_name) == ("open", True, "徐家汇店", "南京西路店")
    assert row.answers(manager=True) == ("cancelled",)
    assert _own(desk) == (2, 1)
    with pytest.raises(InvalidInputError):
        desk.stock_requests.answer(row.id, "done", actor())


def test_goods_that_arrive_late_are_received(desk: Desk, clock: HandClock) -> None:
    frame = Frames()
    frame._seq = 900
    agreed = {"sku_id": ident(10), "from_store": OTHER_STORE, "to_store": STORE, "at": NOW, "until": NOW + DAY_MS}
    said = [
        frame("stock_request", ident(n), store=STORE, kind=kind, state=state, **agreed)
        for n, kind, state in ((77, "transfer", "accepted"), (78, "transfer", "open"), (79, "hold", "accepted"))
    ]
    desk.db.apply(lambda a: a.apply(said))
    mine = desk.stock_requests.ask("hold", ident(10), 2, DAY_MS, actor())  # those pieces lie in the other store
    desk.stock_requests.answer(mine, "cancelled", actor())
    clock.ms += 9 * DAY_MS
    (row,) = desk.stock_requests.listed()
    assert (row.id, row.is_late(clock.ms), row.is_late(NOW)) == (ident(77), True, False)
    assert row.answers(manager=False) == ("done", "cancelled")
    desk.stock_requests.answer(row.id, "done", actor())
    assert [(one.state, one.is_late(clock.ms)) for one in desk.stock_requests.listed()] == [("done", False)]


def test_only_the_manager_answers_what_another_store_asks(desk: Desk) -> None:
    frame = Frames()
    frame._seq = 900
    asked = {"kind": "transfer", "sku_id": ident(10), "from_store": STORE, "to_store": OTHER_STORE, "at": NOW}
    desk.db.apply(lambda a: a.apply([frame("stock_request", ident(77), store=STORE, until=NOW + DAY_MS, **asked)]))
    with pytest.raises(InvalidInputError):
        desk.stock_requests.answer(ident(77), "accepted", actor())
    manager = replace(actor(), guide_id=LI, role="store_manager")
    desk.stock_requests.answer(ident(77), "accepted", manager, "下午送")
    (row,) = desk.stock_requests.listed()
    assert (row.state, row.answer, row.answers(manager=True)) == ("accepted", "下午送", ())
    assert _own(desk) == (1, 2)


def test_as_many_and_as_long_as_may_be_asked(desk: Desk) -> None:
    for qty, lasts in ((1, 1), (20, 7 * DAY_MS)):
        desk.stock_requests.ask("transfer", ident(10), qty, lasts, actor(), OTHER_STORE)
    for qty, lasts in ((21, DAY_MS), (1, 7 * DAY_MS + 1), (1, 0)):
        with pytest.raises(InvalidInputError):
            desk.stock_requests.ask("transfer", ident(10), qty, lasts, actor(), OTHER_STORE)


@pytest.mark.parametrize(
    ("kind", "qty", "lasts", "store"),
    [("hold", 0, DAY_MS, ""), ("hold", 21, DAY_MS, ""), ("hold", 1, 8 * DAY_MS, ""), ("transfer", 1, DAY_MS, "")],
)
def test_what_makes_no_sense_is_not_asked(desk: Desk, kind: str, qty: int, lasts: int, store: str) -> None:
    with pytest.raises(InvalidInputError):
        desk.stock_requests.ask("hold" if kind == "hold" else "transfer", ident(10), qty, lasts, actor(), store)


def test_missing_sizes_are_counted_and_taken_back(desk: Desk, clock: HandClock) -> None:
    desk.missing.register(ident(11), actor())
    clock.ms += 1_000
    slip = desk.missing.register(ident(11), actor())
    (row,) = desk.missing.listed()
    assert row == MissingRow(LOAFER, ident(11), "软底乐福鞋 2026 秋", "LF2601", "黑色", "38", 2, clock.ms, 0, None, 0)
    desk.missing.take_back(slip, actor())
    assert [one.times for one in desk.missing.listed()] == [1]
    clock.ms += 31 * DAY_MS
    assert desk.missing.listed() == ()


def test_what_head_office_refuses_is_taken_back(desk: Desk) -> None:
    asked = desk.stock_requests.ask("hold", ident(10), 1, DAY_MS, actor())
    assert _own(desk) == (1, 2)

    def refused(applier: Applier) -> None:
        applier.conn.exec_driver_sql("UPDATE outbox SET state = 'parked'")
        applier.lay_over([("stock_request", asked)])

    desk.db.apply(refused)
    assert _own(desk) == (2, 1)
    assert desk.stock_requests.listed() == ()

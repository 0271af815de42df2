"""The register of what other systems were asked: what stands beside on an order, and an answer that is known stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from guide_app.base.ids import NIL
from guide_app.protocol.scopes import store_scope
from head_office.coupons.external import uses
from head_office.coupons.external.uses import Asked
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, Pc, make_store, new_id, put_all, rows_of


def asked(pc: Pc, **more: Any) -> Asked:
    plain = Asked(
        new_id(), "wechat", "WX1", "98065001", "微信满300减50", pc.who.store_id, NIL, None, "A1", 42_000, 5_000, NOW
    )
    return replace(plain, **more)


def test_only_what_still_counts_on_the_same_order_here_lies_beside(pc: Pc) -> None:
    request = asked(pc)
    there = make_store(pc.engine, "SH02", "徐家汇店")
    free: tuple[tuple[str, dict[str, Any]], ...] = (
        (pc.who.store_id, {"status": "conflict"}),
        (pc.who.store_id, {"returned_at": NOW}),
        (pc.who.store_id, {"order_no": "A2"}),
        (there, {}),
    )
    for store_id, said in free:
        row = {"order_no": "A1", "discount_fen": 1_000, "at": NOW, **said}
        put_all(pc.engine, store_scope(store_id), "redemption", {new_id(): row})
    with pc.engine.connect() as connection:
        assert not uses.lies_beside(connection, request)
    put_all(pc.engine, pc.scope, "redemption", {new_id(): {"order_no": "A1", "discount_fen": 1_000, "at": NOW}})
    with pc.engine.connect() as connection:
        assert uses.lies_beside(connection, request)
        assert not uses.lies_beside(connection, replace(request, order_no=""))


def test_an_answer_that_is_known_stays_and_codes_are_told_apart_by_their_system(pc: Pc) -> None:
    one, other = asked(pc), asked(pc, source="alipay", order_no="A9")

    def work(connection: Connection) -> None:
        for request in (one, other):
            uses.register(connection, request)
        assert uses.open_requests(connection, "wechat", "WX1") == [one]
        first = uses.settle(connection, one, "used", NOW + 9, at=NOW + 5)
        assert (first.state, first.settled_ms) == ("used", NOW + 5), "the moment is the other system's"
        assert uses.settle(connection, one, "refused", NOW + 99, reason="late") == first
        assert uses.settle(connection, one, "used", NOW + 99, at=NOW + 99) == first
        assert uses.used_request(connection, "alipay", "WX1") is None

    in_transaction(pc.engine, work)
    (row,) = rows_of(pc.engine, "redemption")
    assert (row["id"], row["at"], row["discount_fen"]) == (one.request_no, NOW + 5, 5_000)

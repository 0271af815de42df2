"""A counter that lies about when: head office believes no more than what it has seen of its PC allows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.scopes import BRAND
from head_office.coupons.moments import Heard, believed_at, believed_contact
from head_office.coupons.recall import recall
from head_office.feed.write import FeedWriter, in_transaction
from tests.head_office.kit import NOW, SECRET, Pc, make_template, new_id, put_all, rows_of

MINUTE, HOUR = 60_000, 3_600_000
RECALLED = NOW + 2 * HOUR
LATE = NOW + DAY_MS
MOMENTS = st.integers(0, 1 << 47)


def _coupon(pc: Pc, template_id: str) -> str:
    client_id, code = new_id(), make_code()
    asked: dict[str, Any] = {"template_id": template_id, "code": code, "client_id": client_id, "claimed_at": NOW}
    pc.push(
        pc.mutation("put", "client", client_id, name="王姐"),
        pc.mutation("command", "coupon.issue", new_id(), **asked),
    )
    return code


def _recall(pc: Pc, template_id: str) -> None:
    def work(connection: Any) -> None:
        writer = FeedWriter(connection, RECALLED)
        recall(writer, SECRET, "template", template_id)
        writer.flush()

    in_transaction(pc.engine, work)


def _use(pc: Pc, code: str, *, ms: int, **said: Any) -> list[tuple[str, str]]:
    asked = {
        "redemption_id": new_id(), "code": code, "order_no": f"A{new_id()[-6:]}", "amount_fen": 40_000,
        "offline": True, "device_id": pc.who.device_id, "discount_fen": 5_000, "known_until": NOW, **said,
    }  # fmt: skip
    pushed = pc.push(pc.mutation("command", "coupon.redeem", new_id(), ms=ms, **asked), now_ms=LATE)
    return [(result.status, result.code) for result in pushed.results]


def _rules(pc: Pc) -> list[str]:
    return [row["rule"] for row in sorted(rows_of(pc.engine, "redemption"), key=lambda row: row["seq"])]


def test_no_use_is_dated_back_before_a_recall(pc: Pc, template_id: str) -> None:
    code = _coupon(pc, template_id)
    _recall(pc, template_id)
    assert _use(pc, code, ms=LATE, at=NOW + MINUTE) == [("rejected", "coupon.recalled")]  # its stamp tells
    (used,) = rows_of(pc.engine, "redemption")
    assert used["at"] == LATE - MINUTE


def test_nor_by_a_false_stamp_behind_a_change_that_head_office_has(pc: Pc, template_id: str) -> None:
    code = _coupon(pc, template_id)
    _recall(pc, template_id)
    pc.push(pc.mutation("put", "client", new_id(), ms=RECALLED + HOUR, name="李姐"), now_ms=LATE)
    assert _use(pc, code, ms=NOW + MINUTE, at=NOW + MINUTE) == [("rejected", "coupon.recalled")]
    (used,) = rows_of(pc.engine, "redemption")
    assert used["at"] == RECALLED + HOUR


def test_what_was_used_before_the_recall_counts_as_ever(pc: Pc, template_id: str) -> None:
    code = _coupon(pc, template_id)
    _recall(pc, template_id)
    assert _use(pc, code, ms=RECALLED - HOUR, at=RECALLED - HOUR) == []
    assert [row["at"] for row in rows_of(pc.engine, "redemption")] == [RECALLED - HOUR]


def test_no_limit_is_lifted_by_a_contact_that_never_was(pc: Pc) -> None:
    template_id = make_template(pc.engine, no=7, claim_limit=0)
    put_all(pc.engine, BRAND, "house_rule", {new_id(): {"name": "offline_redeem", "value": {"count": 1}}})
    first, second = _coupon(pc, template_id), _coupon(pc, template_id)
    _recall(pc, template_id)
    at = RECALLED + HOUR
    asked = [
        pc.mutation(
            "command", "coupon.redeem", new_id(), ms=at + n, redemption_id=new_id(), code=code, order_no=f"B{n}",
            amount_fen=40_000, offline=True, device_id=new_id(), discount_fen=5_000, at=at + n, known_until=at + n,
        )
        for n, code in enumerate((first, second))
    ]  # fmt: skip
    pc.push(*asked, now_ms=LATE)
    assert _rules(pc) == ["recalled.offline", "beyond.limit"]
    assert {row["device_id"] for row in rows_of(pc.engine, "redemption")} == {pc.who.device_id}


@pytest.mark.parametrize("heard", [None, Heard(NOW, ""), Heard(NOW, make_stamp(NOW, 3, "00000001"))])
def test_an_honest_counter_is_believed_to_the_millisecond(heard: Heard | None) -> None:
    at = NOW + HOUR
    assert believed_at(at, make_stamp(at + 900, 0, "00000001"), heard) == at
    assert believed_contact(NOW + 5 * MINUTE, at, heard) == NOW + 5 * MINUTE


@given(at=MOMENTS, said=MOMENTS, stamp=MOMENTS, before=MOMENTS, contact=MOMENTS)
def test_nobody_is_believed_beyond_what_was_seen(at: int, said: int, stamp: int, before: int, contact: int) -> None:
    heard = Heard(contact, make_stamp(before, 0, "00000001"))
    believed = believed_at(at, make_stamp(stamp, 0, "00000001"), heard)
    assert believed >= max(at, before, stamp - MINUTE)
    assert believed in (at, before, stamp - MINUTE)
    known = believed_contact(said, believed, heard)
    assert known <= min(said, believed, contact + 10 * MINUTE)
    assert known in (said, believed, contact + 10 * MINUTE)

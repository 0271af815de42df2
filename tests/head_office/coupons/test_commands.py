from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import make_code, show_code
from guide_app.protocol.messages import Mutation, Pushed
from head_office.deeds import push_rules
from tests.head_office.kit import (
    NOW,
    SECRET,
    Pc,
    enrol_device,
    make_store,
    make_template,
    new_id,
    put_all,
    rows_of,
)


def _codes(pushed: Pushed) -> list[tuple[str, str]]:
    return [(result.status, result.code) for result in pushed.results]


def _client(pc: Pc, phone: str = "") -> str:
    client_id = new_id()
    pc.push(pc.mutation("put", "client", client_id, name="王姐", phone=phone))
    return client_id


def _issue(pc: Pc, template_id: str, client_id: str, data: dict[str, Any] | None = None) -> tuple[Mutation, str]:
    code = make_code()
    asked = {"template_id": template_id, "code": code, "client_id": client_id, "claimed_at": NOW, **(data or {})}
    return pc.mutation("command", "coupon.issue", new_id(), **asked), code


def _redeem(pc: Pc, code: str, data: dict[str, Any] | None = None) -> Mutation:
    asked = {"redemption_id": new_id(), "code": code, "order_no": "A1", "amount_fen": 42_900, "at": NOW, **(data or {})}
    return pc.mutation("command", "coupon.redeem", new_id(), **asked)


def test_a_coupon_is_issued_and_used_in_one_batch(pc: Pc, guide_id: str, template_id: str) -> None:
    client_id = new_id()
    put = pc.mutation("put", "client", client_id, name="王姐", phone="13812345678")
    issue, code = _issue(pc, template_id, client_id, {"guide_id": guide_id})
    redeem = _redeem(pc, show_code(code).lower(), {"guide_id": guide_id})
    pushed = pc.push(put, issue, redeem)
    assert pushed.results == []
    (coupon,) = rows_of(pc.engine, "coupon")
    assert (coupon["status"], coupon["client_id"], coupon["guide_id"]) == ("redeemed", client_id, guide_id)
    (redemption,) = rows_of(pc.engine, "redemption")
    assert (redemption["discount_fen"], redemption["status"]) == (5_000, "confirmed")
    assert {frame.kind for frame in pushed.records} == {"client", "coupon", "redemption"}  # type: ignore[union-attr]  # record frames
    pc.pull()
    assert pc.digests() == pc.promised()


def test_the_office_reckons_how_long_a_coupon_is_valid(pc: Pc) -> None:
    template_id = make_template(pc.engine, valid_days=7)
    issue, _ = _issue(pc, template_id, _client(pc), {"valid_until": NOW + 900 * DAY_MS})
    pc.push(issue)
    (coupon,) = rows_of(pc.engine, "coupon")
    assert coupon["valid_until"] == NOW + 7 * DAY_MS


def test_a_person_gets_no_more_than_her_share(pc: Pc, template_id: str) -> None:
    first, second = _client(pc, "13812345678"), _client(pc, "13812345678")
    other = _client(pc)
    pc.push(_issue(pc, template_id, first)[0])
    pushed = pc.push(_issue(pc, template_id, second)[0], _issue(pc, template_id, other)[0])
    assert _codes(pushed) == [("rejected", "coupon.limit")]


@pytest.mark.parametrize(
    ("hers", "code"),
    [
        ({"contact_state": "refused"}, "consent.refused"),
        ({"flag": "complaint", "flag_why": "鞋底开胶"}, "client.flagged"),
        ({"flag": "blocked", "flag_why": "多次恶意退货"}, "client.flagged"),
    ],
)
def test_whom_the_brand_keeps_away_from_is_given_no_coupon(
    pc: Pc, template_id: str, hers: dict[str, Any], code: str
) -> None:
    client_id = _client(pc)
    pc.push(pc.mutation("patch", "client", client_id, **hers))
    assert _codes(pc.push(_issue(pc, template_id, client_id)[0])) == [("rejected", code)]
    assert rows_of(pc.engine, "coupon") == []


def test_a_batch_of_coupons_ends_with_the_last_one(pc: Pc) -> None:
    template_id = make_template(pc.engine, quota=2)
    clients = [_client(pc) for _ in range(3)]
    pushed = pc.push(*(_issue(pc, template_id, client_id)[0] for client_id in clients))
    assert _codes(pushed) == [("rejected", "coupon.exhausted")]
    put_all(pc.engine, "brand", "coupon_template", {template_id: {**_terms(pc, template_id), "quota": 3}})
    assert pc.push(_issue(pc, template_id, clients[2])[0]).results == []


def _terms(pc: Pc, template_id: str) -> dict[str, Any]:
    (row,) = [row for row in rows_of(pc.engine, "coupon_template") if row["id"] == template_id]
    return {name: value for name, value in row.items() if name not in ("id", "seq", "extra")}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"template_id": new_id()}, "record.unknown"),
        ({"client_id": new_id()}, "record.unknown"),
        ({"client_id": "nobody"}, "record.invalid"),
        ({"code": "7KQ2M9RTX4HD33"}, "record.invalid"),
        ({"code": 5}, "record.invalid"),
        ({"claimed_at": "yesterday"}, "record.invalid"),
    ],
)
def test_a_wrong_issue_is_rejected_and_leaves_nothing(
    pc: Pc, template_id: str, change: dict[str, Any], code: str
) -> None:
    client_id = _client(pc)
    assert _codes(pc.push(_issue(pc, template_id, client_id, change)[0])) == [("rejected", code)]
    assert pc.push(_issue(pc, template_id, client_id)[0]).results == []


def test_a_paused_template_is_not_handed_out(pc: Pc) -> None:
    paused = make_template(pc.engine, status="paused")
    assert _codes(pc.push(_issue(pc, paused, _client(pc))[0])) == [("rejected", "coupon.not_active")]


def test_a_code_in_use_is_not_given_twice(pc: Pc, template_id: str) -> None:
    issue, code = _issue(pc, template_id, _client(pc))
    pc.push(issue)
    assert _codes(pc.push(_issue(pc, template_id, _client(pc), {"code": code})[0])) == [("rejected", "record.invalid")]


def test_the_same_redemption_again_is_a_duplicate(pc: Pc, template_id: str) -> None:
    issue, code = _issue(pc, template_id, _client(pc))
    redeem = _redeem(pc, code)
    first = pc.push(issue, redeem)
    assert pc.push(issue, redeem) == first
    again = _redeem(pc, code, {"redemption_id": redeem.data["redemption_id"]})
    assert _codes(pc.push(again)) == [("duplicate", "")]
    assert len(rows_of(pc.engine, "redemption")) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": make_code()}, "coupon.unknown"),
        ({"amount_fen": 29_999}, "coupon.min_spend"),
        ({"at": NOW - 2 * DAY_MS}, "coupon.not_yet"),
        ({"at": NOW + 40 * DAY_MS}, ""),
        ({"redemption_id": "x"}, "record.invalid"),
        ({"amount_fen": -1}, "record.invalid"),
        ({"order_no": "9" * 65}, "record.invalid"),
    ],
)
def test_a_wrong_redemption_is_rejected(pc: Pc, template_id: str, change: dict[str, Any], code: str) -> None:
    issue, coupon_code = _issue(pc, template_id, _client(pc))
    pushed = pc.push(issue, _redeem(pc, coupon_code, change))
    assert _codes(pushed) == ([("rejected", code)] if code else [])  # a clock that runs ahead does not void a coupon


def test_an_offline_redemption_counts_by_its_own_moment(pc: Pc, template_id: str) -> None:
    issue, code = _issue(pc, template_id, _client(pc))
    pc.push(issue)
    late = NOW + 40 * DAY_MS
    assert pc.push(_redeem(pc, code, {"at": NOW + 29 * DAY_MS}), now_ms=late).results == []


def test_a_second_redemption_elsewhere_is_refused_and_kept_as_a_conflict(pc: Pc, template_id: str) -> None:
    make_store(pc.engine, "SH02", "徐家汇店")
    far = Pc(pc.engine, enrol_device(pc.engine, "SH02"), push_rules(SECRET))
    issue, code = _issue(pc, template_id, _client(pc))
    pc.push(issue, _redeem(pc, code))
    pushed = far.push(_redeem(far, code, {"order_no": "B7"}))
    assert _codes(pushed) == [("rejected", "coupon.redeemed")]
    (conflict,) = [row for row in rows_of(pc.engine, "redemption") if row["store_id"] == far.who.store_id]
    assert (conflict["status"], conflict["order_no"]) == ("conflict", "B7")
    for one in (pc, far):
        one.pull()
        assert one.digests() == one.promised()


def test_what_a_counter_redeemed_without_contact_counts_to_its_limit_in_one_push(pc: Pc) -> None:
    make_store(pc.engine, "SH02", "徐家汇店")
    far = Pc(pc.engine, enrol_device(pc.engine, "SH02"), push_rules(SECRET))
    put_all(pc.engine, "brand", "house_rule", {new_id(): {"name": "offline_redeem", "value": {"count": 1}}})
    template_id, client_id = make_template(pc.engine, claim_limit=0), _client(pc)
    (first, taken), (second, free) = _issue(pc, template_id, client_id), _issue(pc, template_id, client_id)
    pc.push(first, second, _redeem(pc, taken))
    alone = {"offline": True, "known_until": NOW - DAY_MS, "device_id": far.who.device_id}
    pushed = far.push(_redeem(far, free, {**alone, "order_no": "B1"}), _redeem(far, taken, {**alone, "order_no": "B2"}))
    assert _codes(pushed) == [("rejected", "coupon.redeemed")]
    (conflict,) = [row for row in rows_of(pc.engine, "redemption") if row["status"] == "conflict"]
    assert (conflict["rule"], conflict["borne_by"]) == ("beyond.limit", "store")


def test_a_coupon_of_another_store_is_used_up_there_and_nothing_of_it_leaks(pc: Pc, template_id: str) -> None:
    make_store(pc.engine, "SH02", "徐家汇店")
    far = Pc(pc.engine, enrol_device(pc.engine, "SH02"), push_rules(SECRET))
    issue, code = _issue(pc, template_id, _client(pc))
    pc.push(issue)
    pushed = far.push(_redeem(far, code))
    assert pushed.results == []
    assert {(frame.scope, frame.kind) for frame in pushed.records} == {(far.scope, "redemption")}  # type: ignore[union-attr]  # record frames
    pc.pull()
    assert [f.data["status"] for f in pc.held.values() if f.kind == "coupon"] == ["redeemed"]


def test_of_many_that_use_one_coupon_at_once_exactly_one_succeeds(pc: Pc, template_id: str) -> None:
    issue, code = _issue(pc, template_id, _client(pc))
    pc.push(issue)
    pcs = [Pc(pc.engine, enrol_device(pc.engine), push_rules(SECRET)) for _ in range(8)]
    barrier = threading.Barrier(len(pcs))

    def use(one: Pc, n: int) -> list[tuple[str, str]]:
        mutation = _redeem(one, code, {"order_no": f"C{n}"})
        barrier.wait(20)
        return _codes(one.push(mutation))

    with ThreadPoolExecutor(len(pcs)) as pool:
        outcomes = [job.result() for job in [pool.submit(use, one, n) for n, one in enumerate(pcs)]]
    assert sorted(outcomes) == [[], *[[("rejected", "coupon.redeemed")]] * 7]
    confirmed = [row for row in rows_of(pc.engine, "redemption") if row["status"] == "confirmed"]
    assert len(confirmed) == 1


def test_of_many_that_want_the_last_coupon_exactly_one_gets_it(pc: Pc) -> None:
    template_id = make_template(pc.engine, quota=1)
    pcs = [Pc(pc.engine, enrol_device(pc.engine), push_rules(SECRET)) for _ in range(8)]
    wanted = [_issue(one, template_id, _client(one))[0] for one in pcs]
    barrier = threading.Barrier(len(pcs))

    def want(one: Pc, mutation: Mutation) -> int:
        barrier.wait(20)
        return len(one.push(mutation).results)

    with ThreadPoolExecutor(len(pcs)) as pool:
        refused = [job.result() for job in [pool.submit(want, *pair) for pair in zip(pcs, wanted, strict=True)]]
    assert sorted(refused) == [0, *[1] * 7]
    assert len(rows_of(pc.engine, "coupon")) == 1

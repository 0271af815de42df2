"""What every office owes a desktop, and a desktop an office.

The office in memory judges no coupons: what a coupon takes off, whose it is and how often it counts is head office's
trade, and a second hand-written version of it would prove nothing. Those contracts run against PostgreSQL alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from guide_app.protocol.chain import EMPTY_CHAIN, chain_over
from guide_app.protocol.messages import Cursor, Mutation
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store import outbox
from guide_app.store.holding import held_digest
from guide_app.store.overlay import Effect
from guide_app.sync.errors import OfficeRefusedError
from guide_app.sync.office import Office
from guide_app.sync.queries import SyncQueries
from guide_app.sync.transport import Transport
from tests.contract.offices import OfficeUnderTest
from tests.helpers.desk import TestDesk
from tests.helpers.plain_book import STORE, HeldClock

SCOPE = store_scope(STORE)
CLIENT = "018f0000-0000-7000-8000-00000000c001"
PRODUCT = "018f0000-0000-7000-8000-00000000b001"
GUIDE = "018f0000-0000-7000-8000-00000000a001"
COUPON = "018f0000-0000-7000-8000-00000000e001"
Make = Callable[..., TestDesk]


def assert_equal(office: OfficeUnderTest, *desks: TestDesk) -> None:
    for desk in desks:
        for scope in (BRAND, SCOPE):
            assert desk.db.query(lambda c, s=scope: held_digest(c, s)) == office.stands(scope), scope  # type: ignore[misc]


def told(office: OfficeUnderTest, kind: str, record_id: str) -> dict[str, Any]:
    found = office.read(kind, record_id)
    assert found is not None
    return found


def test_work_of_one_pc_reaches_the_office_and_the_other_pc(desk_of: Make, office: OfficeUnderTest) -> None:
    one, two = desk_of(1), desk_of(2)
    client = one.put("client", name="王女士", phone="13800000001", birth_month=3, birth_day=8)
    note = one.put("note", client_id=client, body="喜欢乐福鞋", at=5)
    tag = one.put("client_tag", client_id=client, name="金卡", at=5)
    task = one.put("task", client_id=client, title="回访", due_at=9)
    one.patch("client", client, starred=True)
    report = one.sync()
    assert (report.pushed, report.rejected, report.merged) == (5, 0, 0)
    assert all(scope.equal for scope in report.scopes)
    assert told(office, "client", client)["starred"] is True
    two.sync()
    two.remove("client_tag", tag)
    two.patch("task", task, status="done", done_at=7)
    two.sync()
    one.sync()
    assert one.field("task", task, "status") == "done"
    assert one.field("client_tag", tag, "name") is None
    assert two.field("note", note, "body") == "喜欢乐福鞋"
    assert_equal(office, one, two)


def test_the_offices_records_arrive_whole(desk_of: Make, office: OfficeUnderTest) -> None:
    office.write("product", PRODUCT, {"no": 7, "name": "乐福鞋", "points": ["头层牛皮", "记忆棉"], "price_fen": 42900})
    office.write("stock_nearby", PRODUCT, {"stores": [[STORE, 2, 5, 3, 1, 0]]})
    office.write("client", CLIENT, {"name": "王", "level": "金卡"})
    one = desk_of(1)
    one.sync()
    assert one.field("product", PRODUCT, "points") == '["头层牛皮","记忆棉"]'
    assert one.field("stock_nearby", PRODUCT, "stores") == f'[["{STORE}",2,5,3,1,0]]'
    assert one.field("client", CLIENT, "level") == "金卡"
    assert_equal(office, one)


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_a_first_load_in_small_pages_is_the_same(desk_of: Make, office: OfficeUnderTest, limit: int) -> None:
    for n in range(9):
        office.write("client", CLIENT[:-2] + f"{n:02x}", {"name": f"客{n}"})
        office.write("tag", CLIENT[:-2] + f"{n + 16:02x}", {"name": f"签{n}"})
    one = desk_of(1)
    one.engine._page_limit = limit
    report = one.sync()
    assert all(scope.equal for scope in report.scopes)
    assert_equal(office, one)
    assert one.sync().pulled == 0


def test_nothing_new_is_nothing_sent(desk_of: Make, office: OfficeUnderTest) -> None:
    one = desk_of(1)
    one.sync()
    stands = SyncQueries(one.db).standing().scopes
    epochs = dict(one.db.query(lambda c: [tuple(r) for r in c.exec_driver_sql("SELECT scope, epoch FROM cursor")]))
    cursors = [Cursor(s.scope, epochs[s.scope], s.seq) for s in stands]
    assert Office(one.transport).pull(cursors) is None
    del office


def test_two_edits_of_one_field_end_the_same_everywhere(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    office.write("client", CLIENT, {"name": "王"})
    one, two = desk_of(1), desk_of(2)
    one.sync()
    two.sync()
    one.patch("client", CLIENT, remark="一", shoe_size="37")
    clock.move(1000)
    two.patch("client", CLIENT, remark="二")
    two.sync()
    report = one.sync()
    two.sync()
    assert report.merged == 1
    (lost,) = SyncQueries(one.db).lost()
    assert (lost.field, lost.sent, lost.now) == ("remark", "一", "二")
    assert (told(office, "client", CLIENT)["remark"], told(office, "client", CLIENT)["shoe_size"]) == ("二", "37")
    assert_equal(office, one, two)


def test_a_replay_answers_the_same(desk_of: Make, office: OfficeUnderTest) -> None:
    one = desk_of(1)
    client = one.put("client", name="王")
    one.put("note", client_id=client, body="来过", at=1)
    one.put("client_tag", client_id=client, name="金卡")
    batch = one.db.query(lambda c: outbox.waiting(c, 10))
    asked = Office(one.transport)
    first, _ = asked.push(batch, "")
    again, _ = asked.push(batch, "")
    part, _ = asked.push(batch[1:], chain_over(EMPTY_CHAIN, batch[:1]))
    assert (first.last_mid, first.results, first.records, first.moves) == (
        again.last_mid,
        again.results,
        again.records,
        again.moves,
    )
    assert part.last_mid == 3
    assert one.sync().rejected == 0
    assert_equal(office, one)


def test_a_gap_is_refused_with_the_last_number(desk_of: Make) -> None:
    one = desk_of(1)
    for n in range(3):
        one.put("client", name=f"客{n}")
    batch = one.db.query(lambda c: outbox.waiting(c, 10))
    asked = Office(one.transport)
    asked.push(batch[:1], "")
    with pytest.raises(OfficeRefusedError) as caught:
        asked.push(batch[2:], chain_over(EMPTY_CHAIN, batch[:2]))
    assert (caught.value.code, caught.value.problem.extra["last_mid"]) == ("mutation.gap", 1)
    assert one.sync().rejected == 0


def test_another_history_under_the_same_name_is_refused(desk_of: Make, clock: HeldClock) -> None:
    one = desk_of(1)
    for n in range(2):
        one.put("client", name=f"客{n}")
        clock.move(10)
    batch = one.db.query(lambda c: outbox.waiting(c, 10))
    asked = Office(one.transport)
    asked.push(batch[:1], "")
    with pytest.raises(OfficeRefusedError) as caught:
        asked.push(batch[1:], chain_over(EMPTY_CHAIN, batch[1:]))
    assert caught.value.code == "device.forked"
    assert asked.push([], "")[0].last_mid == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "horoscope"}, "kind.unknown"),
        ({"kind": "product"}, "kind.office_only"),
        ({"data": {"name": "王", "level": "金卡"}}, "field.office_only"),
        ({"data": {"phone": "13800000001"}}, "record.invalid"),
        ({"data": {"name": "王", "birth_month": 13}}, "record.invalid"),
        ({"op": "patch", "data": {"remark": "x"}}, "record.unknown"),
        ({"store": "018f0000-0000-7000-8000-0000000000a9"}, "scope.forbidden"),
        ({"op": "remove"}, "record.immutable"),
        ({"op": "command", "kind": "client.fly"}, "kind.unknown"),
    ],
)
def test_what_may_not_be_is_rejected_with_its_code_and_the_others_go_on(
    desk_of: Make, change: dict[str, Any], code: str
) -> None:
    one = desk_of(1)
    fields: dict[str, Any] = {"op": "put", "kind": "client", "store": STORE, "data": {"name": "王"}, **change}
    bad = Mutation(
        1, fields["op"], fields["kind"], CLIENT, fields["store"], "01a1ee565e000000.0000000a", fields["data"]
    )
    good = Mutation(2, "put", "client", CLIENT[:-1] + "2", STORE, "01a1ee565e000001.0000000a", {"name": "李"})
    pushed, _ = Office(one.transport).push([bad, good], "")
    assert pushed.last_mid == 2
    assert [(r.mid, r.status, r.code) for r in pushed.results] == [(1, "rejected", code)]


def test_a_refusal_shows_the_offices_version(desk_of: Make, office: OfficeUnderTest) -> None:
    office.write("client", CLIENT, {"name": "王", "remark": "旧"})
    one = desk_of(1)
    one.sync()
    one.patch("client", CLIENT, remark="新")
    office.end("client", CLIENT, "x")
    report = one.sync()
    assert report.rejected == 1
    assert one.field("client", CLIENT, "name") is None
    assert [p.code for p in SyncQueries(one.db).parked()] == ["record.gone"]
    assert_equal(office, one)


def test_a_record_that_leaves_is_purged(desk_of: Make, office: OfficeUnderTest) -> None:
    one = desk_of(1)
    client = one.put("client", name="赵秘密")
    one.sync()
    office.end("client", client, "l")
    one.sync()
    assert one.field("client", client, "name") is None
    assert one.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0
    assert_equal(office, one)


@pytest.mark.parametrize("office", ["postgres"], indirect=True)
def test_a_coupon_issued_and_redeemed_offline_counts_once(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    now = clock.now_ms()
    template = {"no": 3, "name": "满400减80", "min_spend_fen": 40000, "discount_fen": 8000, "valid_until": now + 10**9}
    office.write("coupon_template", PRODUCT, template)
    office.write("guide", GUIDE, {"no": 1, "number": "0231", "name": "王敏", "store_id": STORE})
    one, two = desk_of(1), desk_of(2)
    one.sync()
    client = one.put("client", name="王女士")
    code = "7KQ2M9RTX4HD3J"
    coupon = {"template_id": PRODUCT, "code": code, "client_id": client, "guide_id": GUIDE, "claimed_at": now,
              "valid_from": now, "valid_until": now + 10**9}  # fmt: skip
    effect = Effect("coupon", COUPON, "put", coupon)
    one.db.change(lambda u: u.command("coupon.issue", COUPON, coupon, [effect]), by=GUIDE, origin="t")
    assert one.field("coupon", COUPON, "status") == "claimed"
    assert one.sync().rejected == 0, SyncQueries(one.db).parked()
    two.sync()
    first, second = CLIENT[:-1] + "a", CLIENT[:-1] + "b"
    redeem(one, first, code, now)
    redeem(two, second, code, now)
    assert one.field("redemption", first, "status") == "pending"
    assert one.sync().rejected == 0, SyncQueries(one.db).parked()
    assert one.field("redemption", first, "status") == "confirmed"
    report = two.sync()
    assert report.rejected == 1
    assert two.field("redemption", second, "status") == "conflict", "the counter must see what happened"
    assert two.field("redemption", first, "status") == "confirmed"
    assert two.field("coupon", COUPON, "status") == "redeemed"
    one.sync()
    assert_equal(office, one, two)


def redeem(desk: TestDesk, redemption: str, code: str, now: int) -> None:
    facts = {"coupon_id": COUPON, "coupon_code": code, "order_no": redemption[-4:], "amount_fen": 50000, "at": now}
    effects = (
        Effect("coupon", COUPON, "patch", {"status": "redeemed", "redeemed_at": now}),
        Effect("redemption", redemption, "put", {**facts, "status": "pending"}),
    )
    params = {"redemption_id": redemption, "code": code, **facts}
    desk.db.change(lambda u: u.command("coupon.redeem", COUPON, params, effects), by=GUIDE, origin="t")


@pytest.mark.parametrize(("token", "code"), [(None, "auth.missing"), ("x" * 43, "auth.invalid")])
def test_nobody_gets_in_without_a_token(
    office: OfficeUnderTest, clock: HeldClock, token: str | None, code: str
) -> None:
    transport = Transport(office.origin, token, clock)
    asks: list[Callable[[Office], object]] = [
        lambda o: o.pull([]),
        lambda o: o.push([], ""),
        lambda o: o.backfill("brand", "product", ["name"], after="", limit=1),
    ]
    try:
        for ask in asks:
            with pytest.raises(OfficeRefusedError) as caught:
                ask(Office(transport))
            assert caught.value.code == code
            assert caught.value.status == 401
    finally:
        transport.close()


def test_a_cursor_of_another_epoch_starts_anew_and_ends_equal(desk_of: Make, office: OfficeUnderTest) -> None:
    one = desk_of(1)
    client = one.put("client", name="王")
    one.sync()
    one.db.apply(lambda a: a.conn.exec_driver_sql("UPDATE cursor SET epoch = 'before the fire', seq = 99"))
    kept = one.put("client", name="李")
    report = one.sync()
    assert all(scope.equal for scope in report.scopes)
    assert (one.field("client", client, "name"), one.field("client", kept, "name")) == ("王", "李")
    assert_equal(office, one)

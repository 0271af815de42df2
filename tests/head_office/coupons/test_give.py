"""转赠 at head office: who decides between two deeds, what the new holder's voucher says, what stays of whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.messages import Mutation, Pushed
from guide_app.protocol.recall import entry
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.protocol.voucher import verify
from head_office.coupons.recount import recount_coupons
from head_office.coupons.signing import public_keys, signer, stage_recalls
from head_office.feed.check import check_feed
from head_office.feed.write import FeedWriter, in_transaction
from head_office.landing.withdraw import claimant_of_code
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, make_template, new_id, put_all, rows_of

LATER = NOW + DAY_MS


class House:
    """A batch that may be passed on, and clients of the store."""

    def __init__(self, pc: Pc, **terms: Any) -> None:
        self.pc = pc
        self.template_id = make_template(pc.engine, **{"no": 7, "transferable": True, "claim_limit": 1, **terms})

    def client(self, name: str = "王姐", **fields: Any) -> str:
        client_id = new_id()
        self.pc.push(self.pc.mutation("put", "client", client_id, name=name, **fields))
        return client_id

    def coupon(self, client_id: str) -> str:
        coupon_id = new_id()
        asked: dict[str, Any] = {"template_id": self.template_id, "code": make_code(), "claimed_at": NOW}
        pushed = self.pc.push(self.pc.mutation("command", "coupon.issue", coupon_id, client_id=client_id, **asked))
        assert codes(pushed) == []
        return coupon_id

    def give(self, coupon_id: str, client_id: str, pc: Pc | None = None, **more: Any) -> list[tuple[str, str]]:
        pushed = (pc or self.pc).push(giving(pc or self.pc, coupon_id, client_id, **more), now_ms=LATER)
        assert check_feed(self.pc.engine).ok
        return codes(pushed)

    def use(self, coupon_id: str, client_id: str | None, **more: Any) -> list[tuple[str, str]]:
        coupon = self.held(coupon_id)
        asked: dict[str, Any] = {"code": coupon["code"], "amount_fen": 40_000, "at": NOW, "client_id": client_id}
        asked |= {"redemption_id": new_id(), "order_no": f"A{new_id()[-6:]}", **more}
        return codes(self.pc.push(self.pc.mutation("command", "coupon.redeem", coupon_id, **asked), now_ms=LATER))

    def held(self, coupon_id: str) -> dict[str, Any]:
        return next(row for row in rows_of(self.pc.engine, "coupon") if row["id"] == coupon_id)

    def ends(self) -> list[tuple[str, str | None]]:
        return sorted((row["side"], row["client_id"]) for row in rows_of(self.pc.engine, "coupon_gift"))


def giving(pc: Pc, coupon_id: str, client_id: str, **more: Any) -> Mutation:
    ids = {name: new_id() for name in ("gave_id", "got_id", "deed_id")}
    return pc.mutation("command", "coupon.give", coupon_id, client_id=client_id, **{**ids, "at": NOW, **more})


def stage(pc: Pc, deed: Callable[[FeedWriter], object], now_ms: int) -> None:
    """What head office does by itself at a moment."""

    def work(connection: Connection) -> None:
        writer = FeedWriter(connection, now_ms)
        deed(writer)
        writer.flush()

    in_transaction(pc.engine, work)


def codes(pushed: Pushed) -> list[tuple[str, str]]:
    return [(result.status, result.code) for result in pushed.results]


@pytest.fixture
def house(pc: Pc) -> House:
    return House(pc)


def test_the_coupon_names_who_got_it_and_a_stranger_is_refused(house: House) -> None:
    giver, friend, stranger = house.client(), house.client("小明"), house.client("路人")
    coupon_id = house.coupon(giver)
    before = house.held(coupon_id)
    assert house.give(coupon_id, friend) == []
    after = house.held(coupon_id)
    assert (after["client_id"], after["given_at"], after["code"]) == (friend, LATER, before["code"])
    assert after["guide_id"] == before["guide_id"]  # whose sale it will be stays as it was
    assert house.ends() == [("gave", giver), ("got", friend)]
    with house.pc.engine.connect() as connection:
        voucher = verify(after["token"], public_keys(connection))
    assert (voucher.is_for(friend), voucher.is_for(giver), voucher.is_for(None)) == (True, False, False)
    # The old form names nobody: by the books it is the friend's alone.
    for shown in ("", before["token"], after["token"]):
        for who in (giver, stranger):
            assert house.use(coupon_id, who, token=shown) == [("rejected", "coupon.holder")]
    assert house.use(coupon_id, friend, token=before["token"]) == []
    assert house.give(coupon_id, friend) == [("duplicate", "")]
    assert house.give(coupon_id, stranger) == [("rejected", "coupon.redeemed")]


def test_of_two_friends_the_one_counts_of_whom_head_office_hears_first(house: House) -> None:
    giver, first, second = house.client(), house.client(), house.client()
    coupon_id = house.coupon(giver)
    other = Pc(house.pc.engine, enrol_device(house.pc.engine), house.pc.rules)
    assert house.give(coupon_id, first) == []
    assert house.give(coupon_id, second, other, at=NOW - 1) == [("rejected", "coupon.given")]
    assert house.give(coupon_id, first, other) == [("duplicate", "")]
    assert house.ends() == [("gave", giver), ("got", first)]


def test_a_counter_that_could_not_know_took_it_and_one_that_knew_bears_it(house: House) -> None:
    giver, friend = house.client(), house.client()
    unaware, aware = house.coupon(giver), house.coupon(house.client())
    assert house.give(unaware, friend) == []
    alone = {"offline": True, "device_id": house.pc.who.device_id, "discount_fen": 5_000}
    assert house.use(unaware, giver, **alone, known_until=LATER - 1) == []
    assert house.held(unaware)["status"] == "redeemed"
    assert house.give(aware, house.client()) == []
    assert house.use(aware, giver, **alone, at=LATER, known_until=LATER) == [("rejected", "coupon.holder")]
    assert house.held(aware)["status"] == "claimed"
    assert sorted(row["rule"] for row in rows_of(house.pc.engine, "redemption")) == ["", "holder.other"]


def test_used_before_it_was_given_stays_with_the_giver(house: House) -> None:
    giver, friend = house.client(), house.client()
    coupon_id = house.coupon(giver)
    assert house.use(coupon_id, giver) == []
    assert house.give(coupon_id, friend) == [("rejected", "coupon.redeemed")]
    assert (house.held(coupon_id)["client_id"], house.ends()) == (giver, [])


def test_no_more_of_a_batch_than_it_says_in_one_push_too(pc: Pc) -> None:
    house = House(pc, claim_limit=0, give_limit=2)
    giver, friends = house.client(), [house.client() for _ in range(3)]
    coupons = [house.coupon(giver) for _ in range(3)]
    pushed = pc.push(*(giving(pc, *pair) for pair in zip(coupons, friends, strict=True)), now_ms=LATER)
    assert codes(pushed) == [("rejected", "coupon.give_limit")]
    others = [house.coupon(house.client()) for _ in range(2)]
    assert house.give(others[0], friends[0]) == []
    assert house.give(others[1], friends[0]) == [("rejected", "coupon.got_limit")]


def test_why_it_is_not_given_on(house: House) -> None:
    giver = house.client(phone="13800000001")
    coupon_id = house.coupon(giver)
    refused = {
        "coupon.give_same": house.client("又一条", phone="13800000001"),
        "consent.refused": house.client(contact_state="refused"),
        "client.flagged": house.client(flag="blocked", flag_why="x"),
        "record.unknown": new_id(),
    }
    for code, who in refused.items():
        assert house.give(coupon_id, who) == [("rejected", code)], code
    friend = house.client()
    assert house.give(new_id(), friend) == [("rejected", "coupon.unknown")]
    assert house.give(coupon_id, friend, at=NOW + 400 * DAY_MS, gave_id="x") == [("rejected", "record.invalid")]
    plain = House(house.pc, no=8, transferable=False)
    assert plain.give(plain.coupon(giver), friend) == [("rejected", "coupon.not_transferable")]
    assert house.ends() == []


def test_what_counts_is_when_it_was_given_not_when_it_was_heard_of(pc: Pc) -> None:
    house = House(pc, valid_until=LATER - 1, claim_limit=0, give_limit=0)
    giver, friend = house.client(), house.client()
    in_time, recalled, ended = (house.coupon(giver) for _ in range(3))
    assert house.give(in_time, friend, at=NOW) == [], "it was still good in her hand"
    stage(pc, lambda w: stage_recalls(w, signer(w, SECRET), (entry("coupon", ended),)), NOW + 5)
    assert house.give(ended, friend, at=NOW + 5) == [("rejected", "coupon.recalled")]
    stage(pc, lambda w: w.change((BRAND, "coupon_template", house.template_id), recalled_at=NOW + 9), NOW + 9)
    assert house.give(recalled, friend, at=NOW + 9) == [("rejected", "coupon.recalled")]
    assert house.give(recalled, friend, at=NOW + 8) == []
    assert house.give(ended, friend, at=NOW + 4) == []


def test_ends_that_tell_of_something_else_are_not_written_over(pc: Pc) -> None:
    house = House(pc, give_limit=0)
    giver, friend = house.client(), house.client()
    coupon_id, other = house.coupon(giver), house.coupon(house.client())
    assert house.give(coupon_id, giver) == [("rejected", "coupon.give_same")], "nothing that was done already"
    first = new_id()
    assert house.give(coupon_id, friend, gave_id=first) == []
    before = rows_of(house.pc.engine, "coupon_gift")
    wrong: tuple[dict[str, Any], ...] = ({"got_id": first}, {"gave_id": first}, {"gave_id": other, "got_id": other})
    for ids in wrong:
        assert house.give(other, friend, **ids) == [("rejected", "record.invalid")], ids
    scope = store_scope(house.pc.who.store_id)
    stage(house.pc, lambda w: w.change((scope, "coupon", other), client_id=None), LATER)
    assert house.give(other, friend) == [("rejected", "coupon.unknown")], "nobody's yet, so nobody's to give"
    assert rows_of(house.pc.engine, "coupon_gift") == before


def test_a_friend_who_was_merged_meanwhile_gets_it_under_her_one_record(house: House) -> None:
    giver, double, friend = house.client(), house.client(), house.client()
    coupon_id = house.coupon(giver)
    house.pc.push(house.pc.mutation("command", "client.merge", double, into=friend))
    assert house.give(coupon_id, double) == [("applied", "")]  # told that she is somebody else by now
    assert house.held(coupon_id)["client_id"] == friend
    house.pc.push(house.pc.mutation("command", "client.merge", giver, into=friend), now_ms=LATER)
    assert house.ends() == [("gave", friend), ("got", friend)]


def test_an_erased_giver_leaves_no_word_and_the_friend_keeps_it(house: House) -> None:
    giver, friend = house.client("沈丽华", phone="13800000007"), house.client("小明")
    coupon_id = house.coupon(giver)
    assert house.give(coupon_id, friend) == []
    house.pc.push(house.pc.mutation("command", "client.erase", giver, reason="本人要求"), now_ms=LATER)
    assert (house.held(coupon_id)["status"], house.held(coupon_id)["client_id"]) == ("claimed", friend)
    assert house.ends() == [("got", friend)]
    for kind in ("coupon", "coupon_gift", "redemption"):
        assert giver not in str(rows_of(house.pc.engine, kind))
    assert house.use(coupon_id, friend) == []


def test_who_moves_away_takes_her_end_along(house: House) -> None:
    giver, friend = house.client(), house.client()
    coupon_id = house.coupon(giver)
    assert house.give(coupon_id, friend) == []
    there = make_store(house.pc.engine, "SH02", "徐家汇店", region="上海")
    manager, here = new_id(), house.pc.who.store_id
    put_all(house.pc.engine, BRAND, "guide", {manager: {"no": 9, "role": "store_manager", "store_id": here}})
    move = house.pc.mutation("command", "client.transfer", friend, to_store=there, reason="搬家")
    assert codes(house.pc.push(msgspec.structs.replace(move, by=manager), now_ms=LATER)) == []
    assert house.held(coupon_id)["store_id"] == there
    places = {row["side"]: row["store_id"] for row in rows_of(house.pc.engine, "coupon_gift")}
    assert places == {"gave": here, "got": there}
    assert house.give(coupon_id, house.client()) == [("rejected", "record.moved")]
    assert check_feed(house.pc.engine).ok


def test_what_she_took_counts_as_hers_after_she_gave_it_on(house: House) -> None:
    giver, friend = house.client(phone="13800000001"), house.client(phone="13800000002")
    assert house.give(house.coupon(giver), friend) == []

    def claims() -> list[int]:
        with house.pc.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT person_hash, claims FROM coupon_claim").all()
        return [n for person, n in rows if bytes(person) == SECRET.person_hash("13800000001")]

    assert claims() == [1]
    in_transaction(house.pc.engine, lambda connection: recount_coupons(connection, SECRET))
    assert claims() == [1]
    again: dict[str, Any] = {"template_id": house.template_id, "code": make_code(), "claimed_at": NOW}
    pushed = house.pc.push(house.pc.mutation("command", "coupon.issue", new_id(), client_id=giver, **again))
    assert codes(pushed) == [("rejected", "coupon.limit")]
    house.coupon(friend)  # being given one is not taking one


def test_a_code_that_two_people_know_proves_neither(house: House) -> None:
    giver, friend = house.client(phone="13800000001"), house.client(phone="13800000002")
    coupon_id = house.coupon(giver)
    code = house.held(coupon_id)["code"]
    with house.pc.engine.connect() as connection:
        assert claimant_of_code(connection, "13800000001", code)[2] == giver
    assert house.give(coupon_id, friend) == []
    for phone in ("13800000001", "13800000002"):
        with house.pc.engine.connect() as connection, pytest.raises(GuideError, match="对不上"):
            claimant_of_code(connection, phone, code)

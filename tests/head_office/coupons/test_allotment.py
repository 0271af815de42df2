from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import NotFoundError
from guide_app.protocol.coupon_code import derive_code
from guide_app.protocol.coupon_records import RecallList
from guide_app.protocol.messages import Mutation, Pushed
from guide_app.protocol.recall import is_genuine, kept
from guide_app.protocol.scopes import BRAND
from guide_app.protocol.voucher import (
    Certificate,
    Voucher,
    coupon_of,
    holder_mark,
    is_certified,
    sign_by_device,
    verify,
)
from head_office.coupons.recall import recall
from head_office.coupons.signing import public_keys
from head_office.feed.write import FeedWriter, in_transaction
from tests.head_office.kit import DEVICE_KEY as KEY
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_template, new_id, rows_of

ALLOTTED = {"allot_count": 4, "allot_hours": 48, "quota": 10}


def _codes(pushed: Pushed) -> list[tuple[str, str]]:
    return [(result.status, result.code) for result in pushed.results]


def _client(pc: Pc) -> str:
    client_id = new_id()
    pc.push(pc.mutation("put", "client", client_id, name="王姐"))
    return client_id


def _lease(pc: Pc, template_id: str, guide_id: str, **other: Any) -> Mutation:
    asked = {"template_id": template_id, "guide_id": guide_id, "device_id": pc.who.device_id, **other}
    return pc.mutation("command", "allotment.lease", new_id(), **asked)


def _allotment(pc: Pc, template_id: str, guide_id: str) -> dict[str, Any]:
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == []
    return rows_of(pc.engine, "allotment")[-1]


def _certificate(pc: Pc, allotment: dict[str, Any]) -> Certificate:
    (template,) = [row for row in rows_of(pc.engine, "coupon_template") if row["id"] == allotment["template_id"]]
    (guide,) = [row for row in rows_of(pc.engine, "guide") if row["id"] == allotment["guide_id"]]
    return Certificate(
        allotment["id"], template["no"], guide["no"], bytes.fromhex(allotment["device_key"]), allotment["count"],
        allotment["budget_fen"], allotment["starts_at"], allotment["expires_at"], allotment["key_no"],
        bytes.fromhex(allotment["signature"]),
    )  # fmt: skip


def _handed_out(
    pc: Pc, allotment: dict[str, Any], serial: int, client_id: str, *, value_fen: int = 0, **other: Any
) -> tuple[Mutation, str]:
    certificate = _certificate(pc, allotment)
    voucher = Voucher(
        coupon_of(allotment["id"], serial), certificate.template_no, NOW, NOW + 7 * DAY_MS, value_fen,
        holder_mark(client_id), certificate.key_no, serial, certificate,
    )  # fmt: skip
    token = sign_by_device(voucher, KEY)
    asked = {
        "template_id": allotment["template_id"], "code": derive_code(b"pc", f"{allotment['id']}:{serial}"),
        "client_id": client_id, "claimed_at": NOW, "token": token, **other,
    }  # fmt: skip
    return pc.mutation("command", "coupon.issue", voucher.coupon_id, **asked), token


def _redeem(pc: Pc, token: str, **other: Any) -> Mutation:
    asked = {"redemption_id": new_id(), "token": token, "order_no": "A1", "amount_fen": 42_900, "at": NOW, **other}
    return pc.mutation("command", "coupon.redeem", new_id(), **asked)


def test_an_allotment_is_signed_and_taken_out_of_the_batch(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)
    held = _allotment(pc, template_id, guide_id)
    assert (held["count"], held["budget_fen"], held["expires_at"] - held["starts_at"]) == (4, 20_000, 2 * DAY_MS)
    with pc.engine.connect() as connection:
        keys = public_keys(connection)
        left = connection.exec_driver_sql("SELECT remaining FROM coupon_quota").scalar_one()
    assert is_certified(_certificate(pc, held), keys[held["key_no"]])
    assert left == 6
    pc.pull()
    assert pc.digests() == pc.promised()


def test_who_has_more_than_half_left_gets_no_second_one(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)
    held = _allotment(pc, template_id, guide_id)
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == [("rejected", "allotment.enough")]
    first, second = _client(pc), _client(pc)
    pc.push(_handed_out(pc, held, 0, first)[0], _handed_out(pc, held, 1, second)[0])
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == []
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == [("rejected", "allotment.enough")]


def test_what_she_handed_out_and_her_wish_for_more_may_arrive_together(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)
    held = _allotment(pc, template_id, guide_id)
    first, second = _client(pc), _client(pc)
    handed_out = [_handed_out(pc, held, 0, first)[0], _handed_out(pc, held, 1, second)[0]]
    once, again = _lease(pc, template_id, guide_id), _lease(pc, template_id, guide_id)
    assert _codes(pc.push(*handed_out, once, again)) == [("rejected", "allotment.enough")]
    assert [row["count"] for row in rows_of(pc.engine, "allotment")] == [4, 4]


def test_what_she_hands_back_counts_no_more_when_she_asks_anew(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)
    held = _allotment(pc, template_id, guide_id)
    back = pc.mutation("command", "allotment.return", held["id"])
    assert _codes(pc.push(back, _lease(pc, template_id, guide_id))) == []
    assert sorted(row["state"] for row in rows_of(pc.engine, "allotment")) == ["open", "returned"]


def test_coupons_drawn_beyond_the_allotments_money_are_refused_in_one_push(pc: Pc, guide_id: str) -> None:
    drawn = {"kind": "random_off", "random_min_fen": 100, "random_max_fen": 5_000, "allot_fen": 6_000}
    held = _allotment(pc, make_template(pc.engine, **{**ALLOTTED, **drawn}), guide_id)
    first, second = _client(pc), _client(pc)
    pushed = pc.push(
        _handed_out(pc, held, 0, first, value_fen=5_000)[0], _handed_out(pc, held, 1, second, value_fen=1_001)[0]
    )
    assert _codes(pushed) == [("rejected", "coupon.beyond_allotment")]
    assert [row["value_fen"] for row in rows_of(pc.engine, "coupon")] == [5_000]


def test_what_the_batch_does_not_have_is_not_allotted(pc: Pc, guide_id: str) -> None:
    for terms, code in (
        ({"quota": 3}, "coupon.exhausted"),
        ({"guide_quota": 3}, "coupon.exhausted"),
        ({"store_quota": 3}, "coupon.exhausted"),
        ({"budget_fen": 19_999}, "coupon.exhausted"),
        ({"allot_count": 0}, "allotment.not_offered"),
        ({"status": "paused"}, "allotment.not_offered"),
    ):
        template_id = make_template(pc.engine, **{**ALLOTTED, **terms})
        assert _codes(pc.push(_lease(pc, template_id, guide_id))) == [("rejected", code)]
    template_id = make_template(pc.engine, **ALLOTTED)
    stranger = _lease(pc, template_id, guide_id, device_id=new_id())
    assert _codes(pc.push(stranger)) == [("rejected", "record.unknown")]


def test_what_falls_back_is_free_again_for_guide_store_and_money_to_the_fen(pc: Pc, guide_id: str) -> None:
    limits = {"quota": 5, "guide_quota": 5, "store_quota": 5, "allot_fen": 11, "budget_fen": 14}
    template_id = make_template(pc.engine, **{**ALLOTTED, **limits})
    held = _allotment(pc, template_id, guide_id)
    pc.push(_handed_out(pc, held, 0, _client(pc))[0])
    assert _codes(pc.push(pc.mutation("command", "allotment.return", held["id"]))) == []
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == [], "three of four are back, and 8 of 11 fen"
    with pc.engine.connect() as connection:
        tallies = connection.exec_driver_sql("SELECT what, used FROM coupon_tally ORDER BY what").all()
    assert [tuple(row) for row in tallies] == [("budget", 14), ("guide", 5), ("store", 5)]


def test_each_of_her_pcs_has_an_allotment_of_its_own(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)
    other = Pc(pc.engine, enrol_device(pc.engine), pc.rules)
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == []
    assert _codes(other.push(_lease(other, template_id, guide_id))) == []
    stranger = _lease(pc, template_id, guide_id, device_id=other.who.device_id)
    assert _codes(pc.push(stranger)) == [("rejected", "record.unknown")], "nobody asks for another PC"


def test_a_pc_that_was_shut_out_gets_none(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)
    with pc.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE device SET revoked_ms = %s", (NOW,))
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == [("rejected", "record.unknown")]
    assert rows_of(pc.engine, "allotment") == []


def test_who_has_left_gets_none(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)

    def work(connection: Any) -> None:
        writer = FeedWriter(connection, NOW)
        writer.change((BRAND, "guide", guide_id), active=False)
        writer.flush()

    in_transaction(pc.engine, work)
    assert _codes(pc.push(_lease(pc, template_id, guide_id))) == [("rejected", "record.invalid")]


def test_what_was_handed_out_without_network_is_taken(pc: Pc, guide_id: str) -> None:
    held = _allotment(pc, make_template(pc.engine, **ALLOTTED), guide_id)
    client_id = _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    assert _codes(pc.push(mutation, _redeem(pc, token, client_id=client_id, offline=True))) == []
    (coupon,) = rows_of(pc.engine, "coupon")
    assert (coupon["status"], coupon["allotment_id"], coupon["serial"]) == ("redeemed", held["id"], 0)
    (redemption,) = rows_of(pc.engine, "redemption")
    assert (redemption["status"], redemption["discount_fen"], redemption["offline"]) == ("confirmed", 5_000, True)


def test_a_counter_may_show_it_first(pc: Pc, guide_id: str) -> None:
    held = _allotment(pc, make_template(pc.engine, **ALLOTTED), guide_id)
    client_id = _client(pc)
    _, token = _handed_out(pc, held, 0, client_id)
    pc.mid -= 1  # its own PC tells of it later
    assert _codes(pc.push(_redeem(pc, token, client_id=client_id))) == []
    assert _codes(pc.push(_handed_out(pc, held, 0, client_id)[0])) == []
    (coupon,) = rows_of(pc.engine, "coupon")
    assert (coupon["status"], coupon["client_id"]) == ("redeemed", client_id)


def test_one_serial_for_two_customers_is_seen_and_the_issuer_bears_it(pc: Pc, guide_id: str) -> None:
    held = _allotment(pc, make_template(pc.engine, **ALLOTTED), guide_id)
    first, second = _client(pc), _client(pc)
    one, token = _handed_out(pc, held, 0, first)
    copy, copied = _handed_out(pc, held, 0, second)
    assert _codes(pc.push(one, copy)) == [("rejected", "coupon.serial_used")]
    pc.push(_redeem(pc, token, client_id=first))
    pushed = pc.push(_redeem(pc, copied, client_id=second, order_no="A2"))
    assert _codes(pushed) == [("rejected", "coupon.redeemed")]
    conflict = rows_of(pc.engine, "redemption")[-1]
    assert (conflict["status"], conflict["borne_by"], conflict["rule"]) == ("conflict", "issuer", "serial.copied")


def test_nothing_comes_out_of_an_allotment_that_was_handed_back(pc: Pc, guide_id: str) -> None:
    template_id = make_template(pc.engine, **ALLOTTED)
    held = _allotment(pc, template_id, guide_id)
    client_id = _client(pc)
    pc.push(_handed_out(pc, held, 0, client_id)[0])
    assert _codes(pc.push(pc.mutation("command", "allotment.return", held["id"]))) == []
    late, token = _handed_out(pc, held, 1, client_id)
    (after,) = rows_of(pc.engine, "allotment")
    assert (after["state"], after["returned"]) == ("returned", 3)
    with pc.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT remaining FROM coupon_quota").scalar_one() == 9
    assert _codes(pc.push(late)) == [("rejected", "coupon.beyond_allotment")]
    assert _codes(pc.push(_redeem(pc, token))) == [("rejected", "coupon.beyond_allotment")]


def test_forged_expired_and_foreign_coupons_are_refused(pc: Pc, guide_id: str) -> None:
    held = _allotment(pc, make_template(pc.engine, **ALLOTTED), guide_id)
    client_id = _client(pc)
    certificate = _certificate(pc, held)
    thief = Ed25519PrivateKey.from_private_bytes(b"t" * 32)
    stolen = replace(certificate, device_key=thief.public_key().public_bytes_raw())
    voucher = Voucher(coupon_of(held["id"], 0), 1, NOW, NOW, 0, holder_mark(None), 1, 0, stolen)
    assert _codes(pc.push(_redeem(pc, sign_by_device(voucher, thief)))) == [("rejected", "coupon.forged")]
    late, _ = _handed_out(pc, held, 0, client_id, claimed_at=held["expires_at"])
    assert _codes(pc.push(late, now_ms=held["expires_at"] + 1)) == [("rejected", "coupon.beyond_allotment")]
    mine, token = _handed_out(pc, held, 1, client_id)
    pc.push(mine)
    stranger = _client(pc)
    assert _codes(pc.push(_redeem(pc, token, client_id=stranger))) == [("rejected", "coupon.holder")]


@pytest.mark.parametrize("what", ["template", "coupon", "allotment", "device"])
def test_what_is_recalled_is_worth_nothing_and_stands_in_a_signed_list(pc: Pc, guide_id: str, what: Any) -> None:
    held = _allotment(pc, make_template(pc.engine, **ALLOTTED), guide_id)
    client_id = _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    pc.push(mutation)
    ids = {
        "template": held["template_id"], "coupon": mutation.id, "allotment": held["id"], "device": pc.who.device_id,
    }  # fmt: skip

    def work(connection: Any) -> None:
        writer = FeedWriter(connection, NOW)
        recall(writer, SECRET, what, ids[what])
        writer.flush()

    in_transaction(pc.engine, work)
    (listed,) = rows_of(pc.engine, "recall_list")
    with pc.engine.connect() as connection:
        keys = public_keys(connection)
    names = {name: listed[name] for name in ("version", "at", "entries", "key_no", "signature")}
    assert is_genuine(RecallList(**names), keys)
    also = {"allotment": [f"coupon:{mutation.id}"], "device": [f"allotment:{held['id']}", kept(token)]}
    assert listed["entries"] == [f"{what}:{ids[what]}", *also.get(what, [])]
    refused = {"template": "coupon.recalled", "device": ""}.get(what, "coupon.void")
    expected = [("rejected", refused)] if refused else []  # what a lost PC had handed out is good
    assert _codes(pc.push(_redeem(pc, token, client_id=client_id))) == expected
    late, _ = _handed_out(pc, held, 1, client_id)
    expected = [] if what in ("coupon", "template") else [("rejected", "coupon.beyond_allotment")]
    assert _codes(pc.push(late)) == expected


def test_nobody_recalls_what_is_not_there(pc: Pc) -> None:
    with pc.engine.begin() as connection, pytest.raises(NotFoundError):
        recall(FeedWriter(connection, NOW), SECRET, "allotment", new_id())


def test_a_coupon_claimed_at_the_office_proves_itself(pc: Pc, template_id: str) -> None:
    client_id = _client(pc)
    coupon_id = new_id()
    asked: dict[str, Any] = {
        "template_id": template_id, "code": derive_code(b"x", "y"), "client_id": client_id, "claimed_at": NOW,
    }  # fmt: skip
    pc.push(pc.mutation("command", "coupon.issue", coupon_id, **asked))
    (coupon,) = rows_of(pc.engine, "coupon")
    with pc.engine.connect() as connection:
        voucher = verify(coupon["token"], public_keys(connection))
    assert (voucher.coupon_id, voucher.template_no, voucher.is_for(client_id)) == (coupon_id, 7, True)
    assert voucher.valid_until >= coupon["valid_until"]
    assert _codes(pc.push(_redeem(pc, coupon["token"], client_id=client_id))) == []

"""What a PC may not sign, and discounts that a counter without network gave outside the terms: refused, and booked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import derive_code
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import BRAND
from guide_app.protocol.voucher import Voucher, coupon_of, holder_mark, sign_by_device
from head_office.coupons.changes import note_change
from head_office.coupons.recall import recall
from head_office.coupons.report import read_report
from head_office.feed.write import FeedWriter, in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import PurchaseIn, ReceiptLine, RefundIn
from tests.head_office.coupons.test_allotment import ALLOTTED, _allotment, _certificate, _client, _codes, _redeem
from tests.head_office.kit import DEVICE_KEY as KEY
from tests.head_office.kit import NOW, SECRET, Pc, make_template, new_id, put_all, rows_of

MINUTE = NOW // 60_000 * 60_000
LATE = NOW + DAY_MS
TERMS = {**ALLOTTED, "valid_days": 7, "return_days": 3}


@pytest.fixture
def held(pc: Pc, guide_id: str) -> dict[str, Any]:
    """An allotment of four coupons that hold for seven days."""
    return _allotment(pc, make_template(pc.engine, **TERMS), guide_id)


def _signed(pc: Pc, held: dict[str, Any], client_id: str, serial: int = 0, **change: Any) -> str:
    certificate = _certificate(pc, held)
    voucher = Voucher(
        coupon_of(held["id"], serial), certificate.template_no, NOW, NOW + 7 * DAY_MS, 0, holder_mark(client_id),
        certificate.key_no, serial, certificate,
    )  # fmt: skip
    return sign_by_device(replace(voucher, **change), KEY)


def _told(pc: Pc, held: dict[str, Any], client_id: str, token: str, serial: int = 0, **other: Any) -> Mutation:
    asked = {
        "template_id": held["template_id"],
        "code": derive_code(b"pc", token),
        "client_id": client_id,
        "token": token,
    }
    asked |= {"claimed_at": NOW, **other}
    return pc.mutation("command", "coupon.issue", coupon_of(held["id"], serial), **asked)


def _offline(pc: Pc, token: str, *, at: int = NOW, known_until: int = NOW, **other: Any) -> list[tuple[str, str]]:
    alone = {"offline": True, "known_until": known_until, "device_id": pc.who.device_id, "discount_fen": 5_000}
    asked = {**alone, "order_no": f"A{new_id()[-6:]}", **other}
    return _codes(pc.push(_redeem(pc, token, at=at, **asked), now_ms=LATE + 1))


def _booked(pc: Pc) -> list[tuple[str, str, str, int]]:
    rows = sorted(rows_of(pc.engine, "redemption"), key=lambda row: row["seq"])
    return [(row["status"], row["borne_by"], row["rule"], row["discount_fen"]) for row in rows]


def _states(pc: Pc) -> list[str]:
    return [row["status"] for row in rows_of(pc.engine, "coupon")]


def _agrees(pc: Pc) -> None:
    with pc.engine.connect() as connection:
        report = read_report(connection, LATE)
    assert report.difference == 0
    assert sum(one.fen for one in report.conflicts) == sum(
        fen for status, _, _, fen in _booked(pc) if status == "conflict"
    )


BEYOND = [
    {"valid_until": NOW + 7 * DAY_MS + 120_000},
    {"valid_until": NOW + 300 * DAY_MS},
    {"valid_until": 0},
    {"valid_from": NOW - DAY_MS},
    {"valid_from": NOW + 3 * DAY_MS},
    {"value_fen": 4_000},
    {"holder": holder_mark(None)},
]


@pytest.mark.parametrize("change", BEYOND)
def test_what_a_pc_signs_beyond_its_allotment_is_never_taken(pc: Pc, held: dict[str, Any], change: Any) -> None:
    client_id = _client(pc)
    beyond = _signed(pc, held, client_id, **change)
    assert _codes(pc.push(_told(pc, held, client_id, beyond))) == [("rejected", "coupon.beyond_allotment")]
    assert _codes(pc.push(_redeem(pc, beyond, client_id=client_id))) == [("rejected", "coupon.beyond_allotment")]
    assert rows_of(pc.engine, "coupon") == []
    genuine = _signed(pc, held, client_id)
    assert _codes(pc.push(_told(pc, held, client_id, genuine))) == []
    # The same serial again, so that the genuine one stands behind it:
    assert _codes(pc.push(_redeem(pc, beyond))) == [("rejected", "coupon.beyond_allotment")]
    assert (_booked(pc), _states(pc)) == ([], ["claimed"])
    assert _offline(pc, beyond) == [("rejected", "coupon.beyond_allotment")]
    assert _booked(pc) == [("conflict", "issuer", "allotment.over", 5_000)]
    assert _codes(pc.push(_redeem(pc, genuine, client_id=client_id, order_no="B9"))) == []
    assert _states(pc) == ["redeemed"]


@pytest.mark.parametrize("claimed_at", [MINUTE - 1, NOW + 2 * DAY_MS, NOW + 60_000, 0])
def test_it_was_handed_out_when_its_pc_says_within_the_lease(pc: Pc, held: dict[str, Any], claimed_at: int) -> None:
    client_id = _client(pc)
    told = _told(pc, held, client_id, _signed(pc, held, client_id), claimed_at=claimed_at)
    assert _codes(pc.push(told, now_ms=LATE + 2 * DAY_MS)) == [("rejected", "coupon.beyond_allotment")]


def test_it_is_hers_whose_mark_it_bears(pc: Pc, held: dict[str, Any]) -> None:
    hers, other = _client(pc), _client(pc)
    token = _signed(pc, held, hers)
    assert _codes(pc.push(_told(pc, held, other, token))) == [("rejected", "coupon.holder")]
    assert _codes(pc.push(_redeem(pc, token))) == []  # shown before its PC tells of it
    assert _codes(pc.push(_told(pc, held, other, token))) == [("rejected", "coupon.holder")]
    assert rows_of(pc.engine, "coupon")[0]["client_id"] is None


def test_beyond_and_unseen_it_is_booked_as_the_issuers(pc: Pc, held: dict[str, Any]) -> None:
    longer = _signed(pc, held, _client(pc), valid_until=NOW + 300 * DAY_MS)
    assert _offline(pc, longer) == [("rejected", "coupon.void")]
    assert _booked(pc) == [("conflict", "issuer", "allotment.over", 5_000)]


def _change_terms(pc: Pc, template_id: str, at: int, **terms: Any) -> None:
    def work(connection: Any) -> None:
        writer, key = FeedWriter(connection, at), (BRAND, "coupon_template", template_id)
        writer.load([key])
        writer.change(key, **terms)
        note_change(writer, key)
        writer.flush()

    in_transaction(pc.engine, work)


CHANGED = NOW + 1_000


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ({"for_stores": [new_id()]}, "coupon.store"),
        ({"for_channels": ["online"]}, "coupon.channel"),
        ({"for_levels": ["金卡"]}, "coupon.level"),
        ({"new_only": True}, "coupon.new_only"),
    ],
)
@pytest.mark.parametrize(
    ("known_until", "bearer", "rule"), [(CHANGED - 1, "brand", "terms.changed"), (CHANGED, "store", "terms.known")]
)
def test_what_the_terms_forbade_meanwhile_is_booked(
    pc: Pc, held: dict[str, Any], terms: Any, problem: str, known_until: int, bearer: str, rule: str
) -> None:
    client_id = _client(pc)
    token = _signed(pc, held, client_id)
    pc.push(_told(pc, held, client_id, token))
    _change_terms(pc, held["template_id"], CHANGED, **terms)
    asked = _redeem(pc, token, client_id=client_id, at=LATE, is_new=False)
    assert _codes(pc.push(asked, now_ms=LATE)) == [("rejected", problem)]
    assert (_booked(pc), _states(pc)) == ([], ["claimed"])  # who asked and was refused has given nothing
    once: dict[str, Any] = {"client_id": client_id, "at": LATE, "known_until": known_until, "is_new": False}
    assert _offline(pc, token, order_no="C1", **once) == [("rejected", problem)]
    assert _offline(pc, token, order_no="C1", **once) == [("rejected", "coupon.redeemed")]
    assert _booked(pc) == [("conflict", bearer, rule, 5_000)]
    assert _states(pc) == ["redeemed"]  # one coupon is worth one discount
    assert _offline(pc, token, order_no="C2", client_id=client_id, at=LATE) == [("rejected", "coupon.redeemed")]
    assert _booked(pc)[1][2] == "twice.same_store"
    _agrees(pc)


def test_beyond_its_limits_the_store_bears_it(pc: Pc, held: dict[str, Any]) -> None:
    put_all(pc.engine, BRAND, "house_rule", {new_id(): {"name": "offline_redeem", "value": {"discount_fen": 4_000}}})
    client_id = _client(pc)
    token = _signed(pc, held, client_id)
    pc.push(_told(pc, held, client_id, token))
    _change_terms(pc, held["template_id"], CHANGED, weekdays=1 << 6, day_from=1, day_until=2)
    assert _offline(pc, token, client_id=client_id, at=LATE)[0][0] == "rejected"
    assert _booked(pc) == [("conflict", "store", "terms.limit", 5_000)]


def test_what_the_terms_never_allowed_is_the_stores(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    token = _signed(pc, held, client_id)
    pc.push(_told(pc, held, client_id, token))
    assert _offline(pc, token, client_id=client_id, amount_fen=20_000) == [("rejected", "coupon.min_spend")]
    assert _booked(pc) == [("conflict", "store", "terms.known", 5_000)]
    _agrees(pc)


def test_who_was_another_by_head_offices_books_leaves_her_coupon_to_her(pc: Pc, held: dict[str, Any]) -> None:
    hers, stranger = _client(pc), _client(pc)
    token = _signed(pc, held, hers)
    pc.push(_told(pc, held, hers, token))
    assert _offline(pc, token, client_id=stranger) == [("rejected", "coupon.holder")]
    assert _booked(pc) == [("conflict", "store", "holder.other", 5_000)]
    assert _offline(pc, token, client_id=hers) == []
    assert [row[0] for row in _booked(pc)] == ["conflict", "confirmed"]


def test_her_use_on_the_day_of_a_strangers_is_no_telling_of_that_one_again(pc: Pc, held: dict[str, Any]) -> None:
    """Of a use without an order number the till may tell the number later; another person's is another use."""
    hers, stranger = _client(pc), _client(pc)
    token = _signed(pc, held, hers)
    pc.push(_told(pc, held, hers, token))
    assert _offline(pc, token, client_id=stranger, order_no="") == [("rejected", "coupon.holder")]
    assert _offline(pc, token, client_id=hers, order_no="B2", at=NOW + 1) == []
    assert [row[0] for row in _booked(pc)] == ["conflict", "confirmed"]


@pytest.mark.parametrize("by", ["voucher", "code"])
def test_her_use_on_the_day_of_a_forged_one_is_no_telling_of_that_one_again(
    pc: Pc, held: dict[str, Any], by: str
) -> None:
    client_id = _client(pc)
    genuine = _signed(pc, held, client_id)
    told = _told(pc, held, client_id, genuine)
    pc.push(told)
    beyond = _signed(pc, held, client_id, valid_until=NOW + 300 * DAY_MS)
    assert _offline(pc, beyond, order_no="") == [("rejected", "coupon.beyond_allotment")]
    shown = genuine if by == "voucher" else told.data["code"]
    assert _offline(pc, shown, client_id=client_id, order_no="B2", at=NOW + 1) == []
    assert _booked(pc) == [("conflict", "issuer", "allotment.over", 5_000), ("confirmed", "", "", 5_000)]
    assert [row["order_no"] for row in rows_of(pc.engine, "redemption") if row["status"] == "conflict"] == [""]
    assert _states(pc) == ["redeemed"]
    _agrees(pc)


def test_a_forged_use_is_no_telling_of_her_own_and_is_told_once(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    genuine = _signed(pc, held, client_id)
    pc.push(_told(pc, held, client_id, genuine))
    beyond = _signed(pc, held, client_id, valid_until=NOW + 300 * DAY_MS)
    assert _offline(pc, genuine, client_id=client_id, order_no="") == []
    once = ("rejected", "coupon.redeemed")
    assert _offline(pc, beyond, client_id=client_id, order_no="B2", at=NOW + 1) == [once]
    assert _offline(pc, beyond, client_id=client_id, order_no="", at=NOW + 2) == [once]
    assert _booked(pc) == [("confirmed", "", "", 5_000), ("conflict", "issuer", "serial.copied", 5_000)]
    assert _offline(pc, genuine, client_id=client_id, order_no="B1", at=NOW + 3) == [("duplicate", "")]
    assert _numbers(pc) == {"confirmed": "B1", "conflict": "B2"}


def test_beyond_and_unseen_it_stands_for_no_use_of_the_genuine_one(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    assert _offline(pc, _signed(pc, held, client_id, valid_until=0), order_no="") == [("rejected", "coupon.void")]
    genuine = _signed(pc, held, client_id)
    assert _offline(pc, genuine, client_id=client_id, order_no="B2", at=NOW + 1)[0][0] == "rejected"
    assert _offline(pc, genuine, client_id=client_id, order_no="B2", at=NOW + 1)[0][0] == "rejected"
    assert [row[0] for row in _booked(pc)] == ["conflict", "conflict"]  # two discounts were given, and both are told


def _numbers(pc: Pc) -> dict[str, str]:
    return {row["status"]: row["order_no"] for row in rows_of(pc.engine, "redemption")}


def _sell_and_bring_back(pc: Pc, order_no: str) -> None:
    lines = [ReceiptLine(1, 37_900, title="鞋", discount_fen=5_000)]
    sale = PurchaseIn("SH01", order_no, NOW, 37_900, lines, discount_fen=5_000)
    back = RefundIn("SH01", f"R-{order_no}", order_no, LATE, 37_900, [ReceiptLine(1, 37_900, title="鞋")])
    in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, [sale], LATE))
    in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, [back], LATE))


def test_what_a_stranger_got_is_borne_also_after_her_own_use_is_undone(pc: Pc, held: dict[str, Any]) -> None:
    hers, stranger = _client(pc), _client(pc)
    token = _signed(pc, held, hers)
    pc.push(_told(pc, held, hers, token))
    assert _offline(pc, token, client_id=stranger) == [("rejected", "coupon.holder")]
    assert _offline(pc, token, client_id=hers, order_no="B2") == []
    _sell_and_bring_back(pc, "B2")
    assert _states(pc) == ["claimed"]
    assert _booked(pc)[0] == ("conflict", "store", "holder.other", 5_000)


def test_what_a_pc_signed_beyond_is_borne_also_after_the_genuine_use_is_undone(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    pc.push(_told(pc, held, client_id, _signed(pc, held, client_id)))
    beyond = _signed(pc, held, client_id, valid_until=NOW + 300 * DAY_MS)
    assert _offline(pc, beyond) == [("rejected", "coupon.beyond_allotment")]
    assert _offline(pc, _signed(pc, held, client_id), client_id=client_id, order_no="B2") == []
    _sell_and_bring_back(pc, "B2")
    assert _states(pc) == ["claimed"]
    assert _booked(pc)[0] == ("conflict", "issuer", "allotment.over", 5_000)


def test_it_comes_back_with_the_goods_like_any_other(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    token = _signed(pc, held, client_id)
    pc.push(_told(pc, held, client_id, token))
    _change_terms(pc, held["template_id"], CHANGED, for_channels=["online"])
    assert _offline(pc, token, client_id=client_id, at=LATE, order_no="B1") == [("rejected", "coupon.channel")]
    lines = [ReceiptLine(1, 37_900, title="鞋", discount_fen=5_000)]
    sale = PurchaseIn("SH01", "B1", NOW, 37_900, lines, discount_fen=5_000)
    back = RefundIn("SH01", "R1", "B1", LATE, 37_900, [ReceiptLine(1, 37_900, title="鞋")])
    in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, [sale], LATE))
    in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, [back], LATE))
    assert _states(pc) == ["claimed"]
    with pc.engine.connect() as connection:
        report = read_report(connection, LATE)
    assert (report.difference, report.conflicts) == (0, ())


def test_without_an_amount_the_most_that_it_can_be_worth_is_booked(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    token = _signed(pc, held, client_id)
    assert _offline(pc, token, client_id=client_id, amount_fen=0) == []
    assert _booked(pc) == [("confirmed", "", "", 5_000)]


def test_moments_out_of_all_reason_are_no_crash(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    token = _signed(pc, held, client_id)
    odd = msgspec.structs.replace(_told(pc, held, client_id, token), data={"claimed_at": 1 << 60})
    assert _codes(pc.push(odd))[0][0] == "rejected"
    assert _offline(pc, token, client_id=_client(pc), known_until=1 << 52) == [("rejected", "coupon.holder")]


@pytest.mark.parametrize(
    ("rule", "known_until", "bears"),
    [
        ({"count": 0}, NOW, "beyond.limit"),  # may take none at all
        ({"discount_fen": 0}, NOW, "beyond.limit"),
        ({"hours": 24}, NOW, "beyond.limit"),
        ({"hours": 25}, NOW, "recalled.offline"),
        ({}, LATE - 720 * 3_600_000, "beyond.limit"),  # what a counter goes by where no rule says anything
        ({}, LATE - 719 * 3_600_000, "recalled.offline"),
    ],
)
def test_the_office_counts_by_the_counters_own_limits(
    pc: Pc, held: dict[str, Any], rule: dict[str, int], known_until: int, bears: str
) -> None:
    if rule:
        put_all(pc.engine, BRAND, "house_rule", {new_id(): {"name": "offline_redeem", "value": rule}})
    client_id = _client(pc)
    token = _signed(pc, held, client_id)
    told = _told(pc, held, client_id, token)
    pc.push(told)

    def work(connection: Any) -> None:
        writer = FeedWriter(connection, NOW + 1)
        recall(writer, SECRET, "coupon", told.id)
        writer.flush()

    in_transaction(pc.engine, work)
    assert _offline(pc, token, client_id=client_id, at=LATE, known_until=known_until) == [("rejected", "coupon.void")]
    assert _booked(pc)[0][2] == bears

"""Coupons that were worth nothing any more when a counter without network took them, and lost PCs: who bears what."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.messages import Mutation
from guide_app.protocol.recall import entry, kept
from guide_app.protocol.voucher import BadVoucherError, Voucher, coupon_of, holder_mark, sign_by_device, verify
from head_office.coupons.recall import recall
from head_office.coupons.report import read_report
from head_office.coupons.signing import public_keys
from head_office.deeds import push_rules
from head_office.feed.write import FeedWriter, in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import PurchaseIn, Receipt, ReceiptLine, RefundIn
from tests.head_office.coupons.test_allotment import (
    ALLOTTED,
    _allotment,
    _certificate,
    _client,
    _codes,
    _redeem,
)
from tests.head_office.coupons.test_allotment import _handed_out as _next_handed_out
from tests.head_office.kit import DEVICE_KEY as KEY
from tests.head_office.kit import (
    NOW,
    SECRET,
    Pc,
    enrol_device,
    make_guide,
    make_store,
    make_template,
    new_id,
    put_all,
    rows_of,
)

REPORTED = NOW + 1_000
LATE = NOW + DAY_MS


def _handed_out(pc: Pc, allotment: dict[str, Any], serial: int, client_id: str) -> tuple[Mutation, str]:
    """A coupon out of the allotment, of which head office is told when `_tell` says so."""
    mutation, token = _next_handed_out(pc, allotment, serial, client_id)
    pc.mid -= 1
    return mutation, token


def _tell(pc: Pc, *mutations: Mutation, now_ms: int = NOW) -> list[tuple[str, str]]:
    told = []
    for mutation in mutations:
        pc.mid += 1
        told.append(msgspec.structs.replace(mutation, mid=pc.mid))
    return _codes(pc.push(*told, now_ms=now_ms))


def _recall(pc: Pc, what: Any, record_id: str, at: int = REPORTED) -> None:
    def work(connection: Any) -> None:
        writer = FeedWriter(connection, at)
        recall(writer, SECRET, what, record_id)
        writer.flush()

    in_transaction(pc.engine, work)


def _offline(pc: Pc, token: str, *, at: int = LATE, known_until: int = NOW, **other: Any) -> list[tuple[str, str]]:
    alone = {"offline": True, "known_until": known_until, "device_id": pc.who.device_id}
    return _codes(pc.push(_redeem(pc, token, at=at, **alone, **other), now_ms=LATE + 1))


def _booked(pc: Pc) -> list[tuple[str, str, str, int]]:
    rows = sorted(rows_of(pc.engine, "redemption"), key=lambda row: row["seq"])
    return [(row["status"], row["borne_by"], row["rule"], row["discount_fen"]) for row in rows]


def _listed(pc: Pc) -> list[str]:
    (listed,) = rows_of(pc.engine, "recall_list")
    return list(listed["entries"])


def _agrees(pc: Pc) -> None:
    with pc.engine.connect() as connection:
        assert read_report(connection, LATE).difference == 0


def _take(pc: Pc, receipt: Receipt) -> None:
    in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, [receipt], LATE))


def _bring_back(pc: Pc) -> None:
    """The receipt of order B1 and the refund of all of it."""
    lines = [ReceiptLine(1, 37_900, title="鞋", discount_fen=5_000)]
    _take(pc, PurchaseIn("SH01", "B1", NOW, 37_900, lines, discount_fen=5_000))
    _take(pc, RefundIn("SH01", "R1", "B1", LATE, 37_900, [ReceiptLine(1, 37_900, title="鞋")]))


@pytest.fixture
def held(pc: Pc, guide_id: str) -> dict[str, Any]:
    """An allotment of four."""
    return _allotment(pc, make_template(pc.engine, **ALLOTTED), guide_id)


@pytest.mark.parametrize("what", ["template", "coupon", "allotment"])
@pytest.mark.parametrize(
    ("known_until", "bearer", "rule"),
    [(REPORTED - 1, "brand", "recalled.offline"), (REPORTED, "store", "recalled.known")],
)
def test_a_recalled_coupon_that_a_counter_took_is_booked(
    pc: Pc, held: dict[str, Any], what: str, known_until: int, bearer: str, rule: str
) -> None:
    client_id = _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    _tell(pc, mutation)
    _recall(pc, what, {"template": held["template_id"], "coupon": mutation.id, "allotment": held["id"]}[what])
    refused = "coupon.recalled" if what == "template" else "coupon.void"
    assert _codes(pc.push(_redeem(pc, token, client_id=client_id, at=LATE), now_ms=LATE)) == [("rejected", refused)]
    assert _booked(pc) == []  # who asked and was refused has given nothing
    assert _offline(pc, token, client_id=client_id, known_until=known_until) == [("rejected", refused)]
    assert _offline(pc, token, client_id=client_id, known_until=known_until) == [("rejected", "coupon.recalled")]
    assert _booked(pc) == [("conflict", bearer, rule, 5_000)]
    with pc.engine.connect() as connection:
        (borne,) = read_report(connection, LATE).conflicts
    assert (borne.rule, borne.borne_by, borne.fen) == (rule, bearer, 5_000)
    _agrees(pc)


def test_what_was_used_before_the_recall_counts(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    _tell(pc, mutation)
    _recall(pc, "coupon", mutation.id)
    assert _offline(pc, token, at=REPORTED - 1, client_id=client_id) == []
    assert _booked(pc) == [("confirmed", "", "", 5_000)]
    _agrees(pc)


def test_a_receipt_with_a_recalled_coupon_is_the_stores(pc: Pc, held: dict[str, Any]) -> None:
    mutation, _ = _handed_out(pc, held, 0, _client(pc))
    _tell(pc, mutation)
    _recall(pc, "coupon", mutation.id)
    lines = [ReceiptLine(1, 35_000, title="鞋", discount_fen=5_000)]
    code = rows_of(pc.engine, "coupon")[0]["code"]
    sale = PurchaseIn("SH01", "B1", LATE, 35_000, lines, discount_fen=5_000, coupon_code=code)
    back = RefundIn("SH01", "R1", "B1", LATE, 35_000, [ReceiptLine(1, 35_000, title="鞋")])
    _take(pc, sale)
    assert _booked(pc) == [("conflict", "store", "recalled.known", 5_000)]
    _take(pc, back)
    (coupon,), (redemption,) = rows_of(pc.engine, "coupon"), rows_of(pc.engine, "redemption")
    assert (coupon["status"], redemption["returned_at"]) == ("void", LATE)


def test_a_coupon_that_was_recalled_while_used_up_comes_back_void(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    _tell(pc, mutation)
    pc.push(_redeem(pc, token, client_id=client_id, order_no="B1"))
    _recall(pc, "coupon", mutation.id)
    _bring_back(pc)
    assert rows_of(pc.engine, "coupon")[0]["status"] == "void"
    _agrees(pc)


def test_a_lost_pc_keeps_what_it_had_handed_out_and_ends_the_rest(pc: Pc, held: dict[str, Any]) -> None:
    client_id, thief = _client(pc), _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    _tell(pc, mutation)
    later, unseen = _handed_out(pc, held, 1, thief)
    _, copied = _handed_out(pc, held, 0, thief)  # the stolen key signs a serial that is out once more
    _recall(pc, "device", pc.who.device_id)
    assert _listed(pc) == [entry("device", pc.who.device_id), entry("allotment", held["id"]), kept(token)]
    assert _tell(pc, later, now_ms=LATE) == [("rejected", "coupon.beyond_allotment")]
    for forged in (unseen, copied):
        asked = _redeem(pc, forged, client_id=thief, at=LATE)
        assert _codes(pc.push(asked, now_ms=LATE))[0][1] in ("coupon.beyond_allotment", "coupon.recalled")
    code = rows_of(pc.engine, "coupon")[0]["code"]
    assert _offline(pc, "", code=code, client_id=client_id) == []  # typed: it is in the books
    assert _booked(pc) == [("confirmed", "", "", 5_000)]
    _agrees(pc)


def test_what_a_thief_made_is_booked_where_a_counter_took_it(pc: Pc, held: dict[str, Any]) -> None:
    thief = _client(pc)
    _, unseen = _handed_out(pc, held, 1, thief)
    _, early = _handed_out(pc, held, 2, thief)
    _recall(pc, "device", pc.who.device_id)
    assert _offline(pc, unseen, order_no="B1") == [("rejected", "coupon.void")]
    assert _offline(pc, unseen, order_no="B2", known_until=REPORTED) == [("rejected", "coupon.void")]
    # Used before anybody had reported the loss: nobody can call it anything but genuine.
    assert _offline(pc, early, at=REPORTED - 1, client_id=thief, order_no="B3") == []
    assert _booked(pc) == [
        ("conflict", "brand", "recalled.offline", 5_000),
        ("conflict", "store", "recalled.known", 5_000),
        ("confirmed", "", "", 5_000),
    ]
    _agrees(pc)


def test_the_certificates_of_allotments_handed_back_lie_on_the_lost_pc_too(pc: Pc, held: dict[str, Any]) -> None:
    mutation, token = _handed_out(pc, held, 0, _client(pc))
    _tell(pc, mutation)
    pc.push(pc.mutation("command", "allotment.return", held["id"]))
    _recall(pc, "device", pc.who.device_id)
    assert _listed(pc)[1:] == [entry("allotment", held["id"]), kept(token)]
    _recall(pc, "allotment", held["id"])  # and then everything out of it, after all
    assert entry("coupon", mutation.id) in _listed(pc)
    assert rows_of(pc.engine, "coupon")[0]["status"] == "void"


def test_a_coupon_of_a_lost_pc_that_comes_back_with_a_refund_is_kept(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    _tell(pc, mutation)
    pc.push(_redeem(pc, token, client_id=client_id, order_no="B1"))
    _recall(pc, "device", pc.who.device_id)
    assert kept(token) not in _listed(pc)
    _bring_back(pc)
    assert kept(token) in _listed(pc)
    assert _offline(pc, token, client_id=client_id, order_no="B2") == []


def test_out_of_an_allotment_handed_back_is_the_issuers_matter(pc: Pc, held: dict[str, Any]) -> None:
    pc.push(pc.mutation("command", "allotment.return", held["id"]))
    _, token = _handed_out(pc, held, 3, _client(pc))
    assert _codes(pc.push(_redeem(pc, token))) == [("rejected", "coupon.beyond_allotment")]
    assert _offline(pc, token) == [("rejected", "coupon.void")]
    assert _booked(pc) == [("conflict", "issuer", "allotment.over", 5_000)]
    _agrees(pc)


def test_it_is_one_coupon_by_either_code_and_counts_as_the_persons(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    assert _codes(pc.push(_redeem(pc, token, client_id=client_id, order_no="B1"))) == []
    passing = rows_of(pc.engine, "coupon")[0]["code"]
    assert _tell(pc, mutation) == []
    (coupon,) = rows_of(pc.engine, "coupon")
    assert (coupon["code"], coupon["client_id"]) == (mutation.data["code"], client_id)
    assert coupon["code"] != passing
    with pc.engine.connect() as connection:
        claims = connection.exec_driver_sql("SELECT person_hash, claims FROM coupon_claim").all()
    assert [(bytes(person), n) for person, n in claims] == [(SECRET.person_hash(client_id), 1)]
    _bring_back(pc)
    assert _offline(pc, "", code=coupon["code"], order_no="B2") == []
    assert _offline(pc, "", code=passing, order_no="B3") == [("rejected", "coupon.redeemed")]
    assert _tell(pc, mutation) == [("duplicate", "")]


def test_given_back_before_its_pc_told_of_it_it_is_still_hers_alone(pc: Pc, guide_id: str) -> None:
    terms = {**ALLOTTED, "return_days": 30}
    held = _allotment(pc, make_template(pc.engine, **terms), guide_id)
    client_id, stranger = _client(pc), _client(pc)
    mutation, token = _handed_out(pc, held, 0, client_id)
    pc.push(_redeem(pc, token, client_id=client_id, order_no="B1"))
    _bring_back(pc)
    (coupon,) = rows_of(pc.engine, "coupon")
    with pc.engine.connect() as connection:
        signed = verify(coupon["token"], public_keys(connection))
    assert (signed.certificate, signed.holder) == (None, holder_mark(client_id))
    assert _tell(pc, mutation, now_ms=LATE) == []
    (coupon,) = rows_of(pc.engine, "coupon")
    assert (coupon["client_id"], coupon["status"]) == (client_id, "claimed")
    assert _offline(pc, coupon["token"], client_id=stranger, order_no="B2") == [("rejected", "coupon.holder")]


def test_a_copy_shown_first_is_seen_when_the_pc_tells_of_its_own(pc: Pc, held: dict[str, Any]) -> None:
    client_id = _client(pc)
    mutation, _ = _handed_out(pc, held, 0, client_id)
    certificate = _certificate(pc, held)
    voucher = Voucher(
        coupon_of(held["id"], 0), certificate.template_no, NOW, NOW + DAY_MS, 0, holder_mark(_client(pc)), 1, 0,
        certificate,
    )  # fmt: skip
    assert _codes(pc.push(_redeem(pc, sign_by_device(voucher, KEY)))) == []
    assert _tell(pc, mutation) == [("rejected", "coupon.serial_used")]
    assert rows_of(pc.engine, "coupon")[0]["client_id"] is None


def _hers(pc: Pc, client_id: str) -> tuple[str, str]:
    """A coupon of a client by head office, as voucher and code."""
    code, coupon_id = make_code(), new_id()
    asked: dict[str, Any] = {
        "template_id": make_template(pc.engine),
        "code": code,
        "client_id": client_id,
        "claimed_at": NOW,
    }
    pc.push(pc.mutation("command", "coupon.issue", coupon_id, **asked))
    (token,) = [row["token"] for row in rows_of(pc.engine, "coupon") if row["id"] == coupon_id]
    return token, code


def test_she_is_herself_after_her_records_were_merged(pc: Pc) -> None:
    double, stays = _client(pc), _client(pc)
    token, _ = _hers(pc, double)
    put_all(pc.engine, pc.scope, "client", {double: {"name": "王姐", "merged_into": stays, "archived_at": NOW}})
    assert _offline(pc, token, client_id=stays) == []


def test_a_stranger_is_refused_by_code_too(pc: Pc) -> None:
    hers, stranger = _client(pc), _client(pc)
    _, code = _hers(pc, hers)
    assert _offline(pc, "", code=code, client_id=stranger) == [("rejected", "coupon.holder")]
    assert _offline(pc, "", code=code, client_id=hers) == []


def test_she_is_known_in_another_store_by_her_number(pc: Pc) -> None:
    make_store(pc.engine, "SH02", "徐家汇店")
    far = Pc(pc.engine, enrol_device(pc.engine, "SH02"), push_rules(SECRET))
    hers, there, stranger = new_id(), new_id(), new_id()
    pc.push(pc.mutation("put", "client", hers, name="王姐", phone="13812345678"))
    far.push(far.mutation("put", "client", there, name="王女士", phone="13812345678"))
    far.push(far.mutation("put", "client", stranger, name="李姐", phone="13912345678"))
    token, _ = _hers(pc, hers)
    assert _offline(far, token, client_id=stranger) == [("rejected", "coupon.holder")]
    assert _offline(far, token, client_id=there) == []


def test_nobody_asked_who_stood_there(pc: Pc, held: dict[str, Any]) -> None:
    _, token = _handed_out(pc, held, 0, _client(pc))
    assert _offline(pc, token) == []  # its PC has not told of it yet: no name to compare with


def test_it_was_handed_out_by_whose_allotment_it_is(pc: Pc, guide_id: str, held: dict[str, Any]) -> None:
    other = make_guide(pc.engine, pc.who.store_id, "G2", 2)
    mutation, _ = _handed_out(pc, held, 0, _client(pc))
    swapped = msgspec.structs.replace(mutation, data={**mutation.data, "guide_id": other})
    assert _tell(pc, swapped) == []
    assert rows_of(pc.engine, "coupon")[0]["guide_id"] == guide_id


def test_no_coupon_is_worth_more_than_its_allotment(pc: Pc, guide_id: str) -> None:
    drawn = {"kind": "random_off", "random_min_fen": 100, "random_max_fen": 5_000, "allot_fen": 6_000}
    held = _allotment(pc, make_template(pc.engine, **{**ALLOTTED, **drawn}), guide_id)
    certificate, client_id = _certificate(pc, held), _client(pc)

    def drawn_voucher(value_fen: int) -> str:
        voucher = Voucher(
            coupon_of(held["id"], 0), certificate.template_no, NOW, NOW + DAY_MS, value_fen, holder_mark(client_id), 1,
            0, certificate,
        )  # fmt: skip
        return sign_by_device(voucher, KEY)

    with pc.engine.connect() as connection:
        keys = public_keys(connection)
    with pytest.raises(BadVoucherError, match="beyond"):  # no counter takes it, with or without network
        verify(drawn_voucher(6_001), keys)
    assert _codes(pc.push(_redeem(pc, drawn_voucher(5_001)))) == [("rejected", "coupon.beyond_allotment")]
    assert _offline(pc, drawn_voucher(5_001)) == [("rejected", "coupon.void")]
    assert _booked(pc) == [("conflict", "issuer", "allotment.over", 5_001)]

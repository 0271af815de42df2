from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.scopes import BRAND
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.write import in_transaction
from head_office.purchases.ingest import take_all, take_receipts
from head_office.purchases.model import ClientRef, PurchaseIn, Receipt, ReceiptLine, RefundIn, Taken
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

PRODUCT_ID, SKU_ID = new_id(), new_id()


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    put_all(office_engine, BRAND, "product", {PRODUCT_ID: {"no": 42, "spu": "RM-2411", "name": "羊皮短靴"}})
    sku = {"product_id": PRODUCT_ID, "code": "RM-2411-38", "gtin": "06901234567885", "colour": "黑", "size": "38"}
    put_all(office_engine, BRAND, "sku", {SKU_ID: sku})
    return Pc(office_engine, enrol_device(office_engine), push_rules(SECRET))


@pytest.fixture
def guide_id(pc: Pc) -> str:
    return make_guide(pc.engine, pc.who.store_id)


def _sale(order_no: str = "A1", **changes: Any) -> PurchaseIn:
    plain: dict[str, Any] = {"store_code": "SH01", "order_no": order_no, "at": NOW, "total_fen": 42_900}
    return PurchaseIn(**{**plain, "lines": [ReceiptLine(1, 42_900, sku_code="RM-2411-38")], **changes})


def _refund(fen: int, order_no: str = "R1", origin: str = "A1") -> RefundIn:
    return RefundIn("SH01", order_no, origin, NOW + DAY_MS, fen, [ReceiptLine(1, fen, sku_code="RM-2411-38")])


def _take(pc: Pc, *receipts: Receipt) -> list[Taken]:
    taken = in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, receipts, NOW))
    assert check_feed(pc.engine).ok
    return taken


def _client(pc: Pc, **data: Any) -> str:
    client_id = new_id()
    put_all(pc.engine, pc.scope, "client", {client_id: {"name": "王姐", **data}})
    return client_id


def test_a_sale_becomes_receipt_lines_and_attribution(pc: Pc, guide_id: str) -> None:
    client_id = _client(pc, phone="13812345678", primary_guide_id=guide_id)
    lines = [
        ReceiptLine(1, 42_900, sku_code="RM-2411-38", discount_fen=100),
        ReceiptLine(2, 1_000, gtin="06901234567885", title="小票上的名字"),
        ReceiptLine(1, 500, sku_code="OLD-1"),
        ReceiptLine(1, 0, title="赠品袜子"),
    ]
    (taken,) = _take(pc, _sale(total_fen=44_400, lines=lines, client=ClientRef(phone="138 1234 5678")))
    assert (taken.status, taken.client_id, taken.guide_id, taken.rule) == ("applied", client_id, guide_id, "bound")
    (purchase,) = rows_of(pc.engine, "purchase")
    assert (purchase["order_no"], purchase["total_fen"], purchase["client_id"]) == ("A1", 44_400, client_id)
    stored = rows_of(pc.engine, "purchase_line")
    assert [line["title"] for line in stored] == ["羊皮短靴", "小票上的名字", "OLD-1", "赠品袜子"]
    assert [line["sku_id"] for line in stored] == [SKU_ID, SKU_ID, None, None]
    assert (stored[0]["colour"], stored[0]["size"], stored[0]["discount_fen"]) == ("黑", "38", 100)
    (ruling,) = rows_of(pc.engine, "attribution")
    assert (ruling["amount_fen"], ruling["guide_id"], ruling["rule"]) == (44_400, guide_id, "bound")
    pc.pull()
    assert pc.digests() == pc.promised()


def test_a_receipt_sent_again_counts_once_and_another_under_its_number_is_refused(pc: Pc) -> None:
    first = _take(pc, _sale())
    again = _take(pc, _sale())
    other = _take(pc, _sale(total_fen=1, lines=[ReceiptLine(1, 1, title="x")]))
    assert [taken.status for taken in (*first, *again, *other)] == ["applied", "duplicate", "rejected"]
    assert again[0].purchase_id == first[0].purchase_id
    assert len(rows_of(pc.engine, "purchase")) == len(rows_of(pc.engine, "attribution")) == 1


def test_the_same_receipts_from_two_tills_at_once_count_once(pc: Pc) -> None:
    receipts = [_sale(f"A{i}") for i in range(20)]

    def send(_: int) -> list[str]:
        taken = in_transaction(pc.engine, lambda c: take_receipts(c, SECRET, receipts, NOW))
        return [one.status for one in taken]

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(send, range(4)))
    assert [sorted(column) for column in zip(*outcomes, strict=True)] == [["applied", *["duplicate"] * 3]] * 20
    assert len(rows_of(pc.engine, "purchase")) == 20
    assert check_feed(pc.engine).ok


def test_one_number_in_two_stores_is_two_receipts(pc: Pc) -> None:
    make_store(pc.engine, "SH02", "徐家汇店")
    taken = _take(pc, _sale(), _sale(store_code="SH02"))
    assert [one.status for one in taken] == ["applied", "applied"]


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        (_sale(total_fen=42_901), r"A1.*第 1 至 1 行合计 42900 分.*42901"),
        (_sale(lines=[ReceiptLine(1, 42_000, title="x"), ReceiptLine(1, 900)]), "第 2 行"),
        (_sale(store_code="NOWHERE"), "NOWHERE"),
    ],
)
def test_a_wrong_receipt_is_named_and_nothing_of_the_batch_is_written(pc: Pc, receipt: PurchaseIn, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        _take(pc, _sale("A0"), receipt)
    assert rows_of(pc.engine, "purchase") == []


def test_a_number_twice_in_one_batch_is_refused(pc: Pc) -> None:
    with pytest.raises(InvalidInputError, match="单号重复"):
        _take(pc, _sale(), _sale())


def test_a_client_is_found_by_id_then_member_number_then_phone(pc: Pc) -> None:
    by_id, by_member, by_phone = _client(pc), _client(pc, member_no="M1"), _client(pc, phone="13812345678")
    refs = [
        (ClientRef(id=by_id, member_no="M1", phone="13812345678"), by_id),
        (ClientRef(id=new_id(), member_no="M1", phone="13812345678"), by_member),
        (ClientRef(member_no="??", phone="+8613812345678"), by_phone),
        (ClientRef(phone="0000"), None),
        (None, None),
    ]
    taken = _take(pc, *(_sale(f"A{i}", client=ref) for i, (ref, _) in enumerate(refs)))
    assert [one.client_id for one in taken] == [expected for _, expected in refs]


def test_a_client_of_another_store_stays_unknown_here(pc: Pc) -> None:
    other = make_store(pc.engine, "SH02", "徐家汇店")
    client_id = new_id()
    put_all(pc.engine, f"store:{other}", "client", {client_id: {"name": "别店", "phone": "13812345678"}})
    (taken,) = _take(pc, _sale(client=ClientRef(id=client_id, phone="13812345678")))
    assert taken.client_id is None


def _coupon(pc: Pc, guide_id: str, client_id: str, **terms: Any) -> str:
    template_id, code = make_template(pc.engine, **terms), make_code()
    data: dict[str, Any] = {"template_id": template_id, "code": code, "client_id": client_id, "guide_id": guide_id}
    data["claimed_at"] = NOW - DAY_MS
    assert pc.push(pc.mutation("command", "coupon.issue", new_id(), **data)).results == []
    return code


def _use(pc: Pc, code: str, order_no: str, now_ms: int = NOW) -> None:
    used: dict[str, Any] = {"redemption_id": new_id(), "code": code, "order_no": order_no, "at": NOW - 60_000}
    assert pc.push(pc.mutation("command", "coupon.redeem", new_id(), **used), now_ms=now_ms).results == []


def test_the_coupon_on_a_receipt_is_used_up_and_speaks_for_its_guide(pc: Pc, guide_id: str) -> None:
    other = make_guide(pc.engine, pc.who.store_id, "G2", 2)
    client_id = _client(pc, primary_guide_id=other)
    code = _coupon(pc, guide_id, client_id)
    (taken,) = _take(pc, _sale(coupon_code=code, guide_number="G2", total_fen=42_900, discount_fen=5_000))
    assert (taken.client_id, taken.guide_id, taken.rule, taken.coupon) == (client_id, guide_id, "coupon", "")
    assert [row["status"] for row in rows_of(pc.engine, "coupon")] == ["redeemed"]
    (redemption,) = rows_of(pc.engine, "redemption")
    assert (redemption["order_no"], redemption["amount_fen"]) == ("A1", 47_900)
    (ruling,) = rows_of(pc.engine, "attribution")
    assert [touch["rule"] for touch in ruling["evidence"]["touches"]] == ["coupon", "bound", "served"]


@pytest.mark.parametrize(
    "terms",
    [{"for_channels": ["live"]}, {"for_levels": ["gold"]}, {"for_categories": ["男鞋"]}, {"min_spend_fen": 100_000}],
    ids=lambda terms: next(iter(terms)),
)
def test_a_receipt_says_too_little_for_the_terms_and_uses_its_coupon_up(
    pc: Pc, guide_id: str, terms: dict[str, Any]
) -> None:
    code = _coupon(pc, guide_id, _client(pc), **terms)
    (taken,) = _take(pc, _sale(coupon_code=code, total_fen=42_900, discount_fen=5_000))
    assert (taken.coupon, taken.rule) == ("", "coupon")
    assert [row["status"] for row in rows_of(pc.engine, "coupon")] == ["redeemed"]
    assert [row["status"] for row in rows_of(pc.engine, "redemption")] == ["confirmed"]
    (again,) = _take(pc, _sale("A2", coupon_code=code))
    assert again.coupon == "coupon.redeemed"


@pytest.mark.parametrize("known_order", ["A1", ""])
def test_a_coupon_that_the_counter_has_used_already_is_the_same_use(pc: Pc, guide_id: str, known_order: str) -> None:
    client_id = _client(pc)
    code = _coupon(pc, guide_id, client_id)
    _use(pc, code, known_order)
    (taken,) = _take(pc, _sale(coupon_code=code))
    assert (taken.coupon, taken.rule, taken.client_id) == ("", "coupon", client_id)
    assert len(rows_of(pc.engine, "redemption")) == 1


def test_a_coupon_redeemed_offline_that_comes_after_its_receipt_moves_the_sale(pc: Pc, guide_id: str) -> None:
    other = make_guide(pc.engine, pc.who.store_id, "G2", 2)
    code = _coupon(pc, guide_id, _client(pc))
    _take(pc, _sale(guide_number="G2"))
    _take(pc, _refund(900))
    _use(pc, code, "A1", NOW + DAY_MS)
    rows = [(row["guide_id"], row["amount_fen"], row["rule"]) for row in rows_of(pc.engine, "attribution")]
    assert rows[:2] == [(other, 42_900, "served"), (other, -900, "served")]
    assert sorted(rows[2:], key=lambda row: row[1]) == [(other, -42_000, "served"), (guide_id, 42_000, "coupon")]
    _take(pc, _refund(42_000, "R2"))
    assert rows_of(pc.engine, "attribution")[-1]["guide_id"] == guide_id
    assert check_feed(pc.engine).ok


def test_the_first_coupon_that_comes_after_its_receipt_has_the_sale(pc: Pc, guide_id: str) -> None:
    make_guide(pc.engine, pc.who.store_id, "G2", 2)
    third = make_guide(pc.engine, pc.who.store_id, "G3", 3)
    first, second = (_coupon(pc, whose, _client(pc)) for whose in (guide_id, third))
    _take(pc, _sale(guide_number="G2"))
    _use(pc, first, "A1", NOW + DAY_MS)
    _use(pc, second, "A1", NOW + 2 * DAY_MS)
    rows = [(row["guide_id"], row["amount_fen"]) for row in rows_of(pc.engine, "attribution")]
    assert {guide for guide, fen in rows if sum(part for whose, part in rows if whose == guide)} == {guide_id}


def test_a_coupon_in_conflict_speaks_for_nobody_when_its_receipt_comes(pc: Pc, guide_id: str) -> None:
    code = _coupon(pc, guide_id, _client(pc))
    _use(pc, code, "A1")
    said: dict[str, Any] = {"redemption_id": new_id(), "code": code, "order_no": "A2", "at": NOW}
    (refused,) = pc.push(pc.mutation("command", "coupon.redeem", new_id(), **said)).results
    assert refused.code == "coupon.redeemed"
    (taken,) = _take(pc, _sale("A2"))
    assert (taken.rule, taken.guide_id) == ("none", None)


def test_a_coupon_used_on_another_receipt_is_a_conflict_and_speaks_for_nobody(pc: Pc, guide_id: str) -> None:
    code = _coupon(pc, guide_id, _client(pc))
    _take(pc, _sale("A1", coupon_code=code))
    (taken,) = _take(pc, _sale("A2", coupon_code=code))
    assert (taken.status, taken.coupon, taken.rule) == ("applied", "coupon.redeemed", "none")
    assert [row["status"] for row in rows_of(pc.engine, "redemption")] == ["confirmed", "conflict"]


def test_a_redemption_known_by_its_order_number_speaks_for_its_guide(pc: Pc, guide_id: str) -> None:
    code = _coupon(pc, guide_id, _client(pc))
    _use(pc, code, "A1")
    (taken,) = _take(pc, _sale())
    assert (taken.rule, taken.guide_id) == ("coupon", guide_id)


def test_the_last_link_the_client_opened_counts(pc: Pc, guide_id: str) -> None:
    client_id, other = _client(pc, primary_guide_id=guide_id), make_guide(pc.engine, pc.who.store_id, "G2", 2)
    events = {
        new_id(): {"client_id": client_id, "guide_id": guide_id, "kind": "scan", "at": NOW - 3 * DAY_MS},
        new_id(): {"client_id": client_id, "guide_id": other, "kind": "claim", "at": NOW - 2 * DAY_MS},
        new_id(): {"client_id": client_id, "guide_id": guide_id, "kind": "scan", "at": NOW + 1},
    }
    put_all(pc.engine, pc.scope, "share_event", events)
    (taken,) = _take(pc, _sale(client=ClientRef(id=client_id)))
    assert (taken.rule, taken.guide_id) == ("link", other)
    (ruling,) = rows_of(pc.engine, "attribution")
    assert len(ruling["evidence"]["touches"]) == 3


def test_returns_are_taken_back_from_the_same_guide_to_the_fen(pc: Pc, guide_id: str) -> None:
    client_id = _client(pc, primary_guide_id=guide_id)
    _take(pc, _sale(client=ClientRef(id=client_id)))
    first = _take(pc, _refund(10_001))
    _take(pc, _refund(32_899, "R2"))
    assert (first[0].client_id, first[0].guide_id, first[0].rule) == (client_id, guide_id, "bound")
    assert [row["amount_fen"] for row in rows_of(pc.engine, "attribution")] == [42_900, -10_001, -32_899]
    purchase = rows_of(pc.engine, "purchase")[1]
    assert (purchase["kind"], purchase["total_fen"], purchase["origin_order_no"]) == ("return", -10_001, "A1")
    line = rows_of(pc.engine, "purchase_line")[1]
    assert (line["qty"], line["amount_fen"]) == (-1, -10_001)
    assert _take(pc, _refund(10_001))[0].status == "duplicate"


def test_a_return_of_an_unknown_sale_is_kept_and_nobodys(pc: Pc) -> None:
    (taken,) = _take(pc, _refund(500, origin="BEFORE-OUR-TIME"))
    assert (taken.status, taken.guide_id, taken.rule) == ("applied", None, "none")


def test_a_batch_too_large_for_one_transaction_is_refused_but_taken_in_parts(pc: Pc) -> None:
    lines = [ReceiptLine(1, 1, title="x") for _ in range(300)]
    receipts = [_sale(f"A{i}", lines=lines, total_fen=300) for i in range(8)]
    with pytest.raises(InvalidInputError) as caught:
        _take(pc, *receipts)
    assert caught.value.code == "request.too_large"
    assert [one.status for one in take_all(pc.engine, SECRET, receipts, NOW)] == ["applied"] * 8
    assert check_feed(pc.engine).ok

"""Where a scanned or typed text leads."""

from __future__ import annotations

import time

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.clients.model import ClientRow
from guide_app.flows.desk import Desk
from guide_app.flows.note_sale import Variant
from guide_app.protocol.link import Link, Subject, sign
from tests.guide_app.coupons import office
from tests.guide_app.coupons.office import by_office
from tests.helpers.book import CHEN, COUPON_CODE, LOAFER, SNEAKER, ZHOU, actor, ident

SHARED = sign(Link(5, 1, Subject.PRODUCT, 7, 0, 1), b"k" * 32)


@pytest.mark.parametrize(
    ("text", "kind", "product"),
    [
        ("2000000000015", "article", LOAFER),
        ("]E02000000000015", "article", LOAFER),
        ("02000000000015", "article", LOAFER),
        ("2000000000015\r\n", "article", LOAFER),
        ("２００００００００００１５", "article", LOAFER),
        ("\x1d0102000000000015", "article", LOAFER),
        ("0102000000000015", "article", LOAFER),
        ("https://id.example/01/02000000000022/21/7", "article", LOAFER),
        ("lf2601-bk-38", "article", LOAFER),
        ("SN2602", "product", SNEAKER),
        (f"https://s.redmaple.example/s/{SHARED}", "link", LOAFER),
        (f"{COUPON_CODE[:4]}-{COUPON_CODE[4:].lower()}", "coupon", ""),
        ("13800005678", "client", ""),
        ("+86 138 0000 5678", "client", ""),
        ("+8613800005678", "client", ""),
        ("NJ-40", "receipt", ""),
        ("https://u.wechat.com/EAbc", "card", ""),
        ("https://work.weixin.qq.com/ca/cawcde", "card", ""),
        ("4006381333931", "nothing", ""),
    ],
)
def test_what_a_scan_means(desk: Desk, text: str, kind: str, product: str) -> None:
    found = desk.scans.find(text)
    assert (found.kind, found.product_id) == (kind, product)


def test_a_voucher_is_a_coupon(desk: Desk) -> None:
    office.set_up(desk)
    short = by_office()
    assert (len(short), desk.scans.find(short.lower()).text) == (164, short)
    long = desk.coupon_deeds.issue("满300减50", CHEN, actor()).token
    assert len(long) == 353
    assert desk.scans.find(long).text == long


def test_a_misread_code_says_so(desk: Desk) -> None:
    for text, told in (("2000000000016", "gtin.check_digit"), (COUPON_CODE[:-1] + "2", "coupon.mistyped")):
        found = desk.scans.find(text)
        assert found.kind == "nothing"
        assert found.fault is not None
        assert found.fault.code == told


def test_typed_words_offer_what_they_could_mean(desk: Desk) -> None:
    style = desk.scans.find("LF2601", typed=True)
    assert (style.kind, [one.size for one in style.variants]) == ("articles", ["37", "38"])
    plain = desk.scans.find("SN2602", typed=True)
    assert (plain.kind, plain.variants[0].title, plain.variants[0].price_fen) == ("article", "云感小白鞋", 42_900)
    assert desk.scans.find("陈雅婷", typed=True).clients[0].id == CHEN
    assert desk.scans.find("没有这样的", typed=True).kind == "nothing"


def test_a_products_whole_name_means_it_before_who_speaks_of_it(desk: Desk) -> None:
    alone = desk.scans.find("云感小白鞋", typed=True)
    assert (alone.kind, [one.code for one in alone.variants]) == ("article", ["SN2602"]), "it has no variants"
    desk.client_deeds.edit(CHEN, {"remark": "想要 云感小白鞋, 也问过 软底乐福鞋"}, actor())
    found = desk.scans.find("云感小白鞋", typed=True)
    assert [getattr(one, "code", one.id if isinstance(one, ClientRow) else "") for one in found.choices] == [
        "SN2602", CHEN,
    ]  # fmt: skip
    part = desk.scans.find("软底乐福鞋", typed=True)
    assert [type(one) for one in part.choices] == [Variant, Variant, ClientRow], "only told of in her remark"
    assert desk.scans.find("想要", typed=True).kind == "client", "words of nobody else"
    desk.client_deeds.edit(ZHOU, {"name": "云感小白鞋周"}, actor())
    named = desk.scans.find("云感小白鞋", typed=True)
    assert [type(one) for one in named.choices] == [Variant, ClientRow, ClientRow], "its whole name is the product's"
    desk.client_deeds.edit(ZHOU, {"name": "软底周"}, actor())
    both = desk.scans.find("软底", typed=True)
    assert [type(one) for one in both.choices] == [ClientRow, Variant, Variant, ClientRow], "who bears the name first"


def test_her_size_of_what_was_scanned_within_a_blink(desk: Desk) -> None:
    began = time.process_time()
    found = desk.scans.find("2000000000022")
    hers = desk.scans.her_size(CHEN, found.product_id)
    took = time.process_time() - began
    assert hers is not None
    assert (hers.name, hers.size, hers.stated, hers.available, hers.elsewhere) == ("陈雅婷", "37", True, 2, 6)
    assert took < 0.15
    assert desk.scans.her_size(CHEN, "nobody") is None
    desk.stock_requests.ask("hold", ident(10), 2, DAY_MS, actor())
    kept = desk.scans.her_size(CHEN, found.product_id)
    assert kept is not None
    assert (kept.available, kept.elsewhere) == (0, 6), "what is kept for somebody is not there for her"

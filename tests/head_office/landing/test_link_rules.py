"""Printed links that head office leads elsewhere, takes out of use, and brings back."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.protocol.link import Subject
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.feed.write import in_transaction, write_all
from head_office.sharing.link_rules import Detour, Range, decree, link_range, list_rules, share_ref, take_back
from head_office.store.tables import audit
from tests.head_office.landing.shop import (
    DEVICE,
    GUIDE,
    NOW,
    PRODUCT,
    SECRET,
    STORE,
    Browser,
    Shop,
    link_code,
    product_link,
    record_id,
)
from tests.head_office.landing.test_claim import claim

OTHER = record_id(60)
CODE = link_code()
THIS = Range("link", share_ref(product_link()))
RANGES = [THIS, Range("device", DEVICE), Range("product", PRODUCT)]


@pytest.fixture(autouse=True)
def _another_product(shop: Shop) -> None:
    boots = {"no": 302, "spu": "RM26A302", "name": "羊皮短靴", "price_fen": 89_900}
    write_all(shop.engine, NOW, [((BRAND, "product", OTHER), boots)])


def set_rule(shop: Shop, about: Range, detour: Detour | None) -> None:
    """Decree something of links."""
    in_transaction(shop.engine, lambda c: decree(c, about, detour, by="李总", reason="换季", now_ms=NOW))


def restore(shop: Shop, about: Range) -> None:
    """Take it back."""
    in_transaction(shop.engine, lambda c: take_back(c, about, by="李总", now_ms=NOW + 1))


@pytest.mark.parametrize("about", RANGES, ids=lambda about: about.what)
def test_a_printed_link_opens_another_product_and_back_again(shop: Shop, visitor: Browser, about: Range) -> None:
    set_rule(shop, about, Detour(OTHER))
    text = visitor.get(f"/s/{CODE}").text
    assert "羊皮短靴" in text
    assert "软底乐福鞋" not in text
    for kept in ("王敏", "立即领取"):  # attribution and coupon are those that were signed
        assert kept in text
    [scan] = shop.rows("share_event")
    assert (scan["guide_id"], scan["product_id"]) == (GUIDE, OTHER)
    restore(shop, about)
    assert "软底乐福鞋" in visitor.get(f"/s/{CODE}").text


def test_a_price_of_another_thing_is_not_told(shop: Shop, visitor: Browser) -> None:
    share = {"guide_id": GUIDE, "product_id": PRODUCT, "key_no": 7, "share_no": 1, "price_fen": 12_300, "at": NOW}
    write_all(shop.engine, NOW, [((store_scope(STORE), "share", record_id(61)), share)])
    told = "海报上的价格是 ¥123"
    assert told in visitor.get(f"/s/{CODE}").text
    set_rule(shop, THIS, Detour(OTHER))
    assert told not in visitor.get(f"/s/{CODE}").text


def test_the_closer_rule_goes_first(shop: Shop, visitor: Browser) -> None:
    set_rule(shop, Range("product", PRODUCT), Detour(OTHER))
    set_rule(shop, THIS, Detour(None))
    assert "羊皮短靴" not in visitor.get(f"/s/{CODE}").text
    assert "羊皮短靴" in visitor.get(f"/s/{link_code(share_no=2)}").text


def test_a_link_out_of_use_does_not_come_back_by_leading_elsewhere(shop: Shop, visitor: Browser) -> None:
    set_rule(shop, THIS, None)
    set_rule(shop, THIS, Detour(OTHER))
    assert visitor.get(f"/s/{CODE}").status == 410


def test_a_campaigns_links_lead_to_a_product(shop: Shop, visitor: Browser) -> None:
    code = link_code(subject=Subject.CAMPAIGN, subject_no=5)
    assert visitor.get(f"/s/{code}").status == 404
    set_rule(shop, Range("campaign", "5"), Detour(OTHER))
    assert "羊皮短靴" in visitor.get(f"/s/{code}").text


@pytest.mark.parametrize("about", RANGES, ids=lambda about: about.what)
def test_a_link_out_of_use_shows_nothing_and_gives_nothing(shop: Shop, visitor: Browser, about: Range) -> None:
    set_rule(shop, about, None)
    for answer in (
        visitor.get(f"/s/{CODE}"),
        visitor.post(f"/s/{CODE}/claim", {"phone": "13812345678"}),
    ):
        assert answer.status == 410
        assert "这个链接已停用" in answer.text
    assert shop.rows("coupon") == shop.rows("share_event") == []
    restore(shop, about)
    assert visitor.get(f"/s/{CODE}").status == 200


def test_her_coupon_and_the_way_to_take_consent_back_stay_open(shop: Shop, visitor: Browser) -> None:
    coupon = claim(visitor).headers["location"]
    set_rule(shop, THIS, None)
    page = visitor.get(f"/s/{CODE}")
    assert page.status == 410
    assert f"/s/{CODE}/privacy" in page.text
    assert visitor.get(coupon).status == 200
    answer = visitor.get(f"/s/{CODE}/privacy")
    assert answer.status == 200
    assert "撤回" in answer.text


def test_other_links_go_on(shop: Shop, visitor: Browser) -> None:
    set_rule(shop, THIS, None)
    assert visitor.get(f"/s/{link_code(share_no=2)}").status == 200


def test_who_and_why_are_kept(shop: Shop) -> None:
    for by, reason in (("", "x"), ("李总", " ")):
        with pytest.raises(InvalidInputError):
            in_transaction(shop.engine, partial(decree, about=THIS, detour=None, by=by, reason=reason, now_ms=NOW))
    set_rule(shop, THIS, Detour(OTHER))
    set_rule(shop, THIS, Detour(None))  # takes the place of the one before
    restore(shop, THIS)
    with pytest.raises(NotFoundError):
        restore(shop, THIS)
    with shop.engine.connect() as connection:
        told = [(line.spu, line.by_name, line.ended_by) for line in list_rules(connection)]
        deeds = connection.scalars(sa.select(audit.c.deed).order_by(audit.c.at_ms, audit.c.id)).all()
    assert sorted(told) == [("", "李总", "李总"), ("RM26A302", "李总", "李总")]
    assert sorted(deeds) == ["link.restore", "link.retarget", "link.retarget"]


def test_a_link_is_named_by_code_or_address() -> None:
    assert link_range(SECRET, CODE) == link_range(SECRET, f"https://go.example.com/s/{CODE}") == THIS
    with pytest.raises(InvalidInputError):
        link_range(SECRET, CODE[:-1] + ("A" if CODE[-1] != "A" else "B"))

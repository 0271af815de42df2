"""What a poster promises with a coupon: taken off only what it takes off for everybody, on every day; else named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.clients.standing import Flag
from guide_app.flows.desk import Desk
from guide_app.flows.poster import coupon_content, look_content, offer_text, poster_content, price_until, surely_off
from guide_app.protocol.coupon_bill import BillLine
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.sharing.queries import CouponOffer, Sender
from guide_app.sharing.service import ShareDraft
from tests.helpers.book import CHEN, LI, LOAFER, NOW, OTHER_STORE, SNEAKER, STORE, Frames, actor, ident

SENDER = Sender("红枫叶 REDMAPLE", "王敏", "南京西路店", "021-62580000")
URL = "https://s.redmaple.example/s/1"
MANAGER = Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")
SHOE = BillLine(LOAFER, "鞋/乐福鞋", 1, 56900)
BAG = BillLine(SNEAKER, "包", 1, 42900)


def offered(**terms: Any) -> CouponOffer:
    made = CouponTemplate(
        id=ident(7), no=3, **{"name": "满400减80", "min_spend_fen": 40000, "discount_fen": 8000, **terms}
    )
    return CouponOffer(
        made.id, made.no, made.name, made.kind, made.min_spend_fen, made.discount_fen, made.percent_off,
        made.max_discount_fen, made.valid_until, made,
    )  # fmt: skip


def publish(desk: Desk, kind: str, record: str, **fields: Any) -> None:
    frame = Frames()
    frame._seq = 500
    desk.db.apply(lambda applier: applier.apply([frame(kind, record, **fields)]))


@pytest.mark.parametrize(
    ("terms", "off"),
    [
        ({}, 8000),
        ({"for_categories": ["鞋"]}, 8000),
        ({"for_categories": ["包"]}, 0),
        ({"not_products": [LOAFER]}, 0),
        ({"min_spend_fen": 60000}, 0),
        ({"new_only": True}, 0),
        ({"for_levels": ["金卡"]}, 0),
        ({"weekdays": 0b1100000}, 0),
        ({"weekdays": 0b0001000}, 0),
        ({"day_until": 1200}, 0),
        ({"for_channels": ["store"]}, 0),
        ({"day_from": 600}, 0),
        ({"for_stores": [STORE]}, 8000),
        ({"kind": "nth_item", "nth": 2, "percent_off": 50}, 0),
        ({"kind": "random_off", "random_min_fen": 100, "random_max_fen": 900}, 0),
    ],
)
def test_only_what_holds_for_everybody_is_taken_off(terms: dict[str, Any], off: int) -> None:
    assert surely_off(offered(**terms), (SHOE,)) == off


def test_the_second_piece_of_a_look_is_reduced() -> None:
    half = offered(kind="nth_item", nth=2, percent_off=50, min_spend_fen=0)
    assert surely_off(half, (SHOE, BAG)) == 21450
    assert surely_off(None, (SHOE, BAG)) == 0


@given(st.lists(st.integers(1, 500_000), min_size=1, max_size=6), st.integers(0, 300_000), st.integers(0, 300_000))
def test_a_price_after_coupon_is_never_below_nothing(prices: list[int], least: int, discount: int) -> None:
    lines = tuple(BillLine(ident(900 + n), "鞋", 1, price) for n, price in enumerate(prices))
    off = surely_off(offered(min_spend_fen=least, discount_fen=discount), lines)
    assert off == (min(discount, sum(prices)) if sum(prices) >= least else 0)


def test_a_looks_poster_shows_its_price_after_coupon(desk: Desk) -> None:
    look = desk.looks.card(desk.looks.save("初冬通勤一身", [LOAFER, SNEAKER], actor()))
    content = look_content(look, offered(), SENDER, URL, {}, NOW)
    assert (content.price_fen, content.struck_fen(), content.price_label) == (91800, 99800, "2 件券后")


def test_a_coupon_for_other_goods_is_named_and_not_taken_off(desk: Desk) -> None:
    card = desk.catalogue.card(LOAFER, STORE)
    content = poster_content(card, offered(not_products=[LOAFER]), SENDER, URL, None)
    assert (content.price_fen, content.struck_fen(), content.coupon) == (56900, None, "扫码领 满400减80")


def test_a_coupons_own_poster_says_its_worth_and_its_limits() -> None:
    content = coupon_content(offered(for_categories=["鞋"], weekdays=0b1100000, new_only=True), SENDER, URL)
    assert (content.about, content.price_fen) == ("coupon", 8000)
    assert content.selling_points[:3] == ("限鞋", "限周六日", "限首次购买")
    half = offered(name="冬靴", kind="nth_item", nth=2, percent_off=50)
    assert (coupon_content(half, SENDER, URL).price_fen, offer_text(half)) == (None, "满 ¥400 第 2 件 5 折")


def test_coupons_of_other_stores_and_recalled_ones_are_not_offered(desk: Desk) -> None:
    fields = {"no": 9, "name": "别店券", "discount_fen": 100, "status": "active"}
    publish(desk, "coupon_template", ident(901), **fields, for_stores=[OTHER_STORE])
    assert [offer.name for offer in desk.sharing.offers()] == ["满400减80"]
    publish(desk, "coupon_template", ident(901), **fields, for_stores=[STORE])
    assert [offer.name for offer in desk.sharing.offers()] == ["满400减80", "别店券"]
    publish(desk, "coupon_template", ident(901), **fields, recalled_at=NOW)
    assert [offer.name for offer in desk.sharing.offers()] == ["满400减80"]


def test_head_office_sets_how_long_a_posters_price_holds(desk: Desk) -> None:
    assert desk.sharing.poster_days() == 7
    publish(desk, "house_rule", ident(902), name="poster_price", value={"days": 3})
    assert desk.sharing.poster_days() == 3
    assert price_until(None, NOW, 3) < price_until(None, NOW, 7)


@pytest.mark.parametrize(
    "fields",
    [{"status": "stopped"}, {"sensitive": True}, {"channels": ["store"]}],
    ids=["stopped", "sensitive", "shop"],
)
def test_the_deed_refuses_what_must_not_be_shared_whoever_asks(desk: Desk, fields: dict[str, Any]) -> None:
    publish(desk, "product", LOAFER, no=7, spu="LF2601", name="软底乐福鞋", price_fen=56900, **fields)
    draft = ShareDraft(LOAFER, 7, 56900, "moments")
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    for ask in (
        lambda: desk.share_deeds.require_shareable(draft),
        lambda: desk.share_deeds.record(draft, link, "cli", actor()),
        lambda: desk.sending.record(draft, link, "copy", actor()),
    ):
        with pytest.raises(InvalidInputError, match="不能分享") as refused:
            ask()
        assert refused.value.code == "product.not_shareable"
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM share").scalar_one()) == 0


@pytest.mark.parametrize("flag", ["complaint", "blocked"])
def test_the_deed_refuses_a_flagged_client_but_keeps_what_has_left(desk: Desk, flag: Flag) -> None:
    draft = ShareDraft(LOAFER, 7, 56900, "moments", client_id=CHEN)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())
    desk.card_deeds.standing.flag(CHEN, flag, "鞋底开胶", MANAGER)
    with pytest.raises(InvalidInputError, match="不能发送"):
        desk.share_deeds.record(draft, link, "cli", actor())
    desk.sending.record(draft, link, "copy", actor(), left=True)
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM share").scalar_one()) == 1


def test_what_cannot_leave_is_not_recorded(desk: Desk) -> None:
    draft = ShareDraft(LOAFER, 7, 56900, "moments", client_id=CHEN)
    link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor()), actor())

    def full() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        desk.sending.record(draft, link, "save", actor(), leave=full)
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT count(*) FROM share").scalar_one()) == 0

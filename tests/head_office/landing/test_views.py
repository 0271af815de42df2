"""View models: from records to what stands on the page, without a request."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.protocol.coupon_terms import discount
from guide_app.protocol.link import Subject
from guide_app.protocol.records import Coupon, Guide, Product, Sku, Stock, Store
from guide_app.protocol.stock_records import NearbyFigure
from head_office.catalogue.prices import Asked
from head_office.coupons.model import Template
from head_office.landing.coupon_view import held_view
from head_office.landing.facts import Facts
from head_office.landing.offer_view import poster_words, price_view, ticket_state, ticket_view
from head_office.landing.page_view import page_view
from head_office.landing.people_view import card_view
from head_office.landing.stock_view import FEW, stock_view
from head_office.landing.terms_view import conditions, rules, worth
from tests.head_office.landing.shop import MINUTE, NOW, record_id

STORE_ID, OTHER = record_id(900), record_id(901)
PRODUCT = Product(name="乐福鞋", category="女鞋", price_fen=56_900, tag_price_fen=69_900)
STORE = Store(name="南京西路店", phone="021-6288 0000", address="南京西路 1266 号", hours="10:00–22:00")
GUIDE = Guide(name="王敏", number="1024", no=21)
TEMPLATE = Template(
    id=record_id(902),
    no=9,
    name="秋季券",
    kind="threshold_off",
    min_spend_fen=40_000,
    discount_fen=8_000,
    percent_off=0,
    max_discount_fen=0,
    valid_from=NOW - DAY_MS,
    valid_until=NOW + 18 * DAY_MS,
    valid_days=0,
    claim_limit=1,
    quota=0,
    status="active",
)


def with_terms(**changes: object) -> Template:
    return msgspec.structs.replace(TEMPLATE, **changes)


def facts(*, sizes: dict[str, int | None] | None = None, **changes: object) -> Facts:
    """A product with these sizes in stock; None: no figure has come yet."""
    counts = {"36": 5, "37": 2} if sizes is None else sizes
    skus = tuple(Sku(id=record_id(i), size=size, colour="黑", rank=i) for i, size in enumerate(counts))
    stock = {
        sku.id: Stock(id=sku.id, available=left, as_of=NOW - 12 * MINUTE)
        for sku in skus
        if (left := counts[sku.size]) is not None
    }
    whole = Facts("c", Subject.PRODUCT, STORE, GUIDE, PRODUCT, skus, stock, template=TEMPLATE)
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]  # the fields a test names


# --- stock -------------------------------------------------------------------------------------------------------


def test_the_last_pieces_are_counted_and_the_figure_is_dated() -> None:
    view = stock_view(facts(), NOW)
    assert view is not None
    assert (view.sentence, view.age, view.stale) == ("本店 37 码余 2 双", "12 分钟前", False)
    assert [(s.label, s.state, s.left) for s in view.colours[0].sizes] == [("36", "some", 0), ("37", "few", 2)]
    assert view.colours[0].sizes[1].spoken == "37 码，余 2 双"


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ({"36": 0, "37": 0}, "本店暂时缺货"),
        ({"36": 0, "37": -1}, "本店暂时缺货"),
        ({"36": 9, "37": 9}, "本店有现货"),
        ({"36": 9, "37": 0}, "本店部分尺码有现货"),
        ({"36": None, "37": None}, "本店库存还没有上报"),
        ({"35": 1, "36": 1, "37": 1}, "本店 35 码余 1 双、36 码余 1 双 等"),
    ],
)
def test_the_sentence_says_what_the_figures_say(sizes: dict[str, int | None], sentence: str) -> None:
    view = stock_view(facts(sizes=sizes), NOW)
    assert view is not None
    assert view.sentence == sentence


@given(st.integers(-5, 200))
def test_no_size_is_made_scarcer_or_richer_than_it_is(available: int) -> None:
    view = stock_view(facts(sizes={"37": available}), NOW)
    assert view is not None
    size = view.colours[0].sizes[0]
    assert (size.state == "none") == (available <= 0)
    assert (size.state == "few") == (0 < available <= FEW)
    assert size.left == (available if size.state == "few" else 0)


def test_old_figures_are_marked_and_the_oldest_dates_the_page() -> None:
    view = stock_view(facts(), NOW + DAY_MS)
    assert view is not None
    assert view.stale
    assert view.age == "1 天前"


def test_neighbours_are_named_only_for_what_is_missing_here() -> None:
    made = facts(sizes={"37": 0, "38": 4})
    figures = {sku.id: (NearbyFigure(OTHER, 2, NOW - 60 * MINUTE),) for sku in made.skus}
    view = stock_view(dataclasses.replace(made, nearby=figures, store_names={OTHER: "徐家汇店"}), NOW)
    assert view is not None
    assert view.nearby == ("徐家汇店 37 码余 2 双 · 1 小时前",)


def test_two_colours_are_two_rows_and_the_sentence_names_the_colour() -> None:
    skus = (Sku(id=record_id(1), size="37", colour="黑"), Sku(id=record_id(2), size="37", colour="棕", rank=1))
    stock = {skus[1].id: Stock(id=skus[1].id, available=1, as_of=NOW)}
    view = stock_view(facts(skus=skus, stock=stock), NOW)
    assert view is not None
    assert [colour.name for colour in view.colours] == ["黑", "棕"]
    assert view.sentence == "本店 棕 37 码余 1 双"


# --- prices and coupons ------------------------------------------------------------------------------------------


def test_prices_of_the_picture() -> None:
    price = price_view(PRODUCT, (), TEMPLATE, 56_900)
    assert (price.now, price.after_coupon, price.tag, price.poster) == ("¥569", "¥489", "¥699", "")


@pytest.mark.parametrize("tag", [0, 56_900, 40_000])
def test_a_tag_price_that_is_not_higher_is_not_told(tag: int) -> None:
    product = Product(price_fen=56_900, tag_price_fen=tag)
    assert price_view(product, (), None, 0).tag == ""


def test_only_what_was_asked_in_the_week_before_is_struck_through_and_said_to_be_that() -> None:
    asked = (Asked(0, 62_900), Asked(NOW - 3 * DAY_MS, 56_900))
    price = price_view(PRODUCT, (), TEMPLATE, 0, now_ms=NOW, asked=asked)
    assert (price.was, price.was_said) == ("¥629", "划线价 ¥629 是 11 月 21 日降价前 7 日内的最低标价。")
    assert price_view(PRODUCT, (), TEMPLATE, 0, now_ms=NOW, asked=asked[1:]).was == "", "not even with a higher tag"
    own = price_view(PRODUCT, (Sku(price_fen=52_900),), TEMPLATE, 0, now_ms=NOW, asked=asked)
    assert own.was == "", "nobody wrote down what the variant cost"
    private = msgspec.structs.replace(PRODUCT, private_price_fen=49_900)
    shared = price_view(private, (), None, 0, now_ms=NOW, asked=asked, chat=True)
    assert (shared.was, shared.was_said) == ("¥569", "划线价 ¥569 是近 7 日内门店的最低标价。")
    assert price_view(private, (), None, 0, now_ms=NOW, asked=asked).was == "¥629", "who scans the thing itself"


def test_a_price_that_changed_since_the_poster_is_told() -> None:
    assert price_view(PRODUCT, (), None, 54_900).poster == "¥549"
    assert price_view(PRODUCT, (), None, 0).poster == ""


@pytest.mark.parametrize(
    ("was_fen", "days", "said"),
    [
        (0, 0, ""),
        (0, 4, "海报价有效至 11 月 28 日。"),
        (0, -4, "海报标明价格有效至 11 月 20 日，已经到期；现在仍是这个价。"),
        (54_900, 4, "海报上的价格是 ¥549，标明有效至 11 月 28 日；之后调整过，到店请出示海报问导购。"),
        (54_900, -4, "海报上的价格是 ¥549，已于 11 月 20 日到期；以本页现价为准。"),
        (54_900, 0, "海报上的价格是 ¥549，之后调整过；以本页现价为准。"),
        (59_900, 4, "海报上的价格是 ¥599，现在更便宜；以本页现价为准。"),
        (59_900, -4, "海报上的价格是 ¥599，现在更便宜；以本页现价为准。"),
    ],
)
def test_what_a_posters_price_is_worth_today_is_one_friendly_sentence(was_fen: int, days: int, said: str) -> None:
    until = day_start_ms(china_date(NOW)) + (days + 1) * DAY_MS if days else 0
    assert poster_words(was_fen, 56_900, until, NOW) == said
    assert price_view(PRODUCT, (), None, was_fen or 56_900, until, NOW).poster_said == said


def test_the_lowest_of_several_prices_is_said_to_be_one() -> None:
    price = price_view(PRODUCT, (Sku(price_fen=52_900), Sku()), TEMPLATE, 0)
    assert (price.now, price.lowest_of_several, price.after_coupon) == ("¥529", True, "¥449")


@given(
    price=st.integers(0, 10**7),
    kind=st.sampled_from(["threshold_off", "percent_off", "cash_off"]),
    off=st.integers(0, 10**6),
    percent=st.integers(0, 100),
    least=st.integers(0, 10**6),
    most=st.integers(0, 10**5),
)
def test_the_price_after_the_coupon_is_what_the_counter_will_ask(
    price: int, kind: str, off: int, percent: int, least: int, most: int
) -> None:
    terms = with_terms(kind=kind, discount_fen=off, percent_off=percent, min_spend_fen=least, max_discount_fen=most)
    view = price_view(Product(price_fen=price), (), terms, 0)
    taken = discount(terms, price)
    assert bool(view.after_coupon) == (taken > 0)
    assert 0 <= taken <= price


@pytest.mark.parametrize(
    ("changes", "remaining", "state"),
    [
        ({}, None, "open"),
        ({}, 1, "open"),
        ({}, 0, "exhausted"),
        ({"status": "paused"}, None, "paused"),
        ({"status": "ended"}, None, "ended"),
        ({"valid_until": NOW}, None, "ended"),
        ({"valid_from": NOW + DAY_MS}, None, "open"),
    ],
)
def test_whether_a_coupon_can_be_had(changes: dict[str, object], remaining: int | None, state: str) -> None:
    terms = with_terms(**changes)
    assert ticket_state(terms, remaining, NOW) == state
    view = ticket_view(terms, remaining, 56_900, NOW)
    assert view.open == (state == "open")
    assert bool(view.reason) == (state != "open")


def test_the_terms_are_all_there() -> None:
    assert ticket_view(TEMPLATE, None, 56_900, NOW).terms == (
        "满 400 元可用 · 到店出示",
        "有效至 12 月 12 日 · 每人限领 1 张",
    )
    days = with_terms(valid_days=7, valid_until=0, min_spend_fen=0, claim_limit=0)
    assert ticket_view(days, None, None, NOW).terms == ("无门槛 · 到店出示", "领取后 7 天内有效")
    later = with_terms(valid_from=NOW + 2 * DAY_MS)
    assert ticket_view(later, None, None, NOW).terms[1] == "11 月 26 日至 12 月 12 日有效 · 每人限领 1 张"
    tenth = with_terms(kind="percent_off", percent_off=15, max_discount_fen=5_050, min_spend_fen=0)
    assert ticket_view(tenth, None, None, NOW).terms[0] == "无门槛，最多减 ¥50.50 · 到店出示"
    assert worth(tenth) == ("8.5", "折")


def test_a_product_below_the_threshold_says_how_much_is_missing() -> None:
    assert "¥101" in ticket_view(TEMPLATE, None, 29_900, NOW).hint
    assert not ticket_view(TEMPLATE, None, 40_000, NOW).hint


# --- people ------------------------------------------------------------------------------------------------------


def test_a_guide_who_left_gives_way_to_the_store() -> None:
    there = card_view(GUIDE, STORE, "红枫叶")
    assert (there.guide, there.number, there.store, there.dial) == ("王敏", "1024", "南京西路店", "02162880000")
    for gone in (None, Guide(name="王敏", number="1024", active=False)):
        card = card_view(gone, STORE, "红枫叶")
        assert (card.name, card.guide, card.number, card.left) == ("南京西路店", "", "", True)
    assert card_view(None, None, "红枫叶").name == "红枫叶"


# --- whole pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "kind", "status"),
    [
        (facts(), "product", 200),
        (facts(product=Product(name="旧款", status="stopped")), "stopped", 410),
        (facts(product=None, skus=()), "unknown", 404),
        (facts(product=None, skus=(), subject=Subject.CARD), "card", 200),
        (facts(product=None, skus=(), subject=Subject.CAMPAIGN), "unknown", 404),
    ],
)
def test_which_page_it_is(made: Facts, kind: str, status: int) -> None:
    view = page_view(made, "红枫叶", NOW)
    assert (view.kind, view.status) == (kind, status)
    assert (view.ticket is not None) == (kind in ("product", "card"))
    assert (view.stock is not None) == (kind == "product")


def test_a_coupon_that_ended_no_longer_lowers_the_price() -> None:
    view = page_view(facts(template=with_terms(status="ended")), "红枫叶", NOW)
    assert view.product is not None
    assert view.product.price.after_coupon == ""
    assert not view.claimable


# --- the coupon in the hand --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "ready"),
        ({"valid_from": NOW + 1}, "early"),
        ({"valid_until": NOW}, "expired"),
        ({"valid_until": 0}, "ready"),
        ({"status": "expired"}, "expired"),
        ({"status": "void"}, "void"),
        ({"status": "redeemed", "redeemed_at": NOW - MINUTE}, "redeemed"),
    ],
)
def test_where_a_coupon_stands(changes: dict[str, object], state: str) -> None:
    base = {"code": "7KQ2M9RTX4HD3J", "valid_from": NOW - DAY_MS, "valid_until": NOW + DAY_MS}
    coupon = Coupon(**{**base, **changes})  # type: ignore[arg-type]  # the fields a test names
    view = held_view(coupon, TEMPLATE, card_view(GUIDE, STORE, ""), NOW)
    assert view.state == state
    assert view.usable == (state in ("ready", "early"))
    assert view.shown_code == "7KQ2-M9RT-X4HD-3J"


@pytest.mark.parametrize(
    ("terms", "figure", "said"),
    [
        ({"kind": "threshold_off"}, ("80", "¥"), "满 400 元可用"),
        ({"kind": "cash_off", "min_spend_fen": 0}, ("80", "¥"), "无门槛"),
        ({"kind": "percent_off", "percent_off": 15, "max_discount_fen": 9_900}, ("8.5", "折"), "最多减 99 元"),
        ({"kind": "nth_item", "nth": 2, "percent_off": 50, "min_spend_fen": 0}, ("5", "折"), "第 2 件"),
        ({"kind": "nth_item", "nth": 3, "percent_off": 100, "min_qty": 3}, ("免单", ""), "满 400 元且满 3 件可用"),
        ({"kind": "random_off", "random_min_fen": 100, "random_max_fen": 9_900}, ("1–99", "¥"), "金额随机"),
        ({"kind": "exchange", "min_spend_fen": 0}, ("兑换", ""), "无门槛"),
        ({"kind": "shipping_off", "discount_fen": 0, "min_spend_fen": 0}, ("免运费", ""), "抵运费"),
        ({"kind": "shipping_off", "discount_fen": 1_000}, ("10", "¥"), "抵运费，满 400 元可用"),
    ],
)
def test_what_every_kind_is_worth_in_words(terms: dict[str, Any], figure: tuple[str, str], said: str) -> None:
    template = with_terms(**terms)
    assert worth(template) == figure
    assert said in conditions(template)


def test_what_was_drawn_is_shown_once_it_is() -> None:
    template = with_terms(kind="random_off", random_min_fen=100, random_max_fen=9_900)
    coupon = Coupon(code="7KQ2M9RTX4HD3J", value_fen=6_600, token="GD2")
    view = held_view(coupon, template, card_view(GUIDE, STORE, ""), NOW)
    assert (view.figure, view.unit, view.scanned) == ("66", "¥", "GD2")


def test_every_limit_of_a_coupon_is_said_before_she_comes() -> None:
    boots, gift, store = record_id(801), record_id(802), record_id(803)
    template = with_terms(
        kind="exchange", gift_product_id=gift, for_products=[boots, record_id(899)], for_categories=["鞋"],
        not_products=[boots], for_stores=[store], for_channels=["store"], for_levels=["金卡"], new_only=True,
        stacking=False, weekdays=0b1100000, day_from=600, day_until=120,
    )  # fmt: skip
    assert rules(template, {boots: "短靴", gift: "鞋油", store: "南京西路店"}) == (
        "凭券兑换「鞋油」一件，随单取走",
        "限 鞋、「短靴」 等 2 款",
        "不含 短靴",
        "限 南京西路店",
        "限 门店使用",
        "限 金卡会员",
        "限首次购买",
        "不与其他券同用",
        "限本人使用，转让、转卖无效",
        "周六、周日可用",
        "每天 10:00 至 次日 2:00 可用",
    )
    assert rules(with_terms(transferable=True, exclusive_group="双十二"), {}) == (
        "同类的券一单用一张", "可以转给他人使用",
    )  # fmt: skip
    assert "指定" in rules(with_terms(for_products=[boots], for_stores=[store]), {})[0]
    assert rules(with_terms(for_categories=["鞋"], for_tags=["新品"]), {})[0] == "限 鞋、「新品」商品"


def test_no_price_is_promised_that_depends_on_who_buys_or_what_is_drawn() -> None:
    for terms in (
        {"for_levels": ["金卡"]},
        {"new_only": True},
        {"for_categories": ["帽"]},
        {"kind": "random_off", "random_min_fen": 1, "random_max_fen": 2},
        {"kind": "nth_item", "nth": 2, "percent_off": 50},
    ):
        assert price_view(PRODUCT, (), with_terms(**terms), 0).after_coupon == ""
    view = ticket_view(with_terms(for_categories=["帽"]), None, 56_900, NOW, product=PRODUCT)
    assert view.hint == "这张券不能用于本款，可用于其他商品"


@pytest.mark.parametrize(
    ("used_up", "said"),
    [("day", "明天"), ("store", "本店"), ("guide", "导购"), ("budget", "领完")],
)
def test_which_limit_is_reached_is_said(used_up: Any, said: str) -> None:
    view = ticket_view(TEMPLATE, None, 56_900, NOW, used_up=used_up)
    assert not view.open
    assert said in view.reason


def test_a_recalled_batch_shows_no_code() -> None:
    template = with_terms(recalled_at=NOW)
    view = held_view(Coupon(code="7KQ2M9RTX4HD3J"), template, card_view(GUIDE, STORE, ""), NOW)
    assert (view.state, view.usable) == ("void", False)

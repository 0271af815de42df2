from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.link import Subject
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.feed.write import write_all
from tests.head_office.landing.shop import (
    GUIDE,
    NEXT_STORE,
    NOW,
    PRODUCT,
    STORE,
    Browser,
    Shop,
    default_records,
    link_code,
    record_id,
)

COAT, SCARF, LOOK, OTHER_LOOK, SHARE = (record_id(n) for n in range(40, 45))
NUMBER = 77
URL = "/s/" + link_code(subject=Subject.LOOK, subject_no=NUMBER)


def product(no: int, name: str, price_fen: int, **fields: Any) -> dict[str, Any]:
    return {"no": no, "spu": f"RM{no}", "name": name, "price_fen": price_fen, "points": ["双面呢", "及膝"], **fields}


def look(**fields: Any) -> dict[str, Any]:
    plain = {"name": "初冬通勤一身", "product_ids": [COAT, PRODUCT, SCARF], "no": NUMBER, "guide_id": GUIDE, "at": NOW}
    return {**plain, **fields}


@pytest.fixture
def shop(office_engine: Engine) -> Shop:
    records: dict[tuple[Scope, str, str], Mapping[str, Any]] = dict(default_records())
    records[BRAND, "product", COAT] = product(302, "双面呢长大衣", 129_900)
    records[BRAND, "product", SCARF] = product(303, "羊绒格纹围巾", 29_900)
    return Shop(office_engine, records=records)


def keep(shop: Shop, kind: str, id_: str, fields: Mapping[str, Any], store: str = STORE) -> None:
    write_all(shop.engine, NOW, [((store_scope(store), kind, id_), fields)])


def test_the_page_of_a_look_shows_its_things_in_order_with_todays_prices(shop: Shop) -> None:
    keep(shop, "look", LOOK, look())
    shop.change("product", SCARF, price_fen=19_900)
    page = Browser(shop.app).get(URL)
    assert page.status == 200
    body = page.text[page.text.index("<body") :]
    places = [body.index(word) for word in ("初冬通勤一身", "双面呢长大衣", "软底乐福鞋", "羊绒格纹围巾", "王敏")]
    assert places == sorted(places)
    assert "3 件合计" in page.text
    assert "2,067" in page.text
    assert "¥199" in page.text
    assert "立即领取" in page.text


def test_what_is_not_sold_any_more_leaves_the_look(shop: Shop) -> None:
    keep(shop, "look", LOOK, look())
    shop.change("product", SCARF, status="stopped")
    page = Browser(shop.app).get(URL)
    assert "2 件合计" in page.text
    assert "围巾" not in page.text
    assert "海报上的 3 件里，有 1 件现在不在售；价格只算这 2 件，以本页为准。" in page.text


@pytest.mark.parametrize(
    "barred",
    [{"sensitive": True}, {"channels": ["store"]}, {"status": "stopped"}],
    ids=["sensitive", "shop", "stopped"],
)
def test_what_must_not_be_shown_leaves_the_look_and_the_last_one_its_page(shop: Shop, barred: dict[str, Any]) -> None:
    keep(shop, "look", LOOK, look())
    shop.change("product", SCARF, **barred)
    page = Browser(shop.app).get(URL)
    assert ("2 件合计" in page.text, "围巾" in page.text) == (True, False)
    shop.change("product", COAT, **barred)
    assert ">现价<" in Browser(shop.app).get(URL).text
    shop.change("product", PRODUCT, **barred)
    page = Browser(shop.app).get(URL)
    assert (page.status, "王敏" in page.text) == (200, True)
    assert "海报上的这套搭配现在不在售。想找相近的，请问导购。" in page.text
    for hidden in ("围巾", "大衣", "乐福鞋", "合计", "初冬"):
        assert hidden not in page.text


@pytest.mark.parametrize(
    "ids",
    [["坏", COAT, None, COAT.upper(), "%", {}], [], "x", {"a": 1}, None],
    ids=["some", "empty", "text", "map", "null"],
)
def test_a_look_with_ids_that_are_none_shows_what_can_be_read(shop: Shop, ids: Any) -> None:
    keep(shop, "look", LOOK, look())
    with shop.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE look SET product_ids = %s::jsonb", (json.dumps(ids),))
    page = Browser(shop.app).get(URL)
    assert (page.status, "王敏" in page.text) == (200, True)
    assert ("双面呢长大衣" in page.text) == (COAT in (ids or ()))


def test_a_link_to_what_left_the_private_channel_says_nothing_of_it(shop: Shop) -> None:
    shop.change("product", PRODUCT, channels=["store", "online"])
    page = Browser(shop.app).get("/s/" + link_code())
    assert (page.status, "王敏" in page.text, "乐福鞋" in page.text) == (200, True, False)


def test_a_look_that_has_not_arrived_shows_whom_to_ask(shop: Shop) -> None:
    page = Browser(shop.app).get(URL)
    assert page.status == 200
    assert "王敏" in page.text
    assert "合计" not in page.text


def test_another_stores_look_of_the_same_number_is_not_shown(shop: Shop) -> None:
    keep(shop, "look", LOOK, look(name="别店的"), NEXT_STORE)
    assert "别店的" not in Browser(shop.app).get(URL).text


def test_the_share_says_which_look_was_meant_where_two_have_one_number(shop: Shop) -> None:
    keep(shop, "look", LOOK, look())
    keep(shop, "look", OTHER_LOOK, look(name="后来的一身", at=NOW + 1))
    assert "后来的一身" in Browser(shop.app).get(URL).text
    code = URL.removeprefix("/s/")
    keep(
        shop, "share", SHARE, {"guide_id": GUIDE, "look_id": LOOK, "key_no": 7, "share_no": 1, "code": code, "at": NOW}
    )
    assert "初冬通勤一身" in Browser(shop.app).get(URL).text


@pytest.mark.parametrize(
    ("price_fen", "days", "said"),
    [
        (56_900, 3, "海报价有效至"),
        (54_900, 3, "标明有效至"),
        (54_900, -3, "到期；以本页现价为准"),
        (54_900, 0, "之后调整过；以本页现价为准"),
    ],
)
def test_the_page_says_until_when_the_posters_price_holds(shop: Shop, price_fen: int, days: int, said: str) -> None:
    until = NOW + days * DAY_MS if days else 0
    share = {"guide_id": GUIDE, "product_id": PRODUCT, "key_no": 7, "share_no": 1, "code": link_code(), "at": NOW}
    keep(shop, "share", SHARE, {**share, "price_fen": price_fen, "price_until": until})
    assert said in Browser(shop.app).get("/s/" + link_code()).text


def test_the_sum_of_a_looks_poster_is_held_against_todays(shop: Shop) -> None:
    keep(shop, "look", LOOK, look())
    share = {"guide_id": GUIDE, "look_id": LOOK, "key_no": 7, "share_no": 1, "code": URL[3:], "at": NOW}
    keep(shop, "share", SHARE, {**share, "price_fen": 216_700, "price_until": NOW + 3 * DAY_MS})
    assert "海报价有效至" in Browser(shop.app).get(URL).text
    shop.change("product", SCARF, price_fen=39_900)
    assert "海报上的价格是 ¥2,167，标明有效至" in Browser(shop.app).get(URL).text
    shop.change("product", SCARF, price_fen=19_900)
    assert "海报上的价格是 ¥2,167，现在更便宜；以本页现价为准。" in Browser(shop.app).get(URL).text


def test_the_private_channel_has_its_price_on_link_and_look_and_the_shop_its_own(shop: Shop) -> None:
    keep(shop, "look", LOOK, look())
    shop.change("product", PRODUCT, private_price_fen=49_900)
    by_link = Browser(shop.app).get("/s/" + link_code()).text
    assert "<small>¥</small>499</b>" in by_link
    assert "不经链接的门店价是 ¥569" in by_link
    assert "券后 ¥419" in by_link, "the coupon comes off the price she is asked"
    assert "2,097" in Browser(shop.app).get(URL).text
    assert "专享价" not in Browser(shop.app).get("/s/" + link_code(subject=Subject.CARD, subject_no=0)).text
    shop.change("product", PRODUCT, private_price_fen=60_000)
    dearer = Browser(shop.app).get("/s/" + link_code()).text
    assert "<small>¥</small>569</b>" in dearer, "nobody pays more for coming by a link"
    assert "专享价" not in dearer

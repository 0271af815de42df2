"""Prices by day, and no price beside the price that was never real."""

from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from head_office.catalogue.prices import lowest_of_week
from head_office.catalogue.products import FaqIn, ProductIn, save_products
from head_office.feed.write import FeedWriter, in_transaction
from tests.head_office.kit import NOW, new_id, put_all, rows_of


def _save(engine: Engine, now_ms: int = NOW, **said: Any) -> str:
    def work(connection: Any) -> str:
        writer = FeedWriter(connection, now_ms)
        saved = save_products(writer, [ProductIn("S", **said)])
        writer.flush()
        return saved.ids["S"]

    return in_transaction(engine, work)


def _lowest(engine: Engine, product: str, now_ms: int) -> int | None:
    with engine.connect() as connection:
        return lowest_of_week(connection, product, now_ms)


def test_the_lowest_price_of_the_week_before(office_engine: Engine) -> None:
    product = _save(office_engine, name="短靴", price_fen=60_000)
    _save(office_engine, NOW + 10 * DAY_MS, price_fen=50_000)
    _save(office_engine, NOW + 12 * DAY_MS, price_fen=55_000)
    assert _lowest(office_engine, product, NOW - 1) is None
    assert _lowest(office_engine, product, NOW + 9 * DAY_MS) == 60_000
    assert _lowest(office_engine, product, NOW + 13 * DAY_MS) == 50_000
    assert _lowest(office_engine, product, NOW + 18 * DAY_MS) == 50_000  # still asked until the twelfth day
    assert _lowest(office_engine, product, NOW + 20 * DAY_MS) == 55_000


def test_a_product_from_before_the_book_of_prices_brings_its_price_along(office_engine: Engine) -> None:
    product = new_id()
    put_all(office_engine, "brand", "product", {product: {"spu": "S", "name": "短靴", "price_fen": 40_000}})
    _save(office_engine, price_fen=50_000)
    assert _lowest(office_engine, product, NOW + 1) == 40_000
    assert _lowest(office_engine, product, NOW + 8 * DAY_MS) == 50_000
    _save(office_engine, NOW + 9 * DAY_MS, tag_price_fen=50_000)
    assert _lowest(office_engine, product, NOW + 10 * DAY_MS) == 50_000


def test_a_tag_cannot_be_raised_above_what_was_ever_asked(office_engine: Engine) -> None:
    _save(office_engine, name="短靴", price_fen=60_000, tag_price_fen=70_000)
    with pytest.raises(InvalidInputError, match="第二十一条"):
        _save(office_engine, tag_price_fen=70_001)
    _save(office_engine, NOW + 1, price_fen=90_000)
    _save(office_engine, NOW + 2, price_fen=50_000)
    _save(office_engine, NOW + 3, tag_price_fen=90_000)  # it was asked for once
    assert [row["tag_price_fen"] for row in rows_of(office_engine, "product")] == [90_000]


def test_what_the_knowledge_card_says_arrives(office_engine: Engine) -> None:
    _save(office_engine, name="短靴", channels=["store"], faq=[FaqIn("能水洗吗?", "不能")], forbidden=["防水"],
          tags=["新品"])  # fmt: skip
    (row,) = rows_of(office_engine, "product")
    assert (row["channels"], row["forbidden"], row["tags"]) == (["store"], ["防水"], ["新品"])
    assert row["faq"] == [{"question": "能水洗吗?", "answer": "不能"}]


def test_a_price_of_the_private_channel_is_below_the_shops(office_engine: Engine) -> None:
    _save(office_engine, price_fen=59_900, private_price_fen=49_900)
    (row,) = rows_of(office_engine, "product")
    assert (row["price_fen"], row["private_price_fen"]) == (59_900, 49_900)
    for said in ({"private_price_fen": 59_900}, {"price_fen": 30_000, "private_price_fen": 40_000}):
        with pytest.raises(InvalidInputError, match="不低于门店价") as refused:
            _save(office_engine, **said)
        assert refused.value.code == "price.private"
    _save(office_engine, private_price_fen=0)
    _save(office_engine, price_fen=45_000)

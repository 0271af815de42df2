"""Prices by day, and no price beside the price that was never real."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from head_office.catalogue.prices import WEEK_MS, Asked, Base, lowest_of_week, reduced_from
from head_office.catalogue.products import FaqIn, ProductIn, save_products
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.tables import product_price
from tests.head_office.kit import NOW, new_id, put_all, rows_of


def _save(engine: Engine, now_ms: int = NOW, **said: Any) -> str:
    def work(connection: Any) -> str:
        writer = FeedWriter(connection, now_ms)
        saved = save_products(writer, [ProductIn("S", **said)])
        writer.flush()
        return saved.ids["S"]

    return in_transaction(engine, work)


def _lowest(engine: Engine, product: str, now_ms: int) -> int | None:
    columns = product_price.c
    query = sa.select(columns.since_ms, columns.price_fen).where(columns.product_id == product)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(columns.since_ms)).all()
    return lowest_of_week([Asked(*row) for row in rows], now_ms)


HISTORIES = st.dictionaries(st.integers(-40, 0), st.sampled_from([40_000, 50_000, 60_000]), max_size=6).map(
    lambda days: [Asked(NOW + day * DAY_MS, price) for day, price in sorted(days.items())]
)


def test_the_lowest_price_of_the_week_before(office_engine: Engine) -> None:
    product = _save(office_engine, name="短靴", price_fen=60_000)
    _save(office_engine, NOW + 10 * DAY_MS, price_fen=50_000)
    _save(office_engine, NOW + 12 * DAY_MS, price_fen=55_000)
    assert _lowest(office_engine, product, NOW - 1) is None
    assert _lowest(office_engine, product, NOW + 7 * DAY_MS - 1) is None, "not all of the week is known"
    assert _lowest(office_engine, product, NOW + 10 * DAY_MS) == 60_000, "a moment is not among the days before it"
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


@given(HISTORIES, st.sampled_from([30_000, 40_000, 50_000, 60_000]))
def test_no_page_strikes_a_price_that_was_not_asked_all_the_week_before(history: list[Asked], price: int) -> None:
    shop = history[-1].price_fen if history else 50_000
    base = reduced_from(history, shop, min(price, shop), NOW)
    if base is None:
        return
    assert base.price_fen > min(price, shop)
    hours = range(base.before_ms - WEEK_MS, base.before_ms, DAY_MS // 24)
    on_each = [[asked.price_fen for asked in history if asked.since_ms <= hour] for hour in hours]
    assert all(prices and prices[-1] >= base.price_fen for prices in on_each)


def test_a_reduction_is_measured_from_the_day_it_began() -> None:
    days = [Asked(0, 70_000), Asked(NOW - 40 * DAY_MS, 60_000), Asked(NOW - 20 * DAY_MS, 50_000)]
    assert reduced_from(days, 50_000, 50_000, NOW) == Base(60_000, NOW - 20 * DAY_MS)
    raised = [Asked(0, 50_000), Asked(NOW - 2 * DAY_MS, 90_000), Asked(NOW - DAY_MS, 60_000)]
    assert reduced_from(raised, 60_000, 60_000, NOW) is None, "raised for a day, to be lowered"
    assert reduced_from(raised, 60_000, 49_000, NOW) == Base(50_000, NOW), "the channel's: by the seven days before now"
    assert reduced_from(days, 45_000, 45_000, NOW) is None, "nobody wrote down since when"


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

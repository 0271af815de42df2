from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.scopes import BRAND
from head_office.catalogue.nearby import refresh
from head_office.catalogue.products import (
    Picture,
    ProductIn,
    SkuIn,
    find_picture,
    read_picture,
    save_picture,
    save_products,
)
from head_office.catalogue.stock import StockIn, StockItem, StockSaved, save_stock
from head_office.feed.check import check_feed
from head_office.feed.write import FeedWriter, in_transaction
from head_office.roster.service import GuideIn, StoreIn, save_guides, save_stores
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, rows_of

T = TypeVar("T")
HOUR = 3_600_000


def _save(engine: Engine, save: Callable[[FeedWriter, Any], T], what: Any) -> T:
    def work(connection: Any) -> T:
        writer = FeedWriter(connection, NOW)
        saved = save(writer, what)
        writer.flush()
        return saved

    return in_transaction(engine, work)


def _stock(engine: Engine, items: Sequence[StockItem], as_of: int = NOW, mode: Any = "absolute") -> StockSaved:
    saved = _save(engine, save_stock, StockIn(as_of, mode, list(items)))
    refresh(engine, NOW, saved.store_ids, saved.sku_ids)
    assert check_feed(engine).ok
    return saved


def _shoes(engine: Engine) -> None:
    skus = [SkuIn("S-37", size="37"), SkuIn("S-38", size="38")]
    _save(engine, save_products, [ProductIn("S", name="短靴", price_fen=42_900, skus=skus)])


def test_stores_and_guides_are_found_again_by_code_and_number(office_engine: Engine) -> None:
    first = _save(office_engine, save_stores, [StoreIn("SH01", name="南京西路店", region="上海")])
    again = _save(office_engine, save_stores, [StoreIn("SH01", phone="021-1"), StoreIn("SH02", name="徐家汇店")])
    assert first.ids["SH01"] == again.ids["SH01"]
    assert again.created == {"SH02"}
    assert [(row["name"], row["phone"]) for row in rows_of(office_engine, "store")] == [
        ("南京西路店", "021-1"),
        ("徐家汇店", ""),
    ]
    _save(office_engine, save_guides, [GuideIn("G1", name="林晓", store_code="SH01"), GuideIn("G2", name="周敏")])
    _save(office_engine, save_guides, [GuideIn("G1", active=False)])
    guides = {row["number"]: row for row in rows_of(office_engine, "guide")}
    assert (guides["G1"]["name"], guides["G1"]["active"], guides["G1"]["store_id"]) == (
        "林晓",
        False,
        first.ids["SH01"],
    )
    assert sorted(row["no"] for row in guides.values()) == [1, 2]
    with pytest.raises(InvalidInputError, match="NOWHERE"):
        _save(office_engine, save_guides, [GuideIn("G3", store_code="NOWHERE")])
    assert check_feed(office_engine).ok


def test_two_systems_never_give_one_number_twice(office_engine: Engine) -> None:
    def send(worker: int) -> None:
        for i in range(5):
            _save(office_engine, save_products, [ProductIn(f"P{worker}-{i}", name="x")])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    assert sorted(row["no"] for row in rows_of(office_engine, "product")) == list(range(1, 21))
    assert check_feed(office_engine).ok


def test_products_and_variants_are_changed_only_where_said(office_engine: Engine) -> None:
    _shoes(office_engine)
    _save(office_engine, save_products, [ProductIn("S", price_fen=39_900, skus=[SkuIn("S-38", gtin="123")])])
    (product,) = rows_of(office_engine, "product")
    assert (product["name"], product["price_fen"], product["no"]) == ("短靴", 39_900, 1)
    skus = {row["code"]: row for row in rows_of(office_engine, "sku")}
    assert (skus["S-38"]["size"], skus["S-38"]["gtin"], skus["S-37"]["rank"]) == ("38", "123", 0)
    assert {row["product_id"] for row in skus.values()} == {product["id"]}


def test_pictures_are_kept_by_their_sum_and_only_pictures(office_engine: Engine) -> None:
    picture = b"\x89PNG\r\n\x1a\n rest"
    with office_engine.begin() as connection:
        sha256 = save_picture(connection, picture)
        assert save_picture(connection, picture) == sha256 == hashlib.sha256(picture).hexdigest()
        assert find_picture(connection, sha256) == Picture("image/png", len(picture))
        assert read_picture(connection, sha256, 0, len(picture)) == picture
        assert read_picture(connection, sha256, 3, 5) == picture[3:8]
        assert find_picture(connection, "0" * 64) is None
        for wrong in (b"<svg onload=alert(1)>", b"", b"GIF89a"):
            with pytest.raises(InvalidInputError):
                save_picture(connection, wrong)


def test_absolute_stock_never_goes_back_in_time_and_differences_add_up(office_engine: Engine) -> None:
    make_store(office_engine)
    _shoes(office_engine)
    item = StockItem("SH01", "S-38", on_hand=5, available=4)
    assert _stock(office_engine, [item]).written == 1
    older = _stock(office_engine, [StockItem("SH01", "S-38", on_hand=9, available=9)], NOW - 1)
    assert (older.written, older.stale) == (0, 1)
    _stock(office_engine, [StockItem("SH01", "S-38", on_hand=-1, available=-1)], NOW + 5, "delta")
    (row,) = rows_of(office_engine, "stock")
    assert (row["on_hand"], row["available"], row["as_of"]) == (4, 3, NOW + 5)
    with pytest.raises(InvalidInputError, match="S-99"):
        _stock(office_engine, [StockItem("SH01", "S-99", 1, 1)])


def test_neighbours_of_a_region_see_each_others_stock_and_no_one_elses(office_engine: Engine) -> None:
    for code, region in (("SH01", "上海"), ("SH02", "上海"), ("BJ01", "北京"), ("XX01", "")):
        make_store(office_engine, code, code, region=region)
    _shoes(office_engine)
    _stock(office_engine, [StockItem(code, "S-38", 4, 3, 1, 2) for code in ("SH01", "SH02", "BJ01", "XX01")])
    stores = {row["code"]: row["id"] for row in rows_of(office_engine, "store")}
    seen = {row["store_id"]: row["stores"] for row in rows_of(office_engine, "stock_nearby")}
    assert seen == {
        stores["SH01"]: [[stores["SH02"], 3, NOW, 4, 1, 2]],
        stores["SH02"]: [[stores["SH01"], 3, NOW, 4, 1, 2]],
    }


def test_an_unchanged_figure_does_not_stir_the_neighbours_feeds_all_day(office_engine: Engine) -> None:
    for code in ("SH01", "SH02"):
        make_store(office_engine, code, code, region="上海")
    _shoes(office_engine)
    far = Pc(office_engine, enrol_device(office_engine, "SH02"))
    items = [StockItem("SH01", "S-38", 3, 3)]
    _stock(office_engine, items)
    far.pull()
    before = far.cursors[far.scope].seq
    _stock(office_engine, items, NOW + HOUR)
    far.pull()
    assert far.cursors[far.scope].seq == before
    _stock(office_engine, items, NOW + 7 * HOUR)
    far.pull()
    (nearby,) = [frame for frame in far.held.values() if frame.kind == "stock_nearby"]
    assert nearby.data["stores"][0][2] == NOW + 7 * HOUR
    assert far.digests() == far.promised()
    assert far.cursors[BRAND].seq > 0

from __future__ import annotations

from collections import Counter

import msgspec

from guide_app.protocol import records as wire
from head_office.demo.brand import Brand
from head_office.demo.records import records


def test_every_record_passes_the_wire_s_own_checks(brand: Brand) -> None:
    made = list(records(brand, {}))
    for _, record in made:
        assert msgspec.json.decode(msgspec.json.encode(record), type=type(record)) == record
    kinds = Counter(type(record).__name__ for _, record in made)
    assert kinds["Purchase"] == len(brand.purchases)
    assert kinds["Stock"] == kinds["StockNearby"] == len(brand.stock)


def test_brand_records_have_no_store_and_store_records_have_theirs(brand: Brand) -> None:
    shared = {
        "Store", "Guide", "Product", "Sku", "CouponTemplate", "Tag", "Script", "Campaign", "TagRule", "CustomField",
        "Sop", "Festival", "HouseRule",
    }  # fmt: skip
    stores = {s.id for s in brand.stores}
    for store_id, record in records(brand, {}):
        assert (store_id is None) == (type(record).__name__ in shared)
        assert store_id is None or store_id in stores


def test_a_product_names_its_picture_and_keeps_its_points(brand: Brand) -> None:
    first = brand.products[0]
    made = [r for _, r in records(brand, {first.spu: "ab" * 32}) if isinstance(r, wire.Product)]
    assert made[0].image == "ab" * 32
    assert made[0].points == list(first.points)
    assert made[1].image == ""


def test_neighbours_are_the_other_stores(brand: Brand) -> None:
    for store_id, record in records(brand, {}):
        if isinstance(record, wire.StockNearby):
            assert len(record.stores) == 2
            assert store_id not in {figure.store_id for figure in record.stores}

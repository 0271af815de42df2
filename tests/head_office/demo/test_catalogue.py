from __future__ import annotations

from collections import Counter

from head_office.demo.art import FAMILIES
from head_office.demo.brand import Brand
from head_office.demo.catalogue import FAMILIES as SHELVES


def test_prices_are_lawful(brand: Brand) -> None:
    """The ticket is never below the price, and prices are whole yuan."""
    for product in brand.products:
        assert product.tag_price_fen >= product.price_fen > 0
        assert product.price_fen % 100 == 0
    price = {p.id: p.price_fen for p in brand.products}
    assert all(sku.price_fen == price[sku.product_id] for sku in brand.skus)


def test_codes_are_unique(brand: Brand) -> None:
    assert [p.no for p in brand.products] == list(range(1, len(brand.products) + 1))
    for codes in (
        [p.spu for p in brand.products],
        [p.name for p in brand.products],
        [s.code for s in brand.skus],
        [f.code for f in SHELVES],
        [f.key for f in SHELVES],
    ):
        assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_every_family_can_be_drawn_and_every_drawing_is_sold() -> None:
    assert {family.key for family in SHELVES} == set(FAMILIES)


def test_every_product_is_described(brand: Brand) -> None:
    for product in brand.products:
        assert 2 <= len(product.points) <= 3
        assert 2 <= len(product.colours) <= 3
        assert len({c.name for c in product.colours}) == len(product.colours)
        assert product.material
        assert product.care
        assert product.category.count("/") == 2


def test_names_and_materials_agree(brand: Brand) -> None:
    for product in brand.products:
        if "亚麻" in product.name:
            assert "亚麻" in product.material
        if "小白" in product.name:
            assert product.colours[0].name == "云朵白"


def test_sizes_fit_the_goods(brand: Brand) -> None:
    for product in brand.products:
        if product.category.startswith("鞋/女"):
            assert product.sizes[0] == "34"
        if product.category.startswith("鞋/男"):
            assert product.sizes[-1] == "45"
    tailored = next(p for p in brand.products if p.family == "coat" and p.audience == "女")
    assert "160/84A" in tailored.sizes
    count = sum(len(p.colours) * len(p.sizes) for p in brand.products)
    assert count == len(brand.skus)


def test_underwear_and_only_underwear_is_sensitive(brand: Brand) -> None:
    assert {p.category.split("/")[0] for p in brand.products if p.sensitive} == {"内衣"}
    assert all(p.sensitive for p in brand.products if p.category.startswith("内衣"))


def test_the_featured_styles_lead(brand: Brand) -> None:
    names = [p.name.split(" ")[0] for p in brand.products[:6]]
    assert names == ["云感小白鞋", "软底乐福鞋", "复古老爹鞋", "商务德比鞋", "轻羽运动鞋", "切尔西短靴"]
    assert [p.price_fen for p in brand.products[:6]] == [42900, 56900, 49900, 69900, 35900, 76900]
    assert brand.products[1].name == "软底乐福鞋 2026 秋"

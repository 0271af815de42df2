"""Exports of well-known systems whose column titles mean something only together.

An `id` is a style in one file and a variant in the next; the other columns of the header tell which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Layout:
    """A header that has all these titles, in an import of this kind, is read with these columns."""

    name: str
    what: str
    titles: frozenset[str]
    columns: Mapping[str, str] = field(default_factory=dict)


#: The first that fits counts.
LAYOUTS = (
    Layout(
        "litemall goods", "catalogue", frozenset({"id", "goods_sn", "counter_price", "retail_price"}),
        MappingProxyType({"id": "spu", "counter_price": "tag_price", "retail_price": "price"}),
    ),
    Layout(
        "litemall goods_product", "catalogue", frozenset({"id", "goods_id", "specifications", "price", "number"}),
        MappingProxyType({"id": "sku_code", "goods_id": "spu", "specifications": "spec"}),
    ),
    Layout(
        "litemall goods_product", "stock", frozenset({"id", "goods_id", "specifications", "number"}),
        MappingProxyType({"id": "sku_code", "number": "on_hand"}),
    ),
    Layout(
        "litemall coupon", "coupons", frozenset({"name", "total", "discount", "min", "limit", "time_type", "days"}),
        MappingProxyType({"min": "min_spend", "status": "", "tag": "", "desc": ""}),
    ),
    Layout(
        "ShopXO goods", "catalogue", frozenset({"id", "title", "simple_desc", "original_price", "on_shelf"}),
        MappingProxyType({"id": "spu", "title": "name", "simple_desc": "points", "original_price": "tag_price"}),
    ),
    Layout(
        "ShopXO goods_spec", "catalogue", frozenset({"sku_id", "goods_id", "spec", "coding", "barcode"}),
        MappingProxyType({"sku_id": "sku_code", "goods_id": "spu"}),
    ),
    Layout(
        "ShopXO goods_spec", "stock", frozenset({"sku_id", "goods_id", "inventory"}),
        MappingProxyType({"sku_id": "sku_code", "inventory": "on_hand"}),
    ),
    Layout(
        "Open Food Facts", "catalogue", frozenset({"gtin", "name", "ingredients"}),
        MappingProxyType({"gtin": "gtin", "name": "name"}),
    ),
)  # fmt: skip


def layout_of(what: str, header: Sequence[str]) -> Layout | None:
    """The layout that the header of an import of kind `what` has, if it is a known one."""
    titles = {title.strip().lower() for title in header}
    return next((layout for layout in LAYOUTS if layout.what == what and layout.titles <= titles), None)

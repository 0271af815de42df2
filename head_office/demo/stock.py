"""Stock of every variant in every store: what sells is kept deeper, the ends of the size run break first (断码)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Final

from head_office.demo.clock import day_ms
from head_office.demo.model import Product, Sku, Stock, Store
from head_office.demo.rng import stream

_STORE_DEPTH: Final = (1.25, 1.0, 0.8)
_BASE: Final = 2.2
# A style once and for all: two in five have gaps in their sizes, old ones oftener.
_BROKEN_NEW, _BROKEN_OLD = 0.22, 0.55
_OLD_DAYS: Final = 300
_GONE_SHARE: Final = 0.06
_MAX_ON_HAND: Final = 24
# Share of variants with a piece put aside, on their way (sold out ones oftener), and counted since yesterday evening.
_RESERVED, _COMING, _COMING_SOLD_OUT, _FRESH = 0.07, 0.05, 0.18, 0.85
_FEATURED_SIZE: Final = {"软底乐福鞋": ("37", 2), "云感小白鞋": ("36", 3)}


def stock(
    products: Sequence[Product], skus: Sequence[Sku], shops: Sequence[Store], today: dt.date, seed: int
) -> list[Stock]:
    """A figure for each store and variant; every store counts at its own moments of yesterday evening and today."""
    rng = stream(seed, "stock")
    by_id = {p.id: p for p in products}
    made = []
    for position, shop in enumerate(shops):
        gone = {p.id for p in products if p.no > len(_STORE_DEPTH) * 2 and rng.random() < _GONE_SHARE}
        broken = {p.id for p in products if rng.random() < (_BROKEN_OLD if _is_old(p, today) else _BROKEN_NEW)}
        closing = day_ms(today - dt.timedelta(days=1), 22 * 60)
        for sku in skus:
            product = by_id[sku.product_id]
            fixed = _fixed(product, sku) if position == 0 else None
            on_hand = (
                0 if product.id in gone else _pieces(product, sku, _STORE_DEPTH[position], product.id in broken, rng)
            )
            made.append(_figure(shop, sku, on_hand if fixed is None else fixed, fixed is not None, closing, rng))
    return made


def _is_old(product: Product, today: dt.date) -> bool:
    return (today - product.launched).days > _OLD_DAYS


def _pieces(product: Product, sku: Sku, depth: float, broken: bool, rng: Random) -> int:
    """Pieces on hand: a geometric-like count about the depth of the size in the run."""
    if product.status == "stopped":
        return 0
    colour, place = divmod(sku.rank, 100)
    count = len(product.sizes)
    middle = 1 - abs((place - 1) - (count - 1) / 2) / (count / 2 + 0.5) if count > 1 else 1.0
    mean = _BASE * depth * (0.35 + middle) * min(3.0, 0.5 + product.weight) / (0.7 + 0.3 * colour)
    if broken and rng.random() < 0.35 + 0.4 * (1 - middle):
        return 0
    return min(_MAX_ON_HAND, int(rng.gammavariate(1.6, mean / 1.6) + rng.random()))


def _fixed(product: Product, sku: Sku) -> int | None:
    """The featured styles' first colour in the flagship store, as the stories about their clients need it."""
    name = product.name.split(" ")[0]
    size, pieces = _FEATURED_SIZE.get(name, ("", 0))
    return pieces if (sku.colour, sku.size) == (product.colours[0].name, size) else None


def _figure(shop: Store, sku: Sku, on_hand: int, exact: bool, closing: int, rng: Random) -> Stock:
    reserved = 0 if exact or on_hand <= 1 or rng.random() > _RESERVED else 1
    in_transit = rng.choice((1, 2, 2, 3, 4, 6)) if rng.random() < (_COMING_SOLD_OUT if on_hand == 0 else _COMING) else 0
    as_of = (
        closing + rng.randrange(12 * 60) * 60_000
        if rng.random() < _FRESH
        else closing - rng.randrange(4 * 24 * 60) * 60_000
    )
    return Stock(shop.id, sku.id, on_hand, on_hand - reserved, reserved, in_transit, as_of)

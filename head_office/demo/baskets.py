"""What goes into a basket: goods of the season that suit the shopper, worth about what she means to spend."""

from __future__ import annotations

import datetime as dt
from bisect import bisect, bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

from head_office.demo.model import Product, Sex, Sku
from head_office.demo.styles import ALL_YEAR, AUTUMN, KIDS, MEN, SPRING, SUMMER, UNISEX, WINTER, WOMEN

# How well a season's goods sell in each month, January first.
_DEMAND: Final[dict[str, tuple[float, ...]]] = {
    ALL_YEAR: (1.0,) * 12,
    SPRING: (0.3, 1.0, 1.6, 1.5, 1.0, 0.5, 0.3, 0.4, 0.7, 0.6, 0.3, 0.2),
    SUMMER: (0.03, 0.05, 0.3, 1.0, 1.8, 2.0, 1.9, 1.4, 0.6, 0.15, 0.05, 0.03),
    AUTUMN: (0.5, 0.4, 0.4, 0.3, 0.2, 0.1, 0.2, 0.9, 1.7, 1.8, 1.3, 0.7),
    WINTER: (1.7, 1.0, 0.3, 0.06, 0.03, 0.02, 0.02, 0.1, 0.4, 1.1, 1.9, 2.1),
}
_FOR: Final[dict[Sex, dict[str, float]]] = {
    "female": {WOMEN: 1.0, UNISEX: 0.9, MEN: 0.1, KIDS: 0.25},
    "male": {WOMEN: 0.08, UNISEX: 1.0, MEN: 1.1, KIDS: 0.15},
    "": {WOMEN: 0.6, UNISEX: 1.0, MEN: 0.5, KIDS: 0.2},
}
_MAX_LINES: Final = 5
_TRIES: Final = 3
_OFF_TASTE: Final = 0.35
_PAIR_SHARE: Final = 0.22
_PAIRED: Final = ("socks", "tshirt", "briefs")
_LETTERS: Final = ("S", "M", "L", "XL", "XXL")
_FIRST_COLOUR: Final = (0.5, 0.3, 0.2)


@dataclass(frozen=True, slots=True)
class Shopper:
    """Who buys: sex, tastes (drawing families), shoe and top size."""

    sex: Sex
    tastes: tuple[str, ...]
    shoe_size: str
    top_size: str


@dataclass(frozen=True, slots=True)
class Item:
    """Some pieces of one variant; `list_fen` is their price before discount."""

    product: Product
    sku: Sku
    qty: int
    list_fen: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to pay less: a share (10 = 九折), a sum, from what total, capped. `template` names the coupon's key."""

    key: str
    percent_off: int = 0
    off_fen: int = 0
    min_fen: int = 0
    cap_fen: int = 0
    template: bool = False

    def discount(self, total_fen: int) -> int:
        """What it takes off a total, in fen; 0 below its threshold. A percentage is rounded down to whole fen."""
        if total_fen < self.min_fen:
            return 0
        off = self.off_fen + total_fen * self.percent_off // 100
        return min(off, self.cap_fen) if self.cap_fen else min(off, total_fen)


@dataclass(frozen=True, slots=True)
class Basket:
    """Items and the offer taken on them."""

    items: tuple[Item, ...]
    discount_fen: int
    offer: str


class _Shelf:
    """Products of one month for one sex, in order of price, with running weights."""

    def __init__(self, rows: Iterable[tuple[Product, float]]) -> None:
        ordered = sorted(((p, w) for p, w in rows if w > 0), key=lambda row: (row[0].price_fen, row[0].no))
        self.products = [p for p, _ in ordered]
        self.prices = [p.price_fen for p in self.products]
        self._running = [0.0, *accumulate(w for _, w in ordered)]

    def pick(self, rng: Random, low: int, high: int) -> Product | None:
        """A product priced from `low` to `high` fen, by weight; None if there is none."""
        first, last = bisect_left(self.prices, low), bisect_right(self.prices, high)
        if first >= last:
            return None
        start, end = self._running[first], self._running[last]
        at = bisect(self._running, start + rng.random() * (end - start), first, last) - 1
        return self.products[min(at, last - 1)]


class Store:
    """The sales floor: what is on sale in each month, and the variants of each product."""

    def __init__(self, products: Sequence[Product], skus: Sequence[Sku]) -> None:
        self._products = [p for p in products if p.status == "on_sale"]
        self._variants: dict[str, list[Sku]] = {}
        for sku in skus:
            self._variants.setdefault(sku.product_id, []).append(sku)
        self._shelves: dict[tuple[int, int, Sex], _Shelf] = {}

    def _shelf(self, day: dt.date, sex: Sex) -> _Shelf:
        key = (day.year, day.month, sex)
        if key not in self._shelves:
            start = day.replace(day=1)
            fits = _FOR[sex]
            self._shelves[key] = _Shelf(
                (
                    p,
                    p.weight
                    * fits[p.audience]
                    * _DEMAND[p.season[-1] if p.season != ALL_YEAR else ALL_YEAR][day.month - 1],
                )
                for p in self._products
                if p.launched <= start
            )
        return self._shelves[key]

    def basket(self, rng: Random, shopper: Shopper, day: dt.date, target_fen: int, offers: Sequence[Offer]) -> Basket:
        """The best of a few baskets: the one whose price after the best offer comes nearest to the target."""
        shelf = self._shelf(day, shopper.sex)
        best: tuple[list[tuple[Product, int]], int, str] | None = None
        miss = 0
        for _ in range(_TRIES):
            goods = self._fill(rng, shopper, shelf, target_fen)
            total = sum(product.price_fen * qty for product, qty in goods)
            off, offer = min(((o.discount(total), o.key) for o in offers), key=lambda d: abs(total - d[0] - target_fen))
            distance = abs(total - off - target_fen)
            if best is None or distance < miss:
                best, miss = (goods, off, offer if off else ""), distance
        assert best is not None  # noqa: S101 - the loop ran at least once
        chosen, off, offer = best
        items = tuple(
            Item(product, self.variant(rng, product, shopper), qty, product.price_fen * qty) for product, qty in chosen
        )
        return Basket(items, off, offer)

    def _fill(self, rng: Random, shopper: Shopper, shelf: _Shelf, target: int) -> list[tuple[Product, int]]:
        """Products and pieces worth about `target` fen."""
        goods: list[tuple[Product, int]] = []
        left = target
        while len(goods) < _MAX_LINES:
            high = round(left * 1.15)
            product = self._choose(rng, shopper, shelf, max(0, round(left * rng.choice((0.25, 0.45, 0.7)))), high)
            if product is None:
                product = shelf.pick(rng, 0, high)
            if product is None:
                break
            qty = 2 if product.family in _PAIRED and product.price_fen * 2 <= high and rng.random() < _PAIR_SHARE else 1
            goods.append((product, qty))
            left -= product.price_fen * qty
        return goods or [(shelf.products[0], 1)]  # a target below the cheapest thing in the shop

    @staticmethod
    def _choose(rng: Random, shopper: Shopper, shelf: _Shelf, low: int, high: int) -> Product | None:
        product = shelf.pick(rng, low, high)
        for _ in range(2):
            if product is None or product.family in shopper.tastes or rng.random() < _OFF_TASTE:
                break
            product = shelf.pick(rng, low, high)
        return product

    def variant(self, rng: Random, product: Product, shopper: Shopper) -> Sku:
        """The variant in the shopper's size, in one of the product's colours, the first oftenest."""
        variants = self._variants[product.id]
        colours = len(product.colours)
        colour = rng.choices(range(colours), _FIRST_COLOUR[:colours])[0]
        size = size_index(product, shopper, rng)
        return variants[colour * len(product.sizes) + size]

    def variants(self, product: Product) -> Sequence[Sku]:
        """All variants of a product."""
        return self._variants[product.id]


def size_index(product: Product, shopper: Shopper, rng: Random) -> int:
    """Which of the product's sizes the shopper takes; a present for somebody else gets a common size."""
    sizes = product.sizes
    for_herself = product.audience == UNISEX or (product.audience == WOMEN) == (shopper.sex == "female")
    if product.audience == KIDS or not for_herself or len(sizes) == 1:
        return _common(len(sizes), rng)
    if shopper.shoe_size in sizes:
        return sizes.index(shopper.shoe_size)
    if shopper.top_size in sizes:
        return sizes.index(shopper.top_size)
    if sizes[0].isdigit() or not shopper.top_size:
        return _common(len(sizes), rng)
    first = 0 if shopper.sex == "female" else 1
    return min(max(_LETTERS.index(shopper.top_size) - first, 0), len(sizes) - 1)


def _common(count: int, rng: Random) -> int:
    """A size from the middle of the range."""
    return min(count - 1, max(0, round(rng.gauss((count - 1) / 2, count / 5))))

"""A brand of any size for measuring: same numbers and same seed, same data. Nothing in it means anything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guide_app.base.clock import DAY_MS
from guide_app.base.ids import uuid7
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.feed.rows import Key

_EPOCH_MS = 1_780_000_000_000
_RANDOM_BITS = 74
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅鑫倩宇晨欣怡佳琪子轩浩然雨涵梓萱思远嘉"
_CATEGORIES = ("女鞋/短靴", "女鞋/单鞋", "男鞋/休闲", "女装/外套", "女装/针织", "男装/衬衫")
_COLOURS, _SIZES = ("黑", "米白", "焦糖"), ("36", "37", "38", "39")
_MOST_LINES = 3

Record = tuple[Key, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each; clients, guides and purchases are spread over the stores."""

    stores: int
    guides: int
    clients: int
    products: int
    purchases: int


class BenchBrand:
    """Makes the records of a brand of this size, shared ones first."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size = size
        self._random = random.Random(seed)  # noqa: S311 - data for measuring, no secrets
        self._stores = [self._id() for _ in range(size.stores)]
        self._guides: list[list[str]] = [[] for _ in range(size.stores)]
        self._clients: list[list[str]] = [[] for _ in range(size.stores)]
        self._skus: list[tuple[str, str, str]] = []

    def records(self) -> Iterator[Record]:
        """All records, in an order in which each is preceded by what it names."""
        yield from self._shared()
        for i in range(self._size.stores):
            scope = store_scope(self._stores[i])
            yield from self._store_clients(i)
            yield from self._store_purchases(i)
            for sku_id, _, _ in self._skus:
                figures = {"on_hand": 4, "available": self._random.randrange(5), "as_of": _EPOCH_MS}
                yield (scope, "stock", sku_id), figures

    @property
    def store_ids(self) -> list[str]:
        """Ids of the stores, in the order of their codes B0001 and so on."""
        return list(self._stores)

    def _shared(self) -> Iterator[Record]:
        for i, store_id in enumerate(self._stores):
            shop = {"code": f"B{i + 1:04d}", "name": f"测量 {i + 1} 店", "region": f"R{i // 20}"}
            yield (BRAND, "store", store_id), shop
        for i in range(self._size.guides):
            guide_id, store = self._id(), i % self._size.stores
            self._guides[store].append(guide_id)
            record: dict[str, Any] = {
                "no": i + 1,
                "number": f"B{i + 1:05d}",
                "name": self._name(),
                "store_id": self._stores[store],
            }
            yield (BRAND, "guide", guide_id), record
        for i in range(self._size.products):
            yield from self._product(i)

    def _product(self, i: int) -> Iterator[Record]:
        product_id, price = self._id(), 100 * self._random.randrange(99, 1999)
        category = self._random.choice(_CATEGORIES)
        name = f"{category.rpartition('/')[2]} {i + 1}"
        product: dict[str, Any] = {"no": i + 1, "spu": f"P{i + 1:05d}", "name": name, "category": category}
        yield (BRAND, "product", product_id), {**product, "price_fen": price, "tag_price_fen": price * 3 // 2}
        colour = self._random.choice(_COLOURS)
        for rank, size in enumerate(_SIZES):
            sku_id = self._id()
            self._skus.append((sku_id, product_id, name))
            code = f"P{i + 1:05d}-{size}"
            record = {"product_id": product_id, "code": code, "colour": colour, "size": size, "price_fen": price}
            yield (BRAND, "sku", sku_id), {**record, "rank": rank}

    def _store_clients(self, i: int) -> Iterator[Record]:
        scope = store_scope(self._stores[i])
        for n in range(i, self._size.clients, self._size.stores):
            client_id = self._id()
            self._clients[i].append(client_id)
            yield (
                (scope, "client", client_id),
                {
                    "name": self._name(),
                    "phone": f"139{n:08d}",
                    "sex": self._random.choice(("female", "male")),
                    "birth_month": self._random.randrange(1, 13),
                    "birth_day": self._random.randrange(1, 29),
                    "primary_guide_id": self._pick(self._guides[i]),
                    "contact_state": self._random.choice(("none", "one_to_one", "marketing")),
                    "shoe_size": self._random.choice(_SIZES),
                    "created_at": _EPOCH_MS - self._random.randrange(700) * DAY_MS,
                },
            )

    def _store_purchases(self, i: int) -> Iterator[Record]:
        scope = store_scope(self._stores[i])
        for n in range(i, self._size.purchases, self._size.stores):
            purchase_id, lines = self._id(), self._random.randrange(1, _MOST_LINES + 1)
            amounts = [100 * self._random.randrange(99, 1999) for _ in range(lines)]
            guide_id, client_id = self._pick(self._guides[i]), self._pick(self._clients[i])
            at = _EPOCH_MS - self._random.randrange(365 * DAY_MS)
            common = {"client_id": client_id, "guide_id": guide_id, "at": at}
            receipt = {"order_no": f"B{n + 1:08d}", "total_fen": sum(amounts), "channel": "pos"}
            yield (scope, "purchase", purchase_id), {**common, **receipt}
            for amount in amounts:
                sku_id, product_id, title = self._random.choice(self._skus) if self._skus else (None, None, "商品")
                line = {"purchase_id": purchase_id, "sku_id": sku_id, "product_id": product_id, "title": title}
                yield (scope, "purchase_line", self._id()), {**line, "qty": 1, "amount_fen": amount}
            ruling = {"purchase_id": purchase_id, "amount_fen": sum(amounts), "rule": "bound" if guide_id else "none"}
            yield (scope, "attribution", self._id()), {**common, **ruling}

    def _pick(self, ids: list[str]) -> str | None:
        return self._random.choice(ids) if ids else None

    def _name(self) -> str:
        return self._random.choice(_SURNAMES) + "".join(self._random.choices(_GIVEN, k=self._random.randrange(1, 3)))

    def _id(self) -> str:
        return uuid7(_EPOCH_MS, self._random.getrandbits(_RANDOM_BITS))

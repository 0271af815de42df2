"""The demo brand as records of the wire, ready to be written: which scope, which record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

import msgspec

from guide_app.protocol import records as wire
from guide_app.protocol.records import Record
from guide_app.protocol.stock_records import NearbyFigure
from head_office.demo.brand import Brand
from head_office.demo.client_book import client_book
from head_office.demo.clock import day_ms
from head_office.demo.coupon_terms import more_batches, terms_of
from head_office.demo.model import Product, Script, Stock
from head_office.demo.office_rules import office_rules
from head_office.demo.told import told_messages

R = TypeVar("R", bound=Record)
Scoped = tuple[str | None, Record]
#: Minutes after midnight at which the stores open.
_OPENING = 10 * 60
#: Scenes whose scripts go with pictures, and how many.
_PICTURED, _PICTURES = frozenset({"上新", "到货通知", "搭配"}), 2


class Owned(Protocol):
    """A row that belongs to one store."""

    @property
    def store_id(self) -> str:
        """The store's id."""


def records(brand: Brand, images: Mapping[str, str]) -> Iterator[Scoped]:
    """(store id, record) for all kinds the demo fills; the store id is None for what the whole brand shares.

    `images` gives the SHA-256 of a product's picture by SPU code. Order: what is referred to comes first.
    """
    for make, shared in _shared(brand):
        yield from ((None, record) for record in _convert(make, shared))
    yield from ((None, terms_of(template)) for template in brand.coupon_templates)
    yield from ((None, terms) for terms in more_batches(brand.today, brand.stores, brand.products))
    yield from ((None, record) for record in _scripts(brand.scripts, brand.products, images))
    yield from ((None, _product(product, images)) for product in brand.products)
    yield from ((None, record) for record in _convert(wire.Sku, brand.skus))
    opening = day_ms(brand.today, _OPENING)
    rules = list(office_rules(brand.tags, brand.scripts, opening))
    yield from ((None, record) for record in rules)
    for kind, owned in _owned(brand):
        yield from zip((row.store_id for row in owned), _convert(kind, owned), strict=True)
    yield from told_messages(brand.clients, brand.scripts, opening)
    yield from client_book(brand.clients, brand.guides, brand.products, rules, opening)
    yield from _stock(brand.stock)


def _shared(brand: Brand) -> tuple[tuple[type[Record], Sequence[object]], ...]:
    return (
        (wire.Store, brand.stores),
        (wire.Guide, brand.guides),
        (wire.Tag, brand.tags),
        (wire.Campaign, brand.campaigns),
    )


def _owned(brand: Brand) -> tuple[tuple[type[Record], Sequence[Owned]], ...]:
    return (
        (wire.Client, brand.clients),
        (wire.ClientTag, brand.client_tags),
        (wire.Note, brand.notes),
        (wire.Purchase, brand.purchases),
        (wire.PurchaseLine, brand.purchase_lines),
        (wire.Share, brand.shares),
        (wire.Coupon, brand.coupons),
        (wire.ShareEvent, brand.share_events),
        (wire.Redemption, brand.redemptions),
        (wire.Task, brand.tasks),
        (wire.Target, brand.targets),
    )


def _convert(make: type[R], rows: Sequence[object]) -> Iterator[R]:
    """Records whose fields are the rows' of the same names; what the record does not know is left out."""
    if not rows:
        return
    names = [f.name for f in msgspec.structs.fields(make) if hasattr(rows[0], f.name)]
    for row in rows:
        yield make(**{name: getattr(row, name) for name in names})


def _product(product: Product, images: Mapping[str, str]) -> wire.Product:
    plain = next(_convert(wire.Product, [product]))
    return msgspec.structs.replace(plain, points=list(product.points), image=images.get(product.spu, ""))


def _scripts(
    scripts: Sequence[Script], products: Sequence[Product], images: Mapping[str, str]
) -> Iterator[wire.Script]:
    """Scripts; those that speak of what is new bring pictures of what sells best."""
    selling = sorted(products, key=lambda product: (product.status != "on_sale", -product.weight, product.no))
    pictures = [images[product.spu] for product in selling if product.spu in images][:_PICTURES]
    for script, record in zip(scripts, _convert(wire.Script, scripts), strict=True):
        media = pictures if script.scene in _PICTURED else []
        yield msgspec.structs.replace(record, media=list(media))


def _stock(rows: Sequence[Stock]) -> Iterator[Scoped]:
    """Each store's own figures, and for each of them what the other stores have."""
    by_sku: dict[str, list[tuple[Stock, wire.Stock]]] = {}
    for row, record in zip(rows, _convert(wire.Stock, rows), strict=True):
        by_sku.setdefault(row.sku_id, []).append((row, record))
    for sku_id, figures in by_sku.items():
        for own, record in figures:
            yield own.store_id, msgspec.structs.replace(record, id=sku_id)
            others = [NearbyFigure(f.store_id, f.available, f.as_of) for f, _ in figures if f is not own]
            yield own.store_id, wire.StockNearby(id=sku_id, stores=others)

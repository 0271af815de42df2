"""Writes the demo brand: its records, whose sales they are, PINs and pictures. All of it is simulated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from argon2 import PasswordHasher
from sqlalchemy import Engine

from guide_app.base.clock import china_date
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.records import Record
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.attribution.rules import Ruling, Share, Touch, reverse, rule
from head_office.catalogue.products import save_picture
from head_office.clients.company_view import refresh_company_views
from head_office.clients.identity import note_everyone
from head_office.coupons.recount import recount_coupons, sign_coupons
from head_office.demo.brand import Brand, build
from head_office.demo.gallery import draw_all
from head_office.demo.model import Purchase
from head_office.demo.records import records
from head_office.demo.rng import make_id, stream
from head_office.feed.rows import Key
from head_office.feed.write import write_all
from head_office.store.secret import OfficeSecret
from head_office.store.settings import write_settings

#: What every guide of the demo types.
PIN = "2468"
_KIND_OF = MappingProxyType({kind.struct: name for name, kind in KINDS.items()})

Written = tuple[Key, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Seeded:
    """How much was written."""

    name: str
    records: int
    pictures: int
    stores: tuple[str, ...]


def seed_demo(
    engine: Engine, secret: OfficeSecret, now_ms: int, seed: int, *, pictures: int | None, cache: Path | None
) -> Seeded:
    """Write the demo brand as of today into an empty office. `pictures` caps how many products get one, None: all.

    Drawing takes a third of a second a picture; those found in the folder `cache` are not drawn again.
    """
    brand = build(china_date(now_ms), seed)
    with ThreadPoolExecutor(1, thread_name_prefix="demo-pictures") as pool:
        drawing = pool.submit(_draw, brand, pictures, cache)
        count = write_all(engine, now_ms, chain(_owned(brand), _attributions(brand, seed), _pins(brand)))
        drawn = drawing.result()
    with engine.begin() as connection:
        images = {spu: save_picture(connection, picture) for spu, picture in drawn.items()}
        write_settings(connection, {"brand": brand.name, "company": f"{brand.name} (演示)"})
    count += write_all(engine, now_ms, _shared(brand, images))
    note_everyone(engine, secret)
    count += refresh_company_views(engine, now_ms).written
    with engine.begin() as connection:
        recount_coupons(connection, secret)
    sign_coupons(engine, secret, now_ms)
    return Seeded(brand.name, count, len(images), tuple(store.code for store in brand.stores))


def _shared(brand: Brand, images: Mapping[str, str]) -> Iterator[Written]:
    for store_id, record in records(brand, images):
        if store_id is not None:
            return  # what the brand shares comes first
        yield _written(BRAND, record)


def _owned(brand: Brand) -> Iterator[Written]:
    for store_id, record in records(brand, {}):
        if store_id is not None:
            yield _written(store_scope(store_id), record)


def _written(scope: Scope, record: Record) -> Written:
    data = msgspec.to_builtins(record)
    return (scope, _KIND_OF[type(record)], data.pop("id")), data


def _draw(brand: Brand, most: int | None, cache: Path | None) -> dict[str, bytes]:
    """Pictures by SPU code, of what sells best first."""
    goods = sorted(brand.products, key=lambda product: (product.status != "on_sale", -product.weight, product.no))
    chosen = goods[:most]
    drawn = draw_all([product.sitter for product in chosen], cache)
    return {product.spu: drawn[product.sitter] for product in chosen}


def _pins(brand: Brand) -> Iterator[Written]:
    hasher = PasswordHasher()
    for guide in brand.guides:
        yield (store_scope(guide.store_id), "guide_pin", guide.id), {"pin_hash": hasher.hash(PIN)}


def _attributions(brand: Brand, seed: int) -> Iterator[Written]:
    """Whose sales they are, by the same rules that judge real receipts."""
    touches = _Touches(brand)
    ids = stream(seed, "attributions")
    shares: dict[str, list[Share]] = {}
    for purchase in sorted(brand.purchases, key=lambda p: (p.at, p.kind != "sale", p.id)):
        if purchase.kind == "sale":
            rulings = [rule(purchase.total_fen, purchase.at, touches.of(purchase))]
        else:
            left = shares.get(purchase.origin_order_no, [])
            rulings = reverse(-purchase.total_fen, purchase.at, purchase.origin_order_no, left)
        origin = purchase.origin_order_no or purchase.order_no
        shares[origin] = _after(shares.get(origin, []), rulings)
        for ruling in rulings:
            record = {
                "purchase_id": purchase.id,
                "client_id": purchase.client_id,
                "guide_id": ruling.guide_id,
                "amount_fen": ruling.amount_fen,
                "rule": ruling.rule,
                "evidence": ruling.evidence,
                "at": purchase.at,
            }
            yield (store_scope(purchase.store_id), "attribution", make_id(ids, purchase.at)), record


class _Touches:
    """What speaks for a guide, from the demo's own records."""

    def __init__(self, brand: Brand) -> None:
        self._bound = {client.id: client.primary_guide_id for client in brand.clients}
        self._links: dict[str, list[Touch]] = defaultdict(list)
        for event in brand.share_events:
            if event.client_id is not None:
                self._links[event.client_id].append(Touch("link", event.guide_id, event.id, event.at, event.kind))
        guides = {coupon.id: coupon.guide_id for coupon in brand.coupons}
        self._coupons = {
            used.order_no: Touch("coupon", guides[used.coupon_id], used.coupon_id, used.at, "coupon")
            for used in brand.redemptions
        }

    def of(self, purchase: Purchase) -> list[Touch]:
        """Everything that speaks for a guide in one sale."""
        found = [self._coupons[purchase.order_no]] if purchase.order_no in self._coupons else []
        if purchase.client_id is not None:
            found += [touch for touch in self._links[purchase.client_id] if touch.at <= purchase.at]
            found.append(Touch("bound", self._bound[purchase.client_id], purchase.client_id, 0, "bound"))
        return [*found, Touch("served", purchase.guide_id, purchase.client_id, 0, "served")]


def _after(shares: Sequence[Share], rulings: Sequence[Ruling]) -> list[Share]:
    """What each guide has of a sale after these rulings."""
    held = {share.guide_id: share for share in shares}
    for ruling in rulings:
        before = held.get(ruling.guide_id)
        amount = ruling.amount_fen + (before.amount_fen if before else 0)
        held[ruling.guide_id] = Share(ruling.guide_id, amount, before.rule if before else ruling.rule)
    return list(held.values())

"""The whole demo brand 红枫叶 REDMAPLE in one value: `build(today, seed)`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from head_office.demo import catalogue, followup, marketing, portrait, shops
from head_office.demo.ledger import ledger
from head_office.demo.model import (
    Campaign,
    Client,
    ClientTag,
    Coupon,
    CouponTemplate,
    Guide,
    Note,
    Product,
    Purchase,
    PurchaseLine,
    Redemption,
    Script,
    Share,
    ShareEvent,
    Sku,
    Stock,
    Store,
    Tag,
    Target,
    Task,
)
from head_office.demo.people import people
from head_office.demo.portrait import Bought
from head_office.demo.sharing import shares
from head_office.demo.simulate import Simulation
from head_office.demo.stock import stock
from head_office.demo.targets import targets

NAME: Final = "红枫叶 REDMAPLE"
SEED: Final = 20260401


@dataclass(frozen=True, slots=True)
class Brand:
    """Everything the demo's head office holds. Returns are purchases of kind `return`."""

    name: str
    today: dt.date
    stores: tuple[Store, ...]
    guides: tuple[Guide, ...]
    products: tuple[Product, ...]
    skus: tuple[Sku, ...]
    coupon_templates: tuple[CouponTemplate, ...]
    tags: tuple[Tag, ...]
    scripts: tuple[Script, ...]
    campaigns: tuple[Campaign, ...]
    clients: tuple[Client, ...]
    client_tags: tuple[ClientTag, ...]
    notes: tuple[Note, ...]
    tasks: tuple[Task, ...]
    purchases: tuple[Purchase, ...]
    purchase_lines: tuple[PurchaseLine, ...]
    stock: tuple[Stock, ...]
    coupons: tuple[Coupon, ...]
    redemptions: tuple[Redemption, ...]
    shares: tuple[Share, ...]
    share_events: tuple[ShareEvent, ...]
    targets: tuple[Target, ...]


def build(today: dt.date, seed: int = SEED) -> Brand:
    """The brand as it stands at opening time of `today`: same arguments, same data, byte for byte."""
    stores = shops.stores(today, seed)
    guides = shops.staff(stores, today, seed)
    products = catalogue.products(today, seed)
    skus = catalogue.skus(products, seed)
    known = people(stores, guides, today, seed)
    simulation = Simulation(products, skus, guides, today, seed)
    sales = simulation.orders(known)
    templates = marketing.templates(today, seed)
    book = ledger(sales, simulation.returns(sales), stores, templates, known, today, seed)
    bought = _bought(book.purchases, book.lines)
    clients = {p.client.id: portrait.finish(p, bought.get(p.client.id)) for p in known}
    sent, events, coupons = shares(products, clients, guides, book.coupons, today, seed)
    return Brand(
        name=NAME,
        today=today,
        stores=tuple(stores),
        guides=tuple(guides),
        products=tuple(products),
        skus=tuple(skus),
        coupon_templates=tuple(templates.values()),
        tags=tuple(marketing.tags(today, seed)),
        scripts=tuple(marketing.scripts(today, seed)),
        campaigns=tuple(marketing.campaigns(today, seed, templates)),
        clients=tuple(clients.values()),
        client_tags=tuple(portrait.tags(known, clients, bought, today, seed)),
        notes=tuple(portrait.notes(known, bought, today, seed)),
        tasks=tuple(followup.tasks(known, clients, bought, guides, today, seed)),
        purchases=book.purchases,
        purchase_lines=book.lines,
        stock=tuple(stock(products, skus, stores, today, seed)),
        coupons=tuple(coupons),
        redemptions=book.redemptions,
        shares=tuple(sent),
        share_events=tuple(events),
        targets=tuple(targets(book.purchases, guides, today, seed)),
    )


def _bought(purchases: Sequence[Purchase], lines: Sequence[PurchaseLine]) -> dict[str, Bought]:
    """What each client has bought, by client id."""
    head = {p.id: p for p in purchases if p.client_id is not None}
    net: dict[str, int] = {}
    sold: dict[str, list[tuple[int, PurchaseLine]]] = {}
    for line in lines:
        purchase = head.get(line.purchase_id)
        if purchase is None or purchase.client_id is None:
            continue
        net[purchase.client_id] = net.get(purchase.client_id, 0) + line.amount_fen
        if purchase.kind == "sale":
            sold.setdefault(purchase.client_id, []).append((purchase.at, line))
    return {
        client: Bought(net[client], min(at for at, _ in rows), max(at for at, _ in rows), tuple(rows))
        for client, rows in sold.items()
    }

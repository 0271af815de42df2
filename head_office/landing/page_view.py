"""The page behind a link, decided from facts alone: which page it is, its status, and everything on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guide_app.base.money import yuan
from guide_app.protocol.link import Subject
from head_office.coupons.model import Template
from head_office.landing.facts import Facts
from head_office.landing.offer_view import PriceView, TicketView, lowest_price, price_view, ticket_view
from head_office.landing.people_view import CardView, card_view
from head_office.landing.stock_view import StockView, stock_view

PageKind = Literal["product", "stopped", "unknown", "card", "look"]

_STATUS: dict[PageKind, int] = {"product": 200, "card": 200, "look": 200, "stopped": 410, "unknown": 404}


@dataclass(frozen=True, slots=True)
class ProductView:
    """What is shown of a product. `image` is a blob's SHA-256 or empty."""

    name: str
    category: str
    season: str
    points: tuple[str, ...]
    material: str
    care: str
    image: str
    price: PriceView


@dataclass(frozen=True, slots=True)
class LookItemView:
    """One thing of a look: name, picture (a blob's SHA-256 or empty), price, first selling points."""

    name: str
    image: str
    price: str
    points: str


@dataclass(frozen=True, slots=True)
class LookView:
    """What is shown of a look: its things, and what they cost together today."""

    name: str
    items: tuple[LookItemView, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Page:
    """One landing page. What is None is not shown."""

    kind: PageKind
    status: int
    code: str
    title: str
    card: CardView
    product: ProductView | None
    stock: StockView | None
    ticket: TicketView | None
    look: LookView | None = None

    @property
    def claimable(self) -> bool:
        """Whether the page carries the form for its coupon."""
        return self.ticket is not None and self.ticket.open


def page_view(facts: Facts, brand: str, now_ms: int) -> Page:
    """The page of a genuine link at `now_ms` (UTC ms)."""
    kind = _kind(facts)
    card = card_view(facts.guide, facts.store, brand)
    look = _look(facts) if kind == "look" else None
    lowest = lowest_price(facts.product, facts.skus)[0] if facts.product is not None else None
    if look is not None:
        lowest = sum(part.price_fen for part in facts.look)
    template = facts.template if kind in ("product", "card", "look") else None
    ticket = _ticket(facts, template, lowest, now_ms) if template is not None else None
    product = None if kind == "card" else _product(facts, ticket, now_ms)
    return Page(
        kind=kind,
        status=_STATUS[kind],
        code=facts.code,
        title=product.name if product is not None else look.name if look is not None else card.name,
        card=card,
        product=product,
        stock=stock_view(facts, now_ms) if kind == "product" else None,
        ticket=ticket,
        look=look,
    )


def _ticket(facts: Facts, template: Template, lowest: int | None, now_ms: int) -> TicketView:
    return ticket_view(
        template, facts.remaining, lowest, now_ms, product=facts.product, used_up=facts.used_up,
        names=facts.coupon_names,
    )  # fmt: skip


def _kind(facts: Facts) -> PageKind:
    if facts.subject is Subject.CARD:
        return "card"
    if facts.subject is Subject.LOOK:  # one that has not arrived yet, or is sold out, still shows who to ask
        return "look" if facts.look else "card"
    if facts.product is None:
        return "unknown"
    shared = facts.guide is not None or facts.store is not None  # else she scanned the thing in her own hand
    if shared and facts.product.sensitive:
        return "card"
    return "stopped" if facts.product.status == "stopped" else "product"


def _look(facts: Facts) -> LookView:
    items = tuple(
        LookItemView(
            part.name, part.image, yuan(part.price_fen), " · ".join(filter(None, map(str.strip, part.points[:2])))
        )
        for part in facts.look
    )
    return LookView(facts.look_name, items, yuan(sum(part.price_fen for part in facts.look)))


def _product(facts: Facts, ticket: TicketView | None, now_ms: int) -> ProductView | None:
    product = facts.product
    if product is None:
        return None
    usable = facts.template if ticket is not None and ticket.open else None
    return ProductView(
        product.name,
        product.category,
        product.season,
        tuple(point for point in product.points if point.strip()),
        product.material,
        product.care,
        product.image,
        price_view(product, facts.skus, usable, facts.shared_price_fen, facts.shared_price_until, now_ms),
    )

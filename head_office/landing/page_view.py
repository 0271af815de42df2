"""The page behind a link, decided from facts alone: which page it is, its status, and everything on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guide_app.base.money import yuan
from guide_app.protocol.link import Subject
from guide_app.protocol.records import Campaign, Product
from head_office.coupons.model import Template
from head_office.landing import words
from head_office.landing.facts import Facts, goes_into_chats, is_sold
from head_office.landing.offer_view import (
    PriceView,
    TicketView,
    lowest_price,
    poster_words,
    price_view,
    ticket_view,
)
from head_office.landing.people_view import CardView, card_view
from head_office.landing.stock_view import StockView, stock_view

PageKind = Literal["product", "stopped", "unknown", "card", "look", "campaign", "over"]

_STATUS: dict[PageKind, int] = {
    "product": 200, "card": 200, "look": 200, "campaign": 200, "stopped": 410, "over": 410, "unknown": 404,
}  # fmt: skip

_NOTHING_LEFT = "海报上的这套搭配现在不在售。想找相近的，请问导购。"


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
    """What is shown of a look: its things, and what they cost together today; `said` is what the poster said else."""

    name: str
    items: tuple[LookItemView, ...]
    total: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class CampaignView:
    """What is shown of a campaign: its title, when it is on, what it offers (paragraphs), whether it is over."""

    name: str
    dates: str
    offers: tuple[str, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One landing page. What is None is not shown. `invites` is whether its link is about a campaign.

    `notice` says of a card why it is one.
    """

    kind: PageKind
    status: int
    code: str
    title: str
    card: CardView
    product: ProductView | None
    stock: StockView | None
    ticket: TicketView | None
    look: LookView | None = None
    campaign: CampaignView | None = None
    invites: bool = False
    notice: str = ""

    @property
    def claimable(self) -> bool:
        """Whether the page carries the form for its coupon."""
        return self.ticket is not None and self.ticket.open

    @property
    def calls(self) -> str:
        """What the button that calls the store offers: nobody tries on what is not sold or not there."""
        if self.kind not in ("product", "look"):
            return "致电门店"
        return "电话问货" if self.stock is not None and self.stock.gone else "电话预约试穿"


def page_view(facts: Facts, brand: str, now_ms: int) -> Page:
    """The page of a genuine link at `now_ms` (UTC ms)."""
    kind = _kind(facts, now_ms)
    card = card_view(facts.guide, facts.store, brand)
    look = _look(facts, now_ms) if kind == "look" else None
    lowest = lowest_price(facts.product, facts.skus, chat=_shared(facts))[0] if facts.product is not None else None
    if look is not None:
        lowest = _total(facts)
    campaign = _campaign(facts.campaign, now_ms) if kind in ("campaign", "over") and facts.campaign else None
    template = facts.template if kind in ("product", "card", "look", "campaign") else None
    ticket = _ticket(facts, template, lowest, now_ms) if template is not None else None
    product = None if kind == "card" else _product(facts, ticket, now_ms)
    named = product or look or campaign or card
    return Page(
        kind=kind,
        status=_STATUS[kind],
        code=facts.code,
        title=named.name,
        card=card,
        product=product,
        stock=stock_view(facts, now_ms) if kind == "product" else None,
        ticket=ticket,
        look=look,
        campaign=campaign,
        invites=facts.subject is Subject.CAMPAIGN,
        notice=_NOTHING_LEFT if facts.look_gone and not facts.look else "",
    )


def _ticket(facts: Facts, template: Template, lowest: int | None, now_ms: int) -> TicketView:
    return ticket_view(
        template, facts.remaining, lowest, now_ms, product=facts.product, used_up=facts.used_up,
        names=facts.coupon_names,
    )  # fmt: skip


def _kind(facts: Facts, now_ms: int) -> PageKind:
    match facts.subject:
        case Subject.CARD:
            return "card"
        case Subject.CAMPAIGN:
            return _campaign_kind(facts.campaign, now_ms)
        case Subject.LOOK:  # one that has not arrived yet, or is sold out, still shows who to ask
            return "look" if facts.look else "card"
        case Subject.PRODUCT:
            return _product_kind(facts)


def _campaign_kind(campaign: Campaign | None, now_ms: int) -> PageKind:
    if campaign is None:
        return "unknown"
    return "over" if _has_ended(campaign, now_ms) else "campaign"


def is_over(facts: Facts, now_ms: int) -> bool:
    """Whether a link is about a campaign that has ended by `now_ms` (UTC ms): its coupon is handed out no more."""
    return facts.campaign is not None and _has_ended(facts.campaign, now_ms)


def _has_ended(campaign: Campaign, now_ms: int) -> bool:
    return 0 < campaign.ends_at <= now_ms


def _product_kind(facts: Facts) -> PageKind:
    if facts.product is None:
        return "unknown"
    if _shared(facts) and not goes_into_chats(facts.product):
        return "card"
    return "product" if is_sold(facts.product) else "stopped"


def _shared(facts: Facts) -> bool:
    """Whether she came by a guide's link; else she scanned the thing in her own hand."""
    return facts.guide is not None or facts.store is not None


def _total(facts: Facts) -> int:
    return sum(lowest_price(part, chat=True)[0] for part in facts.look)


def _campaign(campaign: Campaign, now_ms: int) -> CampaignView:
    begins = words.day(campaign.starts_at, now_ms)
    dates = f"{begins}—{words.last_day(campaign.ends_at, now_ms)}" if campaign.ends_at else f"{begins}起"
    offers = tuple(filter(None, map(str.strip, campaign.body.splitlines())))
    return CampaignView(campaign.title, dates, offers, _has_ended(campaign, now_ms))


def _look(facts: Facts, now_ms: int) -> LookView:
    return LookView(facts.look_name, tuple(map(_item, facts.look)), yuan(_total(facts)), _look_said(facts, now_ms))


def _look_said(facts: Facts, now_ms: int) -> str:
    """What has become of the poster's sum; where parts are gone, the sums are of different things."""
    left, gone = len(facts.look), facts.look_gone
    if gone:
        return f"海报上的 {left + gone} 件里，有 {gone} 件现在不在售；价格只算这 {left} 件，以本页为准。"
    total = _total(facts)
    was = facts.shared_price_fen if facts.shared_price_fen != total else 0
    return poster_words(was, total, facts.shared_price_until, now_ms)


def _item(part: Product) -> LookItemView:
    points = " · ".join(filter(None, map(str.strip, part.points[:2])))
    return LookItemView(part.name, part.image, yuan(lowest_price(part, chat=True)[0]), points)


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
        price_view(
            product,
            facts.skus,
            usable,
            facts.shared_price_fen,
            facts.shared_price_until,
            now_ms,
            chat=_shared(facts),
            asked=facts.asked,
        ),
    )

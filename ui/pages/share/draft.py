"""What is about to be shared, and the link that stands for it."""

from dataclasses import dataclass, replace
from typing import Literal

from guide_app.base.actor import Actor
from guide_app.campaigns.queries import CampaignCard
from guide_app.catalogue.model import ProductCard, ProductRow
from guide_app.flows.desk import Desk
from guide_app.flows.poster import price_until
from guide_app.sharing.caption import plain_words
from guide_app.sharing.content import About
from guide_app.sharing.link import ShareLink
from guide_app.sharing.looks import LookCard
from guide_app.sharing.queries import CouponOffer, Sender
from guide_app.sharing.service import ShareDraft

Part = Literal["picture", "words"]
"""The two halves of one message: the poster, and the text with the link."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a link stands for: a product, a look, a campaign, the guide's card, a coupon alone. Another: another link.

    Empty ids mean: without, or to nobody. `gtin` (of one of the product's variants) asks for a GS1 Digital Link.
    """

    product_id: str = ""
    offer_id: str = ""
    client_id: str = ""
    look_id: str = ""
    campaign_id: str = ""
    about: About = "product"
    gtin: str = ""

    @property
    def chosen(self) -> str:
        """What names the product, look, card or coupon; empty while nothing is chosen."""
        match self.about:
            case "card":
                return "card"
            case "coupon":
                return self.offer_id
            case "campaign":
                return self.campaign_id
            case _:
                return self.look_id or self.product_id


@dataclass(frozen=True, slots=True)
class Draft:
    """A link with everything that its poster and its text say.

    For everything but a product, `card` says of the whole what it says of a product: name, price (of all parts; 0 for
    a card, a coupon or a campaign), a code for file names.
    """

    subject: Subject
    share: ShareDraft
    link: ShareLink
    card: ProductCard
    offer: CouponOffer | None
    sender: Sender
    look: LookCard | None = None
    campaign: CampaignCard | None = None


def new_draft(desk: Desk, subject: Subject, actor: Actor) -> Draft:
    """Take a share number and sign a link for `subject`; nothing is recorded yet.

    Raises NotFoundError for what has gone meanwhile, NotEnrolledError, and InvalidInputError for what must not be
    shared (a product stopped or sensitive, a client with a flag).
    """
    look = desk.looks.card(subject.look_id) if subject.look_id else None
    offer = desk.sharing.offer(subject.offer_id) if subject.offer_id else None
    sender = desk.sharing.sender(actor)
    campaign = desk.campaigns.card(subject.campaign_id) if subject.about == "campaign" else None
    card = _campaign(campaign) if campaign else _card(desk, subject, actor, look, offer, sender)
    share = share_of(subject, card, offer, look, price_until(offer, desk.clock.now_ms(), desk.sharing.poster_days()))
    if campaign is not None:
        share = replace(share, campaign_id=campaign.id, campaign_no=campaign.no)
    desk.share_deeds.require_shareable(share)
    link = desk.share_deeds.link(share, desk.share_deeds.take_number(actor), actor)
    return Draft(subject, share, link, card, offer, sender, look, campaign)


def goods_of(draft: Draft) -> tuple[str, ...]:
    """The products of a draft about several, in their order."""
    return tuple(part.product_id for part in draft.look.parts) if draft.look is not None else ()


def share_of(
    subject: Subject, card: ProductCard, offer: CouponOffer | None, look: LookCard | None, until: int
) -> ShareDraft:
    """What is recorded of a share; `until` (UTC ms) is how long its price holds, if it shows one."""
    product = subject.about == "product" and look is None
    return ShareDraft(
        product_id=card.row.id if product else "",
        product_no=card.row.no if product else 0,
        price_fen=card.row.chat_price_fen,
        template="",
        coupon_template_id=offer.id if offer else None,
        coupon_no=offer.no if offer else 0,
        client_id=subject.client_id or None,
        look_id=look.id if look else None,
        look_no=look.no if look else 0,
        price_until=until if card.row.chat_price_fen else 0,
        gtin=subject.gtin if subject.gtin in {sku.gtin for sku in card.skus} else "",
    )


def _card(
    desk: Desk, subject: Subject, actor: Actor, look: LookCard | None, offer: CouponOffer | None, sender: Sender
) -> ProductCard:
    """What is shared, as if it were a product."""
    if look is not None:
        return _whole(look)
    if subject.about == "card":
        return _named(f"{sender.store} {sender.guide}", "card")
    if subject.about == "coupon" and offer is not None:
        return _named(offer.name, f"coupon-{offer.no}")
    return desk.catalogue.card(subject.product_id, actor.store_id)


def words_of(draft: Draft) -> str:
    """The plain text that goes with a draft, without its link."""
    return plain_words(
        product=draft.card.row.name,
        price_fen=draft.card.row.chat_price_fen,
        coupon=draft.offer.name if draft.offer else None,
        guide=draft.sender.guide,
        store=draft.sender.store,
    )


def _campaign(campaign: CampaignCard) -> ProductCard:
    """A campaign as if it were a product without a price."""
    return _named(campaign.title, f"campaign-{campaign.no}")


def _named(name: str, code: str) -> ProductCard:
    """Something without a price: the guide's card, a coupon, a campaign."""
    row = ProductRow(
        id="", no=0, spu=code, name=name, category="", image="", price_fen=0, tag_price_fen=0, status="on_sale",
        sensitive=False, available=None, as_of=0,
    )  # fmt: skip
    return ProductCard(row, (), material="", care="", season="", skus=())


def _whole(look: LookCard) -> ProductCard:
    """A look as if it were one product."""
    names = tuple(part.name for part in look.parts)
    row = ProductRow(
        id=look.id, no=look.no, spu=f"look-{look.no}", name=look.name, category="", image="",
        price_fen=look.price_fen, tag_price_fen=0, status="on_sale", sensitive=False, available=None, as_of=0,
    )  # fmt: skip
    return ProductCard(row, names, material="", care="", season="", skus=())


class Outbox:
    """Which halves of which draft have left this PC.

    A draft may leave once as a picture and once as words: together they are one message, recorded once, by the half
    that went first. What leaves again is another share and needs another draft.
    """

    def __init__(self) -> None:
        """Nothing has left."""
        self._gone: dict[int, set[Part]] = {}

    def gone(self, draft: Draft, part: Part) -> bool:
        """Whether this half has left."""
        return part in self._gone.get(draft.link.share_no, ())

    def send(self, draft: Draft, part: Part) -> bool:
        """Note that a half leaves now; True if the share must be recorded, i.e. it is the first half."""
        parts = self._gone.setdefault(draft.link.share_no, set())
        first = not parts
        parts.add(part)
        return first

    def take_back(self, draft: Draft, part: Part) -> None:
        """A half that was to leave did not."""
        self._gone.get(draft.link.share_no, set()).discard(part)

"""What is about to be shared, and the link that stands for it."""

from dataclasses import dataclass
from typing import Literal

from guide_app.base.actor import Actor
from guide_app.catalogue.model import ProductCard
from guide_app.flows.desk import Desk
from guide_app.sharing.link import ShareLink
from guide_app.sharing.queries import CouponOffer, Sender
from guide_app.sharing.service import ShareDraft

Part = Literal["picture", "words"]
"""The two halves of one message: the poster, and the text with the link."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a link stands for. Another subject is another link. Empty ids mean: without, or to nobody."""

    product_id: str = ""
    offer_id: str = ""
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A link with everything that its poster and its text say."""

    subject: Subject
    share: ShareDraft
    link: ShareLink
    card: ProductCard
    offer: CouponOffer | None
    sender: Sender


def new_draft(desk: Desk, subject: Subject, actor: Actor) -> Draft:
    """Take a share number and sign a link for `subject`; nothing is recorded yet.

    Raises NotFoundError for what has gone meanwhile, NotEnrolledError.
    """
    card = desk.catalogue.card(subject.product_id, actor.store_id)
    offer = desk.sharing.offer(subject.offer_id) if subject.offer_id else None
    share = ShareDraft(
        product_id=card.row.id,
        product_no=card.row.no,
        price_fen=card.row.price_fen,
        template="",
        coupon_template_id=offer.id if offer else None,
        coupon_no=offer.no if offer else 0,
        client_id=subject.client_id or None,
    )
    link = desk.share_deeds.link(share, desk.share_deeds.take_number(actor), actor)
    return Draft(subject, share, link, card, offer, desk.sharing.sender(actor))


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

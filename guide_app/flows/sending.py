"""A share that is copied for a client is a question as well: was it sent? Both are kept in one change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guide_app.base.actor import Actor
from guide_app.followup.copies import Outgoing, put_copy
from guide_app.sharing.link import ShareLink
from guide_app.sharing.service import ShareDraft, put_share
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

_PAPER = "print"
#: The name of what is shared; a guide's own card, and what left the book meanwhile, have none.
_NAME = """SELECT coalesce((SELECT name FROM product WHERE id = :product), (SELECT name FROM look WHERE id = :look),
    (SELECT title FROM campaign WHERE id = :campaign), (SELECT name FROM coupon_template WHERE id = :coupon), '')"""
_NAMELESS = "分享"


@dataclass(frozen=True, slots=True)
class Handed:
    """Ids of the share and of its question; a share to nobody in particular asks none."""

    share_id: str
    copied_id: str | None


class Sending:
    """Records shares that leave by clipboard, drag or file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(
        self, draft: ShareDraft, link: ShareLink, channel: str, actor: Actor, *, body: str = "",
        script_id: str | None = None, left: bool = False, leave: Callable[[], object] | None = None,
    ) -> Handed:  # fmt: skip
        """Record a share, and for a client the question whether it was sent; call it before anything leaves.

        What has `left` before it could be asked about (dragged, saved) is recorded whatever the limit. What was printed
        is handed over in the shop and asks nothing. `body` is what the timeline will say, by itself the name of what is
        shared. `leave` lets it go (e.g. gives a file its name) inside the change: where that fails nothing is
        recorded. Raises NotFoundError;
        InvalidInputError (`contact.limit`, naming the next day; `contact.open`; `client.flagged`;
        `product.not_shareable`): then nothing is recorded, and nothing leaves.
        """

        def deed(uow: UnitOfWork) -> Handed:
            share_id = put_share(uow, draft, link, channel, actor, left=left)
            asked = None
            if draft.client_id is not None and channel != _PAPER:
                words = body if body.strip() else _name(uow, draft)
                asked = put_copy(uow, Outgoing(draft.client_id, words, script_id, share_id), actor, left=left)
            if leave is not None:
                leave()
            return Handed(share_id, asked)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _name(uow: UnitOfWork, draft: ShareDraft) -> str:
    named = {
        "product": draft.product_id, "look": draft.look_id, "campaign": draft.campaign_id,
        "coupon": draft.coupon_template_id,
    }  # fmt: skip
    return str(uow.conn.exec_driver_sql(_NAME, named).scalar_one()) or _NAMELESS

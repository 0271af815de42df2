"""Who stands behind a short link: verified by signature alone, whether or not its share record has arrived."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import NotFoundError
from guide_app.protocol.link import BadLinkError, Link, Subject, read, verify
from guide_app.protocol.scopes import Scope, store_scope
from head_office.sharing.link_rules import rule_for
from head_office.store.secret import OfficeSecret
from head_office.store.tables import KIND_TABLES, link_key


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link whose signature holds, with the records its numbers name.

    `share_id` and `recipient_id` (the client it was sent to) are None until the share record has arrived; `product_id`,
    `look_id` and `campaign_id` are None for other subjects, `template_id` without a coupon. `shown` is what the page is
    about where head office has led the link elsewhere.
    """

    code: str
    link: Link
    store_id: str
    device_id: str
    guide_id: str | None
    product_id: str | None
    template_id: str | None
    share_id: str | None
    recipient_id: str | None
    look_id: str | None = None
    campaign_id: str | None = None
    shown: Subject | None = None

    @property
    def subject(self) -> Subject:
        """What its page is about."""
        return self.link.subject if self.shown is None else self.shown

    @property
    def scope(self) -> Scope:
        """The scope of the store whose PC made the link."""
        return store_scope(self.store_id)


def open_link(connection: Connection, secret: OfficeSecret, code: str, *, even_revoked: bool = False) -> OpenedLink:
    """Verify a link's code. Raises NotFoundError for anything that no PC of ours has signed, LinkRevokedError.

    `even_revoked` lets a link through that is out of use: for what she already has, and for taking consent back.

    Of a device that was shut out, only links count whose share record arrived before: a stolen PC signs no new ones.
    """
    try:
        link = read(code)
        verified = verify(code, secret.link_key(link.key_no))
    except (BadLinkError, ValueError) as e:
        raise NotFoundError("not_found", "没有这个链接。") from e
    key = connection.execute(sa.select(link_key).where(link_key.c.key_no == verified.key_no)).one_or_none()
    if key is None:
        raise NotFoundError("not_found", "没有这个链接。")
    share_id, recipient_id, look_id = _share(connection, key.store_id, verified)
    if key.retired_ms is not None and share_id is None:
        raise NotFoundError("not_found", "没有这个链接。")
    is_product, is_campaign = verified.subject is Subject.PRODUCT, verified.subject is Subject.CAMPAIGN
    signed = OpenedLink(
        code=code,
        link=verified,
        store_id=key.store_id,
        device_id=key.device_id,
        guide_id=_by_no(connection, "guide", verified.guide_no),
        product_id=_by_no(connection, "product", verified.subject_no) if is_product else None,
        template_id=_by_no(connection, "coupon_template", verified.coupon_no),
        share_id=share_id,
        recipient_id=recipient_id,
        look_id=look_id or _look(connection, key.store_id, verified),
        campaign_id=_by_no(connection, "campaign", verified.subject_no) if is_campaign else None,
    )
    detour = rule_for(connection, verified, key.device_id, signed.product_id, even_revoked=even_revoked)
    if detour is None:
        return signed
    shown = Subject.CARD if detour.product_id is None else Subject.PRODUCT
    return replace(signed, product_id=detour.product_id, look_id=None, campaign_id=None, shown=shown)


def _share(connection: Connection, store_id: str, link: Link) -> tuple[str | None, str | None, str | None]:
    share = KIND_TABLES["share"]
    query = sa.select(share.c.id, share.c.client_id, share.c.look_id).where(
        share.c.store_id == store_id, share.c.key_no == link.key_no, share.c.share_no == link.share_no
    )
    found = connection.execute(query.order_by(share.c.seq).limit(1)).one_or_none()
    return (found.id, found.client_id, found.look_id) if found else (None, None, None)


def _look(connection: Connection, store_id: str, link: Link) -> str | None:
    """The look that a link names by its number; the newest, should two PCs have given the same (rare: see `Look`)."""
    if link.subject is not Subject.LOOK:
        return None
    look = KIND_TABLES["look"]
    query = sa.select(look.c.id).where(look.c.store_id == store_id, look.c.no == link.subject_no)
    found: str | None = connection.scalar(query.order_by(look.c.at.desc(), look.c.id.desc()).limit(1))
    return found


def _by_no(connection: Connection, kind: str, no: int) -> str | None:
    table = KIND_TABLES[kind]
    found: str | None = connection.scalar(sa.select(table.c.id).where(table.c.no == no)) if no else None
    return found
